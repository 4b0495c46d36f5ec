#ifndef CA_INSIGHT_SUMMARY_H
#define CA_INSIGHT_SUMMARY_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "core/base/arena.h"
#include "core/insight/period.h"
#include "core/insight/stats.h"
#include "core/model/template.h"

/*
 * The summary: everything an executive is told about some periods, ready to be
 * written. Every format (text, JSON, CSV, HTML, spreadsheet, PDF) is written
 * from this one model and computes nothing itself, so all show the same
 * figures. What things are called stands once, at the top (grades, sections,
 * agencies, measures …); each row (a period, or a group in a period) has
 * arrays of figures in the same order and of the same length.
 *
 * What disclosure control withholds is not in the model: a withheld figure has
 * no value that a writer could show by mistake.
 *
 * Immutable once made; everything lives in its arena. Texts are UTF-8.
 */

/* ---- Figures ---- */

enum ca_shown {
    CA_NO_OBSERVATIONS, /* "–", JSON null; also 0/0 and unknown */
    CA_NOT_APPLICABLE,  /* "z", JSON null: there is no such figure here */
    CA_WITHHELD,        /* "c", JSON "c": value is 0 and means nothing */
    CA_SHOWN
};

/*
 * A figure, as an integer of the unit its place says:
 *   count     1
 *   tenths    tenths of a per cent, or of a percentage point (515 is 51.5%)
 *   whole     whole per cents
 *   hundredths, thousandths
 */
struct ca_figure {
    enum ca_shown shown;
    int64_t value;
};

static inline bool ca_is_shown(struct ca_figure figure)
{
    return figure.shown == CA_SHOWN;
}

/* "c", "z" or "–" of a figure without a value; NULL of one with a value. */
const char *ca_figure_symbol(struct ca_figure figure);

#define CA_FIGURE_SIZE 32
/* The figure with `places` decimals (1 for tenths, 3 for thousandths), or its symbol. */
const char *ca_figure_text(struct ca_figure figure, int places, char text[CA_FIGURE_SIZE]);

/* n of N: 17 of 33. Both percentages are rounded once from the exact ratio, so
 * `whole` is not `tenths` rounded again. */
struct ca_share {
    struct ca_figure count, of;
    struct ca_figure tenths, whole;
    struct ca_figure low, high;             /* tenths, of the 95% interval */
    struct ca_figure low_whole, high_whole; /* whole */
};

/* ---- What things are called ---- */

struct ca_summary_name {
    const char *id, *label;
    const char *abbrev; /* of grades; NULL where there is none */
    bool positive;      /* of grades: counts towards the headline */
};

struct ca_summary_section_name {
    const char *id, *title;
    size_t depth; /* 0 at the top; parents come before their children */
    bool apart;   /* stands apart from the grade and has none of its own */
};

/* What a measure is meant to reach. */
struct ca_target {
    const char *measure; /* id */
    int64_t thousandths; /* of a per cent, or of a mean */
    bool most;           /* to stay at or below it; otherwise to reach it */
};

struct ca_summary_measure_name {
    const char *id, *label;
    bool mean;                      /* otherwise a proportion */
    const struct ca_target *target; /* NULL: none */
};

/* A version of a template, by which audits of the periods shown were made. */
struct ca_summary_version {
    const char *id, *version;
};

struct ca_summary_alert_name {
    const char *id, *message;
    enum ca_alert_severity severity;
};

struct ca_summary_limit_name {
    const char *id, *reason;
};

/* ---- A row: one period, or one group in it ---- */

/* Grades of one section, of one agency, or of one agency in one section. */
struct ca_summary_grades {
    struct ca_figure graded, not_graded;
    struct ca_share *shares;  /* [grade_count], of `graded`; no intervals */
    struct ca_share positive; /* of `graded`, with its interval */
};

/* What an agency said of its practice and what its answers come to are two things, and how far
 * they are apart is a third. */
struct ca_summary_agency {
    struct ca_figure asked;               /* audits whose template asks this agency */
    struct ca_figure returns;             /* of those, what it returned */
    struct ca_summary_grades declared;    /* the grades it gave itself, of its returns */
    struct ca_summary_grades overall;     /* what its answers come to, of its returns */
    struct ca_figure better, same, worse; /* declared against computed, of those with both */
    struct ca_summary_grades *grid;       /* [section_count] */
};

/* Met or missed for sure: the whole interval is on one side of the target. A mean has no
 * interval; it is told from ten values on. */
