/* convert: a spreadsheet's rows to returns. */
#include <stdlib.h>
#include <string.h>

#include "core/base/array.h"
#include "core/base/pack.h"
#include "core/cli/cli.h"
#include "core/cli/convert_store.h"
#include "core/cli/output.h"
#include "core/cli/sheet_operand.h"
#include "core/cli/store_access.h"
#include "core/cli/template_operand.h"
#include "core/cli/verbs.h"
#include "core/model/xml_write.h"
#include "core/work/ask.h"
#include "core/work/convert.h"
#include "core/work/pool.h"

enum { SHEET_LIMIT = 64 * 1024 * 1024, RETURNS_LIMIT = 256 * 1024 * 1024 };

struct conversion {
    struct ca_cli *cli;
    const struct ca_args *args;
    struct ca_arena *arena;
    struct ca_template_operand template;
    const char *file; /* the spreadsheet */
    struct ca_sheet_options options;
    struct ca_buffer sheet_bytes, map_bytes; /* as they were read */
    struct ca_diags diags, map_diags;        /* of the spreadsheet, of the mapping file */
    struct made {
        const char *name, *bytes;
        size_t length;
        int row;
    } * made;
    size_t count, skipped;
    bool makes_ids;
    struct ca_convert_notes notes; /* of references that were made, the texts */
};

/* ---- files, which are read here ---- */

static bool read_files(struct conversion *c)
{
    const char *map = ca_args_get(c->args, "map", NULL);

    return ca_read_whole(c->file, SHEET_LIMIT, &c->diags, &c->sheet_bytes) &&
           (map == NULL || ca_read_whole(map, SHEET_LIMIT, &c->map_diags, &c->map_bytes));
}

static void print_diags(struct conversion *c)
{
    if (ca_args_has(c->args, "map"))
        ca_print_diags(c->cli, ca_args_get(c->args, "map", ""), &c->map_diags);
    ca_print_diags(c->cli, c->file, &c->diags);
}

/* ---- in a locked process: reading and converting ---- */

struct converter {
    struct conversion *c;
    const struct ca_template *template;
    struct ca_arena *row_arena;
    struct ca_sheet sheet;
    struct ca_mapping mapping;
    struct ca_map *ids;
    size_t bytes;
};

static const struct ca_template *whole_template(const struct conversion *c)
{
    const char *why;

    ca_catalogue_read_here(c->template.catalogue);
    return ca_catalogue_find(c->template.catalogue, c->template.template->id,
                             c->template.template->version, c->arena, &why);
}

static bool read_sheet(struct converter *v)
{
    struct conversion *c = v->c;

    v->template = whole_template(c);
    return v->template != NULL &&
           ca_sheet_read(c->arena, c->sheet_bytes.data, c->sheet_bytes.length, &c->options,
                         &v->sheet, &c->diags);
}

/* Columns that nobody sees, and from which something is taken. */
static void tell_hidden(const struct converter *v)
{
    bool *passed_over = CA_ARRAY(v->c->arena, v->sheet.columns, bool);

    memset(passed_over, true, v->sheet.columns);
    for (size_t i = 0; i < v->mapping.source_count; i++) {
        const struct ca_source *source = &v->mapping.sources[i];
        if (source->column != CA_NO_COLUMN && source->target.about != CA_ABOUT_NOTHING)
            passed_over[source->column] = false;
    }
    ca_sheet_tell_hidden(&v->sheet, passed_over, &v->c->diags);
}

/* The mapping file, where there is one, and the headings. */
static bool read_mapping(struct converter *v)
{
    struct conversion *c = v->c;
    struct ca_xml_parser *parser = ca_xml_parser_new();
    bool good = ca_mapping_make(c->arena, parser, v->template, &v->sheet,
                                ca_args_has(c->args, "map") ? c->map_bytes.data : NULL,
                                c->map_bytes.length, &c->map_diags, &c->diags, &v->mapping);

    ca_diags_tell_rest(&c->map_diags);
    ca_xml_parser_free(parser);
    return good;
}

/* Ids may hold a solidus, file names may not; and a plus sign is in no id. */
static const char *name_for(struct ca_arena *arena, const char *id)
{
    char *name = ca_arena_printf(arena, "%s.xml", id);

    for (char *solidus = name; (solidus = strchr(solidus, '/')) != NULL;)
        *solidus = '+';
    return name;
}

