/* What the store holds already of figures that are being imported. */
#include "core/cli/figures_known.h"

#include <string.h>

#include "core/base/array.h"
#include "core/base/blank.h"
#include "core/base/decimal.h"
#include "core/base/map.h"
#include "core/cli/figures_subject.h"

/* History in the store, or of a row before. */
struct counted {
    struct ca_history history;
    int line; /* 0: in the store */
};

struct ca_known_figures {
    struct ca_store *store;
    struct ca_arena *arena;
    struct counted *counted;
    size_t counted_count;
    struct ca_indicator *indicators;
    size_t indicator_count;
    struct ca_map *first; /* an indicator's id to its first figure */
    struct ca_map *days;  /* its id and period to the figure of those days */
    struct ca_error error;
};

/* ---- reading ---- */

static struct ca_stored_period copied(struct ca_arena *arena,
                                      const struct ca_stored_period *period)
{
    return (struct ca_stored_period){ca_arena_strdup(arena, period->id), period->from,
                                     period->to};
}

static void keep_history(struct ca_known_figures *known, const struct ca_history *history,
                         int line)
{
    struct counted *kept = CA_ARENA_APPEND(known->arena, known->counted, known->counted_count);

    *kept = (struct counted){.history = *history, .line = line};
    kept->history.template_id = ca_arena_strdup(known->arena, history->template_id);
    kept->history.grade = ca_arena_strdup(known->arena, history->grade);
    kept->history.period = copied(known->arena, &history->period);
}

static bool visit_history(void *context, const struct ca_history *history)
{
    keep_history(context, history, 0);
    return true;
}

/* "neglect 19000 19089" */
static const char *days_of(struct ca_arena *arena, const struct ca_indicator *row)
{
    return ca_arena_printf(arena, "%s %d %d", row->id, (int)row->period.from,
                           (int)row->period.to);
}

static bool visit_indicator(void *context, const struct ca_indicator *row)
{
    struct ca_known_figures *known = context;
    struct ca_indicator *kept =
        CA_ARENA_APPEND(known->arena, known->indicators, known->indicator_count);

    *kept = *row;
    kept->id = ca_arena_strdup(known->arena, row->id);
    kept->label = ca_arena_strdup(known->arena, row->label);
    kept->period = copied(known->arena, &row->period);
    kept->footnote = NULL;
    kept->template_id =
        row->template_id != NULL ? ca_arena_strdup(known->arena, row->template_id) : NULL;
    (void)ca_map_put(known->first, kept->id, known->indicator_count - 1);
    (void)ca_map_put(known->days, days_of(known->arena, kept), known->indicator_count - 1);
    return true;
}

enum ca_code ca_known_read(struct ca_store *store, struct ca_arena *arena,
                           struct ca_known_figures **out, struct ca_error *error)
{
    struct ca_known_figures *known = CA_NEW(arena, struct ca_known_figures);
    enum ca_code code;

    known->store = store;
    known->arena = arena;
    known->first = ca_map_new(arena, 64);
    known->days = ca_map_new(arena, 64);
    code = ca_store_each_history(store, visit_history, known, error);
    if (code == CA_OK)
        code = ca_store_each_indicator(store, visit_indicator, known, error);
    if (code == CA_OK)
        *out = known;
    return code;
}

/* ---- history ---- */

static bool same_template(const struct counted *counted, const char *template_id)
{
    return strcmp(counted->history.template_id, template_id) == 0;
}

static bool count_tally(void *context, const struct ca_tally *tally)
{
    int64_t *audits = context;

    (void)tally;
    ++*audits;
    return true;
}

enum ca_code ca_audits_between(struct ca_store *store,
                               const struct ca_stored_template *templates, size_t count,
                               ca_date from, ca_date to, int64_t *audits,
                               struct ca_error *error)
{
    *audits = 0;
    return ca_store_each_tally(store, templates, count, from, to, count_tally, audits, error);
}

/* Audits of the period that the store has itself, by all versions of the template. */
static const char *find_audits(struct ca_known_figures *known,
                               const struct ca_stored_template *templates, size_t count,
                               const struct ca_history *row)
{
    int64_t audits = 0, some;

    for (size_t i = 0; i < count; i++) {
        if (strcmp(templates[i].id, row->template_id) != 0)
            continue;
        if (ca_audits_between(known->store, &templates[i], 1, row->period.from, row->period.to,
                              &some, &known->error) != CA_OK)
            return known->error.message;
        audits += some;
    }
    if (audits == 0)
        return NULL;
    return ca_arena_printf(
        known->arena,
        "%lld audit%s by template '%s' in %s %s in the store, and would count twice",
        (long long)audits, audits == 1 ? "" : "s", row->template_id, row->period.id,
        audits == 1 ? "is" : "are");
}

