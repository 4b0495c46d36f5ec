/* A mapping to begin with, guessed from a spreadsheet and a template. What is in the cells
 * stays out of it, but for how dates are written: cases are nobody's business who edits it. */
#include <string.h>

#include "core/base/blank.h"
#include "core/model/xml_write.h"
#include "core/work/convert.h"

struct starter {
    struct ca_arena *arena;
    const struct ca_template *t;
    const struct ca_sheet *sheet;
    struct ca_target_names *names;
    struct ca_buffer *out;
    bool given[CA_ABOUT_ACTION + 1];
};

/* ---- writing ---- */

static void add_quoted(struct ca_buffer *out, const char *text)
{
    for (; *text != '\0'; text++)
        switch (*text) {
        case '&': ca_buffer_puts(out, "&amp;"); break;
        case '<': ca_buffer_puts(out, "&lt;"); break;
        case '"': ca_buffer_puts(out, "&quot;"); break;
        default: ca_buffer_putc(out, (unsigned char)*text < ' ' ? ' ' : *text);
        }
}

/* In a comment two hyphens may not follow each other. */
static void add_comment(struct starter *s, const char *text)
{
    ca_buffer_puts(s->out, " <!-- ");
    for (; *text != '\0'; text++) {
        ca_buffer_putc(s->out, (unsigned char)*text < ' ' ? ' ' : *text);
        if (text[0] == '-' && text[1] == '-')
            ca_buffer_putc(s->out, ' ');
    }
    ca_buffer_puts(s->out, " -->");
}

static void add_column(struct starter *s, const char *heading, const char *to,
                       const char *comment)
{
    ca_buffer_puts(s->out, "  <column name=\"");
    add_quoted(s->out, ca_without_blanks(s->arena, heading));
    ca_buffer_puts(s->out, "\" to=\"");
    add_quoted(s->out, to);
    ca_buffer_puts(s->out, "\"/>");
    if (comment != NULL)
        add_comment(s, comment);
    ca_buffer_putc(s->out, '\n');
}

/* ---- columns ---- */

/* Is there an earlier column of that heading? One line speaks for all that are ignored. */
static bool is_repeated(struct starter *s, struct ca_map *seen, size_t column)
{
    const char *heading = ca_folded(s->arena, s->sheet->header[column]);

    return ca_map_put(seen, heading, column) != CA_NOT_FOUND;
}

static void add_ignored(struct starter *s, const char *heading)
{
    static const char *const forms[] = {"start time", "completion time",    "email",
                                        "name",       "last modified time", "timestamp"};
    const char *hint = ca_target_hint(s->arena, s->names, heading);
    const char *why = "nothing of the template is called so";

    for (size_t i = 0; i < sizeof forms / sizeof *forms; i++)
        if (ca_same_text(heading, forms[i]))
            why = i == 2 || i == 3 ? "written by the form; names stay out of returns"
                                   : "written by the form; to=\"audit-date\" if it is that";
    add_column(s, heading, "ignore", ca_arena_printf(s->arena, "%s%s", why, hint));
}

static void add_columns(struct starter *s)
{
    struct ca_map *seen = ca_map_new(s->arena, s->sheet->columns);
    struct ca_target target;

    for (size_t i = 0; i < s->sheet->columns; i++) {
        const char *heading = s->sheet->header[i];
        if (heading[0] == '\0' || is_repeated(s, seen, i))
            continue;
        if (!ca_target_guess(s->arena, s->names, heading, &target)) {
            add_ignored(s, heading);
            continue;
        }
        s->given[target.about] = true;
        add_column(s, heading, ca_target_words(s->arena, s->t, &target), NULL);
    }
}

static void add_missing(struct starter *s)
{
    static const struct {
        enum ca_about about;
        const char *words, *comment;
    } needed[] = {
        {CA_ABOUT_CASE, "case",
         "needed: to=\"case\" on the column of the case reference; with as=\"reference\" it "
         "is made of a text"},
        {CA_ABOUT_AUDIT_DATE, "audit-date",
         "needed: to=\"audit-date\" on the column of the day of the audit"},
        {CA_ABOUT_AUDITOR, "auditor",
         "needed: to=\"auditor\" on a column, or for all rows: <set to=\"auditor\" "
         "value=\"A1\"/>"},
    };

    for (size_t i = 0; i < sizeof needed / sizeof *needed; i++)
        if (!s->given[needed[i].about]) {
            ca_buffer_putc(s->out, ' ');
            add_comment(s, needed[i].comment);
            ca_buffer_putc(s->out, '\n');
        }
}

/* ---- the order of dates ---- */

/* What the cells show of it, over all columns: CA_DATE_DAY_FIRST and its like. */
static unsigned order_of_dates(const struct starter *s)
{
    const struct ca_date_rule rule = {.from_1904 = s->sheet->from_1904};
    struct ca_arena *arena = ca_arena_new();
    unsigned shown = 0;
    ca_date date;

    for (size_t i = 0; i < s->sheet->row_count; i++) {
        for (size_t k = 0; k < s->sheet->columns; k++)
            (void)ca_cell_date(arena, s->sheet->rows[i].cells[k], &rule, &date, &shown);
        ca_arena_reset(arena);
    }
    ca_arena_free(arena);
    return shown;
}

static void add_dates(struct starter *s)
{
    unsigned shown = order_of_dates(s);
    bool day = (shown & CA_DATE_DAY_FIRST) != 0, month = (shown & CA_DATE_MONTH_FIRST) != 0;

    if (day != month)
        ca_buffer_printf(s->out, " dates=\"%s\">\n", day ? "day-first" : "month-first");
    else
        ca_buffer_puts(s->out, ">\n");
    if (day && month)
        ca_buffer_puts(
            s->out, "  <!-- Some dates begin with the day and some with the month: they cannot "
                    "all be right. -->\n");
}

void ca_mapping_starter(struct ca_arena *arena, const struct ca_template *t,
                        const struct ca_sheet *sheet, const char *file, struct ca_buffer *out)
{
    struct starter s = {.arena = arena, .t = t, .sheet = sheet, .out = out};

    s.names = ca_target_names_new(arena, t);
    ca_buffer_puts(out, "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n"
                        "<mapping xmlns=\"urn:caseaudit:mapping:1\" template=\"");
    add_quoted(out, t->id);
    ca_buffer_putc(out, '"');
    add_dates(&s);
    ca_buffer_putc(out, ' ');
    add_comment(&s,
                ca_arena_printf(arena,
                                "Begun from the headings of %s: look at each line, and at "
                                "those that are ignored first; caseaudit-mapping(5) says what "
                                "a column can be.",
                                file));
    ca_buffer_putc(out, '\n');
    add_columns(&s);
    add_missing(&s);
    ca_buffer_puts(out, "</mapping>\n");
}
