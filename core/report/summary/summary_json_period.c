/* One period of the summary as JSON: grades, sections, agencies, measures, actions … */
#include "core/base/decimal.h"
#include "core/base/json.h"
#include "core/report/summary/summary_json_private.h"

/* ---- figures ---- */

void ca_summary_json_figure(struct ca_buffer *out, const char *key, struct ca_figure f,
                            int places)
{
    char text[CA_FIGURE_SIZE];

    ca_json_key(out, key);
    if (f.shown == CA_WITHHELD)
        ca_json_string(out, "c");
    else if (!ca_is_shown(f))
        ca_json_null(out);
    else
        ca_json_number(out, ca_figure_text(f, places, text));
}

void ca_summary_json_count(struct ca_buffer *out, const char *key, struct ca_figure f)
{
    ca_summary_json_figure(out, key, f, 0);
}

void ca_summary_json_interval(struct ca_buffer *out, const struct ca_share *share)
{
    ca_summary_json_figure(out, "percent", share->tenths, 1);
    ca_summary_json_figure(out, "low", share->low, 1);
    ca_summary_json_figure(out, "high", share->high, 1);
}

/* One grade of a list, without its interval. */
static void grade(struct ca_buffer *out, const struct ca_summary *s, size_t g,
                  const struct ca_share *share)
{
    ca_json_open(out, '{');
    ca_json_key_string(out, "id", s->grades[g].id);
    ca_summary_json_count(out, "count", share->count);
    ca_summary_json_figure(out, "percent", share->tenths, 1);
    ca_json_close(out, '}');
}

static void grades(struct ca_buffer *out, const struct ca_summary *s,
                   const struct ca_summary_grades *block)
{
    ca_json_key(out, "grades");
    ca_json_open(out, '[');
    for (size_t g = 0; g < s->grade_count; g++)
        grade(out, s, g, &block->shares[g]);
    ca_json_close(out, ']');
    ca_summary_json_count(out, "not_graded", block->not_graded);
    ca_json_key(out, "positive");
    if (!s->has_positive) {
        ca_json_null(out);
        return;
    }
    ca_json_open(out, '{');
    ca_summary_json_count(out, "count", block->positive.count);
    ca_summary_json_interval(out, &block->positive);
    ca_json_close(out, '}');
}

/* ---- the parts of a period ---- */

static void headline(struct ca_buffer *out, const struct ca_summary *s,
                     const struct ca_summary_row *row)
{
    ca_json_key(out, "grades");
    ca_json_open(out, '[');
    for (size_t g = 0; g < s->grade_count; g++) {
        ca_json_open(out, '{');
        ca_json_key_string(out, "id", s->grades[g].id);
        ca_summary_json_count(out, "count", row->grades[g].count);
        ca_summary_json_interval(out, &row->grades[g]);
        ca_json_close(out, '}');
    }
    ca_json_close(out, ']');
    ca_json_key(out, "positive");
    if (!s->has_positive) {
        ca_json_null(out);
        return;
    }
    ca_json_open(out, '{');
    ca_summary_json_count(out, "count", row->positive.count);
    ca_summary_json_interval(out, &row->positive);
    ca_json_close(out, '}');
}

static void section(struct ca_buffer *out, const struct ca_summary *s, size_t i,
                    const struct ca_summary_grades *block)
{
    ca_json_open(out, '{');
    ca_json_key_string(out, "id", s->sections[i].id);
    ca_json_key_string(out, "title", s->sections[i].title);
    grades(out, s, block);
    ca_json_close(out, '}');
}

static void sections(struct ca_buffer *out, const struct ca_summary *s,
                     const struct ca_summary_grades *blocks)
{
    ca_json_key(out, "sections");
    ca_json_open(out, '[');
    for (size_t i = 0; i < s->section_count; i++)
        section(out, s, i, &blocks[i]);
    ca_json_close(out, ']');
}

static void spread(struct ca_buffer *out, const struct ca_summary_spread *spread)
{
    ca_summary_json_count(out, "count", spread->count);
    ca_summary_json_figure(out, "first_quartile", spread->first, 2);
    ca_summary_json_figure(out, "median", spread->median, 2);
    ca_summary_json_figure(out, "third_quartile", spread->third, 2);
}

static void spread_of(struct ca_buffer *out, const char *id,
                      const struct ca_summary_spread *one)
{
    ca_json_open(out, '{');
    ca_json_key_string(out, "id", id);
    spread(out, one);
    ca_json_close(out, '}');
}

