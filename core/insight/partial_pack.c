/* A partial as the bytes of a file, and back. Bytes come from outside: all is looked at. */
#include <string.h>

#include "core/base/array.h"
#include "core/base/pack.h"
#include "core/base/utf8.h"
#include "core/insight/partial.h"
#include "core/store/authority.h"
#include "core/store/figures_fit.h"

/* What a file begins with: for people who look into it, too. */
static const char opening[] = "caseaudit partial 2, operational: figures of single audits\n";

enum { MOST_GRADES = 32, MOST_COUNT = 1000000000 };

/* ---- what has to be so ---- */

static void must(const struct ca_walk *walk, bool good)
{
    if (walk->in != NULL && !good)
        walk->in->good = false;
}

static void text(const struct ca_walk *walk, const char **value)
{
    ca_walk_text(walk, value);
    must(walk, *value == NULL || ca_utf8_good(*value, strlen(*value)) == strlen(*value));
}

static void word(const struct ca_walk *walk, const char **value)
{
    text(walk, value);
    must(walk, *value != NULL);
}

/* An index below count, or −1. */
static void place(const struct ca_walk *walk, int *value, size_t count)
{
    ca_walk_int(walk, value);
    must(walk, *value >= -1 && (*value < 0 || (size_t)*value < count));
}

static void index_of(const struct ca_walk *walk, int *value, size_t count)
{
    place(walk, value, count);
    must(walk, *value >= 0);
}

static void day_or_none(const struct ca_walk *walk, ca_date *value)
{
    ca_walk_int(walk, value);
    must(walk, *value == CA_NO_DATE || (*value >= ca_date_from_ymd(1900, 1, 1) &&
                                        *value <= ca_date_from_ymd(2199, 12, 31)));
}

static void day(const struct ca_walk *walk, ca_date *value)
{
    day_or_none(walk, value);
    must(walk, *value != CA_NO_DATE);
}

static void count_of(const struct ca_walk *walk, int64_t *value)
{
    ca_walk_integer(walk, value);
    must(walk, *value >= 0 && *value <= MOST_COUNT);
}

/* A whole number that a store may hold, small enough to be added up. */
static void figure(const struct ca_walk *walk, int64_t *value)
{
    ca_walk_integer(walk, value);
    must(walk, *value >= -(INT64_C(1) << 40) && *value <= INT64_C(1) << 40);
}

static void choice(const struct ca_walk *walk, unsigned *value, unsigned most)
{
    ca_walk_unsigned(walk, value);
    must(walk, *value <= most);
}

/* Arrays are const to all but who fills them. */
#define ARRAY(walk, type, array, count, members)                                               \
    void *items = (void *)(array);                                                             \
    ca_walk_array((walk), &items, &(count), sizeof(type), (members));                          \
    (array) = items;                                                                           \
    for (type *at = items; at < CA_END((type *)items, (count)); at++)

/* ---- the question ---- */

static void list(const struct ca_walk *walk, const char *const **words, size_t *count)
{
    ARRAY(walk, const char *, *words, *count, 1)
    word(walk, at);
}

static void question(const struct ca_walk *walk, struct ca_summary_request *q)
{
    list(walk, &q->templates, &q->template_count);
    text(walk, &q->framework);
    text(walk, &q->period);
    text(walk, &q->periods);
    text(walk, &q->compare);
    list(walk, &q->by, &q->by_count);
    day_or_none(walk, &q->as_of);
}

/* ---- templates ---- */

static void grades(const struct ca_walk *walk, struct ca_stored_template *t)
{
    ARRAY(walk, struct ca_stored_grade, t->grades, t->grade_count, 6)
    {
        word(walk, &at->id);
        word(walk, &at->label);
        text(walk, &at->abbrev);
        ca_walk_int(walk, &at->score);
        ca_walk_int(walk, &at->from);
        ca_walk_flag(walk, &at->positive);
    }
    must(walk, t->grade_count <= MOST_GRADES);
}

static void parts(const struct ca_walk *walk, struct ca_stored_parts *parts)
{
    ARRAY(walk, struct ca_stored_part, parts->items, parts->count, 7)
    {
        word(walk, &at->id);
        text(walk, &at->label);
        ca_walk_int(walk, &at->parent);
        ca_walk_int(walk, &at->detail);
        ca_walk_flag(walk, &at->apart);
        text(walk, &at->tag);
        ca_walk_flag(walk, &at->added);
    }
}

