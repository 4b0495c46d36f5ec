#ifndef CA_CLI_SHEET_OPERAND_H
#define CA_CLI_SHEET_OPERAND_H

#include "core/base/buffer.h"
#include "core/cli/args.h"
#include "core/sheet/sheet.h"

/* The options by which every verb that takes a spreadsheet is told how to read it. */
#define CA_SHEET_OPTIONS                                                                       \
    {"header-row", 0, "N", false, "the headings stand in row N, below a title"},               \
        {"separator", 0, "CHARACTER", false, "what is between a CSV file's cells, or 'tab'"},  \
    {                                                                                          \
        "sheet", 0, "NAME", false, "the sheet of a workbook, if not the first"                 \
    }

/* What was said by them. False, with a complaint, for what makes no sense. */
bool ca_sheet_asked(const struct ca_args *args, struct ca_sheet_options *out);

/* Reads a file of at most limit bytes whole; a fault is an error in diags. */
bool ca_read_whole(const char *file, size_t limit, struct ca_diags *diags,
                   struct ca_buffer *bytes);

#endif