static void scores(struct ca_buffer *out, const struct ca_summary *s,
                   const struct ca_summary_row *row)
{
    if (row->scores == NULL)
        return;
    ca_json_key(out, "scores");
    ca_json_open(out, '{');
    ca_json_key_integer(out, "out_of", s->out_of);
    spread(out, row->scores);
    ca_json_key(out, "sections");
    ca_json_open(out, '[');
    for (size_t i = 0; i < s->section_count; i++)
        spread_of(out, s->sections[i].id, &row->section_scores[i]);
    ca_json_close(out, ']');
    ca_json_key(out, "agencies");
    ca_json_open(out, '[');
    for (size_t a = 0; a < s->agency_count; a++)
        spread_of(out, s->agencies[a].id, &row->agency_scores[a]);
    ca_json_close(out, ']');
    ca_json_close(out, '}');
}

static void agencies(struct ca_buffer *out, const struct ca_summary *s,
                     const struct ca_summary_row *row)
{
    ca_json_key(out, "agencies");
    ca_json_open(out, '[');
    for (size_t a = 0; a < s->agency_count; a++) {
        ca_json_open(out, '{');
        ca_json_key_string(out, "id", s->agencies[a].id);
        ca_json_key_string(out, "label", s->agencies[a].label);
        ca_summary_json_count(out, "asked", row->agencies[a].asked);
        ca_summary_json_count(out, "returns", row->agencies[a].returns);
        grades(out, s, &row->agencies[a].overall);
        ca_json_key(out, "declared");
        ca_json_open(out, '{');
        grades(out, s, &row->agencies[a].declared);
        ca_json_close(out, '}');
        ca_summary_json_count(out, "declared_better", row->agencies[a].better);
        ca_summary_json_count(out, "declared_same", row->agencies[a].same);
        ca_summary_json_count(out, "declared_worse", row->agencies[a].worse);
        sections(out, s, row->agencies[a].grid);
        ca_json_close(out, '}');
    }
    ca_json_close(out, ']');
}

static void target(struct ca_buffer *out, const struct ca_target *target,
                   enum ca_target_state state)
{
    char text[CA_DECIMAL_SIZE];

    if (target == NULL)
        return;
    ca_json_key(out, "target");
    ca_json_number(out, ca_decimal_short(target->thousandths, 3, text));
    ca_json_key(out, "target_at_most");
    ca_json_bool(out, target->most);
    ca_json_key_string(out, "target_state", ca_target_state_words(state));
}

static void measure(struct ca_buffer *out, const struct ca_summary_measure_name *name,
                    const struct ca_summary_measure *m)
{
    ca_json_open(out, '{');
    ca_json_key_string(out, "id", name->id);
    ca_json_key_string(out, "label", name->label);
    ca_json_key_string(out, "kind", name->mean ? "mean" : "proportion");
    if (name->mean) {
        ca_summary_json_figure(out, "sum", m->sum, 3);
        ca_summary_json_count(out, "count", m->count);
        ca_summary_json_figure(out, "mean", m->mean, 2);
    } else {
        ca_summary_json_count(out, "numerator", m->share.count);
        ca_summary_json_count(out, "denominator", m->share.of);
        ca_summary_json_interval(out, &m->share);
    }
    target(out, name->target, m->state);
    ca_json_close(out, '}');
}

static void measures(struct ca_buffer *out, const struct ca_summary *s,
                     const struct ca_summary_row *row)
{
    ca_json_key(out, "measures");
    ca_json_open(out, '[');
    for (size_t i = 0; i < s->measure_count; i++)
        measure(out, &s->measures[i], &row->measures[i]);
    ca_json_close(out, ']');
}

static void alerts_and_limits(struct ca_buffer *out, const struct ca_summary *s,
                              const struct ca_summary_row *row)
{
    ca_json_key(out, "alerts");
    ca_json_open(out, '[');
    for (size_t i = 0; i < s->alert_count; i++) {
        ca_json_open(out, '{');
        ca_json_key_string(out, "id", s->alerts[i].id);
        ca_json_key_string(out, "severity", ca_alert_severity_name(s->alerts[i].severity));
        ca_summary_json_count(out, "count", row->alerts[i]);
        ca_json_close(out, '}');
    }
    ca_json_close(out, ']');
    ca_json_key(out, "limits");
    ca_json_open(out, '[');
    for (size_t i = 0; i < s->limit_count; i++) {
        ca_json_open(out, '{');
        ca_json_key_string(out, "id", s->limits[i].id);
        ca_summary_json_count(out, "count", row->limits[i]);
        ca_json_close(out, '}');
    }
    ca_json_close(out, ']');
}

static void actions(struct ca_buffer *out, const struct ca_summary_actions *actions)
{
    ca_json_key(out, "actions");
    ca_json_open(out, '{');
    ca_summary_json_count(out, "raised", actions->raised);
    ca_summary_json_count(out, "completed", actions->completed);
    ca_summary_json_count(out, "verified", actions->verified);
    ca_summary_json_count(out, "overdue", actions->overdue);
    ca_json_close(out, '}');
}

