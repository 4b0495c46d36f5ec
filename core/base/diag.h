#ifndef CA_BASE_DIAG_H
#define CA_BASE_DIAG_H

#include <stdarg.h>
#include <stdbool.h>
#include <stddef.h>

#include "core/base/arena.h"

/* Diagnostics: what is wrong in a document, where, and what would be right. */

enum ca_severity { CA_WARNING, CA_ERROR };

/* At which gate a document was stopped. */
enum ca_fault {
    CA_FAULT_FILE,    /* the file could not be read, or is no template/return at all */
    CA_FAULT_XML,     /* not well-formed, not UTF-8, a DOCTYPE */
    CA_FAULT_LIMIT,   /* beyond a documented limit of size or number */
    CA_FAULT_SCHEMA,  /* what the XML schema refuses too */
    CA_FAULT_RULE,    /* a rule beyond the schema: ids, dates, template, framework */
    CA_FAULT_PRIVACY, /* what looks like personal data (always a warning) */
    CA_FAULT_TIME,    /* a date after today (always a warning) */
    CA_FAULT_DATE     /* a date that cannot be, whatever day it is (always a warning) */
};

struct ca_diag {
    enum ca_severity severity;
    enum ca_fault fault;
    int line, column;    /* from 1; 1:1 for a fault of the whole file */
    const char *element; /* name of the element, or NULL */
    const char *message;
};

/* How often a fault was met of which there may be very many. */
struct ca_diag_kind {
    const char *name; /* known by its address */
    enum ca_severity severity;
    size_t count;
    size_t last; /* index of the last that was kept */
};
enum { CA_DIAG_MOST = 50 }; /* of one kind are kept */

/* Kept in the order added; ca_diags_sort puts them in the order of the file.
 * Messages and items live in the arena given to ca_diags_init. */
struct ca_diags {
    struct ca_arena *arena;
    struct ca_diag *items;
    size_t count;
    size_t errors; /* how many of them are errors, with those that were not kept */
    struct ca_diag_kind *kinds;
    size_t kind_count;
    bool of_cells; /* told to who filled in a spreadsheet: what to do is said of its cells */
};

void ca_diags_init(struct ca_diags *diags, struct ca_arena *arena);
void ca_diags_add(struct ca_diags *diags, enum ca_severity severity, enum ca_fault fault,
                  int line, int column, const char *element, const char *format, ...)
    __attribute__((format(printf, 7, 8)));
void ca_diags_vadd(struct ca_diags *diags, enum ca_severity severity, enum ca_fault fault,
                   int line, int column, const char *element, const char *format, va_list args);
/*
 * Is there room for one more fault of this kind (the format of its message)? Where there is
 * not, it is only counted: a file of a million faults is told about in few lines. Ask before
 * each, add it behind all others, and let ca_diags_tell_rest say at the end how many were not
 * kept.
 */
bool ca_diags_room(struct ca_diags *diags, enum ca_severity severity, const char *kind);
void ca_diags_tell_rest(struct ca_diags *diags);
/* Says otherwise what was said at a place with a message that begins so; false where nothing
 * was. */
bool ca_diags_reword(struct ca_diags *diags, int line, int column, const char *beginning,
                     const char *message);
/* Stable, by line and column. */
void ca_diags_sort(struct ca_diags *diags);

/* As bytes, from one process to another; copied when they are read. False if they are none. */
struct ca_buffer;
struct ca_unpack;
void ca_diags_pack(const struct ca_diags *diags, struct ca_buffer *out);
bool ca_diags_unpack(struct ca_unpack *in, struct ca_diags *diags);

#endif
