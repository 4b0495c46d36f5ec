/* A summary of a store: of one authority, or of several, whose audits are read one after the
 * other, and their templates united as those of partials are. */
#include <string.h>

#include "core/base/array.h"
#include "core/insight/partial.h"

/* ---- one ---- */

struct making {
    const struct ca_summary_request *request;
    struct ca_summary **out;
};

static enum ca_code make(void *context, const struct ca_material *material,
                         const struct ca_query *query, struct ca_error *error)
{
    const struct making *making = context;

    (void)query;
    return ca_summary_make(material, making->request, making->out, error);
}

/* ---- several ---- */

struct uniting {
    struct ca_store *store;
    const struct ca_summary_request *request;
    struct ca_arena *arena;
    struct ca_partial *parts;     /* without results: one for each authority */
    struct ca_partial_map **maps; /* [part][template] */
    size_t count, part;           /* that is being read */
    struct ca_partial all;
    const struct ca_tally *tally;  /* that is being visited, as it is stored */
    struct ca_tally_theme *themes; /* room for those of one result, in the united order; */
    struct ca_tally_measure *measures;
    int *fired[2];
    size_t theme_room, measure_room, fired_room[2];
    ca_tally_visit visit;
    void *context;
};

#define ROOM(u, array, room, wanted)                                                           \
    do {                                                                                       \
        if ((wanted) > (room)) {                                                               \
            (room) = 2 * (wanted);                                                             \
            (array) = ca_arena_array((u)->arena, (room), sizeof *(array));                     \
        }                                                                                      \
    } while (0)

static void place_fired(struct uniting *u, int kind, const int **places, size_t count,
                        const int *to)
{
    ROOM(u, u->fired[kind], u->fired_room[kind], count);
    for (size_t i = 0; i < count; i++)
        u->fired[kind][i] = to[(*places)[i]];
    *places = u->fired[kind];
}

/* Parts stand elsewhere where another authority's results added some. */
static void place_parts(struct uniting *u, const struct ca_partial_map *map, struct ca_tally *y)
{
    ROOM(u, u->themes, u->theme_room, y->theme_count);
    for (size_t i = 0; i < y->theme_count; i++) {
        u->themes[i] = y->themes[i];
        if (u->themes[i].theme >= 0)
            u->themes[i].theme = map->parts[0][u->themes[i].theme];
    }
    y->themes = u->themes;
    ROOM(u, u->measures, u->measure_room, y->measure_count);
    for (size_t i = 0; i < y->measure_count; i++) {
        u->measures[i] = y->measures[i];
        u->measures[i].measure = map->parts[1][u->measures[i].measure];
    }
    y->measures = u->measures;
    place_fired(u, 0, &y->alerts, y->alert_count, map->parts[2]);
    place_fired(u, 1, &y->limits, y->limit_count, map->parts[3]);
}

static bool visit_one(void *context, const struct ca_tally *tally)
{
    struct uniting *u = context;
    const struct ca_partial *part = &u->parts[u->part];
    const struct ca_partial_map *map =
        &u->maps[u->part][tally->template - part->material.templates];
    struct ca_tally placed = *tally;

    u->tally = tally;
    placed.template = &u->all.material.templates[map->place];
    placed.authority = part->authorities[0].name;
    if (!map->same)
        place_parts(u, map, &placed);
    return u->visit(u->context, &placed);
}

static enum ca_code each(void *context, ca_tally_visit visit, void *visit_context,
                         struct ca_error *error)
{
    struct uniting *u = context;
    enum ca_code code = CA_OK;

    u->visit = visit;
    u->context = visit_context;
    for (u->part = 0; u->part < u->count && code == CA_OK; u->part++) {
        const struct ca_partial *part = &u->parts[u->part];
        code = ca_store_choose_authority(u->store, part->authorities[0].name, error);
        if (code == CA_OK)
            code = ca_store_each_tally(u->store, part->material.templates,
                                       part->material.template_count, CA_NO_DATE, CA_NO_DATE,
                                       visit_one, u, error);
    }
    return code;
}

static enum ca_code scores(void *context, const struct ca_tally *tally, ca_score_visit visit,
                           void *visit_context, struct ca_error *error)
{
    const struct uniting *u = context;

    (void)tally;
    return ca_store_each_score(u->store, u->tally, visit, visit_context, error);
}

static enum ca_code cases(void *context, struct ca_summary *summary, ca_date from, ca_date to,
                          struct ca_error *error)
{
    struct uniting *u = context;
    int64_t unlisted = 0;
    enum ca_code code = CA_OK;

    for (size_t i = 0; i < u->count && code == CA_OK; i++) {
        struct ca_erased_counts erased = {0};
        const struct ca_query query = {.template_ids = u->request->templates,
                                       .template_count = u->request->template_count,
                                       .framework = u->request->framework,
                                       .from = from,
                                       .to = to};
        code = ca_store_choose_authority(u->store, u->parts[i].authorities[0].name, error);
        if (code == CA_OK)
            code = ca_store_erased_counts(u->store, &query, summary->as_of, &erased, error);
        unlisted += erased.unlisted;
    }
    ca_partial_add_cases(&u->all, summary, from, to);
    ca_summary_add_erased(summary, unlisted);
    return code;
}

static enum ca_code unite(struct uniting *u, const char *const *names, struct ca_error *error)
{
    const bool listed = u->request->audience == CA_OPERATIONAL;
    enum ca_code code = CA_OK;

    u->parts = CA_ARRAY(u->arena, u->count, struct ca_partial);
    for (size_t i = 0; i < u->count && code == CA_OK; i++)
        code = ca_partial_outline(u->store, u->request, names[i], listed, u->arena,
                                  &u->parts[i], error);
    if (code == CA_OK)
        code = ca_partial_join_outlines(u->arena, u->parts, u->count, &u->maps, &u->all, error);
    if (code == CA_OK && u->request->audience == CA_PUBLIC && u->all.published)
        code = ca_fail(error, CA_ERROR_USAGE,
                       "an authority has a register of publications, which public output is "
                       "held to: choose one with --authority");
    return code == CA_OK ? ca_partial_set_apart(u->arena, &u->all, error) : code;
}

static enum ca_code summarise_several(struct ca_store *store,
                                      const struct ca_summary_request *request,
                                      struct ca_arena *arena, const char *const *names,
                                      size_t count, struct ca_summary **out,
                                      struct ca_error *error)
{
    struct uniting u = {.store = store, .request = request, .arena = arena, .count = count};
    struct ca_material *m = &u.all.material;
    enum ca_code code = unite(&u, names, error);

    m->authority = names[0];
    m->each = each;
    m->scores = scores;
    m->cases = cases;
    m->context = &u;
    return code == CA_OK ? ca_summary_make(m, request, out, error) : code;
}

/* ---- all of it ---- */

enum ca_code ca_summarise(struct ca_store *store, const struct ca_summary_request *request,
                          struct ca_summary **out, struct ca_error *error)
{
    struct ca_arena *arena = ca_arena_new();
    struct making making = {request, out};
    const char **names;
    size_t count;
    enum ca_code code = ca_store_begin_reading(store, error);
    const bool begun = code == CA_OK;

    if (code == CA_OK)
        code = ca_authorities_asked(store, request, arena, &names, &count, error);
    if (code == CA_OK && count == 1)
        code = ca_with_material(store, request, names[0], false, make, &making, error);
    else if (code == CA_OK)
        code = summarise_several(store, request, arena, names, count, out, error);
    if (begun)
        ca_store_end_reading(store);
    ca_arena_free(arena);
    return code;
}
