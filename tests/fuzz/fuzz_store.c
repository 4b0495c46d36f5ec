/* A file, as a store of somebody else: opened to be read, checked, and added up. */
#include "tests/fuzz/fuzz.h"

#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <unistd.h>

#include "core/store/query.h"
#include "core/store/store.h"

static void hear(void *context, bool fault, const char *sentence)
{
    (void)fault;
    *(size_t *)context += strlen(sentence);
}

static bool see(void *context, const struct ca_tally *tally)
{
    *(size_t *)context += tally->audit_date != CA_NO_DATE;
    return true;
}

static void read_store(struct ca_store *store)
{
    struct ca_arena *arena = ca_arena_new();
    struct ca_query query = {.from = CA_NO_DATE, .to = CA_NO_DATE};
    struct ca_stored_template *templates;
    struct ca_error error;
    size_t count, seen = 0;

    if (ca_store_templates(store, &query, arena, &templates, &count, &error) == CA_OK)
        ca_store_each_tally(store, templates, count, CA_NO_DATE, CA_NO_DATE, see, &seen,
                            &error);
    ca_store_check(store, NULL, 0, hear, &seen, &error);
    ca_arena_free(arena);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    char folder[] = "/tmp/fuzz-store-XXXXXX", path[64];
    struct ca_store *store;
    struct ca_error error;
    int file;

    if (mkdtemp(folder) == NULL)
        abort();
    snprintf(path, sizeof path, "%s/store.db", folder);
    file = open(path, O_WRONLY | O_CREAT | O_CLOEXEC, 0600);
    if (file < 0 || write(file, data, size) != (ssize_t)size)
        abort();
    close(file);
    if (ca_store_open(path, CA_STORE_READ, "fuzz", &store, &error) == CA_OK) {
        read_store(store);
        ca_store_close(store);
    }
    unlink(path);
    rmdir(folder);
    return 0;
}
