/* The cases from which a sample is drawn. */
#include "core/year/frame.h"

#include <stdlib.h>
#include <string.h>

#include "core/base/array.h"
#include "core/base/blank.h"
#include "core/base/code.h"
#include "core/sheet/column.h"

struct reading {
    struct ca_arena *arena;
    const struct ca_sheet *sheet;
    const char *name;     /* of the sample */
    size_t id;            /* where the ids are */
    size_t *stratify;     /* where the values of the strata are */
    size_t stratum_parts; /* how many columns those are */
    struct ca_kept kept;
    struct ca_map
        *rows; /* of the ids so far, folded: a case is known by its id in any capitals */
    struct ca_diags *diags;
};

/* ---- columns ---- */

/* Columns that are named once each. */
static size_t *find_all(const struct reading *r, const char *const *headings, size_t count,
                        const char *again)
{
    size_t *columns = CA_ARRAY(r->arena, count, size_t);

    for (size_t i = 0; i < count; i++) {
        columns[i] = ca_sheet_column(r->arena, r->sheet, headings[i], true, r->diags);
        for (size_t k = 0; k < i && columns[i] != CA_NO_COLUMN; k++)
            if (columns[k] == columns[i])
                ca_sheet_fault(r->sheet, 0, columns[i], r->diags, CA_ERROR, "%s", again);
    }
    return columns;
}

static bool find_columns(struct reading *r, const struct ca_sample_rule *columns)
{
    r->id = ca_sheet_column(r->arena, r->sheet, columns->id, true, r->diags);
    r->stratum_parts = columns->stratify_count;
    r->stratify = find_all(r, columns->stratify, columns->stratify_count,
                           "the cases are stratified by this column already");
    r->kept.columns =
        find_all(r, columns->keep, columns->keep_count, "this column is to be kept already");
    r->kept.names = columns->keep;
    r->kept.count = columns->keep_count;
    return r->diags->errors == 0;
}

/* ---- cases ---- */

static void check_id(const struct reading *r, const char *id, int row)
{
    enum { MOST = 64 };
    size_t earlier;

    if (id[0] == '\0')
        ca_sheet_fault(r->sheet, row, r->id, r->diags, CA_ERROR,
                       "the case's id is missing; every case has one");
    else if (!ca_is_code(id))
        ca_sheet_fault(r->sheet, row, r->id, r->diags, CA_ERROR,
                       "'%s' is no id of a case; it is up to 64 letters, digits and . _ / -, "
                       "beginning with a letter or digit",
                       id);
    else if ((earlier = ca_map_put(r->rows, ca_folded(r->arena, id), (size_t)row)) !=
             CA_NOT_FOUND)
        ca_sheet_fault(r->sheet, row, r->id, r->diags, CA_ERROR,
                       "case '%s' is in row %zu already; a case stands in the list once", id,
                       earlier);
    else if (strlen(r->name) + 1 + strlen(id) > MOST)
        ca_sheet_fault(
            r->sheet, row, r->id, r->diags, CA_ERROR,
            "the return of this case would have the id '%s-%s', which is longer than "
            "%d characters; give the sample a shorter name",
            r->name, id, MOST);
}

static void read_case(const struct reading *r, const struct ca_sheet_row *row,
                      struct ca_frame_case *out)
{
    const char **values = CA_ARRAY(r->arena, r->stratum_parts + 1, const char *);

    for (size_t i = 0; i < r->stratum_parts; i++)
        values[i] = row->cells[r->stratify[i]];
    *out = (struct ca_frame_case){.id = row->cells[r->id],
                                  .values = values,
                                  .kept = ca_kept_read(&r->kept, row, r->diags),
                                  .row = row->number};
    check_id(r, out->id, row->number);
}

static int compare_texts(const void *a, const void *b)
{
    return strcmp(*(const char *const *)a, *(const char *const *)b);
}

/* The frame counts those of so many cases that may be drawn. */
static void leave_out(struct ca_arena *arena, const struct ca_map *which, size_t count,
                      struct ca_frame *frame)
{
    for (size_t i = 0; i < count; i++)
        if (which == NULL ||
            ca_map_get(which, ca_folded(arena, frame->cases[i].id)) == CA_NOT_FOUND)
            frame->cases[frame->count++] = frame->cases[i];
        else
            *CA_ARENA_APPEND(arena, frame->left_out, frame->left_out_count) =
                frame->cases[i].id;
    if (frame->left_out_count > 0)
        qsort(frame->left_out, frame->left_out_count, sizeof *frame->left_out, compare_texts);
}

/* ---- strata ---- */