/* Sections stand behind those they are in, so that no way up is a circle. */
static void nest(const struct ca_walk *walk, const struct ca_stored_parts *sections)
{
    for (size_t i = 0; i < sections->count; i++)
        must(walk, sections->items[i].parent < (int64_t)i);
}

static void template(const struct ca_walk *walk, struct ca_stored_template *t)
{
    struct ca_stored_parts *const kinds[] = {&t->sections,   &t->standards, &t->agencies,
                                             &t->attributes, &t->themes,    &t->measures,
                                             &t->alerts,     &t->limits,    &t->values};

    ca_walk_integer(walk, &t->key);
    word(walk, &t->id);
    word(walk, &t->version);
    word(walk, &t->framework);
    text(walk, &t->title);
    word(walk, &t->unit);
    ca_walk_int(walk, &t->out_of);
    must(walk, t->out_of >= 0 && t->out_of <= MOST_COUNT);
    ca_walk_flag(walk, &t->judged);
    day_or_none(walk, &t->effective_from);
    day_or_none(walk, &t->effective_to);
    count_of(walk, &t->audits);
    grades(walk, t);
    for (size_t i = 0; i < sizeof kinds / sizeof *kinds; i++)
        parts(walk, kinds[i]);
    nest(walk, &t->sections);
}

static void documents(const struct ca_walk *walk, struct ca_partial *p)
{
    if (walk->in != NULL)
        p->documents = CA_ARRAY(walk->arena, p->material.template_count, const char *);
    for (size_t i = 0; i < p->material.template_count; i++)
        word(walk, &p->documents[i]);
}

static void templates(const struct ca_walk *walk, struct ca_partial *p)
{
    {
        ARRAY(walk, struct ca_stored_template, p->material.templates,
              p->material.template_count, 21)
        template(walk, at);
    }
    must(walk, p->material.template_count > 0);
    documents(walk, p);
}

static void changes(const struct ca_walk *walk, struct ca_material *m)
{
    ARRAY(walk, struct ca_measure_change, m->changes, m->change_count, 4)
    {
        word(walk, &at->template_id);
        word(walk, &at->measure);
        word(walk, &at->from);
        word(walk, &at->to);
    }
}

/* ---- whose ---- */

static void authorities(const struct ca_walk *walk, struct ca_partial *p)
{
    const char *before = NULL;

    ARRAY(walk, struct ca_partial_authority, p->authorities, p->authority_count, 2)
    {
        word(walk, &at->name);
        must(walk, at->name != NULL && ca_authority_fits(at->name) &&
                       (before == NULL || strcmp(before, at->name) < 0));
        count_of(walk, &at->dropped);
        before = at->name;
    }
    must(walk, p->authority_count > 0);
}

/* Of a figure: one of them, or none once it is that of all. */
static void owner(const struct ca_walk *walk, const struct ca_partial *p, const char **name)
{
    bool known = false;

    text(walk, name);
    if (walk->in == NULL || !walk->in->good || *name == NULL)
        return;
    for (size_t i = 0; i < p->authority_count && !known; i++)
        known = strcmp(p->authorities[i].name, *name) == 0;
    must(walk, known);
}

/* ---- figures ---- */

static void period(const struct ca_walk *walk, struct ca_stored_period *p)
{
    word(walk, &p->id);
    day(walk, &p->from);
    day(walk, &p->to);
    must(walk, p->from <= p->to);
}

static void populations(const struct ca_walk *walk, struct ca_partial *p)
{
    struct ca_material *m = &p->material;

    ARRAY(walk, struct ca_population, m->populations, m->population_count, 7)
    {
        ca_walk_flag(walk, &at->of_framework);
        word(walk, &at->name);
        period(walk, &at->period);
        count_of(walk, &at->count);
        owner(walk, p, &at->authority);
        must(walk, ca_population_fits(at));
    }
}

static void benchmarks(const struct ca_walk *walk, struct ca_material *m)
{
    ARRAY(walk, struct ca_benchmark, m->benchmarks, m->benchmark_count, 5)
    {
        word(walk, &at->name);
        word(walk, &at->template_id);
        period(walk, &at->period);
        must(walk, ca_benchmark_fits(at));
    }
}

