#ifndef CA_WORK_CONVERT_H
#define CA_WORK_CONVERT_H

#include "core/base/csv.h"
#include "core/model/template.h"

/*
 * A spreadsheet's rows to returns: one row is one audit. Columns are matched to what a
 * return holds by their headings, or by a mapping file.
 */

/* What a column can be about. */
enum ca_about {
    CA_ABOUT_NOTHING, /* ignored on purpose */
    CA_ABOUT_ID,
    CA_ABOUT_CASE,
    CA_ABOUT_AUDIT_DATE,
    CA_ABOUT_AUDITOR,
    CA_ABOUT_SELECTION,
    CA_ABOUT_ATTRIBUTE, /* index */
    CA_ABOUT_EVENT,     /* index in the framework's table */
    CA_ABOUT_STANDARD,  /* index, agency, part */
    CA_ABOUT_AGENCY,    /* agency, part */
    CA_ABOUT_JUDGEMENT, /* part */
    CA_ABOUT_STRENGTH,  /* theme */
    CA_ABOUT_IMPROVEMENT,
    CA_ABOUT_ACTION /* part */
};

enum ca_part {
    CA_PART_MAIN, /* the answer, value or text; a grade; what an action says */
    CA_PART_DATE,
    CA_PART_START,
    CA_PART_END,
    CA_PART_OCCURRED,
    CA_PART_REASON,
    CA_PART_EVIDENCE,
    CA_PART_EVIDENCE_REF,
    CA_PART_GRADE,
    CA_PART_BY,
    CA_PART_RATIONALE,
    CA_PART_OWNER,
    CA_PART_DUE,
    CA_PART_COMPLETED,
    CA_PART_VERIFIED_BY,
    CA_PART_STANDARD
};

struct ca_target {
    enum ca_about about;
    enum ca_part part;
    size_t index;      /* of the attribute, event or standard */
    size_t agency;     /* CA_NONE: of the whole */
    const char *theme; /* NULL: none was named */
};

/*
 * Reads "standard plan.clear evidence", "police:agency grade" and the like: the words of
 * the manual's table. False, with *why in arena, where they mean nothing.
 */
bool ca_target_parse(struct ca_arena *arena, const struct ca_template *t, const char *text,
                     struct ca_target *out, const char **why);
/* The same for a heading nobody mapped: also an id alone, a label, or a question. */
bool ca_target_guess(struct ca_arena *arena, const struct ca_template *t, const char *heading,
                     struct ca_target *out);
/* May several columns be about the same? */
bool ca_target_repeats(const struct ca_target *target);

/* "from" stands for "to". */
struct ca_synonym {
    const char *from, *to;
};

/* Where a value of the return comes from: a column, or a text that is the same for all. */
struct ca_source {
    size_t column;    /* CA_CSV_NONE: value */
    const char *name; /* the heading, or what is set */
    const char *value;
    struct ca_target target;
    const struct ca_synonym *synonyms;
    size_t synonym_count;
    const char *if_empty; /* used in place of an empty cell, or NULL */
    bool skip_row;        /* an empty cell passes the row over */
    bool slug;            /* made into a reference: letters, digits and hyphens */
    uint32_t offset;      /* in the mapping file */
};

struct ca_mapping {
    struct ca_source *sources;
    size_t source_count;
    const struct ca_synonym *synonyms; /* for every answer, grade and choice */
    size_t synonym_count;
    bool month_first; /* 11/14/2023 */
};

/*
 * The mapping in force for these columns: from the mapping file (bytes NULL: none), and by
 * their headings for the others. Faults of the mapping file go to map_diags with its lines,
 * those of the columns to csv_diags. False if there was one.
 */
bool ca_mapping_make(struct ca_arena *arena, struct ca_xml_parser *parser,
                     const struct ca_template *t, const struct ca_csv *csv, const char *bytes,
                     size_t length, struct ca_diags *map_diags, struct ca_diags *csv_diags,
                     struct ca_mapping *out);

/* A row as a return: a tree for ca_xml_write. */
struct ca_converted {
    const char *id; /* of the return; NULL if there is none */
    struct ca_xml_node *root;
    bool skipped; /* passed over, as the mapping says; diags has a warning */
};

/* Converts row i. Unusable cells are errors in diags, at row and column. */
void ca_convert_row(struct ca_arena *arena, const struct ca_template *t,
                    const struct ca_mapping *mapping, const struct ca_csv *csv, size_t i,
                    struct ca_diags *diags, struct ca_converted *out);

/* A diagnostic about a cell, "row 5, column 3 'Team': …"; column CA_CSV_NONE: the row. */
void ca_convert_report(const struct ca_csv *csv, size_t row, size_t column,
                       struct ca_diags *diags, enum ca_severity severity, const char *format,
                       ...) __attribute__((format(printf, 6, 7)));

/* ---- cells (convert_cell.c) ---- */

/* 2023-11-14, 14/11/2023 (or 11/14/2023), 14.11.2023, 14 November 2023; a time of day may
 * follow. False leaves *out alone. */
bool ca_cell_date(const char *text, bool month_first, ca_date *out);
/* Equal but for case and white space? */
bool ca_cell_same(const char *a, const char *b);
/* "Stoke-on-Trent & Co" as "stoke-on-trent-co". */
const char *ca_cell_slug(struct ca_arena *arena, const char *text);

#endif