enum ca_target_state { CA_NO_TARGET, CA_TARGET_MET, CA_TARGET_MISSED, CA_TARGET_UNSURE };

/* "met", "missed", "cannot be told from so few"; NULL without a target or a figure. */
const char *ca_target_state_words(enum ca_target_state state);

struct ca_summary_measure {
    enum ca_target_state state;
    struct ca_share share;  /* of a proportion: numerator and denominator */
    struct ca_figure sum;   /* of a mean, thousandths */
    struct ca_figure count; /* of a mean: how many values */
    struct ca_figure mean;  /* of a mean, hundredths */
};

struct ca_summary_theme {
    struct ca_figure strengths, improvements; /* strengths come first, always */
};

struct ca_summary_actions {
    struct ca_figure raised, completed, verified, overdue;
};

struct ca_summary_month {
    char month[CA_PERIOD_ID_SIZE]; /* "2023-10" */
    struct ca_figure audits, positive;
    struct ca_share share; /* positive of graded; no intervals */
};

/* Auditor's grade against the moderator's. */
struct ca_summary_moderation {
    struct ca_figure moderated, agreed, raised, lowered;
    struct ca_share agreement; /* agreed of moderated */
    /* thousandths: */
    struct ca_figure shift, kappa, kappa_linear, kappa_quadratic, ac2;
    struct ca_figure bowker, bowker_p;
    size_t bowker_freedom;
    struct ca_figure *pairs; /* [auditor's grade * grade_count + moderated], counts */
};

/* How scores are spread, in hundredths of a mark: half of them lie between the first quartile
 * and the third. */
struct ca_summary_spread {
    struct ca_figure count; /* of the audits that have a score there */
    struct ca_figure first, median, third;
};

struct ca_summary_row {
    struct ca_period period;
    bool total;               /* of the period; otherwise a group */
    const char **group;       /* [group_by_count] values, NULL: not recorded; NULL in a total */
    const char **group_label; /* the same as people read them, "not recorded" included */
    const char *name;         /* "2023-24 Q3", or "North, Adoption" */
    const char *when;         /* the period as people read it, and in which of its rows */
    const char *template_id;  /* in a series: whose audits alone these are; otherwise NULL */

    struct ca_figure audits, graded, not_graded;
    struct ca_figure history;                  /* how many of the audits are imported counts */
    struct ca_figure population;               /* cases of the period; totals only */
    struct ca_figure coverage, coverage_whole; /* audits of population: tenths, whole */
    bool finite;                               /* the intervals of grades use the population */

    struct ca_share *grades;  /* [grade_count], of graded */
    struct ca_share positive; /* not applicable where no grade is positive */

    struct ca_summary_grades *sections;  /* [section_count]; joint rows */
    struct ca_summary_agency *agencies;  /* [agency_count] */
    struct ca_summary_measure *measures; /* [measure_count] */
    struct ca_figure *alerts;            /* [alert_count]; audits with it */
    struct ca_figure *limits;            /* [limit_count]; audits where it held */
    struct ca_summary_theme *themes;     /* [theme_count] */
    struct ca_summary_actions actions;
    struct ca_summary_month *months;
    size_t month_count;
    struct ca_summary_moderation moderation;

    /* NULL where the summary has none (out_of): of the audits; [section_count], joint rows;
     * [agency_count] */
    const struct ca_summary_spread *scores, *section_scores, *agency_scores;
};

/* ---- Change ---- */

struct ca_summary_change {
    struct ca_share from, to;
    struct ca_figure difference, low, high; /* tenths of a percentage point, later − earlier */
    struct ca_figure p;                     /* thousandths */
    bool judged;                            /* there is a verdict */
    enum ca_verdict verdict;
};

struct ca_summary_trend {
    bool judged;
    struct ca_figure m2, p; /* thousandths */
    size_t periods;         /* it is a trend over */
    const char *from, *to;  /* ids of the first and the last */
    enum ca_verdict verdict;
};

/* The headline of one group in both periods. Many groups looked at together will show one by
 * chance: the verdict is by p adjusted for all of them (ca_holm). */
struct ca_summary_group_change {
    const struct ca_summary_row *to;
    struct ca_summary_change positive;
    struct ca_figure adjusted; /* p, thousandths */
};

struct ca_summary_comparison {
    const struct ca_summary_row *from, *to; /* totals; `from` need not be among the rows */
    bool broken; /* they are by two templates of a series: nothing is compared */
    struct ca_summary_group_change *groups; /* [group_count] */
    size_t group_count;
    const char *benchmark;            /* its name, or NULL */
    struct ca_summary_change *grades; /* [grade_count] */
    struct ca_summary_change positive;
    struct ca_summary_trend trend; /* of the grades, over three periods or more with audits */
};

