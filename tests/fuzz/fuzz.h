#ifndef CA_TESTS_FUZZ_H
#define CA_TESTS_FUZZ_H

#include <stddef.h>
#include <stdint.h>

#include "core/store/store.h"
#include "core/work/scorer.h"

/*
 * A fuzz target is a program with one function, which is handed bytes as a stranger might
 * have written them, and comes back whatever they are. Built as usual it replays the files
 * and folders that it is given (replay.c); built with --enable-fuzzing, libFuzzer makes up
 * the bytes, and keeps those that reach code which others did not.
 */
int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

/* The frameworks that were built ($PLUGIN_DIR); and the templates of samples/ ($srcdir), read.
 * Both are made once and never freed. */
struct ca_registry *fuzz_registry(void);
struct ca_catalogue *fuzz_samples(void);
/* Each of these templates, from 0; NULL behind the last. */
const struct ca_template *fuzz_sample(size_t i);

/* A store that has these templates, for the whole run, in a folder that goes with it. */
struct ca_store *fuzz_store(void);

/* Several inputs in one: what lies before, between and behind zero bytes. The last part has
 * all that remains. Parts that are not there are empty. */
struct fuzz_part {
    const char *bytes;
    size_t length;
};
void fuzz_split(const uint8_t *data, size_t size, struct fuzz_part *parts, size_t count);

/* The whole input as a text; to be freed. */
char *fuzz_text(const uint8_t *data, size_t size);

/* Scores a return by the templates of the catalogue, and writes what came of it in each
 * format. */
void fuzz_score(struct ca_catalogue *catalogue, const char *bytes, size_t length);

#endif
