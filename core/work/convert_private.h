#ifndef CA_WORK_CONVERT_PRIVATE_H
#define CA_WORK_CONVERT_PRIVATE_H

#include "core/model/xml_write.h"
#include "core/work/convert.h"

/* What the source files of the conversion share. */

/* What the row says about one standard (and agency). */
struct ca_cell_answer {
    const char *status, *answer, *date, *reason, *start, *end, *value, *text, *ref;
    struct ca_xml_node *occurred, *evidence; /* holders of such children, or NULL */
    bool unusable;                           /* a cell of it is, which is told */
};

struct ca_row_draft {
    struct ca_arena *arena;
    const struct ca_template *t;
    const struct ca_mapping *mapping;
    const struct ca_sheet *sheet;
    struct ca_convert_notes *notes;
    size_t index;
    struct ca_diags *diags;
    const struct ca_source *source; /* the one being read */

    const char *id, *row_id, *case_ref, *audit_date, *auditor, *selection;
    const char **attributes;
    struct ca_cell_answer *answers; /* [standard * columns + agency] */
    bool *said;
    size_t columns;
    const char **agency_grade, **agency_by;
    const char *judgement[CA_PARTS];                       /* by part */
    const char *(*actions)[CA_PARTS];                      /* by number and part */
    size_t *action_agencies;                               /* CA_NONE: of no agency */
    struct ca_xml_node *events, *strengths, *improvements; /* holders */
};

/* ---- what the cell of the source being read says (convert_value.c) ---- */

/* The row's number in the spreadsheet. */
int ca_row_number(const struct ca_row_draft *row);
/* What the row says about the standard and agency of the target. */
static inline struct ca_cell_answer *ca_row_answer_to(const struct ca_row_draft *row,
                                                      const struct ca_target *target)
{
    const size_t agency = target->agency == CA_NONE ? 0 : target->agency;

    return &row->answers[target->index * row->columns + agency];
}

/* A fault of the cell, of its kind, which is format; NULL, so that one can return it. */
const char *ca_row_unusable(struct ca_row_draft *row, const char *format, ...)
    __attribute__((format(printf, 2, 3)));
/* The text of the source for this row; NULL for none. */
const char *ca_row_text(struct ca_row_draft *row);
/* As one of a list of choices: the mapping's general synonyms are for them, not for texts. */
const char *ca_row_choice(struct ca_row_draft *row, const char *text);

/* Each as the return has it; NULL after a fault. */
const char *ca_row_date(struct ca_row_draft *row, const char *text);
const char *ca_row_code(struct ca_row_draft *row, const char *text);
/* what: "an answer of 'plan.clear'", for the fault. */
const char *ca_row_answer(struct ca_row_draft *row, const char *text, size_t list,
                          const char *what);
const char *ca_row_grade(struct ca_row_draft *row, const char *text);
const char *ca_row_attribute(struct ca_row_draft *row, const char *text, size_t attribute);
const char *ca_row_selection(struct ca_row_draft *row, const char *text);

/* ---- the return ---- */

/* The id of a return to which nothing gives one: of template, export and row (convert_id.c).
 * The same row of a later export of the same form has the same, and no other row has. */
const char *ca_row_made_id(const struct ca_row_draft *row);

/* The draft as a return (convert_return.c). What would be lost is an error. */
struct ca_xml_node *ca_row_return(struct ca_row_draft *row);

#endif
