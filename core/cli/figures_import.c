/* Figures that come from elsewhere, from a spreadsheet into the store. */
#include "core/cli/figures_import.h"

#include "core/base/file.h"
#include "core/cli/figures_csv.h"
#include "core/cli/sheet_operand.h"
#include "core/cli/store_access.h"
#include "core/work/sheet_apart.h"

enum { CSV_LIMIT = 16 * 1024 * 1024 };

static enum ca_code import_history(const struct ca_figures_check *check,
                                   const struct ca_sheet *sheet, const struct ca_buffer *bytes,
                                   size_t *count, struct ca_error *error)
{
    struct ca_history *rows;

    if (!ca_history_read(check, sheet, &rows, count))
        return ca_fail(error, CA_ERROR_DATA, "nothing of the file was stored");
    return ca_store_import_history(check->store, rows, *count, bytes->data, bytes->length,
                                   error);
}

static enum ca_code import_indicators(const struct ca_figures_check *check,
                                      const struct ca_sheet *sheet,
                                      const struct ca_buffer *bytes, size_t *count,
                                      struct ca_error *error)
{
    struct ca_indicator *rows;

    if (!ca_indicators_read(check, sheet, &rows, count))
        return ca_fail(error, CA_ERROR_DATA, "nothing of the file was stored");
    return ca_store_import_indicators(check->store, rows, *count, bytes->data, bytes->length,
                                      error);
}

/* What is kept is the file as it is, or what can be read again without being told how. */
static enum ca_code import(const struct ca_figures_check *check,
                           const struct ca_figures_wanted *wanted,
                           const struct ca_buffer *bytes, size_t *count, struct ca_error *error)
{
    const struct ca_sheet_options *how = &wanted->sheet;
    struct ca_buffer written = {0};
    struct ca_sheet sheet;
    enum ca_code code;

    if (!ca_sheet_read_apart(check->diags->arena, bytes->data, bytes->length, how, &sheet,
                             check->diags))
        return ca_fail(error, CA_ERROR_DATA, "nothing of the file was stored");
    if (how->header_row != 0 || how->separator != '\0' || how->name != NULL) {
        ca_sheet_write(&sheet, &written);
        bytes = &written;
    }
    code = wanted->history ? import_history(check, &sheet, bytes, count, error)
                           : import_indicators(check, &sheet, bytes, count, error);
    ca_buffer_free(&written);
    return code;
}

enum ca_code ca_cli_import_figures(const struct ca_cli *cli, struct ca_store *store,
                                   const struct ca_figures_wanted *wanted, const char *file,
                                   const struct ca_buffer *bytes, size_t *count,
                                   struct ca_error *error)
{
    struct ca_arena *arena = ca_arena_new();
    struct ca_diags diags;
    struct ca_figures_check check = {.store = store,
                                     .today = wanted->future ? CA_NO_DATE : cli->today,
                                     .replace = wanted->replace,
                                     .again = wanted->again,
                                     .diags = &diags};
    enum ca_code code = ca_cli_year_start(store, &check.year_start, error);

    ca_diags_init(&diags, arena);
    if (code == CA_OK)
        code = import(&check, wanted, bytes, count, error);
    ca_diags_tell_rest(&diags);
    ca_diags_sort(&diags);
    ca_print_diags(cli, file, &diags);
    ca_arena_free(arena);
    return code;
}

int ca_run_import(struct ca_cli *cli, const struct ca_args *args, bool history)
{
    const char *file = args->operands[0];
    struct ca_figures_wanted wanted = {.history = history,
                                       .replace = ca_args_has(args, "replace"),
                                       .future = ca_args_has(args, "allow-future")};
    struct ca_buffer bytes = {0};
    struct ca_store *store;
    struct ca_error error;
    size_t count = 0;
    enum ca_code code;

    if (!ca_sheet_asked(args, &wanted.sheet))
        return CA_EXIT_USAGE;
    if (ca_file_read(file, CSV_LIMIT, &bytes, &error) != CA_OK) {
        ca_complain_of(file, "%s", error.message);
        ca_buffer_free(&bytes);
        return CA_EXIT_REFUSED;
    }
    store = ca_cli_store(cli, CA_STORE_WRITE);
    code = store == NULL
               ? CA_ERROR_STORE
               : ca_cli_import_figures(cli, store, &wanted, file, &bytes, &count, &error);
    ca_store_close(store);
    ca_buffer_free(&bytes);
    if (store == NULL)
        return CA_EXIT_FAILED;
    if (code != CA_OK)
        return ca_cli_store_failed(&error);
    printf("%zu row%s imported\n", count, count == 1 ? "" : "s");
    return CA_EXIT_DONE;
}

#define FUTURE_OPTION                                                                          \
    {                                                                                          \
        "allow-future", 0, NULL, false, "periods that have not begun yet are meant"            \
    }

const struct ca_option_row ca_history_import_options[] = {
    CA_SHEET_OPTIONS, FUTURE_OPTION, {NULL, 0, NULL, false, NULL}};
const struct ca_option_row ca_indicator_import_options[] = {
    {"replace", 0, NULL, false, "another label or polarity of an indicator is meant"},
    CA_SHEET_OPTIONS,
    FUTURE_OPTION,
    {NULL, 0, NULL, false, NULL}};
