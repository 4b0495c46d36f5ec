/* Who sees what; docs/keeping.md, section 2, has the same table, and a test holds them
 * together. */
#include "core/cli/access_table.h"

#include <stddef.h>

#include "core/cli/table.h"

void ca_access_print(void)
{
    static const char *const headings[] = {"OUTPUT",   "CASE, RETURN ID", "AUDITOR",
                                           "EVIDENCE", "FINDINGS",        "SMALL COUNTS"};
    static const char *const rows[][6] = {
        {"the store's files, backups, exports", "yes", "yes", "yes", "yes", "yes"},
        {"audit list", "yes", "yes", "no", "no", "-"},
        {"audit show, audit export", "yes", "yes", "yes", "yes", "-"},
        {"audit history", "yes", "yes", "no", "no", "-"},
        {"action list", "yes", "owner", "the action's text", "no", "-"},
        {"ledger", "return id", "no", "no", "no", "-"},
        {"summary --audience operational", "of alerts and overdue actions", "no", "no",
         "counted", "yes"},
        {"summary --audience executive", "no", "no", "no", "counted", "yes"},
        {"summary --audience public", "no", "no", "no", "counted", "withheld"},
        {"moderation", "no", "no", "no", "no", "yes"},
        {"moderation --by auditor", "no", "yes", "no", "no", "yes"},
        {"moderation next", "yes", "yes", "no", "no", "-"},
        {"followup list", "yes", "no", "no", "no", "-"},
        {"sample draw, show, verify", "case", "no", "no", "no", "-"},
        {"sample status, allocate", "yes", "yes", "no", "no", "-"},
        {"sample list", "no", "no", "no", "no", "-"},
        {"action list --by owner", "no", "owner", "no", "no", "yes"},
        {"views v_...", "yes", "yes", "texts of findings and actions", "yes", "yes"}};
    struct ca_table *table = ca_table_new(headings, sizeof headings / sizeof *headings);

    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
        ca_table_row(table);
        for (size_t k = 0; k < 6; k++)
            ca_table_cell(table, rows[i][k]);
    }
    ca_table_print(table);
}
