/* history: counts of grades from before the store. */
#include "core/cli/figures_import.h"
#include "core/cli/store_access.h"
#include "core/cli/table.h"
#include "core/cli/verbs.h"
#include "core/store/query.h"

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

static const struct ca_option_row no_options[] = {{NULL, 0, NULL, false, NULL}};

/* ---- list ---- */

static bool list_count(void *context, const struct ca_history *history)
{
    struct ca_table *table = context;

    ca_table_row(table);
    ca_table_cell(table, history->template_id);
    ca_table_cell(table, history->period.id);
    ca_table_cell(table, history->grade);
    ca_table_number(table, history->count);
    return true;
}

static enum ca_code fill_history(struct ca_store *store, struct ca_table *table,
                                 struct ca_error *error)
{
    return ca_store_each_history(store, list_count, table, error);
}

static int list_history(struct ca_cli *cli, const struct ca_args *args)
{
    static const char *const headings[] = {"TEMPLATE", "PERIOD", "GRADE", ">COUNT"};

    (void)args;
    return ca_cli_list(
        cli, headings, sizeof headings / sizeof *headings,
        "no counts from before the store are here yet; 'caseaudit history import' adds some",
        fill_history);
}

const struct ca_verb ca_verb_history_list = {
    .name = "history list",
    .operands = "",
    .summary = "List the counts of grades from before the store",
    .example = "caseaudit history list",
    .options = no_options,
    .least = 0,
    .most = 0,
    .run = list_history,
};
