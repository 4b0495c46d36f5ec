/*
 * record: scores returns and stores them. Returns are gathered into batches; a batch is one
 * transaction, and what became of its returns is printed when it is durable and not before.
 */
#include <stdlib.h>
#include <string.h>
#include <time.h>

#include "core/base/map.h"
#include "core/cli/cli.h"
#include "core/cli/inputs.h"
#include "core/cli/safe.h"
#include "core/cli/scored.h"
#include "core/cli/store_access.h"
#include "core/cli/verbs.h"
#include "core/report/words.h"
#include "core/store/record.h"
#include "core/work/scorer.h"

/* A batch ends when it is so large, or so old. The first is one return, and each may be
 * twice as large as the one before: the first answers come at once, and the many returns of
 * a large run share the price of making them durable. */
enum { BATCH_RETURNS = 256, BATCH_BYTES = 8 * 1024 * 1024, BATCH_MS = 300 };

/* One return of the batch, in the order of the inputs; stored only if it was not refused. */
struct item {
    const char *file, *id; /* id NULL if it could not be read */
    char *text;            /* what is printed of it when it is stored, or refused */
    const char *grade;
    bool refused;
};

struct run {
    struct ca_cli *cli;
    const struct ca_args *args;
    struct ca_catalogue *catalogue;
    struct ca_scorer *scorer;
    struct ca_store *store;
    struct ca_inputs inputs;
    struct ca_output output;
    struct ca_scored_writer writer;
    bool personal_data;
    struct ca_error error;

    struct item items[BATCH_RETURNS];
    size_t count, limit;
    struct ca_buffer packed; /* the records of those not refused */
    size_t packed_count;
    struct timespec began;
    struct ca_arena *arena; /* of the batch */

    struct ca_arena *run_arena;
    struct ca_map *seen; /* ids of this run; digests[] has their documents' */
    uint8_t (*digests)[CA_SHA256_SIZE];
    size_t seen_count, seen_capacity;

    size_t recorded, unchanged, revisions, refused;
};

/* ---- may it be stored? ---- */

static void refuse(struct ca_scored *scored, enum ca_fault fault, const char *message)
{
    ca_diags_add(&scored->diags, CA_ERROR, fault, 1, 1, "return", "%s", message);
    scored->result = NULL;
}

static bool has_personal_data(const struct ca_scored *scored)
{
    for (size_t i = 0; i < scored->diags.count; i++)
        if (scored->diags.items[i].fault == CA_FAULT_PRIVACY)
            return true;
    return false;
}

/* The same id with other bytes earlier in this run: which of the two is meant? */
static bool is_second(struct run *run, const struct ca_scored *scored,
                      const uint8_t digest[CA_SHA256_SIZE])
{
    size_t known = ca_map_get(run->seen, scored->return_id);

    if (known != CA_NOT_FOUND)
        return memcmp(run->digests[known], digest, CA_SHA256_SIZE) != 0;
    if (run->seen_count == run->seen_capacity) {
        run->seen_capacity = run->seen_capacity > 0 ? 2 * run->seen_capacity : 256;
        run->digests = ca_xrealloc(run->digests, run->seen_capacity, CA_SHA256_SIZE);
    }
    memcpy(run->digests[run->seen_count], digest, CA_SHA256_SIZE);
    ca_map_put(run->seen, ca_arena_strdup(run->run_arena, scored->return_id),
               run->seen_count++);
    return false;
}

static void judge(struct run *run, struct ca_scored *scored)
{
    uint8_t digest[CA_SHA256_SIZE];

    if (scored->result == NULL)
        return;
    ca_sha256(scored->bytes, scored->length, digest);
    if (!scored->result->complete)
        refuse(scored, CA_FAULT_RULE,
               "the return is incomplete, and only complete ones are stored");
    else if (!run->personal_data && has_personal_data(scored))
        refuse(scored, CA_FAULT_PRIVACY,
               "the return holds what looks like personal data (see the warnings); take it "
               "out, or say --allow-personal-data if it is none");
    else if (is_second(run, scored, digest))
        refuse(scored, CA_FAULT_RULE,
               "a return of the same id came earlier in this run, with other content; it is "
               "not clear which of them counts");
}