/* The one verdict: the trend where four periods or more have audits, otherwise the change. */
enum ca_headline { CA_HEADLINE_NONE, CA_HEADLINE_CHANGE, CA_HEADLINE_TREND };

struct ca_summary_headline {
    enum ca_headline of;
    enum ca_verdict verdict; /* of NONE: CA_NO_CLEAR_CHANGE, and means nothing */
    const char *why; /* a sentence, where the other of the two says otherwise; or NULL */
};

/* One thing to worry about, or a strength: a part of the audit or a measure. */
struct ca_summary_item {
    const char *what;
    const char *evidence; /* "2 of 9 (22%)", and whether it is sure */
    struct ca_share share;
    bool sure;
};

enum { CA_BRIEF_ITEMS = 3, CA_BRIEF_LINES = 3, CA_BRIEF_WORDS = 120 };

/*
 * What a busy reader takes away: it suffices alone, and has CA_BRIEF_WORDS words at most.
 * No p and no statistic: those are in tables.
 */
struct ca_summary_brief {
    const char *verdict; /* how good, and the one verdict */
    const char *alerts[CA_BRIEF_LINES];
    size_t alert_count;
    struct ca_summary_item worries[CA_BRIEF_ITEMS], strengths[CA_BRIEF_ITEMS];
    size_t worry_count, strength_count;
    const char *overdue; /* of all periods; NULL: nothing is, or it is withheld */
    const char *decisions[CA_BRIEF_LINES]; /* what is the executive's to decide */
    size_t decision_count;
};

/* Actions of all audits there are, whatever their period, on the day `as_of`. */
struct ca_summary_standing {
    struct ca_figure open;    /* not completed by then */
    struct ca_figure overdue; /* of those, due before that day */
    ca_date oldest;           /* the first day one of the overdue was due; or CA_NO_DATE */
};

/* The same of one group that has any: one without audits in the periods may still owe. */
struct ca_summary_owing {
    const char **group, **group_label, *name; /* as in a row */
    struct ca_summary_standing standing;
};

/* ---- Series ---- */

struct ca_summary_point {
    char month[CA_PERIOD_ID_SIZE]; /* or quarter */
    struct ca_figure graded;
    struct ca_figure percent;      /* tenths, positive of graded */
    struct ca_figure lower, upper; /* tenths: its own limits in a p-chart, otherwise all one */
    const char *signal;            /* in words, or NULL */
};

/*
 * Chart of the positive percentage month by month, over all audits of the store (in a series,
 * of the latest template). A p-chart, whose limits are exact and each month's own; an XmR
 * chart where every month has ten audits or more, its limits between 0 and 100%. With fewer
 * than five a month on average it is of quarters.
 */
struct ca_summary_xmr {
    bool present; /* twelve months of audits or more */
    bool trial;
    bool p_chart, quarters;
    bool left_out;                   /* months that are withheld are */
    struct ca_figure mean;           /* tenths */
    struct ca_figure lower, upper;   /* tenths; not applicable in a p-chart */
    struct ca_summary_point *points; /* months without graded audits are left out */
    size_t point_count;
    struct ca_figure longest, longest_allowed, crossings, fewest_crossings; /* run chart */
    bool run_signal;
};

/*
 * Where one template of a series gives way to the next, or one version of a template to another
 * that asks for a measure in another way: nothing is compared across it.
 */
struct ca_summary_break {
    const char *from, *to; /* template ids; of a measure with their versions, "file@2" */
    const char *from_title, *to_title;
    const char *measure; /* its label; NULL: all of it */
    ca_date date;        /* of the first audit under the new one */
    const char *period;  /* of the rows, that it lies in; NULL: between or outside */
};

/* ---- Groups beside each other ---- */

struct ca_summary_funnel_point {
    const char *name;
    struct ca_figure graded, percent; /* tenths */
    int outside;                      /* the limits of chance: 0 within, 1 of 95%, 2 of 99.8% */
};

/* Exact limits, tenths, of what chance gives with so many audits around the share of all. */
struct ca_summary_funnel_limits {
    int64_t graded, low, high, low_wide, high_wide; /* of 95%, and wide of 99.8% */
};

/* Groups of the latest period as a funnel: whether one differs by more than its size explains.
 * There are points where three groups or more can be shown. */
