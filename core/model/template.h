#ifndef CA_MODEL_TEMPLATE_H
#define CA_MODEL_TEMPLATE_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include <caseaudit/framework.h>

#include "core/base/arena.h"
#include "core/base/span.h"
#include "core/base/diag.h"
#include "core/base/map.h"
#include "core/model/xml.h"

/*
 * A template as read: one version of an audit's questions. Immutable; all
 * ids are resolved to indexes, all texts are trimmed and live in its arena.
 * Scores and band edges are hundredths of a mark of the template's scale,
 * weights and values thousandths. CA_NONE stands for "no index".
 */

#define CA_NONE ((size_t)-1)

enum {
    CA_MAX_STANDARDS = 2000,
    CA_MAX_SECTIONS = 500,
    CA_MAX_AGENCIES = 64,
    CA_MAX_ENTRIES = 500, /* rules, limits, alerts and measures, each */
    CA_MAX_CONDITIONS = 10000
};

enum ca_rollup {
    CA_ROLLUP_MEAN,
    CA_ROLLUP_FLAT,
    CA_ROLLUP_LOWEST,
    CA_ROLLUP_HIGHEST,
    CA_ROLLUP_MEDIAN,
    CA_ROLLUP_RULES,
    CA_ROLLUP_NONE
};
const char *ca_rollup_name(enum ca_rollup rollup);
bool ca_rollup_parse(const char *name, enum ca_rollup *out);

/* Statuses are those of the contract; the names are those of the result. */
const char *ca_status_name(enum caseaudit_status status);
bool ca_status_parse(const char *name, enum caseaudit_status *out);

struct ca_grade {
    const char *id, *label, *abbrev; /* abbrev may be NULL */
    int32_t score, from;             /* hundredths */
    bool positive;
};

struct ca_answer {
    const char *id, *label;
    int32_t score; /* hundredths on the template's marks; -1 for `none` */
    int32_t given; /* hundredths on the list's own marks; -1 for `none` */
};

/* List 0 is always the built-in `grades`. */
struct ca_answer_list {
    const char *id;
    int32_t out_of; /* the list's own full marks */
    struct ca_answer *answers;
    size_t count;
    struct ca_map *map; /* ids to indexes, for long lists; NULL for short ones */
};

struct ca_attribute_def {
    const char *id, *label;
    enum caseaudit_attribute_type type;
    bool required;
    struct ca_named *values; /* a closed list, of tokens */
    size_t value_count;
    uint32_t offset; /* of the element, for diagnostics */
};

struct ca_named {
    const char *id, *label;
    uint32_t offset;
};

/* ---- conditions (scoring rules, section 5) ---- */

enum ca_row_kind {
    CA_ROW_ANY,              /* rows */
    CA_ROW_ATTRIBUTE_IS,     /* subject, words */
    CA_ROW_ATTRIBUTE_IS_NOT, /* subject, words */
    CA_ROW_ATTRIBUTE_RANGE,  /* subject, low, high (integers or dates) */
    CA_ROW_STANDARD_ANSWER,  /* subject, words */
    CA_ROW_STANDARD_STATUS,  /* subject, statuses */
    CA_ROW_STANDARD_BELOW,   /* subject, edge */
    CA_ROW_STANDARD_FROM,
    CA_ROW_STANDARDS_ANSWER, /* subjects, words, k */
    CA_ROW_SECTION_BELOW,    /* subject, edge */
    CA_ROW_SECTION_FROM,
    CA_ROW_SECTION_GRADED,  /* subject, grades */
    CA_ROW_SECTIONS_GRADED, /* grades, k */
    CA_ROW_AGENCIES_GRADED, /* grades, k */
    CA_ROW_CRITICAL_BELOW   /* edge, k */
};

struct ca_row {
    enum ca_row_kind kind;
    size_t subject;   /* index of the attribute, standard or section */
    size_t *subjects; /* indexes of standards */
    size_t subject_count;
    const char **words; /* answer ids or attribute values, as written, each once */
    int64_t *integers;  /* the words of an integer attribute, by value */
    size_t word_count;
    const char **sorted; /* the words, where they are many; otherwise NULL */
    uint32_t grades;     /* bit g: grade g */
    uint32_t statuses;   /* bit s: status s */
    int32_t edge;        /* hundredths */
    int64_t low, high;   /* both ends included; INT64_MIN, INT64_MAX where open */
    uint32_t k;
    bool at_most;        /* at-most K instead of at-least K */
    struct ca_row *rows; /* of an <any> */
    size_t row_count;
    uint32_t offset;
};

struct ca_conditions {
    struct ca_row *rows; /* all must hold; none at all holds */
    size_t count;
};

/* ---- standards and sections ---- */

enum ca_type {
    CA_TYPE_ANSWERS,
    CA_TYPE_TIMESCALE,
    CA_TYPE_FREQUENCY,
    CA_TYPE_NUMBER,
    CA_TYPE_POINTS,
    CA_TYPE_TEXT
};

enum ca_na_policy { CA_NA_REASON, CA_NA_ALLOWED, CA_NA_FORBIDDEN };

struct ca_late {
    int32_t up_to; /* calendar days */
    int32_t score; /* hundredths */
};

struct ca_band {
    int64_t from;  /* thousandths */
    int32_t score; /* hundredths */
};

struct ca_looks_like {
    const char *answer, *text;
};

struct ca_reference {
    const char *href, *text; /* either may be NULL */
};

