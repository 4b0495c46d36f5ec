/* The form for auditors: one page with all it needs in it. The page is
 * core/report/form/form.html, with {{names}} where parts go in. */
#include "core/report/form/form.h"

#include <string.h>

#include <nettle/base64.h>
#include <nettle/sha2.h>

#include "core/report/page/assets.h"

/* Text as text, in an element or a quoted attribute. */
static void add_escaped(struct ca_buffer *out, const char *text)
{
    for (; *text != '\0'; text++) {
        switch (*text) {
        case '&': ca_buffer_puts(out, "&amp;"); break;
        case '<': ca_buffer_puts(out, "&lt;"); break;
        case '>': ca_buffer_puts(out, "&gt;"); break;
        case '"': ca_buffer_puts(out, "&quot;"); break;
        case '\'': ca_buffer_puts(out, "&#39;"); break;
        default: ca_buffer_putc(out, *text);
        }
    }
}

/*
 * JSON inside a script element: whatever could end the element, open a comment
 * or break a line for a script reader is written as an escape. These characters
 * stand in JSON only inside strings, where an escape means the same.
 */
static void add_json(struct ca_buffer *out, const char *json)
{
    static const char line_separators[] = "\xE2\x80";

    for (; *json != '\0'; json++) {
        bool separator =
            strncmp(json, line_separators, 2) == 0 && (json[2] == '\xA8' || json[2] == '\xA9');
        if (separator) {
            ca_buffer_puts(out, json[2] == '\xA8' ? "\\u2028" : "\\u2029");
            json += 2;
        } else if (strchr("<>&", *json) != NULL) {
            ca_buffer_printf(out, "\\u%04x", (unsigned)*json);
        } else {
            ca_buffer_putc(out, *json);
        }
    }
}

/* 'sha256-…': by which the page's own policy knows its one script and its one style. */
static void add_digest(struct ca_buffer *out, const char *text)
{
    uint8_t digest[SHA256_DIGEST_SIZE];
    char encoded[BASE64_ENCODE_RAW_LENGTH(SHA256_DIGEST_SIZE) + 1] = "";
    struct sha256_ctx context;

    sha256_init(&context);
    sha256_update(&context, strlen(text), (const uint8_t *)text);
    sha256_digest(&context, sizeof digest, digest);
    base64_encode_raw(encoded, sizeof digest, digest);
    ca_buffer_printf(out, "'sha256-%s'", encoded);
}

static void add_policy(struct ca_buffer *out, const char *script, bool graded)
{
    ca_buffer_puts(out, "default-src 'none'; base-uri 'none'; form-action 'none'; script-src ");
    add_digest(out, script);
    ca_buffer_puts(out, graded ? " 'wasm-unsafe-eval'" : "");
    ca_buffer_puts(out, "; style-src ");
    add_digest(out, ca_asset_form_css);
}

/* ---- the grade: the engine, and the template as it reads it ---- */

/* Frameworks that are linked into the engine for web pages (core/embed/wasm/linked.c). */
static const char *const linked[] = {"foster-home-review", "graded-standards", "maap",
                                     "permanency"};

static bool can_be_graded(const struct ca_template *t)
{
    bool known = false;

    for (size_t i = 0; i < sizeof linked / sizeof *linked; i++)
        known = known || strcmp(t->framework_name, linked[i]) == 0;
    return known && ca_asset_engine_gz_b64[0] != '\0';
}

static void add_base64(struct ca_buffer *out, const char *bytes, size_t length)
{
    enum { PIECE = 3 * 1024 };
    char encoded[BASE64_ENCODE_RAW_LENGTH(PIECE)];

    for (size_t at = 0; at < length; at += PIECE) {
        size_t piece = length - at < PIECE ? length - at : PIECE;
        base64_encode_raw(encoded, piece, (const uint8_t *)bytes + at);
        ca_buffer_add(out, encoded, BASE64_ENCODE_RAW_LENGTH(piece));
    }
}

/* The template stands in it as UTF-8, whatever its declaration says: its mark says so. */
static void add_engine(struct ca_buffer *out, const struct ca_template *t)
{
    struct ca_buffer source = {0};

    ca_buffer_puts(&source, "\xEF\xBB\xBF");
    ca_buffer_add(&source, t->doc.bytes, t->doc.length);
    ca_buffer_puts(out, "<script type=\"text/plain\" id=\"source\">");
    add_base64(out, source.data, source.length);
    ca_buffer_puts(out, "</script>\n<script type=\"text/plain\" id=\"engine\">");
    ca_buffer_puts(out, ca_asset_engine_gz_b64);
    ca_buffer_puts(out, "</script>\n");
    ca_buffer_free(&source);
}

static void gather_script(struct ca_buffer *out, bool graded)
{
    ca_buffer_puts(out, ca_asset_form_rules_js);
    ca_buffer_puts(out, ca_asset_form_privacy_js);
    ca_buffer_puts(out, ca_asset_form_return_js);
    ca_buffer_puts(out, ca_asset_form_draft_js);
    ca_buffer_puts(out, ca_asset_form_check_js);
    ca_buffer_puts(out, ca_asset_form_view_js);
    ca_buffer_puts(out, ca_asset_form_cases_js);
    if (graded) {
        ca_buffer_puts(out, ca_asset_engine_js);
        ca_buffer_puts(out, ca_asset_form_provisional_js);
        ca_buffer_puts(out, ca_asset_form_grade_js);
    }
    ca_buffer_puts(out, ca_asset_form_js);
}

static bool is(const char *name, size_t length, const char *expected)
{
    return strlen(expected) == length && strncmp(name, expected, length) == 0;
}

/* What goes into the page. */
struct parts {
    const struct ca_template *template;
    struct ca_buffer model, script;
    bool graded;
};

static void add_part(struct ca_buffer *out, const struct parts *parts, const char *name,
                     size_t length)
{
    if (is(name, length, "policy"))
        add_policy(out, parts->script.data, parts->graded);
    else if (is(name, length, "title"))
        add_escaped(out, parts->template->title);
    else if (is(name, length, "style"))
        ca_buffer_puts(out, ca_asset_form_css);
    else if (is(name, length, "template"))
        add_json(out, parts->model.data);
    else if (is(name, length, "script"))
        ca_buffer_puts(out, parts->script.data);
    else if (is(name, length, "engine") && parts->graded)
        add_engine(out, parts->template);
}

void ca_form_html(struct ca_buffer *out, const struct ca_template *t,
                  const struct ca_form_options *options)
{
    const char *page = ca_asset_form_html, *open, *close;
    struct parts parts = {.template = t, .graded = !options->no_grade && can_be_graded(t)};

    ca_form_model(&parts.model, t, options->cases, options->count);
    gather_script(&parts.script, parts.graded);
    while ((open = strstr(page, "{{")) != NULL && (close = strstr(open, "}}")) != NULL) {
        ca_buffer_add(out, page, (size_t)(open - page));
        add_part(out, &parts, open + 2, (size_t)(close - open - 2));
        page = close + 2;
    }
    ca_buffer_puts(out, page);
    ca_buffer_free(&parts.model);
    ca_buffer_free(&parts.script);
}
