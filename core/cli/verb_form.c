/* template form, template blank: what auditors fill in, made from a template. */
#include "core/cli/cli.h"
#include "core/cli/lacking.h"
#include "core/cli/template_operand.h"
#include "core/cli/verbs.h"
#include "core/report/form/blank.h"
#include "core/report/form/form.h"

static int make(struct ca_cli *cli, const struct ca_args *args, ca_make_of_templates write,
                const void *context, unsigned kind)
{
    struct ca_template_operand operand;
    struct ca_buffer text = {0};
    int status = ca_cli_open_template(cli, args->operands[0], &operand);

    if (status == CA_EXIT_DONE)
        status = ca_cli_make_of_templates(&operand, 1, write, context, &text)
                     ? ca_output_write(args, kind, text.data, text.length)
                     : CA_EXIT_FAILED;
    ca_buffer_free(&text);
    ca_cli_close_template(&operand);
    return status;
}

static void write_form(struct ca_buffer *out, const struct ca_template *const *templates,
                       const void *context)
{
    ca_form_html(out, templates[0], context);
}

static void write_blank(struct ca_buffer *out, const struct ca_template *const *templates,
                        const void *context)
{
    (void)context;
    ca_blank_return(out, templates[0], NULL);
}

static int make_form(struct ca_cli *cli, const struct ca_args *args)
{
    const struct ca_form_options options = {.no_grade = ca_args_has(args, "no-grade")};

    return make(cli, args, write_form, &options, CA_OUTPUT_PLAIN);
}

static int make_blank(struct ca_cli *cli, const struct ca_args *args)
{
    return make(cli, args, write_blank, NULL, CA_OUTPUT_CASES | CA_OUTPUT_DOCUMENT);
}

static const struct ca_option_row form_options[] = {
    {"no-grade", 0, NULL, false, "show no grade while the form is filled in"},
    {"output", 'o', "FORM.html", false, "write the form here, whole or not at all"},
    {NULL, 0, NULL, false, NULL}};

static const struct ca_option_row blank_options[] = {
    {"output", 'o', "RETURN.xml", false, "write the return here, whole or not at all"},
    CA_FORCE_OPTION,
    {NULL, 0, NULL, false, NULL}};

const struct ca_verb ca_verb_template_form = {
    .name = "template form",
    .operands = "ID[@VERSION]|FILE",
    .summary = "Make a form that auditors fill in: one file, without a network",
    .example = "caseaudit template form permanency-file.xml -o permanency-form.html",
    .options = form_options,
    .least = 1,
    .most = 1,
    .run = make_form,
    .lacking = ca_lacking_grades,
};

const struct ca_verb ca_verb_template_blank = {
    .name = "template blank",
    .operands = "ID[@VERSION]|FILE",
    .summary = "Make an empty return with comments that guide",
    .example = "caseaudit template blank permanency-file.xml -o return.xml",
    .options = blank_options,
    .least = 1,
    .most = 1,
    .run = make_blank,
};