const char *ca_known_overlap(struct ca_known_figures *known,
                             const struct ca_stored_template *templates, size_t template_count,
                             const struct ca_history *row, int line)
{
    bool met = false;

    if (row->count == 0)
        return NULL;
    for (size_t i = 0; i < known->counted_count; i++) {
        const struct counted *other = &known->counted[i];
        const struct ca_stored_period *period = &other->history.period;

        if (!same_template(other, row->template_id) || other->history.count == 0)
            continue;
        met |= other->line > 0 && ca_same_days(period, &row->period);
        if (ca_same_days(period, &row->period) || period->from > row->period.to ||
            row->period.from > period->to)
            continue;
        return ca_arena_printf(
            known->arena,
            "%s overlaps %s, whose counts of template '%s' %s%s: audits of both would count "
            "twice",
            row->period.id, period->id, row->template_id,
            other->line > 0 ? "are in row " : "are in the store already",
            other->line > 0 ? ca_arena_printf(known->arena, "%d", other->line) : "");
    }
    keep_history(known, row, line);
    /* Told once a period, not once a grade. */
    return met ? NULL : find_audits(known, templates, template_count, row);
}

const char *ca_known_count(const struct ca_known_figures *known, const struct ca_history *row)
{
    for (size_t i = 0; i < known->counted_count; i++) {
        const struct counted *other = &known->counted[i];

        if (other->line == 0 && same_template(other, row->template_id) &&
            ca_same_days(&other->history.period, &row->period) &&
            strcmp(other->history.grade, row->grade) == 0 && other->history.count != row->count)
            return ca_arena_printf(known->arena, "'%s' in %s was %lld and is %lld now",
                                   row->grade, row->period.id, (long long)other->history.count,
                                   (long long)row->count);
    }
    return NULL;
}

const struct ca_history *ca_known_history_of(const struct ca_known_figures *known,
                                             const char *template_id, ca_date audit_date)
{
    for (size_t i = 0; i < known->counted_count; i++) {
        const struct ca_history *history = &known->counted[i].history;

        if (history->count > 0 && history->period.from <= audit_date &&
            audit_date <= history->period.to && same_template(&known->counted[i], template_id))
            return history;
    }
    return NULL;
}

/* ---- indicators ---- */

static const struct ca_indicator *indicator_named(const struct ca_known_figures *known,
                                                  const char *id)
{
    size_t i = ca_map_get(known->first, id);

    return i != CA_NOT_FOUND ? &known->indicators[i] : NULL;
}

const char *ca_known_label(const struct ca_known_figures *known, const struct ca_indicator *row)
{
    const struct ca_indicator *other = indicator_named(known, row->id);

    if (other == NULL || ca_same_text(other->label, row->label))
        return NULL;
    return ca_arena_printf(known->arena,
                           "'%s' is labelled '%s' in the store, and '%s' here; give another "
                           "indicator an id of its own, or say --replace",
                           row->id, other->label, row->label);
}

const char *ca_known_polarity(const struct ca_known_figures *known,
                              const struct ca_indicator *row)
{
    const struct ca_indicator *other = indicator_named(known, row->id);

    if (other == NULL || other->polarity == row->polarity)
        return NULL;
    return ca_arena_printf(
        known->arena,
        "the polarity of '%s' is %s in the store, and %s here; correct it, or say --replace",
        row->id, ca_polarity_name(other->polarity), ca_polarity_name(row->polarity));
}

void ca_figure_text(struct ca_buffer *out, const struct ca_indicator *row)
{
    char text[CA_DECIMAL_SIZE];

    if (row->is_ratio)
        ca_buffer_printf(out, "%lld of %lld", (long long)row->numerator,
                         (long long)row->denominator);
    else
        ca_buffer_puts(out, ca_decimal_short(row->value, 3, text));
}

const char *ca_known_template(const struct ca_known_figures *known, const char *indicator)
{
    const struct ca_indicator *other = indicator_named(known, indicator);

    return other != NULL ? other->template_id : NULL;
}

static const char *belongs_to(const struct ca_known_figures *known,
                              const struct ca_indicator *row)
{
    return row->template_id != NULL ? ca_arena_printf(known->arena, "'%s'", row->template_id)
                                    : "all templates";
}

const char *ca_known_for(const struct ca_known_figures *known, const struct ca_indicator *row)
{
    const struct ca_indicator *other = indicator_named(known, row->id);
    const char *was, *is;

    if (other == NULL)
        return NULL;
    was = belongs_to(known, other);
    is = belongs_to(known, row);
    return strcmp(was, is) == 0
               ? NULL
               : ca_arena_printf(known->arena,
                                 "'%s' belongs to %s in the store, and to %s here; correct it, "
                                 "or say --replace",
                                 row->id, was, is);
}

static bool same_figure(const struct ca_indicator *a, const struct ca_indicator *b)
{
    if (a->is_ratio != b->is_ratio)
        return false;
    return a->is_ratio ? a->numerator == b->numerator && a->denominator == b->denominator
                       : a->value == b->value;
}

const char *ca_known_figure(const struct ca_known_figures *known,
                            const struct ca_indicator *row)
{
    size_t i = ca_map_get(known->days, days_of(known->arena, row));
    struct ca_buffer was = {0}, is = {0};
    const char *said;

    if (i == CA_NOT_FOUND || same_figure(&known->indicators[i], row))
        return NULL;
    ca_figure_text(&was, &known->indicators[i]);
    ca_figure_text(&is, row);
    said = ca_arena_printf(known->arena, "'%s' in %s was %s and is %s now", row->id,
                           row->period.id, was.data, is.data);
    ca_buffer_free(&was);
    ca_buffer_free(&is);
    return said;
}
