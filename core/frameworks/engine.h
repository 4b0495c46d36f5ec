#ifndef CA_FRAMEWORKS_ENGINE_H
#define CA_FRAMEWORKS_ENGINE_H

#include <caseaudit/framework.h>

#include "core/scoring/pass.h"

/* A loaded framework. Its strings are referred to by templates and results. */
struct ca_plugin {
    caseaudit_framework framework; /* a copy, zero beyond what the plugin knows */
    const caseaudit_host *host;    /* what its callbacks are handed */
    void *state;                   /* from its create; NULL without one */
    const char *path;              /* absolute, links resolved */
    int file;                      /* the descriptor of the file that was judged */
    bool apart; /* it is not run in this process: its callbacks give opinions (apart.h) */
};

struct ca_engine_options {
    bool allow_incomplete; /* missing responses, and nothing else, are forgiven */
    bool of_cells;    /* the return was made of a spreadsheet's row, which is what is told of */
    bool unmoderated; /* a moderation plays no part: what came out before it */
};

/*
 * One return through its framework: the framework's own checks, derived standards, its
 * scoring (once as audited, and again with a moderator's changes), and what follows.
 * Everything is allocated in the return's arena. NULL if there was an error, which diags
 * then has.
 */
struct ca_result *ca_engine_score(const struct ca_plugin *plugin, const struct ca_return *audit,
                                  const struct ca_engine_options *options,
                                  struct ca_diags *diags);

/*
 * What else is wrong with a return that has errors already, so that all are told in one run:
 * against the framework's own rules; and required standards that plainly have no response
 * (others may not apply, or may only seem to lack theirs because of the errors).
 */
void ca_engine_look_on(const struct ca_plugin *plugin, const struct ca_return *audit,
                       const struct ca_engine_options *options, struct ca_diags *diags);

/* The responses with a moderator's changes in place, for the second scoring. */
struct ca_response *ca_engine_responses_with_changes(const struct ca_return *audit);

/* A derived standard, by the callback of the framework; in their order, before ca_settle. */
void ca_engine_derive(const struct ca_plugin *plugin, struct ca_pass *pass, size_t standard);

/* The framework's own rules for a template. */
void ca_engine_check_template(const struct ca_plugin *plugin, const struct ca_template *t,
                              struct ca_diags *diags);

#endif
