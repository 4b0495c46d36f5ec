#ifndef CA_CLI_NUMBER_ASKED_H
#define CA_CLI_NUMBER_ASKED_H

#include <stdint.h>

#include "core/cli/args.h"

/* The number that an option says; *out stays as it is if it was not given. False, with a
 * complaint, if it says none from least to most. */
bool ca_number_asked(const struct ca_args *args, const char *option, int64_t least,
                     int64_t most, int64_t *out);

#endif
