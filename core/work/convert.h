#ifndef CA_WORK_CONVERT_H
#define CA_WORK_CONVERT_H

#include "core/base/buffer.h"
#include "core/model/template.h"
#include "core/sheet/cell.h"
#include "core/sheet/sheet.h"

/*
 * A spreadsheet's rows to returns: one row is one audit. Columns are matched to what a
 * return holds by their headings, or by a mapping file.
 */

/* What a column can be about. */
enum ca_about {
    CA_ABOUT_NOTHING, /* ignored on purpose */
    CA_ABOUT_ROW_ID,  /* what the export calls the row: part of an id that is made */
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
    CA_ABOUT_ACTION /* index (from 0), part */
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
    CA_PART_STANDARD,
    CA_PART_THEME
};
enum { CA_PARTS = CA_PART_THEME + 1, CA_MOST_ACTIONS = 99 };

struct ca_target {
    enum ca_about about;
    enum ca_part part;
    size_t index;      /* of the attribute, event, standard or action */
    size_t agency;     /* CA_NONE: of the whole */
    const char *theme; /* NULL: none was named */
};

/*
 * Reads "standard plan.clear evidence", "police:agency grade" and the like: the words of
 * the manual's table. False, with *why in arena, where they mean nothing.
 */
bool ca_target_parse(struct ca_arena *arena, const struct ca_template *t, const char *text,
                     struct ca_target *out, const char **why);
/* Labels and questions of a template, by which headings are found. */
struct ca_target_names;
struct ca_target_names *ca_target_names_new(struct ca_arena *arena,
                                            const struct ca_template *t);
/* The same for a heading nobody mapped: also an id alone, a label, or a question. */
bool ca_target_guess(struct ca_arena *arena, const struct ca_target_names *names,
                     const char *heading, struct ca_target *out);
/* "; did you mean '...'?" for a heading that is none of them, or "". */
const char *ca_target_hint(struct ca_arena *arena, const struct ca_target_names *names,
                           const char *heading);
/* "standard plan.clear evidence": the words that ca_target_parse reads so. */
const char *ca_target_words(struct ca_arena *arena, const struct ca_template *t,
                            const struct ca_target *target);
/* May several columns be about the same? */
bool ca_target_repeats(const struct ca_target *target);

/* What is written for each choice, whatever its case and blanks: ids, labels, abbreviations. */
struct ca_choices;
enum ca_choice { CA_CHOICE_NONE, CA_CHOICE_ONE, CA_CHOICE_SEVERAL };
/* For so many choices, of up to three texts each. */
struct ca_choices *ca_choices_new(struct ca_arena *arena, size_t expected);
/* text NULL: nothing. */
void ca_choices_add(struct ca_choices *choices, const char *text, size_t which);
/* *which is written for CA_CHOICE_ONE; the same text for several choices is none of them. */
enum ca_choice ca_choices_find(const struct ca_choices *choices, struct ca_arena *arena,
                               const char *text, size_t *which);

/* <value from="..." to="..."/>: what a cell says, and what that means. NULL: none. */
struct ca_synonyms {
    struct ca_choices *from;
    const char **to;
};

/* A piece of a text that is set: text, the row's number, or the cell of a column. */
struct ca_piece {
    const char *text; /* NULL: by what follows */
    size_t column;    /* CA_NO_COLUMN: the row's number */
};

/* Where a value of the return comes from: a column, or a text that is the same for all. */
struct ca_source {
    size_t column;    /* CA_NO_COLUMN: pieces */
    const char *name; /* the heading, or what is set */
    const struct ca_piece *pieces;
    size_t piece_count;
    struct ca_target target;
    const struct ca_synonyms *synonyms;
    const char *if_empty; /* used in place of an empty cell, or NULL */
    bool skip_row;        /* an empty cell passes the row over */
    bool slug;            /* made into a reference: letters, digits and hyphens */
};

struct ca_mapping {
    struct ca_source *sources;
    size_t source_count;
    const struct ca_synonyms *synonyms; /* for every answer, grade and choice */
    struct ca_date_rule dates;
    bool dates_said;            /* by the mapping file */
    bool makes_ids;             /* of returns: nothing gives them */
    size_t actions;             /* how many a row can have */
    struct ca_choices **lists;  /* of answers, by the template's lists */
    struct ca_choices **values; /* by the template's attributes; NULL: not from a list */
};

/*
 * The mapping in force for these columns: from the mapping file (bytes NULL: none), and by
 * their headings for the others. Faults of the mapping file go to map_diags with its lines,
 * those of the columns to sheet_diags. False if there was one.
 */
bool ca_mapping_make(struct ca_arena *arena, struct ca_xml_parser *parser,
                     const struct ca_template *t, const struct ca_sheet *sheet,
                     const char *bytes, size_t length, struct ca_diags *map_diags,
                     struct ca_diags *sheet_diags, struct ca_mapping *out);

/* A mapping file to begin with, for an editor: each column with what it seems to be, or ignored
 * with a word why. file is the spreadsheet's name. */
void ca_mapping_starter(struct ca_arena *arena, const struct ca_template *t,
                        const struct ca_sheet *sheet, const char *file, struct ca_buffer *out);

/* What is said once, behind all rows. */
struct ca_convert_notes {
    int short_year_row, either_way_row; /* the first; 0: none */
    const char *short_year, *either_way;
    ca_date short_year_date, either_way_date;
    bool order_shown;          /* a date that can be read in one way alone */
    struct ca_map *references; /* made of texts: to an index of texts */
    struct ca_made_reference {
        enum ca_about about;
        const char *text, *reference;
        int row; /* the first */
    } * texts;
    size_t text_count;
    struct ca_arena *arena;
};
/* Adds them as warnings. */
void ca_convert_tell(const struct ca_convert_notes *notes, const struct ca_mapping *mapping,
                     struct ca_diags *diags);

/* A row as a return: a tree for ca_xml_write. */
struct ca_converted {
    const char *id; /* of the return; NULL if there is none */
    struct ca_xml_node *root;
    bool skipped; /* passed over, as the mapping says; diags has a warning */
};

/* Converts row i. Unusable cells are errors in diags, at row and column. The return lives in
 * arena. */
void ca_convert_row(struct ca_arena *arena, const struct ca_template *t,
                    const struct ca_mapping *mapping, const struct ca_sheet *sheet, size_t i,
                    struct ca_convert_notes *notes, struct ca_diags *diags,
                    struct ca_converted *out);

/* ---- cells (convert_cell.c) ---- */

/* "Stoke-on-Trent & Co" as "stoke-on-trent-co". */
const char *ca_cell_slug(struct ca_arena *arena, const char *text);

#endif
