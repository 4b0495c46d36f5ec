/* A return, by the templates of the samples: read, scored, and written in every format. */
#include "tests/fuzz/fuzz.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    fuzz_score(fuzz_samples(), (const char *)data, size);
    return 0;
}
