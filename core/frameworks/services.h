#ifndef CA_FRAMEWORKS_SERVICES_H
#define CA_FRAMEWORKS_SERVICES_H

#include <caseaudit/framework.h>

#include "core/scoring/pass.h"

/* The table of services handed to every callback of a framework, and where the lines go that
 * frameworks log: nowhere, unless log is set. The text is borrowed. */
struct ca_host {
    caseaudit_host table;
    void (*log)(void *context, const char *text);
    void *log_context;
};

void ca_host_init(struct ca_host *host);

/* The opaque handles of the contract are the engine's own structures. */
static inline const caseaudit_template *ca_template_handle(const struct ca_template *t)
{
    return (const caseaudit_template *)t;
}

static inline const caseaudit_return *ca_return_handle(const struct ca_return *r)
{
    return (const caseaudit_return *)r;
}

static inline caseaudit_diagnostics *ca_diags_handle(struct ca_diags *diags)
{
    return (caseaudit_diagnostics *)diags;
}

static inline caseaudit_scoring *ca_pass_handle(struct ca_pass *pass)
{
    return (caseaudit_scoring *)pass;
}

#endif
