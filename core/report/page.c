#include "core/report/page.h"

#include <string.h>

#include "core/report/charts.h"
#include "core/report/html.h"

/* ---- the style sheet ---- */

static const char style[] =
    ":root{--ink:#0b0c0c;--soft:#505a5f;--paper:#fff;--rule:#b1b4b6;--pale:#f3f2f1;"
    "--link:#12436d;color-scheme:light dark}"
    "*{box-sizing:border-box}"
    "html{-webkit-text-size-adjust:100%;text-size-adjust:100%}"
    "body{margin:0;font:1rem/1.5 Arial,Helvetica,'Liberation Sans','DejaVu Sans',sans-serif;"
    "color:var(--ink);background-color:var(--paper);overflow-wrap:break-word}"
    ".band{background-color:var(--brand);color:#fff;border-bottom:8px solid;"
    "border-bottom-color:var(--accent);"
    "padding:1rem 0}"
    ".in,main,footer,nav{max-width:62rem;margin:0 auto;padding:0 1rem}"
    ".org{font-weight:bold;margin:0 0 .5rem}"
    ".logo{display:block;height:3rem;max-width:14rem;background:#fff;padding:.25rem;"
    "margin:0 0 .75rem}"
    "h1{font-size:1.9rem;line-height:1.2;margin:0}"
    ".band p{margin:.25rem 0 0}"
    "h2{font-size:1.45rem;line-height:1.25;margin:2.5rem 0 .75rem;padding-top:.75rem;"
    "border-top:1px solid;border-top-color:var(--rule)}"
    "h3{font-size:1.15rem;line-height:1.3;margin:1.5rem 0 .5rem}"
    "h4{font-size:1rem;margin:1.25rem 0 .25rem}"
    "p,ul,ol,dl{margin:0 0 .75rem}"
    "a{color:var(--link)}a:focus-visible,[tabindex]:focus-visible{outline:3px solid #ffdd00;"
    "outline-offset:0;background:#ffdd00;color:#0b0c0c}"
    ".skip{position:absolute;left:-999px;padding:.5rem;background:#fff;color:#0b0c0c}"
    ".skip:focus{left:0;top:0}"
    "nav ul{list-style:none;padding:0;margin:1rem 0 0;display:flex;flex-wrap:wrap;"
    "gap:.25rem 1.25rem}"
    "nav a{display:inline-block;padding:.2rem 0}"
    ".answer p{font-size:1.2rem;font-weight:bold}"
    ".answer p:first-child{font-size:1.5rem;line-height:1.3}"
    ".answer ul{padding-left:1.2rem}"
    ".tiles{display:grid;grid-template-columns:repeat(auto-fit,minmax(10.5rem,1fr));gap:.75rem;"
    "margin:1.5rem 0}"
    ".tile{background-color:var(--pale);border-left:6px "
    "solid;border-left-color:var(--accent);padding:.6rem .8rem;"
    "margin:0}"
    ".tile dt{font-size:.95rem}.tile dd{margin:0}"
    ".tile .big{font-size:1.8rem;font-weight:bold;line-height:1.15}"
    ".note,.tile .small{color:var(--soft);font-size:.95rem}"
    "figure{margin:1.25rem 0}"
    "figcaption,caption{font-weight:bold;text-align:left;margin:0 0 .5rem;padding:0}"
    "figcaption{font-size:1.15rem;line-height:1.3}"
    "caption{padding:1rem 0 .5rem}"
    ".bar{margin:0 0 .9rem;break-inside:avoid}"
    ".bar p{margin:0;display:flex;flex-wrap:wrap;justify-content:space-between;gap:0 1rem}"
    ".bar p.in1{padding-left:1rem}.bar p.in2{padding-left:2rem}"
    ".break{border-top:3px "
    "dashed;border-top-color:var(--ink);padding-top:.25rem;font-weight:bold}"
    "table{border-collapse:collapse;width:100%;margin:0 0 1.5rem;font-size:.95rem}"
    "th,td{border-bottom:1px solid;border-bottom-color:var(--rule);padding:.4rem "
    ".5rem;text-align:right;"
    "vertical-align:top}"
    "th{font-weight:bold}thead th{vertical-align:bottom}"
    "tbody th,.t{text-align:left}"
    "tbody th{font-weight:normal}tbody th:first-child{font-weight:bold}"
    ".again{color:var(--soft);font-weight:normal!important}"
    ".pre{white-space:pre-wrap;overflow-wrap:anywhere;font-family:inherit;background:var(--"
    "pale);"
    "padding:.75rem;margin:0 0 1rem;font-size:.95rem}"
    ".grade{display:inline-block;font-weight:bold;border:2px solid;border-color:var(--ink);"
    "padding:0 .5rem;margin:0 0 .25rem}"
    ".alert{border:3px solid #d4351c;padding:.6rem .8rem;margin:0 0 .75rem}"
    ".card{border-left:4px solid;border-left-color:var(--rule);padding:.1rem 0 .1rem "
    ".8rem;margin:0 0 1rem;"
    "break-inside:avoid}.card p{margin:0 0 .35rem}"
    ".row{display:flex;justify-content:space-between;gap:0 1.5rem}.row b{white-space:nowrap}"
    ".row span b{white-space:normal}.none{border-left-style:dashed}"
    "h5{font-size:1rem;margin:0 0 .25rem}.sums{font:.8rem/1.45 'DejaVu Sans Mono',Consolas,"
    "'Liberation Mono',monospace}.sums.n{display:none;font-size:.68rem;padding:.4rem}"
    "article+article{margin-top:4rem;border-top:4px solid var(--ink)}"
    ".stay th,.stay td{text-align:left}"
    ".quote{margin:.25rem 0 .5rem;padding-left:.8rem;border-left:4px "
    "solid;border-left-color:var(--accent);"
    "white-space:pre-line}"
    "footer{margin-top:3rem;padding-bottom:2rem;color:var(--soft);font-size:.95rem}"
    "@media screen and (max-width:650px){"
    "h1{font-size:1.5rem}.answer p:first-child{font-size:1.25rem}"
    "table,tbody,tr,td,tbody th,caption{display:block;width:auto}"
    "thead{position:absolute;clip-path:inset(50%);width:1px;height:1px;overflow:hidden}"
    "tr{border-bottom:2px solid var(--soft);padding:.4rem 0}"
    "tbody th{border:0;padding:.1rem 0;text-align:left}"
    "td{border:0;padding:.1rem 0;text-align:right;display:flex;gap:1rem;"
    "justify-content:space-between;flex-wrap:wrap}"
    "td.t{text-align:left}"
    "td "
    "b{display:inline!important}td::before{font-weight:normal;text-align:left;color:var(--soft)"
    "}"
    ".acts td{display:block}.acts td:nth-child(3)::before{content:'Owner: '}"
    ".acts td:nth-child(4)::before{content:'Due: '}"
    ".acts td:nth-child(5)::before{content:'Completed: '}"
    ".acts td:nth-child(6)::before{content:'Verified by: '}"
    ".row{flex-wrap:wrap}.stay td{font-weight:bold}.sums.w{display:none}.sums.n{display:block}}"
    "@media screen and (prefers-color-scheme:dark){"
    ":root{--ink:#f3f2f1;--soft:#c2c7ca;--paper:#10161d;--rule:#5a6670;--pale:#1d2731;"
    "--link:#9fd0ff}.alert{border-color:#ff8f7a}}"
    "@page{size:A4;margin:15mm 14mm 18mm;"
    "@bottom-right{content:'Page ' counter(page) '/' counter(pages);font:9pt Arial,sans-serif}}"
    "@media "
    "print{body{font-size:10pt;line-height:1.35}figcaption{font-size:11pt}figure{margin:.75rem "
    "0}"
    "caption{padding-top:.5rem}.bar{margin-bottom:.5rem}nav,.skip{display:none}"
    ".band{padding:.75rem;print-color-adjust:exact;-webkit-print-color-adjust:exact}"
    ".in{padding:0 .75rem}main,footer{padding:0}.in,main,footer{max-width:none}"
    "svg,.tile{print-color-adjust:exact;-webkit-print-color-adjust:exact}"
    "table{font-size:8.5pt}.sums{font-size:7.5pt}th,td{padding:.2rem .3rem}"
    "h1{font-size:18pt}h2{font-size:14pt;margin-top:1.5rem}h2,h3,caption,figcaption{"
    "break-after:avoid}tr,.tile,.pair{break-inside:avoid}thead{display:table-header-group}"
    ".tiles{display:block}.tile{display:inline-block;width:31%;vertical-align:top;"
    "margin:0 1% .6rem 0}.tile .big{font-size:16pt}.answer p{font-size:12pt}"
    ".answer p:first-child{font-size:14pt}a{color:inherit;text-decoration:none}}";

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

