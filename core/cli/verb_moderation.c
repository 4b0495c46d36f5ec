/* moderation: how auditors and moderators agree. */
#include <string.h>

#include "core/cli/asked.h"
#include "core/cli/moderation_by.h"
#include "core/cli/safe.h"
#include "core/cli/store_access.h"
#include "core/cli/verbs.h"
#include "core/insight/disclosure.h"
#include "core/report/summary/moderation_text.h"
#include "core/store/query.h"

/* Agreement in the audits of one template; with no period, in all of them. */
static enum ca_code moderate(struct ca_store *store, const struct ca_asked *asked,
                             const struct ca_stored_template *versions, size_t count,
                             struct ca_buffer *out, struct ca_error *error)
{
    struct ca_summary_request request = asked->request;
    struct ca_summary *summary = NULL;
    char from[CA_DATE_SIZE], to[CA_DATE_SIZE], all[2 * CA_DATE_SIZE + 2];
    ca_date first, last;
    enum ca_code code = ca_store_span(store, versions, count, &first, &last, error);

    if (code != CA_OK || first == CA_NO_DATE)
        return code;
    snprintf(all, sizeof all, "%s..%s", ca_date_format(first, from), ca_date_format(last, to));
    request.templates = &versions->id;
    request.template_count = 1;
    request.framework = NULL;
    if (request.period == NULL)
        request.period = all;
    code = ca_summarise(store, &request, &summary, error);
    if (code != CA_OK)
        return code;
    ca_buffer_puts(out, out->length > 0 ? "\n" : "");
    ca_safe_line(out, summary->title);
    ca_buffer_putc(out, '\n');
    if (ca_is_shown(summary->rows->audits) && summary->rows->audits.value == 0)
        ca_buffer_printf(out, "\n  No audits in %s; the first is of %s, the last of %s.\n",
                         summary->rows->period.id, from, to);
    else if (ca_is_shown(summary->rows->moderation.moderated) &&
             summary->rows->moderation.moderated.value == 0)
        ca_buffer_printf(out, "\n  None of %lld audits was moderated.\n",
                         (long long)summary->rows->audits.value);
    else
        ca_moderation_text(out, summary, summary->rows, ca_page_width(NULL));
    ca_summary_free(summary);
    return CA_OK;
}

static enum ca_code moderate_each(struct ca_store *store, const struct ca_asked *asked,
                                  struct ca_buffer *out, struct ca_error *error)
{
    struct ca_query query = {.template_ids = asked->request.templates,
                             .template_count = asked->request.template_count,
                             .framework = asked->request.framework,
                             .from = CA_NO_DATE,
                             .to = CA_NO_DATE};
    struct ca_stored_template *templates;
    size_t count, versions;
    enum ca_code code =
        ca_store_templates(store, &query, asked->arena, &templates, &count, error);

    if (code == CA_OK && count == 0)
        return ca_fail(error, CA_ERROR_USAGE, "the store has no such template; %s",
                       ca_cli_templates_there_are(store, asked->arena));
    for (size_t i = 0; code == CA_OK && i < count; i += versions) {
        for (versions = 1; i + versions < count; versions++)
            if (strcmp(templates[i].id, templates[i + versions].id) != 0)
                break;
        code = moderate(store, asked, &templates[i], versions, out, error);
    }
    return code;
}

/* The tables of each template, with all statistics. */
static int write_tables(const struct ca_cli *cli, const struct ca_args *args,
                        struct ca_store *store, const struct ca_asked *asked)
{
    struct ca_buffer out = {0};
    struct ca_error error;
    int status = CA_EXIT_DONE;

    if (moderate_each(store, asked, &out, &error) != CA_OK)
        status = ca_cli_store_failed(&error);
    else if (out.length == 0)
        ca_remark(cli, "The store has no audits yet.");
    else
        status = ca_output_write(args, CA_OUTPUT_CASES, out.data, out.length);
    ca_buffer_free(&out);
    return status;
}

static int moderation(struct ca_cli *cli, const struct ca_args *args)
{
    const bool tables =
        !ca_args_has(args, "by") && strcmp(ca_args_get(args, "format", "text"), "text") == 0;
    struct ca_asked asked = {.arena = ca_arena_new()};
    struct ca_store *store = NULL;
    int status = CA_EXIT_USAGE;

    if (ca_ask(&asked, args)) {
        store = ca_cli_store(cli, CA_STORE_READ);
        status = store == NULL ? CA_EXIT_FAILED
                 : tables      ? write_tables(cli, args, store, &asked)
                               : ca_moderation_by(cli, args, store, &asked);
    }
    if (store != NULL)
        ca_store_close(store);
    ca_arena_free(asked.arena);
    return status;
}

static const struct ca_option_row moderation_options[] = {
    {"period", 0, "PERIOD", false, "audits of this period (default: all)"},
    {"template", 0, "ID", false, "audits by this template (default: each in turn)"},
    {"framework", 0, "NAME", false, "audits of this framework"},
    {"by", 0, "auditor|ATTRIBUTE", false, "agreement of each, and the answers changed"},
    {"format", 'f', "text|json|csv", false, "how it is written (text)"},
    {"output", 'o', "FILE", false, "write to FILE, whole or not at all"},
    {NULL, 0, NULL, false, NULL}};

const struct ca_verb ca_verb_moderation = {
    .name = "moderation",
    .operands = "",
    .summary = "Show how auditors and moderators agree, in tables and statistics",
    .example = "caseaudit moderation --template permanency-file --by auditor",
    .options = moderation_options,
    .least = 0,
    .most = 0,
    .run = moderation,
};
