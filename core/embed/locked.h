#ifndef CA_EMBED_LOCKED_H
#define CA_EMBED_LOCKED_H

#include "core/work/scorer.h"

/* Returns that are scored, and written about, by a worker in a locked process. */
struct ca_locked;

/* What is made of a return that was scored. */
typedef void (*ca_scored_writer_of)(struct ca_buffer *out, const struct ca_scored *scored);

/* Has the registry run others' frameworks in processes of their own. Before the first of
 * them is looked for. */
void ca_locked_keep_apart(struct ca_registry *registry);

/* Registry and catalogue are borrowed. write is what each return becomes. */
struct ca_locked *ca_locked_new(struct ca_registry *registry, struct ca_catalogue *catalogue,
                                bool allow_incomplete, ca_scored_writer_of write);
void ca_locked_free(struct ca_locked *locked);

/* Ends the worker, which does not know what came to the catalogue since; the next begins anew.
 */
void ca_locked_stop(struct ca_locked *locked);

/* Adds what was written of the return to out; false, and an error, if no process can be had. */
bool ca_locked_score(struct ca_locked *locked, const char *name, const char *bytes,
                     size_t length, struct ca_buffer *out, struct ca_error *error);

#endif
