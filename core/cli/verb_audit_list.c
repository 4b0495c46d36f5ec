/* audit list: which audits are in the store? */
#include <string.h>

#include "core/base/array.h"
#include "core/base/blank.h"
#include "core/base/code.h"
#include "core/base/json.h"
#include "core/base/map.h"
#include "core/base/suggest.h"
#include "core/cli/cli.h"
#include "core/cli/csv.h"
#include "core/cli/output.h"
#include "core/cli/safe.h"
#include "core/cli/store_access.h"
#include "core/cli/verbs.h"
#include "core/store/query.h"

struct list {
    FILE *out;
    enum { TEXT, JSON, CSV } format;
    size_t count;
    struct ca_buffer line, cell;
};

/* At least so wide, and two blanks; NULL: nothing. Quicker than printf by far. */
static void add_wide(struct ca_buffer *line, const char *text, size_t width)
{
    static const char blanks[] = "                                ";
    size_t length = text != NULL ? strlen(text) : 0;

    if (length > 0)
        ca_buffer_add(line, text, length);
    ca_buffer_add(line, blanks, (length < width ? width - length : 0) + 2);
}

/* Written as they come: there may be a hundred thousand. */
static void write_text(struct list *list, const struct ca_stored_audit *audit)
{
    char date[CA_DATE_SIZE], revision[16];
    struct ca_buffer *cell = &list->cell;

    snprintf(revision, sizeof revision, "%3d", audit->revision);
    ca_buffer_clear(cell);
    add_wide(cell, audit->return_id, 22);
    add_wide(cell, ca_date_format(audit->audit_date, date), 0);
    add_wide(cell, audit->template_id, 30);
    add_wide(cell, audit->grade != NULL ? audit->grade : "not graded", 24);
    add_wide(cell, revision, 0);
    add_wide(cell, audit->case_ref, 16);
    ca_buffer_puts(cell, audit->auditor != NULL ? audit->auditor : "");
    if (audit->withdrawn != NULL) {
        ca_buffer_puts(cell, "  withdrawn: ");
        ca_buffer_puts(cell, audit->withdrawn);
    }
    ca_safe_line(&list->line, cell->data);
    ca_buffer_putc(&list->line, '\n');
}

static void write_json(struct list *list, const struct ca_stored_audit *audit)
{
    struct ca_buffer *out = &list->line;
    char date[CA_DATE_SIZE];

    ca_buffer_puts(out, list->count > 0 ? ",\n" : "[\n");
    ca_json_open(out, '{');
    ca_json_key_string(out, "return", audit->return_id);
    ca_json_key_string(out, "template", audit->template_id);
    ca_json_key_string(out, "template_version", audit->template_version);
    ca_json_key_string(out, "date", ca_date_format(audit->audit_date, date));
    ca_json_key_integer(out, "revision", audit->revision);
    ca_json_key_string(out, "grade", audit->grade);
    ca_json_key_string(out, "case", audit->case_ref);
    ca_json_key_string(out, "auditor", audit->auditor);
    ca_json_key(out, "erased");
    ca_json_bool(out, audit->erased);
    ca_json_key_string(out, "withdrawn", audit->withdrawn);
    ca_json_close(out, '}');
}

static void write_csv(struct list *list, const struct ca_stored_audit *audit)
{
    char date[CA_DATE_SIZE], revision[16];
    const char *const cells[] = {audit->return_id,
                                 audit->template_id,
                                 audit->template_version,
                                 ca_date_format(audit->audit_date, date),
                                 revision,
                                 audit->grade,
                                 audit->case_ref,
                                 audit->auditor,
                                 audit->erased ? "yes" : "no",
                                 audit->withdrawn};
    const size_t count = sizeof cells / sizeof *cells;

    snprintf(revision, sizeof revision, "%d", audit->revision);
    for (size_t i = 0; i < count; i++)
        ca_csv_cell(&list->line, cells[i], i + 1 < count ? ',' : '\n');
}

static bool list_audit(void *context, const struct ca_stored_audit *audit)
{
    static void (*const write[])(struct list *, const struct ca_stored_audit *) = {
        [TEXT] = write_text, [JSON] = write_json, [CSV] = write_csv};
    struct list *list = context;

    ca_buffer_clear(&list->line);
    write[list->format](list, audit);
    list->count++;
    fwrite(list->line.data, 1, list->line.length, list->out);
    return true;
}

