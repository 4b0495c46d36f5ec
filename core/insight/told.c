/* Words that the sentences of a summary share. */
#include "core/insight/told_private.h"

#include <ctype.h>
#include <string.h>

struct ca_telling ca_telling_of(struct ca_plan *plan)
{
    struct ca_summary *s = plan->summary;

    return (struct ca_telling){plan, s, &s->rows[plan->latest * (1 + plan->group_count)]};
}

const char *ca_told_lower(const struct ca_telling *t, const char *label)
{
    char *copy = ca_arena_strdup(t->plan->arena, label);

    if (islower((unsigned char)copy[0]) || !isupper((unsigned char)copy[1]))
        copy[0] = (char)tolower((unsigned char)copy[0]);
    return copy;
}

const char *ca_told_withheld(const struct ca_telling *t)
{
    return t->s->clash != NULL ? "because some numbers are small, or could be worked out from "
                                 "what was published before"
                               : "because some numbers are small";
}

const char *ca_told_things(const struct ca_telling *t, int64_t count)
{
    static const char *const with_files[] = {"child", "family", "young-person"};
    const char *unit = t->s->unit;
    size_t length = strlen(unit);

    for (size_t i = 0; i < sizeof with_files / sizeof *with_files; i++)
        if (strcmp(unit, with_files[i]) == 0)
            return count == 1 ? "file" : "files";
    if (count == 1)
        return unit;
    if (length > 1 && unit[length - 1] == 'y' && strchr("aeiou", unit[length - 2]) == NULL)
        return ca_arena_printf(t->plan->arena, "%.*sies", (int)length - 1, unit);
    return ca_arena_printf(t->plan->arena, "%ss", unit);
}

const char *ca_told_share(const struct ca_telling *t, const struct ca_share *share)
{
    if (!ca_is_shown(share->count) || !ca_is_shown(share->of) || !ca_is_shown(share->whole))
        return NULL;
    return ca_arena_printf(t->plan->arena, "%lld of %lld (%lld%%)",
                           (long long)share->count.value, (long long)share->of.value,
                           (long long)share->whole.value);
}

const char *ca_told_date(const struct ca_telling *t, ca_date date)
{
    static const char *const months[] = {"January",   "February", "March",    "April",
                                         "May",       "June",     "July",     "August",
                                         "September", "October",  "November", "December"};
    int y, m, d;

    ca_date_to_ymd(date, &y, &m, &d);
    return ca_arena_printf(t->plan->arena, "%d %s %d", d, months[m - 1], y);
}

const char *ca_told_baseline(const struct ca_telling *t)
{
    const struct ca_summary_comparison *c = t->s->comparison;

    if (c->benchmark == NULL)
        return c->from->when;
    return ca_arena_printf(t->plan->arena, "benchmark '%s' (%s)", c->benchmark, c->from->when);
}
