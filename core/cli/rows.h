#ifndef CA_CLI_ROWS_H
#define CA_CLI_ROWS_H

#include <stdbool.h>
#include <stddef.h>

#include "core/base/arena.h"
#include "core/base/buffer.h"

/*
 * A list that is written as text, JSON or CSV from one table of columns: an array of objects, a
 * heading row and lines, or aligned columns for people.
 */
enum ca_rows_kind {
    CA_ROWS_TEXT,
    CA_ROWS_NUMBER, /* text that is a number of JSON */
    CA_ROWS_FLAG,   /* "yes" or "no" */
    CA_ROWS_WORDS,  /* words with a space between them: an array */
    CA_ROWS_GROUP   /* JSON: "group":{NAME: value}; {} where the name is "" */
};

struct ca_rows_column {
    const char *name;    /* of JSON and CSV; NULL: it is for people only */
    const char *heading; /* for people, as in table.h; NULL: they are not shown it */
    enum ca_rows_kind kind;
};

struct ca_rows;

/* format: "text", "json" or "csv". columns are borrowed. */
struct ca_rows *ca_rows_new(const char *format, const struct ca_rows_column *columns,
                            size_t count);
/* A cell for each column, valid for this call; NULL is none. */
void ca_rows_add(struct ca_rows *rows, const char *const *cells);
/* The words whose bits are set, with what stands between them; in arena. */
const char *ca_rows_words(struct ca_arena *arena, unsigned bits, const char *const *words,
                          size_t count, const char *between);
size_t ca_rows_count(const struct ca_rows *rows);
/* Writes the rows behind what is in out and frees them. JSON: as the value of key, within an
 * object that the caller opens and closes. */
void ca_rows_write(struct ca_rows *rows, const char *key, struct ca_buffer *out);

#endif
