/* What every page has: head, style, sections, tables, foot. */
#include "core/report/page/page.h"

#include <string.h>

#include "core/report/page/assets.h"
#include "core/report/summary/charts.h"
#include "core/report/page/html.h"

/* ---- gathering ---- */

void ca_page_init(struct ca_page *page, const struct ca_theme *theme)
{
    *page = (struct ca_page){.theme = theme};
}

void ca_page_section(struct ca_page *page, const char *id, const char *title)
{
    if (page->section_open)
        ca_buffer_puts(&page->body, "</section>\n");
    page->section_open = true;
    ca_html_printf(&page->body, "<section aria-labelledby=%s><h2 id=%s>%s</h2>\n", id, id,
                   title);
    ca_html_printf(&page->contents, "<li><a href=\"#%s\">%s</a></li>", id, title);
}

/* ---- tables ---- */

static bool left(const struct ca_column *column)
{
    return column->kind == CA_COLUMN_TEXT;
}

/* Shares: their per cents stand below the counts, or beside them where there are
 * few enough for that. */
static const char *kind_of(const struct ca_table *table)
{
    enum { FEW = 5 };
    size_t parts = 0;

    for (size_t c = 0; c < table->column_count; c++)
        parts += table->columns[c].kind == CA_COLUMN_PART ||
                 table->columns[c].kind == CA_COLUMN_SHARE;
    return parts == 0 ? "plain" : parts <= FEW ? "parts fit" : "parts";
}

static void head(struct ca_page *page, const struct ca_table *table)
{
    struct ca_buffer *out = &page->body;

    ca_html_printf(out,
                   "<p class=fold><input type=checkbox id=f-%s><label for=f-%s> Show the "
                   "table: %s</label></p>\n",
                   table->id, table->id, table->caption);
    ca_html_printf(out, "<table id=t-%s class=\"%s\"><caption>%s</caption><thead><tr>",
                   table->id, kind_of(table), table->caption);
    for (size_t c = 0; c < table->column_count; c++)
        if (!table->columns[c].below)
            ca_html_printf(out,
                           left(&table->columns[c]) ? "<th scope=col class=t>%s</th>"
                                                    : "<th scope=col>%s</th>",
                           table->columns[c].heading);
    ca_buffer_puts(out, "</tr></thead>\n<tbody>");
}

/* What a cell is called on narrow screens, where the head is out of sight. */
static void names(struct ca_page *page, const struct ca_table *table)
{
    size_t place = 0;

    for (size_t c = 0; c < table->column_count; c++) {
        if (table->columns[c].below)
            continue;
        place++;
        if (table->columns[c].together)
            ca_buffer_printf(&page->wide,
                             "#t-%s tbody>tr>:nth-child(%zu){white-space:nowrap}\n", table->id,
                             place);
        if (c < table->heads)
            continue;
        ca_buffer_printf(&page->rules, "#t-%s td:nth-child(%zu)::before{content:\"", table->id,
                         place);
        ca_html_css_string(&page->rules, table->columns[c].heading);
        ca_buffer_puts(&page->rules, "\"}\n");
    }
}

/* A name that stands in the row above, too, need not be shown again. */
static bool repeated(const struct ca_table *table, size_t r, size_t c)
{
    size_t place = r * table->column_count + c;

    return c == 0 && r > 0 && table->heads > 1 && left(&table->columns[c]) &&
           strcmp(table->cells[place].text, table->cells[place - table->column_count].text) ==
               0;
}

/* An interval in the cell of its share; where there is no share, there is none to show. */
static void below(struct ca_buffer *out, const struct ca_column *column,
                  const struct ca_cell *cell)
{
    if (!ca_is_shown(cell->share->low_whole))
        return;
    ca_buffer_puts(out, " <small>");
    ca_table_cell_html(out, column, cell);
    ca_buffer_puts(out, "</small>");
}

/* End tags of cells and rows may be left out in HTML, and are: tables are most of a page. */
static void row(struct ca_page *page, const struct ca_table *table, size_t r)
{
    struct ca_buffer *out = &page->body;

    ca_buffer_puts(out, "<tr>");
    for (size_t c = 0; c < table->column_count; c++) {
        const struct ca_column *column = &table->columns[c];
        if (column->below) {
            below(out, column, &table->cells[r * table->column_count + c]);
            continue;
        }
        ca_buffer_puts(out, repeated(table, r, c) ? "<th scope=row class=again><i>"
                            : c < table->heads    ? "<th scope=row>"
                            : left(column)        ? "<td class=t>"
                                                  : "<td>");
        ca_table_cell_html(out, column, &table->cells[r * table->column_count + c]);
        ca_buffer_puts(out, repeated(table, r, c) ? "</i>" : "");
    }
    ca_buffer_putc(out, '\n');
}

