#ifndef CA_CLI_CLAIMS_H
#define CA_CLI_CLAIMS_H

#include "core/cli/inputs.h"

/*
 * Which return ids the inputs of one run have had so far, in sixteen bytes each: of a million
 * returns no more than their hashes is kept. Enough to know that nothing is amiss; where two
 * inputs have one id, or hardly ever two that look alike, it is time to look closer
 * (contested.h).
 */
struct ca_claims {
    struct ca_claim *slots; /* a table of capacity, which is a power of two or 0 */
    size_t capacity, count;
};

/* Never 0, which stands for a return without one: id NULL. */
uint64_t ca_claim_hash(const char *id);

/* Notes that this input has the id; true if another file had it before. */
bool ca_claims_note(struct ca_claims *claims, const struct ca_inputs *inputs, size_t input,
                    uint64_t id);
/* Have two files had it? */
bool ca_claims_twice(const struct ca_claims *claims, uint64_t id);
void ca_claims_free(struct ca_claims *claims);

#endif
