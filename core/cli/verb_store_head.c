/* store head, store key, store sign: what to note elsewhere, so that nothing can change unseen.
 */
#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/random.h>
#include <unistd.h>

#include "core/base/file.h"
#include "core/cli/cli.h"
#include "core/cli/heads.h"
#include "core/cli/store_access.h"
#include "core/cli/verbs.h"
#include "core/store/query.h"
#include "core/store/signature.h"

static const struct ca_option_row no_options[] = {{NULL, 0, NULL, false, NULL}};

/* ---- head and sign ---- */

/* Printed first: a store that cannot be written still tells its head. */
static int print_head(struct ca_cli *cli, struct ca_store *store, const uint8_t *seed)
{
    struct ca_buffer line = {0};
    struct ca_error error;
    struct ca_head head;
    int status = CA_EXIT_DONE;

    if (ca_store_head(store, &head, &error) != CA_OK)
        return ca_cli_store_failed(&error);
    if (seed != NULL && ca_head_sign(&head, seed, &error) != CA_OK)
        return ca_cli_store_failed(&error);
    ca_head_write(&line, &head);
    puts(line.data);
    ca_buffer_free(&line);
    if (ca_store_keep_head(store, &head, &error) == CA_OK)
        return CA_EXIT_DONE;
    ca_remark(cli, "the store could not remember that this head was printed: %s",
              error.message);
    return status;
}

static int head(struct ca_cli *cli, const struct ca_args *args)
{
    struct ca_store *store = ca_cli_store_to_note(cli);
    int status;

    (void)args;
    if (store == NULL)
        return CA_EXIT_FAILED;
    status = print_head(cli, store, NULL);
    ca_store_close(store);
    return status;
}

const struct ca_verb ca_verb_store_head = {
    .name = "store head",
    .operands = "",
    .summary = "Print the end of the ledger in one line, to be noted elsewhere",
    .example = "caseaudit store head",
    .options = no_options,
    .least = 0,
    .most = 0,
    .run = head,
};

static int sign(struct ca_cli *cli, const struct ca_args *args)
{
    const char *file = ca_args_get(args, "key", NULL);
    uint8_t seed[CA_KEY_SIZE];
    struct ca_store *store;
    struct ca_error error;
    int status;

    if (file == NULL)
        return ca_misused(args->verb, "say which key, with --key FILE; 'store key' makes one");
    if (ca_key_read(file, seed, &error) != CA_OK) {
        ca_complain("%s", error.message);
        return CA_EXIT_USAGE;
    }
    store = ca_cli_store(cli, CA_STORE_WRITE);
    status = store != NULL ? print_head(cli, store, seed) : CA_EXIT_FAILED;
    explicit_bzero(seed, sizeof seed);
    ca_store_close(store);
    return status;
}

static const struct ca_option_row sign_options[] = {
    {"key", 0, "FILE", false, "the private key, from 'store key'"},
    {NULL, 0, NULL, false, NULL}};

const struct ca_verb ca_verb_store_sign = {
    .name = "store sign",
    .operands = "",
    .summary = "Sign the end of the ledger (Ed25519), and print it in one line",
    .example = "caseaudit store sign --key keeper.key",
    .options = sign_options,
    .least = 0,
    .most = 0,
    .run = sign,
};

/* ---- key ---- */

static int key(struct ca_cli *cli, const struct ca_args *args)
{
    const char *path = args->operands[0];
    uint8_t seed[CA_KEY_SIZE], public[CA_KEY_SIZE];
    char text[2 * CA_KEY_SIZE + 1];
    FILE *file = ca_file_new(path);
    struct ca_error error;
    bool good;

    (void)cli;
    if (file == NULL) {
        ca_complain("cannot make the key '%s': %s", path,
                    errno == EEXIST ? "something of that name is there, and a key is never "
                                      "written over it; choose another name"
                                    : ca_reason(errno));
        return CA_EXIT_FAILED;
    }
    (void)ca_fail(&error, CA_ERROR_IO, "cannot write the key '%s'", path);
    good = getrandom(seed, sizeof seed, 0) == (ssize_t)sizeof seed &&
           ca_head_public_key(seed, public, &error) == CA_OK;
    ca_hex_write(seed, sizeof seed, text);
    good = good && fprintf(file, CA_KEY_WORD " %s\n", text) > 0 && fflush(file) == 0 &&
           fsync(fileno(file)) == 0;
    good = fclose(file) == 0 && good;
    explicit_bzero(seed, sizeof seed);
    if (!good) {
        ca_complain("%s", error.message);
        (void)unlink(path);
        return CA_EXIT_FAILED;
    }
    ca_hex_write(public, sizeof public, text);
    printf("caseaudit-public-key/1 %s\n", text);
    return CA_EXIT_DONE;
}

const struct ca_verb ca_verb_store_key = {
    .name = "store key",
    .operands = "FILE",
    .summary = "Make a key to sign heads with, and print its public half",
    .example = "caseaudit store key keeper.key",
    .options = no_options,
    .least = 1,
    .most = 1,
    .run = key,
};
