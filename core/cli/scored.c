/* A scored return in the format that was asked for. */
#include "core/cli/scored.h"

#include <string.h>
#include <sys/ioctl.h>
#include <unistd.h>

#include "core/cli/cli.h"
#include "core/report/explain/explain.h"
#include "core/report/page/page.h"
#include "core/report/result/result_html.h"
#include "core/report/result/result_json.h"
#include "core/report/result/result_text.h"
#include "core/report/result/result_xml.h"

/* As wide as the terminal, within reason; in files and pipes always the same. */
static int width_of_output(const struct ca_args *args)
{
    struct winsize size;

    if (ca_args_has(args, "output") || ioctl(STDOUT_FILENO, TIOCGWINSZ, &size) != 0 ||
        size.ws_col == 0)
        return CA_LAYOUT_WIDTH;
    return size.ws_col < CA_LAYOUT_NARROWEST ? CA_LAYOUT_NARROWEST
           : size.ws_col > CA_LAYOUT_WIDEST  ? CA_LAYOUT_WIDEST
                                             : size.ws_col;
}

/* The head of a page, in the theme that was asked for. */
static bool page_head(struct ca_scored_writer *writer, const struct ca_args *args)
{
    const char *path = ca_args_get(args, "theme", NULL);
    struct ca_theme theme = ca_theme_plain;
    struct ca_error error;

    if (path != NULL && ca_theme_read(path, &theme, &error) != CA_OK) {
        ca_misused(args->verb, "%s", error.message);
        return false;
    }
    ca_result_html_head(&writer->head, &theme);
    ca_theme_free(&theme);
    return true;
}

bool ca_scored_writer_init(struct ca_scored_writer *writer, const struct ca_args *args)
{
    static const char *const formats[] = {"text", "ndjson", "xml", "html"};
    const char *format = ca_args_get(args, "format", "text");

    *writer = (struct ca_scored_writer){.explain = ca_args_has(args, "explain"),
                                        .width = width_of_output(args)};
    for (size_t i = 0; i < sizeof formats / sizeof *formats; i++)
        if (strcmp(format, formats[i]) == 0)
            writer->format = i;
    if (strcmp(format, "json") == 0) /* of one result: one line is the whole */
        writer->format = CA_SCORED_NDJSON;
    if (writer->explain && writer->format != CA_SCORED_TEXT) {
        ca_misused(args->verb, "--explain goes with --format text%s",
                   writer->format == CA_SCORED_HTML ? "; a page explains in any case" : "");
        return false;
    }
    if (ca_args_has(args, "theme") && writer->format != CA_SCORED_HTML) {
        ca_misused(args->verb, "--theme goes with --format html");
        return false;
    }
    return writer->format != CA_SCORED_HTML || page_head(writer, args);
}

void ca_scored_writer_free(struct ca_scored_writer *writer)
{
    ca_buffer_free(&writer->head);
}

static void write_text(const struct ca_scored_writer *writer, const struct ca_scored *scored,
                       struct ca_buffer *out)
{
    struct ca_buffer raw = {0};
    struct ca_layout layout = {.out = &raw, .width = writer->width};

    ca_result_text(&layout, scored);
    if (writer->explain && scored->result != NULL)
        ca_explain(&layout, scored->result);
    ca_safe_text(out, raw.data);
    ca_buffer_free(&raw);
}

void ca_scored_write(const struct ca_scored_writer *writer, const struct ca_scored *scored,
                     struct ca_buffer *out)
{
    if (writer->format == CA_SCORED_NDJSON) {
        ca_result_json(out, scored);
        ca_buffer_putc(out, '\n');
    } else if (writer->format == CA_SCORED_XML) {
        ca_result_xml(out, scored);
    } else if (writer->format == CA_SCORED_HTML) {
        ca_result_html(out, scored);
    } else {
        write_text(writer, scored, out);
    }
}

const char *ca_scored_head(const struct ca_scored_writer *writer)
{
    return writer->format == CA_SCORED_XML    ? ca_result_xml_head
           : writer->format == CA_SCORED_HTML ? writer->head.data
                                              : "";
}

const char *ca_scored_tail(const struct ca_scored_writer *writer)
{
    return writer->format == CA_SCORED_XML    ? ca_result_xml_tail
           : writer->format == CA_SCORED_HTML ? ca_page_tail
                                              : "";
}
