/* score: what grade each return gets, and why. Stores nothing. */
#include <string.h>
#include <unistd.h>

#include "core/cli/claims.h"
#include "core/cli/cli.h"
#include "core/cli/contested.h"
#include "core/cli/elsewhere.h"
#include "core/cli/inputs.h"
#include "core/cli/many.h"
#include "core/cli/scored.h"
#include "core/cli/store_access.h"
#include "core/cli/template_named.h"
#include "core/cli/verbs.h"

struct run {
    const struct ca_args *args;
    struct ca_catalogue *catalogue;
    struct ca_inputs inputs;
    struct ca_many many;
    struct ca_output output;
    struct ca_scored_writer writer;
    struct ca_claims claims;
    struct ca_contested *contested; /* NULL: not looked for yet */
    FILE *stream, *spool;           /* where results go first; spool: to wait there, or NULL */
    bool twice;                     /* some id came twice, in files of two names */
    bool for_record;                /* by another machine */
    bool again;                     /* all but the contested have been told of */
    size_t written, refused, templates_refused;
};

/* ---- one return ---- */

/* What a worker says of it, behind the result. */
struct tail {
    uint64_t id, refused;
};

/* What else there is to say of it was said the first time. */
static void say_contested(const struct run *run, struct ca_scored scored, const char *reason,
                          struct ca_pool_made *made)
{
    ca_diags_init(&scored.diags, scored.diags.arena);
    ca_diags_add(&scored.diags, CA_ERROR, CA_FAULT_RULE, 1, 1, "return", "%s", reason);
    scored.log_count = 0;
    ca_many_say(run->many.cli, &scored, made);
}

/* In the worker. */
static void make(void *context, const struct ca_scored *scored, struct ca_pool_made *made)
{
    const struct run *run = context;
    struct tail tail = {.id = ca_claim_hash(scored->return_id)};
    struct ca_scored judged = *scored;
    const char *reason = NULL;

    if (run->again && judged.result != NULL && ca_claims_twice(&run->claims, tail.id))
        reason = ca_contested_reason(run->contested, scored->return_id, "scored",
                                     scored->diags.arena);
    if (reason != NULL) {
        judged.result = NULL;
        say_contested(run, judged, reason, made);
        ca_diags_add(&judged.diags, CA_ERROR, CA_FAULT_RULE, 1, 1, "return", "%s", reason);
    }
    tail.refused = judged.result == NULL;
    if (!run->again)
        ca_many_say(run->many.cli, &judged, made);
    ca_scored_write(&run->writer, &judged, made->made);
    if (run->for_record && judged.result != NULL)
        ca_elsewhere_add(&judged, run->many.pool.registry, run->catalogue, made->made);
    ca_buffer_add(made->made, (const char *)&tail, sizeof tail);
}

static bool take(void *context, const struct ca_pool_reply *reply)
{
    struct run *run = context;
    const size_t length = reply->made_length - sizeof(struct tail);
    struct tail tail;

    if (reply->made_length < sizeof tail) { /* as no worker of ours answers */
        ca_complain_of(reply->name, "its result makes no sense");
        run->refused++;
        return true;
    }
    memcpy(&tail, reply->made + length, sizeof tail);
    run->refused += tail.refused != 0;
    /* One that has faults of its own is refused for these, and contests nothing. */
    if (!run->again && tail.refused == 0)
        run->twice |= ca_claims_note(&run->claims, &run->inputs, reply->index, tail.id);
    run->written += length;
    return fwrite(reply->made, 1, length, run->stream) == length;
}

/* ---- the whole ---- */

static enum ca_code score_once(struct run *run, struct ca_error *error)
{
    const char *head = ca_scored_head(&run->writer);

    fputs(head, run->stream);
    run->written = strlen(head);
    run->refused = run->templates_refused;
    run->many.done = 0;
    return ca_many_run(&run->many, error);
}

static bool any_contested(struct run *run)
{
    size_t at = 0;

    if (run->contested == NULL)
        run->contested = ca_contested_find(&run->inputs);
    return ca_contested_next(run->contested, &at) != NULL;
}

/* Written already, and not to be taken back. */
static void disown(struct run *run)
{
    struct ca_arena *arena = ca_arena_new();
    size_t at = 0;
    const char *id;

    while ((id = ca_contested_next(run->contested, &at)) != NULL)
        if (ca_claims_twice(&run->claims, ca_claim_hash(id))) {
            ca_complain("%s. Their results, which are written already, do not count",
                        ca_contested_reason(run->contested, id, "scored", arena));
            run->refused++;
        }
    ca_arena_free(arena);
}

static bool take_back(struct run *run)
{
    const int spool = run->spool != NULL ? fileno(run->spool) : -1;

    if (run->inputs.standard_input) /* it cannot be read again */
        return false;
    if (spool < 0)
        return ca_output_take_back(&run->output, run->written);
    return fflush(run->spool) == 0 && ftruncate(spool, 0) == 0 &&
           fseeko(run->spool, 0, SEEK_SET) == 0;
}

static enum ca_code pass_on(struct run *run, struct ca_error *error)
{
    char room[16 * 1024];
    size_t length;

