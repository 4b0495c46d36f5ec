#ifndef CA_CLI_FIGURES_IMPORT_H
#define CA_CLI_FIGURES_IMPORT_H

#include "core/cli/cli.h"
#include "core/sheet/sheet.h"
#include "core/store/store.h"

/* Which figures, and what is let pass. */
struct ca_figures_wanted {
    bool history; /* otherwise indicators */
    bool replace, future;
    bool again; /* as it was let in before */
    struct ca_sheet_options sheet;
};

/* Checks and stores a spreadsheet of history or of indicators; diagnostics are printed with
 * file's name. CA_ERROR_DATA: refused, nothing of it is stored. */
enum ca_code ca_cli_import_figures(const struct ca_cli *cli, struct ca_store *store,
                                   const struct ca_figures_wanted *wanted, const char *file,
                                   const struct ca_buffer *bytes, size_t *count,
                                   struct ca_error *error);

/* The whole of "history import" and "indicator import"; the exit status. */
int ca_run_import(struct ca_cli *cli, const struct ca_args *args, bool history);

/* Their options. */
extern const struct ca_option_row ca_history_import_options[], ca_indicator_import_options[];

#endif
