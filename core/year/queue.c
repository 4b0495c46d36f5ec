/* What to moderate next, and why. */
#include "core/year/queue.h"

#include <stdlib.h>
#include <string.h>

#include "core/year/draw.h"

const char *const ca_queue_reasons[CA_QUEUE_REASONS] = {[CA_QUEUE_WORST_GRADE] = "worst-grade",
                                                        [CA_QUEUE_DIVERGES] =
                                                            "judgement-diverges",
                                                        [CA_QUEUE_CAPPED] = "judgement-capped",
                                                        [CA_QUEUE_IMMEDIATE] = "immediate",
                                                        [CA_QUEUE_RANDOM] = "random"};

const char *const ca_queue_words[CA_QUEUE_REASONS] = {
    [CA_QUEUE_WORST_GRADE] = "the worst grade",
    [CA_QUEUE_DIVERGES] = "judged far from the answers",
    [CA_QUEUE_CAPPED] = "a limit lowered the judgement",
    [CA_QUEUE_IMMEDIATE] = "an immediate alert",
    [CA_QUEUE_RANDOM] = "by chance"};

/*
 * The grade that a moderation took the place of. Where that could not be scored again it is the
 * auditor's, lowered by the limits. Once a moderator changed answers, the limits are those of
 * the new ones; what the audit came to before is then what was recorded of it before, if it
 * was, or else the auditor's own grade.
 */
static int grade_before(const struct ca_stored_grading *grading)
{
    const int auditors = grading->auditors, cap = grading->cap;

    if (grading->moderated < 0)
        return grading->grade;
    if (grading->again)
        return grading->earlier;
    if (grading->changed)
        return grading->earlier >= 0 ? grading->earlier : auditors;
    return auditors >= 0 && cap > auditors ? cap : auditors;
}

static unsigned reasons_of(const struct ca_stored_grading *grading)
{
    const int grade = grade_before(grading);
    const bool holds[] = {[CA_QUEUE_WORST_GRADE] = grade >= 0 && grade == grading->worst,
                          [CA_QUEUE_DIVERGES] = grading->diverges,
                          [CA_QUEUE_CAPPED] = grading->capped,
                          [CA_QUEUE_IMMEDIATE] = grading->immediate};
    unsigned reasons = 0;

    for (size_t i = 0; i < sizeof holds / sizeof *holds; i++)
        reasons |= (unsigned)holds[i] << i;
    return reasons;
}

/* ---- by chance ---- */

struct ticket {
    struct ca_queue_item *item;
    char key[CA_SHA256_TEXT];
};

static int compare_tickets(const void *a, const void *b)
{
    const struct ticket *one = a, *other = b;
    int order = strcmp(one->key, other->key);

    return order != 0 ? order : strcmp(one->item->of->return_id, other->item->of->return_id);
}

/* Of all audits; those drawn have the reason from now on. */
static void draw(struct ca_arena *arena, struct ca_queue_item *all, size_t count,
                 const char *seed, int64_t percent, struct ca_queue *queue)
{
    struct ticket *tickets = CA_ARRAY(arena, count, struct ticket);

    for (size_t i = 0; i < count; i++) {
        if (all[i].reasons != 0 || grade_before(all[i].of) < 0)
            continue;
        tickets[queue->others].item = &all[i];
        ca_draw_key(seed, all[i].of->return_id, tickets[queue->others++].key);
    }
    qsort(tickets, queue->others, sizeof *tickets, compare_tickets);
    queue->drawn = (queue->others * (size_t)percent + 99) / 100;
    for (size_t i = 0; i < queue->drawn; i++)
        tickets[i].item->reasons = 1u << CA_QUEUE_RANDOM;
}

/* ---- the queue ---- */

static int compare_items(const void *a, const void *b)
{
    const struct ca_queue_item *one = a, *other = b;
    const int first = __builtin_ctz(one->reasons), second = __builtin_ctz(other->reasons);

    if (first != second)
        return first - second;
    if (one->of->audit_date != other->of->audit_date)
        return one->of->audit_date < other->of->audit_date ? -1 : 1;
    return strcmp(one->of->return_id, other->of->return_id);
}

void ca_queue_make(struct ca_arena *arena, const struct ca_stored_grading *gradings,
                   size_t count, const char *seed, int64_t percent, struct ca_queue *out)
{
    struct ca_queue queue = {.items = CA_ARRAY(arena, count, struct ca_queue_item)};

    for (size_t i = 0; i < count; i++)
        queue.items[i] =
            (struct ca_queue_item){.of = &gradings[i], .reasons = reasons_of(&gradings[i])};
    draw(arena, queue.items, count, seed, percent, &queue);
    for (size_t i = 0; i < count; i++) {
        queue.moderated += gradings[i].moderated >= 0;
        if (queue.items[i].reasons != 0 && gradings[i].moderated < 0)
            queue.items[queue.count++] = queue.items[i];
    }
    qsort(queue.items, queue.count, sizeof *queue.items, compare_items);
    *out = queue;
}