    rewind(run->spool);
    while ((length = fread(room, 1, sizeof room, run->spool)) > 0)
        fwrite(room, 1, length, run->output.stream);
    return ferror(run->spool) == 0
               ? CA_OK
               : ca_fail(error, CA_ERROR_IO, "cannot read back what was to be written");
}

/*
 * Of files that claim one id with different content none is scored. To look into all files
 * beforehand takes time, and there hardly ever are such files: where results can be taken back,
 * it is looked for only if an id came twice, and then all is scored once more. Where they
 * cannot, as in a pipe, it is looked for first, and if there are any, results wait until it is
 * clear.
 */
static enum ca_code score_inputs(struct run *run, struct ca_error *error)
{
    enum ca_code code;

    if (!ca_output_may_take_back(&run->output) && any_contested(run))
        run->spool = tmpfile();
    run->stream = run->spool != NULL ? run->spool : run->output.stream;
    code = score_once(run, error);
    if (code == CA_OK && !run->many.interrupted && run->twice && any_contested(run)) {
        run->again = take_back(run);
        if (run->again)
            code = score_once(run, error);
        else
            disown(run);
    }
    if (run->spool != NULL && code == CA_OK)
        code = pass_on(run, error);
    if (run->spool != NULL)
        (void)fclose(run->spool);
    return code;
}

/* Stopped half-way, a file would look like all there is; a terminal or pipe has seen it. */
static enum ca_code score_all(struct run *run, struct ca_error *error)
{
    enum ca_code code =
        ca_output_open(&run->output, run->args, &run->inputs, CA_OUTPUT_CASES, error);

    if (code != CA_OK)
        return code;
    code = score_inputs(run, error);
    fputs(ca_scored_tail(&run->writer), run->output.stream);
    if (code == CA_OK)
        return ca_output_close(&run->output, !run->many.interrupted, error);
    (void)ca_output_close(&run->output, false, NULL);
    return code;
}

static int status_of(const struct run *run)
{
    if (run->many.interrupted)
        return CA_EXIT_FAILED;
    return run->refused + run->inputs.failures > 0 ? CA_EXIT_REFUSED : CA_EXIT_DONE;
}

static int score(struct ca_cli *cli, const struct ca_args *args)
{
    struct run run = {.args = args};
    struct ca_template_source source;
    struct ca_store *store;
    struct ca_error error;
    int status = CA_EXIT_FAILED;
    bool failed;

    if (args->operand_count == 0 && !ca_args_has(args, "files-from"))
        return ca_misused(args->verb, "name the returns to score: files, folders, or -");
    if (!ca_many_init(&run.many, cli, args) || !ca_scored_writer_init(&run.writer, args))
        return CA_EXIT_USAGE;
    run.for_record = ca_args_has(args, "for-record");
    if (run.for_record && run.writer.format != CA_SCORED_NDJSON)
        return ca_misused(args->verb, "--for-record goes with --format ndjson");
    if (run.for_record)
        ca_elsewhere_prepare(cli->registry);
    store = ca_cli_store_if_any(cli, &failed);
    if (failed) {
        ca_scored_writer_free(&run.writer);
        return CA_EXIT_FAILED;
    }
    source = ca_cli_template_source(store);
    run.catalogue = ca_catalogue_new(cli->registry, store != NULL ? &source : NULL);
    run.many.inputs = &run.inputs;
    run.many.pool.catalogue = run.catalogue;
    run.many.pool.engine.allow_incomplete = ca_args_has(args, "allow-incomplete");
    run.many.pool.context = &run;
    run.many.pool.make = make;
    run.many.pool.take = take;
    ca_many_open(&run.many);
    run.templates_refused =
        (size_t)ca_cli_add_templates(cli, args, run.catalogue, store, false);
    if (ca_inputs_gather(&run.inputs, cli, args)) {
        if (score_all(&run, &error) == CA_OK)
            status = status_of(&run);
        else
            status = ca_output_failed(&error);
    } else {
        status = run.inputs.status;
    }
    ca_many_close(&run.many);
    ca_contested_free(run.contested);
    ca_claims_free(&run.claims);
    ca_inputs_free(&run.inputs);
    ca_catalogue_free(run.catalogue);
    ca_store_close(store);
    ca_scored_writer_free(&run.writer);
    return status;
}

static const struct ca_option_row options[] = {
    {"template", 't', "FILE|ID[@VERSION]", true, "score by this template"},
    {"format", 'f', "text|ndjson|xml|html", false, "how results are written (default text)"},
    {"theme", 0, "FILE", false, "name, logo and colours of a page (html)"},
    {"explain", 0, NULL, false, "show why: every weight, sum, rounding, limit"},
    {"allow-incomplete", 0, NULL, false, "forgive missing responses"},
    {"for-record", 0, NULL, false,
     "with what record --results stores of it on another machine (ndjson)"},
    {"files-from", 0, "FILE|-", true, "read the list of returns from here, one a line"},
    CA_MANY_OPTIONS,
    {"output", 'o', "FILE", false, "write results here, whole or not at all"},
    {NULL, 0, NULL, false, NULL}};

const struct ca_verb ca_verb_score = {
    .name = "score",
    .operands = "RETURN...",
    .summary = "Score returns and print the results; store nothing",
    .example = "caseaudit score --template permanency-file.xml --explain return.xml",
    .options = options,
    .least = 0,
    .most = (size_t)-1,
    .run = score,
};
