/* A spreadsheet of figures: as history and as indicators, for a store that has the templates
 * of the samples. */
#include "tests/fuzz/fuzz.h"

#include "core/cli/figures_csv.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    struct ca_sheet_options options = {0};
    struct ca_arena *arena = ca_arena_new();
    struct ca_diags diags;
    struct ca_figures_check check = {.store = fuzz_store(),
                                     .year_start = 4,
                                     .today = ca_date_from_ymd(2024, 3, 31),
                                     .diags = &diags};
    struct ca_indicator *indicators;
    struct ca_history *history;
    struct ca_sheet sheet;
    size_t count;

    ca_diags_init(&diags, arena);
    if (ca_sheet_read(arena, (const char *)data, size, &options, &sheet, &diags)) {
        ca_history_read(&check, &sheet, &history, &count);
        ca_indicators_read(&check, &sheet, &indicators, &count);
    }
    ca_arena_free(arena);
    return 0;
}
