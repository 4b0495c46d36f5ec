#ifndef CA_WORK_SCORER_H
#define CA_WORK_SCORER_H

#include "core/frameworks/engine.h"
#include "core/work/catalogue.h"

/* Documents in, results out: one return at a time, with memory that is reused. */
struct ca_scorer;

/* What became of one document. Valid until the scorer's next document. */
struct ca_scored {
    const char *file;               /* as given */
    const char *return_id;          /* NULL if it could not be read */
    const struct ca_result *result; /* NULL: rejected, diags says why */
    struct ca_diags diags;          /* in the order of the file */
    const char **log;               /* what the framework logged, a line each */
    size_t log_count;
    const char *bytes; /* the document; NULL if it could not be read */
    size_t length;
};

/* The catalogue and registry are borrowed and must outlive the scorer. */
struct ca_scorer *ca_scorer_new(struct ca_registry *registry, struct ca_catalogue *catalogue,
                                const struct ca_engine_options *options);
void ca_scorer_free(struct ca_scorer *scorer);

/*
 * Calls watch as soon as the return's id is known (framework NULL), before the
 * framework's code runs, and after it (framework NULL again): so that whoever looks on knows
 * what is being done, should the process end within it.
 */
void ca_scorer_watch(struct ca_scorer *scorer,
                     void (*watch)(void *context, const char *return_id, const char *framework),
                     void *context);

/* bytes are borrowed until the next document. The return's framework is in this process. */
void ca_scorer_run(struct ca_scorer *scorer, const char *file, const char *bytes, size_t length,
                   struct ca_scored *out);

/*
 * The same of a return whose framework may be kept apart. If it is, nothing is scored yet:
 * the return is put aside with what was read of it, brief has what its framework is to be
 * told, and what is returned is to be taken up again with the framework's opinion
 * (apart.h), or dropped. Others may be read meanwhile. NULL: it is done, and out is filled.
 */
struct ca_aside;
struct ca_aside *ca_scorer_begin(struct ca_scorer *scorer, const char *file, const char *bytes,
                                 size_t length, struct ca_buffer *brief, struct ca_scored *out);
/* The framework that is to be asked. */
const char *ca_aside_framework(const struct ca_aside *aside);
/* bytes: of the opinion. out is valid until the scorer's next document. */
void ca_scorer_take_up(struct ca_scorer *scorer, struct ca_aside *aside, const char *bytes,
                       size_t length, struct ca_scored *out);

#endif
