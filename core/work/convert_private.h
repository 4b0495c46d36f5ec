#ifndef CA_WORK_CONVERT_PRIVATE_H
#define CA_WORK_CONVERT_PRIVATE_H

#include "core/model/xml_write.h"
#include "core/work/convert.h"

/* What the source files of the conversion share. */

/* What the row says about one standard (and agency). */
struct ca_cell_answer {
    const char *status, *answer, *date, *reason, *start, *end, *value, *text, *ref;
    struct ca_xml_node *occurred, *evidence; /* holders of such children, or NULL */
};

struct ca_row_draft {
    struct ca_arena *arena;
    const struct ca_template *t;
    const struct ca_mapping *mapping;
    const struct ca_csv *csv;
    size_t index;
    struct ca_diags *diags;
    const struct ca_source *source; /* the one being read */

    const char *id, *case_ref, *audit_date, *auditor, *selection;
    const char **attributes;
    struct ca_cell_answer *answers; /* [standard * columns + agency] */
    bool *said;
    size_t columns;
    const char **agency_grade, **agency_by;
    const char *judgement[CA_PART_STANDARD + 1], *action[CA_PART_STANDARD + 1]; /* by part */
    struct ca_xml_node *events, *strengths, *improvements;                      /* holders */
};

/* The draft as a return (convert_return.c). What would be lost is an error. */
struct ca_xml_node *ca_row_return(struct ca_row_draft *row);

#endif
