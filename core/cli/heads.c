/* Heads and the keys that they are signed with, as files and people have them; and a store that
 * remembers what was printed. */
#include "core/cli/heads.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>

#include "core/base/array.h"
#include "core/base/file.h"
#include "core/base/json.h"
#include "core/cli/apart.h"
#include "core/cli/store_access.h"

/* What a locked process reads. */
struct words {
    const char *bytes;
    size_t length;
};

/* ---- keys ---- */

static void read_key_there(void *context, struct ca_buffer *out)
{
    const size_t word = strlen(CA_KEY_WORD " ");
    const struct words *words = context;
    struct ca_buffer line = {0};
    uint8_t seed[CA_KEY_SIZE];
    size_t length = words->length;

    while (length > 0 && strchr("\r\n \t", words->bytes[length - 1]) != NULL)
        length--;
    ca_buffer_add(&line, words->bytes, length);
    if (length == word + 2 * sizeof seed && strlen(line.data) == length &&
        strncmp(line.data, CA_KEY_WORD " ", word) == 0 &&
        ca_hex_read(line.data + word, seed, sizeof seed))
        ca_buffer_add(out, (const char *)seed, sizeof seed);
    ca_buffer_free(&line);
}

/* No copy of it stays in memory. */
static void forget(struct ca_buffer *secret)
{
    if (secret->data != NULL)
        explicit_bzero(secret->data, secret->length);
    ca_buffer_free(secret);
}

enum ca_code ca_key_read(const char *path, uint8_t seed[CA_KEY_SIZE], struct ca_error *error)
{
    struct ca_buffer bytes = {0}, answer = {0};
    struct stat status;
    enum ca_code code;

    if (stat(path, &status) == 0 && (status.st_mode & 077) != 0)
        return ca_fail(error, CA_ERROR_USAGE,
                       "the key '%s' can be read by others; take that from them first (chmod "
                       "600)",
                       path);
    code = ca_file_read(path, 4096, &bytes, error);
    if (code == CA_OK)
        code = ca_cli_apart(read_key_there, &(struct words){bytes.data, bytes.length}, &answer,
                            error);
    if (code == CA_OK && answer.length != CA_KEY_SIZE)
        code = ca_fail(error, CA_ERROR_USAGE,
                       "'%s' is no key; 'caseaudit store key FILE' makes one", path);
    if (code == CA_OK)
        memcpy(seed, answer.data, CA_KEY_SIZE);
    forget(&bytes);
    forget(&answer);
    return code;
}

/* ---- heads ---- */

/* Up to the first line that is none. */
static void read_heads_there(void *context, struct ca_buffer *out)
{
    const struct words *words = context;
    const char *at = words->bytes, *end = at + words->length, *stop;
    struct ca_buffer line = {0};
    struct ca_head head;
    bool good = true;

    for (; good && at < end; at = stop + 1) {
        stop = memchr(at, '\n', (size_t)(end - at));
        if (stop == NULL)
            stop = end;
        ca_buffer_clear(&line);
        ca_buffer_add(&line, at, (size_t)(stop - at));
        good = ca_head_read(line.data, &head);
        ca_pack_int(out, good);
        if (good)
            ca_head_pack(&head, out);
        if (stop == end)
            break;
    }
    ca_buffer_free(&line);
}

enum ca_code ca_heads_read(const char *lines, size_t length, struct ca_head **heads,
                           size_t *count, struct ca_error *error)
{
    struct ca_buffer answer = {0};
    enum ca_code code =
        ca_cli_apart(read_heads_there, &(struct words){lines, length}, &answer, error);
    struct ca_unpack in = {answer.data, answer.data + answer.length, true};
    struct ca_head head;

    while (code == CA_OK && in.at < in.end)
        if (ca_unpack_range(&in, 0, 1) != 0 && ca_head_unpack(&in, &head))
            *CA_APPEND(*heads, *count) = head;
        else
            code = ca_fail(error, CA_ERROR_DATA, "a line is no head");
    ca_buffer_free(&answer);
    return code;
}

/* ---- what was printed ---- */

struct ca_store *ca_cli_store_to_note(const struct ca_cli *cli)
{
    struct ca_store *store = ca_cli_store_if_writable(cli);

    return store != NULL ? store : ca_cli_store(cli, CA_STORE_READ);
}

void ca_cli_note_copy(const struct ca_cli *cli, struct ca_store *store, const char *kind,
                      const char *path, const struct ca_head *head)
{
    char *real = realpath(path, NULL);
    struct ca_buffer detail = {0}, line = {0};
    struct ca_error error;

    ca_head_write(&line, head);
    puts(line.data);
    ca_json_open(&detail, '{');
    ca_json_key_integer(&detail, "entries", head->entries);
    ca_json_key_string(&detail, "hash", head->hash);
    ca_json_close(&detail, '}');
    if (ca_store_note(store, kind, real != NULL ? real : path, detail.data, &error) != CA_OK ||
        ca_store_keep_head(store, head, &error) != CA_OK)
        ca_remark(cli, "the store could not note that this copy was made: %s", error.message);
    ca_buffer_free(&detail);
    ca_buffer_free(&line);
    free(real);
}
