/* Which cases are to be audited again, and when. */
#include "core/year/followup.h"

#include <stdlib.h>
#include <string.h>

#include "core/base/blank.h"
#include "core/base/map.h"

const char *const ca_followup_reasons[CA_FOLLOWUP_REASONS] = {
    [CA_FOLLOWUP_WORST_GRADE] = "worst-grade",
    [CA_FOLLOWUP_IMMEDIATE] = "immediate",
    [CA_FOLLOWUP_URGENT] = "urgent"};

static unsigned reasons_of(const struct ca_stored_grading *grading)
{
    const bool worst = grading->grade >= 0 && grading->grade == grading->worst;

    return (unsigned)worst << CA_FOLLOWUP_WORST_GRADE |
           (unsigned)grading->immediate << CA_FOLLOWUP_IMMEDIATE |
           (unsigned)grading->urgent << CA_FOLLOWUP_URGENT;
}

static bool is_later(const struct ca_stored_grading *one, const struct ca_stored_grading *other)
{
    if (one->audit_date != other->audit_date)
        return one->audit_date > other->audit_date;
    return strcmp(one->return_id, other->return_id) > 0;
}

/* The latest audit of each case by each template, into items. */
static size_t take_latest(struct ca_arena *arena, const struct ca_stored_grading *gradings,
                          size_t count, struct ca_followup_item *items)
{
    struct ca_map *known = ca_map_new(arena, count);
    size_t found = 0;

    for (size_t i = 0; i < count; i++) {
        const struct ca_stored_grading *grading = &gradings[i];
        const char *key = ca_arena_printf(arena, "%s\n%s", grading->template_id,
                                          ca_folded(arena, grading->case_ref));
        size_t at = ca_map_put(known, key, found);
        if (at == CA_NOT_FOUND)
            items[found++].of = grading;
        else if (is_later(grading, items[at].of))
            items[at].of = grading;
    }
    return found;
}

static int compare_items(const void *a, const void *b)
{
    const struct ca_followup_item *one = a, *other = b;
    int order;

    if (one->due != other->due)
        return one->due < other->due ? -1 : 1;
    order = strcmp(one->of->case_ref, other->of->case_ref);
    return order != 0 ? order : strcmp(one->of->template_id, other->of->template_id);
}

void ca_followup_make(struct ca_arena *arena, const struct ca_stored_grading *gradings,
                      size_t count, int32_t weeks, struct ca_followup *out)
{
    struct ca_followup list = {.items = CA_ARRAY(arena, count, struct ca_followup_item)};
    const size_t latest = take_latest(arena, gradings, count, list.items);

    for (size_t i = 0; i < latest; i++) {
        struct ca_followup_item item = list.items[i];
        item.reasons = reasons_of(item.of);
        item.due = item.of->audit_date + 7 * weeks;
        if (item.reasons != 0)
            list.items[list.count++] = item;
    }
    qsort(list.items, list.count, sizeof *list.items, compare_items);
    *out = list;
}