static void history(const struct ca_walk *walk, struct ca_partial *p)
{
    struct ca_material *m = &p->material;

    ARRAY(walk, struct ca_history, m->history, m->history_count, 7)
    {
        word(walk, &at->template_id);
        word(walk, &at->grade);
        period(walk, &at->period);
        count_of(walk, &at->count);
        owner(walk, p, &at->authority);
        must(walk, ca_history_fits(at));
    }
}

static void indicators(const struct ca_walk *walk, struct ca_partial *p)
{
    struct ca_material *m = &p->material;

    ARRAY(walk, struct ca_indicator, m->indicators, m->indicator_count, 13)
    {
        unsigned polarity = at->polarity;
        word(walk, &at->id);
        word(walk, &at->label);
        period(walk, &at->period);
        ca_walk_flag(walk, &at->is_ratio);
        figure(walk, &at->numerator);
        figure(walk, &at->denominator);
        figure(walk, &at->value);
        choice(walk, &polarity, CA_POLARITY_DOWN);
        text(walk, &at->footnote);
        text(walk, &at->template_id);
        owner(walk, p, &at->authority);
        at->polarity = (enum ca_polarity)polarity;
        must(walk, ca_indicator_fits(at));
    }
}

/* ---- results ---- */

static void graded(const struct ca_walk *walk, const struct ca_stored_template *t,
                   struct ca_tally *y)
{
    {
        ARRAY(walk, struct ca_tally_section, y->sections, y->section_count, 3)
        {
            index_of(walk, &at->section, t->sections.count);
            place(walk, &at->agency, t->agencies.count);
            place(walk, &at->grade, t->grade_count);
        }
    }
    ARRAY(walk, struct ca_tally_agency, y->agencies, y->agency_count, 3)
    {
        index_of(walk, &at->agency, t->agencies.count);
        place(walk, &at->grade, t->grade_count);
        place(walk, &at->judged, t->grade_count);
    }
}

static void measures(const struct ca_walk *walk, const struct ca_stored_template *t,
                     struct ca_tally *y)
{
    ARRAY(walk, struct ca_tally_measure, y->measures, y->measure_count, 3)
    {
        index_of(walk, &at->measure, t->measures.count);
        figure(walk, &at->numerator);
        figure(walk, &at->denominator);
        if (walk->in == NULL || walk->in->good)
            must(walk, ca_measure_fits(t->measures.items[at->measure].detail == 1,
                                       at->numerator, at->denominator));
    }
}

static void fired(const struct ca_walk *walk, const int **places, size_t *count, size_t below)
{
    ARRAY(walk, int, *places, *count, 1)
    index_of(walk, at, below);
}

static void said(const struct ca_walk *walk, const struct ca_stored_template *t,
                 struct ca_tally *y)
{
    {
        ARRAY(walk, struct ca_tally_theme, y->themes, y->theme_count, 2)
        {
            place(walk, &at->theme, t->themes.count);
            ca_walk_flag(walk, &at->strength);
        }
    }
    ARRAY(walk, struct ca_tally_action, y->actions, y->action_count, 3)
    {
        day_or_none(walk, &at->due);
        day_or_none(walk, &at->completed);
        ca_walk_flag(walk, &at->verified);
    }
}

/* Each takes a byte at least, so that few bytes never ask for much memory. */
static void attributes(const struct ca_walk *walk, const struct ca_stored_template *t,
                       struct ca_tally *y)
{
    const char **values = (const char **)y->attributes;

    must(walk,
         walk->in == NULL || t->attributes.count <= (size_t)(walk->in->end - walk->in->at));
    if (walk->in != NULL && !walk->in->good)
        return;
    if (walk->in != NULL)
        y->attributes = values = CA_ARRAY(walk->arena, t->attributes.count, const char *);
    for (size_t i = 0; i < t->attributes.count; i++)
        text(walk, &values[i]);
}

static void scores(const struct ca_walk *walk, const struct ca_stored_template *t,
                   struct ca_partial_result *r)
{
    ARRAY(walk, struct ca_partial_score, r->scores, r->score_count, 3)
    {
        place(walk, &at->section, t->sections.count);
        place(walk, &at->agency, t->agencies.count);
        ca_walk_int(walk, &at->score);
    }
}

