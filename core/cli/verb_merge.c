/* merge: the parts of several agencies as one return. */
#include "core/base/file.h"
#include "core/cli/cli.h"
#include "core/cli/verbs.h"
#include "core/model/return_merge.h"
#include "core/model/return_read.h"
#include "core/model/xml_write.h"

static bool read_part(struct ca_arena *arena, struct ca_xml_parser *parser,
                      struct ca_merge_part *part)
{
    struct ca_return_header header = {0};
    struct ca_buffer bytes = {0};
    struct ca_error error;
    bool good = false;

    ca_diags_init(&part->diags, arena);
    if (ca_file_read(part->file, ca_xml_return_limits.bytes, &bytes, &error) != CA_OK)
        ca_diags_add(&part->diags, CA_ERROR, CA_FAULT_FILE, 1, 1, NULL, "%s", error.message);
    else
        good = ca_return_parse(parser, arena, bytes.data, bytes.length, &part->diags,
                               &part->doc, &header);
    ca_buffer_free(&bytes);
    return good && part->diags.errors == 0;
}

static int write_joined(const struct ca_args *args, const struct ca_xml_node *root)
{
    struct ca_buffer text = {0};
    int status;

    ca_xml_write(&text, "urn:caseaudit:return:1", root);
    status =
        ca_output_write(args, CA_OUTPUT_CASES | CA_OUTPUT_DOCUMENT, text.data, text.length);
    ca_buffer_free(&text);
    return status;
}

static int merge(struct ca_cli *cli, const struct ca_args *args)
{
    struct ca_arena *arena = ca_arena_new();
    struct ca_xml_parser *parser = ca_xml_parser_new();
    struct ca_merge_part *parts = CA_ARRAY(arena, args->operand_count, struct ca_merge_part);
    const struct ca_xml_node *root = NULL;
    int status = CA_EXIT_REFUSED;
    bool good = true;

    for (size_t i = 0; i < args->operand_count; i++) {
        parts[i].file = args->operands[i];
        good = read_part(arena, parser, &parts[i]) && good;
    }
    if (good)
        root =
            ca_return_merge(arena, parts, args->operand_count, ca_args_has(args, "keep-first"));
    for (size_t i = 0; i < args->operand_count; i++)
        ca_print_diags(cli, parts[i].file, &parts[i].diags);
    if (root != NULL)
        status = write_joined(args, root);
    else
        ca_complain("the parts are not joined; nothing was written");
    ca_xml_parser_free(parser);
    ca_arena_free(arena);
    return status;
}

static const struct ca_option_row options[] = {
    {"output", 'o', "RETURN.xml", false, "write the return here, whole or not at all"},
    CA_FORCE_OPTION,
    {"keep-first", 0, NULL, false,
     "where date, auditor, selection or an attribute differ, the first file's stand"},
    {NULL, 0, NULL, false, NULL}};

const struct ca_verb ca_verb_merge = {
    .name = "merge",
    .operands = "PART...",
    .summary = "Join the parts of several agencies into one return; say what clashes",
    .example = "caseaudit merge police.xml health.xml panel.xml -o return.xml",
    .options = options,
    .least = 2,
    .most = (size_t)-1,
    .run = merge,
};
