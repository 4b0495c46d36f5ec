#ifndef CA_STORE_SAMPLE_H
#define CA_STORE_SAMPLE_H

#include "core/store/store.h"

/* A sample as it was drawn and is kept. */

/* How it was drawn: enough to draw it again from the same list. */
struct ca_sample_rule {
    const char *id;              /* heading above the cases' ids */
    const char *const *stratify; /* headings, as the person wrote them */
    size_t stratify_count;
    const char *const *keep; /* columns that are kept besides */
    size_t keep_count;
    const char *seed;
    int64_t size;    /* asked for; 0: percent says it */
    int64_t percent; /* 0: size says it */
    bool each_stratum;
    int64_t recent;  /* months; 0: nothing is left out */
    int64_t reserve; /* so many of each stratum */
};

struct ca_sample_stratum {
    const char *const *values; /* in the columns of stratify */
    int64_t cases, seats, reserve;
};

enum ca_sample_role {
    CA_SAMPLE_DRAWN,
    CA_SAMPLE_RESERVE,
    CA_SAMPLE_LEFT_OUT, /* audited lately, and so not in the frame */
    CA_SAMPLE_NOT_DRAWN
};

struct ca_sample_case {
    const char *id;          /* NULL once it is erased */
    const char *const *kept; /* of one drawn or in reserve, in the columns of keep; or NULL */
    enum ca_sample_role role;
    size_t stratum; /* of one left out: 0 */
};

/* The case in reserve at by took the place of another; both are indexes of cases. */
struct ca_sample_replacement {
    size_t place, by;
    const char *why; /* NULL once it is erased */
};

struct ca_sample {
    const char *name, *template_id;
    ca_date on;
    struct ca_stored_period period;         /* id NULL: of none */
    const char *file_sha256, *frame_sha256; /* NULL once one of its cases is erased */
    struct ca_sample_rule rule;
    int64_t population; /* cases in the list */
    const struct ca_sample_stratum *strata;
    size_t stratum_count;
    /* All of the list, by their roles: those drawn or in reserve by key, the others by id. */
    const struct ca_sample_case *cases;
    size_t case_count;
    const struct ca_sample_replacement *replacements; /* in their order */
    size_t replacement_count;
};

/* Keeps it; replacements are not looked at. CA_ERROR_DATA if there is one of that name. */
enum ca_code ca_store_add_sample(struct ca_store *store, const struct ca_sample *sample,
                                 struct ca_error *error);

/* CA_ERROR_DATA if the case is returned: there is an audit of it by the template since the day
 * of the draw. */
enum ca_code ca_store_replace_case(struct ca_store *store, const char *name,
                                   const struct ca_sample_replacement *replacement,
                                   struct ca_error *error);

/* All of it lives in arena. CA_ERROR_NOT_FOUND. */
enum ca_code ca_store_find_sample(struct ca_store *store, const char *name,
                                  struct ca_arena *arena, struct ca_sample *out,
                                  struct ca_error *error);

/* The names, by day of the draw; in arena. */
enum ca_code ca_store_samples(struct ca_store *store, struct ca_arena *arena,
                              const char ***names, size_t *count, struct ca_error *error);

#endif
