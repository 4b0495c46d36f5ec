#ifndef CA_YEAR_PROGRESS_H
#define CA_YEAR_PROGRESS_H

#include "core/store/query.h"
#include "core/year/queue.h"
#include "core/year/sample.h"

/* How far a sample has come. */
struct ca_progress_row {
    const struct ca_standing *of;
    const char *auditor;           /* who it is allocated to; NULL: nobody yet */
    ca_date due;                   /* CA_NO_DATE */
    const char *return_id, *grade; /* NULL: not returned; not graded */
    const char *by;                /* who returned it; NULL, too, once that is erased */
    ca_date date;                  /* of the audit */
    bool moderated, late;
};

struct ca_progress {
    const struct ca_sample *sample;
    ca_date as_of;
    const struct ca_progress_row *rows; /* the cases that stand, by key */
    size_t cases, allocated, returned, moderated, late;
};

/*
 * A case is returned when a return by the sample's template has its ref and an audit date on or
 * after the day of the draw and not after as_of; of several the latest. It is late when it was
 * due before as_of and is not returned. All of it lives in arena.
 */
enum ca_code ca_progress_look(struct ca_store *store, struct ca_arena *arena,
                              const struct ca_sample *sample, ca_date as_of,
                              struct ca_progress *out, struct ca_error *error);

/* A return of the sample that is to be moderated. */
struct ca_progress_next {
    const struct ca_progress_row *row;
    unsigned reasons; /* a bit for each enum ca_queue_reason */
};

/* The audits among which those of the sample are moderated: all of its template and period, or,
 * without one, since the day of the draw. */
struct ca_query ca_progress_audits(const struct ca_progress *progress);

/* What of the sample is to be moderated next: what is listed for those audits, with the
 * period's id (the sample's name) as the seed and a fifth by chance. In the order it is to be
 * done; lives in arena. */
void ca_progress_queue(struct ca_arena *arena, const struct ca_progress *progress,
                       const struct ca_stored_grading *gradings, size_t audits,
                       struct ca_progress_next **out, size_t *count);

#endif
