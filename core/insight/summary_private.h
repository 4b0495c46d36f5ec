#ifndef CA_INSIGHT_SUMMARY_PRIVATE_H
#define CA_INSIGHT_SUMMARY_PRIVATE_H

#include "core/base/buffer.h"
#include "core/base/map.h"
#include "core/insight/scores.h"
#include "core/insight/summarise.h"

/*
 * How a summary is made: names are gathered (summary_names.c), every result is
 * counted once (aggregate.c, with groups.c, count_scores.c and standing.c), what must not be
 * published is marked (withhold.c), and figures are made of the rest (summary_rows.c,
 * summary_change.c, summary_series.c, summary_elsewhere.c), which are then
 * told in sentences (summary_answer.c) and explained (summary_notes.c).
 */

/* ---- Counts of one row ---- */

/*
 * All counts of a row lie in one array, so that adding up, totals over groups
 * and withholding go over all of them alike. A block is the counts of some
 * graded things: one for each grade, then all graded, then those not graded.
 */
struct ca_places {
    size_t grades, sections, agencies, measures, alerts, limits, themes, months;
};

static inline size_t ca_block_size(const struct ca_places *l)
{
    return l->grades + 2;
}

/* The audits themselves. */
enum { CA_AT_BLOCK = 0 };
static inline size_t ca_at_graded(const struct ca_places *l)
{
    return l->grades;
}
static inline size_t ca_at_not_graded(const struct ca_places *l)
{
    return l->grades + 1;
}
static inline size_t ca_at_audits(const struct ca_places *l)
{
    return l->grades + 2;
}
static inline size_t ca_at_positive(const struct ca_places *l)
{
    return l->grades + 3;
}
static inline size_t ca_at_history(const struct ca_places *l)
{
    return l->grades + 4;
}
/* raised, completed, verified, overdue */
static inline size_t ca_at_actions(const struct ca_places *l)
{
    return l->grades + 5;
}
/* moderated, agreed, raised, lowered, then grades × grades */
static inline size_t ca_at_moderation(const struct ca_places *l)
{
    return ca_at_actions(l) + 4;
}
static inline size_t ca_at_section(const struct ca_places *l, size_t section)
{
    return ca_at_moderation(l) + 4 + l->grades * l->grades + section * ca_block_size(l);
}
/* returns, asked, declared better, the same and worse than computed, then blocks: declared,
 * computed, and one for each section */
enum { CA_AGENCY_RETURNS, CA_AGENCY_ASKED, CA_AGENCY_BETTER, CA_AGENCY_BLOCKS = 5 };
static inline size_t ca_at_agency(const struct ca_places *l, size_t agency)
{
    return ca_at_section(l, l->sections) +
           agency * (CA_AGENCY_BLOCKS + (2 + l->sections) * ca_block_size(l));
}
static inline size_t ca_at_declared(const struct ca_places *l, size_t agency)
{
    return ca_at_agency(l, agency) + CA_AGENCY_BLOCKS;
}
static inline size_t ca_at_computed(const struct ca_places *l, size_t agency)
{
    return ca_at_declared(l, agency) + ca_block_size(l);
}
static inline size_t ca_at_grid(const struct ca_places *l, size_t agency, size_t section)
{
    return ca_at_computed(l, agency) + (1 + section) * ca_block_size(l);
}
/* numerator and denominator, or sum and count */
static inline size_t ca_at_measure(const struct ca_places *l, size_t measure)
{
    return ca_at_agency(l, l->agencies) + 2 * measure;
}
static inline size_t ca_at_alert(const struct ca_places *l, size_t alert)
{
    return ca_at_measure(l, l->measures) + alert;
}
static inline size_t ca_at_limit(const struct ca_places *l, size_t limit)
{
    return ca_at_alert(l, l->alerts) + limit;
}
/* strengths, improvements */
static inline size_t ca_at_theme(const struct ca_places *l, size_t theme)
{
    return ca_at_limit(l, l->limits) + 2 * theme;
}
/* audits, graded, not graded, positive */
static inline size_t ca_at_month(const struct ca_places *l, size_t month)
{
    return ca_at_theme(l, l->themes) + 4 * month;
}
static inline size_t ca_places_size(const struct ca_places *l)
{
    return ca_at_month(l, l->months);
}

struct ca_counts {
    int64_t *n;               /* by layout; NULL: nothing was counted */
    bool *hidden;             /* what must not be published */
    struct ca_scores *scores; /* of all of it, each section, each agency; NULL: not counted */
    const char **members;     /* what was counted, where there is a register of publications */
    size_t member_count;
};

/* ---- Periods and groups ---- */