void ca_page_see(struct ca_page *page, const struct ca_table *table)
{
    if (table != NULL && table->row_count > 0)
        ca_html_printf(&page->body, "<p class=see><a href=\"#t-%s\">Table: %s</a></p>\n",
                       table->id, table->caption);
}

void ca_page_table(struct ca_page *page, struct ca_table *table)
{
    if (table == NULL || table->row_count == 0)
        return;
    head(page, table);
    for (size_t r = 0; r < table->row_count; r++)
        row(page, table, r);
    ca_buffer_puts(&page->body, "</tbody></table>\n");
    names(page, table);
    table->shown = true;
}

/* ---- putting together ---- */

#define OPEN_MAIN "<main id=content tabindex=-1>\n"

const char ca_page_tail[] =
    "</main>\n<footer>Made by caseaudit from the audits' own returns; every figure can be made "
    "again from them.</footer>\n</body>\n</html>\n";

static void document_head(struct ca_buffer *out, const struct ca_theme *theme,
                          const char *title)
{
    ca_buffer_puts(out,
                   "<!DOCTYPE html>\n<html lang=en-GB>\n<head>\n<meta charset=utf-8>\n"
                   "<meta name=viewport content=\"width=device-width,initial-scale=1\">\n"
                   "<meta http-equiv=Content-Security-Policy content=\"default-src 'none'; "
                   "style-src 'unsafe-inline'; base-uri 'none'; form-action 'none'\">\n"
                   "<meta name=referrer content=no-referrer>\n"
                   "<meta name=generator content=caseaudit>\n");
    if (theme->name != NULL)
        ca_html_printf(out, "<meta name=author content=\"%s\">\n", theme->name);
    ca_html_element(out, "title", title);
    ca_buffer_puts(out, "\n<style>\n");
    ca_buffer_printf(out, ":root{--brand:%s;--accent:%s}\n", theme->colour, theme->accent);
    ca_buffer_puts(out, ca_asset_page_css);
}

static void band(struct ca_buffer *out, const struct ca_theme *theme, const char *title,
                 const char *lead)
{
    ca_buffer_puts(out, "\n</style>\n</head>\n<body>\n"
                        "<a class=skip href=\"#content\">Skip to the content</a>\n"
                        "<header class=band><div class=in>\n");
    if (theme->logo != NULL)
        ca_buffer_puts(out, theme->logo);
    if (theme->name != NULL)
        ca_html_element(out, "p class=org", theme->name);
    ca_html_element(out, "h1", title);
    ca_buffer_puts(out, lead);
    ca_buffer_puts(out, "\n</div></header>\n");
}

void ca_page_head(struct ca_buffer *out, const struct ca_theme *theme, const char *title,
                  const char *lead)
{
    document_head(out, theme, title);
    band(out, theme, title, lead);
    ca_buffer_puts(out, OPEN_MAIN);
}

static const char *gathered(const struct ca_buffer *buffer)
{
    return buffer->data != NULL ? buffer->data : "";
}

void ca_page_finish(struct ca_page *page, struct ca_buffer *out, const char *title,
                    const char *lead)
{
    if (page->section_open)
        ca_buffer_puts(&page->body, "</section>\n");
    document_head(out, page->theme, title);
    ca_chart_css(out);
    ca_buffer_printf(out, "\n%s", gathered(&page->wide));
    ca_buffer_printf(out, "@media screen and (max-width:650px){\n%s}", gathered(&page->rules));
    band(out, page->theme, title, lead);
    ca_buffer_puts(out, page->opening > 0 ? OPEN_MAIN : "");
    ca_buffer_add(out, gathered(&page->body), page->opening);
    if (page->contents.length > 0)
        ca_buffer_printf(out, "<nav aria-label=Contents><ul>%s</ul></nav>\n",
                         gathered(&page->contents));
    ca_buffer_puts(out, page->opening > 0 ? "" : OPEN_MAIN);
    ca_buffer_puts(out, gathered(&page->body) + page->opening);
    ca_buffer_puts(out, ca_page_tail);
    ca_buffer_free(&page->body);
    ca_buffer_free(&page->contents);
    ca_buffer_free(&page->rules);
    ca_buffer_free(&page->wide);
}
