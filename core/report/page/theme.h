#ifndef CA_REPORT_THEME_H
#define CA_REPORT_THEME_H

#include "core/base/arena.h"
#include "core/base/buffer.h"
#include "core/base/error.h"
#include "core/insight/summary.h"

/*
 * How a council's reports look, and what it aims at. A small text file:
 *
 *   # whose reports these are
 *   name   = Exampleshire County Council
 *   logo   = logo.svg          beside this file
 *   colour = #12436D           behind the title, which is white
 *   accent = #28A197           the rule below it
 *   published = 2024-02-01     the day of publication, the day of the next, whom to ask
 *   next = 2024-05-01
 *   contact = quality@exampleshire.example
 *   target.second-review = 90  per cent, or the value of a mean; by measure
 *   target.moves = at most 1   where fewer is better
 */

struct ca_theme {
    struct ca_arena *arena;
    const char *name;            /* NULL */
    const char *logo;            /* markup, safe to stand in a page; NULL */
    const char *colour, *accent; /* "#12436D" */
    ca_date published, next;     /* CA_NO_DATE */
    const char *contact;         /* NULL */
    struct ca_target *targets;
    size_t target_count;
};

/* The theme of those who have none. */
extern const struct ca_theme ca_theme_plain;

/*
 * Reads a theme file. CA_ERROR_DATA with "FILE:LINE: …" for what cannot be used:
 * an unknown word, a colour that is none or has too little contrast (4.5 to 1
 * with the white title for colour, 3 to 1 with white paper for accent; WCAG 2.2,
 * success criteria 1.4.3 and 1.4.11), a logo that is no SVG.
 * Freed by ca_theme_free.
 */
enum ca_code ca_theme_read(const char *path, struct ca_theme *out, struct ca_error *error);
void ca_theme_free(struct ca_theme *theme);

/* Contrast with white in hundredths, 100 to 2100, of "#12436D"; 0 if it is no colour. */
int ca_contrast_with_white(const char *colour);

/*
 * Writes an SVG picture again with nothing but shapes: no scripts, styles, links,
 * pictures or text from outside, whatever bytes hold. label is its text
 * alternative. CA_ERROR_DATA if bytes are no SVG or more than 32 KiB.
 */
enum ca_code ca_logo_write(struct ca_buffer *out, const char *bytes, size_t length,
                           const char *label, struct ca_error *error);

#endif