struct ca_plan_period {
    struct ca_period period;
    size_t asked;              /* which of those asked for; templates of a series share it */
    bool shown;                /* among the rows; otherwise only compared with */
    bool printed;              /* shown, or compared with */
    const char *only_template; /* of a benchmark, or of a series; NULL */
    struct ca_places layout;
    struct ca_period *months; /* to be freed */
    struct ca_counts total;
    struct ca_counts *groups; /* [group_count] */
    size_t group_count;
    bool drawn;         /* every audit was selected at random or stratified */
    int64_t population; /* −1: unknown */
};

/* The closed list of an attribute that is grouped by, of all templates together. */
struct ca_plan_by {
    struct ca_map *places;
    const char **labels; /* by place */
    size_t count;
    /* Values as they are compared, by the way they are written: texts and tokens folded, whole
     * numbers in their shortest form. */
    bool integers;
    struct ca_map *spellings;
    const char **compared;
    size_t spelling_count;
};

/* Actions that are open. */
struct ca_plan_standing {
    int64_t open, overdue;
    ca_date oldest;
    bool hidden; /* they must not be published */
};

struct ca_plan_group {
    const char **values;              /* [by_count], NULL: not recorded */
    struct ca_plan_standing standing; /* in `owing` */
};

struct ca_plan_groups {
    struct ca_plan_group *items; /* to be freed */
    size_t count;
    struct ca_map *map; /* by the values; NULL while there is none */
    size_t *order;      /* as shown */
};

/* In the place of an attribute: whose audit it is. */
#define CA_PLAN_AUTHORITY (SIZE_MAX - 1)

/* How the parts of one stored template stand in the names of the summary. */
struct ca_plan_map {
    size_t *sections, *agencies, *measures, *alerts, *limits, *themes;
    size_t *by;        /* for each of those asked for: the attribute's index, SIZE_MAX where
                        * there is none, or CA_PLAN_AUTHORITY */
    bool same_scale;   /* its grades can be added to the others */
    ca_date first;     /* audit by it; CA_NO_DATE */
    bool shown;        /* audits by it are in the periods shown */
    uint32_t positive; /* bit g: grade g is positive */
};

struct ca_plan_history {
    const struct ca_history *row;
    size_t grade;
    bool overtaken; /* the store has audits of its template in its period */
};

/* Positive and graded audits of one calendar month, in the whole store. */
struct ca_plan_month {
    int64_t audits, graded, positive;
};

/* A point of the chart of all months: a month or a quarter. */
struct ca_plan_point {
    struct ca_period period;
    int64_t graded, positive;
    bool hidden; /* its percentage must not be published */
};

struct ca_plan_template {
    const char *id, *title;
    ca_date first; /* audit; CA_NO_DATE */
};

enum { CA_MOST_BY = 8 };

struct ca_plan {
    const struct ca_material *material;
    const struct ca_summary_request *request;
    struct ca_summary *summary; /* being made */
    struct ca_arena *arena;     /* the summary's */
    int64_t threshold;          /* 0: nothing is withheld */
    bool scores_left_out;       /* there are some, but the output is public */
    ca_date as_of;

    struct ca_plan_map *maps;                       /* [template_count] */
    size_t reference;                               /* template whose scale is used */
    const struct ca_stored_template *foreign_scale; /* met in a period; NULL */
    size_t positive;                                /* how many grades count as positive */

    struct ca_plan_period *periods;
    size_t period_count;
    size_t baseline;                      /* compared with; SIZE_MAX */
    size_t latest;                        /* the last shown; those shown come first */
    struct ca_summary_row *baseline_rows; /* total and groups, where it is not among the rows */
    const char *benchmark;
    size_t *trend;      /* periods of the trend in order */
    size_t trend_count; /* 0: none */

    struct ca_plan_by *by;        /* [by_count] */
    struct ca_plan_groups groups; /* of the rows */
    size_t group_count;           /* of these, once all is counted */
    struct ca_plan_groups owing;  /* with open actions, of whatever period; never in public */
    struct ca_buffer key;

    struct ca_plan_history *history;
    struct ca_plan_point *points; /* of the chart, ascending */
    size_t point_count;           /* 0: there is none */
    bool quarters, p_chart;
    struct ca_plan_standing standing;   /* of all audits */
    struct ca_plan_template *templates; /* by id */
    size_t template_count;
};

/* Which names there are; false with error for an attribute nobody knows. */
enum ca_code ca_plan_names(struct ca_plan *plan, struct ca_error *error);

/* Which periods are counted. */
enum ca_code ca_plan_periods(struct ca_plan *plan, struct ca_error *error);

/* The first day of those printed. */
ca_date ca_plan_start(const struct ca_plan *plan);

/* Once everything is counted: in a series, a period has a row for each template that has audits
 * in it, and periods without audits are none of a trend. */
void ca_plan_settle(struct ca_plan *plan);

