/* A template, a zero byte, and a return by it. */
#include "tests/fuzz/fuzz.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    struct ca_catalogue *catalogue = ca_catalogue_new(fuzz_registry(), NULL);
    struct ca_arena *arena = ca_arena_new();
    struct fuzz_part parts[2];
    struct ca_diags diags;

    fuzz_split(data, size, parts, 2);
    ca_diags_init(&diags, arena);
    if (ca_catalogue_add(catalogue, "template.xml", parts[0].bytes, parts[0].length, &diags) !=
        NULL)
        fuzz_score(catalogue, parts[1].bytes, parts[1].length);
    ca_arena_free(arena);
    ca_catalogue_free(catalogue);
    return 0;
}
