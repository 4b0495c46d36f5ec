/*
 * Rows of an Excel workbook (.xlsx, ECMA-376 part 1): a zip file of a few XML files. Of each
 * cell what a person sees counts: dates and numbers by their formats, results of formulas.
 */
#include <stdlib.h>
#include <string.h>
#include <strings.h>

#include "core/base/array.h"
#include "core/base/blank.h"
#include "core/sheet/grid.h"
#include "core/sheet/workbook.h"

/* ---- what the parts are called ---- */

/* "/xl/worksheets/sheet1.xml" and "../worksheets/sheet1.xml" as the zip file names it. */
static const char *part_name(struct ca_arena *arena, const char *folder, const char *target)
{
    const char *path =
        target[0] == '/' ? target + 1 : ca_arena_printf(arena, "%s%s", folder, target);
    char *name = ca_arena_strdup(arena, path), *up, *before;

    while ((up = strstr(name, "/../")) != NULL) {
        *up = '\0';
        before = strrchr(name, '/');
        before = before != NULL ? before + 1 : name;
        memmove(before, up + 4, strlen(up + 4) + 1);
    }
    return name;
}

struct relation {
    const char *id, *type, *target;
};

struct relations {
    struct ca_workbook *book;
    struct relation *items;
    size_t count;
};

static const char *value_of(struct ca_workbook *book,
                            const struct ca_xml_attributes *attributes, const char *name)
{
    ca_xml_events_value(attributes, name, &book->value);
    return ca_arena_strndup(book->arena, book->value.data, book->value.length);
}

static bool on_relation(void *context, const char *name,
                        const struct ca_xml_attributes *attributes)
{
    struct relations *relations = context;
    struct relation *item;

    if (strcmp(name, "Relationship") != 0)
        return true;
    item = CA_ARENA_APPEND(relations->book->arena, relations->items, relations->count);
    item->id = value_of(relations->book, attributes, "Id");
    item->type = value_of(relations->book, attributes, "Type");
    item->target = value_of(relations->book, attributes, "Target");
    return relations->count < 10000;
}

static bool ends_in(const char *text, const char *end)
{
    size_t length = strlen(text), tail = strlen(end);

    return length >= tail && strcasecmp(text + length - tail, end) == 0;
}

static const char *target_by_id(const struct relations *relations, const char *id)
{
    for (size_t i = 0; i < relations->count; i++)
        if (strcmp(relations->items[i].id, id) == 0)
            return relations->items[i].target;
    return NULL;
}

static const char *target_by_type(const struct relations *relations, const char *type)
{
    for (size_t i = 0; i < relations->count; i++)
        if (ends_in(relations->items[i].type, type))
            return relations->items[i].target;
    return NULL;
}

/* ---- the list of sheets ---- */

struct sheet_entry {
    const char *name, *id;
    bool hidden;
};

struct contents {
    struct ca_workbook *book;
    const char *folder; /* that targets stand in */
    struct sheet_entry *sheets;
    size_t count;
};

static bool on_workbook(void *context, const char *name,
                        const struct ca_xml_attributes *attributes)
{
    struct contents *contents = context;
    struct ca_workbook *book = contents->book;

    if (strcmp(name, "workbookPr") == 0) {
        const char *from = value_of(book, attributes, "date1904");
        book->from_1904 = strcmp(from, "1") == 0 || strcmp(from, "true") == 0;
    } else if (strcmp(name, "sheet") == 0) {
        struct sheet_entry *entry =
            CA_ARENA_APPEND(book->arena, contents->sheets, contents->count);
        entry->name = value_of(book, attributes, "name");
        entry->id = value_of(book, attributes, "id");
        entry->hidden = ends_in(value_of(book, attributes, "state"), "hidden");
    }
    return contents->count < 10000;
}

static bool nothing_ends(void *context, const char *name)
{
    (void)context, (void)name;
    return true;
}

static void no_text(void *context, const char *bytes, size_t length)
{
    (void)context, (void)bytes, (void)length;
}

/* ---- reading parts ---- */

