#ifndef CA_STORE_EXPORTED_H
#define CA_STORE_EXPORTED_H

#include "core/base/pack.h"
#include "core/store/chain.h"
#include "core/store/store.h"

/*
 * Lines of an export's changes.ndjson. They are JSON that anybody may have written, and so a
 * locked process reads them (ca_exported_read) and packs what they say; what it packed is
 * looked at once more where it is unpacked (ca_exported_next).
 */

/* A member of an entry's detail: a text, or an integer where text is NULL. */
struct ca_exported_member {
    const char *key, *text;
    int64_t number;
};

struct ca_exported {
    struct ca_entry entry; /* its detail as it was committed to, to the bit */
    uint8_t salt[CA_SALT_SIZE];
    const char *file;                  /* NULL */
    struct ca_exported_member *detail; /* texts and integers in it */
    size_t detail_count;
    const char *figures; /* what an erasure left, packed (erased_figures.h); NULL */
    size_t figures_length;
    const char *rows; /* what belongs to the entry besides, packed (carried_rows.h); NULL */
    size_t rows_length;
};

/* "" where there is no text by that name. */
const char *ca_exported_text(const struct ca_exported *exported, const char *key);
/* -1 where there is no integer by that name from 0 to most. */
int64_t ca_exported_number(const struct ca_exported *exported, const char *key, int64_t most);

enum { CA_EXPORTED_WHY = 256 };

/* Packs each line of bytes, whole ones only, up to the first that is no entry as this version
 * exports it, of which it packs why. */
void ca_exported_read(const char *bytes, size_t length, struct ca_buffer *out);

/* The next line that was packed, in the arena, with texts borrowed from what was packed. False
 * where it was no entry, or what is in is not as it was packed: then why says it. */
bool ca_exported_next(struct ca_unpack *in, struct ca_arena *arena, struct ca_exported *out,
                      char why[CA_EXPORTED_WHY]);

#endif
