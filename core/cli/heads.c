/* Keys that heads are signed with, and a store that remembers what was printed. */
#include "core/cli/heads.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>

#include "core/base/file.h"
#include "core/base/json.h"
#include "core/cli/store_access.h"

enum ca_code ca_key_read(const char *path, uint8_t seed[CA_KEY_SIZE], struct ca_error *error)
{
    const size_t word = strlen(CA_KEY_WORD " ");
    struct ca_buffer bytes = {0};
    struct stat status;
    enum ca_code code;
    bool good;

    if (stat(path, &status) == 0 && (status.st_mode & 077) != 0)
        return ca_fail(error, CA_ERROR_USAGE,
                       "the key '%s' can be read by others; take that from them first (chmod "
                       "600)",
                       path);
    code = ca_file_read(path, 4096, &bytes, error);
    if (code != CA_OK)
        return code;
    while (bytes.length > 0 && strchr("\r\n \t", bytes.data[bytes.length - 1]) != NULL)
        bytes.data[--bytes.length] = '\0';
    good = strncmp(bytes.data, CA_KEY_WORD " ", word) == 0 &&
           bytes.length == word + 2 * (size_t)CA_KEY_SIZE &&
           ca_hex_read(bytes.data + word, seed, CA_KEY_SIZE);
    explicit_bzero(bytes.data, bytes.length);
    ca_buffer_free(&bytes);
    return good ? CA_OK
                : ca_fail(error, CA_ERROR_USAGE,
                          "'%s' is no key; 'caseaudit store key FILE' makes one", path);
}

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
