#ifndef CA_EMBED_KEPT_H
#define CA_EMBED_KEPT_H

#include "core/insight/summarise.h"
#include "core/model/result.h"

/*
 * Results in memory, for summaries: what a store keeps of them, without a store. A page gives
 * each return once, of its latest revision.
 */
struct ca_kept;

/* It goes when the module goes. */
struct ca_kept *ca_kept_new(void);

/* A version of a template, whether or not returns answer it; in the order they came. */
void ca_kept_template(struct ca_kept *kept, const struct ca_template *t);

/* Keeps what summaries add up of it; the result may go. */
void ca_kept_add(struct ca_kept *kept, const struct ca_result *result);

/* As ca_summarise, of what is kept; request names one template, of which all
 * versions are summed up. Fails with CA_ERROR_USAGE. */
enum ca_code ca_kept_summarise(struct ca_kept *kept, const struct ca_summary_request *request,
                               struct ca_summary **out, struct ca_error *error);

#endif
