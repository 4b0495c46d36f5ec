#ifndef CA_CLI_ASKED_H
#define CA_CLI_ASKED_H

#include "core/base/arena.h"
#include "core/cli/cli.h"
#include "core/insight/summarise.h"

/* What the verbs that add up are asked for, and how they put it out. */
struct ca_asked {
    struct ca_arena *arena; /* the caller's, for lists */
    struct ca_summary_request request;
};

/* The request that the options make; false with a complaint. Strings are borrowed. */
bool ca_ask(struct ca_asked *asked, const struct ca_args *args);

/* Columns of what is written to path: the terminal's for standard output, within reason. */
size_t ca_page_width(const char *path);

#endif
