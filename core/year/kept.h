#ifndef CA_YEAR_KEPT_H
#define CA_YEAR_KEPT_H

#include "core/sheet/sheet.h"
#include "core/store/query.h"
#include "core/store/sample.h"

/*
 * Columns of a case list that are kept for the cases' returns. One that is named as an
 * attribute of the template, by id or label, becomes that attribute: what it says must be a
 * value of it.
 */
struct ca_kept {
    struct ca_arena *arena;
    const struct ca_sheet *sheet;
    const struct ca_stored_template *template; /* the version in force on the day of the draw */
    const size_t *columns;                     /* where they are, as many as names */
    const char *const *names;
    size_t count;
};

/* What is kept of a row, in the order of the columns, then NULL: as it would stand in a return.
 * Faults are told by row and column. */
const char *const *ca_kept_read(const struct ca_kept *kept, const struct ca_sheet_row *row,
                                struct ca_diags *diags);

/* Of a template's versions by effective date, the one in force on a day, or else the newest. */
const struct ca_stored_template *ca_version_in_force(const struct ca_stored_template *versions,
                                                     size_t count, ca_date on);

#endif
