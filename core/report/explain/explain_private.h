#ifndef CA_REPORT_EXPLAIN_PRIVATE_H
#define CA_REPORT_EXPLAIN_PRIVATE_H

#include "core/report/explain/explain.h"
#include "core/report/text/layout.h"
#include "core/report/text/words.h"
#include "core/report/text/words_conditions.h"

/* The pieces an explanation is put together from. */

/* The figures being explained, and where to. */
struct ca_explainer {
    struct ca_layout layout;
    const struct ca_result *result;
    const struct ca_template *t;
    struct ca_pass pass;   /* the same figures, for conditions */
    struct ca_buffer text; /* the paragraph in the making */
    /* When explaining the figures as audited: those with the moderator's changes, to
     * leave out what the changes left alone. NULL otherwise. */
    const struct ca_result *final;
};

/* ---- sentences ---- */

/* Adds to the paragraph; ends it, with its first line at column indent. */
void ca_say(struct ca_explainer *e, const char *format, ...)
    __attribute__((format(printf, 2, 3)));
void ca_say_end(struct ca_explainer *e, int indent);
void ca_say_heading(struct ca_explainer *e, const char *title);

const char *ca_explain_grade_name(const struct ca_explainer *e, size_t grade);

/* "2.10 is 'Good': 1.50 or more, and under the 2.50 of 'Outstanding'." */
void ca_explain_band(struct ca_explainer *e, int32_t score);

void ca_explain_conditions(struct ca_explainer *e, const struct ca_conditions *conditions);
void ca_explain_limit(struct ca_explainer *e, const struct ca_fired *limit);

/* What the framework says of this place, a paragraph each; false if it says nothing. */
bool ca_explain_notes(const struct ca_explainer *e, int place, size_t index, int indent);

/* "The score of 36.00 was worked out by the framework.": of one that no sum leads to, and
 * that the framework says nothing about. */
void ca_explain_own_score(struct ca_explainer *e, int32_t score, int indent);

/* The joint row for CA_NONE, else an agency's. */
const struct ca_section_row *ca_explain_row(const struct ca_result *result, size_t section,
                                            size_t agency);

/* ---- parts ---- */

/* A section, after those within it. */
void ca_explain_section(struct ca_explainer *e, size_t section);

/* Agencies, the overall score, rules: the computed grade. */
void ca_explain_whole(struct ca_explainer *e);

/* The computed grade, the judgement, limits, moderation: the grade. */
void ca_explain_grade(struct ca_explainer *e);
void ca_explain_alerts(struct ca_explainer *e);
void ca_explain_measures(struct ca_explainer *e);

/* "71.25" */
void ca_explain_score(struct ca_buffer *out, int32_t score);

/* "1.0825", "2.5512…, rounded half up to 2.55": value is in units of 10^-places and is
 * divided by divisor, of the same units, for a result of two decimals. */
void ca_explain_quotient(struct ca_buffer *out, __int128 value, int64_t divisor);

/* ---- sums: lines of a table, then how they become one score ---- */

struct ca_explain_line {
    struct ca_buffer text; /* the left column */
    const char *name;      /* for "the lowest is … (name)" */
    int32_t score;         /* hundredths; -1 for none */
    int32_t weight;        /* thousandths */
};

struct ca_explain_sum {
    enum ca_rollup rollup;
    bool listed; /* the sum does not lead to the score: only what there is */
    struct ca_explain_line *lines;
    size_t count;
};

/* A new line, with an empty text to be filled. */
struct ca_explain_line *ca_explain_line(struct ca_explain_sum *sum, const char *name,
                                        int32_t score, int32_t weight);

/* Lays the table out, and below it the sum, the lowest or the median, unless it is listed. */
void ca_explain_sum(const struct ca_layout *layout, struct ca_explain_sum *sum, int indent);
void ca_explain_sum_free(struct ca_explain_sum *sum);

#endif
