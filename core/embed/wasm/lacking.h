#ifndef CA_EMBED_LACKING_H
#define CA_EMBED_LACKING_H

#include <stddef.h>

/* What the C library of WebAssembly does not have. Every file that is compiled for pages sees it,
 * and has these names in the place of those that are missing (wasm.mk). */

void ca_qsort_r(void *items, size_t count, size_t size,
                int (*compare)(const void *a, const void *b, void *context), void *context);

#endif
