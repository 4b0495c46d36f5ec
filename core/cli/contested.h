#ifndef CA_CLI_CONTESTED_H
#define CA_CLI_CONTESTED_H

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

/* The files that claim id, as in "'a.xml', 'b.xml' and 'c.xml'"; NULL if nobody else does. */
const char *ca_contested_files(const struct ca_contested *contested, const char *id);

#endif