static bool read_relations(struct ca_workbook *book, const char *name,
                           struct relations *relations)
{
    const struct ca_xml_events events = {on_relation, nothing_ends, no_text, relations};

    *relations = (struct relations){.book = book};
    return !ca_zip_has(&book->zip, name) || ca_workbook_part(book, name, &events);
}

/* ---- which sheet ---- */

enum { MOST_NAMED = 20, MOST_LOOKED_AT = 1024 * 1024 };

/* "'Answers', 'Notes'", in the making. */
struct names {
    struct ca_buffer text;
    size_t count;
};

static void add_name(struct names *names, const char *name)
{
    if (names->count < MOST_NAMED)
        ca_buffer_printf(&names->text, "%s'%s'", names->count > 0 ? ", " : "", name);
    else if (names->count == MOST_NAMED)
        ca_buffer_puts(&names->text, " ...");
    names->count++;
}

static bool no_such_sheet(struct ca_workbook *book, const struct contents *contents,
                          const char *name)
{
    struct names names = {.count = 0};

    for (size_t i = 0; i < contents->count; i++)
        add_name(&names, contents->sheets[i].name);
    ca_grid_fault(book->grid, 1, 1, "there is no sheet '%s' in this workbook; it has %s", name,
                  names.count > 0 ? names.text.data : "none");
    ca_buffer_free(&names.text);
    return false;
}

/* A sheet that a person sees, and that is no chart. */
static bool is_seen(const struct sheet_entry *sheet, const char *target)
{
    return !sheet->hidden && target != NULL && strstr(target, "chartsheets") == NULL;
}

static bool none_to_read(struct ca_workbook *book, const struct contents *contents)
{
    struct names names = {.count = 0};

    for (size_t i = 0; i < contents->count; i++)
        if (contents->sheets[i].hidden)
            add_name(&names, contents->sheets[i].name);
    if (names.count > 0)
        ca_grid_fault(
            book->grid, 1, 1,
            "all sheets of this workbook that have cells are hidden; say which is meant with "
            "--sheet: there are %s",
            names.text.data);
    else
        (void)ca_workbook_refuse(book, "it has no sheet to read");
    ca_buffer_free(&names.text);
    return false;
}

static bool on_something(void *context, const char *name,
                         const struct ca_xml_attributes *attributes)
{
    bool *found = context;

    (void)attributes;
    *found = strcmp(name, "v") == 0 || strcmp(name, "t") == 0;
    return !*found;
}

/* Does it say anything? New workbooks have sheets that nobody has written on. */
static bool is_written_on(const struct ca_workbook *book, const char *part)
{
    struct ca_buffer bytes = {0};
    struct ca_error error;
    bool found = false;
    const struct ca_xml_events events = {on_something, nothing_ends, no_text, &found};
    enum ca_code code = ca_zip_read(&book->zip, part, MOST_LOOKED_AT, &bytes, &error);

    if (code == CA_OK)
        (void)ca_xml_events_read(bytes.data, bytes.length, &events, &error);
    ca_buffer_free(&bytes);
    return found || code == CA_ERROR_LIMIT;
}

/* Sheets that a person sees, and that are not read because this one is. */
static void tell_others(struct ca_workbook *book, const struct contents *contents,
                        const struct relations *relations, size_t chosen)
{
    struct names names = {.count = 0};

    for (size_t i = 0; i < contents->count && names.count <= MOST_NAMED; i++) {
        const struct sheet_entry *sheet = &contents->sheets[i];
        const char *target = target_by_id(relations, sheet->id);
        if (i != chosen && is_seen(sheet, target) &&
            is_written_on(book, part_name(book->arena, contents->folder, target)))
            add_name(&names, sheet->name);
    }
    if (names.count > 0)
        ca_diags_add(
            book->grid->diags, CA_WARNING, CA_FAULT_RULE, 1, 1, NULL,
            "the sheet '%s' is read, and no other; this workbook also has %s: say which "
            "is meant with --sheet",
            contents->sheets[chosen].name, names.text.data);
    ca_buffer_free(&names.text);
}