static const char *head_of(const struct list *list)
{
    return list->format == CSV ? "return,template,template_version,date,revision,grade,case,"
                                 "auditor,erased,withdrawn\n"
                               : "";
}

static const char *tail_of(const struct list *list)
{
    return list->format != JSON ? "" : list->count > 0 ? "\n]\n" : "[]\n";
}

static bool calls(const struct ca_stored_grade *grade, const char *word)
{
    return ca_same_text(grade->id, word) || ca_same_text(grade->label, word) ||
           (grade->abbrev != NULL && ca_same_text(grade->abbrev, word));
}

/* The id of the grade that people call so, in any template of the store; NULL with an error. */
static const char *grade_called(struct ca_store *store, const char *word,
                                struct ca_arena *arena, struct ca_error *error)
{
    const struct ca_query all = {.from = CA_NO_DATE, .to = CA_NO_DATE};
    struct ca_stored_template *templates;
    const char **ids = NULL, *hint;
    size_t count, known = 0;

    if (ca_store_templates(store, &all, arena, &templates, &count, error) != CA_OK)
        return NULL;
    for (size_t i = 0; i < count; i++)
        for (size_t k = 0; k < templates[i].grade_count; k++) {
            if (calls(&templates[i].grades[k], word))
                return templates[i].grades[k].id;
            *CA_ARENA_APPEND(arena, ids, known) = templates[i].grades[k].id;
        }
    hint = ca_did_you_mean(arena, word, ids, known);
    ca_fail(error, CA_ERROR_USAGE,
            "no template in the store has a grade '%s'%s 'caseaudit template show' lists them",
            word, *hint != '\0' ? hint : ";");
    return NULL;
}

/* The filter that the options make; false with an error. */
static bool make_filter(struct ca_store *store, const struct ca_args *args,
                        const char **template_id, struct ca_audit_filter *filter,
                        struct ca_arena *arena, struct ca_error *error)
{
    const char *grade = ca_args_get(args, "grade", NULL);
    const char *period = ca_args_get(args, "period", NULL);
    struct ca_period found = {.from = CA_NO_DATE, .to = CA_NO_DATE};

    *template_id = ca_args_get(args, "template", NULL);
    if (period != NULL && !ca_cli_period(store, period, &found, error))
        return false;
    if (*template_id != NULL &&
        ca_store_find_template(store, *template_id, NULL, NULL, NULL, NULL, error) != CA_OK)
        return false;
    if (grade != NULL && (grade = grade_called(store, grade, arena, error)) == NULL)
        return false;
    *filter = (struct ca_audit_filter){.query = {.template_ids = template_id,
                                                 .template_count = *template_id != NULL,
                                                 .from = found.from,
                                                 .to = found.to},
                                       .case_ref = ca_args_get(args, "case", NULL),
                                       .auditor = ca_args_get(args, "auditor", NULL),
                                       .grade = grade,
                                       .withdrawn = ca_args_has(args, "withdrawn")};
    return true;
}

static int write_list(struct list *list, struct ca_store *store, const struct ca_args *args,
                      struct ca_arena *arena)
{
    struct ca_audit_filter filter;
    struct ca_output output;
    struct ca_error error;
    const char *template_id;
    enum ca_code code;

    if (!make_filter(store, args, &template_id, &filter, arena, &error))
        return ca_cli_store_failed(&error);
    if (ca_output_open(&output, args, NULL, CA_OUTPUT_CASES, &error) != CA_OK)
        return ca_output_failed(&error);
    list->out = output.stream;
    fputs(head_of(list), list->out);
    code = ca_store_each_audit(store, &filter, list_audit, list, &error);
    fputs(tail_of(list), list->out);
    if (code != CA_OK) {
        struct ca_error second;
        (void)ca_output_close(&output, false, &second);
        return ca_cli_store_failed(&error);
    }
    code = ca_output_close(&output, true, &error);
    return code == CA_OK ? CA_EXIT_DONE : ca_output_failed(&error);
}