static void head(struct ca_page *page, const struct ca_table *table)
{
    struct ca_buffer *out = &page->body;

    ca_html_printf(out, "<table id=t-%s><caption>%s</caption><thead><tr>", table->id,
                   table->caption);
    for (size_t c = 0; c < table->column_count; c++)
        if (!table->columns[c].wide_only)
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
    bool parts = false;

    for (size_t c = 0; c < table->column_count; c++) {
        if (table->columns[c].wide_only)
            continue;
        place++;
        parts = parts || table->columns[c].kind == CA_COLUMN_PART;
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
    if (parts) /* many such columns: per cents below the counts, so that all have room */
        ca_buffer_printf(&page->wide, "#t-%s td b{display:block}\n", table->id);
}

/* A name that stands in the row above, too, need not be as loud again. */
static bool repeated(const struct ca_table *table, size_t r, size_t c)
{
    size_t place = r * table->column_count + c;

    return c == 0 && r > 0 && left(&table->columns[c]) &&
           strcmp(table->cells[place].text, table->cells[place - table->column_count].text) ==
               0;
}

/* End tags of cells and rows may be left out in HTML, and are: tables are most of a page. */
static void row(struct ca_page *page, const struct ca_table *table, size_t r)
{
    struct ca_buffer *out = &page->body;

    ca_buffer_puts(out, "<tr>");
    for (size_t c = 0; c < table->column_count; c++) {
        const struct ca_column *column = &table->columns[c];
        if (column->wide_only)
            continue;
        if (c < table->heads)
            ca_buffer_puts(out, repeated(table, r, c) ? "<th scope=row class=again>"
                                                      : "<th scope=row>");
        else
            ca_buffer_puts(out, left(column) ? "<td class=t>" : "<td>");
        ca_table_cell_html(out, column, &table->cells[r * table->column_count + c]);
    }
    ca_buffer_putc(out, '\n');
}

void ca_page_table(struct ca_page *page, const struct ca_table *table)
{
    if (table == NULL || table->row_count == 0)
        return;
    head(page, table);
    for (size_t r = 0; r < table->row_count; r++)
        row(page, table, r);
    ca_buffer_puts(&page->body, "</tbody></table>\n");
    names(page, table);
    page->tables++;
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
    ca_buffer_puts(out, style);
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
    ca_buffer_printf(out, "<nav aria-label=Contents><ul>%s</ul></nav>\n",
                     gathered(&page->contents));
    ca_buffer_puts(out, OPEN_MAIN);
    ca_buffer_puts(out, gathered(&page->body));
    ca_buffer_puts(out, ca_page_tail);
    ca_buffer_free(&page->body);
    ca_buffer_free(&page->contents);
    ca_buffer_free(&page->rules);
    ca_buffer_free(&page->wide);
}
