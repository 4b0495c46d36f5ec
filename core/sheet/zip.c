/* The files within a zip file that is in memory. */
#include "core/sheet/zip.h"

#include <stdint.h>
#include <string.h>
#include <strings.h>

#include <zlib.h>

#include "core/base/arena.h"

/* Names, sizes and places are those of PKWARE's APPNOTE, sections 4.3.7, 4.3.12 and 4.3.16. */
enum {
    LOCAL_SIZE = 30,
    ENTRY_SIZE = 46,
    END_SIZE = 22,
    LONGEST_COMMENT = 65535,
    MOST_ENTRIES = 10000,
    STORED = 0,
    DEFLATED = 8,
    ENCRYPTED = 1
};

static uint32_t number(const char *bytes, size_t size)
{
    uint32_t n = 0;

    for (size_t i = size; i-- > 0;)
        n = n << 8 | (unsigned char)bytes[i];
    return n;
}

static enum ca_code damaged(struct ca_error *error)
{
    return ca_fail(error, CA_ERROR_DATA, "the file is damaged, or was not copied whole");
}

/* ---- the table of contents ---- */

struct entry {
    const char *name;
    size_t name_length;
    unsigned flags, method;
    size_t packed, unpacked;
    uint32_t crc;
    size_t at; /* of its local header */
};

/* Reads the entry at *at, which moves to the next; false if it does not fit. */
static bool read_entry(const struct ca_zip *zip, size_t *at, struct entry *out)
{
    const char *p = zip->bytes + *at;
    size_t rest = zip->length - *at, size;

    if (rest < ENTRY_SIZE || memcmp(p, "PK\1\2", 4) != 0)
        return false;
    size = (size_t)ENTRY_SIZE + number(p + 28, 2) + number(p + 30, 2) + number(p + 32, 2);
    if (rest < size)
        return false;
    *out = (struct entry){.name = p + ENTRY_SIZE,
                          .name_length = number(p + 28, 2),
                          .flags = number(p + 8, 2),
                          .method = number(p + 10, 2),
                          .crc = number(p + 16, 4),
                          .packed = number(p + 20, 4),
                          .unpacked = number(p + 24, 4),
                          .at = number(p + 42, 4)};
    *at += size;
    return true;
}

/* How many have that name, and the first of them. */
static size_t find(const struct ca_zip *zip, const char *name, struct entry *out)
{
    size_t at = zip->directory, length = strlen(name), found = 0;
    struct entry entry;

    for (size_t i = 0; i < zip->entries && read_entry(zip, &at, &entry); i++)
        if (entry.name_length == length && strncasecmp(entry.name, name, length) == 0 &&
            found++ == 0)
            *out = entry;
    return found;
}

enum ca_code ca_zip_open(const char *bytes, size_t length, struct ca_zip *zip,
                         struct ca_error *error)
{
    size_t least =
        length > END_SIZE + LONGEST_COMMENT ? length - END_SIZE - LONGEST_COMMENT : 0;
    size_t at = length >= END_SIZE ? length - END_SIZE + 1 : 0;
    struct entry entry;

    while (at > least)
        if (memcmp(bytes + --at, "PK\5\6", 4) == 0) {
            struct ca_zip found = {bytes, length, number(bytes + at + 16, 4),
                                   number(bytes + at + 10, 2)};
            size_t place = found.directory;
            if (found.directory > at ||
                (found.entries > 0 && !read_entry(&found, &place, &entry)))
                continue;
            if (found.entries > MOST_ENTRIES)
                return ca_fail(error, CA_ERROR_LIMIT, "there are more than %d files in it",
                               MOST_ENTRIES);
            *zip = found;
            return CA_OK;
        }
    return damaged(error);
}

bool ca_zip_has(const struct ca_zip *zip, const char *name)
{
    struct entry entry;

    return find(zip, name, &entry) > 0;
}

/* ---- one file ---- */

/* Inflates into out, which has room for all that the entry says, and not a byte more. */
static bool inflate_all(const char *packed, const struct entry *entry, struct ca_buffer *out)
{
    z_stream stream = {.next_in = (unsigned char *)(uintptr_t)packed,
                       .avail_in = (uInt)entry->packed,
                       .next_out = (unsigned char *)ca_buffer_reserve(out, entry->unpacked),
                       .avail_out = (uInt)entry->unpacked};
    int result;

    if (inflateInit2(&stream, -MAX_WBITS) != Z_OK)
        ca_out_of_memory();
    result = inflate(&stream, Z_FINISH);
    out->length += entry->unpacked - stream.avail_out;
    out->data[out->length] = '\0';
    (void)inflateEnd(&stream);
    return result == Z_STREAM_END && stream.avail_out == 0;
}

static bool unpack(const char *packed, const struct entry *entry, struct ca_buffer *out)
{
    if (entry->method == STORED && entry->packed == entry->unpacked)
        ca_buffer_add(out, packed, entry->packed);
    else if (entry->method != DEFLATED || !inflate_all(packed, entry, out))
        return false;
    return crc32(0, (const unsigned char *)out->data, (uInt)out->length) == entry->crc;
}

enum ca_code ca_zip_read(const struct ca_zip *zip, const char *name, size_t limit,
                         struct ca_buffer *out, struct ca_error *error)
{
    const char *local;
    struct entry entry = {0};
    size_t start, found = find(zip, name, &entry);

    ca_buffer_clear(out);
    if (found == 0)
        return ca_fail(error, CA_ERROR_NOT_FOUND, "there is no '%s' in it", name);
    if (found > 1)
        return ca_fail(error, CA_ERROR_DATA,
                       "there is more than one '%s' in it, and programs "
                       "differ in which they show",
                       name);
    if ((entry.flags & ENCRYPTED) != 0)
        return ca_fail(error, CA_ERROR_DATA, "it is encrypted");
    if (entry.unpacked > limit)
        return ca_fail(error, CA_ERROR_LIMIT, "'%s' in it is larger than the limit of %zu MiB",
                       name, limit / (1024 * 1024));
    if (entry.at > zip->length || zip->length - entry.at < LOCAL_SIZE)
        return damaged(error);
    local = zip->bytes + entry.at;
    start = entry.at + LOCAL_SIZE + number(local + 26, 2) + number(local + 28, 2);
    if (memcmp(local, "PK\3\4", 4) != 0 || start > zip->length ||
        zip->length - start < entry.packed || !unpack(zip->bytes + start, &entry, out))
        return damaged(error);
    return CA_OK;
}
