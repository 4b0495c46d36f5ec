#ifndef CA_CLI_RECORDED_H
#define CA_CLI_RECORDED_H

#include "core/base/pack.h"
#include "core/cli/many.h"
#include "core/cli/scored.h"
#include "core/store/record.h"

/*
 * The record of a return that was scored in another process. What is stored of a return
 * besides what was worked out of it is not taken from whoever did that: the document and its
 * digest are those handed out, and the template, framework and plugin those that this
 * process has.
 */

enum { CA_RECORDED_MOST = 8 << 20 /* bytes worked out of one return */ };

/* In the worker: what is worked out of it. */
void ca_recorded_pack(const struct ca_scored *scored, struct ca_buffer *out);

/* In the calling process, with `documents` of the pool asked for. Reads it from in; the rest
 * is copied into arena. False if what came is no record of the document in the reply. */
bool ca_recorded_take(const struct ca_pool_options *pool, const struct ca_pool_reply *reply,
                      struct ca_unpack *in, struct ca_arena *arena, struct ca_record *record);

/*
 * Scoring documents that the store or an export holds, each as it is, a few at a time. take
 * is called for each, in their order, with its record and what the writer made of it, or with
 * NULL and the reasons, as they are to be said; both are valid until the next. False stops
 * the rest.
 */
struct ca_again;
typedef bool (*ca_again_take)(void *context, size_t index, struct ca_record *record,
                              const struct ca_buffer *said);

/* With so many processes at most; 0: one for each processor. The catalogue is borrowed, and so
 * is the writer, which may be NULL. */
struct ca_again *ca_again_open(const struct ca_cli *cli, struct ca_catalogue *catalogue,
                               const struct ca_scored_writer *writer, unsigned jobs);
enum ca_code ca_again_score(struct ca_again *again, const struct ca_pool_document *documents,
                            size_t count, ca_again_take take, void *context,
                            struct ca_error *error);
void ca_again_close(struct ca_again *again);

/* The same without moderations: records are of what came out before them. */
struct ca_again *ca_again_open_unmoderated(const struct ca_cli *cli,
                                           struct ca_catalogue *catalogue);

#endif
