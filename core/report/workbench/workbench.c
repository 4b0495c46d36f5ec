/* The workbench: a page that scores returns wherever there is a browser. The page is
 * workbench.html, with {{names}} where parts go in. */
#include "core/report/workbench/workbench.h"

#include <string.h>

#include "core/base/json.h"
#include "core/report/page/assets.h"
#include "core/report/page/shell.h"

struct parts {
    struct ca_buffer style, script, given;
};

bool ca_workbench_possible(void)
{
    return ca_asset_workbench_gz_b64[0] != '\0';
}

/* Templates that are built in: a name for messages, and the document. */
static void add_given(struct ca_buffer *out, const struct ca_template *const *templates,
                      size_t count)
{
    struct ca_buffer text = {0};

    ca_json_open(out, '[');
    for (size_t i = 0; i < count; i++) {
        const struct ca_template *t = templates[i];
        ca_json_open(out, '{');
        ca_buffer_clear(&text);
        ca_buffer_printf(&text, "%s-%s.xml", t->id, t->version);
        ca_json_key_string(out, "name", text.data);
        ca_buffer_clear(&text);
        ca_shell_document(&text, t->doc.bytes, t->doc.length);
        ca_json_key_string(out, "bytes", text.data);
        ca_json_close(out, '}');
    }
    ca_json_close(out, ']');
    ca_buffer_free(&text);
}

static void gather(struct parts *parts)
{
    ca_buffer_puts(&parts->style, ca_asset_page_css);
    ca_buffer_puts(&parts->style, ca_asset_workbench_css);
    ca_buffer_puts(&parts->script, ca_asset_dom_js);
    ca_buffer_puts(&parts->script, ca_asset_engine_js);
    ca_buffer_puts(&parts->script, ca_asset_workbench_files_js);
    ca_buffer_puts(&parts->script, ca_asset_workbench_list_js);
    ca_buffer_puts(&parts->script, ca_asset_workbench_sum_js);
    ca_buffer_puts(&parts->script, ca_asset_workbench_edit_js);
    ca_buffer_puts(&parts->script, ca_asset_workbench_results_js);
    ca_buffer_puts(&parts->script, ca_asset_watch_js);
    ca_buffer_puts(&parts->script, ca_asset_workbench_js);
}

static void add_part(struct ca_buffer *out, const char *name, const void *context)
{
    const struct parts *parts = context;

    if (strcmp(name, "policy") == 0) {
        ca_shell_policy(out, parts->script.data, parts->style.data, true);
    } else if (strcmp(name, "style") == 0) {
        ca_buffer_puts(out, parts->style.data);
    } else if (strcmp(name, "given") == 0) {
        ca_shell_json(out, parts->given.data);
    } else if (strcmp(name, "engine") == 0) {
        ca_buffer_puts(out, ca_asset_workbench_gz_b64);
    } else if (strcmp(name, "worker") == 0) {
        ca_buffer_puts(out, ca_asset_engine_js);
        ca_buffer_puts(out, ca_asset_watched_js);
        ca_buffer_puts(out, ca_asset_workbench_worker_js);
    } else if (strcmp(name, "script") == 0) {
        ca_buffer_puts(out, parts->script.data);
    }
}

void ca_workbench_html(struct ca_buffer *out, const struct ca_template *const *templates,
                       size_t count)
{
    struct parts parts = {0};

    gather(&parts);
    add_given(&parts.given, templates, count);
    ca_shell_fill(out, ca_asset_workbench_html, add_part, &parts);
    ca_buffer_free(&parts.style);
    ca_buffer_free(&parts.script);
    ca_buffer_free(&parts.given);
}
