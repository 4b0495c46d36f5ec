/* A spreadsheet of figures: as history and as indicators, for a store that has the templates
 * of the samples. */
#include "tests/fuzz/fuzz.h"

#include "core/cli/figures_csv.h"

#include <stdio.h>
#include <stdlib.h>
#include <unistd.h>

/* A store for the whole run, in a folder that goes with it. */
static struct ca_store *store;
static char folder[] = "/tmp/fuzz-figures-XXXXXX";

static void load_templates(void)
{
    const struct ca_template *t;

    for (size_t i = 0; (t = fuzz_sample(i)) != NULL; i++) {
        enum ca_loaded outcome;
        struct ca_error error;
        if (ca_store_load_template(store, t, t->id, strlen(t->id), &outcome, &error) != CA_OK)
            abort();
    }
}

static void remove_store(void)
{
    static const char *const names[] = {"store.db", "store.db-wal", "store.db-shm",
                                        "store.head"};
    char path[64];

    ca_store_close(store);
    for (size_t i = 0; i < sizeof names / sizeof *names; i++) {
        snprintf(path, sizeof path, "%s/%s", folder, names[i]);
        unlink(path);
    }
    rmdir(folder);
}

static struct ca_store *open_store(void)
{
    char path[64];
    struct ca_error error;

    if (store != NULL)
        return store;
    if (mkdtemp(folder) == NULL)
        abort();
    snprintf(path, sizeof path, "%s/store.db", folder);
    if (ca_store_open(path, CA_STORE_CREATE, "fuzz", &store, &error) != CA_OK)
        abort();
    atexit(remove_store);
    load_templates();
    return store;
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    struct ca_sheet_options options = {0};
    struct ca_arena *arena = ca_arena_new();
    struct ca_diags diags;
    struct ca_figures_check check = {.store = open_store(),
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