static void keep(struct converter *v, size_t row, const char *id, struct ca_buffer *text)
{
    struct conversion *c = v->c;
    const char *name = name_for(c->arena, id);
    size_t before = ca_map_put(v->ids, name, row);
    int number = v->sheet.rows[row].number;

    if (before != CA_NOT_FOUND)
        ca_sheet_fault(&v->sheet, number, CA_NO_COLUMN, &c->diags, CA_ERROR,
                       "'%s' is the id of row %d already; each audit has an id of its own", id,
                       v->sheet.rows[before].number);
    v->bytes += text->length;
    if (v->bytes > RETURNS_LIMIT) {
        ca_sheet_fault(&v->sheet, number, CA_NO_COLUMN, &c->diags, CA_ERROR,
                       "the returns up to here have more than %d MiB; divide the spreadsheet",
                       RETURNS_LIMIT / (1024 * 1024));
        return;
    }
    c->made[c->count++] = (struct made){
        name, ca_arena_strndup(c->arena, text->data, text->length), text->length, number};
}

static void convert_row(struct converter *v, size_t row, struct ca_buffer *text)
{
    struct conversion *c = v->c;
    struct ca_converted converted;
    size_t errors = c->diags.errors;

    ca_arena_reset(v->row_arena);
    ca_convert_row(v->row_arena, v->template, &v->mapping, &v->sheet, row, &c->notes, &c->diags,
                   &converted);
    if (converted.skipped) {
        c->skipped++;
        return;
    }
    if (c->diags.errors > errors)
        return;
    ca_buffer_clear(text);
    ca_xml_write(text, "urn:caseaudit:return:1", converted.root);
    keep(v, row, converted.id, text);
}

static void convert_rows(struct converter *v)
{
    struct conversion *c = v->c;
    struct ca_buffer text = {0};

    v->row_arena = ca_arena_new();
    v->ids = ca_map_new(c->arena, v->sheet.row_count);
    c->made = CA_ARRAY(c->arena, v->sheet.row_count, struct made);
    c->notes.arena = c->arena;
    for (size_t row = 0; row < v->sheet.row_count && v->bytes <= RETURNS_LIMIT; row++)
        convert_row(v, row, &text);
    if (v->sheet.row_count == 0)
        ca_diags_add(&c->diags, CA_ERROR, CA_FAULT_FILE, v->sheet.header_row, 1, NULL,
                     "there is no row below the headings");
    ca_convert_tell(&c->notes, &v->mapping, &c->diags);
    c->makes_ids = v->mapping.makes_ids;
    ca_buffer_free(&text);
}

static void walk_references(const struct ca_walk *w, struct ca_convert_notes *notes)
{
    void *texts = notes->texts;

    ca_walk_array(w, &texts, &notes->text_count, sizeof *notes->texts, 4);
    notes->texts = texts;
    for (struct ca_made_reference *made = notes->texts;
         made < CA_END(notes->texts, notes->text_count); made++) {
        int about = (int)made->about;
        ca_walk_int(w, &about);
        made->about = (enum ca_about)about;
        ca_walk_text(w, &made->text);
        ca_walk_text(w, &made->reference);
        ca_walk_int(w, &made->row);
    }
}

/* What goes back to the calling process; texts are borrowed when unpacking. */
static void walk(const struct ca_walk *w, struct conversion *c)
{
    void *made = c->made;
    int64_t skipped = (int64_t)c->skipped;

    ca_walk_integer(w, &skipped);
    c->skipped = (size_t)skipped;
    ca_walk_flag(w, &c->makes_ids);
    ca_walk_array(w, &made, &c->count, sizeof *c->made, 3);
    c->made = made;
    for (struct made *m = c->made; m < c->made + c->count; m++) {
        ca_walk_text(w, &m->name);
        ca_walk_int(w, &m->row);
        ca_walk_text(w, &m->bytes);
    }
    walk_references(w, &c->notes);
}

static void pack_diags(const struct conversion *c, bool good, struct ca_buffer *out)
{
    ca_diags_pack(&c->map_diags, out);
    ca_diags_pack(&c->diags, out);
    ca_pack_int(out, good);
}

