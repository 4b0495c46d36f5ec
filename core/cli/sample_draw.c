/* A sample drawn from a case list in a file. */
#include "core/cli/sample_draw.h"

#include "core/cli/sheet_operand.h"
#include "core/work/sheet_apart.h"
#include "core/year/sample.h"

/* What the person should know of who is drawn, and cannot see at once. */
static void warn(const struct ca_sample_rule *rule, const struct ca_frame *frame,
                 const struct ca_draw *draw, struct ca_diags *diags)
{
    if (rule->size > draw->size)
        ca_diags_add(diags, CA_WARNING, CA_FAULT_RULE, 1, 1, NULL,
                     "%lld asked for, and the list has %lld: all are drawn",
                     (long long)rule->size, (long long)draw->size);
    if (rule->each_stratum && (int64_t)frame->stratum_count > draw->size)
        ca_diags_add(diags, CA_WARNING, CA_FAULT_RULE, 1, 1, NULL,
                     "%zu strata, and only %lld drawn: the smallest strata have no case",
                     frame->stratum_count, (long long)draw->size);
}

static bool draw_from(const struct ca_sample_list *list, const struct ca_buffer *bytes,
                      bool advise, struct ca_sample *sample, struct ca_diags *diags)
{
    const struct ca_frame_asked asked = {.name = sample->name,
                                         .rule = &sample->rule,
                                         .left_out = list->left_out,
                                         .template = list->template};
    struct ca_frame *frame = CA_NEW(list->arena, struct ca_frame);
    char *file_sha256 = ca_arena_text(list->arena, CA_SHA256_TEXT);
    uint8_t digest[CA_SHA256_SIZE];
    struct ca_sheet sheet;
    struct ca_draw draw;

    if (!ca_sheet_read_apart(list->arena, bytes->data, bytes->length, &list->sheet, &sheet,
                             diags) ||
        !ca_frame_read(list->arena, &sheet, &asked, frame, diags))
        return false;
    ca_draw_make(list->arena, frame, &sample->rule, &draw);
    if (advise)
        warn(&sample->rule, frame, &draw, diags);
    ca_sha256(bytes->data, bytes->length, digest);
    sample->file_sha256 = ca_sha256_hex(digest, file_sha256);
    ca_sample_of_draw(list->arena, frame, &draw, sample);
    return true;
}

bool ca_sample_draw(const struct ca_cli *cli, const struct ca_sample_list *list, bool advise,
                    struct ca_sample *sample)
{
    struct ca_buffer bytes = {0};
    struct ca_diags diags;
    bool good;

    ca_diags_init(&diags, list->arena);
    good = ca_read_whole(list->file, CA_SHEET_BYTES, &diags, &bytes) &&
           draw_from(list, &bytes, advise, sample, &diags);
    ca_diags_tell_rest(&diags);
    ca_diags_sort(&diags);
    ca_print_diags(cli, list->file, &diags);
    ca_buffer_free(&bytes);
    return good;
}
