/* Actions: what has become of them, counted by owner, agency or theme. */
#include "core/year/tasks.h"

#include <stdlib.h>
#include <string.h>

#include "core/base/array.h"
#include "core/base/blank.h"
#include "core/base/map.h"

enum ca_task_state ca_task_state_of(const struct ca_stored_action *action, ca_date as_of)
{
    if (action->completed != CA_NO_DATE && action->completed <= as_of)
        return action->verified_by != NULL ? CA_TASK_VERIFIED : CA_TASK_COMPLETED;
    return action->due != CA_NO_DATE && action->due < as_of ? CA_TASK_OVERDUE : CA_TASK_OPEN;
}

const char *ca_task_state_name(enum ca_task_state state)
{
    static const char *const names[] = {[CA_TASK_OPEN] = "open",
                                        [CA_TASK_OVERDUE] = "overdue",
                                        [CA_TASK_COMPLETED] = "completed",
                                        [CA_TASK_VERIFIED] = "verified"};

    return names[state];
}

/* ---- counts ---- */

struct ca_task_counts {
    struct ca_arena *arena;
    enum ca_task_group by;
    ca_date as_of;
    struct ca_task_count *items;
    size_t count;
    struct ca_map *places; /* of the values as they are compared */
    struct ca_map *closed; /* returns and themes with a verified action */
};

struct ca_task_counts *ca_task_counts_new(struct ca_arena *arena, enum ca_task_group by,
                                          ca_date as_of)
{
    struct ca_task_counts *counts = CA_NEW(arena, struct ca_task_counts);

    *counts = (struct ca_task_counts){.arena = arena,
                                      .by = by,
                                      .as_of = as_of,
                                      .places = ca_map_new(arena, 64),
                                      .closed = ca_map_new(arena, 64)};
    return counts;
}

/* Blank is what no folded value is. */
static const char *key_of(const struct ca_task_counts *counts, const char *value)
{
    return value != NULL ? ca_folded(counts->arena, value) : " ";
}

static struct ca_task_count *place_of(struct ca_task_counts *counts, const char *value,
                                      const char *label)
{
    const char *key = key_of(counts, value);
    size_t at = ca_map_put(counts->places, key, counts->count);
    struct ca_task_count *item;

    if (at != CA_NOT_FOUND) {
        item = &counts->items[at];
        if (value != NULL && strcmp(value, item->value) < 0)
            item->value = ca_arena_strdup(counts->arena, value);
        return item;
    }
    item = CA_ARENA_APPEND(counts->arena, counts->items, counts->count);
    item->value = value != NULL ? ca_arena_strdup(counts->arena, value) : NULL;
    item->label = label != NULL ? ca_arena_strdup(counts->arena, label) : NULL;
    return item;
}

void ca_task_counts_add(struct ca_task_counts *counts, const struct ca_stored_action *action)
{
    const char *const values[] = {[CA_TASK_BY_OWNER] = action->owner,
                                  [CA_TASK_BY_AGENCY] = action->agency,
                                  [CA_TASK_BY_THEME] = action->theme};
    const char *const labels[] = {[CA_TASK_BY_OWNER] = NULL,
                                  [CA_TASK_BY_AGENCY] = action->agency_label,
                                  [CA_TASK_BY_THEME] = action->theme_label};
    struct ca_task_count *item = place_of(counts, values[counts->by], labels[counts->by]);
    const enum ca_task_state state = ca_task_state_of(action, counts->as_of);

    item->raised++;
    item->open += state <= CA_TASK_OVERDUE;
    item->overdue += state == CA_TASK_OVERDUE;
    item->completed += state >= CA_TASK_COMPLETED;
    item->verified += state == CA_TASK_VERIFIED;
}

/* ---- improvements ---- */

static const char *loop_of(const struct ca_task_counts *counts, const char *return_id,
                           const char *theme)
{
    return ca_arena_printf(counts->arena, "%s\n%s", return_id, ca_folded(counts->arena, theme));
}

void ca_task_counts_note(struct ca_task_counts *counts, const struct ca_stored_action *action)
{
    if (action->theme != NULL && ca_task_state_of(action, counts->as_of) == CA_TASK_VERIFIED)
        (void)ca_map_put(counts->closed, loop_of(counts, action->return_id, action->theme), 0);
}

void ca_task_counts_improvement(struct ca_task_counts *counts, const char *return_id,
                                const char *theme, const char *label)
{
    struct ca_task_count *item = place_of(counts, theme, label);

    item->improvements++;
    item->closed += theme != NULL && ca_map_get(counts->closed, loop_of(counts, return_id,
                                                                        theme)) != CA_NOT_FOUND;
}

/* ---- in order ---- */

static int compare_items(const void *a, const void *b)
{
    const struct ca_task_count *one = a, *other = b;

    if (one->value == NULL || other->value == NULL)
        return (one->value == NULL) - (other->value == NULL);
    return strcmp(one->value, other->value);
}

const struct ca_task_count *ca_task_counts_of(struct ca_task_counts *counts, size_t *count)
{
    if (counts->count > 1)
        qsort(counts->items, counts->count, sizeof *counts->items, compare_items);
    *count = counts->count;
    return counts->items;
}
