/* score: what grade each return gets, and why. Stores nothing. */
#include <string.h>

#include "core/base/file.h"
#include "core/cli/cli.h"
#include "core/cli/inputs.h"
#include "core/cli/verbs.h"
#include "core/report/explain.h"
#include "core/report/result_json.h"
#include "core/report/result_text.h"
#include "core/report/result_xml.h"
#include "core/work/scorer.h"

struct run {
    struct ca_cli *cli;
    const struct ca_args *args;
    struct ca_catalogue *catalogue;
    struct ca_scorer *scorer;
    struct ca_inputs inputs;
    struct ca_output output;
    struct ca_buffer text;
    const char *format;
    bool explain;
    size_t refused, immediate;
};

/* ---- templates ---- */

static bool add_template(struct run *run, const char *file)
{
    struct ca_arena *arena = ca_arena_new();
    struct ca_buffer bytes = {0};
    struct ca_error error;
    struct ca_diags diags;
    bool good = ca_file_read(file, ca_xml_template_limits.bytes, &bytes, &error) == CA_OK;

    ca_diags_init(&diags, arena);
    if (good)
        good = ca_catalogue_add(run->catalogue, file, bytes.data, bytes.length, &diags) != NULL;
    else
        ca_diags_add(&diags, CA_ERROR, CA_FAULT_FILE, 1, 1, NULL, "%s", error.message);
    ca_print_diags(run->cli, file, &diags);
    ca_buffer_free(&bytes);
    ca_arena_free(arena);
    return good;
}

static void add_templates(struct run *run)
{
    const char *file;

    for (size_t i = 0; (file = ca_args_nth(run->args, "template", i)) != NULL; i++)
        run->refused += !add_template(run, file);
}

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

static void write_result(struct run *run, const struct ca_scored *scored)
{
    ca_buffer_clear(&run->text);
    if (strcmp(run->format, "ndjson") == 0) {
        ca_result_json(&run->text, scored);
        ca_buffer_putc(&run->text, '\n');
    } else if (strcmp(run->format, "xml") == 0) {
        ca_result_xml(&run->text, scored);
    } else {
        ca_result_text(&run->text, scored);
        if (run->explain && scored->result != NULL)
            ca_explain(&run->text, scored->result);
    }
    fwrite(run->text.data, 1, run->text.length, run->output.stream);
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
    write_result(run, &scored);
}

/* ---- the whole ---- */

static enum ca_code score_all(struct run *run, struct ca_error *error)
{
    enum ca_code code =
        ca_output_open(&run->output, ca_args_get(run->args, "output", NULL), error);

    if (code != CA_OK)
        return code;
    if (strcmp(run->format, "xml") == 0)
        fputs(ca_result_xml_head, run->output.stream);
    for (size_t i = 0; i < run->inputs.count; i++)
        score_file(run, run->inputs.paths[i]);
    if (strcmp(run->format, "xml") == 0)
        fputs(ca_result_xml_tail, run->output.stream);
    return ca_output_close(&run->output, true, error);
}

static int score(struct ca_cli *cli, const struct ca_args *args)
{
    struct ca_engine_options options = {.allow_incomplete =
                                            ca_args_has(args, "allow-incomplete")};
    struct run run = {.cli = cli,
                      .args = args,
                      .explain = ca_args_has(args, "explain"),
                      .format = ca_args_get(args, "format", "text")};
    struct ca_error error;
    int status = CA_EXIT_FAILED;

    if (args->operand_count == 0 && !ca_args_has(args, "files-from"))
        return ca_misused(args->verb, "name the returns to score: files, folders, or -");
    if (run.explain && strcmp(run.format, "text") != 0)
        return ca_misused(args->verb, "--explain goes with --format text");
    run.catalogue = ca_catalogue_new(cli->registry, NULL);
    run.scorer = ca_scorer_new(cli->registry, run.catalogue, &options);
    add_templates(&run);
    if (ca_inputs_gather(&run.inputs, args)) {
        if (score_all(&run, &error) == CA_OK)
            status = run.refused + run.inputs.failures > 0 ? CA_EXIT_REFUSED : CA_EXIT_DONE;
        else
            ca_complain("%s", error.message);
    }
    ca_inputs_free(&run.inputs);
    ca_scorer_free(run.scorer);
    ca_catalogue_free(run.catalogue);
    ca_buffer_free(&run.text);
    return status;
}

static const struct ca_option_row options[] = {
    {"template", 't', "FILE|ID[@VERSION]", true, "score by this template"},
    {"format", 'f', "text|ndjson|xml", false, "how results are written (default text)"},
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
