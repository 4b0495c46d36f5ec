#ifndef CA_CLI_RECORDING_H
#define CA_CLI_RECORDING_H

#include <time.h>

#include "core/base/map.h"
#include "core/cli/figures_known.h"
#include "core/cli/contested.h"
#include "core/cli/many.h"
#include "core/cli/scored.h"
#include "core/store/record.h"
#include "core/store/store.h"

/*
 * What record does with each return. A worker scores it, judges whether it may be stored, and
 * packs what is to be stored and printed; the calling process, which alone touches the store,
 * gathers these into batches. A batch is one transaction, and what became of its returns is
 * printed when it is durable and not before.
 */

/* A batch ends when it is so large, or so old. The first is one return, and each may be
 * twice as large as the one before: the first answers come at once, and the many returns of
 * a large run share the price of making them durable. It goes to the store piece by piece,
 * so that in between the workers get their next returns. */
enum {
    CA_RECORDING_BATCH = 512,
    CA_RECORDING_PIECE = 32,
    CA_RECORDING_BYTES = 8 * 1024 * 1024,
    CA_RECORDING_MS = 300
};

/* One return of the batch, in the order of the inputs; stored only if it was not refused. */
struct ca_recording_item {
    const char *file, *id; /* id NULL if it could not be read */
    const char *text;      /* what is printed of it when it is stored, or refused */
    const char *grade;     /* NULL if it was refused */
};

struct ca_recording {
    struct ca_cli *cli;
    struct ca_store *store;
    struct ca_many many;
    struct ca_output output;
    struct ca_scored_writer writer;
    bool personal_data; /* what looks like it is none */
    bool future;        /* dates after today are meant */
    bool allow_erased;  /* what was erased comes back */
    bool new_revision;  /* a correction may change the case, the template, the date */
    enum ca_code code;
    struct ca_error error;

    struct ca_recording_item items[CA_RECORDING_BATCH];
    struct ca_put_outcome outcomes[CA_RECORDING_BATCH]; /* of those not refused, in order */
    size_t count, limit, put_count, bytes;
    struct ca_record records[CA_RECORDING_BATCH]; /* of the same; put_count of them are put */
    size_t record_count;
    struct timespec began;
    struct ca_arena *arena; /* of the batch */

    struct ca_arena *run_arena;
    struct ca_known_figures *known; /* history, which counts audits already */
    struct ca_contested *contested; /* ids that several files of this run claim */
    struct ca_map *seen;            /* ids of this run; digests[] has their documents' */
    uint8_t (*digests)[CA_SHA256_SIZE];
    size_t seen_count;

    size_t recorded, unchanged, revisions, refused;
};

/* For the pool. In the worker: */
void ca_recording_make(void *context, const struct ca_scored *scored,
                       struct ca_pool_made *made);
/* In the calling process; false with code set if the store failed. */
bool ca_recording_take(void *context, const struct ca_pool_reply *reply);
bool ca_recording_tick(void *context);

/* Stores what waits, and prints what became of it. */
enum ca_code ca_recording_flush(struct ca_recording *recording);

/* ---- shared by the two sides ---- */

/* The return is refused for this: its result is gone, and the reason stands with its faults. */
void ca_recording_refuse(struct ca_scored *scored, enum ca_fault fault, const char *reason);
/* What is printed of a return beside the line that says what became of it. */
void ca_recording_write(const struct ca_recording *recording, const struct ca_scored *scored,
                        struct ca_buffer *out);

#endif
