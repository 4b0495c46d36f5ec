/* Spreadsheets read by locked processes that are asked. */
#include "core/work/sheet_apart.h"

#include <string.h>

#include "core/base/pack.h"
#include "core/base/utf8.h"
#include "core/work/ask.h"

enum {
    /* The texts, with what goes before and behind each, and the rows' numbers. */
    MOST_BYTES = CA_SHEET_BYTES + 8 * CA_SHEET_CELLS,
    MOST_MEMORY = 2048
};

struct reading {
    const char *bytes;
    size_t length;
    const struct ca_sheet_options *options;
};

/* ---- as bytes, and back ---- */

static void pack_cells(struct ca_buffer *out, const char *const *cells, size_t count)
{
    for (size_t i = 0; i < count; i++)
        ca_pack_text(out, cells[i]);
}

static void pack_sheet(const struct ca_sheet *sheet, struct ca_buffer *out)
{
    ca_pack_int(out, sheet->from_1904);
    ca_pack_int(out, sheet->header_row);
    ca_pack_int(out, (int64_t)sheet->columns);
    pack_cells(out, sheet->header, sheet->columns);
    ca_pack_int(out, (int64_t)sheet->row_count);
    for (size_t i = 0; i < sheet->row_count; i++) {
        ca_pack_int(out, sheet->rows[i].number);
        pack_cells(out, sheet->rows[i].cells, sheet->columns);
    }
}

static void take_cells(struct ca_unpack *in, const char **cells, size_t count)
{
    for (size_t i = 0; i < count; i++) {
        size_t length;
        cells[i] = ca_unpack_bytes(in, &length);
        in->good = in->good && cells[i] != NULL && ca_utf8_good(cells[i], length) == length &&
                   strlen(cells[i]) == length;
    }
}

static bool take_sheet(struct ca_arena *arena, struct ca_unpack *in, struct ca_sheet *out)
{
    struct ca_sheet sheet = {.from_1904 = ca_unpack_range(in, 0, 1) != 0};
    const char **cells;
    int64_t most, row;

    sheet.header_row = (int)ca_unpack_range(in, 1, INT32_MAX);
    sheet.columns = (size_t)ca_unpack_range(in, 0, CA_SHEET_COLUMNS);
    sheet.header = CA_ARRAY(arena, sheet.columns, const char *);
    take_cells(in, sheet.header, sheet.columns);
    /* Each row has its number, and two bytes at least for each of its cells. */
    most = (in->end - in->at) / (1 + 2 * (int64_t)sheet.columns);
    sheet.row_count = (size_t)ca_unpack_range(in, 0, most);
    sheet.rows = CA_ARRAY(arena, sheet.row_count, struct ca_sheet_row);
    cells = CA_ARRAY(arena, sheet.row_count * sheet.columns, const char *);
    row = sheet.header_row;
    for (size_t i = 0; i < sheet.row_count && in->good; i++, cells += sheet.columns) {
        row = ca_unpack_range(in, row + 1, INT32_MAX);
        sheet.rows[i] = (struct ca_sheet_row){(int)row, cells};
        take_cells(in, cells, sheet.columns);
    }
    *out = sheet;
    return in->good && in->at == in->end;
}

/* ---- the question ---- */

static void read_there(void *context, struct ca_buffer *out)
{
    const struct reading *reading = context;
    struct ca_arena *arena = ca_arena_new();
    struct ca_diags diags;
    struct ca_sheet sheet;
    bool good;

    ca_diags_init(&diags, arena);
    good =
        ca_sheet_read(arena, reading->bytes, reading->length, reading->options, &sheet, &diags);
    if (good)
        ca_sheet_tell_hidden(&sheet, NULL, &diags);
    ca_diags_tell_rest(&diags);
    ca_diags_pack(&diags, out);
    ca_pack_int(out, good);
    if (good)
        pack_sheet(&sheet, out);
    ca_arena_free(arena);
}

/* The answer lives as long as the sheet. */
static bool take(struct ca_arena *arena, const struct ca_buffer *answer, struct ca_sheet *out,
                 struct ca_diags *diags)
{
    const char *bytes = ca_arena_strndup(arena, answer->data, answer->length);
    struct ca_unpack in = {bytes, bytes + answer->length, true};
    struct ca_sheet sheet;
    bool good = ca_diags_unpack(&in, diags) && ca_unpack_range(&in, 0, 1) != 0;

    if (good ? take_sheet(arena, &in, &sheet) : in.good && diags->errors > 0) {
        if (good)
            *out = sheet;
        return good;
    }
    ca_diags_add(diags, CA_ERROR, CA_FAULT_FILE, 1, 1, NULL,
                 "the process that read it gave no answer that makes sense");
    return false;
}

bool ca_sheet_read_apart(struct ca_arena *arena, const char *bytes, size_t length,
                         const struct ca_sheet_options *options, struct ca_sheet *out,
                         struct ca_diags *diags)
{
    struct reading reading = {bytes, length, options};
    const struct ca_ask ask = {.work = read_there,
                               .context = &reading,
                               .who = "the engine",
                               .most = MOST_BYTES,
                               .memory = MOST_MEMORY};
    struct ca_buffer answer = {0};
    char why[CA_ASK_WHY];
    bool good = ca_ask_locked(&ask, &answer, why);

    if (good)
        good = take(arena, &answer, out, diags);
    else
        ca_diags_add(diags, CA_ERROR, CA_FAULT_FILE, 1, 1, NULL, "%s", why);
    ca_buffer_free(&answer);
    return good;
}