static void convert_there(void *context, struct ca_buffer *out)
{
    struct converter v = {.c = context};
    const struct ca_walk w = {.out = out};
    bool good = read_sheet(&v) && read_mapping(&v);

    if (good) {
        tell_hidden(&v);
        convert_rows(&v);
    }
    ca_diags_tell_rest(&v.c->diags);
    pack_diags(v.c, good, out);
    if (good)
        walk(&w, v.c);
}

static void start_there(void *context, struct ca_buffer *out)
{
    struct converter v = {.c = context};
    const char *slash = strrchr(v.c->file, '/');
    bool good = read_sheet(&v);

    ca_diags_tell_rest(&v.c->diags);
    pack_diags(v.c, good, out);
    if (good)
        ca_mapping_starter(v.c->arena, v.template, &v.sheet,
                           slash != NULL ? slash + 1 : v.c->file, out);
}

/* ---- asking it ---- */

/* What it answers is in, behind the diagnostics; false if it could not do it. */
static bool ask(struct conversion *c, void (*work)(void *context, struct ca_buffer *out),
                struct ca_buffer *answer, struct ca_unpack *in)
{
    const struct ca_ask question = {.work = work,
                                    .context = c,
                                    .who = "the engine",
                                    .most = RETURNS_LIMIT + RETURNS_LIMIT / 4,
                                    .memory = 2048};
    char why[CA_ASK_WHY];

    if (!read_files(c))
        return false;
    if (!ca_ask_locked(&question, answer, why)) {
        ca_diags_add(&c->diags, CA_ERROR, CA_FAULT_FILE, 1, 1, NULL, "%s", why);
        return false;
    }
    *in = (struct ca_unpack){answer->data, answer->data + answer->length, true};
    return ca_diags_unpack(in, &c->map_diags) && ca_diags_unpack(in, &c->diags) &&
           ca_unpack_range(in, 0, 1) != 0;
}

/* Names become files of the folder that was asked for, and of no other. */
static bool names_are_names(const struct conversion *c)
{
    for (const struct made *m = c->made; m < c->made + c->count; m++)
        if (m->name == NULL || m->bytes == NULL || m->name[0] == '.' ||
            strchr(m->name, '/') != NULL)
            return false;
    for (size_t i = 0; i < c->notes.text_count; i++)
        if (c->notes.texts[i].text == NULL || c->notes.texts[i].reference == NULL)
            return false;
    return true;
}

static bool take_made(struct conversion *c, struct ca_unpack *in)
{
    const struct ca_walk w = {.in = in, .arena = c->arena};

    walk(&w, c);
    for (struct made *m = c->made; m < c->made + c->count; m++)
        m->length = m->bytes != NULL ? strlen(m->bytes) : 0;
    if (in->good && names_are_names(c))
        return true;
    ca_diags_add(&c->diags, CA_ERROR, CA_FAULT_FILE, 1, 1, NULL,
                 "the process that read it gave no answer that makes sense");
    return false;
}

/* ---- what score would refuse is told now, with the row it comes from ---- */

struct trial {
    struct conversion *c;
    size_t next;
};

static bool next(void *context, struct ca_pool_document *document)
{
    struct trial *trial = context;
    const struct made *made = &trial->c->made[trial->next];

    if (trial->next == trial->c->count)
        return false;
    trial->next++;
    *document = (struct ca_pool_document){trial->c->file, made->bytes, made->length};
    return true;
}

static void make(void *context, const struct ca_scored *scored, struct ca_pool_made *out)
{
    (void)context;
    ca_diags_pack(&scored->diags, out->made);
}

static bool take(void *context, const struct ca_pool_reply *reply)
{
    static const char kind[] = "row %d: %s";
    struct conversion *c = ((struct trial *)context)->c;
    struct ca_unpack in = {reply->made, reply->made + reply->made_length, true};
    struct ca_diags diags;

    ca_diags_init(&diags, c->arena);
    if (!ca_diags_unpack(&in, &diags) || (reply->refused && diags.errors == 0))
        ca_diags_add(&diags, CA_ERROR, CA_FAULT_FILE, 1, 1, NULL, "it could not be scored");
    for (size_t i = 0; i < diags.count; i++) {
        const struct ca_diag *diag = &diags.items[i];
        if ((diag->severity == CA_ERROR || diag->fault == CA_FAULT_PRIVACY) &&
            ca_diags_room(&c->diags, diag->severity, kind))
            ca_diags_add(&c->diags, diag->severity, CA_FAULT_RULE, c->made[reply->index].row, 1,
                         NULL, kind, c->made[reply->index].row, diag->message);
    }
    return true;
}

