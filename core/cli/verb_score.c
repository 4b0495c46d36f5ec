/* score: what grade each return gets, and why. Stores nothing. */
#include <string.h>

#include "core/cli/cli.h"
#include "core/cli/inputs.h"
#include "core/cli/many.h"
#include "core/cli/scored.h"
#include "core/cli/store_access.h"
#include "core/cli/verbs.h"

struct run {
    const struct ca_args *args;
    struct ca_catalogue *catalogue;
    struct ca_inputs inputs;
    struct ca_many many;
    struct ca_output output;
    struct ca_scored_writer writer;
    size_t refused;
};

/* ---- one return ---- */

/* In the worker. */
static void make(void *context, const struct ca_scored *scored, struct ca_pool_made *made)
{
    const struct run *run = context;

    ca_many_say(run->many.cli, scored, made);
    ca_scored_write(&run->writer, scored, made->made);
}

static bool take(void *context, const struct ca_pool_reply *reply)
{
    struct run *run = context;

    run->refused += reply->refused;
    return fwrite(reply->made, 1, reply->made_length, run->output.stream) == reply->made_length;
}

/* ---- the whole ---- */

/* Stopped half-way, a file would look like all there is; a terminal or pipe has seen it. */
static enum ca_code score_all(struct run *run, struct ca_error *error)
{
    enum ca_code code =
        ca_output_open(&run->output, run->args, &run->inputs, CA_OUTPUT_CASES, error);

    if (code != CA_OK)
        return code;
    fputs(ca_scored_head(&run->writer), run->output.stream);
    code = ca_many_run(&run->many, error);
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
    run.refused = (size_t)ca_cli_add_templates(cli, args, run.catalogue, store, false);
    if (ca_inputs_gather(&run.inputs, cli, args)) {
        if (score_all(&run, &error) == CA_OK)
            status = status_of(&run);
        else
            status = ca_output_failed(&error);
    } else {
        status = run.inputs.status;
    }
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
