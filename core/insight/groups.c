/* Which group an audit is in, and the order groups are shown in. */
#include <stdlib.h>
#include <string.h>

#include "core/base/array.h"
#include "core/base/blank.h"
#include "core/base/decimal.h"
#include "core/insight/summary_private.h"

/* Team A and team  a, 7 and 07 are one group. Each spelling is looked at once. */
static const char *as_compared(struct ca_plan *plan, struct ca_plan_by *by, const char *value)
{
    size_t known = ca_map_get(by->spellings, value);
    char number[CA_DECIMAL_SIZE];
    const char *compared;
    int64_t integer;

    if (known != CA_NOT_FOUND)
        return by->compared[known];
    if (by->integers && ca_integer_parse(value, INT64_MIN, INT64_MAX, &integer))
        compared = ca_arena_strdup(plan->arena, ca_decimal_short(integer, 0, number));
    else
        compared = ca_folded(plan->arena, value);
    ca_map_put(by->spellings, ca_arena_strdup(plan->arena, value), by->spelling_count);
    *CA_ARENA_APPEND(plan->arena, by->compared, by->spelling_count) = compared;
    return compared;
}

/* Lengths keep values apart, whatever they hold. */
static const char *key_of(struct ca_plan *plan, const char *const *values)
{
    ca_buffer_clear(&plan->key);
    for (size_t i = 0; i < plan->request->by_count; i++)
        if (values[i] != NULL) {
            const char *compared = as_compared(plan, &plan->by[i], values[i]);
            ca_buffer_printf(&plan->key, "%zu:%s", strlen(compared), compared);
        } else {
            ca_buffer_putc(&plan->key, '-');
        }
    return plan->key.data;
}

/* Of several spellings the first by bytes is shown, in whatever order they come. */
static void keep_spelling(struct ca_plan *plan, struct ca_plan_group *group,
                          const char *const *values)
{
    for (size_t i = 0; i < plan->request->by_count; i++) {
        const char *shown = group->values[i];
        if (values[i] == NULL || (shown != NULL && strcmp(values[i], shown) >= 0))
            continue;
        group->values[i] = plan->by[i].integers ? as_compared(plan, &plan->by[i], values[i])
                                                : ca_without_blanks(plan->arena, values[i]);
    }
}

static size_t group_with(struct ca_plan *plan, struct ca_plan_groups *groups,
                         const char *const *values)
{
    const char *key = key_of(plan, values);
    size_t known = groups->map != NULL ? ca_map_get(groups->map, key) : CA_NOT_FOUND;
    struct ca_plan_group *group;

    if (known != CA_NOT_FOUND) {
        keep_spelling(plan, &groups->items[known], values);
        return known;
    }
    if (groups->map == NULL)
        groups->map = ca_map_new(plan->arena, 64);
    ca_map_put(groups->map, ca_arena_strdup(plan->arena, key), groups->count);
    group = CA_APPEND(groups->items, groups->count);
    group->values = CA_ARRAY(plan->arena, plan->request->by_count, const char *);
    group->standing.oldest = CA_NO_DATE;
    keep_spelling(plan, group, values);
    return groups->count - 1;
}

static const char *whose(const struct ca_plan *plan, const char *authority)
{
    return authority != NULL ? authority : plan->material->authority;
}

size_t ca_plan_group_of(struct ca_plan *plan, struct ca_plan_groups *groups,
                        const struct ca_tally *tally)
{
    const struct ca_plan_map *map = &plan->maps[tally->template - plan->material->templates];
    const char *values[CA_MOST_BY];

    for (size_t i = 0; i < plan->request->by_count; i++)
        values[i] = map->by[i] == CA_PLAN_AUTHORITY ? whose(plan, tally->authority)
                    : map->by[i] != SIZE_MAX        ? tally->attributes[map->by[i]]
                                                    : NULL;
    return group_with(plan, groups, values);
}

