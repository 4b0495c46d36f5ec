/* An export in one file: a tar, written and read. */
#include "core/cli/archive.h"

#include <errno.h>
#include <stddef.h>
#include <string.h>
#include <time.h>

#include "core/base/buffer.h"
#include "core/base/file.h"
#include "core/base/reason.h"

enum { BLOCK = 512, PIECE = 64 * 1024, LONGEST_NAME = 100 };

/* A size has eleven octal digits. */
static const long long MOST_BYTES = 077777777777;

/* The fields of a header that are not empty. */
struct header {
    char name[LONGEST_NAME];
    char mode[8], owner[8], group[8], size[12], time[12], sum[8];
    char type, linked[100], magic[6], version[2];
    char rest[BLOCK - 265];
};

_Static_assert(sizeof(struct header) == BLOCK, "a header is one block");

/* Of all bytes, with blanks where it stands. */
static unsigned sum_of(const struct header *header)
{
    const unsigned char *bytes = (const unsigned char *)header;
    const size_t begin = offsetof(struct header, sum), end = begin + sizeof header->sum;
    unsigned sum = 0;

    for (size_t i = 0; i < sizeof *header; i++)
        sum += i >= begin && i < end ? ' ' : bytes[i];
    return sum;
}

/* ---- writing ---- */

/* As many digits as there is room for, but for the zero behind them. */
static void put_octal(char *to, size_t room, unsigned long long number)
{
    to[room - 1] = '\0';
    for (size_t i = room - 1; i-- > 0; number >>= 3)
        to[i] = (char)('0' + (number & 7));
}

static bool add_header(FILE *archive, const char *name, long long length)
{
    struct header header = {.type = '0', .magic = "ustar", .version = {'0', '0'}};

    if (strlen(name) >= sizeof header.name || length > MOST_BYTES) {
        errno = EFBIG;
        return false;
    }
    memcpy(header.name, name, strlen(name));
    put_octal(header.mode, sizeof header.mode, 0600);
    put_octal(header.owner, sizeof header.owner, 0);
    put_octal(header.group, sizeof header.group, 0);
    put_octal(header.size, sizeof header.size, (unsigned long long)length);
    put_octal(header.time, sizeof header.time, (unsigned long long)time(NULL));
    put_octal(header.sum, sizeof header.sum - 1, sum_of(&header));
    header.sum[sizeof header.sum - 1] = ' ';
    return fwrite(&header, sizeof header, 1, archive) == 1;
}

/* What is missing to a whole block. */
static bool fill_block(FILE *archive, long long length)
{
    static const char zeros[BLOCK];
    const size_t missing = (size_t)((BLOCK - length % BLOCK) % BLOCK);

    return fwrite(zeros, 1, missing, archive) == missing;
}

bool ca_archive_add(FILE *archive, const char *name, const void *bytes, size_t length)
{
    return add_header(archive, name, (long long)length) &&
           (length == 0 || fwrite(bytes, 1, length, archive) == length) &&
           fill_block(archive, (long long)length);
}

bool ca_archive_add_file(FILE *archive, const char *name, FILE *from)
{
    char piece[PIECE];
    long long length = fseeko(from, 0, SEEK_END) == 0 ? (long long)ftello(from) : -1;
    long long left = length;
    bool good =
        length >= 0 && fseeko(from, 0, SEEK_SET) == 0 && add_header(archive, name, length);

    while (good && left > 0) {
        size_t got = fread(piece, 1, sizeof piece, from);
        good = got > 0 && (long long)got <= left && fwrite(piece, 1, got, archive) == got;
        left -= (long long)got;
    }
    return good && fill_block(archive, length);
}

bool ca_archive_end(FILE *archive)
{
    static const char zeros[2 * BLOCK];

    return fwrite(zeros, sizeof zeros, 1, archive) == 1;
}

/* ---- reading ---- */

