/* convert: a spreadsheet's rows to returns. */
#include <stdlib.h>
#include <string.h>

#include "core/cli/cli.h"
#include "core/cli/convert_store.h"
#include "core/cli/output.h"
#include "core/cli/sheet_operand.h"
#include "core/cli/store_access.h"
#include "core/cli/template_operand.h"
#include "core/cli/verbs.h"
#include "core/model/xml_write.h"
#include "core/work/convert.h"
#include "core/work/scorer.h"

enum { SHEET_LIMIT = 64 * 1024 * 1024, RETURNS_LIMIT = 256 * 1024 * 1024 };

struct conversion {
    struct ca_cli *cli;
    const struct ca_args *args;
    struct ca_arena *arena, *row_arena;
    struct ca_template_operand template;
    const char *file; /* the spreadsheet */
    struct ca_sheet sheet;
    struct ca_mapping mapping;
    struct ca_diags diags; /* of the spreadsheet */
    struct ca_convert_notes notes;
    struct ca_map *ids;
    struct ca_output_file *made;
    size_t count, skipped, bytes;
};

/* ---- reading ---- */

/* The mapping file, where there is one, and the headings. */
static bool read_mapping(struct conversion *c)
{
    const char *file = ca_args_get(c->args, "map", NULL);
    struct ca_xml_parser *parser = ca_xml_parser_new();
    struct ca_buffer bytes = {0};
    struct ca_diags diags;
    bool good;

    ca_diags_init(&diags, c->arena);
    good = file == NULL || ca_read_whole(file, SHEET_LIMIT, &diags, &bytes);
    good = good && ca_mapping_make(c->arena, parser, c->template.template, &c->sheet,
                                   file != NULL ? bytes.data : NULL, bytes.length, &diags,
                                   &c->diags, &c->mapping);
    ca_diags_tell_rest(&diags);
    if (file != NULL)
        ca_print_diags(c->cli, file, &diags);
    ca_buffer_free(&bytes);
    ca_xml_parser_free(parser);
    return good;
}

static bool read_sheet(struct conversion *c)
{
    struct ca_sheet_options options;
    struct ca_buffer bytes = {0};
    bool good =
        ca_sheet_asked(c->args, &options) &&
        ca_read_whole(c->file, SHEET_LIMIT, &c->diags, &bytes) &&
        ca_sheet_read(c->arena, bytes.data, bytes.length, &options, &c->sheet, &c->diags);

    ca_buffer_free(&bytes);
    return good;
}

/* ---- one row ---- */

/* Ids may hold a solidus, file names may not; and a plus sign is in no id. */
static const char *name_for(struct ca_arena *arena, const char *id)
{
    char *name = ca_arena_printf(arena, "%s.xml", id);

    for (char *solidus = name; (solidus = strchr(solidus, '/')) != NULL;)
        *solidus = '+';
    return name;
}

static void keep(struct conversion *c, size_t row, const char *id, struct ca_buffer *text)
{
    const char *name = name_for(c->arena, id);
    size_t before = ca_map_put(c->ids, name, row);
    int number = c->sheet.rows[row].number;

    if (before != CA_NOT_FOUND)
        ca_sheet_fault(&c->sheet, number, CA_NO_COLUMN, &c->diags, CA_ERROR,
                       "the return's id '%s' makes the same file as that of row %d", id,
                       c->sheet.rows[before].number);
    c->bytes += text->length;
    if (c->bytes > RETURNS_LIMIT) {
        ca_sheet_fault(&c->sheet, number, CA_NO_COLUMN, &c->diags, CA_ERROR,
                       "the returns up to here have more than %d MiB; divide the spreadsheet",
                       RETURNS_LIMIT / (1024 * 1024));
        return;
    }
    c->made[c->count++] = (struct ca_output_file){
        name, ca_arena_strndup(c->arena, text->data, text->length), text->length};
}

/* What score would refuse is told now, with the row it comes from. */
static void try_to_score(struct conversion *c, struct ca_scorer *scorer, size_t row,
                         const struct ca_buffer *text)
{
    struct ca_scored scored;

    ca_scorer_run(scorer, c->file, text->data, text->length, &scored);
    for (size_t i = 0; i < scored.diags.count; i++) {
        const struct ca_diag *diag = &scored.diags.items[i];
        if (diag->severity == CA_ERROR || diag->fault == CA_FAULT_PRIVACY)
            ca_sheet_fault(&c->sheet, c->sheet.rows[row].number, CA_NO_COLUMN, &c->diags,
                           diag->severity, "%s", diag->message);
    }
}

static void convert_row(struct conversion *c, struct ca_scorer *scorer, size_t row,
                        struct ca_buffer *text)
{
    struct ca_converted converted;
    size_t errors = c->diags.errors;

    ca_arena_reset(c->row_arena);
    ca_convert_row(c->row_arena, c->template.template, &c->mapping, &c->sheet, row, &c->notes,
                   &c->diags, &converted);
    if (converted.skipped) {
        c->skipped++;
        return;
    }
    if (c->diags.errors > errors)
        return;
    ca_buffer_clear(text);
    ca_xml_write(text, "urn:caseaudit:return:1", converted.root);
    try_to_score(c, scorer, row, text);
    keep(c, row, converted.id, text);
}

