/* record: scores returns and stores them, each all or nothing. */
#include <malloc.h>
#include <stdlib.h>

#include "core/cli/elsewhere.h"
#include "core/cli/recorded.h"
#include "core/cli/recording.h"
#include "core/cli/store_access.h"
#include "core/cli/template_named.h"
#include "core/cli/verbs.h"

/* ---- the whole ---- */

static enum ca_code record_all(struct ca_recording *recording, const struct ca_args *args)
{
    struct ca_error second;
    enum ca_code code;

    fputs(ca_scored_head(&recording->writer), recording->output.stream);
    code = ca_args_has(args, "results") ? ca_elsewhere_run(recording, args, &recording->error)
                                        : ca_many_run(&recording->many, &recording->error);
    if (code == CA_OK)
        code = recording->code;
    if (code == CA_OK) /* what was taken before a stop is done, too */
        code = ca_recording_flush(recording);
    fputs(ca_scored_tail(&recording->writer), recording->output.stream);
    if (code == CA_OK)
        return ca_output_close(&recording->output, true, &recording->error);
    /* What was stored before a failure stays stored, so what was said of it stays, too. */
    (void)ca_output_close(&recording->output, true, &second);
    return code;
}

static size_t total(const struct ca_recording *recording)
{
    return recording->recorded + recording->revisions + recording->unchanged +
           recording->refused;
}

/* After a failure all that was counted is stored, and durable. */
static void say_totals(const struct ca_recording *recording, bool failed)
{
    if (total(recording) > 0 || failed)
        ca_remark(recording->cli, "%s%zu recorded, %zu revision%s, %zu unchanged, %zu refused",
                  failed ? "stored and durable: " : "", recording->recorded,
                  recording->revisions, recording->revisions == 1 ? "" : "s",
                  recording->unchanged, recording->refused);
}

static int status_of(const struct ca_recording *recording, size_t templates_refused)
{
    if (recording->many.interrupted)
        return CA_EXIT_FAILED;
    return templates_refused + recording->refused + recording->many.inputs->failures > 0
               ? CA_EXIT_REFUSED
               : CA_EXIT_DONE;
}

/* Nothing is in the store before it is known that the output can be written. */
static int record_inputs(struct ca_recording *recording, const struct ca_args *args,
                         struct ca_catalogue *catalogue)
{
    enum ca_code code;
    int refused, status;

    if (ca_output_open(&recording->output, args, recording->many.inputs, CA_OUTPUT_CASES,
                       &recording->error) != CA_OK)
        return ca_output_failed(&recording->error);
    refused = ca_cli_add_templates(recording->cli, args, catalogue, recording->store, true);
    if (refused < 0) {
        (void)ca_output_close(&recording->output, false, NULL);
        return CA_EXIT_FAILED;
    }
    recording->contested = ca_contested_find(recording->many.inputs);
    code = record_all(recording, args);
    status = code == CA_OK ? status_of(recording, (size_t)refused)
                           : ca_output_failed(&recording->error);
    say_totals(recording, code != CA_OK);
    return status;
}

static int run(struct ca_recording *recording, const struct ca_args *args,
               struct ca_catalogue *catalogue)
{
    struct ca_inputs inputs;
    int status;

    recording->many.inputs = &inputs;
    status = ca_inputs_gather(&inputs, recording->cli, args)
                 ? record_inputs(recording, args, catalogue)
                 : (int)inputs.status;
    ca_inputs_free(&inputs);
    return status;
}

static void prepare(struct ca_recording *recording, const struct ca_args *args,
                    struct ca_catalogue *catalogue)
{
    struct ca_pool_options *pool = &recording->many.pool;