size_t ca_plan_group_of_history(struct ca_plan *plan, struct ca_plan_groups *groups,
                                const struct ca_history *history)
{
    const char *values[CA_MOST_BY] = {0};

    for (size_t i = 0; i < plan->request->by_count; i++)
        if (plan->maps[0].by[i] == CA_PLAN_AUTHORITY)
            values[i] = whose(plan, history->authority);
    return group_with(plan, groups, values);
}

/* ---- their order ---- */

/* In the order of the closed list, if there is one. */
static size_t place_of(const struct ca_plan_by *by, const char *value)
{
    return value != NULL ? ca_map_get(by->places, value) : CA_NOT_FOUND;
}

/* Otherwise whole numbers by size, other values by bytes, those not recorded last. */
static int compare_values(const char *a, const char *b)
{
    char *end_a, *end_b;
    long long x, y;

    if (a == NULL || b == NULL)
        return (a == NULL) - (b == NULL);
    x = strtoll(a, &end_a, 10);
    y = strtoll(b, &end_b, 10);
    if (*a != '\0' && *b != '\0' && *end_a == '\0' && *end_b == '\0' && x != y)
        return x < y ? -1 : 1;
    return strcmp(a, b);
}

struct ordering {
    const struct ca_plan *plan;
    const struct ca_plan_groups *groups;
};

static int compare_groups(const void *x, const void *y, void *context)
{
    const struct ordering *o = context;
    const struct ca_plan_group *a = &o->groups->items[*(const size_t *)x];
    const struct ca_plan_group *b = &o->groups->items[*(const size_t *)y];
    int order = 0;

    for (size_t i = 0; i < o->plan->request->by_count && order == 0; i++) {
        size_t p = place_of(&o->plan->by[i], a->values[i]);
        size_t q = place_of(&o->plan->by[i], b->values[i]);
        order = p != q ? (p > q) - (p < q) : compare_values(a->values[i], b->values[i]);
    }
    return order;
}

void ca_plan_order_groups(const struct ca_plan *plan, struct ca_plan_groups *groups)
{
    struct ordering ordering = {plan, groups};

    groups->order = CA_ARRAY(plan->arena, groups->count, size_t);
    for (size_t i = 0; i < groups->count; i++)
        groups->order[i] = i;
    qsort_r(groups->order, groups->count, sizeof *groups->order, compare_groups, &ordering);
}

/* Elements as `order` says; a copy is freed. */
static void place(void *items, size_t size, const size_t *order, size_t count)
{
    char *to = items, *from = ca_xcalloc(count, size);

    memcpy(from, to, count * size);
    for (size_t i = 0; i < count; i++)
        memcpy(to + i * size, from + order[i] * size, size);
    free(from);
}

void ca_plan_place_groups(struct ca_plan *plan)
{
    struct ca_plan_groups *groups = &plan->groups;

    ca_plan_order_groups(plan, groups);
    if (groups->count == 0)
        return;
    place(groups->items, sizeof *groups->items, groups->order, groups->count);
    for (size_t i = 0; i < plan->period_count; i++)
        if (plan->periods[i].group_count == groups->count)
            place(plan->periods[i].groups, sizeof *plan->periods[i].groups, groups->order,
                  groups->count);
    for (size_t i = 0; i < groups->count; i++)
        groups->order[i] = i;
    groups->map = NULL; /* of places that are others now */
}

void ca_plan_name_group(const struct ca_plan *plan, const struct ca_plan_group *group,
                        const char ***labels, const char **name)
{
    size_t count = plan->request->by_count;

    *labels = CA_ARRAY(plan->arena, count, const char *);
    *name = "";
    for (size_t i = 0; i < count; i++) {
        size_t place = place_of(&plan->by[i], group->values[i]);
        (*labels)[i] = place != CA_NOT_FOUND      ? plan->by[i].labels[place]
                       : group->values[i] != NULL ? group->values[i]
                                                  : "not recorded";
        *name = ca_arena_printf(plan->arena, "%s%s%s", *name, i > 0 ? ", " : "", (*labels)[i]);
    }
}
