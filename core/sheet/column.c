/* Columns of a spreadsheet, by their headings. */
#include "core/sheet/column.h"

#include "core/base/blank.h"
#include "core/base/suggest.h"

enum { COLUMNS_SHOWN = 12 };

/* The heading that may be meant, or else those there are. */
static const char *what_there_is(struct ca_arena *arena, const struct ca_sheet *sheet,
                                 const char *heading)
{
    const char *list = ca_did_you_mean(arena, heading, sheet->header, sheet->columns);
    size_t shown = 0;

    if (*list != '\0')
        return list;
    for (size_t i = 0; i < sheet->columns; i++)
        if (sheet->header[i][0] != '\0' && shown++ < COLUMNS_SHOWN)
            list = ca_arena_printf(arena, "%s%s'%s'", list, shown > 1 ? ", " : "; there are ",
                                   sheet->header[i]);
    return shown > COLUMNS_SHOWN
               ? ca_arena_printf(arena, "%s and %zu more", list, shown - COLUMNS_SHOWN)
               : list;
}

size_t ca_sheet_column(struct ca_arena *arena, const struct ca_sheet *sheet,
                       const char *heading, bool needed, struct ca_diags *diags)
{
    size_t found = CA_NO_COLUMN;

    for (size_t i = 0; i < sheet->columns; i++) {
        if (sheet->header[i][0] == '\0' || !ca_same_text(sheet->header[i], heading))
            continue;
        if (found != CA_NO_COLUMN)
            ca_sheet_fault(sheet, 0, i, diags, CA_ERROR,
                           "the heading stands in column %zu already; which of the two is "
                           "meant? Give each a heading of its own",
                           found + 1);
        else
            found = i;
    }
    if (found == CA_NO_COLUMN && needed)
        ca_sheet_fault(sheet, 0, CA_NO_COLUMN, diags, CA_ERROR, "there is no column '%s'%s",
                       heading, what_there_is(arena, sheet, heading));
    return found;
}
