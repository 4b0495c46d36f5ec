/* score: what grade each return gets, and why. Stores nothing. */
#include <string.h>

#include "core/cli/cli.h"
#include "core/cli/inputs.h"
#include "core/cli/scored.h"
#include "core/cli/store_access.h"
#include "core/cli/verbs.h"
#include "core/work/scorer.h"

struct run {
    struct ca_cli *cli;
    const struct ca_args *args;
    struct ca_catalogue *catalogue;
    struct ca_scorer *scorer;
    struct ca_inputs inputs;
    struct ca_output output;
    struct ca_buffer text;
    struct ca_scored_writer writer;
    size_t refused, immediate;
};

/* ---- one return ---- */

static void say_immediate_alerts(struct run *run, const struct ca_scored *scored)
{
    for (size_t i = 0; i < scored->result->alert_count; i++) {
        const struct ca_fired_alert *alert = &scored->result->alerts[i];
        if (alert->severity != CA_IMMEDIATE)
            continue;
        run->immediate++;
        ca_complain("immediate alert: %s: return '%s': %s", scored->file, scored->return_id,
                    alert->message);
    }
}

static void score_file(struct run *run, const char *file)
{
    struct ca_scored scored;

    ca_scorer_run_file(run->scorer, file, &scored);
    ca_print_diags(run->cli, file, &scored.diags);
    if (scored.result == NULL)
        run->refused++;
    else
        say_immediate_alerts(run, &scored);
    ca_buffer_clear(&run->text);
    ca_scored_write(&run->writer, &scored, &run->text);
    fwrite(run->text.data, 1, run->text.length, run->output.stream);
}

/* ---- the whole ---- */

static enum ca_code score_all(struct run *run, struct ca_error *error)
{
    enum ca_code code =
        ca_output_open(&run->output, ca_args_get(run->args, "output", NULL), error);

    if (code != CA_OK)
        return code;
    fputs(ca_scored_head(&run->writer), run->output.stream);
    for (size_t i = 0; i < run->inputs.count; i++)
        score_file(run, run->inputs.paths[i]);
    fputs(ca_scored_tail(&run->writer), run->output.stream);
    return ca_output_close(&run->output, true, error);
}

static int score(struct ca_cli *cli, const struct ca_args *args)
{
    struct ca_engine_options options = {.allow_incomplete =
                                            ca_args_has(args, "allow-incomplete")};
    struct run run = {.cli = cli, .args = args};
    struct ca_template_source source;
    struct ca_store *store;
    struct ca_error error;
    int status = CA_EXIT_FAILED;
    bool failed;

    if (args->operand_count == 0 && !ca_args_has(args, "files-from"))
        return ca_misused(args->verb, "name the returns to score: files, folders, or -");
    if (!ca_scored_writer_init(&run.writer, args))
        return CA_EXIT_USAGE;
    store = ca_cli_store_if_any(cli, &failed);
    if (failed) {
        ca_scored_writer_free(&run.writer);
        return CA_EXIT_FAILED;
    }
    source = ca_cli_template_source(store);
    run.catalogue = ca_catalogue_new(cli->registry, &source);
    run.scorer = ca_scorer_new(cli->registry, run.catalogue, &options);
    run.refused = (size_t)ca_cli_add_templates(cli, args, run.catalogue, store, false);
    if (ca_inputs_gather(&run.inputs, args)) {
        if (score_all(&run, &error) == CA_OK)
            status = run.refused + run.inputs.failures > 0 ? CA_EXIT_REFUSED : CA_EXIT_DONE;
        else
            ca_complain("%s", error.message);
    } else {
        status = run.inputs.status;
    }
    ca_inputs_free(&run.inputs);
    ca_scorer_free(run.scorer);
    ca_catalogue_free(run.catalogue);
    ca_store_close(store);
    ca_buffer_free(&run.text);
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
    {"jobs", 'j', "N", false, "processes at work (default: one a processor)"},
    {"timeout", 0, "SECONDS", false, "give up on a return after so long (default 10)"},
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
