/* Lines of an export: read, and taken; and what erased audits left goes into a store, as far as
 * it fits. */
#include "tests/fuzz/fuzz.h"

#include <string.h>

#include "core/store/exported.h"

/* Never kept. */
static enum ca_code adopt(void *erasure, struct ca_error *error)
{
    (void)ca_store_adopt_erasure(fuzz_store(), erasure, error);
    return CA_ERROR_DATA;
}

static void try(const struct ca_exported *exported)
{
    struct ca_adopted_erasure erasure = {.why = ca_exported_text(exported, "why"),
                                         .template_id = ca_exported_text(exported, "template"),
                                         .version = ca_exported_text(exported, "version"),
                                         .entries = ca_exported_text(exported, "entries"),
                                         .documents = ca_exported_text(exported, "documents"),
                                         .first = ca_exported_text(exported, "first"),
                                         .counted = ca_exported_text(exported, "counted"),
                                         .figures = exported->figures,
                                         .figures_length = exported->figures_length};
    struct ca_error error;

    (void)ca_store_together(fuzz_store(), adopt, &erasure, &error);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    struct ca_arena *arena = ca_arena_new();
    struct ca_buffer packed = {0};
    struct ca_exported exported;
    char why[CA_EXPORTED_WHY];
    struct ca_unpack in;

    ca_exported_read(size > 0 ? (const char *)data : "", size, &packed);
    in = (struct ca_unpack){packed.data, packed.data + packed.length, true};
    while (in.at < in.end && ca_exported_next(&in, arena, &exported, why))
        if (exported.entry.salt != NULL && strcmp(exported.entry.kind, "erase") == 0)
            try(&exported);
    ca_buffer_free(&packed);
    ca_arena_free(arena);
    return 0;
}