static void convert_rows(struct conversion *c)
{
    struct ca_engine_options options = {.allow_incomplete =
                                            ca_args_has(c->args, "allow-incomplete")};
    struct ca_scorer *scorer = ca_scorer_new(c->cli->registry, c->template.catalogue, &options);
    struct ca_buffer text = {0};

    c->ids = ca_map_new(c->arena, c->sheet.row_count);
    c->made = ca_xcalloc(c->sheet.row_count + 1, sizeof *c->made);
    c->notes.arena = c->arena;
    for (size_t row = 0; row < c->sheet.row_count && c->bytes <= RETURNS_LIMIT; row++)
        convert_row(c, scorer, row, &text);
    if (c->sheet.row_count == 0)
        ca_diags_add(&c->diags, CA_ERROR, CA_FAULT_FILE, c->sheet.header_row, 1, NULL,
                     "there is no row below the headings");
    ca_convert_tell(&c->notes, &c->mapping, &c->diags);
    ca_buffer_free(&text);
    ca_scorer_free(scorer);
}

/* ---- writing: all or nothing ---- */

static int write_or_complain(struct conversion *c)
{
    struct ca_error error;

    if (c->diags.errors > 0) {
        ca_complain("%zu error%s; nothing was written", c->diags.errors,
                    c->diags.errors == 1 ? "" : "s");
        return CA_EXIT_REFUSED;
    }
    if (ca_output_folder(c->args, c->made, c->count, &error) != CA_OK)
        return ca_output_failed(&error);
    if (!c->cli->quiet)
        printf("%zu return%s in %s, %zu row%s passed over\n", c->count,
               c->count == 1 ? "" : "s", ca_args_get(c->args, "output", ""), c->skipped,
               c->skipped == 1 ? "" : "s");
    return CA_EXIT_DONE;
}

static void tell_of_ids(const struct conversion *c)
{
    const char *name = c->count > 0 ? c->made[0].name : "";

    if (c->mapping.makes_ids && c->count > 0)
        ca_remark(c->cli,
                  "the returns' ids are made from template, export and row, such as '%.*s', so "
                  "that no two exports mix; to take them from a column, map it "
                  "to=\"return-id\"",
                  (int)(strlen(name) - strlen(".xml")), name);
}

/* False if the store cannot be read. Where there is none, there is nothing to compare with. */
static bool check_references(struct conversion *c)
{
    struct ca_store *store;
    struct ca_error error;
    bool failed = false;

    if (c->notes.text_count == 0)
        return true;
    store = ca_cli_store_if_any(c->cli, &failed);
    if (store != NULL && ca_check_references(store, &c->notes, &c->diags, &error) != CA_OK) {
        (void)ca_cli_store_failed(&error);
        failed = true;
    }
    ca_store_close(store);
    return !failed;
}

static int run_conversion(struct conversion *c)
{
    int status = CA_EXIT_REFUSED;
    bool good = read_sheet(c) && read_mapping(c);

    if (good)
        convert_rows(c);
    if (good && !check_references(c)) {
        free(c->made);
        return CA_EXIT_FAILED;
    }
    ca_diags_tell_rest(&c->diags);
    ca_print_diags(c->cli, c->file, &c->diags);
    if (good)
        status = write_or_complain(c);
    if (status == CA_EXIT_DONE)
        tell_of_ids(c);
    free(c->made);
    return status;
}

/* ---- a mapping file to begin with ---- */

static int write_starter(struct conversion *c)
{
    const char *slash = strrchr(c->file, '/');
    struct ca_buffer out = {0};
    int status = CA_EXIT_REFUSED;
    bool good = read_sheet(c);

    ca_diags_tell_rest(&c->diags);
    ca_print_diags(c->cli, c->file, &c->diags);
    if (good) {
        ca_mapping_starter(c->arena, c->template.template, &c->sheet,
                           slash != NULL ? slash + 1 : c->file, &out);
        status = ca_output_write(c->args, CA_OUTPUT_DOCUMENT, out.data, out.length);
    }
    ca_buffer_free(&out);
    return status;
}

static int convert(struct ca_cli *cli, const struct ca_args *args)
{
    struct conversion c = {.cli = cli, .args = args, .file = args->operands[0]};
    struct ca_sheet_options options;
    bool starter = ca_args_has(args, "starter");
    int status;

    if (!ca_args_has(args, "template"))
        return ca_misused(args->verb, "name the template with --template");
    if (!starter && !ca_args_has(args, "output"))
        return ca_misused(args->verb, "name the folder for the returns with -o");
    if (starter && ca_args_has(args, "map"))
        return ca_misused(args->verb, "--starter writes a mapping file, and reads none");
    if (!ca_sheet_asked(args, &options))
        return CA_EXIT_USAGE;
    c.arena = ca_arena_new();
    c.row_arena = ca_arena_new();
    ca_diags_init(&c.diags, c.arena);
    status = ca_cli_open_template(cli, ca_args_get(args, "template", ""), &c.template);
    if (status == CA_EXIT_DONE)
        status = starter ? write_starter(&c) : run_conversion(&c);
    ca_cli_close_template(&c.template);
    ca_arena_free(c.row_arena);
    ca_arena_free(c.arena);
    return status;
}

static const struct ca_option_row options[] = {
    {"template", 't', "FILE|ID[@VERSION]", false, "the template that the rows answer"},
    {"map", 'm', "FILE", false, "which column is what, where headings do not say so"},
    {"starter", 0, NULL, false, "write a mapping file to begin with, and no returns"},
    CA_SHEET_OPTIONS,
    {"allow-incomplete", 0, NULL, false, "forgive missing answers"},
    {"output", 'o', "FOLDER", false,
     "a folder for the returns, all or none; a file for a starter"},
    CA_FORCE_OPTION,
    {NULL, 0, NULL, false, NULL}};

const struct ca_verb ca_verb_convert = {
    .name = "convert",
    .operands = "SPREADSHEET",
    .summary = "Turn a spreadsheet's rows into returns, one row an audit",
    .example = "caseaudit convert --template child-in-need-file.xml answers.xlsx -o returns",
    .options = options,
    .least = 1,
    .most = 1,
    .run = convert,
};
