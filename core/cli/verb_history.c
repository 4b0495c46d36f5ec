/* history: counts of grades from before the store. */
#include "core/cli/figures_import.h"
#include "core/cli/verbs.h"

/* ---- import ---- */

static int run_history_import(struct ca_cli *cli, const struct ca_args *args)
{
    return ca_run_import(cli, args, true);
}

const struct ca_verb ca_verb_history_import = {
    .name = "history import",
    .operands = "SPREADSHEET",
    .summary = "Add counts of grades from before the store: template,period,grade,count",
    .example = "caseaudit history import history.csv",
    .options = ca_history_import_options,
    .least = 1,
    .most = 1,
    .run = run_history_import,
};
