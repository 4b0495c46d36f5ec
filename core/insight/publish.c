/* What is entered in the register of publications: the question, and of each row what was
 * counted, every count that is not 0, and which were withheld. published.c reads it. */
#include "core/insight/summary_private.h"

static void add_question(const struct ca_plan *plan, struct ca_buffer *out)
{
    const struct ca_summary *s = plan->summary;
    bool first = true;

    ca_buffer_printf(out, "%s", s->template_id != NULL ? s->template_id : s->framework);
    for (size_t i = 0; i < plan->period_count; i++)
        if (plan->periods[i].printed) {
            ca_buffer_printf(out, "%s %s", first ? "" : ",", plan->periods[i].period.id);
            first = false;
        }
    for (size_t i = 0; i < s->group_by_count; i++)
        ca_buffer_printf(out, "%s %s", i == 0 ? ", by" : " and", s->group_by[i].id);
    ca_buffer_printf(out, ", threshold %lld", (long long)plan->threshold);
    if (s->corrects != NULL)
        ca_buffer_printf(out, ", corrects %s", s->corrects);
    ca_buffer_putc(out, '\n');
}

static bool shows_anything(const struct ca_plan_period *p, const struct ca_counts *counts)
{
    for (size_t at = 0; at < ca_places_size(&p->layout); at++)
        if (!counts->hidden[at])
            return true;
    return false;
}

/* A row that shows nothing is entered too: what is withheld in it must not be told later. */
static bool add_row(const struct ca_plan_period *p, const char *const *names,
                    const struct ca_counts *counts, struct ca_buffer *out)
{
    if (counts->member_count == 0)
        return false;
    for (size_t i = 0; i < counts->member_count; i++)
        ca_buffer_printf(out, "%s%s", i > 0 ? " " : "", counts->members[i]);
    ca_buffer_putc(out, '\n');
    for (size_t at = 0; at < ca_places_size(&p->layout); at++)
        if (names[at] != NULL && (counts->n[at] != 0 || counts->hidden[at]))
            ca_buffer_printf(out, "%s=%lld%s\n", names[at], (long long)counts->n[at],
                             counts->hidden[at] ? "c" : "");
    ca_buffer_putc(out, '\n');
    return shows_anything(p, counts);
}

void ca_plan_publish(struct ca_plan *plan)
{
    struct ca_buffer out = {0};
    bool shown = false;

    add_question(plan, &out);
    for (size_t i = 0; i < plan->period_count; i++) {
        const struct ca_plan_period *p = &plan->periods[i];
        if (!p->printed)
            continue;
        const char **names = ca_plan_place_names(plan, p);
        shown |= add_row(p, names, &p->total, &out);
        for (size_t g = 0; g < plan->group_count; g++)
            shown |= add_row(p, names, &p->groups[g], &out);
    }
    if (shown)
        plan->summary->publication = ca_arena_strndup(plan->arena, out.data, out.length);
    ca_buffer_free(&out);
}
