#ifndef CA_CLI_CLI_H
#define CA_CLI_CLI_H

#include <stdbool.h>
#include <stdio.h>

#include "core/base/date.h"
#include "core/base/diag.h"
#include "core/base/error.h"
#include "core/base/reason.h"
#include "core/cli/args.h"
#include "core/cli/output.h"
#include "core/cli/safe.h"
#include "core/frameworks/registry.h"

/* What a command says to whoever called it. */
enum ca_exit {
    CA_EXIT_DONE = 0,
    CA_EXIT_REFUSED = 1, /* done, and something in the data was refused */
    CA_EXIT_USAGE = 2,   /* used wrongly; nothing was done */
    CA_EXIT_FAILED = 3   /* the surroundings failed; what was acknowledged is safe */
};

/* The command's surroundings, from the global options. */
struct ca_cli {
    bool quiet, verbose, progress;
    bool color_out, color_err; /* may the stream be coloured? */
    const char *store;         /* URI, or NULL for the default */
    const char *who;           /* what the ledger says of who makes changes */
    ca_date today;             /* as in a calendar on the wall, or --today */
    struct ca_host host;       /* what frameworks are handed */
    struct ca_registry *registry;
};

/* ---- messages on standard error ---- */

/* "caseaudit: ..." */
void ca_complain(const char *format, ...) __attribute__((format(printf, 1, 2)));
/* "FILE:1:1: error: ...", for a fault of a whole file or folder. */
void ca_complain_of(const char *file, const char *format, ...)
    __attribute__((format(printf, 2, 3)));
/* "caseaudit: ..." and the exit status of a wrong command, with a hint at --help. */
int ca_misused(const struct ca_verb *verb, const char *format, ...)
    __attribute__((format(printf, 2, 3)));
/* Only with --verbose, or unless --quiet. */
void ca_remark(const struct ca_cli *cli, const char *format, ...)
    __attribute__((format(printf, 2, 3)));

/* FILE:LINE:COLUMN: error|warning: message, one line each; control characters shown. */
void ca_print_diags(const struct ca_cli *cli, const char *file, const struct ca_diags *diags);
/* The same into a buffer, for a process that has no terminal. */
void ca_say_diags(const struct ca_cli *cli, const char *file, const struct ca_diags *diags,
                  struct ca_buffer *out);

#endif
