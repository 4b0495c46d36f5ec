/* The spreadsheet that a command is given. */
#include "core/cli/sheet_operand.h"

#include "core/base/decimal.h"
#include "core/base/file.h"
#include "core/cli/cli.h"

bool ca_sheet_asked(const struct ca_args *args, struct ca_sheet_options *out)
{
    const char *row = ca_args_get(args, "header-row", NULL);
    const char *separator = ca_args_get(args, "separator", NULL);
    int64_t number = 0;

    *out = (struct ca_sheet_options){.name = ca_args_get(args, "sheet", NULL)};
    if (row != NULL && !ca_integer_parse(row, 1, INT32_MAX, &number))
        (void)ca_misused(args->verb, "--header-row '%s' is no row; it is a whole number from 1",
                         row);
    else if (separator != NULL && !ca_sheet_separator(separator, &out->separator))
        (void)ca_misused(args->verb,
                         "--separator cannot be '%s'; it is comma, semicolon, tab, pipe or one "
                         "character",
                         separator);
    else {
        out->header_row = (int)number;
        return true;
    }
    return false;
}

bool ca_read_whole(const char *file, size_t limit, struct ca_diags *diags,
                   struct ca_buffer *bytes)
{
    struct ca_error error;

    if (ca_file_read(file, limit, bytes, &error) == CA_OK)
        return true;
    ca_diags_add(diags, CA_ERROR, CA_FAULT_FILE, 1, 1, NULL, "%s", error.message);
    return false;
}
