/* The spreadsheet that says who audits. */
#include "core/year/auditors.h"

#include <stdlib.h>
#include <string.h>

#include "core/base/array.h"
#include "core/base/blank.h"
#include "core/base/code.h"
#include "core/base/decimal.h"
#include "core/base/map.h"
#include "core/base/suggest.h"
#include "core/sheet/column.h"

enum { MOST_CASES = 1000000 };

struct reading {
    struct ca_arena *arena;
    const struct ca_sheet *sheet;
    size_t auditor, team, most, not_from; /* columns, or CA_NO_COLUMN */
    struct ca_map *rows;                  /* of the codes so far */
    struct ca_diags *diags;
};

/* ---- columns ---- */

/* A column that nobody reads may be one whose heading has a slip. */
static void look_for_slips(const struct reading *r)
{
    static const char *const known[] = {"auditor", "team", "most", "not"};
    const struct ca_sheet *sheet = r->sheet;

    for (size_t i = 0; i < sheet->columns; i++) {
        const char *meant;
        if (i == r->auditor || i == r->team || i == r->most || i == r->not_from)
            continue;
        meant = ca_suggest(sheet->header[i], known, sizeof known / sizeof *known);
        if (meant != NULL)
            ca_sheet_fault(sheet, 0, i, r->diags, CA_WARNING,
                           "this column is not read; did you mean '%s'?", meant);
    }
}

static bool find_columns(struct reading *r)
{
    r->auditor = ca_sheet_column(r->arena, r->sheet, "auditor", true, r->diags);
    r->team = ca_sheet_column(r->arena, r->sheet, "team", false, r->diags);
    r->most = ca_sheet_column(r->arena, r->sheet, "most", false, r->diags);
    r->not_from = ca_sheet_column(r->arena, r->sheet, "not", false, r->diags);
    look_for_slips(r);
    return r->diags->errors == 0;
}

/* ---- auditors ---- */

static const char *cell(const struct ca_sheet_row *row, size_t column)
{
    return column != CA_NO_COLUMN ? row->cells[column] : "";
}

static void check_code(const struct reading *r, const char *code, int row)
{
    size_t earlier;

    if (code[0] == '\0')
        ca_sheet_fault(r->sheet, row, r->auditor, r->diags, CA_ERROR,
                       "the auditor's role code is missing; every auditor has one");
    else if (!ca_is_code(code))
        ca_sheet_fault(r->sheet, row, r->auditor, r->diags, CA_ERROR,
                       "'%s' is no role code; it is up to 64 letters, digits and . _ / -, "
                       "beginning with a letter or digit, and no name",
                       code);
    else if ((earlier = ca_map_put(r->rows, ca_folded(r->arena, code), (size_t)row)) !=
             CA_NOT_FOUND)
        ca_sheet_fault(r->sheet, row, r->auditor, r->diags, CA_ERROR,
                       "auditor '%s' is in row %zu already; an auditor stands in the list once",
                       code, earlier);
}

static int64_t read_most(const struct reading *r, const struct ca_sheet_row *row)
{
    const char *text = cell(row, r->most);
    int64_t most = CA_NO_MOST;

    if (text[0] != '\0' && !ca_integer_parse(text, 0, MOST_CASES, &most))
        ca_sheet_fault(r->sheet, row->number, r->most, r->diags, CA_ERROR,
                       "'%s' is no number of cases; it is a whole number from 0, or blank for "
                       "as many as there are",
                       text);
    return most;
}

/* What stands between semicolons, without blanks; NULL behind. */
static const char *const *split(struct ca_arena *arena, const char *text)
{
    const char **parts = NULL;
    size_t count = 0, length;

    for (; *text != '\0'; text += length + (text[length] == ';')) {
        const char *part;
        size_t visible = length = strcspn(text, ";");
        part = ca_trimmed(text, &visible);
        if (visible > 0)
            *CA_ARENA_APPEND(arena, parts, count) = ca_arena_strndup(arena, part, visible);
    }
    *CA_ARENA_APPEND(arena, parts, count) = NULL;
    return parts;
}

static void read_auditor(const struct reading *r, const struct ca_sheet_row *row,
                         struct ca_auditor *out)
{
    *out = (struct ca_auditor){.code = row->cells[r->auditor],
                               .team = cell(row, r->team),
                               .not_from = split(r->arena, cell(row, r->not_from)),
                               .most = read_most(r, row)};
    check_code(r, out->code, row->number);
}

static int compare_auditors(const void *a, const void *b)
{
    const struct ca_auditor *one = a, *other = b;

    return strcmp(one->code, other->code);
}

/* False, with a fault, if there are none or too many. */
static bool check_count(const struct reading *r)
{
    const size_t count = r->sheet->row_count;

    if (count == 0)
        ca_sheet_fault(r->sheet, 0, CA_NO_COLUMN, r->diags, CA_ERROR,
                       "there is no auditor below the headings");
    else if (count > CA_SHARE_AUDITORS)
        ca_sheet_fault(r->sheet, 0, CA_NO_COLUMN, r->diags, CA_ERROR,
                       "there are %zu auditors; cases can be shared out among %d at most",
                       count, CA_SHARE_AUDITORS);
    return count > 0 && count <= CA_SHARE_AUDITORS;
}

bool ca_auditors_read(struct ca_arena *arena, const struct ca_sheet *sheet,
                      struct ca_auditors *out, struct ca_diags *diags)
{
    struct reading r = {.arena = arena, .sheet = sheet, .diags = diags};
    struct ca_auditors auditors = {.count = sheet->row_count};

    if (!find_columns(&r) || !check_count(&r))
        return false;
    r.rows = ca_map_new(arena, sheet->row_count);
    auditors.items = CA_ARRAY(arena, sheet->row_count, struct ca_auditor);
    for (size_t i = 0; i < sheet->row_count; i++) {
        struct ca_auditor *next = &auditors.items[i];
        read_auditor(&r, &sheet->rows[i], next);
        auditors.teams |= next->team[0] != '\0' || next->not_from[0] != NULL;
    }
    qsort(auditors.items, auditors.count, sizeof *auditors.items, compare_auditors);
    *out = auditors;
    return diags->errors == 0;
}
