/* When which case was audited last. */
#include "core/year/audit_days.h"

#include "core/base/array.h"
#include "core/base/blank.h"
#include "core/base/map.h"

struct ca_audit_days {
    struct ca_arena *arena;
    struct ca_map *places; /* in latest, by template and folded case */
    ca_date *latest;
    size_t count;
};

static const char *key_of(struct ca_arena *arena, const char *template_id, const char *id)
{
    return ca_arena_printf(arena, "%s\n%s", template_id, ca_folded(arena, id));
}

static bool see_audit(void *context, const struct ca_stored_audit *audit)
{
    struct ca_audit_days *days = context;
    size_t place;

    if (audit->case_ref == NULL)
        return true;
    place = ca_map_put(days->places, key_of(days->arena, audit->template_id, audit->case_ref),
                       days->count);
    if (place == CA_NOT_FOUND)
        *CA_ARENA_APPEND(days->arena, days->latest, days->count) = audit->audit_date;
    else if (days->latest[place] < audit->audit_date)
        days->latest[place] = audit->audit_date;
    return true;
}

enum ca_code ca_audit_days_read(struct ca_store *store, struct ca_arena *arena, ca_date as_of,
                                struct ca_audit_days **out, struct ca_error *error)
{
    const struct ca_audit_filter filter = {.query = {.from = CA_NO_DATE, .to = as_of}};
    struct ca_audit_days *days = CA_NEW(arena, struct ca_audit_days);

    days->arena = arena;
    days->places = ca_map_new(arena, 64);
    *out = days;
    return ca_store_each_audit(store, &filter, see_audit, days, error);
}

static bool is_returned(const struct ca_audit_days *days, struct ca_arena *arena,
                        const struct ca_sample *sample, const char *id)
{
    const size_t place = ca_map_get(days->places, key_of(arena, sample->template_id, id));

    return place != CA_NOT_FOUND && days->latest[place] >= sample->on;
}

void ca_audit_days_returned(const struct ca_audit_days *days, const struct ca_sample *sample,
                            size_t *cases, size_t *returned)
{
    struct ca_arena *arena = ca_arena_new();
    size_t listed, count = 0, found = 0;
    const struct ca_standing *standing = ca_sample_standing(arena, sample, &listed);

    for (; count < listed && !standing[count].reserve; count++)
        found += standing[count].of->id != NULL &&
                 is_returned(days, arena, sample, standing[count].of->id);
    *cases = count;
    *returned = found;
    ca_arena_free(arena);
}