/* ---- what is printed ---- */

static void say_immediate_alerts(const struct ca_scored *scored)
{
    for (size_t i = 0; i < scored->result->alert_count; i++)
        if (scored->result->alerts[i].severity == CA_IMMEDIATE)
            ca_complain("immediate alert: %s: return '%s': %s", scored->file, scored->return_id,
                        scored->result->alerts[i].message);
}

static void write_result(const struct run *run, struct ca_buffer *out,
                         const struct ca_scored *scored)
{
    ca_buffer_clear(out);
    if (run->writer.format != CA_SCORED_TEXT || (run->writer.explain && scored->result != NULL))
        ca_scored_write(&run->writer, scored, out);
}

/* What a correction corrects is known only now that it is stored. */
static void print_object(FILE *stream, const char *text, int revision)
{
    static const char key[] = "\"revision_of\":";
    const char *place = revision > 1 ? strstr(text, key) : NULL;

    if (place == NULL) {
        fputs(text, stream);
        return;
    }
    place += sizeof key - 1;
    fwrite(text, 1, (size_t)(place - text), stream);
    fprintf(stream, "%d%s", revision - 1, place + strlen("null"));
}

static void print_item(struct run *run, const struct item *item,
                       const struct ca_put_outcome *outcome)
{
    FILE *stream = run->output.stream;
    char word[32] = "recorded";

    if (run->writer.format != CA_SCORED_TEXT) {
        print_object(stream, item->text, outcome != NULL ? outcome->revision : 0);
        return;
    }
    if (outcome == NULL || outcome->what == CA_PUT_REFUSED)
        strcpy(word, "refused");
    else if (outcome->what == CA_PUT_UNCHANGED)
        strcpy(word, "unchanged");
    else if (outcome->what == CA_PUT_REVISION)
        snprintf(word, sizeof word, "revision %d", outcome->revision);
    fprintf(stream, "%-12s", word);
    ca_print_safe(stream, item->id != NULL ? item->id : "-");
    fputs("  ", stream);
    ca_print_safe(stream, item->file);
    if (!item->refused)
        fprintf(stream, "  %s", item->grade);
    if (outcome != NULL && outcome->revision < outcome->latest)
        fprintf(stream, "  (revision %d; revision %d counts)", outcome->revision,
                outcome->latest);
    fputc('\n', stream);
    fputs(item->text, stream);
}

/* ---- a batch ---- */

/* The store itself refused it: say so in the form of any other refused return. */
static void refuse_item(struct run *run, struct item *item, const char *reason)
{
    struct ca_scored scored = {.file = item->file, .return_id = item->id};
    struct ca_buffer text = {0};

    ca_diags_init(&scored.diags, run->arena);
    refuse(&scored, CA_FAULT_RULE, reason);
    ca_print_diags(run->cli, item->file, &scored.diags);
    write_result(run, &text, &scored);
    item->text = ca_arena_strdup(run->arena, text.data);
    item->refused = true;
    ca_buffer_free(&text);
}

static void count(struct run *run, const struct ca_put_outcome *outcome)
{
    size_t *const counters[] = {[CA_PUT_RECORDED] = &run->recorded,
                                [CA_PUT_UNCHANGED] = &run->unchanged,
                                [CA_PUT_REVISION] = &run->revisions,
                                [CA_PUT_REFUSED] = &run->refused};

    ++*counters[outcome->what];
}

static enum ca_code put_batch(struct run *run, struct ca_put_outcome *outcomes)
{
    struct ca_record *records = CA_ARRAY(run->arena, run->packed_count, struct ca_record);
    const char *at = run->packed.data, *end = at + run->packed.length;

