/* Bytes that others wrote, read in a locked process: for what is small, and read once. */
#include "core/cli/apart.h"

#include "core/work/ask.h"

enum ca_code ca_cli_apart(void (*work)(void *context, struct ca_buffer *out), void *context,
                          struct ca_buffer *answer, struct ca_error *error)
{
    const struct ca_ask question = {.work = work, .context = context, .who = "the engine"};
    char why[CA_ASK_WHY];

    return ca_ask_locked(&question, answer, why) ? CA_OK
                                                 : ca_fail(error, CA_ERROR_IO, "%s", why);
}
