/* indicator: figures from elsewhere. */
#include <string.h>

#include "core/base/decimal.h"
#include "core/cli/cli.h"
#include "core/cli/figures_import.h"
#include "core/cli/figures_known.h"
#include "core/cli/store_access.h"
#include "core/cli/table.h"
#include "core/cli/verbs.h"
#include "core/insight/stats.h"
#include "core/store/query.h"

/* ---- import ---- */

static int run_indicator_import(struct ca_cli *cli, const struct ca_args *args)
{
    return ca_run_import(cli, args, false);
}

const struct ca_verb ca_verb_indicator_import = {
    .name = "indicator import",
    .operands = "SPREADSHEET",
    .summary = "Add figures from elsewhere: indicator,label,period,numerator,denominator,"
               "value,polarity,footnote and, where it belongs to one template only, for",
    .example = "caseaudit indicator import indicators.csv",
    .options = ca_indicator_import_options,
    .least = 1,
    .most = 1,
    .run = run_indicator_import,
};

/* ---- show ---- */

struct show {
    struct ca_table *table;
    struct ca_arena *arena;
    struct ca_indicator last; /* the row before, of the same indicator or another */
    size_t count;
};

/* Exact: ratios by their products, values as they are. */
static int compare(const struct ca_indicator *a, const struct ca_indicator *b)
{
    __int128 left = a->is_ratio ? (__int128)a->numerator * b->denominator : a->value;
    __int128 right = b->is_ratio ? (__int128)b->numerator * a->denominator : b->value;

    return left < right ? -1 : left > right;
}

/* Which way it went since the row before; whether that is good is another question. */
static const char *direction(const struct show *show, const struct ca_indicator *row)
{
    const struct ca_indicator *last = &show->last;
    int order;

    if (last->id == NULL || strcmp(last->id, row->id) != 0 || last->is_ratio != row->is_ratio ||
        (row->is_ratio && (row->denominator == 0 || last->denominator == 0)))
        return "";
    order = compare(last, row);
    return order < 0 ? "up" : order > 0 ? "down" : "level";
}

static void write_figure(struct ca_buffer *out, const struct ca_indicator *row)
{
    char text[CA_DECIMAL_SIZE];
    int64_t tenths;

    ca_buffer_clear(out);
    ca_figure_text(out, row);
    if (!row->is_ratio)
        return;
    if (ca_percent_tenths(row->numerator, row->denominator, &tenths))
        ca_buffer_printf(out, " (%s%%)", ca_decimal_fixed(tenths, 1, text));
    else
        ca_buffer_puts(out, " (–)");
}

static bool show_indicator(void *context, const struct ca_indicator *row)
{
    static const char *const good[] = {
        [CA_POLARITY_NONE] = "neither", [CA_POLARITY_UP] = "up", [CA_POLARITY_DOWN] = "down"};
    struct show *show = context;
    struct ca_buffer figure = {0};
    bool again = show->last.id != NULL && strcmp(show->last.id, row->id) == 0;

    write_figure(&figure, row);
    ca_table_row(show->table);
    ca_table_cell(show->table, again ? "" : row->label);
    ca_table_cell(show->table, row->period.id);
    ca_table_cell(show->table, figure.data);
    ca_table_cell(show->table, direction(show, row));
    ca_table_cell(show->table, good[row->polarity]);
    ca_table_cell(show->table, row->template_id != NULL ? row->template_id : "all");
    ca_table_cell(show->table, row->footnote);
    ca_buffer_free(&figure);
    show->last = *row;
    show->last.id = ca_arena_strdup(show->arena, row->id);
    show->count++;
    return true;
}

static int show(struct ca_cli *cli, const struct ca_args *args)
{
    static const char *const headings[] = {"INDICATOR", "PERIOD", ">FIGURE", "WENT",
                                           "GOOD IS",   "FOR",    "NOTE"};
    struct ca_store *store = ca_cli_store(cli, CA_STORE_READ);
    struct show show = {.arena = NULL};
    struct ca_error error;
    int status = CA_EXIT_DONE;

    (void)args;
    if (store == NULL)
        return CA_EXIT_FAILED;
    show.arena = ca_arena_new();
    show.table = ca_table_new(headings, sizeof headings / sizeof *headings);
    if (ca_store_each_indicator(store, show_indicator, &show, &error) != CA_OK)
        status = ca_cli_store_failed(&error);
    ca_table_print(show.table);
    if (status == CA_EXIT_DONE && show.count == 0)
        ca_remark(cli,
                  "no indicator has been imported yet; 'caseaudit indicator import' adds some");
    ca_arena_free(show.arena);
    ca_store_close(store);
    return status;
}

static const struct ca_option_row no_options[] = {{NULL, 0, NULL, false, NULL}};

const struct ca_verb ca_verb_indicator_show = {
    .name = "indicator show",
    .operands = "",
    .summary = "Show the figures from elsewhere, with the way they went",
    .example = "caseaudit indicator show",
    .options = no_options,
    .least = 0,
    .most = 0,
    .run = show,
};

/* ---- list ---- */

static bool list_indicator(void *context, const struct ca_indicator *row)
{
    struct ca_table *table = context;
    struct ca_buffer figure = {0};

    ca_figure_text(&figure, row);
    ca_table_row(table);
    ca_table_cell(table, row->id);
    ca_table_cell(table, row->period.id);
    ca_table_cell(table, figure.data);
    ca_table_cell(table, ca_polarity_name(row->polarity));
    ca_table_cell(table, row->label);
    ca_buffer_free(&figure);
    return true;
}

static enum ca_code fill_indicator(struct ca_store *store, struct ca_table *table,
                                   struct ca_error *error)
{
    return ca_store_each_indicator(store, list_indicator, table, error);
}

static int list(struct ca_cli *cli, const struct ca_args *args)
{
    static const char *const headings[] = {"ID", "PERIOD", ">FIGURE", "POLARITY", "LABEL"};

    (void)args;
    return ca_cli_list(
        cli, headings, sizeof headings / sizeof *headings,
        "no indicator has been imported yet; 'caseaudit indicator import' adds some",
        fill_indicator);
}

const struct ca_verb ca_verb_indicator_list = {
    .name = "indicator list",
    .operands = "",
    .summary = "List the figures from elsewhere, row by row, with their ids",
    .example = "caseaudit indicator list",
    .options = no_options,
    .least = 0,
    .most = 0,
    .run = list,
};
