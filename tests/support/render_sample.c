/* Writes a summary made by hand: render_sample SHAPE FORMAT [THEME] > FILE. For tests that
 * look at formats from outside. */
#include <stdio.h>
#include <string.h>

#include "core/report/summary/summary_csv.h"
#include "core/report/summary/summary_html.h"
#include "core/report/summary/summary_json.h"
#include "core/report/summary/summary_pdf.h"
#include "core/report/summary/summary_text.h"
#include "core/report/summary/summary_xlsx.h"
#include "tests/support/summary_sample.h"

static const struct {
    const char *name;
    struct sample_shape shape;
} shapes[] = {
    {"executive", {.periods = 3, .sections = 5, .months = 14, .audience = CA_EXECUTIVE}},
    {"agencies", {.periods = 2, .sections = 5, .agencies = 5, .audience = CA_EXECUTIVE}},
    {"groups", {.periods = 2, .sections = 5, .groups = 3, .audience = CA_OPERATIONAL}},
    {"public", {.periods = 3, .sections = 5, .months = 14, .audience = CA_PUBLIC}},
    {"large", {.periods = 8, .sections = 20, .months = 24, .audience = CA_OPERATIONAL}},
    {"hostile",
     {.periods = 3, .sections = 5, .agencies = 3, .groups = 2, .months = 12, .hostile = true}},
    {"empty", {.periods = 1, .sections = 5, .empty = true}},
};

static bool render(struct ca_buffer *out, const struct ca_summary *s,
                   const struct ca_theme *theme, const char *format, struct ca_error *error)
{
    struct ca_text_style style = {.width = 80};

    if (strcmp(format, "xlsx") == 0)
        return ca_summary_xlsx(out, s, theme, error) == CA_OK;
    if (strcmp(format, "pdf") == 0)
        return ca_summary_pdf(out, s, theme, false, error) == CA_OK;
    if (strcmp(format, "html") == 0)
        ca_summary_html(out, s, theme);
    else if (strcmp(format, "json") == 0)
        ca_summary_json(out, s);
    else if (strcmp(format, "csv") == 0)
        ca_summary_csv(out, s);
    else
        ca_summary_text(out, s, &style);
    return true;
}

int main(int argc, char **argv)
{
    struct ca_theme theme = ca_theme_plain;
    struct ca_buffer out = {0};
    struct ca_error error;

    if (argc < 3)
        return 2;
    if (argc > 3 && ca_theme_read(argv[3], &theme, &error) != CA_OK) {
        fprintf(stderr, "%s\n", error.message);
        return 1;
    }
    for (size_t i = 0; i < sizeof shapes / sizeof *shapes; i++) {
        struct ca_summary *s;
        if (strcmp(shapes[i].name, argv[1]) != 0)
            continue;
        s = sample_summary(&shapes[i].shape);
        if (!render(&out, s, &theme, argv[2], &error))
            fprintf(stderr, "%s\n", error.message);
        ca_summary_free(s);
    }
    fwrite(out.data, 1, out.length, stdout);
    ca_buffer_free(&out);
    ca_theme_free(&theme);
    return 0;
}
