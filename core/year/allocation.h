#ifndef CA_YEAR_ALLOCATION_H
#define CA_YEAR_ALLOCATION_H

#include "core/year/auditors.h"

/*
 * Who audits which case of a sample. Nobody audits a case of their own team, or of another
 * that their row of the auditors' file names; nobody one that they have audited lately; nobody
 * more than they may have at most. Among all ways to keep these rules the fairest is chosen
 * (share.h). Teams, codes and ids are the same whatever their capitals.
 */
struct ca_allocation_case {
    const char *id;
    const char *team;    /* "": none */
    bool returned;       /* it stays with */
    const char *auditor; /* who returned it (NULL: nobody knows); then, who is to audit it */
};

/* An audit of a case in the months before. */
struct ca_audited {
    const char *case_ref, *auditor;
};

struct ca_allocation {
    const char *seed;
    const struct ca_auditors *auditors;
    struct ca_allocation_case *cases;
    size_t case_count;
    const struct ca_audited *audited;
    size_t audited_count;
    int64_t *loads; /* by auditor, cases returned included */
};

/*
 * Finds the auditor of every case that is not returned, and the loads. What is found lives in
 * arena or is borrowed from the auditors. False if it cannot be done, with why, and what would
 * help: which cases are too many for which auditors, or that there are more than CA_SHARE_PAIRS
 * of them.
 */
bool ca_allocation_make(struct ca_arena *arena, struct ca_allocation *allocation,
                        const char **why);

#endif