struct ca_standard {
    const char *id, *label, *question, *guidance; /* label, guidance may be NULL */
    struct ca_looks_like *looks_like;
    size_t looks_like_count;
    struct ca_reference *references;
    size_t reference_count;
    size_t section;
    enum ca_type type;     /* a derived standard has the type the framework gives it */
    const char *derived;   /* the framework's name for it, or NULL */
    size_t list;           /* of type answers */
    int32_t weight;        /* thousandths */
    bool weightless_above; /* a section above has weight 0: it never counts */
    bool required, critical;
    enum ca_na_policy not_applicable;
    int32_t not_applicable_score; /* hundredths, or -1 */
    uint64_t agencies;            /* bit a: agency a answers it; 0 without agencies */
    bool evidence_required;
    int32_t evidence_below, action_below; /* hundredths, or -1 */
    int32_t span;                         /* N of within or every; 0 for derived */
    enum ca_unit unit;
    struct ca_late *late;
    size_t late_count;
    int64_t min, max; /* thousandths, of a number */
    struct ca_band *bands;
    size_t band_count;
    int64_t points, step; /* thousandths */
    bool faults;
    bool has_applies;
    struct ca_conditions applies;
    uint32_t offset;
};

/* A standard's or section's place in its parent: sections and standards mix. */
struct ca_child {
    bool is_section;
    size_t index;
};

struct ca_limit {
    const char *id, *reason;
    size_t to;      /* grade */
    bool never;     /* no moderation lifts it */
    size_t section; /* whose limit it is; CA_NONE: the template's */
    struct ca_conditions conditions;
    uint32_t offset;
};

struct ca_section {
    const char *id, *title, *focus; /* focus may be NULL */
    size_t parent;                  /* CA_NONE at the top */
    size_t top;                     /* the top-level section above, or itself */
    int32_t weight;                 /* thousandths */
    enum ca_rollup rollup;
    bool apart; /* its focus word stands apart (framework.h) */
    struct ca_child *children;
    size_t child_count;
    bool has_applies;
    struct ca_conditions applies;
    struct ca_limit *limits;
    size_t limit_count;
    uint32_t offset;
};

struct ca_rule {
    size_t grade;
    struct ca_conditions conditions;
    uint32_t offset;
};

enum ca_alert_severity { CA_IMMEDIATE, CA_URGENT, CA_REVIEW };
const char *ca_alert_severity_name(enum ca_alert_severity severity);

struct ca_alert {
    const char *id, *message;
    enum ca_alert_severity severity;
    struct ca_conditions conditions;
    uint32_t offset;
};

struct ca_measure {
    const char *id, *label;
    size_t standard;
    bool mean;           /* otherwise a proportion */
    const char **counts; /* answers that count; NULL: full marks */
    size_t counts_count;
    uint32_t offset;
};

struct ca_option_value {
    const char *name, *value;
    uint32_t offset;
};

struct ca_template {
    struct ca_arena *arena;
    const char *file;      /* as it was named; for messages */
    struct ca_xml_doc doc; /* for the position of later diagnostics; root is not kept */
    uint32_t offset;       /* of the root element */

    const char *id, *version, *framework_name, *unit;
    const caseaudit_framework *framework;                 /* NULL if it is not installed */
    const char *title, *description, *terms_of_reference; /* the latter two may be NULL */
    ca_date effective_from, effective_to;                 /* CA_NO_DATE where open */
    ca_date retired_on;                                   /* set by the store; CA_NO_DATE */
    int32_t out_of;                                       /* F, in marks */
    int32_t full_marks;                                   /* 100·F, hundredths */
    enum ca_rollup rollup;
    bool judged;
    int32_t look_back_months; /* 0: none; the framework's own default included */

    struct ca_grade *grades;
    size_t grade_count;
    struct ca_answer_list *lists;
    size_t list_count;
    struct ca_option_value *options; /* as given */
    size_t option_count;
    struct ca_named *agencies;
    size_t agency_count;
    struct ca_attribute_def *attributes;
    size_t attribute_count;
    struct ca_named *themes;
    size_t theme_count;
    struct ca_section *sections; /* document order, parents before children */
    size_t section_count;
    struct ca_child *tops; /* the top-level sections */
    size_t top_count;
    struct ca_standard *standards; /* document order */
    size_t standard_count;
    struct ca_rule *rules;
    size_t rule_count;
    size_t otherwise; /* grade */
    struct ca_limit *limits;
    size_t limit_count;
    struct ca_alert *alerts;
    size_t alert_count;
    struct ca_measure *measures;
    size_t measure_count;

    /* Ids to indexes. */
    struct ca_map *grade_map, *agency_map, *attribute_map, *theme_map, *section_map,
        *standard_map;
};

void ca_template_free(struct ca_template *t);

/* The best grade whose `from` is at most score (0 or more). */
size_t ca_band_of(const struct ca_template *t, int32_t score);

size_t ca_find_answer(const struct ca_answer_list *list, const char *id); /* or CA_NONE */

/* The option in force: the template's, else the framework's fallback; NULL if unknown. */
const char *ca_template_option(const struct ca_template *t, const char *name);

/* An answer of a standard as people read it: "Good", "in time"; itself where it has no
 * label ("3/4"). */
const char *ca_answer_label(const struct ca_template *t, const struct ca_standard *s,
                            const char *answer);

/* Short name of a standard for tables: its label, else its id. */
const char *ca_standard_label(const struct ca_standard *standard);

/* A diagnostic about the template, at the element that begins at offset. */
void ca_template_report(const struct ca_template *t, uint32_t offset, struct ca_diags *diags,
                        enum ca_severity severity, const char *element, const char *format, ...)
    __attribute__((format(printf, 6, 7)));

#endif
