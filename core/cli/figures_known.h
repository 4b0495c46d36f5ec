#ifndef CA_CLI_FIGURES_KNOWN_H
#define CA_CLI_FIGURES_KNOWN_H

#include "core/store/query.h"

/*
 * What the store holds already of figures that are being imported, so that nothing counts
 * twice and nothing that was said before is taken back without a word. Messages are what is
 * wrong, in the arena; NULL: nothing.
 */
struct ca_known_figures;

/* Everything lives in arena; store is borrowed. */
enum ca_code ca_known_read(struct ca_store *store, struct ca_arena *arena,
                           struct ca_known_figures **out, struct ca_error *error);

/* ---- history ---- */

/* Would these counts overlap others of the template, of the store or of a row before, or
 * audits in the store? templates are those of the store. The row counts from now on. */
const char *ca_known_overlap(struct ca_known_figures *known,
                             const struct ca_stored_template *templates, size_t template_count,
                             const struct ca_history *row, int line);
/* Were other counts there for the same? They are replaced, and that is told. */
const char *ca_known_count(const struct ca_known_figures *known, const struct ca_history *row);

/* Of an audit: the period whose history counts audits by the template of that day; NULL. */
const struct ca_history *ca_known_history_of(const struct ca_known_figures *known,
                                             const char *template_id, ca_date audit_date);

/* ---- indicators ---- */

/* Has the store another label, or another polarity, for this indicator? */
const char *ca_known_label(const struct ca_known_figures *known,
                           const struct ca_indicator *row);
const char *ca_known_polarity(const struct ca_known_figures *known,
                              const struct ca_indicator *row);
/* Which template it belongs to there; NULL: all, or it is not there. */
const char *ca_known_template(const struct ca_known_figures *known, const char *indicator);
/* Does it belong to other templates there? */
const char *ca_known_for(const struct ca_known_figures *known, const struct ca_indicator *row);
/* Was another figure there for the same period? It is replaced, and that is told. */
const char *ca_known_figure(const struct ca_known_figures *known,
                            const struct ca_indicator *row);

/* "178 of 1123", or the value. */
void ca_figure_text(struct ca_buffer *out, const struct ca_indicator *row);

/* How many audits by these templates are dated from one day to the other. */
enum ca_code ca_audits_between(struct ca_store *store,
                               const struct ca_stored_template *templates, size_t count,
                               ca_date from, ca_date to, int64_t *audits,
                               struct ca_error *error);

#endif
