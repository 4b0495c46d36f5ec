#ifndef CA_REPORT_PRINT_H
#define CA_REPORT_PRINT_H

#include "core/base/buffer.h"
#include "core/base/date.h"
#include "core/base/error.h"
#include "core/report/page/theme.h"

/*
 * One of our own pages (core/report/page/) set on A4 as a tagged PDF. The page is the one
 * source of what is said and in which order; here only its look on paper is decided. Set
 * with pango and cairo, charts with librsvg; text alternatives, the language and the scope of
 * table headings, which cairo cannot write, are put in by libqpdf.
 *
 * Headings become bookmarks; what only serves a screen (contents, links within the page)
 * is left out. The same page gives the same bytes. Any page of ours can be printed: an element
 * that is not known is read for what stands in it.
 *
 * date stands as the document's date of creation. Appends to out. CA_ERROR_IO if the part
 * that prints is missing or fails.
 */
enum ca_code ca_print_pdf(struct ca_buffer *out, const struct ca_buffer *page,
                          const struct ca_theme *theme, ca_date date, struct ca_error *error);

#endif
