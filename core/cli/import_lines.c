/*
 * The lines of an export's ledger. A locked process reads them, piece by piece, so that an
 * export of any size takes little memory.
 */
#include <errno.h>
#include <string.h>

#include "core/cli/import.h"
#include "core/work/ask.h"

/* A piece is as many whole lines as go into PIECE, or one that is longer. */
enum { PIECE = 1024 * 1024, LONGEST_LINE = 64 * 1024 * 1024 };

/* What is packed of a line is at most so many times as long, and a little more. */
enum { WIDER = 4, AT_LEAST = 4096 };

struct lines {
    FILE *file;
    struct ca_buffer held; /* read, and not handed over yet */
    size_t whole;          /* bytes of it that are whole lines */
    bool at_end;
    size_t number; /* of the line that is next, or is being visited */
};

static FILE *open_lines(struct ca_import *import)
{
    FILE *file;

    ca_buffer_clear(&import->path);
    ca_buffer_printf(&import->path, "%s/changes.ndjson", import->folder);
    file = fopen(import->path.data, "rb");
    if (file == NULL)
        ca_complain("cannot read '%s': %s", import->path.data, ca_reason(errno));
    return file;
}

/* ---- pieces ---- */

static void find_whole(struct lines *lines)
{
    const char *last = memrchr(lines->held.data, '\n', lines->held.length);

    lines->whole = lines->at_end  ? lines->held.length
                   : last != NULL ? (size_t)(last - lines->held.data) + 1
                                  : 0;
}

/* The next piece; none at the end. */
static enum ca_code fill(struct ca_import *import, struct lines *lines)
{
    struct ca_buffer *held = &lines->held;

    if (lines->whole > 0)
        memmove(held->data, held->data + lines->whole, held->length - lines->whole);
    held->length -= lines->whole;
    for (lines->whole = 0; lines->whole == 0 && !lines->at_end; find_whole(lines)) {
        size_t got = fread(ca_buffer_reserve(held, PIECE), 1, PIECE, lines->file);
        held->length += got;
        lines->at_end = got < PIECE;
        if (held->length > LONGEST_LINE)
            return ca_fail(&import->error, CA_ERROR_DATA,
                           "the line is longer than %d MiB, which no export writes",
                           LONGEST_LINE / (1024 * 1024));
    }
    if (ferror(lines->file))
        return ca_fail(&import->error, CA_ERROR_IO, "cannot read it: %s", ca_reason(errno));
    return CA_OK;
}

static void read_there(void *context, struct ca_buffer *out)
{
    const struct lines *lines = context;

    ca_exported_read(lines->held.data, lines->whole, out);
}

static enum ca_code ask(struct ca_import *import, struct lines *lines, struct ca_buffer *answer)
{
    const struct ca_ask question = {.work = read_there,
                                    .context = lines,
                                    .who = "the engine",
                                    .most = WIDER * lines->whole + AT_LEAST,
                                    .memory = lines->whole > 2 * PIECE ? 2048 : 0};
    char why[CA_ASK_WHY];

    if (ca_ask_locked(&question, answer, why))
        return CA_OK;
    return ca_fail(&import->error, CA_ERROR_DATA, "the lines from here cannot be read: %s",
                   why);
}

static size_t count_lines(const struct lines *lines)
{
    const char *at = lines->held.data, *end = at + lines->whole;
    size_t count = 0;

    for (; at != NULL && at < end; count++) {
        at = memchr(at, '\n', (size_t)(end - at));
        if (at != NULL)
            at++;
    }
    return count;
}

/* The answer has to say something of every line. */
static enum ca_code visit_piece(struct ca_import *import, struct lines *lines,
                                const struct ca_buffer *answer, ca_import_visit visit,
                                void *context)
{
    struct ca_unpack in = {answer->data, answer->data + answer->length, true};
    struct ca_arena *arena = ca_arena_new();
    struct ca_exported entry;
    char why[CA_EXPORTED_WHY];
    enum ca_code code = CA_OK;

    for (size_t left = count_lines(lines); left > 0 && code == CA_OK; left--) {
        ca_arena_reset(arena);
        code = ca_exported_next(&in, arena, &entry, why)
                   ? visit(import, &entry, context)
                   : ca_fail(&import->error, CA_ERROR_DATA, "%s", why);
        lines->number += code == CA_OK;
    }
    ca_arena_free(arena);
    return code;
}

enum ca_code ca_import_each(struct ca_import *import, ca_import_visit visit, void *context)
{
    struct lines lines = {.file = open_lines(import), .number = 1};
    struct ca_buffer answer = {0};
    enum ca_code code;

    if (lines.file == NULL)
        return ca_fail(&import->error, CA_ERROR_IO, "the export cannot be read");
    while ((code = fill(import, &lines)) == CA_OK && lines.whole > 0 &&
           (code = ask(import, &lines, &answer)) == CA_OK &&
           (code = visit_piece(import, &lines, &answer, visit, context)) == CA_OK)
        ;
    if (code != CA_OK && code != CA_ERROR_AGAIN)
        ca_complain("%s/changes.ndjson:%zu: %s", import->folder, lines.number,
                    import->error.message);
    ca_buffer_free(&lines.held);
    ca_buffer_free(&answer);
    (void)fclose(lines.file);
    return code;
}
