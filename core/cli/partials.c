/* Partials of summaries: written of a store, and several read and joined. */
#include "core/cli/partials.h"

#include <string.h>

#include "core/base/file.h"
#include "core/base/pack.h"
#include "core/cli/output.h"
#include "core/cli/store_access.h"
#include "core/work/ask.h"

enum { PARTIAL_LIMIT = 512 << 20, MOST_TIME = 600000, MOST_MEMORY = 8192 };

/* ---- what goes together ---- */

bool ca_partials_fit(const struct ca_args *args)
{
    static const char *const asked_before[] = {"period",    "periods", "compare", "template",
                                               "framework", "series",  "by",      "as-of",
                                               "publish",   "from"};
    static const char *const of_output[] = {"audience", "threshold", "publish", "theme",
                                            "brief"};
    bool merge = ca_args_has(args, "merge"), partial = ca_args_has(args, "partial");

    for (size_t i = 0; merge && i < sizeof asked_before / sizeof *asked_before; i++)
        if (ca_args_has(args, asked_before[i])) {
            ca_misused(args->verb,
                       "--%s does not go with --merge: partials are of the question they were "
                       "made with",
                       asked_before[i]);
            return false;
        }
    if (partial && ca_args_has(args, "format")) {
        ca_misused(
            args->verb,
            "--format does not go with --partial, nor does a name that says one, such as "
            "summary.json: a partial is called, say, north.partial");
        return false;
    }
    for (size_t i = 0; partial && i < sizeof of_output / sizeof *of_output; i++)
        if (ca_args_has(args, of_output[i])) {
            ca_misused(args->verb,
                       "--%s does not go with --partial: it is said when partials are merged",
                       of_output[i]);
            return false;
        }
    if (ca_args_has(args, "from") &&
        (!ca_args_has(args, "template") || ca_args_has(args, "publish"))) {
        ca_misused(args->verb,
                   "--from goes with --template FILE, and nothing is published of it");
        return false;
    }
    if (partial && !ca_args_has(args, "output"))
        ca_misused(args->verb, "--partial tells of cases; name its file with -o");
    else if (merge && args->operand_count == 0)
        ca_misused(args->verb, "--merge needs the partials, as in --merge north.partial "
                               "south.partial");
    else if (!merge && args->operand_count > 0)
        ca_misused(args->verb, "'%s' is not needed; partials go with --merge",
                   args->operands[0]);
    else
        return true;
    return false;
}

/* ---- of a store ---- */

static int write_partial(const struct ca_args *args, const struct ca_partial *partial)
{
    struct ca_buffer bytes = {0};
    int status;

    ca_partial_pack(partial, &bytes);
    status = ca_output_write(args, CA_OUTPUT_CASES, bytes.data, bytes.length);
    ca_buffer_free(&bytes);
    return status;
}

int ca_partial_write(const struct ca_args *args, struct ca_store *store,
                     const struct ca_summary_request *request)
{
    struct ca_arena *arena = ca_arena_new();
    struct ca_partial partial;
    struct ca_error error;
    int status;

    if (ca_partial_take(store, request, arena, &partial, &error) == CA_OK)
        status = write_partial(args, &partial);
    else
        status = ca_cli_store_failed(&error);
    ca_arena_free(arena);
    return status;
}

/* ---- several ---- */

struct merging {
    const struct ca_args *args;
    struct ca_buffer *bytes; /* of each file */
    bool again;              /* a partial of them is wanted, and no summary */
};

static enum ca_code join(const struct merging *m, struct ca_arena *arena,
                         struct ca_partial *all, struct ca_error *error)
{
    const char *authority = ca_args_get(m->args, "authority", NULL);
    size_t count = m->args->operand_count;
    struct ca_partial *parts = CA_ARRAY(arena, count, struct ca_partial);
    enum ca_code code;

    for (size_t i = 0; i < count; i++) {
        if (!ca_partial_unpack(arena, m->bytes[i].data, m->bytes[i].length, &parts[i]) ||
            parts[i].material.change_count > 0)
            return ca_fail(error, CA_ERROR_DATA,
                           "'%s' is no partial that this version of caseaudit wrote, or it is "
                           "damaged",
                           m->args->operands[i]);
        parts[i].name = m->args->operands[i];
    }
    code = ca_partial_join(arena, parts, count, all, error);
    if (code == CA_OK && authority != NULL)
        code = ca_partial_keep(arena, all, authority, error);
    return code == CA_OK && !m->again ? ca_partial_set_apart(arena, all, error) : code;
}

/* In the locked process: what is wrong, or all as one. */
static void join_there(void *context, struct ca_buffer *out)
{
    struct ca_arena *arena = ca_arena_new();
    struct ca_partial all;
    struct ca_error error;

    if (join(context, arena, &all, &error) == CA_OK) {
        ca_pack_text(out, NULL);
        ca_partial_pack(&all, out);
    } else {
        ca_pack_text(out, error.message);
    }
    ca_arena_free(arena);
}

static bool take(struct ca_arena *arena, const struct ca_buffer *answer, struct ca_partial *out)
{
    const char *bytes = ca_arena_strndup(arena, answer->data, answer->length);
    struct ca_unpack in = {bytes, bytes + answer->length, true};
    const char *wrong = ca_unpack_text(&in);

    if (in.good && wrong == NULL &&
        ca_partial_unpack(arena, in.at, (size_t)(in.end - in.at), out))
        return true;
    ca_complain("%s",
                in.good && wrong != NULL
                    ? wrong
                    : "the process that read the partials gave no answer that makes sense");
    return false;
}

static bool ask(struct merging *m, size_t length, struct ca_arena *arena,
                struct ca_partial *out)
{
    const struct ca_ask question = {.work = join_there,
                                    .context = m,
                                    .who = "the engine",
                                    .most = 2 * length + CA_ASK_MOST,
                                    .timeout = MOST_TIME,
                                    .memory = MOST_MEMORY};
    struct ca_buffer answer = {0};
    char why[CA_ASK_WHY];
    bool good = ca_ask_locked(&question, &answer, why);

    if (good)
        good = take(arena, &answer, out);
    else
        ca_complain("the partials cannot be read: %s", why);
    ca_buffer_free(&answer);
    return good;
}

/* All bytes of all files; false with a complaint. */
static bool read_files(struct merging *m, size_t *length)
{
    struct ca_error error;

    *length = 0;
    for (size_t i = 0; i < m->args->operand_count; i++) {
        if (ca_file_read(m->args->operands[i], PARTIAL_LIMIT, &m->bytes[i], &error) != CA_OK) {
            ca_complain_of(m->args->operands[i], "%s", error.message);
            return false;
        }
        *length += m->bytes[i].length;
    }
    return true;
}

bool ca_partials_read(const struct ca_args *args, struct ca_arena *arena,
                      struct ca_partial *out, int *status)
{
    struct merging m = {args, CA_ARRAY(arena, args->operand_count, struct ca_buffer),
                        ca_args_has(args, "partial")};
    size_t length;
    bool good = read_files(&m, &length) && ask(&m, length, arena, out);

    for (size_t i = 0; i < args->operand_count; i++)
        ca_buffer_free(&m.bytes[i]);
    *status = good ? CA_EXIT_DONE : CA_EXIT_REFUSED;
    return good;
}

int ca_partials_write(const struct ca_args *args)
{
    struct ca_arena *arena = ca_arena_new();
    struct ca_partial all;
    int status;

    if (ca_partials_read(args, arena, &all, &status))
        status = write_partial(args, &all);
    ca_arena_free(arena);
    return status;
}