/* -1 if it is no number. */
static long long take_octal(const char *from, size_t room)
{
    long long number = 0;
    size_t i = 0;

    for (; i < room && from[i] >= '0' && from[i] <= '7'; i++)
        number = number * 8 + (from[i] - '0');
    return i > 0 && i < room && (from[i] == '\0' || from[i] == ' ') ? number : -1;
}

/* Exactly what an export has: no way leads out of the folder. */
static bool is_of_export(const char *name)
{
    static const char documents[] = "documents/";
    const char *digits = name + strlen(documents), *end;

    if (strcmp(name, "changes.ndjson") == 0 || strcmp(name, "heads") == 0)
        return true;
    if (strncmp(name, documents, strlen(documents)) != 0)
        return false;
    end = digits + strspn(digits, "0123456789");
    return end > digits && (strcmp(end, ".xml") == 0 || strcmp(end, ".csv") == 0);
}

static bool is_header(const struct header *header)
{
    return memchr(header->name, '\0', sizeof header->name) != NULL && header->type == '0' &&
           memcmp(header->magic, "ustar", sizeof header->magic) == 0 &&
           take_octal(header->sum, sizeof header->sum) == (long long)sum_of(header) &&
           is_of_export(header->name);
}

static bool copy(FILE *archive, FILE *to, long long left)
{
    char piece[PIECE];

    while (left > 0) {
        size_t wanted = left < PIECE ? (size_t)left : PIECE;
        if (fread(piece, 1, wanted, archive) != wanted ||
            fwrite(piece, 1, wanted, to) != wanted)
            return false;
        left -= (long long)wanted;
    }
    return true;
}

static enum ca_code unpack_file(FILE *archive, const struct header *header, const char *folder,
                                struct ca_error *error)
{
    const long long size = take_octal(header->size, sizeof header->size);
    const long long padding = (BLOCK - size % BLOCK) % BLOCK;
    struct ca_buffer path = {0};
    bool good = size >= 0;
    FILE *file;

    if (!good)
        return ca_fail(error, CA_ERROR_DATA, "the size of '%s' is no number", header->name);
    ca_buffer_printf(&path, "%s/%s", folder, header->name);
    file = ca_file_new(path.data);
    good = file != NULL && copy(archive, file, size);
    good = (file == NULL || fclose(file) == 0) && good;
    ca_buffer_free(&path);
    if (feof(archive) || (good && fseeko(archive, padding, SEEK_CUR) != 0))
        return ca_fail(error, CA_ERROR_DATA, "it ends within '%s'", header->name);
    return good ? CA_OK
                : ca_fail(error, CA_ERROR_IO, "cannot unpack '%s': %s", header->name,
                          ca_reason(errno));
}

static enum ca_code unpack(FILE *archive, const char *folder, struct ca_error *error)
{
    static const char nothing[BLOCK];
    struct header header;
    enum ca_code code = CA_OK;

    while (code == CA_OK) {
        if (fread(&header, sizeof header, 1, archive) != 1)
            return ca_fail(error, CA_ERROR_DATA, "its end is missing");
        if (memcmp(&header, nothing, sizeof nothing) == 0)
            return CA_OK;
        if (!is_header(&header))
            return ca_fail(error, CA_ERROR_DATA, "it holds what no backup of a store does");
        code = unpack_file(archive, &header, folder, error);
    }
    return code;
}

enum ca_code ca_archive_unpack(const char *path, const char *folder, struct ca_error *error)
{
    FILE *archive = fopen(path, "rb");
    struct ca_buffer documents = {0};
    struct ca_error why;
    enum ca_code code;

    if (archive == NULL)
        return ca_fail(error, CA_ERROR_IO, "cannot read '%s': %s", path, ca_reason(errno));
    ca_buffer_printf(&documents, "%s/documents", folder);
    code = ca_folder_new(documents.data)
               ? unpack(archive, folder, &why)
               : ca_fail(&why, CA_ERROR_IO, "no room beside it: %s", ca_reason(errno));
    if (code != CA_OK)
        (void)ca_fail(error, code, "'%s' cannot be unpacked: %s", path, why.message);
    ca_buffer_free(&documents);
    (void)fclose(archive);
    return code;
}
