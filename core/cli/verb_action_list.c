/* action list: what is to be done, by whom, and what has become of it. */
#include "config.h"

#include <string.h>

#include "core/base/code.h"
#include "core/base/json.h"
#include "core/base/map.h"
#include "core/cli/cli.h"
#include "core/cli/rows.h"
#include "core/cli/store_access.h"
#include "core/cli/verbs.h"
#include "core/year/calendar.h"
#include "core/year/tasks.h"

struct list {
    const struct ca_args *args;
    const char *format;
    ca_date as_of;
    struct ca_action_filter filter;
    struct ca_arena *arena;
    struct ca_buffer out;
    struct ca_rows *rows;
    struct ca_task_counts *counts;
    size_t count;
};

static const struct ca_action_filter every_action = {
    .query = {.from = CA_NO_DATE, .to = CA_NO_DATE}, .overdue = CA_NO_DATE};

static bool is_for_people(const struct list *list)
{
    return strcmp(list->format, "text") == 0;
}

/* ---- one by one ---- */

static bool add_row(void *context, const struct ca_stored_action *a)
{
    struct list *list = context;
    const enum ca_task_state state = ca_task_state_of(a, list->as_of);
    char date[CA_DATE_SIZE], due[CA_DATE_SIZE], completed[CA_DATE_SIZE];
    const bool is_due = a->due != CA_NO_DATE, is_done = a->completed != CA_NO_DATE;
    const char *const cells[] = {a->return_id,
                                 a->case_ref,
                                 a->id,
                                 a->template_id,
                                 ca_date_format(a->audit_date, date),
                                 a->standard,
                                 a->agency,
                                 a->theme,
                                 a->owner,
                                 a->text[0] != '\0' ? a->text : NULL,
                                 is_due ? ca_date_format(a->due, due) : NULL,
                                 is_done ? ca_date_format(a->completed, completed) : NULL,
                                 a->verified_by,
                                 state == CA_TASK_OVERDUE ? "yes" : "no"};

    ca_rows_add(list->rows, cells);
    return true;
}

static bool add_line(void *context, const struct ca_stored_action *a)
{
    struct list *list = context;
    char due[CA_DATE_SIZE], completed[CA_DATE_SIZE];
    struct ca_buffer id = {0};

    ca_buffer_printf(&id, "%s:%s", a->return_id, a->id);
    const char *const cells[] = {id.data,
                                 ca_task_state_name(ca_task_state_of(a, list->as_of)),
                                 ca_date_format(a->due, due),
                                 ca_date_format(a->completed, completed),
                                 a->verified_by,
                                 a->owner,
                                 a->case_ref,
                                 a->text};
    ca_rows_add(list->rows, cells);
    ca_buffer_free(&id);
    return true;
}

static bool add_task(void *context, const struct ca_stored_action *a)
{
    struct list *list = context;

    list->count++;
    ca_calendar_add(&list->out, a, list->as_of);
    return true;
}

/* {"schema":…,"as_of":…: what stands before the rows. */
static void open_json(struct list *list, const char *schema, bool dated)
{
    char date[CA_DATE_SIZE];

    ca_json_open(&list->out, '{');
    ca_json_key_string(&list->out, "schema", schema);
    if (dated)
        ca_json_key_string(&list->out, "as_of", ca_date_format(list->as_of, date));
}

/* The rows, and what closes the JSON. */
static void write_rows(struct list *list)
{
    list->count = ca_rows_count(list->rows);
    ca_rows_write(list->rows, "rows", &list->out);
    if (strcmp(list->format, "json") == 0)
        ca_buffer_puts(&list->out, "}\n");
}

static enum ca_code list_each(struct list *list, struct ca_store *store, struct ca_error *error)
{
    static const struct ca_rows_column columns[] = {
        {"return", NULL, CA_ROWS_TEXT},      {"case", NULL, CA_ROWS_TEXT},
        {"action", NULL, CA_ROWS_TEXT},      {"template", NULL, CA_ROWS_TEXT},
        {"date", NULL, CA_ROWS_TEXT},        {"standard", NULL, CA_ROWS_TEXT},
        {"agency", NULL, CA_ROWS_TEXT},      {"theme", NULL, CA_ROWS_TEXT},
        {"owner", NULL, CA_ROWS_TEXT},       {"text", NULL, CA_ROWS_TEXT},
        {"due", NULL, CA_ROWS_TEXT},         {"completed", NULL, CA_ROWS_TEXT},
        {"verified_by", NULL, CA_ROWS_TEXT}, {"overdue", NULL, CA_ROWS_FLAG}};
    static const struct ca_rows_column lines[] = {
        {NULL, "ACTION", CA_ROWS_TEXT},   {NULL, "STATE", CA_ROWS_TEXT},
        {NULL, "DUE", CA_ROWS_TEXT},      {NULL, "COMPLETED", CA_ROWS_TEXT},
        {NULL, "VERIFIED", CA_ROWS_TEXT}, {NULL, "OWNER", CA_ROWS_TEXT},
        {NULL, "CASE", CA_ROWS_TEXT},     {NULL, "WHAT", CA_ROWS_TEXT}};
    const bool people = is_for_people(list);
    enum ca_code code;

