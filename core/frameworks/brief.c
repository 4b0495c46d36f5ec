/* What a framework sees of a return, as bytes. */
#include <limits.h>

#include "core/base/array.h"
#include "core/frameworks/apart.h"

/* ---- both ways ---- */

static void walk_days(const struct ca_walk *walk, ca_date **days, size_t *count)
{
    void *items = *days;

    ca_walk_array(walk, &items, count, sizeof **days, 1);
    *days = items;
    for (size_t i = 0; i < *count; i++)
        ca_walk_int(walk, &(*days)[i]);
}

static void walk_given(const struct ca_walk *walk, enum ca_given *given)
{
    int value = (int)*given;

    ca_walk_int(walk, &value);
    *given = (enum ca_given)value;
}

/* Most standards are answered by a word, so dates go only where there are any. */
static void walk_response(const struct ca_walk *walk, struct ca_response *r)
{
    bool dated = r->date != CA_NO_DATE || r->start != CA_NO_DATE || r->end != CA_NO_DATE ||
                 r->occurred_count > 0 || r->value != 0;

    walk_given(walk, &r->given);
    ca_walk_flag(walk, &r->by_section);
    ca_walk_index(walk, &r->answer);
    ca_walk_flag(walk, &dated);
    if (!dated)
        return;
    ca_walk_int(walk, &r->date);
    ca_walk_int(walk, &r->start);
    ca_walk_int(walk, &r->end);
    walk_days(walk, &r->occurred, &r->occurred_count);
    ca_walk_integer(walk, &r->value);
}

static void walk_attributes(const struct ca_walk *walk, struct ca_return *r)
{
    for (size_t i = 0; i < r->template->attribute_count; i++) {
        ca_walk_text(walk, &r->attributes[i].text);
        ca_walk_integer(walk, &r->attributes[i].number);
    }
}

static void walk_events(const struct ca_walk *walk, struct ca_return *r)
{
    void *events = r->events;

    ca_walk_array(walk, &events, &r->event_count, sizeof *r->events, 2);
    r->events = events;
    for (struct ca_event *e = r->events; e < CA_END(r->events, r->event_count); e++) {
        ca_walk_index(walk, &e->kind);
        ca_walk_int(walk, &e->date);
    }
}

static void walk_changes(const struct ca_walk *walk, struct ca_return *r)
{
    void *changes = r->changes;

    ca_walk_array(walk, &changes, &r->change_count, sizeof *r->changes, 4);
    r->changes = changes;
    for (struct ca_change *c = r->changes; c < CA_END(r->changes, r->change_count); c++) {
        ca_walk_index(walk, &c->standard);
        ca_walk_index(walk, &c->agency);
        walk_given(walk, &c->given);
        ca_walk_index(walk, &c->answer);
    }
}

static void walk_return(const struct ca_walk *walk, struct ca_return *r)
{
    ca_walk_int(walk, &r->audit_date);
    ca_walk_int(walk, &r->scope_from);
    ca_walk_text(walk, &r->selection);
    walk_attributes(walk, r);
    walk_events(walk, r);
    for (size_t i = 0; i < r->columns; i++)
        ca_walk_flag(walk, &r->returned[i].returned);
    for (size_t i = 0; i < r->template->standard_count * r->columns; i++)
        walk_response(walk, &r->responses[i]);
    walk_changes(walk, r);
}

/* ---- packing ---- */

void ca_brief_pack(const struct ca_return *audit, bool good, struct ca_buffer *out)
{
    struct ca_return copy = *audit; /* only its own pointers are written back */
    const struct ca_walk walk = {.out = out};

    ca_pack_text(out, audit->template->id);
    ca_pack_text(out, audit->template->version);
    ca_pack_int(out, good);
    walk_return(&walk, &copy);
}

/* ---- unpacking ---- */

bool ca_brief_open(const char *bytes, size_t length, struct ca_brief *brief)
{
    brief->rest = (struct ca_unpack){bytes, bytes + length, true};
    brief->template_id = ca_unpack_text(&brief->rest);
    brief->template_version = ca_unpack_text(&brief->rest);
    brief->good = ca_unpack_range(&brief->rest, 0, 1) != 0;
    return brief->rest.good && brief->template_id != NULL && brief->template_version != NULL;
}

static bool within(size_t index, size_t count)
{
    return index == CA_NONE || index < count;
}

static bool given_makes_sense(enum ca_given given)
{
    return given >= CA_GIVEN_NOTHING && given <= CA_GIVEN_NOT_APPLICABLE;
}

static bool responses_make_sense(const struct ca_return *r)
{
    const struct ca_template *t = r->template;

    for (size_t i = 0; i < t->standard_count * r->columns; i++) {
        const struct ca_standard *s = &t->standards[i / r->columns];
        const struct ca_response *response = &r->responses[i];
        if (!given_makes_sense(response->given) ||
            !within(response->answer, s->type == CA_TYPE_ANSWERS ? t->lists[s->list].count : 0))
            return false;
    }
    return true;
}

static bool makes_sense(const struct ca_return *r)
{
    const struct ca_template *t = r->template;

    for (size_t i = 0; i < r->change_count; i++)
        if (r->changes[i].standard >= t->standard_count || r->changes[i].agency >= r->columns ||
            !given_makes_sense(r->changes[i].given))
            return false;
    return responses_make_sense(r);
}

static size_t count_event_types(const caseaudit_framework *framework)
{
    size_t count = 0;

    while (framework->events != NULL && framework->events[count].name != NULL)
        count++;
    return count;
}

/* The framework's own strings are those of this process. */
static bool name_events(struct ca_return *r)
{
    const size_t types = count_event_types(r->template->framework);

    for (struct ca_event *e = r->events; e < CA_END(r->events, r->event_count); e++) {
        if (e->kind >= types)
            return false;
        e->type = r->template->framework->events[e->kind].name;
    }
    return true;
}

struct ca_return *ca_brief_unpack(const struct ca_brief *brief, struct ca_arena *arena,
                                  const struct ca_template *t)
{
    struct ca_unpack in = brief->rest;
    const struct ca_walk walk = {.in = &in, .arena = arena};
    struct ca_return *r = CA_NEW(arena, struct ca_return);

    r->arena = arena;
    r->file = "";
    r->template = t;
    r->columns = t->agency_count > 0 ? t->agency_count : 1;
    r->attributes = CA_ARRAY(arena, t->attribute_count, struct ca_attribute_value);
    r->returned = CA_ARRAY(arena, r->columns, struct ca_returned);
    r->responses = CA_ARRAY(arena, t->standard_count * r->columns, struct ca_response);
    for (size_t i = 0; i < t->standard_count * r->columns; i++)
        r->responses[i].date = r->responses[i].start = r->responses[i].end = CA_NO_DATE;
    walk_return(&walk, r);
    return in.good && in.at == in.end && name_events(r) && makes_sense(r) ? r : NULL;
}