    for (size_t i = 0; i < run->packed_count; i++)
        if (!ca_record_unpack(run->arena, &at, end, &records[i]))
            return ca_fail(&run->error, CA_ERROR_STORE, "a result came damaged to the store");
    if (run->packed_count == 0)
        return CA_OK;
    return ca_store_put(run->store, records, run->packed_count, outcomes, &run->error);
}

static enum ca_code flush(struct run *run)
{
    struct ca_put_outcome *outcomes =
        CA_ARRAY(run->arena, run->packed_count, struct ca_put_outcome);
    enum ca_code code = put_batch(run, outcomes);

    if (code != CA_OK)
        return code;
    for (size_t i = 0; i < run->count; i++) {
        struct item *item = &run->items[i];
        const struct ca_put_outcome *outcome = item->refused ? NULL : outcomes++;
        if (outcome == NULL)
            run->refused++;
        else
            count(run, outcome);
        if (outcome != NULL && outcome->what == CA_PUT_REFUSED)
            refuse_item(run, item, outcome->reason);
        print_item(run, item, outcome);
    }
    fflush(run->output.stream);
    run->count = run->packed_count = 0;
    run->limit = run->limit < BATCH_RETURNS / 2 ? 2 * run->limit : BATCH_RETURNS;
    ca_buffer_clear(&run->packed);
    ca_arena_reset(run->arena);
    return CA_OK;
}

static bool batch_is_due(const struct run *run)
{
    struct timespec now;
    long ms;

    if (run->count == run->limit || run->packed.length >= BATCH_BYTES)
        return true;
    clock_gettime(CLOCK_MONOTONIC, &now);
    ms = (now.tv_sec - run->began.tv_sec) * 1000 + (now.tv_nsec - run->began.tv_nsec) / 1000000;
    return ms >= BATCH_MS;
}

static enum ca_code pack(struct run *run, const struct ca_scored *scored)
{
    const struct ca_template *t = scored->result->template;
    const struct ca_plugin *plugin = ca_registry_find(run->cli->registry, t->framework_name);
    const char *sha256 = ca_registry_sha256(run->cli->registry, plugin, &run->error);
    struct ca_record record;

    if (sha256 == NULL)
        return run->error.code;
    ca_record_of_result(run->arena, scored->result, scored->bytes, scored->length, sha256,
                        &record);
    ca_record_pack(&record, &run->packed);
    run->packed_count++;
    return CA_OK;
}

static enum ca_code record_file(struct run *run, const char *file, struct ca_buffer *text)
{
    struct item *item = &run->items[run->count];
    struct ca_scored scored;
    enum ca_code code = CA_OK;

    if (run->count++ == 0)
        clock_gettime(CLOCK_MONOTONIC, &run->began);
    ca_scorer_run_file(run->scorer, file, &scored);
    if (ca_store_failure(run->store, &run->error) != CA_OK)
        return run->error.code;
    if (scored.result != NULL)
        say_immediate_alerts(&scored);
    judge(run, &scored);
    ca_print_diags(run->cli, file, &scored.diags);
    write_result(run, text, &scored);
    *item = (struct item){
        .file = file,
        .id = scored.return_id != NULL ? ca_arena_strdup(run->arena, scored.return_id) : NULL,
        .text = ca_arena_strdup(run->arena, text->data),
        .refused = scored.result == NULL};
    if (scored.result != NULL) {
        item->grade = ca_arena_strdup(
            run->arena, ca_words_grade(scored.result->template, scored.result->grade));
        code = pack(run, &scored);
    }
    return code == CA_OK && batch_is_due(run) ? flush(run) : code;
}

/* ---- the whole ---- */

static enum ca_code record_all(struct run *run)
{
    struct ca_buffer text = {0};
    enum ca_code code =
        ca_output_open(&run->output, ca_args_get(run->args, "output", NULL), &run->error);

