/* store check: is everything as it was written? */
#include <stdlib.h>
#include <string.h>

#include "core/base/array.h"
#include "core/cli/cli.h"
#include "core/cli/heads.h"
#include "core/cli/recorded.h"
#include "core/cli/store_access.h"
#include "core/cli/template_named.h"
#include "core/cli/verbs.h"
#include "core/store/query.h"

enum { RESCORED_AT_ONCE = 256 };

/* A stored return that is to be scored again. */
struct stored {
    char *id;
    int revision;
    int64_t result;
    struct ca_buffer bytes;
};

struct check {
    struct ca_cli *cli;
    struct ca_store *store;
    struct ca_again *again;
    struct stored stored[RESCORED_AT_ONCE];
    struct ca_pool_document documents[RESCORED_AT_ONCE];
    size_t count;
    struct ca_head *heads;
    size_t head_count;
    struct ca_error error;
    enum ca_code code;
    size_t faults, rescored;
};

static void say_fault(void *context, bool fault, const char *sentence)
{
    struct check *check = context;

    check->faults += fault;
    ca_complain("store check: %s%s", fault ? "" : "note: ", sentence);
}

/* ---- scoring again ---- */

static void say_different(struct check *check, const struct stored *stored, const char *why)
{
    check->faults++;
    ca_complain("store check: scoring return '%s', revision %d, again %s", stored->id,
                stored->revision, why);
}

static bool compare(void *context, size_t index, struct ca_record *record,
                    const struct ca_buffer *said)
{
    struct check *check = context;
    const struct stored *stored = &check->stored[index];
    bool same;

    check->code = ca_store_failure(check->store, &check->error);
    if (check->code != CA_OK)
        return false;
    if (record == NULL) {
        (void)fwrite(said->data, 1, said->length, stderr);
        say_different(check, stored, "refuses it");
        return true;
    }
    check->code =
        ca_store_same_result(check->store, stored->result, record, &same, &check->error);
    if (check->code == CA_OK && !same)
        say_different(check, stored, "gives another result than is stored");
    return check->code == CA_OK;
}

static bool rescore(struct check *check)
{
    enum ca_code code = ca_again_score(check->again, check->documents, check->count, compare,
                                       check, &check->error);

    for (size_t i = 0; i < check->count; i++) {
        free(check->stored[i].id);
        ca_buffer_free(&check->stored[i].bytes);
    }
    check->rescored += check->count;
    check->count = 0;
    if (check->code == CA_OK)
        check->code = code;
    return check->code == CA_OK;
}

static bool gather(void *context, const struct ca_stored_return *stored)
{
    struct check *check = context;
    struct stored *kept = &check->stored[check->count];

    *kept = (struct stored){.id = ca_xstrdup(stored->return_id),
                            .revision = stored->revision,
                            .result = stored->result};
    ca_buffer_add(&kept->bytes, stored->bytes, stored->length);
    check->documents[check->count++] =
        (struct ca_pool_document){kept->id, kept->bytes.data, kept->bytes.length};
    return check->count < RESCORED_AT_ONCE || rescore(check);
}

static enum ca_code rescore_all(struct check *check)
{
    struct ca_template_source source = ca_cli_source_as_recorded(check->store);
    const struct ca_query all = {.from = CA_NO_DATE, .to = CA_NO_DATE};
    struct ca_catalogue *catalogue = ca_catalogue_new(check->cli->registry, &source);
    enum ca_code code;

    check->again = ca_again_open(check->cli, catalogue, NULL, 0);
    code = ca_store_each_return(check->store, &all, gather, check, &check->error);
    if (code == CA_OK && check->code == CA_OK && check->count > 0)
        (void)rescore(check);
    ca_again_close(check->again);
    ca_catalogue_free(catalogue);
    return code == CA_OK ? check->code : code;
}

/* ---- heads ---- */