/* The sheet that was named, or the first that is no chart and not hidden. */
static const char *choose_sheet(struct ca_workbook *book, const struct contents *contents,
                                const struct relations *relations, const char *wanted)
{
    for (size_t i = 0; i < contents->count; i++) {
        const struct sheet_entry *sheet = &contents->sheets[i];
        const char *target = target_by_id(relations, sheet->id);
        bool fits = wanted != NULL ? ca_same_text(wanted, sheet->name) : is_seen(sheet, target);
        if (fits && target != NULL) {
            if (wanted == NULL)
                tell_others(book, contents, relations, i);
            return target;
        }
    }
    (void)(wanted != NULL ? no_such_sheet(book, contents, wanted)
                          : none_to_read(book, contents));
    return NULL;
}

/* ---- other zip files ---- */

/* What a zip file is that holds no workbook. */
static const char *other_kind(const struct ca_zip *zip)
{
    struct ca_buffer type = {0};
    struct ca_error error;
    const char *kind =
        "this is a zip file, and no Excel workbook; unpack it, and where it holds a "
        "spreadsheet, ";

    if (ca_zip_has(zip, "xl/workbook.bin"))
        kind = "this is a binary Excel workbook (.xlsb); ";
    else if (ca_zip_has(zip, "word/document.xml"))
        kind = "this is a Word document, and no spreadsheet; where the spreadsheet is, ";
    else if (ca_zip_has(zip, "Index/Document.iwa"))
        kind = "this is a Numbers spreadsheet; export it from there: ";
    else if (ca_zip_read(zip, "mimetype", 1024, &type, &error) == CA_OK &&
             strstr(type.data, "opendocument.spreadsheet") != NULL)
        kind = "this is an OpenDocument spreadsheet (.ods); ";
    ca_buffer_free(&type);
    return kind;
}

/* ---- the whole ---- */

static bool read_parts(struct ca_workbook *book, const char *main, const char *wanted)
{
    const char *slash = strrchr(main, '/'), *target;
    const char *folder =
        ca_arena_strndup(book->arena, main, slash ? (size_t)(slash + 1 - main) : 0);
    const char *file = main + strlen(folder);
    struct contents contents = {.book = book, .folder = folder};
    const struct ca_xml_events events = {on_workbook, nothing_ends, no_text, &contents};
    struct relations relations;

    if (!read_relations(book, ca_arena_printf(book->arena, "%s_rels/%s.rels", folder, file),
                        &relations) ||
        !ca_workbook_part(book, main, &events) ||
        (target = choose_sheet(book, &contents, &relations, wanted)) == NULL)
        return false;
    book->grid->from_1904 = book->from_1904;
    target = part_name(book->arena, folder, target);
    const char *strings = target_by_type(&relations, "/sharedStrings");
    const char *styles = target_by_type(&relations, "/styles");
    return (strings == NULL ||
            ca_workbook_strings(book, part_name(book->arena, folder, strings))) &&
           (styles == NULL ||
            ca_workbook_styles(book, part_name(book->arena, folder, styles))) &&
           ca_workbook_cells(book, target);
}

static bool read_workbook(struct ca_workbook *book, const char *wanted)
{
    struct relations relations;
    const char *main;

    if (!read_relations(book, "_rels/.rels", &relations))
        return false;
    main = target_by_type(&relations, "/officeDocument");
    main = main != NULL ? part_name(book->arena, "", main) : "xl/workbook.xml";
    if (!ends_in(main, "workbook.xml") || !ca_zip_has(&book->zip, main)) {
        ca_grid_fault(book->grid, 1, 1, "%s" CA_SHEET_RIGHT, other_kind(&book->zip));
        return false;
    }
    return read_parts(book, main, wanted);
}

bool ca_workbook_read(struct ca_grid *grid, const char *bytes, size_t length, const char *name)
{
    struct ca_workbook book = {.grid = grid, .arena = grid->arena};
    size_t errors = grid->diags->errors;
    struct ca_error error;

    if (ca_zip_open(bytes, length, &book.zip, &error) != CA_OK)
        (void)ca_workbook_refuse(&book, error.message);
    else
        (void)read_workbook(&book, name);
    ca_buffer_free(&book.value);
    return grid->diags->errors == errors;
}
