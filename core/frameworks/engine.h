#ifndef CA_FRAMEWORKS_ENGINE_H
#define CA_FRAMEWORKS_ENGINE_H

#include "core/model/result.h"

/*
 * One return through its framework: the framework's own checks, its scoring
 * (once as audited, and again with a moderator's changes), and what follows.
 * state is what the framework's create returned. Everything is allocated in
 * the return's arena. NULL if there was an error, which diags then has.
 */
struct ca_engine_options {
    bool allow_incomplete; /* missing responses, and nothing else, are forgiven */
};

struct ca_result *ca_engine_score(const caseaudit_framework *framework, void *state,
                                  const struct ca_return *audit,
                                  const struct ca_engine_options *options,
                                  struct ca_diags *diags);

/*
 * What else is wrong with a return that has errors already, so that all are told in one run:
 * against the framework's own rules; and required standards that plainly have no response
 * (others may not apply, or may only seem to lack theirs because of the errors).
 */
void ca_engine_look_on(const caseaudit_framework *framework, void *state,
                       const struct ca_return *audit, const struct ca_engine_options *options,
                       struct ca_diags *diags);

/* The responses with a moderator's changes in place, for the second scoring. */
struct ca_response *ca_engine_responses_with_changes(const struct ca_return *audit);

/* The framework's own rules for a template. */
void ca_engine_check_template(const caseaudit_framework *framework, void *state,
                              const struct ca_template *t, struct ca_diags *diags);

#endif