    if (code != CA_OK)
        return code;
    fputs(ca_scored_head(&run->writer), run->output.stream);
    for (size_t i = 0; i < run->inputs.count && code == CA_OK; i++)
        code = record_file(run, run->inputs.paths[i], &text);
    if (code == CA_OK)
        code = flush(run);
    fputs(ca_scored_tail(&run->writer), run->output.stream);
    ca_buffer_free(&text);
    /* What was stored before a failure stays stored, so what was said of it stays, too. */
    if (code != CA_OK) {
        struct ca_error second;
        ca_output_close(&run->output, true, &second);
        return code;
    }
    return ca_output_close(&run->output, true, &run->error);
}

static void say_totals(const struct run *run)
{
    ca_remark(run->cli, "%zu recorded, %zu revision%s, %zu unchanged, %zu refused",
              run->recorded, run->revisions, run->revisions == 1 ? "" : "s", run->unchanged,
              run->refused);
}

static int run_all(struct run *run)
{
    int templates = ca_cli_add_templates(run->cli, run->args, run->catalogue, run->store, true);
    bool good;

    if (templates < 0)
        return CA_EXIT_FAILED;
    good = ca_inputs_gather(&run->inputs, run->args);
    if (good && record_all(run) != CA_OK) {
        ca_complain("%s", run->error.message);
        good = false;
    }
    if (run->recorded + run->revisions + run->unchanged + run->refused > 0)
        say_totals(run);
    if (!good)
        return CA_EXIT_FAILED;
    return run->refused + run->inputs.failures + (size_t)templates > 0 ? CA_EXIT_REFUSED
                                                                       : CA_EXIT_DONE;
}

static void free_run(struct run *run)
{
    ca_inputs_free(&run->inputs);
    ca_scorer_free(run->scorer);
    ca_catalogue_free(run->catalogue);
    ca_store_close(run->store);
    ca_buffer_free(&run->packed);
    ca_arena_free(run->arena);
    ca_arena_free(run->run_arena);
    free(run->digests);
    free(run);
}

static int record(struct ca_cli *cli, const struct ca_args *args)
{
    struct ca_engine_options options = {.allow_incomplete =
                                            ca_args_has(args, "allow-incomplete")};
    struct ca_template_source source;
    struct ca_scored_writer writer;
    struct ca_store *store;
    struct run *run;
    int status;

    if (args->operand_count == 0 && !ca_args_has(args, "files-from"))
        return ca_misused(args->verb, "name the returns to record: files, folders, or -");
    if (!ca_scored_writer_init(&writer, args))
        return CA_EXIT_USAGE;
    store = ca_cli_store(cli, CA_STORE_WRITE);
    if (store == NULL)
        return CA_EXIT_FAILED;
    source = ca_cli_template_source(store);
    run = ca_xcalloc(1, sizeof *run);
    *run = (struct run){.cli = cli,
                        .args = args,
                        .store = store,
                        .writer = writer,
                        .limit = 1,
                        .personal_data = ca_args_has(args, "allow-personal-data"),
                        .arena = ca_arena_new(),
                        .run_arena = ca_arena_new()};
    run->seen = ca_map_new(run->run_arena, 64);
    ca_buffer_clear(&run->packed);
    run->catalogue = ca_catalogue_new(cli->registry, &source);
    run->scorer = ca_scorer_new(cli->registry, run->catalogue, &options);
    status = run_all(run);
    free_run(run);
    return status;
}

static const struct ca_option_row options[] = {
    {"template", 't', "FILE|ID[@VERSION]", true, "score by this template; files are loaded"},
    {"format", 'f', "text|ndjson|xml", false, "how results are written (default text)"},
    {"explain", 0, NULL, false, "show why: every weight, sum, rounding, limit"},
    {"allow-incomplete", 0, NULL, false,
     "accepted as in score; incomplete returns are refused"},
    {"allow-personal-data", 0, NULL, false, "what looks like personal data is none"},
    {"files-from", 0, "FILE|-", true, "read the list of returns from here, one a line"},
    {"jobs", 'j', "N", false, "processes at work (default: one a processor)"},
    {"timeout", 0, "SECONDS", false, "give up on a return after so long (default 10)"},
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
