#ifndef CA_CLI_CONTESTED_H
#define CA_CLI_CONTESTED_H

#include "core/base/arena.h"
#include "core/cli/inputs.h"

/*
 * Return ids that several files of one run claim with different content, as a corrected
 * return beside the one it corrects: which of them counts is for a person to say, before
 * any of them is stored. Ids are looked for in the first bytes of each file, without reading
 * the whole; standard input cannot be looked at twice and is left out.
 */
struct ca_contested;

struct ca_contested *ca_contested_find(const struct ca_inputs *inputs);
void ca_contested_free(struct ca_contested *contested);

/* Why none of the returns with this id is DONE ("stored"), with the files that claim it; NULL
 * if it is not contested. id and contested may be NULL. */
const char *ca_contested_reason(const struct ca_contested *contested, const char *id,
                                const char *done, struct ca_arena *arena);

/* The next id that is contested, from *at on, which begins at 0; NULL: there is none. */
const char *ca_contested_next(const struct ca_contested *contested, size_t *at);

#endif