static bool try_to_score(struct conversion *c)
{
    struct trial trial = {c, 0};
    const struct ca_pool_options pool = {
        .registry = c->cli->registry,
        .catalogue = c->template.catalogue,
        .engine = {.allow_incomplete = ca_args_has(c->args, "allow-incomplete"),
                   .of_cells = true},
        .count = c->count,
        .context = &trial,
        .next = next,
        .make = make,
        .take = take};
    struct ca_error error;

    if (c->count == 0 || ca_pool_run(&pool, &error) == CA_OK)
        return true;
    ca_complain("%s", error.message);
    return false;
}

/* ---- writing: all or nothing ---- */

static int write_or_complain(struct conversion *c)
{
    struct ca_output_file *files;
    struct ca_error error;

    if (c->diags.errors > 0) {
        ca_complain("%zu error%s; nothing was written", c->diags.errors,
                    c->diags.errors == 1 ? "" : "s");
        return CA_EXIT_REFUSED;
    }
    files = CA_ARRAY(c->arena, c->count, struct ca_output_file);
    for (size_t i = 0; i < c->count; i++)
        files[i] = (struct ca_output_file){
            .name = c->made[i].name, .bytes = c->made[i].bytes, .length = c->made[i].length};
    if (ca_output_folder(c->args, files, c->count, &error) != CA_OK)
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

    if (c->makes_ids && c->count > 0)
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
    struct ca_buffer answer = {0};
    struct ca_unpack in;
    int status = CA_EXIT_REFUSED;
    bool good = ask(c, convert_there, &answer, &in) && take_made(c, &in);

    if (good && (!try_to_score(c) || !check_references(c))) {
        ca_buffer_free(&answer);
        return CA_EXIT_FAILED;
    }
    ca_diags_tell_rest(&c->diags);
    ca_diags_sort(&c->diags);
    print_diags(c);
    if (good)
        status = write_or_complain(c);
    if (status == CA_EXIT_DONE)
        tell_of_ids(c);
    ca_buffer_free(&answer);
    return status;
}

/* ---- a mapping file to begin with ---- */

static int write_starter(struct conversion *c)
{
    struct ca_buffer answer = {0};
    struct ca_unpack in;
    int status = CA_EXIT_REFUSED;
    bool good = ask(c, start_there, &answer, &in);

    print_diags(c);
    if (good)
        status = ca_output_write(c->args, CA_OUTPUT_DOCUMENT, in.at, (size_t)(in.end - in.at));
    ca_buffer_free(&answer);
    return status;
}

static int convert(struct ca_cli *cli, const struct ca_args *args)
{
    struct conversion c = {.cli = cli, .args = args, .file = args->operands[0]};
    bool starter = ca_args_has(args, "starter");
    int status;

    if (!ca_args_has(args, "template"))
        return ca_misused(args->verb, "name the template with --template");
    if (!starter && !ca_args_has(args, "output"))
        return ca_misused(args->verb, "name the folder for the returns with -o");
    if (starter && ca_args_has(args, "map"))
        return ca_misused(args->verb, "--starter writes a mapping file, and reads none");
    if (!ca_sheet_asked(args, &c.options))
        return CA_EXIT_USAGE;
    c.arena = ca_arena_new();
    ca_diags_init(&c.diags, c.arena);
    ca_diags_init(&c.map_diags, c.arena);
    status = ca_cli_open_template(cli, ca_args_get(args, "template", ""), &c.template);
    if (status == CA_EXIT_DONE)
        status = starter ? write_starter(&c) : run_conversion(&c);
    ca_cli_close_template(&c.template);
    ca_buffer_free(&c.sheet_bytes);
    ca_buffer_free(&c.map_bytes);
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