    pool->catalogue = catalogue;
    pool->engine.allow_incomplete = ca_args_has(args, "allow-incomplete");
    pool->documents = true;
    pool->most = CA_RECORDED_MOST;
    pool->context = recording;
    pool->make = ca_recording_make;
    pool->take = ca_recording_take;
    pool->tick = ca_recording_tick;
    recording->personal_data = ca_args_has(args, "allow-personal-data");
    recording->future = ca_args_has(args, "allow-future");
    recording->new_revision = ca_args_has(args, "new-revision");
    recording->allow_erased = ca_args_has(args, "allow-erased");
    recording->limit = 1;
    recording->arena = ca_arena_new();
    recording->seen = ca_map_new(recording->run_arena, 64);
}

static void free_recording(struct ca_recording *recording)
{
    if (recording == NULL)
        return;
    ca_scored_writer_free(&recording->writer);
    ca_store_close(recording->store);
    ca_arena_free(recording->arena);
    ca_arena_free(recording->run_arena);
    ca_contested_free(recording->contested);
    free(recording->digests);
    free(recording);
}

/* The store asks for its pages of memory and gives them back with every few rows: what was
 * taken from the system once is kept until the end. */
static void keep_memory(void)
{
    (void)mallopt(M_TRIM_THRESHOLD, 64 << 20);
    (void)mallopt(M_MMAP_THRESHOLD, 4 << 20);
}

static int record(struct ca_cli *cli, const struct ca_args *args)
{
    struct ca_recording *recording;
    struct ca_template_source source;
    struct ca_catalogue *catalogue;
    int status = CA_EXIT_FAILED;

    if (args->operand_count == 0 && !ca_args_has(args, "files-from"))
        return ca_misused(args->verb, "name the returns to record: files, folders, or -");
    keep_memory();
    recording = ca_xcalloc(1, sizeof *recording);
    recording->cli = cli;
    if (!ca_many_init(&recording->many, cli, args) ||
        !ca_scored_writer_init(&recording->writer, args)) {
        free(recording);
        return CA_EXIT_USAGE;
    }
    recording->store = ca_cli_store(cli, CA_STORE_WRITE);
    recording->run_arena = ca_arena_new();
    if (recording->store != NULL &&
        ca_known_read(recording->store, recording->run_arena, &recording->known,
                      &recording->error) != CA_OK) {
        status = ca_cli_store_failed(&recording->error);
    } else if (recording->store != NULL) {
        source = ca_cli_template_source(recording->store);
        catalogue = ca_catalogue_new(cli->registry, &source);
        prepare(recording, args, catalogue);
        status = run(recording, args, catalogue);
        ca_catalogue_free(catalogue);
    }
    free_recording(recording);
    return status;
}

static const struct ca_option_row options[] = {
    {"template", 't', "FILE|ID[@VERSION]", true, "score by this template; files are loaded"},
    {"format", 'f', "text|ndjson|xml", false, "how results are written (default text)"},
    {"explain", 0, NULL, false, "show why: every weight, sum, rounding, limit"},
    {"allow-incomplete", 0, NULL, false,
     "accepted as in score; incomplete returns are refused"},
    {"allow-personal-data", 0, NULL, false, "what looks like personal data is none"},
    {"allow-future", 0, NULL, false, "dates after today are meant"},
    {"new-revision", 0, NULL, false,
     "a return that changes the case, template or year of its audit corrects it"},
    {"allow-erased", 0, NULL, false, "record what was erased from the store before"},
    {"results", 0, "FILE", true,
     "they were scored elsewhere (score --format ndjson --for-record): check it, and store"},
    {"recheck", 0, "PERCENT", false, "of these, score so many again, drawn by hash (1)"},
    {"files-from", 0, "FILE|-", true, "read the list of returns from here, one a line"},
    CA_MANY_OPTIONS,
    {"output", 'o', "FILE", false, "write results here, whole or not at all"},
    {NULL, 0, NULL, false, NULL}};

const struct ca_verb ca_verb_record = {
    .name = "record",
    .operands = "RETURN...",
    .summary = "Score returns and store them; a changed one becomes a new revision",
    .example = "caseaudit record returns/2023-24-q3",
    .options = options,
    .least = 0,
    .most = (size_t)-1,
    .run = record,
};