static void tally(const struct ca_walk *walk, const struct ca_stored_template *t,
                  struct ca_tally *y)
{
    int *const of_scale[] = {&y->grade,  &y->computed,  &y->recomputed,
                             &y->judged, &y->moderated, &y->cap};
    unsigned selection = y->selection;

    day(walk, &y->audit_date);
    for (size_t i = 0; i < sizeof of_scale / sizeof *of_scale; i++)
        place(walk, of_scale[i], t->grade_count);
    choice(walk, &selection, CA_SELECTION_STRATIFIED);
    y->selection = (enum ca_selection)selection;
    graded(walk, t, y);
    measures(walk, t, y);
    fired(walk, &y->alerts, &y->alert_count, t->alerts.count);
    fired(walk, &y->limits, &y->limit_count, t->limits.count);
    said(walk, t, y);
    attributes(walk, t, y);
}

static void results(const struct ca_walk *walk, struct ca_partial *p)
{
    ARRAY(walk, struct ca_partial_result, p->results, p->result_count, 17)
    {
        ca_walk_index(walk, &at->place);
        ca_walk_index(walk, &at->authority);
        must(walk,
             at->place < p->material.template_count && at->authority < p->authority_count);
        if (walk->in != NULL && !walk->in->good)
            return;
        ca_walk_flag(walk, &at->erased);
        tally(walk, &p->material.templates[at->place], &at->tally);
        scores(walk, &p->material.templates[at->place], at);
    }
}

static void cases(const struct ca_walk *walk, struct ca_partial *p)
{
    ARRAY(walk, struct ca_partial_case, p->cases, p->case_count, 10)
    {
        unsigned severity = at->severity;
        word(walk, &at->return_id);
        word(walk, &at->case_ref);
        text(walk, &at->id);
        text(walk, &at->owner);
        text(walk, &at->text);
        choice(walk, &severity, CA_REVIEW);
        at->severity = (enum ca_alert_severity)severity;
        day(walk, &at->audit_date);
        day_or_none(walk, &at->due);
        day_or_none(walk, &at->completed);
        ca_walk_index(walk, &at->authority);
        must(walk, at->id != NULL || at->text != NULL);
        must(walk, at->authority < p->authority_count);
    }
}

static void returns(const struct ca_walk *walk, struct ca_partial *p)
{
    ca_partial_return before = 0;
    bool first = true;

    ARRAY(walk, ca_partial_return, p->returns, p->return_count, 1)
    {
        int64_t bits = (int64_t)*at;
        ca_walk_integer(walk, &bits);
        *at = (ca_partial_return)bits;
        must(walk, first || *at > before);
        before = *at;
        first = false;
    }
}

/* ---- all of it ---- */

static void members(const struct ca_walk *walk, struct ca_partial *p)
{
    question(walk, &p->question);
    ca_walk_int(walk, &p->material.year_start);
    must(walk, p->material.year_start >= 1 && p->material.year_start <= 12);
    templates(walk, p);
    ca_walk_flag(walk, &p->material.whole_framework);
    day_or_none(walk, &p->material.last);
    count_of(walk, &p->material.dropped);
    changes(walk, &p->material);
    authorities(walk, p);
    if (walk->in != NULL && !walk->in->good)
        return;
    populations(walk, p);
    benchmarks(walk, &p->material);
    history(walk, p);
    indicators(walk, p);
    ca_walk_flag(walk, &p->material.figures_differ);
    ca_walk_flag(walk, &p->published);
    if (walk->in != NULL && !walk->in->good)
        return;
    results(walk, p);
    cases(walk, p);
    returns(walk, p);
}

void ca_partial_pack(const struct ca_partial *partial, struct ca_buffer *out)
{
    struct ca_partial copy = *partial; /* only its own members are written back */
    const struct ca_walk walk = {.out = out};

    ca_buffer_puts(out, opening);
    members(&walk, &copy);
}

bool ca_partial_unpack(struct ca_arena *arena, const char *bytes, size_t length,
                       struct ca_partial *out)
{
    size_t skip = strlen(opening);
    struct ca_partial partial = {0};
    struct ca_unpack in;
    const struct ca_walk walk = {.in = &in, .arena = arena};

    if (length < skip || memcmp(bytes, opening, skip) != 0)
        return false;
    in = (struct ca_unpack){bytes + skip, bytes + length, true};
    members(&walk, &partial);
    if (!in.good || in.at != in.end)
        return false;
    *out = partial;
    return true;
}
