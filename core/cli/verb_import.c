/* history import, indicator import, indicator show: figures that come from elsewhere. */
#include <stdlib.h>
#include <string.h>

#include "core/base/decimal.h"
#include "core/base/file.h"
#include "core/cli/cli.h"
#include "core/cli/figures_csv.h"
#include "core/cli/store_access.h"
#include "core/cli/table.h"
#include "core/cli/verbs.h"
#include "core/insight/stats.h"
#include "core/store/query.h"

enum { CSV_LIMIT = 16 * 1024 * 1024 };

static const struct ca_option_row no_options[] = {{NULL, 0, NULL, false, NULL}};

/* ---- import ---- */

static enum ca_code import_history(const struct ca_figures_check *check,
                                   const struct ca_buffer *bytes, size_t *count,
                                   struct ca_error *error)
{
    struct ca_history *rows;

    if (!ca_history_read(check, bytes->data, bytes->length, &rows, count))
        return ca_fail(error, CA_ERROR_DATA, "nothing of the file was stored");
    return ca_store_import_history(check->store, rows, *count, bytes->data, bytes->length,
                                   error);
}

static enum ca_code import_indicators(const struct ca_figures_check *check,
                                      const struct ca_buffer *bytes, size_t *count,
                                      struct ca_error *error)
{
    struct ca_indicator *rows;

    if (!ca_indicators_read(check, bytes->data, bytes->length, &rows, count))
        return ca_fail(error, CA_ERROR_DATA, "nothing of the file was stored");
    return ca_store_import_indicators(check->store, rows, *count, bytes->data, bytes->length,
                                      error);
}

enum ca_code ca_cli_import_figures(const struct ca_cli *cli, struct ca_store *store,
                                   bool history, const char *file,
                                   const struct ca_buffer *bytes, size_t *count,
                                   struct ca_error *error)
{
    struct ca_arena *arena = ca_arena_new();
    struct ca_diags diags;
    struct ca_figures_check check = {.store = store, .diags = &diags};
    enum ca_code code = ca_cli_year_start(store, &check.year_start, error);

    ca_diags_init(&diags, arena);
    if (code == CA_OK)
        code = history ? import_history(&check, bytes, count, error)
                       : import_indicators(&check, bytes, count, error);
    ca_diags_sort(&diags);
    ca_print_diags(cli, file, &diags);
    ca_arena_free(arena);
    return code;
}

static int import(struct ca_cli *cli, const struct ca_args *args, bool history)
{
    const char *file = args->operands[0];
    struct ca_buffer bytes = {0};
    struct ca_store *store;
    struct ca_error error;
    size_t count = 0;
    enum ca_code code;

    if (ca_file_read(file, CSV_LIMIT, &bytes, &error) != CA_OK) {
        fprintf(stderr, "%s:1:1: error: %s\n", file, error.message);
        ca_buffer_free(&bytes);
        return CA_EXIT_REFUSED;
    }
    store = ca_cli_store(cli, CA_STORE_WRITE);
    code = store == NULL
               ? CA_ERROR_STORE
               : ca_cli_import_figures(cli, store, history, file, &bytes, &count, &error);
    ca_store_close(store);
    ca_buffer_free(&bytes);
    if (store == NULL)
        return CA_EXIT_FAILED;
    if (code != CA_OK)
        return ca_cli_store_failed(&error);
    printf("%zu row%s imported\n", count, count == 1 ? "" : "s");
    return CA_EXIT_DONE;
}

static int run_history_import(struct ca_cli *cli, const struct ca_args *args)
{
    return import(cli, args, true);
}

static int run_indicator_import(struct ca_cli *cli, const struct ca_args *args)
{
    return import(cli, args, false);
}

const struct ca_verb ca_verb_history_import = {
    .name = "history import",
    .operands = "CSV",
    .summary = "Add counts of grades from before the store: template,period,grade,count",
    .example = "caseaudit history import history.csv",
    .options = no_options,
    .least = 1,
    .most = 1,
    .run = run_history_import,
};

const struct ca_verb ca_verb_indicator_import = {
    .name = "indicator import",
    .operands = "CSV",
    .summary = "Add figures from elsewhere: indicator,label,period,numerator,denominator,"
               "value,polarity,footnote",
    .example = "caseaudit indicator import indicators.csv",
    .options = no_options,
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
    if (!row->is_ratio) {
        ca_buffer_puts(out, ca_decimal_short(row->value, 3, text));
        return;
    }
    ca_buffer_printf(out, "%lld of %lld", (long long)row->numerator,
                     (long long)row->denominator);
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
    ca_table_cell(show->table, row->footnote);
    ca_buffer_free(&figure);
    show->last = *row;
    show->last.id = ca_arena_strdup(show->arena, row->id);
    show->count++;
    return true;
}

static int show(struct ca_cli *cli, const struct ca_args *args)
{
    static const char *const headings[] = {"INDICATOR", "PERIOD",  ">FIGURE",
                                           "WENT",      "GOOD IS", "NOTE"};
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
        ca_remark(cli, "no indicator has been imported yet");
    ca_arena_free(show.arena);
    ca_store_close(store);
    return status;
}

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
