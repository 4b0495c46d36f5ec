/* Why cases cannot be shared out, in words. */
#include "core/year/shortage.h"

#include "core/base/blank.h"
#include "core/base/buffer.h"

/* "C3, C7 and C9", of count names. */
static void add_name(struct ca_buffer *out, const char *name, size_t i, size_t count)
{
    ca_buffer_printf(out, "%s%s", i == 0 ? "" : i + 1 < count ? ", " : " and ", name);
}

/* The one team that all the cases are of, or NULL. */
static const char *team_of(const struct ca_shortage *shortage, const char *const *teams)
{
    const char *team = teams[shortage->cases[0]];

    for (size_t i = 1; i < shortage->case_count; i++)
        if (!ca_same_text(teams[shortage->cases[i]], team))
            return NULL;
    return team[0] != '\0' ? team : NULL;
}

static void add_cases(struct ca_buffer *out, const struct ca_share *share,
                      const struct ca_shortage *shortage, const char *team)
{
    const size_t count = shortage->case_count;

    for (size_t i = 0; i < count; i++)
        add_name(out, share->cases[shortage->cases[i]], i, count);
    if (team != NULL)
        ca_buffer_printf(out, " %s of team %s; outside it ",
                         count == 1   ? "is"
                         : count == 2 ? "are both"
                                      : "are all",
                         team);
    else
        ca_buffer_puts(out, count == 1 ? ": " : " compete: ");
}

static void add_auditors(struct ca_buffer *out, const struct ca_share *share,
                         const struct ca_shortage *shortage)
{
    const char *what = shortage->case_count == 1 ? "it" : "them";
    const size_t count = shortage->auditor_count;
    int64_t most = 0, returned = 0;

    if (count == 0) {
        ca_buffer_printf(out, "nobody may take %s", what);
        return;
    }
    ca_buffer_puts(out, "only ");
    for (size_t i = 0; i < count; i++) {
        const struct ca_share_auditor *auditor = &share->auditors[shortage->auditors[i]];
        add_name(out, auditor->code, i, count);
        most += auditor->most;
        returned += auditor->returned;
    }
    ca_buffer_printf(out, " may take %s, at most %lld%s", what, (long long)most,
                     count > 1 ? " together" : "");
    if (returned > 0)
        ca_buffer_printf(out, " with the %lld returned", (long long)returned);
}

const char *ca_shortage_words(struct ca_arena *arena, const struct ca_share *share,
                              const struct ca_shortage *shortage, const char *const *teams)
{
    struct ca_buffer out = {0};
    const char *words;

    add_cases(&out, share, shortage, team_of(shortage, teams));
    add_auditors(&out, share, shortage);
    words = ca_arena_strdup(arena, out.data);
    ca_buffer_free(&out);
    return words;
}
