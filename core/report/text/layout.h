#ifndef CA_REPORT_LAYOUT_H
#define CA_REPORT_LAYOUT_H

#include "core/base/buffer.h"

/*
 * Text in lines of a width, for people to read. White space in what is laid out
 * collapses to single blanks, so that no text out of a document can pretend to be a
 * line of ours.
 */

enum { CA_LAYOUT_NARROWEST = 24, CA_LAYOUT_WIDTH = 80, CA_LAYOUT_WIDEST = 110 };

struct ca_layout {
    struct ca_buffer *out;
    int width; /* in columns */
};

/* Columns that text takes: combining marks none, East Asian characters two. */
int ca_text_columns(const char *text);

/* A paragraph: its first line begins at column indent, the others at hang. */
void ca_layout_text(const struct ca_layout *layout, int indent, int hang, const char *text);

/* The same with right at the end of the first line, and the column of right kept free
 * beside all others; right_columns is the width of that column. On a page too narrow for both
 * it stands below. */
void ca_layout_row(const struct ca_layout *layout, int indent, int hang, const char *left,
                   const char *right, int right_columns);

/* An entry of a list: name at indent, and text in a column of its own beside it, or below
 * a name that is too long. */
void ca_layout_entry(const struct ca_layout *layout, int indent, const char *name, int column,
                     const char *text);

/* Appends text and then, or before it, blanks up to columns. */
void ca_pad_right(struct ca_buffer *out, const char *text, int columns);
void ca_pad_left(struct ca_buffer *out, const char *text, int columns);

#endif
