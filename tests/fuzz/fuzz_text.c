/* One text, as everything that is written in one: periods, dates, numbers, cells, personal
 * data, encodings. */
#include "tests/fuzz/fuzz.h"

#include <stdlib.h>

#include "core/model/called.h"
#include "core/base/blank.h"
#include "core/base/decimal.h"
#include "core/base/json_flat.h"
#include "core/base/text_file.h"
#include "core/base/utf8.h"
#include "core/insight/period.h"
#include "core/model/privacy.h"
#include "core/report/text/layout.h"
#include "core/sheet/cell.h"
#include "core/store/chain.h"
#include "core/work/convert.h"

static void read_periods(const char *text)
{
    for (int start = 1; start <= 12; start += 3) {
        struct ca_period *list, *months;
        struct ca_error error;
        size_t count;

        if (ca_periods_parse(text, start, &list, &count, &error) != CA_OK)
            continue;
        ca_period_shift(&list[0], -1);
        ca_period_shift(&list[count - 1], 1);
        ca_period_months(&list[0], &months);
        free(months);
        free(list);
    }
}

static void read_cells(struct ca_arena *arena, const char *text)
{
    unsigned notes = 0;
    int64_t number;
    ca_date date;

    for (int rule = 0; rule < 4; rule++)
        ca_cell_date(arena, text, &(struct ca_date_rule){rule & 1, rule & 2}, &date, &notes);
    ca_cell_number(arena, text);
    ca_status_called(arena, text);
    ca_cell_slug(arena, text);
    ca_decimal_parse(text, 3, true, &number);
    ca_date_parse(text, &date);
}

static void read_bytes(const uint8_t *data, size_t size)
{
    struct ca_buffer out = {0};
    struct ca_error error;
    struct ca_unpack packed = {(const char *)data, (const char *)data + size, true};
    struct ca_head head;

    ca_text_decode((const char *)data, size, CA_TEXT_RIGHT, &out, &error);
    ca_buffer_free(&out);
    if (ca_head_unpack(&packed, &head))
        ca_head_pack(&head, &out);
    ca_buffer_free(&out);
}

/* Rows of a store are whatever they were made. */
static void read_json(const char *text)
{
    struct ca_arena *arena = ca_arena_new();
    struct ca_buffer out = {0};
    const char *const *texts;
    size_t count;

    if (ca_json_flat_member(text, "why", &out) && !ca_json_flat(text, '{'))
        abort();
    texts = ca_json_flat_texts(arena, text, &count);
    if (texts[count] != NULL || (count > 0 && !ca_json_flat(text, '[')))
        abort();
    ca_buffer_free(&out);
    ca_arena_free(arena);
}

/* Everything else in the engine is handed texts whose encoding was looked at. */
static void read_text(const char *text)
{
    struct ca_arena *arena = ca_arena_new();
    struct ca_buffer out = {0};
    struct ca_layout layout = {.out = &out, .width = CA_LAYOUT_NARROWEST};
    struct ca_head head;

    if (ca_head_read(text, &head))
        ca_head_write(&out, &head);
    ca_utf8_add_harmless(&out, text, true);
    ca_layout_text(&layout, 2, 4, text);
    ca_layout_row(&layout, 2, 4, text, "right", 5);
    ca_folded(arena, text);
    ca_without_blanks(arena, text);
    ca_personal_find(text);
    read_cells(arena, text);
    read_periods(text);
    ca_buffer_free(&out);
    ca_arena_free(arena);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    char *text = fuzz_text(data, size);

    read_bytes(data, size);
    read_json(text);
    if (ca_utf8_good(text, size) == size)
        read_text(text);
    free(text);
    return 0;
}
