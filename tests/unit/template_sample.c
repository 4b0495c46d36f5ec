#include "tests/unit/template_sample.h"

#include <check.h>
#include <stdio.h>
#include <string.h>

/* ---- frameworks ---- */

static const char *const all_rollups[] = {"mean",  "flat", "lowest", "median",
                                          "rules", "none", NULL};
static const char *const few_rollups[] = {"mean", "rules", "none", NULL};

static const struct caseaudit_option options[] = {
    {"weeks", CASEAUDIT_OPTION_INTEGER, "6", 1, 52, "weeks between meetings"},
    {"cap", CASEAUDIT_OPTION_GRADE, "fair", 0, 0, "the cap"},
    {"strict", CASEAUDIT_OPTION_BOOLEAN, "no", 0, 0, "be strict"},
    {NULL, 0, NULL, 0, 0, NULL}};

static const struct caseaudit_focus focus_words[] = {
    {"duty", CASEAUDIT_FOCUS_APART, "what must be done"},
    {"quality", 0, "how well it is done"},
    {NULL, 0, NULL}};

static const struct caseaudit_derived derived[] = {
    {"first-review", CASEAUDIT_DERIVED_TIMESCALE, "the first review", NULL},
    {"reviews", CASEAUDIT_DERIVED_FREQUENCY, "later reviews", NULL},
    {NULL, 0, NULL, NULL}};

static const caseaudit_framework plain = {
    .name = "plain", .title = "Plain", .version = "1", .rollups = all_rollups};

static const caseaudit_framework full = {.name = "full",
                                         .title = "Full",
                                         .version = "1",
                                         .flags = CASEAUDIT_HAS_AGENCIES,
                                         .rollups = few_rollups,
                                         .unit = "household",
                                         .look_back_months = 12,
                                         .options = options,
                                         .focus_words = focus_words,
                                         .derived = derived};

static const caseaudit_framework open_focus = {.name = "open",
                                               .title = "Open",
                                               .version = "1",
                                               .flags = CASEAUDIT_OPEN_FOCUS,
                                               .rollups = all_rollups,
                                               .focus_words = focus_words};

const caseaudit_framework *sample_lookup(void *context, const char *name)
{
    static const caseaudit_framework *const installed[] = {&plain, &full, &open_focus};

    (void)context;
    for (size_t i = 0; i < sizeof installed / sizeof *installed; i++)
        if (strcmp(installed[i]->name, name) == 0)
            return installed[i];
    return NULL;
}

/* ---- documents ---- */

static const char *or_else(const char *part, const char *fallback)
{
    return part ? part : fallback;
}

static void take_mark(struct ca_buffer *out, int *line, int *column)
{
    char *mark = out->data ? strchr(out->data, '@') : NULL;

    *line = *column = 1; /* the root element */
    if (!mark)
        return;
    for (const char *c = out->data; c < mark; c++) {
        ++*column;
        if (*c == '\n') {
            ++*line;
            *column = 1;
        }
    }
    memmove(mark, mark + 1, strlen(mark));
    out->length--;
}

void sample_write(const struct sample *sample, struct ca_buffer *out, int *line, int *column)
{
    const char *name = or_else(sample->name, "plain");

    ca_buffer_clear(out);
    ca_buffer_printf(out,
                     "<template xmlns='urn:caseaudit:template:1' id='t' version='1'\n"
                     " framework='%s' effective-from='2023-04-01' %s>\n"
                     "<title>T</title>\n<scale>\n%s</scale>\n",
                     name,
                     or_else(sample->root, strcmp(name, "full") == 0 ? "unit='household'" : ""),
                     or_else(sample->scale, SAMPLE_SCALE));
    ca_buffer_printf(out, "%s%s%s</template>\n", or_else(sample->head, ""),
                     or_else(sample->sections, SAMPLE_SECTIONS), or_else(sample->tail, ""));
    take_mark(out, line, column);
}

/* ---- reading them ---- */

void sample_run_start(struct sample_run *run)
{
    memset(run, 0, sizeof *run);
    run->parser = ca_xml_parser_new();
    run->arena = ca_arena_new();
}

void sample_run_end(struct sample_run *run)
{
    ca_buffer_free(&run->text);
    ca_arena_free(run->arena);
    ca_xml_parser_free(run->parser);
}

void sample_run_text(struct sample_run *run)
{
    ca_diags_init(&run->diags, run->arena);
    run->t = ca_template_read(run->parser, "t.xml", run->text.data, run->text.length,
                              sample_lookup, NULL, NULL, &run->diags);
}

void sample_run(struct sample_run *run, const struct sample *sample)
{
    sample_write(sample, &run->text, &run->line, &run->column);
    sample_run_text(run);
}

void sample_print_faults(const struct sample_run *run)
{
    for (size_t i = 0; i < run->diags.count; i++) {
        const struct ca_diag *d = &run->diags.items[i];
        fprintf(stderr, "%d:%d: <%s> %s\n", d->line, d->column, d->element, d->message);
    }
}

void sample_expect(const struct sample_fault *faults, size_t count, enum ca_severity severity)
{
    struct sample_run run;

    sample_run_start(&run);
    for (size_t i = 0; i < count; i++) {
        const struct ca_diag *d;
        sample_run(&run, &faults[i].sample);
        ck_assert((run.t != NULL) == (severity == CA_WARNING));
        if (run.diags.count != 1)
            sample_print_faults(&run);
        ck_assert_msg(run.diags.count == 1, "%zu faults rather than: %s\n%s", run.diags.count,
                      faults[i].message, run.text.data);
        d = run.diags.items;
        ck_assert_int_eq(d->severity, severity);
        ck_assert_int_eq(d->fault, CA_FAULT_RULE);
        ck_assert_msg(strstr(d->message, faults[i].message) != NULL, "'%s' rather than '%s'",
                      d->message, faults[i].message);
        ck_assert_msg(d->line == run.line && d->column == run.column,
                      "%s: at %d:%d rather than %d:%d", d->message, d->line, d->column,
                      run.line, run.column);
        ck_assert_ptr_nonnull(d->element);
        ca_template_free(run.t);
    }
    sample_run_end(&run);
}
