#ifndef CA_STORE_ALLOCATED_H
#define CA_STORE_ALLOCATED_H

#include "core/store/sample.h"

/* Who audits which case of a sample, as it was shared out last. */
struct ca_allocated_case {
    size_t place;        /* of the sample's cases, an index */
    bool returned;       /* already when it was shared out; then auditor is who returned it */
    const char *auditor; /* NULL: nobody knows, or it is erased */
};

struct ca_allocated {
    ca_date due;             /* CA_NO_DATE */
    const char *team;        /* the column with the cases' teams; NULL: none */
    int64_t months;          /* in which nobody audits a case again; 0: no such rule */
    const char *seed;        /* that decided between ways as fair */
    const char *file_sha256; /* of the bytes of the file with the auditors */
    const struct ca_allocated_case *cases;
    size_t count;
};

/* Keeps it for the sample of that name, in the place of what was allocated before.
 * CA_ERROR_NOT_FOUND. */
enum ca_code ca_store_allocate(struct ca_store *store, const char *sample,
                               const struct ca_allocated *allocated, struct ca_error *error);

/* The last; all of it lives in arena. CA_ERROR_NOT_FOUND if nothing is allocated. */
enum ca_code ca_store_find_allocated(struct ca_store *store, const char *sample,
                                     struct ca_arena *arena, struct ca_allocated *out,
                                     struct ca_error *error);

#endif
