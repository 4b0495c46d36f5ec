/* template load, list, show, export, retire: templates as the store keeps them. */
#include <stdlib.h>
#include <string.h>

#include "core/cli/cli.h"
#include "core/cli/ledger_words.h"
#include "core/cli/safe.h"
#include "core/cli/store_access.h"
#include "core/cli/table.h"
#include "core/cli/template_named.h"
#include "core/cli/verbs.h"
#include "core/store/query.h"

static const struct ca_option_row no_options[] = {{NULL, 0, NULL, false, NULL}};

/* ---- load ---- */

static int load(struct ca_cli *cli, const struct ca_args *args)
{
    struct ca_store *store = ca_cli_store(cli, CA_STORE_WRITE);
    struct ca_catalogue *catalogue;
    const struct ca_template *t;
    enum ca_loaded outcome;
    struct ca_error error;
    int refused = 0, status = 0;

    if (store == NULL)
        return CA_EXIT_FAILED;
    catalogue = ca_catalogue_new(cli->registry, NULL);
    for (size_t i = 0; i < args->operand_count && status >= 0; i++) {
        const char *file = args->operands[i];
        status = ca_cli_load_template(cli, catalogue, store, file, &outcome, &t, &error);
        if (status == 0)
            printf("%-12s%s@%s\n", outcome == CA_LOADED ? "loaded" : "unchanged", t->id,
                   t->version);
        else if (status > 0)
            refused++;
        if (status > 0) {
            fputs("refused     ", stdout);
            ca_print_safe(stdout, file);
            putchar('\n');
        }
        if (status < 0)
            ca_complain("%s", error.message);
        fflush(stdout);
    }
    ca_catalogue_free(catalogue);
    ca_store_close(store);
    return status < 0 ? CA_EXIT_FAILED : refused > 0 ? CA_EXIT_REFUSED : CA_EXIT_DONE;
}

const struct ca_verb ca_verb_template_load = {
    .name = "template load",
    .operands = "FILE...",
    .summary = "Check templates and keep them in the store; a version never changes",
    .example = "caseaudit template load permanency-file.xml",
    .options = no_options,
    .least = 1,
    .most = (size_t)-1,
    .run = load,
};

/* ---- list ---- */

static void list_row(struct ca_table *table, const struct ca_stored_template *t)
{
    char date[CA_DATE_SIZE];

    ca_table_row(table);
    ca_table_cell(table, t->id);
    ca_table_cell(table, t->version);
    ca_table_cell(table, t->framework);
    ca_table_cell(table, ca_date_format(t->effective_from, date));
    ca_table_cell(table, ca_date_format(t->effective_to, date));
    ca_table_cell(table, ca_date_format(t->retired_on, date));
    ca_table_number(table, t->audits);
    ca_table_cell(table, t->title);
}

static int list(struct ca_cli *cli, const struct ca_args *args)
{
    static const char *const headings[] = {"TEMPLATE", "VERSION", "FRAMEWORK", "FROM",
                                           "TO",       "RETIRED", ">AUDITS",   "TITLE"};
    struct ca_store *store = ca_cli_store(cli, CA_STORE_READ);
    const struct ca_query all = {.from = CA_NO_DATE, .to = CA_NO_DATE};
    struct ca_stored_template *templates;
    struct ca_table *table;
    struct ca_arena *arena;
    struct ca_error error;
    int status = CA_EXIT_DONE;
    size_t count;

    (void)args;
    if (store == NULL)
        return CA_EXIT_FAILED;
    arena = ca_arena_new();
    if (ca_store_templates(store, &all, arena, &templates, &count, &error) == CA_OK) {
        table = ca_table_new(headings, sizeof headings / sizeof *headings);
        for (size_t i = 0; i < count; i++)
            list_row(table, &templates[i]);
        ca_table_print(table);
        if (count == 0)
            ca_remark(cli, "no template is in the store yet; 'caseaudit template load' adds "
                           "some");
    } else {
        status = ca_cli_store_failed(&error);
    }
    ca_arena_free(arena);
    ca_store_close(store);
    return status;
}

const struct ca_verb ca_verb_template_list = {
    .name = "template list",
    .operands = "",
    .summary = "List the templates in the store, with every version",
    .example = "caseaudit template list",
    .options = no_options,
    .least = 0,
    .most = 0,
    .run = list,
};

/* ---- one template, by ID or ID@VERSION ---- */

struct found {
    struct ca_store *store;
    char *id;
    struct ca_buffer bytes, version;
    ca_date retired_on;
};

static void free_found(struct found *found)
{
    ca_store_close(found->store);
    ca_buffer_free(&found->bytes);
    ca_buffer_free(&found->version);
    free(found->id);
}

static int find(struct ca_cli *cli, const char *operand, enum ca_store_mode mode,
                struct found *found)
{
    struct ca_error error;
    const char *version;

