/* Summaries in a page: returns in, what the program's `summary` says of them out. */
#include <stdlib.h>
#include <string.h>

#include "core/embed/wasm/kept.h"
#include "core/report/summary/summary_html.h"
#include "core/report/summary/summary_json.h"
#include "core/work/scorer.h"

struct ca_summing {
    struct ca_host host;
    struct ca_registry *registry;
    struct ca_catalogue *catalogue;
    struct ca_scorer *scorer;
    struct ca_kept *kept;
    struct ca_buffer text;
};

struct ca_summing *ca_summing_new(void);
int ca_summing_template(struct ca_summing *summing, const char *name, const char *bytes,
                        size_t length);
int ca_summing_return(struct ca_summing *summing, const char *name, const char *bytes,
                      size_t length);
const char *ca_summing_text(struct ca_summing *summing, const char *template,
                            const char *periods, const char *compare, const char *by,
                            int format);

struct ca_summing *ca_summing_new(void)
{
    static const struct ca_engine_options options = {0};
    struct ca_summing *summing = ca_xcalloc(1, sizeof *summing);

    ca_host_init(&summing->host);
    summing->registry = ca_registry_new(&summing->host);
    summing->catalogue = ca_catalogue_new(summing->registry, NULL);
    summing->scorer = ca_scorer_new(summing->registry, summing->catalogue, &options);
    summing->kept = ca_kept_new();
    return summing;
}

/* 1, or 0 if it was refused. */
int ca_summing_template(struct ca_summing *summing, const char *name, const char *bytes,
                        size_t length)
{
    struct ca_arena *arena = ca_arena_new();
    const struct ca_template *t;
    struct ca_diags diags;

    ca_diags_init(&diags, arena);
    t = ca_catalogue_add(summing->catalogue, name, bytes, length, &diags);
    if (t != NULL)
        ca_kept_template(summing->kept, t);
    ca_arena_free(arena);
    return t != NULL;
}

int ca_summing_return(struct ca_summing *summing, const char *name, const char *bytes,
                      size_t length)
{
    struct ca_scored scored;

    ca_scorer_run(summing->scorer, name, bytes, length, &scored);
    if (scored.result == NULL)
        return 0;
    ca_kept_add(summing->kept, scored.result);
    return 1;
}

/*
 * The summary of one template's audits, as a page (format 0) or as JSON (1), for executives.
 * periods: "P", "P..P" or "" for the latest quarter; compare: an earlier period, or ""; by: an
 * attribute, or "". What cannot be
 * done is told in a text that begins with '!'. Valid until the next call.
 */
const char *ca_summing_text(struct ca_summing *summing, const char *template,
                            const char *periods, const char *compare, const char *by,
                            int format)
{
    const bool many = strstr(periods, "..") != NULL;
    const struct ca_summary_request request = {.templates = &template,
                                               .template_count = 1,
                                               .period = *periods && !many ? periods : NULL,
                                               .periods = many ? periods : NULL,
                                               .compare = *compare ? compare : NULL,
                                               .by = &by,
                                               .by_count = *by != '\0',
                                               .audience = CA_EXECUTIVE,
                                               .as_of = CA_NO_DATE};
    struct ca_summary *summary;
    struct ca_error error;

    ca_buffer_clear(&summing->text);
    if (ca_kept_summarise(summing->kept, &request, &summary, &error) != CA_OK) {
        ca_buffer_printf(&summing->text, "!%s", error.message);
        return summing->text.data;
    }
    if (format == 0)
        ca_summary_html(&summing->text, summary, &ca_theme_plain);
    else
        ca_summary_json(&summing->text, summary);
    ca_summary_free(summary);
    return summing->text.data;
}
