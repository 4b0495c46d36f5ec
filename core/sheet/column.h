#ifndef CA_SHEET_COLUMN_H
#define CA_SHEET_COLUMN_H

#include "core/sheet/sheet.h"

/* The column below a heading; capitals play no part. CA_NO_COLUMN if there is none, which is a
 * fault if it is needed. That it stands above several is always one. */
size_t ca_sheet_column(struct ca_arena *arena, const struct ca_sheet *sheet,
                       const char *heading, bool needed, struct ca_diags *diags);

#endif
