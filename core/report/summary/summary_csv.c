/* The summary as one long tidy table, for other programs. */
#include "core/report/summary/summary_csv.h"

#include <string.h>

#include "core/base/utf8.h"
#include "core/report/summary/summary_tidy.h"

struct writing {
    struct ca_buffer *out;
    const struct ca_summary *s;
};

/* Would a spreadsheet run it? A plain number is safe. */
static bool is_formula(const char *text)
{
    size_t digits;

    if (*text == '\0' || strchr("=+-@\t\r", *text) == NULL)
        return false;
    digits = strspn(text + 1, "0123456789");
    return *text != '-' || digits == 0 || text[1 + digits] != '\0';
}

static void cell(struct ca_buffer *out, const char *text)
{
    struct ca_buffer plain = {0};
    bool quote;

    if (text == NULL)
        return;
    quote = strpbrk(text, ",\"\r\n") != NULL || is_formula(text);
    if (quote)
        ca_buffer_putc(out, '"');
    if (is_formula(text))
        ca_buffer_putc(out, '\'');
    ca_utf8_add_harmless(&plain, text, true);
    for (const char *p = plain.data; p != NULL && *p != '\0'; p++) {
        if (*p == '"')
            ca_buffer_putc(out, '"');
        ca_buffer_putc(out, *p);
    }
    if (quote)
        ca_buffer_putc(out, '"');
    ca_buffer_free(&plain);
}

static void next(struct ca_buffer *out, const char *text)
{
    ca_buffer_putc(out, ',');
    cell(out, text);
}

static void write_line(void *context, const struct ca_tidy *t)
{
    struct writing *w = context;
    struct ca_buffer *out = w->out;
    char date[CA_DATE_SIZE], number[CA_FIGURE_SIZE];

    cell(out, t->period);
    next(out, t->row ? ca_date_format(t->row->period.from, date) : NULL);
    next(out, t->row ? ca_date_format(t->row->period.to, date) : NULL);
    if (ca_summary_is_series(w->s))
        next(out, t->template_id);
    for (size_t i = 0; i < w->s->group_by_count; i++)
        next(out, t->group != NULL ? t->group[i] : NULL);
    next(out, t->part);
    next(out, t->section);
    next(out, t->agency);
    next(out, t->item);
    next(out, t->label);
    next(out, t->figure);
    ca_buffer_putc(out, ',');
    if (t->is_number)
        ca_buffer_puts(out, ca_figure_text(t->value, t->places, number));
    else
        cell(out, t->text);
    ca_buffer_puts(out, "\r\n");
}

void ca_summary_csv(struct ca_buffer *out, const struct ca_summary *s)
{
    struct writing w = {out, s};

    ca_buffer_puts(out, "period,from,to");
    ca_buffer_puts(out, ca_summary_is_series(s) ? ",template" : "");
    for (size_t i = 0; i < s->group_by_count; i++)
        next(out, s->group_by[i].id);
    ca_buffer_puts(out, ",part,section,agency,item,label,figure,value\r\n");
    ca_summary_tidy(s, write_line, &w);
}
