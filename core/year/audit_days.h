#ifndef CA_YEAR_AUDIT_DAYS_H
#define CA_YEAR_AUDIT_DAYS_H

#include "core/store/query.h"
#include "core/year/sample.h"

/*
 * When which case was audited last by which template, for all samples at once: a store has many
 * of both, and its audits are read once.
 */
struct ca_audit_days;

/* By the audits that are dated no later than as_of; lives in arena. */
enum ca_code ca_audit_days_read(struct ca_store *store, struct ca_arena *arena, ca_date as_of,
                                struct ca_audit_days **out, struct ca_error *error);

/* How many cases stand in the sample, and how many of them are returned: as progress.h says. */
void ca_audit_days_returned(const struct ca_audit_days *days, const struct ca_sample *sample,
                            size_t *cases, size_t *returned);

#endif