    if (strcmp(list->format, "json") == 0)
        open_json(list, "caseaudit-actions/1", true);
    list->rows = people ? ca_rows_new(list->format, lines, sizeof lines / sizeof *lines)
                        : ca_rows_new(list->format, columns, sizeof columns / sizeof *columns);
    code = ca_store_each_action(store, &list->filter, people ? add_line : add_row, list, error);
    write_rows(list);
    return code;
}

static enum ca_code list_calendar(struct list *list, struct ca_store *store,
                                  struct ca_error *error)
{
    enum ca_code code;

    ca_calendar_open(&list->out, PACKAGE_STRING);
    code = ca_store_each_action(store, &list->filter, add_task, list, error);
    ca_calendar_close(&list->out, list->count == 0);
    return code;
}

/* ---- counted ---- */

static bool count_action(void *context, const struct ca_stored_action *action)
{
    ca_task_counts_add(context, action);
    return true;
}

static bool note_action(void *context, const struct ca_stored_action *action)
{
    ca_task_counts_note(context, action);
    return true;
}

static bool count_improvement(void *context, const char *return_id, const char *theme,
                              const char *label)
{
    ca_task_counts_improvement(context, return_id, theme, label);
    return true;
}

static void add_count(struct list *list, const struct ca_task_count *count, bool by_theme)
{
    const int64_t numbers[] = {count->raised,    count->open,     count->overdue,
                               count->completed, count->verified, count->improvements,
                               count->closed};
    const size_t shown = by_theme ? 7 : 5;
    const char *name = count->value, *cells[8];

    if (is_for_people(list))
        name = count->value == NULL ? "none" : count->label != NULL ? count->label : name;
    cells[0] = name;
    for (size_t i = 0; i < shown; i++)
        cells[i + 1] = ca_arena_printf(list->arena, "%lld", (long long)numbers[i]);
    ca_rows_add(list->rows, cells);
}

/* "40 actions: 9 open, 4 of them overdue; 31 completed, 22 of them verified." */
static void say_counts(struct list *list, const struct ca_task_count *counts, size_t count)
{
    struct ca_task_count all = {0};
    char date[CA_DATE_SIZE];

    for (size_t i = 0; i < count; i++) {
        all.raised += counts[i].raised;
        all.open += counts[i].open;
        all.overdue += counts[i].overdue;
        all.completed += counts[i].completed;
        all.verified += counts[i].verified;
        all.improvements += counts[i].improvements;
        all.closed += counts[i].closed;
    }
    ca_buffer_printf(
        &list->out,
        "%lld action%s on %s: %lld open, %lld of them overdue; %lld completed, %lld "
        "of them verified.\n",
        (long long)all.raised, all.raised == 1 ? "" : "s", ca_date_format(list->as_of, date),
        (long long)all.open, (long long)all.overdue, (long long)all.completed,
        (long long)all.verified);
    if (all.improvements > 0)
        ca_buffer_printf(&list->out,
                         "%lld improvement%s called for: %lld closed, by a verified action of "
                         "the same theme and audit.\n",
                         (long long)all.improvements, all.improvements == 1 ? "" : "s",
                         (long long)all.closed);
    ca_buffer_putc(&list->out, '\n');
}

static enum ca_code count_all(struct list *list, struct ca_store *store, bool by_theme,
                              struct ca_error *error)
{
    enum ca_code code = CA_OK;

    if (by_theme)
        code = ca_store_each_action(store, &every_action, note_action, list->counts, error);
    if (code == CA_OK)
        code = ca_store_each_action(store, &list->filter, count_action, list->counts, error);
    if (code == CA_OK && by_theme)
        code = ca_store_each_improvement(store, &every_action.query, count_improvement,
                                         list->counts, error);
    return code;
}

static enum ca_code list_counts(struct list *list, struct ca_store *store, const char *by,
                                struct ca_error *error)
{
    const struct ca_rows_column columns[] = {{by, by, CA_ROWS_GROUP},
                                             {"raised", ">RAISED", CA_ROWS_NUMBER},
                                             {"open", ">OPEN", CA_ROWS_NUMBER},
                                             {"overdue", ">OVERDUE", CA_ROWS_NUMBER},
                                             {"completed", ">COMPLETED", CA_ROWS_NUMBER},
                                             {"verified", ">VERIFIED", CA_ROWS_NUMBER},
                                             {"improvements", ">IMPROVEMENTS", CA_ROWS_NUMBER},
                                             {"closed", ">CLOSED", CA_ROWS_NUMBER}};
    const bool by_theme = strcmp(by, "theme") == 0;
    const struct ca_task_count *counts;
    enum ca_code code;
    size_t count;