    *found = (struct found){.store = ca_cli_store(cli, mode)};
    if (found->store == NULL)
        return CA_EXIT_FAILED;
    found->id = ca_cli_template_id(operand, &version);
    if (ca_store_find_template(found->store, found->id, version, &found->bytes, &found->version,
                               &found->retired_on, &error) == CA_OK)
        return CA_EXIT_DONE;
    return ca_cli_store_failed(&error);
}

/* ---- show ---- */

static void print_parts(const char *title, const struct ca_stored_parts *parts)
{
    if (parts->count == 0)
        return;
    printf("\n%s:\n", title);
    for (size_t i = 0; i < parts->count; i++) {
        printf("  %-28s ", parts->items[i].id);
        ca_print_safe(stdout, parts->items[i].label);
        putchar('\n');
    }
}

static void print_sections(const struct ca_stored_template *t)
{
    puts("\nSections and standards:");
    for (size_t i = 0; i < t->sections.count; i++) {
        printf("  %s: ", t->sections.items[i].id);
        ca_print_safe(stdout, t->sections.items[i].label);
        putchar('\n');
        for (size_t k = 0; k < t->standards.count; k++)
            if (t->standards.items[k].parent == (int)i) {
                printf("    %-28s ", t->standards.items[k].id);
                ca_print_safe(stdout, t->standards.items[k].label);
                putchar('\n');
            }
    }
}

static void print_template(const struct ca_stored_template *t)
{
    char from[CA_DATE_SIZE], to[CA_DATE_SIZE];

    printf("%s@%s: ", t->id, t->version);
    ca_print_safe(stdout, t->title);
    printf("\nFramework: %s, unit: %s, full marks: %d, %s\n", t->framework, t->unit, t->out_of,
           t->judged ? "judged" : "computed");
    printf("In force: from %s to %s\n",
           t->effective_from == CA_NO_DATE ? "any date"
                                           : ca_date_format(t->effective_from, from),
           t->effective_to == CA_NO_DATE ? "any date" : ca_date_format(t->effective_to, to));
    if (t->retired_on != CA_NO_DATE)
        printf("Retired on: %s\n", ca_date_format(t->retired_on, to));
    printf("Loaded: %s\nAudits: %lld\n", t->loaded, (long long)t->audits);
    puts("\nScale, best first:");
    for (size_t i = 0; i < t->grade_count; i++) {
        printf("  %-28s ", t->grades[i].id);
        ca_print_safe(stdout, t->grades[i].label);
        putchar('\n');
    }
    print_sections(t);
    print_parts("Agencies", &t->agencies);
    print_parts("Attributes", &t->attributes);
    print_parts("Themes", &t->themes);
    print_parts("Limits", &t->limits);
    print_parts("Alerts", &t->alerts);
    print_parts("Measures", &t->measures);
}

static int show(struct ca_cli *cli, const struct ca_args *args)
{
    struct ca_stored_template *templates;
    struct ca_arena *arena = ca_arena_new();
    struct ca_error error;
    struct found found;
    size_t count = 0;
    int status = find(cli, args->operands[0], CA_STORE_READ, &found);

    if (status == CA_EXIT_DONE) {
        const char *const ids[] = {found.id};
        const struct ca_query query = {.template_ids = ids,
                                       .template_count = 1,
                                       .version = found.version.data,
                                       .from = CA_NO_DATE,
                                       .to = CA_NO_DATE};
        if (ca_store_templates(found.store, &query, arena, &templates, &count, &error) != CA_OK)
            status = ca_cli_store_failed(&error);
        else if (count > 0)
            print_template(&templates[0]);
    }
    free_found(&found);
    ca_arena_free(arena);
    return status;
}

const struct ca_verb ca_verb_template_show = {
    .name = "template show",
    .operands = "ID[@VERSION]",
    .summary = "Show a template of the store: scale, sections, standards and the rest",
    .example = "caseaudit template show permanency-file@2024.1",
    .options = no_options,
    .least = 1,
    .most = 1,
    .run = show,
};

/* ---- export ---- */

static int export(struct ca_cli *cli, const struct ca_args *args)
{
    struct found found;
    int status = find(cli, args->operands[0], CA_STORE_READ, &found);

    if (status == CA_EXIT_DONE)
        status =
            ca_output_write(args, CA_OUTPUT_DOCUMENT, found.bytes.data, found.bytes.length);
    free_found(&found);
    return status;
}

static const struct ca_option_row export_options[] = {
    {"output", 'o', "TEMPLATE.xml", false, "write it here, whole or not at all"},
    CA_FORCE_OPTION,
    {NULL, 0, NULL, false, NULL}};

const struct ca_verb ca_verb_template_export = {
    .name = "template export",
    .operands = "ID[@VERSION]",
    .summary = "Give back the document of a template, byte for byte",
    .example = "caseaudit template export permanency-file@2024.1 -o permanency-file.xml",
    .options = export_options,
    .least = 1,
    .most = 1,
    .run = export,
};

