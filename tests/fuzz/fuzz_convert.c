/* The id of a template of the samples, a mapping file (none, if it is empty) and a
 * spreadsheet, with zero bytes between them: as convert reads them. */
#include "tests/fuzz/fuzz.h"

#include "core/model/xml_write.h"
#include "core/work/convert.h"

static const struct ca_template *template_named(const struct fuzz_part *id)
{
    const struct ca_template *t;

    for (size_t i = 0; (t = fuzz_sample(i)) != NULL; i++)
        if (strlen(t->id) == id->length && memcmp(t->id, id->bytes, id->length) == 0)
            return t;
    return fuzz_sample(0);
}

static void convert_row(struct ca_arena *arena, const struct ca_template *t,
                        const struct ca_mapping *mapping, const struct ca_sheet *sheet,
                        size_t row, struct ca_convert_notes *notes, struct ca_diags *diags)
{
    const size_t errors = diags->errors;
    struct ca_converted converted;
    struct ca_buffer text = {0};

    ca_convert_row(arena, t, mapping, sheet, row, notes, diags, &converted);
    if (!converted.skipped && diags->errors == errors) {
        ca_xml_write(&text, "urn:caseaudit:return:1", converted.root);
        fuzz_score(fuzz_samples(), text.data, text.length);
    }
    ca_buffer_free(&text);
}

static void convert(struct ca_arena *arena, const struct ca_template *t,
                    const struct ca_sheet *sheet, const struct fuzz_part *map,
                    struct ca_diags *diags)
{
    enum { ROWS = 4 };
    struct ca_xml_parser *parser = ca_xml_parser_new();
    struct ca_convert_notes notes = {.arena = arena};
    struct ca_buffer starter = {0};
    struct ca_mapping mapping;

    ca_mapping_starter(arena, t, sheet, "sheet.csv", &starter);
    if (ca_mapping_make(arena, parser, t, sheet, map->length > 0 ? map->bytes : NULL,
                        map->length, diags, diags, &mapping)) {
        for (size_t i = 0; i < sheet->row_count && i < ROWS; i++)
            convert_row(arena, t, &mapping, sheet, i, &notes, diags);
        ca_convert_tell(&notes, &mapping, diags);
    }
    ca_buffer_free(&starter);
    ca_xml_parser_free(parser);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    struct ca_sheet_options options = {0};
    struct ca_arena *arena = ca_arena_new();
    struct fuzz_part parts[3];
    struct ca_diags diags;
    struct ca_sheet sheet;

    fuzz_split(data, size, parts, 3);
    ca_diags_init(&diags, arena);
    if (ca_sheet_read(arena, parts[2].bytes, parts[2].length, &options, &sheet, &diags))
        convert(arena, template_named(&parts[0]), &sheet, &parts[1], &diags);
    ca_arena_free(arena);
    return 0;
}