/* In a series, whose months the chart is of; NULL: all. */
const char *ca_plan_template(const struct ca_plan *plan);

/* The chart's points, of months from the first year on. */
enum { CA_FIRST_YEAR = 1900, CA_LAST_YEAR = 2199 };
enum { CA_CHART_MONTHS = (CA_LAST_YEAR - CA_FIRST_YEAR + 1) * 12 };
void ca_plan_points(struct ca_plan *plan, const struct ca_plan_month *months);

/* ---- groups (groups.c) ---- */

/* The number of an audit's group: new or known. */
size_t ca_plan_group_of(struct ca_plan *plan, struct ca_plan_groups *groups,
                        const struct ca_tally *tally);
/* Of counts from before the store, which have no attributes: whose they are is all they tell.
 */
size_t ca_plan_group_of_history(struct ca_plan *plan, struct ca_plan_groups *groups,
                                const struct ca_history *history);
void ca_plan_order_groups(const struct ca_plan *plan, struct ca_plan_groups *groups);
/* Puts the groups of the rows, with what was counted of them in the periods printed, into their
 * order: what is withheld hangs on it, and must not on which audit came first. */
void ca_plan_place_groups(struct ca_plan *plan);
/* Its values as people read them, and all of them as one name. */
void ca_plan_name_group(const struct ca_plan *plan, const struct ca_plan_group *group,
                        const char ***labels, const char **name);

/* ---- actions (standing.c) ---- */

bool ca_is_overdue(const struct ca_tally_action *action, ca_date as_of);
void ca_plan_add_standing(struct ca_plan *plan, const struct ca_tally *tally);
void ca_plan_make_standing(struct ca_plan *plan);

/* ---- scores (count_scores.c) ---- */

/* Whether scores are summed up, and in which full marks. */
void ca_plan_choose_scores(struct ca_plan *plan);
/* For the scores of one row; NULL where none are summed up. */
struct ca_scores *ca_plan_new_scores(const struct ca_plan *plan);
/* Reads those of one result into each of `to`. */
enum ca_code ca_plan_add_scores(struct ca_plan *plan, const struct ca_tally *tally,
                                struct ca_scores *const *to, size_t count,
                                struct ca_error *error);
void ca_plan_spread(const struct ca_plan *plan, const struct ca_counts *counts,
                    struct ca_summary_row *row);

/* The one pass over all results. */
enum ca_code ca_plan_count(struct ca_plan *plan, struct ca_error *error);

/* Population of a period, or −1. */
int64_t ca_plan_population(const struct ca_plan *plan, const struct ca_plan_period *period);
/* Populations within the period that overlap and do not add up to it; nothing if all is well.
 */
void ca_plan_name_overlaps(const struct ca_plan *plan, const struct ca_plan_period *period,
                           struct ca_buffer *out);

/* Marks what must not be published. */
void ca_plan_withhold(struct ca_plan *plan);

/* Where there is a register of publications. */
static inline bool ca_has_register(const struct ca_plan *plan)
{
    return plan->material->element != NULL;
}

/* For each place, what it is called in every store, as "section:matching:grade:good"; NULL of
 * alerts, which are never published. In the arena. */
const char **ca_plan_place_names(const struct ca_plan *plan, const struct ca_plan_period *p);

/* Marks what must not be published because of what was published before. */
enum ca_code ca_plan_published(struct ca_plan *plan, struct ca_error *error);

/* What is to be entered in the register. */
void ca_plan_publish(struct ca_plan *plan);

void ca_plan_rows(struct ca_plan *plan);
void ca_plan_change(struct ca_plan *plan);
void ca_plan_series(struct ca_plan *plan);
void ca_plan_funnel(struct ca_plan *plan);
void ca_plan_indicators(struct ca_plan *plan);
void ca_plan_headline(struct ca_plan *plan);
void ca_plan_brief(struct ca_plan *plan);
void ca_plan_answer(struct ca_plan *plan);
void ca_plan_notes(struct ca_plan *plan);

/* ---- Figures ---- */

static inline struct ca_figure ca_figure(int64_t value)
{
    return (struct ca_figure){CA_SHOWN, value};
}
static inline struct ca_figure ca_no_figure(enum ca_shown why)
{
    return (struct ca_figure){why, 0};
}

/* count of `of`, with an interval if one is wanted; population −1 for none. What is
 * hidden of either hides the percentages. */
enum ca_interval_kind { CA_NO_INTERVAL, CA_WITH_INTERVAL };
struct ca_share ca_share_of(struct ca_figure count, struct ca_figure of,
                            enum ca_interval_kind interval, int64_t population);

/* Thousandths of a value that may not be defined. */
struct ca_figure ca_value_figure(struct ca_value value, int64_t scale);

#endif
