/* Who may audit which case, and then who does. */
#include "core/year/allocation.h"

#include <string.h>

#include "core/base/blank.h"
#include "core/base/map.h"
#include "core/year/shortage.h"

struct making {
    struct ca_arena *arena;
    struct ca_allocation *allocation;
    struct ca_map *codes;  /* of auditors, folded */
    struct ca_share share; /* of the cases that are not returned */
    size_t *places;        /* of those among all cases */
    struct ca_map *open;   /* their folded ids */
};

/* ---- what is to be shared out ---- */

static void take_auditors(struct making *m)
{
    const struct ca_auditors *auditors = m->allocation->auditors;
    struct ca_share_auditor *out = CA_ARRAY(m->arena, auditors->count, struct ca_share_auditor);

    m->codes = ca_map_new(m->arena, auditors->count);
    for (size_t i = 0; i < auditors->count; i++) {
        out[i] = (struct ca_share_auditor){auditors->items[i].code, 0, auditors->items[i].most};
        (void)ca_map_put(m->codes, ca_folded(m->arena, out[i].code), i);
    }
    for (size_t i = 0; i < m->allocation->case_count; i++) {
        const struct ca_allocation_case *one = &m->allocation->cases[i];
        size_t by = CA_NOT_FOUND;
        if (one->returned && one->auditor != NULL)
            by = ca_map_get(m->codes, ca_folded(m->arena, one->auditor));
        if (by != CA_NOT_FOUND)
            out[by].returned++;
    }
    m->share.auditors = out;
    m->share.auditor_count = auditors->count;
}

static void take_cases(struct making *m)
{
    const struct ca_allocation *allocation = m->allocation;
    const char **ids = CA_ARRAY(m->arena, allocation->case_count, const char *);
    size_t count = 0;

    m->places = CA_ARRAY(m->arena, allocation->case_count, size_t);
    m->open = ca_map_new(m->arena, allocation->case_count);
    for (size_t i = 0; i < allocation->case_count; i++) {
        if (allocation->cases[i].returned)
            continue;
        ids[count] = allocation->cases[i].id;
        (void)ca_map_put(m->open, ca_folded(m->arena, ids[count]), count);
        m->places[count++] = i;
    }
    m->share.cases = ids;
    m->share.case_count = count;
}

/* ---- the rules ---- */

/* Cases of one team may be taken by the same auditors, but for what they audited before: the
 * first case of each team stands for all of it. */
struct teams {
    struct ca_map *first; /* by the team, folded */
    size_t *like;         /* by case */
};

static struct teams find_teams(struct making *m)
{
    struct teams teams = {ca_map_new(m->arena, m->share.case_count),
                          CA_ARRAY(m->arena, m->share.case_count, size_t)};

    for (size_t i = 0; i < m->share.case_count; i++) {
        const char *team = m->allocation->cases[m->places[i]].team;
        const size_t first = ca_map_put(teams.first, ca_folded(m->arena, team), i);
        teams.like[i] = first != CA_NOT_FOUND ? first : i;
    }
    return teams;
}

/* No team is nobody's. */
static void bar(struct making *m, const struct teams *teams, size_t auditor, const char *team)
{
    const char *folded = ca_folded(m->arena, team);
    const size_t first = folded[0] != '\0' ? ca_map_get(teams->first, folded) : CA_NOT_FOUND;

    if (first != CA_NOT_FOUND)
        ca_share_allow(&m->share, first, auditor, false);
}

static void allow_by_team(struct making *m)
{
    const struct ca_auditors *auditors = m->allocation->auditors;
    const struct teams teams = find_teams(m);
    const size_t words = m->share.words;

    for (size_t i = 0; i < m->share.case_count; i++)
        for (size_t k = 0; teams.like[i] == i && k < auditors->count; k++)
            ca_share_allow(&m->share, i, k, true);
    for (size_t k = 0; k < auditors->count; k++) {
        const struct ca_auditor *auditor = &auditors->items[k];
        bar(m, &teams, k, auditor->team);
        for (size_t i = 0; auditor->not_from[i] != NULL; i++)
            bar(m, &teams, k, auditor->not_from[i]);
    }
    for (size_t i = 0; i < m->share.case_count; i++)
        if (teams.like[i] != i)
            memcpy(&m->share.may[i * words], &m->share.may[teams.like[i] * words],
                   words * sizeof *m->share.may);
}

static void forbid_what_was_audited(struct making *m)
{
    for (size_t i = 0; i < m->allocation->audited_count; i++) {
        const struct ca_audited *pair = &m->allocation->audited[i];
        const size_t which = ca_map_get(m->open, ca_folded(m->arena, pair->case_ref));
        const size_t by = ca_map_get(m->codes, ca_folded(m->arena, pair->auditor));
        if (which != CA_NOT_FOUND && by != CA_NOT_FOUND)
            ca_share_allow(&m->share, which, by, false);
    }
}

/* ---- what was found ---- */

static void give_out(struct making *m, const size_t *holders)
{
    struct ca_allocation *allocation = m->allocation;

    allocation->loads = CA_ARRAY(m->arena, m->share.auditor_count, int64_t);
    for (size_t i = 0; i < m->share.auditor_count; i++)
        allocation->loads[i] = m->share.auditors[i].returned;
    for (size_t i = 0; i < m->share.case_count; i++) {
        allocation->cases[m->places[i]].auditor = m->share.auditors[holders[i]].code;
        allocation->loads[holders[i]]++;
    }
}

bool ca_allocation_make(struct ca_arena *arena, struct ca_allocation *allocation,
                        const char **why)
{
    struct making m = {.arena = arena, .allocation = allocation};
    size_t *holders = CA_ARRAY(arena, allocation->case_count, size_t);
    struct ca_shortage shortage;

    take_auditors(&m);
    take_cases(&m);
    if (m.share.case_count > CA_SHARE_PAIRS / m.share.auditor_count) {
        *why = ca_arena_printf(arena,
                               "%zu cases among %zu auditors are more than %d pairs of a case "
                               "and an auditor. Draw several samples",
                               m.share.case_count, m.share.auditor_count, CA_SHARE_PAIRS);
        return false;
    }
    m.share.seed = allocation->seed;
    ca_share_init(arena, &m.share);
    allow_by_team(&m);
    forbid_what_was_audited(&m);
    if (!ca_share_out(arena, &m.share, holders, &shortage)) {
        const char **teams = CA_ARRAY(arena, m.share.case_count, const char *);
        for (size_t i = 0; i < m.share.case_count; i++)
            teams[i] = allocation->cases[m.places[i]].team;
        *why = ca_arena_printf(
            arena, "%s. Add an auditor who may take them, or let the others have more",
            ca_shortage_words(arena, &m.share, &shortage, teams));
        return false;
    }
    give_out(&m, holders);
    return true;
}
