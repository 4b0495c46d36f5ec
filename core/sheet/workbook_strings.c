/* Texts and formats that the cells of a workbook share. */
#include <ctype.h>
#include <stdlib.h>
#include <string.h>

#include "core/base/array.h"
#include "core/base/utf8.h"
#include "core/sheet/workbook.h"

/* ---- texts ---- */

/* The character that "_x000D_" stands for; 0 where there is no such thing. */
static uint32_t escaped(const char *text)
{
    char digits[5] = "";

    if (strncmp(text, "_x", 2) != 0)
        return 0;
    for (int i = 0; i < 4; i++) {
        if (!isxdigit((unsigned char)text[2 + i]))
            return 0;
        digits[i] = text[2 + i];
    }
    return text[6] == '_' ? (uint32_t)strtoul(digits, NULL, 16) : 0;
}

const char *ca_workbook_text(struct ca_workbook *book, const struct ca_buffer *text)
{
    struct ca_buffer out = {0};
    const char *result, *from = text->data;

    if (text->length == 0)
        return "";
    if (strstr(text->data, "_x") == NULL)
        return ca_grid_text(book->arena, text->data, text->length);
    for (; *from != '\0'; from++) {
        uint32_t c = escaped(from);
        if (c == '\r') { /* a line feed stands behind it */
            from += 6;
        } else if (c != 0) {
            ca_utf8_put(&out, c);
            from += 6;
        } else {
            ca_buffer_putc(&out, *from);
        }
    }
    result = out.length > 0 ? ca_grid_text(book->arena, out.data, out.length) : "";
    ca_buffer_free(&out);
    return result;
}

struct strings {
    struct ca_workbook *book;
    struct ca_buffer text;
    bool in_text;
    int phonetic; /* how to say it, which nobody sees in the cell */
};

static bool string_starts(void *context, const char *name,
                          const struct ca_xml_attributes *attributes)
{
    struct strings *s = context;

    (void)attributes;
    if (strcmp(name, "si") == 0)
        ca_buffer_clear(&s->text);
    s->phonetic += strcmp(name, "rPh") == 0;
    s->in_text = strcmp(name, "t") == 0 && s->phonetic == 0;
    return true;
}

static bool string_ends(void *context, const char *name)
{
    struct strings *s = context;

    s->in_text = false;
    s->phonetic -= strcmp(name, "rPh") == 0;
    if (strcmp(name, "si") == 0)
        *CA_ARENA_APPEND(s->book->arena, s->book->strings, s->book->string_count) =
            ca_workbook_text(s->book, &s->text);
    return s->book->string_count < CA_SHEET_CELLS;
}

static void string_text(void *context, const char *bytes, size_t length)
{
    struct strings *s = context;

    if (s->in_text)
        ca_buffer_add(&s->text, bytes, length);
}

bool ca_workbook_strings(struct ca_workbook *book, const char *part)
{
    struct strings strings = {.book = book};
    const struct ca_xml_events events = {string_starts, string_ends, string_text, &strings};
    bool good = ca_workbook_part(book, part, &events);

    ca_buffer_free(&strings.text);
    return good;
}

/* ---- formats ---- */

struct styles {
    struct ca_workbook *book;
    struct {
        unsigned id;
        const char *code;
    } * codes;
    size_t code_count;
    bool in_cells; /* <cellXfs>, whose order is what cells refer to */
};

static unsigned number_of(struct ca_workbook *book, const struct ca_xml_attributes *attributes,
                          const char *name)
{
    ca_xml_events_value(attributes, name, &book->value);
    return (unsigned)strtoul(book->value.data, NULL, 10);
}

static bool style_starts(void *context, const char *name,
                         const struct ca_xml_attributes *attributes)
{
    struct styles *s = context;
    struct ca_workbook *book = s->book;
    const char *code = NULL;
    unsigned id;

    if (strcmp(name, "cellXfs") == 0) {
        s->in_cells = true;
    } else if (strcmp(name, "numFmt") == 0) {
        id = number_of(book, attributes, "numFmtId");
        ca_xml_events_value(attributes, "formatCode", &book->value);
        code = ca_arena_strdup(book->arena, book->value.data);
        CA_ARENA_APPEND(book->arena, s->codes, s->code_count)->id = id;
        s->codes[s->code_count - 1].code = code;
    } else if (s->in_cells && strcmp(name, "xf") == 0) {
        id = number_of(book, attributes, "numFmtId");
        for (size_t i = 0; i < s->code_count && code == NULL; i++)
            if (s->codes[i].id == id)
                code = s->codes[i].code;
        *CA_ARENA_APPEND(book->arena, book->formats, book->format_count) =
            ca_number_format_of(id, code);
    }
    return s->code_count < 5000 && book->format_count < 100000;
}

static bool style_ends(void *context, const char *name)
{
    struct styles *s = context;

    s->in_cells = s->in_cells && strcmp(name, "cellXfs") != 0;
    return true;
}

static void style_text(void *context, const char *bytes, size_t length)
{
    (void)context, (void)bytes, (void)length;
}

bool ca_workbook_styles(struct ca_workbook *book, const char *part)
{
    struct styles styles = {.book = book};
    const struct ca_xml_events events = {style_starts, style_ends, style_text, &styles};

    return ca_workbook_part(book, part, &events);
}
