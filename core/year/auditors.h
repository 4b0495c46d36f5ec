#ifndef CA_YEAR_AUDITORS_H
#define CA_YEAR_AUDITORS_H

#include "core/sheet/sheet.h"
#include "core/year/share.h"

/* Who audits, as a spreadsheet says it: headings auditor and, if they are there, team, most and
 * not. Nothing else of it is looked at. */
struct ca_auditor {
    const char *code;
    const char *team;            /* "": none */
    const char *const *not_from; /* teams besides their own, then NULL */
    int64_t most;                /* CA_NO_MOST */
};

struct ca_auditors {
    struct ca_auditor *items; /* by the bytes of their codes */
    size_t count;
    bool teams; /* does any of them name a team? */
};

/* All of it lives in arena; texts are borrowed from the sheet. False, with all faults in diags.
 */
bool ca_auditors_read(struct ca_arena *arena, const struct ca_sheet *sheet,
                      struct ca_auditors *out, struct ca_diags *diags);

#endif
