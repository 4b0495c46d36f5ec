#ifndef CA_WORK_SHEET_APART_H
#define CA_WORK_SHEET_APART_H

#include "core/sheet/sheet.h"

/*
 * ca_sheet_read, done by a locked process that is asked: a verb that takes a spreadsheet reads
 * its cells by this. What comes back are texts, of which nothing is known but that they are
 * UTF-8, and as many as there may be: what they have to say is for the caller to check.
 */
bool ca_sheet_read_apart(struct ca_arena *arena, const char *bytes, size_t length,
                         const struct ca_sheet_options *options, struct ca_sheet *out,
                         struct ca_diags *diags);

#endif
