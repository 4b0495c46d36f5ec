/* A page of ours becomes a PDF: read, set twice (the first time to count), completed. */
#include "core/report/print/print.h"

#include <cairo-pdf.h>
#include <libxml/HTMLparser.h>
#include <string.h>

#include "core/base/utf8.h"
#include "core/report/print/print_private.h"

/* cairo refuses text with code points that are no characters. */
static bool is_no_character(uint32_t c)
{
    return (c >= 0xFDD0 && c <= 0xFDEF) || (c & 0xFFFE) == 0xFFFE;
}

static xmlDoc *read_page(const struct ca_buffer *page)
{
    struct ca_buffer text = {0};
    xmlDoc *doc;
    size_t length;

    for (const char *at = page->data; *at != '\0'; at += length)
        if (is_no_character(ca_utf8_next(at, &length)))
            ca_buffer_puts(&text, CA_REPLACEMENT_UTF8);
        else
            ca_buffer_add(&text, at, length);
    doc = htmlReadMemory(text.data, (int)text.length, NULL, "UTF-8",
                         HTML_PARSE_NOERROR | HTML_PARSE_NOWARNING | HTML_PARSE_NONET);
    ca_buffer_free(&text);
    return doc;
}

static void describe(cairo_surface_t *surface, xmlDoc *page, const struct ca_theme *theme,
                     ca_date date)
{
    const xmlNode *title = ca_below(xmlDocGetRootElement(page), "title");
    char day[CA_DATE_SIZE];

    if (title != NULL && title->children != NULL)
        cairo_pdf_surface_set_metadata(surface, CAIRO_PDF_METADATA_TITLE,
                                       (const char *)title->children->content);
    if (theme->name != NULL)
        cairo_pdf_surface_set_metadata(surface, CAIRO_PDF_METADATA_AUTHOR, theme->name);
    cairo_pdf_surface_set_metadata(surface, CAIRO_PDF_METADATA_CREATOR, "caseaudit");
    cairo_pdf_surface_set_metadata(surface, CAIRO_PDF_METADATA_CREATE_DATE,
                                   ca_date_format(date, day));
}

/* Sets the page on sheets and counts them in *pages, which begins as the number to print
 * below each, or 0 for a run that only counts. Returns what failed, or NULL. */
static const char *set(struct ca_buffer *out, xmlDoc *page, const struct ca_theme *theme,
                       ca_date date, struct ca_tag_words *words, int *pages)
{
    struct ca_paper paper = {.theme = theme, .pages = *pages, .untagged = *pages == 0};
    const char *failed;

    paper.words.arena = words->arena;
    ca_paper_open(&paper, out);
    describe(paper.surface, page, theme, date);
    ca_paper_tag(&paper, "Document");
    ca_print_children(&paper, ca_below(xmlDocGetRootElement(page), "body"),
                      ca_paper_column(&paper));
    ca_paper_untag(&paper, "Document");
    failed = ca_paper_close(&paper);
    *words = paper.words;
    *pages = paper.page;
    return failed;
}

enum ca_code ca_pdf_write(struct ca_buffer *out, const struct ca_buffer *page,
                          const struct ca_theme *theme, ca_date date, struct ca_error *error)
{
    struct ca_tag_words words = {.arena = ca_arena_new()};
    struct ca_buffer counted = {0}, pdf = {0};
    xmlDoc *doc = read_page(page);
    int pages = 0;
    const char *failed = set(&counted, doc, theme, date, &words, &pages);
    enum ca_code code;

    ca_buffer_free(&counted);
    if (failed == NULL)
        failed = set(&pdf, doc, theme, date, &words, &pages);
    code = failed == NULL
               ? ca_print_finish(out, &pdf, &words, error)
               : ca_fail(error, CA_ERROR_IO, "the page cannot be printed: %s", failed);
    ca_buffer_free(&pdf);
    xmlFreeDoc(doc);
    ca_arena_free(words.arena);
    return code;
}
