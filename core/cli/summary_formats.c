/* The formats of a summary, and who writes each. */
#include "core/cli/summary_formats.h"

#include <string.h>

#include "core/cli/safe.h"
#include "core/report/summary/summary_csv.h"
#include "core/report/summary/summary_html.h"
#include "core/report/summary/summary_json.h"
#include "core/report/summary/summary_pdf.h"
#include "core/report/summary/summary_text.h"
#include "core/report/summary/summary_xlsx.h"

static enum ca_code text(struct ca_buffer *out, const struct ca_summary *summary,
                         const struct ca_format_style *style, struct ca_error *error)
{
    struct ca_text_style page = {style->width, style->color};
    struct ca_buffer raw = {0};

    (void)error;
    (style->brief ? ca_summary_brief_text : ca_summary_text)(&raw, summary, &page);
    ca_safe_text(out, raw.data);
    ca_buffer_free(&raw);
    return CA_OK;
}

static enum ca_code json(struct ca_buffer *out, const struct ca_summary *summary,
                         const struct ca_format_style *style, struct ca_error *error)
{
    (void)style;
    (void)error;
    ca_summary_json(out, summary);
    return CA_OK;
}

static enum ca_code csv(struct ca_buffer *out, const struct ca_summary *summary,
                        const struct ca_format_style *style, struct ca_error *error)
{
    (void)style;
    (void)error;
    ca_summary_csv(out, summary);
    return CA_OK;
}

static enum ca_code html(struct ca_buffer *out, const struct ca_summary *summary,
                         const struct ca_format_style *style, struct ca_error *error)
{
    (void)error;
    (style->brief ? ca_summary_brief_html : ca_summary_html)(out, summary, style->theme);
    return CA_OK;
}

static enum ca_code xlsx(struct ca_buffer *out, const struct ca_summary *summary,
                         const struct ca_format_style *style, struct ca_error *error)
{
    return ca_summary_xlsx(out, summary, style->theme, error);
}

static enum ca_code pdf(struct ca_buffer *out, const struct ca_summary *summary,
                        const struct ca_format_style *style, struct ca_error *error)
{
    return ca_summary_pdf(out, summary, style->theme, style->brief, error);
}

const struct ca_summary_format *ca_summary_format_find(const char *name)
{
    static const struct ca_summary_format formats[] = {
        {"text", false, true, text}, {"json", false, false, json}, {"csv", false, false, csv},
        {"html", false, true, html}, {"xlsx", true, false, xlsx},  {"pdf", true, true, pdf},
    };

    for (size_t i = 0; i < sizeof formats / sizeof *formats; i++)
        if (strcmp(formats[i].name, name) == 0)
            return &formats[i];
    return NULL;
}
