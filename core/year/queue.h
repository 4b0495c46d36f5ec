#ifndef CA_YEAR_QUEUE_H
#define CA_YEAR_QUEUE_H

#include "core/base/arena.h"
#include "core/store/query.h"

/*
 * What to moderate next. Audits whose grade weighs most come first, then those that raised a
 * doubt, then some of the others by chance, so that nobody knows beforehand who is looked at.
 */
enum ca_queue_reason {
    CA_QUEUE_WORST_GRADE,
    CA_QUEUE_DIVERGES,  /* the judgement and the computed grade are far apart */
    CA_QUEUE_CAPPED,    /* a limit lowered the judgement */
    CA_QUEUE_IMMEDIATE, /* an alert of that severity */
    CA_QUEUE_RANDOM,
    CA_QUEUE_REASONS
};

/* "worst-grade" … */
extern const char *const ca_queue_reasons[CA_QUEUE_REASONS];
/* The same as people say it. */
extern const char *const ca_queue_words[CA_QUEUE_REASONS];

struct ca_queue_item {
    const struct ca_stored_grading *of; /* borrowed */
    unsigned reasons;                   /* a bit for each */
};

struct ca_queue {
    struct ca_queue_item *items; /* by their first reason, then date, then id */
    size_t count;
    size_t others;    /* audits without another reason, among which chance decides */
    size_t drawn;     /* so many of them, those that are moderated already included */
    size_t moderated; /* of all audits */
};

/*
 * Of audits of one period. Among the graded ones without another reason, the first percent of a
 * hundred, rounded up, by key of the return's id with the seed are drawn. Moderated audits are
 * among them with the grade they had before, so that who is drawn stays the same while
 * moderating goes on; but they are never listed. All of it lives in arena.
 */
void ca_queue_make(struct ca_arena *arena, const struct ca_stored_grading *gradings,
                   size_t count, const char *seed, int64_t percent, struct ca_queue *out);

#endif
