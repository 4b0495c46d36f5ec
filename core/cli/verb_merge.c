/* merge: the parts of several agencies as one return. */
#include "core/base/file.h"
#include "core/base/pack.h"
#include "core/cli/cli.h"
#include "core/cli/verbs.h"
#include "core/model/return_merge.h"
#include "core/model/return_read.h"
#include "core/model/xml_write.h"
#include "core/work/ask.h"

/* Everything of a merge; files are read here, and joined in a locked process. */
struct merging {
    const struct ca_cli *cli;
    const struct ca_args *args;
    size_t count;
    struct ca_merge_part *parts;
    struct ca_buffer *bytes; /* of each part */
    struct ca_arena *arena;
};

static void read_parts(struct merging *m)
{
    struct ca_error error;

    for (size_t i = 0; i < m->count; i++) {
        m->parts[i].file = m->args->operands[i];
        ca_diags_init(&m->parts[i].diags, m->arena);
        if (ca_file_read(m->parts[i].file, ca_xml_return_limits.bytes, &m->bytes[i], &error) ==
            CA_OK)
            continue;
        ca_diags_add(&m->parts[i].diags, CA_ERROR, CA_FAULT_FILE, 1, 1, NULL, "%s",
                     error.message);
    }
}

/* In the locked process: what is wrong with each part, and the return if nothing is. */
static void join(void *context, struct ca_buffer *out)
{
    struct merging *m = context;
    struct ca_xml_parser *parser = ca_xml_parser_new();
    struct ca_return_header header;
    const struct ca_xml_node *root = NULL;
    bool good = true;

    for (size_t i = 0; i < m->count; i++) {
        struct ca_merge_part *part = &m->parts[i];
        good &= part->diags.errors == 0 &&
                ca_return_parse(parser, m->arena, m->bytes[i].data, m->bytes[i].length,
                                &part->diags, &part->doc, &header) &&
                part->diags.errors == 0;
    }
    if (good)
        root =
            ca_return_merge(m->arena, m->parts, m->count, ca_args_has(m->args, "keep-first"));
    for (size_t i = 0; i < m->count; i++)
        ca_diags_pack(&m->parts[i].diags, out);
    if (root != NULL)
        ca_xml_write(out, "urn:caseaudit:return:1", root);
}

static int take_joined(struct merging *m, const struct ca_buffer *answer)
{
    struct ca_unpack in = {answer->data, answer->data + answer->length, true};

    for (size_t i = 0; i < m->count; i++) {
        ca_diags_init(&m->parts[i].diags, m->arena);
        (void)ca_diags_unpack(&in, &m->parts[i].diags);
        ca_print_diags(m->cli, m->parts[i].file, &m->parts[i].diags);
    }
    if (!in.good || in.at == in.end)
        return CA_EXIT_REFUSED;
    return ca_output_write(m->args, CA_OUTPUT_CASES | CA_OUTPUT_DOCUMENT, in.at,
                           (size_t)(in.end - in.at));
}

static int join_apart(struct merging *m)
{
    const struct ca_ask ask = {.work = join, .context = m, .who = "the engine"};
    struct ca_buffer answer = {0};
    char why[CA_ASK_WHY];
    int status = CA_EXIT_FAILED;

    if (ca_ask_locked(&ask, &answer, why))
        status = take_joined(m, &answer);
    else
        ca_complain("%s", why);
    ca_buffer_free(&answer);
    return status;
}

static int merge(struct ca_cli *cli, const struct ca_args *args)
{
    struct merging m = {.cli = cli, .args = args, .count = args->operand_count};
    int status;

    m.arena = ca_arena_new();
    m.parts = CA_ARRAY(m.arena, m.count, struct ca_merge_part);
    m.bytes = CA_ARRAY(m.arena, m.count, struct ca_buffer);
    read_parts(&m);
    status = join_apart(&m);
    for (size_t i = 0; i < m.count; i++)
        ca_buffer_free(&m.bytes[i]);
    if (status == CA_EXIT_REFUSED)
        ca_complain("the parts are not joined; nothing was written");
    ca_arena_free(m.arena);
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
