#ifndef CA_CLI_FIGURES_CSV_H
#define CA_CLI_FIGURES_CSV_H

#include "core/base/diag.h"
#include "core/sheet/sheet.h"
#include "core/store/store.h"

/*
 * Figures in a spreadsheet's rows: all of them are checked, and every fault is told with row
 * and column, before the first is stored. False if there was a fault. Rows live in the
 * arena of diags. templates are those in the store, whose grades history may name.
 */
struct ca_figures_check {
    struct ca_store *store;
    int year_start;
    ca_date today; /* periods that begin later are refused; CA_NO_DATE: none is */
    bool replace;  /* another label or polarity of an indicator is meant */
    bool again;    /* as it was let in before: nothing is held against the store */
    struct ca_diags *diags;
};

bool ca_history_read(const struct ca_figures_check *check, const struct ca_sheet *all,
                     struct ca_history **rows, size_t *count);
bool ca_indicators_read(const struct ca_figures_check *check, const struct ca_sheet *all,
                        struct ca_indicator **rows, size_t *count);

#endif
