#ifndef CA_CLI_ELSEWHERE_H
#define CA_CLI_ELSEWHERE_H

#include "core/cli/args.h"
#include "core/store/store.h"
#include "core/work/pool.h"

struct ca_recording;

/*
 * Returns that are scored on one machine and recorded on another. The line of the result says
 * in a last member, "record", of which document, template and framework it is, by their
 * SHA-256, and what a store keeps of it, packed (record.h) and in hexadecimal.
 */

/* ---- where they are scored ---- */

/* Before workers start, which can open nothing: reckons the digests of all frameworks. */
void ca_elsewhere_prepare(struct ca_registry *registry);
/* In the worker: puts the member into the object that line ends with. */
void ca_elsewhere_add(const struct ca_scored *scored, struct ca_registry *registry,
                      const struct ca_catalogue *catalogue, struct ca_buffer *line);

/* ---- where they are recorded ---- */

/* What a line claims of a document, as it was unpacked; nothing of it is trusted. */
struct ca_claimed {
    const char *file; /* of results, and which line */
    size_t line;
    const uint8_t *document, *template; /* SHA-256 */
    const char *plugin;
    unsigned doubts;       /* bit f: a diagnostic of enum ca_fault f */
    const char *grades[6]; /* computed, recomputed, judged, cap, moderated, grade; NULL: none */
    const char *record;    /* packed */
    size_t length;
};

/* The claims of files of results, each read by a locked process; in arena. False with a
 * complaint for a line that is no such result. Rejected returns are passed over. */
bool ca_elsewhere_read(const char *const *files, size_t count, struct ca_arena *arena,
                       struct ca_claimed **out, size_t *claimed);

/*
 * In the place of ca_many_run: checks what all lines of --results claim of the documents among
 * the inputs, scores a share of them again (--recheck), and stores them if no claim is false;
 * otherwise none, and they count as refused.
 */
enum ca_code ca_elsewhere_run(struct ca_recording *recording, const struct ca_args *args,
                              struct ca_error *error);

/* The same for a store that is made for one summary: of the results alone, all of them or
 * CA_ERROR_DATA. */
enum ca_code ca_elsewhere_put(const struct ca_pool_options *pool, struct ca_store *store,
                              const struct ca_claimed *claims, size_t count,
                              struct ca_error *error);

#endif
