#ifndef CA_CLI_APART_H
#define CA_CLI_APART_H

#include "core/base/buffer.h"
#include "core/base/error.h"

/* What work puts out in a locked process, added to answer. CA_ERROR_IO if that fails. */
enum ca_code ca_cli_apart(void (*work)(void *context, struct ca_buffer *out), void *context,
                          struct ca_buffer *answer, struct ca_error *error);

#endif
