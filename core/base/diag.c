/* Diagnostics, gathered and put in the order of the file. */
#include "core/base/diag.h"

#include <string.h>

#include "core/base/array.h"

void ca_diags_init(struct ca_diags *diags, struct ca_arena *arena)
{
    *diags = (struct ca_diags){.arena = arena};
}

void ca_diags_vadd(struct ca_diags *diags, enum ca_severity severity, enum ca_fault fault,
                   int line, int column, const char *element, const char *format, va_list args)
{
    struct ca_diag *diag = CA_ARENA_APPEND(diags->arena, diags->items, diags->count);

    diag->severity = severity;
    diag->fault = fault;
    diag->line = line > 0 ? line : 1;
    diag->column = column > 0 ? column : 1;
    diag->element = element != NULL ? ca_arena_strdup(diags->arena, element) : NULL;
    diag->message = ca_arena_vprintf(diags->arena, format, args);
    if (severity == CA_ERROR)
        diags->errors++;
}

void ca_diags_add(struct ca_diags *diags, enum ca_severity severity, enum ca_fault fault,
                  int line, int column, const char *element, const char *format, ...)
{
    va_list args;

    va_start(args, format);
    ca_diags_vadd(diags, severity, fault, line, column, element, format, args);
    va_end(args);
}

bool ca_diags_room(struct ca_diags *diags, enum ca_severity severity, const char *kind)
{
    struct ca_diag_kind *found = NULL;

    for (size_t i = 0; i < diags->kind_count && found == NULL; i++)
        if (diags->kinds[i].name == kind && diags->kinds[i].severity == severity)
            found = &diags->kinds[i];
    if (found == NULL) {
        found = CA_ARENA_APPEND(diags->arena, diags->kinds, diags->kind_count);
        *found = (struct ca_diag_kind){kind, severity, 0, 0};
    }
    if (found->count++ < CA_DIAG_MOST) {
        found->last = diags->count;
        return true;
    }
    diags->errors += severity == CA_ERROR;
    return false;
}

void ca_diags_tell_rest(struct ca_diags *diags)
{
    for (size_t i = 0; i < diags->kind_count; i++) {
        const struct ca_diag_kind *kind = &diags->kinds[i];
        const struct ca_diag last = diags->items[kind->last];
        if (kind->count <= CA_DIAG_MOST)
            continue;
        ca_diags_add(diags, kind->severity, last.fault, last.line, last.column, NULL,
                     "and %zu more of this kind, which are not listed",
                     kind->count - CA_DIAG_MOST);
        diags->errors -= kind->severity == CA_ERROR;
    }
    diags->kind_count = 0;
}

static bool stands_before(const struct ca_diag *a, const struct ca_diag *b)
{
    return a->line != b->line ? a->line < b->line : a->column < b->column;
}

/* Merges from[start..middle) and from[middle..end) into to; the left one goes first
 * among equals, which keeps the order stable. */
static void merge(const struct ca_diag *from, struct ca_diag *to, size_t start, size_t middle,
                  size_t end)
{
    size_t left = start;
    size_t right = middle;

    for (size_t at = start; at < end; at++) {
        if (left < middle && (right == end || !stands_before(&from[right], &from[left])))
            to[at] = from[left++];
        else
            to[at] = from[right++];
    }
}

static size_t at_most(size_t value, size_t limit)
{
    return value < limit ? value : limit;
}

bool ca_diags_reword(struct ca_diags *diags, int line, int column, const char *beginning,
                     const char *message)
{
    bool found = false;

    for (size_t i = 0; i < diags->count; i++) {
        struct ca_diag *diag = &diags->items[i];

        if (diag->line == line && diag->column == column &&
            strncmp(diag->message, beginning, strlen(beginning)) == 0) {
            diag->message = ca_arena_strdup(diags->arena, message);
            found = true;
        }
    }
    return found;
}

void ca_diags_sort(struct ca_diags *diags)
{
    const size_t count = diags->count;
    struct ca_diag *from = diags->items;
    struct ca_diag *to, *swap;

    if (count < 2)
        return;
    to = CA_ARRAY(diags->arena, count, struct ca_diag);
    for (size_t width = 1; width < count; width *= 2) {
        for (size_t start = 0; start < count; start += 2 * width)
            merge(from, to, start, at_most(start + width, count),
                  at_most(start + 2 * width, count));
        swap = from;
        from = to;
        to = swap;
    }
    if (from != diags->items)
        memcpy(diags->items, from, count * sizeof *from);
}