static int compare_values(const char *const *one, const char *const *other)
{
    int order = 0;

    for (; order == 0 && *one != NULL; one++, other++)
        order = strcmp(*one, *other);
    return order;
}

static int compare_ids(const void *a, const void *b)
{
    const struct ca_frame_case *one = a, *other = b;

    return strcmp(one->id, other->id);
}

static int compare_strata(const void *a, const void *b)
{
    const struct ca_frame_case *one = a, *other = b;
    int order = compare_values(one->values, other->values);

    return order != 0 ? order : compare_ids(a, b);
}

/* Cases of one stratum stand together for a moment, and are counted. */
static void find_strata(struct ca_arena *arena, struct ca_frame *frame)
{
    qsort(frame->cases, frame->count, sizeof *frame->cases, compare_strata);
    frame->strata = CA_ARRAY(arena, frame->count, struct ca_stratum);
    for (size_t i = 0; i < frame->count; i++) {
        struct ca_frame_case *next = &frame->cases[i];
        if (i == 0 || compare_values(next->values, frame->cases[i - 1].values) != 0)
            frame->strata[frame->stratum_count++].values = next->values;
        next->stratum = frame->stratum_count - 1;
        frame->strata[next->stratum].cases++;
    }
    qsort(frame->cases, frame->count, sizeof *frame->cases, compare_ids);
}

/* "coast / mainstream" */
static const char *words_of(struct ca_arena *arena, const struct ca_stratum *stratum)
{
    const char *words = "";

    for (const char *const *value = stratum->values; *value != NULL; value++)
        words = ca_arena_printf(arena, "%s%s%s", words, *words != '\0' ? " / " : "", *value);
    return words;
}

/* What is one team to a person gets the seats of two. */
static void doubt_strata(const struct reading *r, const struct ca_frame *frame)
{
    struct ca_map *seen = ca_map_new(r->arena, frame->stratum_count);

    for (size_t i = 0; i < frame->stratum_count; i++) {
        const char *words = words_of(r->arena, &frame->strata[i]);
        const size_t other = ca_map_put(seen, ca_folded(r->arena, words), i);
        if (other != CA_NOT_FOUND)
            ca_sheet_fault(r->sheet, 0, r->stratify[0], r->diags, CA_WARNING,
                           "'%s' and '%s' are two strata, and look like one; if they are one, "
                           "spell them alike in the list, and draw again",
                           words_of(r->arena, &frame->strata[other]), words);
    }
}

static void take_fingerprint(struct ca_frame *frame)
{
    uint8_t digest[CA_SHA256_SIZE];
    struct ca_buffer lines = {0};

    for (size_t i = 0; i < frame->count; i++) {
        ca_buffer_printf(&lines, "%s\t", frame->cases[i].id);
        for (const char *const *value = frame->cases[i].values; *value != NULL; value++)
            ca_buffer_printf(&lines, "%s\t", *value);
        ca_buffer_putc(&lines, '\n');
    }
    ca_sha256(lines.data, lines.length, digest);
    ca_sha256_hex(digest, frame->sha256);
    ca_buffer_free(&lines);
}

bool ca_frame_read(struct ca_arena *arena, const struct ca_sheet *sheet,
                   const struct ca_frame_asked *asked, struct ca_frame *out,
                   struct ca_diags *diags)
{
    struct reading r = {.arena = arena,
                        .sheet = sheet,
                        .name = asked->name,
                        .kept = {.arena = arena, .sheet = sheet, .template = asked->template},
                        .diags = diags};
    struct ca_frame frame = {0};

    if (!find_columns(&r, asked->rule))
        return false;
    if (sheet->row_count == 0) {
        ca_sheet_fault(sheet, 0, CA_NO_COLUMN, diags, CA_ERROR,
                       "there is no case below the headings, and so none to draw");
        return false;
    }
    r.rows = ca_map_new(arena, sheet->row_count);
    frame.cases = CA_ARRAY(arena, sheet->row_count, struct ca_frame_case);
    for (size_t i = 0; i < sheet->row_count; i++)
        read_case(&r, &sheet->rows[i], &frame.cases[i]);
    if (diags->errors > 0)
        return false;
    leave_out(arena, asked->left_out, sheet->row_count, &frame);
    if (frame.count == 0) {
        ca_sheet_fault(
            sheet, 0, CA_NO_COLUMN, diags, CA_ERROR,
            "all cases of the list (%zu) were audited lately, and none is left to draw",
            frame.left_out_count);
        return false;
    }
    find_strata(arena, &frame);
    doubt_strata(&r, &frame);
    take_fingerprint(&frame);
    *out = frame;
    return true;
}