struct ca_summary_funnel {
    struct ca_figure mean; /* tenths, of all */
    struct ca_summary_funnel_point *points;
    size_t point_count;
    struct ca_summary_funnel_limits *limits; /* from 1 to a little more than the largest */
    size_t limit_count;
};

/* ---- Figures from elsewhere ---- */

enum ca_direction { CA_LEVEL, CA_UP, CA_DOWN };

/* "level", "up", "down"; and which way is good: "up", "down", "none". */
const char *ca_direction_name(enum ca_direction direction);
const char *ca_better_name(enum ca_better better);

struct ca_summary_indicator_point {
    const char *period;
    bool proportion;
    struct ca_share share;  /* of a proportion; no interval where withheld */
    struct ca_figure value; /* otherwise, thousandths */
};

/* Direction is where the figure goes; merit, kept apart, is whether that is good. */
struct ca_summary_indicator {
    const char *id, *label, *footnote; /* footnote may be NULL */
    enum ca_better polarity;
    struct ca_summary_indicator_point *points;
    size_t point_count;
    bool moved;                  /* there are two points, neither withheld */
    enum ca_direction direction; /* last against first shown */
    /* "better" or "worse" by a trend that is clear, otherwise "unclear"; "neither" where no
     * direction is, "level" where it has not moved. */
    const char *merit;
    struct ca_summary_trend trend; /* of proportions, three points or more */
};

/* ---- For those who act: never in executive or public output ---- */

struct ca_summary_case {
    const char *return_id, *case_ref;
    ca_date date;     /* of the audit */
    const char *why;  /* the alert's message, or "action 2, owner TM4, due …" */
    const char *kind; /* "alert", "action"; "erased": one row for all of no name */
    enum ca_alert_severity severity; /* of an alert */
};

/* ---- The summary ---- */

enum ca_audience { CA_OPERATIONAL, CA_EXECUTIVE, CA_PUBLIC };
const char *ca_audience_name(enum ca_audience audience);
bool ca_audience_parse(const char *name, enum ca_audience *out);

struct ca_summary {
    struct ca_arena *arena;
    enum ca_audience audience;
    int64_t threshold; /* of withholding, public only; otherwise 0 */

    const char *template_id; /* of a series "a,b"; NULL for a whole framework */
    const char *framework;
    const char *title; /* of the template or framework, for headings */
    const char *unit;  /* what one case is: "child" */
    struct ca_summary_version *versions;
    size_t version_count;
    ca_date as_of; /* decides what is overdue */

    struct ca_summary_name *group_by; /* attributes */
    size_t group_by_count;

    struct ca_summary_name *grades; /* best first */
    size_t grade_count;
    bool has_positive;
    const char *positive_label; /* "good or better" */
    /* Full marks of the scores that are summed up; 0: none are, because the template's scores
     * say no more than grades, or because the output is public. */
    int64_t out_of;
    struct ca_summary_section_name *sections;
    size_t section_count;
    struct ca_summary_name *agencies;
    size_t agency_count;
    struct ca_summary_measure_name *measures;
    size_t measure_count;
    struct ca_summary_alert_name *alerts; /* none in public output */
    size_t alert_count;
    struct ca_summary_limit_name *limits;
    size_t limit_count;
    struct ca_summary_name *themes;
    size_t theme_count;

    /* By period in order; in each the total first, then its groups. */
    struct ca_summary_row *rows;
    size_t row_count;

    struct ca_summary_comparison *comparison; /* NULL: none */
    struct ca_summary_headline headline;
    struct ca_summary_brief brief;
    struct ca_summary_standing standing;
    struct ca_summary_owing *owing; /* none in public output */
    size_t owing_count;
    struct ca_summary_xmr xmr;
    struct ca_summary_funnel funnel;
    struct ca_summary_break *breaks;
    size_t break_count;
    struct ca_summary_indicator *indicators;
    size_t indicator_count;
    struct ca_summary_case *cases;
    size_t case_count;

    const char *publication; /* for the register; NULL: not asked for, or nothing is shown */
    const char *corrects;    /* the publication since which audits were corrected; NULL: none */
    size_t published;        /* how many publications were in the register */
    const char *clash;       /* with what was published before, in a sentence; NULL: none */

    /* The answer in sentences: every format begins with the same. */
    const char **answer;
    size_t answer_count;
    /* How each figure is made, in plain words, and what to bear in mind. */
    const char **notes;
    size_t note_count;
};

void ca_summary_free(struct ca_summary *summary);

#endif