static void themes(struct ca_buffer *out, const struct ca_summary *s,
                   const struct ca_summary_row *row)
{
    ca_json_key(out, "themes");
    ca_json_open(out, '[');
    for (size_t i = 0; i < s->theme_count; i++) {
        ca_json_open(out, '{');
        ca_json_key_string(out, "theme", s->themes[i].id);
        ca_summary_json_count(out, "strengths", row->themes[i].strengths);
        ca_summary_json_count(out, "improvements", row->themes[i].improvements);
        ca_json_close(out, '}');
    }
    ca_json_close(out, ']');
}

static void months(struct ca_buffer *out, const struct ca_summary_row *row)
{
    ca_json_key(out, "monthly");
    ca_json_open(out, '[');
    for (size_t i = 0; i < row->month_count; i++) {
        ca_json_open(out, '{');
        ca_json_key_string(out, "month", row->months[i].month);
        ca_summary_json_count(out, "audits", row->months[i].audits);
        ca_summary_json_count(out, "positive", row->months[i].positive);
        ca_json_close(out, '}');
    }
    ca_json_close(out, ']');
}

static void pairs(struct ca_buffer *out, const struct ca_summary *s,
                  const struct ca_summary_moderation *m)
{
    char text[CA_FIGURE_SIZE];

    ca_json_key(out, "pairs");
    ca_json_open(out, '[');
    for (size_t a = 0; a < s->grade_count; a++) {
        ca_json_open(out, '[');
        for (size_t b = 0; b < s->grade_count; b++) {
            struct ca_figure f = m->pairs[a * s->grade_count + b];
            if (ca_is_shown(f))
                ca_json_number(out, ca_figure_text(f, 0, text));
            else
                ca_json_string(out, "c");
        }
        ca_json_close(out, ']');
    }
    ca_json_close(out, ']');
}

static void moderation(struct ca_buffer *out, const struct ca_summary *s,
                       const struct ca_summary_moderation *m)
{
    ca_json_key(out, "moderation");
    ca_json_open(out, '{');
    ca_summary_json_count(out, "moderated", m->moderated);
    ca_summary_json_count(out, "agreed", m->agreed);
    ca_summary_json_count(out, "raised", m->raised);
    ca_summary_json_count(out, "lowered", m->lowered);
    ca_summary_json_figure(out, "shift", m->shift, 3);
    ca_summary_json_figure(out, "kappa_quadratic", m->kappa_quadratic, 3);
    ca_summary_json_figure(out, "ac2", m->ac2, 3);
    ca_summary_json_figure(out, "kappa", m->kappa, 3);
    ca_summary_json_figure(out, "kappa_linear", m->kappa_linear, 3);
    ca_summary_json_figure(out, "bowker", m->bowker, 3);
    ca_summary_json_figure(out, "bowker_p", m->bowker_p, 3);
    pairs(out, s, m);
    ca_json_close(out, '}');
}

void ca_summary_json_group(struct ca_buffer *out, const struct ca_summary *s,
                           const char *const *group)
{
    ca_json_key(out, "group");
    if (group == NULL) {
        ca_json_null(out);
        return;
    }
    ca_json_open(out, '{');
    for (size_t i = 0; i < s->group_by_count; i++)
        ca_json_key_string(out, s->group_by[i].id, group[i]);
    ca_json_close(out, '}');
}

void ca_summary_json_period(struct ca_buffer *out, const struct ca_summary *s,
                            const struct ca_summary_row *row)
{
    char date[CA_DATE_SIZE];

    ca_json_open(out, '{');
    ca_json_key_string(out, "id", row->period.id);
    ca_json_key_string(out, "from", ca_date_format(row->period.from, date));
    ca_json_key_string(out, "to", ca_date_format(row->period.to, date));
    ca_summary_json_group(out, s, row->group);
    ca_summary_json_count(out, "audits", row->audits);
    ca_summary_json_count(out, "not_graded", row->not_graded);
    ca_summary_json_count(out, "population", row->population);
    ca_summary_json_figure(out, "coverage", row->coverage, 1);
    headline(out, s, row);
    sections(out, s, row->sections);
    agencies(out, s, row);
    measures(out, s, row);
    alerts_and_limits(out, s, row);
    actions(out, &row->actions);
    themes(out, s, row);
    months(out, row);
    moderation(out, s, &row->moderation);
    scores(out, s, row);
    ca_summary_json_count(out, "history", row->history);
    if (row->template_id != NULL)
        ca_json_key_string(out, "template", row->template_id);
    ca_json_close(out, '}');
}