/* A head has blanks in it: without quotes around it, its rest comes as operands. */
static bool read_heads(struct check *check, const struct ca_args *args)
{
    struct ca_buffer line = {0};
    const char *given;
    bool good = true;

    for (size_t i = 0; good && (given = ca_args_nth(args, "head", i)) != NULL; i++) {
        const bool last = ca_args_nth(args, "head", i + 1) == NULL;
        ca_buffer_clear(&line);
        ca_buffer_puts(&line, given);
        for (size_t k = 0; last && k < args->operand_count; k++)
            ca_buffer_printf(&line, " %s", args->operands[k]);
        good = ca_heads_read(line.data, line.length, &check->heads, &check->head_count,
                             &check->error) == CA_OK;
        if (!good)
            ca_misused(args->verb,
                       "'%s' is no head of a ledger; it is a line as 'store head' prints it",
                       line.data);
    }
    ca_buffer_free(&line);
    if (good && check->head_count == 0 && args->operand_count > 0) {
        ca_misused(args->verb, "'%s' is one operand too many", args->operands[0]);
        return false;
    }
    return good;
}

/* With --key, heads must be signed, and by that key. */
static bool check_signers(struct check *check, const struct ca_args *args)
{
    const char *given = ca_args_get(args, "key", NULL);
    uint8_t key[CA_KEY_SIZE];

    if (given == NULL)
        return true;
    if (strlen(given) != 2 * (size_t)CA_KEY_SIZE || !ca_hex_read(given, key, sizeof key)) {
        ca_misused(args->verb, "'%s' is no public key; 'store key' prints it", given);
        return false;
    }
    for (size_t i = 0; i < check->head_count; i++)
        if (!check->heads[i].is_signed || memcmp(check->heads[i].key, key, sizeof key) != 0)
            say_fault(check, true, "a head that was given is not signed by this key");
    return true;
}

/* ---- the verb ---- */

static void say_whole(const struct check *check, const struct ca_args *args)
{
    puts("the store is whole: database, documents, results, figures and ledger agree");
    if (check->head_count > 0)
        printf("it contains exactly the history of %s noted elsewhere, and only added to it\n",
               check->head_count == 1 ? "the head" : "the heads");
    else
        puts("what this cannot see: whether the last entries were removed, or all of it was "
             "made anew;\na head noted elsewhere shows that ('store head' and --head). Nor "
             "does it "
             "miss heads that were\ntaken out of the store: keep what 'store head' prints");
    if (ca_args_has(args, "rescore"))
        printf("scored again: %zu, each with the stored result\n", check->rescored);
}

static int run_check(struct check *check, const struct ca_args *args)
{
    enum ca_code code;

    if (!read_heads(check, args) || !check_signers(check, args))
        return CA_EXIT_USAGE;
    check->store = ca_cli_store(check->cli, CA_STORE_READ);
    if (check->store == NULL)
        return CA_EXIT_FAILED;
    code = ca_store_check(check->store, check->heads, check->head_count, say_fault, check,
                          &check->error);
    if (code == CA_OK && ca_args_has(args, "rescore"))
        code = rescore_all(check);
    ca_store_close(check->store);
    if (code != CA_OK) {
        ca_complain("%s", check->error.message);
        return CA_EXIT_FAILED;
    }
    if (check->faults > 0) {
        printf("the store is damaged: %zu fault%s; nothing was changed\n", check->faults,
               check->faults == 1 ? "" : "s");
        return CA_EXIT_FAILED;
    }
    say_whole(check, args);
    return CA_EXIT_DONE;
}

static int check(struct ca_cli *cli, const struct ca_args *args)
{
    struct check check = {.cli = cli};
    int status = run_check(&check, args);

    free(check.heads);
    return status;
}

static const struct ca_option_row options[] = {
    {"rescore", 0, NULL, false, "score every stored return again, too"},
    {"head", 0, "LINE", true, "a head noted elsewhere: is exactly that history still there?"},
    {"key", 0, "PUBLIC", false, "heads given must be signed by this public key"},
    {NULL, 0, NULL, false, NULL}};

const struct ca_verb ca_verb_store_check = {
    .name = "store check",
    .operands = "",
    .summary = "Find out whether everything is as it was written",
    .example = "caseaudit store check --rescore",
    .options = options,
    .least = 0,
    .most = 8,
    .run = check,
};