/* ---- retire ---- */

/* In force until before it was? */
static enum ca_code check_retirement(const struct found *found, ca_date on,
                                     struct ca_error *error)
{
    const struct ca_query query = {.template_ids = (const char *const *)&found->id,
                                   .template_count = 1,
                                   .version = found->version.data,
                                   .from = CA_NO_DATE,
                                   .to = CA_NO_DATE};
    struct ca_arena *arena = ca_arena_new();
    struct ca_stored_template *t = NULL;
    char day[CA_DATE_SIZE], from[CA_DATE_SIZE];
    size_t count = 0;
    enum ca_code code = ca_store_templates(found->store, &query, arena, &t, &count, error);

    if (code == CA_OK && count == 1 && t->effective_from != CA_NO_DATE &&
        on < t->effective_from)
        code =
            ca_fail(error, CA_ERROR_USAGE,
                    "%s@%s cannot be retired on %s: it is in force from %s only; is the year "
                    "right?",
                    t->id, t->version, ca_date_format(on, day),
                    ca_date_format(t->effective_from, from));
    ca_arena_free(arena);
    return code;
}

static int retire(struct ca_cli *cli, const struct ca_args *args)
{
    const char *on = ca_args_get(args, "on", NULL), *version;
    struct ca_error error;
    struct found found;
    ca_date date;
    char *id;
    int status;

    if (on == NULL)
        return ca_misused(args->verb, "say from when, with --on DATE");
    if (!ca_date_parse(on, &date))
        return ca_misused(args->verb, "'%s' is no date; write it as 2024-03-31", on);
    id = ca_cli_template_id(args->operands[0], &version);
    free(id);
    if (version == NULL)
        return ca_misused(args->verb, "say which version, as %s@VERSION", args->operands[0]);
    status = find(cli, args->operands[0], CA_STORE_WRITE, &found);
    if (status == CA_EXIT_DONE &&
        (check_retirement(&found, date, &error) != CA_OK ||
         ca_store_retire_template(found.store, found.id, found.version.data, date, &error) !=
             CA_OK))
        status = ca_cli_store_failed(&error);
    if (status == CA_EXIT_DONE)
        printf("%s@%s is retired: audits after %s are refused\n", found.id, found.version.data,
               on);
    free_found(&found);
    return status;
}

static const struct ca_option_row retire_options[] = {
    {"on", 0, "DATE", false, "the last day of audits by it"}, {NULL, 0, NULL, false, NULL}};

const struct ca_verb ca_verb_template_retire = {
    .name = "template retire",
    .operands = "ID@VERSION",
    .summary = "Refuse audits by a template after a date",
    .example = "caseaudit template retire permanency-file@2023.1 --on 2024-03-31",
    .options = retire_options,
    .least = 1,
    .most = 1,
    .run = retire,
};

/* ---- history ---- */

struct history {
    const char *id;
    size_t count;
    struct ca_buffer line, safe;
};

/* Entries about templates have ID@VERSION for their subject. */
static bool print_change(void *context, const struct ca_stored_change *change)
{
    struct history *history = context;
    const struct ca_entry *entry = &change->entry;
    size_t length = strlen(history->id);

    if ((strcmp(entry->kind, "template") != 0 && strcmp(entry->kind, "retire") != 0) ||
        entry->subject == NULL || strncmp(entry->subject, history->id, length) != 0 ||
        entry->subject[length] != '@')
        return true;
    ca_buffer_clear(&history->line);
    ca_buffer_clear(&history->safe);
    ca_buffer_printf(&history->line, "%s  %s  ", entry->at, entry->who);
    ca_ledger_words(entry, &history->line);
    ca_safe_line(&history->safe, history->line.data);
    puts(history->safe.data);
    history->count++;
    return true;
}

static int show_history(struct ca_cli *cli, const struct ca_args *args)
{
    struct ca_store *store = ca_cli_store(cli, CA_STORE_READ);
    struct history history = {.id = args->operands[0]};
    struct ca_error error;
    int status = CA_EXIT_DONE;

    if (store == NULL)
        return CA_EXIT_FAILED;
    if (ca_store_find_template(store, history.id, NULL, NULL, NULL, NULL, &error) != CA_OK ||
        ca_store_each_change(store, 1, print_change, &history, &error) != CA_OK)
        status = ca_cli_store_failed(&error);
    ca_buffer_free(&history.line);
    ca_buffer_free(&history.safe);
    ca_store_close(store);
    return status;
}

const struct ca_verb ca_verb_template_history = {
    .name = "template history",
    .operands = "ID",
    .summary = "Show when versions of a template were loaded and retired, and by whom",
    .example = "caseaudit template history permanency-file",
    .options = no_options,
    .least = 1,
    .most = 1,
    .run = show_history,
};
