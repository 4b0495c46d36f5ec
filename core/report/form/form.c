/* The form for auditors: one page with all it needs in it. The page is
 * core/report/form/form.html, with {{names}} where parts go in. */
#include "core/report/form/form.h"

#include <string.h>

#include "core/report/page/assets.h"
#include "core/report/page/html_text.h"
#include "core/report/page/shell.h"

/* ---- the grade: the engine, and the template as it reads it ---- */

/* Frameworks that are linked into the engine for web pages (core/embed/wasm/linked.c). */
static const char *const linked[] = {"foster-home-review", "graded-standards", "maap",
                                     "permanency"};

bool ca_form_grades_possible(void)
{
    return ca_asset_engine_gz_b64[0] != '\0';
}

static bool can_be_graded(const struct ca_template *t)
{
    bool known = false;

    for (size_t i = 0; i < sizeof linked / sizeof *linked; i++)
        known = known || strcmp(t->framework_name, linked[i]) == 0;
    return known && ca_form_grades_possible();
}

static void add_engine(struct ca_buffer *out, const struct ca_template *t)
{
    ca_buffer_puts(out, "<script type=\"text/plain\" id=\"source\">");
    ca_shell_document(out, t->doc.bytes, t->doc.length);
    ca_buffer_puts(out, "</script>\n<script type=\"text/plain\" id=\"engine\">");
    ca_buffer_puts(out, ca_asset_engine_gz_b64);
    ca_buffer_puts(out, "</script>\n<script type=\"text/plain\" id=\"worker\">");
    ca_buffer_puts(out, ca_asset_engine_js);
    ca_buffer_puts(out, ca_asset_watched_js);
    ca_buffer_puts(out, ca_asset_form_worker_js);
    ca_buffer_puts(out, "</script>\n");
}

static void gather_script(struct ca_buffer *out, bool graded)
{
    ca_buffer_puts(out, ca_asset_dom_js);
    ca_buffer_puts(out, ca_asset_form_rules_js);
    ca_buffer_puts(out, ca_asset_form_privacy_js);
    ca_buffer_puts(out, ca_asset_form_return_js);
    ca_buffer_puts(out, ca_asset_form_draft_js);
    ca_buffer_puts(out, ca_asset_form_check_js);
    ca_buffer_puts(out, ca_asset_form_view_js);
    ca_buffer_puts(out, ca_asset_form_cases_js);
    if (graded) {
        ca_buffer_puts(out, ca_asset_engine_js);
        ca_buffer_puts(out, ca_asset_watch_js);
        ca_buffer_puts(out, ca_asset_form_engine_js);
        ca_buffer_puts(out, ca_asset_form_provisional_js);
        ca_buffer_puts(out, ca_asset_form_facts_js);
        ca_buffer_puts(out, ca_asset_form_grade_js);
    }
    ca_buffer_puts(out, ca_asset_form_js);
}

/* What goes into the page. */
struct parts {
    const struct ca_template *template;
    struct ca_buffer model, script;
    bool graded;
};

static void add_part(struct ca_buffer *out, const char *name, const void *context)
{
    const struct parts *parts = context;

    if (strcmp(name, "policy") == 0)
        ca_shell_policy(out, parts->script.data, ca_asset_form_css, parts->graded);
    else if (strcmp(name, "title") == 0)
        ca_html_text(out, parts->template->title);
    else if (strcmp(name, "style") == 0)
        ca_buffer_puts(out, ca_asset_form_css);
    else if (strcmp(name, "template") == 0)
        ca_shell_json(out, parts->model.data);
    else if (strcmp(name, "script") == 0)
        ca_buffer_puts(out, parts->script.data);
    else if (strcmp(name, "engine") == 0 && parts->graded)
        add_engine(out, parts->template);
}

void ca_form_html(struct ca_buffer *out, const struct ca_template *t,
                  const struct ca_form_options *options)
{
    struct parts parts = {.template = t, .graded = !options->no_grade && can_be_graded(t)};

    ca_form_model(&parts.model, t, options->cases, options->count);
    gather_script(&parts.script, parts.graded);
    ca_shell_fill(out, ca_asset_form_html, add_part, &parts);
    ca_buffer_free(&parts.model);
    ca_buffer_free(&parts.script);
}
