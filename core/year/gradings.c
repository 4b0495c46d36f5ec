/* What audits came to, kept together. */
#include "core/year/gradings.h"

#include "core/base/array.h"

struct kept {
    struct ca_arena *arena;
    struct ca_stored_grading *items;
    size_t count;
};

static bool keep(void *context, const struct ca_stored_grading *grading)
{
    struct kept *kept = context;
    struct ca_stored_grading *copy = CA_ARENA_APPEND(kept->arena, kept->items, kept->count);
    const char **const texts[] = {&copy->return_id,   &copy->case_ref,         &copy->auditor,
                                  &copy->template_id, &copy->template_version, &copy->grade_id};

    *copy = *grading;
    copy->attribute = NULL;
    for (size_t i = 0; i < sizeof texts / sizeof *texts; i++)
        if (*texts[i] != NULL)
            *texts[i] = ca_arena_strdup(kept->arena, *texts[i]);
    return true;
}

enum ca_code ca_gradings_read(struct ca_store *store, const struct ca_query *query,
                              struct ca_arena *arena, struct ca_stored_grading **out,
                              size_t *count, struct ca_error *error)
{
    struct kept kept = {.arena = arena};
    enum ca_code code = ca_store_each_grading(store, query, NULL, keep, &kept, error);

    if (code != CA_OK)
        return code;
    *out = kept.items;
    *count = kept.count;
    return CA_OK;
}
