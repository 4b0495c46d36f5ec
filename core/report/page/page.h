#ifndef CA_REPORT_PAGE_H
#define CA_REPORT_PAGE_H

#include "core/base/buffer.h"
#include "core/report/page/tables.h"
#include "core/report/page/theme.h"

/*
 * One self-contained page: no script, nothing fetched, readable at 320 pixels, in
 * the dark and on A4 paper. Sections are written into body; the contents list and
 * the rules of the tables gather beside it, and ca_page_finish puts all together.
 */
struct ca_page {
    const struct ca_theme *theme;
    struct ca_buffer body, contents;
    struct ca_buffer rules, wide; /* of tables: on narrow screens; everywhere */
    bool section_open;
    size_t opening; /* how much of body stands before the contents; 0: nothing */
};

void ca_page_init(struct ca_page *page, const struct ca_theme *theme);

/* Begins a section with a heading of level 2, and ends the one before. id is a plain
 * word; title is text. */
void ca_page_section(struct ca_page *page, const char *id, const char *title);

/* The table; on narrow screens each row stands as a small card. */
void ca_page_table(struct ca_page *page, struct ca_table *table);

/* A link to where the table stands on this page; not printed. */
void ca_page_see(struct ca_page *page, const struct ca_table *table);

/* Pages that are written as they come: the head up to <main>, and what follows the
 * content. */
void ca_page_head(struct ca_buffer *out, const struct ca_theme *theme, const char *title,
                  const char *lead);
extern const char ca_page_tail[];

/* Writes the page and frees what was gathered. title is text; lead is markup below it. */
void ca_page_finish(struct ca_page *page, struct ca_buffer *out, const char *title,
                    const char *lead);

#endif