/* Whose audits there are: for one that asks for somebody else's. */
struct auditors {
    struct ca_arena *arena;
    const char *wanted;
    struct ca_map *seen;
    struct ca_buffer names;
    bool found;
};

static bool note_auditor(void *context, const struct ca_stored_audit *audit)
{
    struct auditors *auditors = context;

    if (audit->auditor == NULL ||
        ca_map_put(auditors->seen, ca_folded(auditors->arena, audit->auditor), 0) !=
            CA_NOT_FOUND)
        return true;
    auditors->found |= ca_same_code(audit->auditor, auditors->wanted);
    ca_buffer_printf(&auditors->names, "%s%s", auditors->names.length > 0 ? ", " : "",
                     audit->auditor);
    return true;
}

/* Is there nobody of that code? Then it is said, with those there are. */
static bool say_nobody(const struct ca_cli *cli, struct ca_store *store, const char *wanted)
{
    const struct ca_audit_filter all = {.query = {.from = CA_NO_DATE, .to = CA_NO_DATE}};
    struct auditors auditors = {.arena = ca_arena_new(), .wanted = wanted};
    struct ca_error error;
    bool nobody;

    auditors.seen = ca_map_new(auditors.arena, 16);
    nobody = wanted != NULL &&
             ca_store_each_audit(store, &all, note_auditor, &auditors, &error) == CA_OK &&
             !auditors.found && auditors.names.length > 0;
    if (nobody)
        ca_remark(cli, "no audit is by '%s'; they are by %s", wanted, auditors.names.data);
    ca_buffer_free(&auditors.names);
    ca_arena_free(auditors.arena);
    return nobody;
}

/* Nothing to list: are there audits at all, and when? */
static void say_nothing(const struct ca_cli *cli, struct ca_store *store,
                        const struct ca_args *args)
{
    const char *period = ca_args_get(args, "period", NULL);
    const char *template_id = ca_args_get(args, "template", NULL);

    if (say_nobody(cli, store, ca_args_get(args, "auditor", NULL)))
        return;
    if (period == NULL || ca_args_has(args, "case") || ca_args_has(args, "auditor") ||
        ca_args_has(args, "grade") || ca_args_has(args, "withdrawn"))
        ca_remark(cli, "there is no such audit");
    else
        ca_cli_say_when(cli, store, &template_id, template_id != NULL, NULL, period);
}

static int list(struct ca_cli *cli, const struct ca_args *args)
{
    const char *format = ca_args_get(args, "format", "text");
    struct list list = {.format = strcmp(format, "json") == 0  ? JSON
                                  : strcmp(format, "csv") == 0 ? CSV
                                                               : TEXT};
    struct ca_store *store = ca_cli_store(cli, CA_STORE_READ);
    struct ca_arena *arena;
    int status;

    if (store == NULL)
        return CA_EXIT_FAILED;
    arena = ca_arena_new();
    status = write_list(&list, store, args, arena);
    if (status == CA_EXIT_DONE && list.count == 0 && list.format == TEXT)
        say_nothing(cli, store, args);
    ca_arena_free(arena);
    ca_buffer_free(&list.line);
    ca_buffer_free(&list.cell);
    ca_store_close(store);
    return status;
}

static const struct ca_option_row options[] = {
    {"template", 't', "ID", false, "audits by this template, all its versions"},
    {"period", 'p', "PERIOD", false, "2023-24, '2023-24 Q3', 2023-11 or FROM..TO"},
    {"case", 0, "REF", false, "audits of this case"},
    {"auditor", 0, "CODE", false, "audits by this role"},
    {"grade", 0, "ID", false, "audits that ended with this grade"},
    {"withdrawn", 0, NULL, false, "those that are withdrawn, with the reason"},
    {"format", 'f', "text|json|csv", false, "how it is written (text)"},
    {"output", 'o', "FILE", false, "write to FILE, whole or not at all"},
    {NULL, 0, NULL, false, NULL}};

const struct ca_verb ca_verb_audit_list = {
    .name = "audit list",
    .operands = "",
    .summary = "List the audits in the store, by template and date",
    .example = "caseaudit audit list --template child-in-need-file --period '2023-24 Q3'",
    .options = options,
    .least = 0,
    .most = 0,
    .run = list,
};