    list->counts = ca_task_counts_new(list->arena,
                                      by_theme                    ? CA_TASK_BY_THEME
                                      : strcmp(by, "agency") == 0 ? CA_TASK_BY_AGENCY
                                                                  : CA_TASK_BY_OWNER,
                                      list->as_of);
    code = count_all(list, store, by_theme, error);
    if (code != CA_OK)
        return code;
    counts = ca_task_counts_of(list->counts, &count);
    list->rows = ca_rows_new(list->format, columns, by_theme ? 8 : 6);
    for (size_t i = 0; i < count; i++)
        add_count(list, &counts[i], by_theme);
    if (strcmp(list->format, "json") == 0)
        open_json(list, "caseaudit-action-counts/1", false);
    else if (is_for_people(list) && count > 0)
        say_counts(list, counts, count);
    write_rows(list);
    return CA_OK;
}

/* ---- nothing to list ---- */

/* Whose actions there are, each code once. */
struct owners {
    const char *wanted;
    struct ca_arena *arena;
    struct ca_map *seen;
    struct ca_buffer names;
    bool found; /* the one that was asked for */
};

static bool note_owner(void *context, const struct ca_stored_action *action)
{
    struct owners *owners = context;

    if (action->owner == NULL ||
        ca_map_put(owners->seen, ca_arena_strdup(owners->arena, action->owner), 0) !=
            CA_NOT_FOUND)
        return true;
    owners->found |= ca_same_code(action->owner, owners->wanted);
    ca_buffer_printf(&owners->names, "%s%s", owners->names.length > 0 ? ", " : "",
                     action->owner);
    return true;
}

/* Is there nobody of that code? */
static void say_nothing(const struct ca_cli *cli, struct ca_store *store, const char *owner)
{
    struct owners owners = {.wanted = owner, .arena = ca_arena_new()};
    struct ca_error error;

    owners.seen = ca_map_new(owners.arena, 16);
    ca_buffer_clear(&owners.names);
    if (owner == NULL ||
        ca_store_each_action(store, &every_action, note_owner, &owners, &error) != CA_OK ||
        owners.found)
        ca_remark(cli, "there is no such action");
    else if (owners.names.length == 0)
        ca_remark(cli, "nobody has an action");
    else
        ca_remark(cli, "no action belongs to '%s'; they belong to %s", owner,
                  owners.names.data);
    ca_buffer_free(&owners.names);
    ca_arena_free(owners.arena);
}

/* ---- the verb ---- */

static int write_list(const struct ca_cli *cli, struct list *list, struct ca_store *store)
{
    const char *by = ca_args_get(list->args, "by", NULL);
    struct ca_error error;
    enum ca_code code = by != NULL ? list_counts(list, store, by, &error)
                        : strcmp(list->format, "ics") == 0 ? list_calendar(list, store, &error)
                                                           : list_each(list, store, &error);

    if (code != CA_OK)
        return ca_cli_store_failed(&error);
    if (list->count == 0)
        say_nothing(cli, store, list->filter.owner);
    return ca_output_write(list->args, CA_OUTPUT_CASES, list->out.data, list->out.length);
}

static int list(struct ca_cli *cli, const struct ca_args *args)
{
    const char *as_of = ca_args_get(args, "as-of", NULL);
    struct list list = {.args = args,
                        .format = ca_args_get(args, "format", "text"),
                        .as_of = cli->today,
                        .filter = every_action};
    struct ca_store *store;
    int status;

    if (as_of != NULL && !ca_date_parse(as_of, &list.as_of))
        return ca_misused(args->verb, "'%s' is no date; write it as 2024-03-31", as_of);
    if (ca_args_has(args, "by") && strcmp(list.format, "ics") == 0)
        return ca_misused(args->verb, "counts are no to-dos of a calendar: leave out --by, or "
                                      "say another --format");
    list.filter.open = ca_args_has(args, "open");
    list.filter.owner = ca_args_get(args, "owner", NULL);
    if (ca_args_has(args, "overdue"))
        list.filter.overdue = list.as_of;
    store = ca_cli_store(cli, CA_STORE_READ);
    if (store == NULL)
        return CA_EXIT_FAILED;
    list.arena = ca_arena_new();
    ca_buffer_clear(&list.out);
    status = write_list(cli, &list, store);
    ca_buffer_free(&list.out);
    ca_arena_free(list.arena);
    ca_store_close(store);
    return status;
}

static const struct ca_option_row options[] = {
    {"open", 0, NULL, false, "only those not completed"},
    {"overdue", 0, NULL, false, "only those due and not completed"},
    {"owner", 0, "CODE", false, "only those of this role"},
    {"as-of", 0, "DATE", false, "the day that decides what is overdue (default today)"},
    {"by", 0, "owner|theme|agency", false, "how many each has, in place of the actions"},
    {"format", 'f', "text|json|csv|ics", false,
     "how it is written (text); ics: for a calendar"},
    {"output", 'o', "FILE", false, "write to FILE, whole or not at all"},
    {NULL, 0, NULL, false, NULL}};

const struct ca_verb ca_verb_action_list = {
    .name = "action list",
    .operands = "",
    .summary = "List actions by their due date",
    .example = "caseaudit action list --overdue --owner TM4",
    .options = options,
    .least = 0,
    .most = 0,
    .run = list,
};
