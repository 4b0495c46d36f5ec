/* The brief as the page's first screen and first sheet: it suffices alone. */
#include "core/report/page/html.h"
#include "core/report/summary/summary_html_private.h"

static void lines(struct ca_summary_page *p, const char *title, const char *class,
                  const char *const *list, size_t count)
{
    struct ca_buffer *out = &p->page.body;

    if (count == 0)
        return;
    ca_html_printf(out, "<div class=\"%s\">", class);
    ca_html_element(out, "h3", title);
    ca_buffer_puts(out, "<ul>");
    for (size_t i = 0; i < count; i++)
        ca_html_element(out, "li", list[i]);
    ca_buffer_puts(out, "</ul></div>\n");
}

static void items(struct ca_summary_page *p, const char *title,
                  const struct ca_summary_item *list, size_t count)
{
    struct ca_buffer *out = &p->page.body;

    if (count == 0)
        return;
    ca_buffer_puts(out, "<div>");
    ca_html_element(out, "h3", title);
    ca_buffer_puts(out, "<ol>");
    for (size_t i = 0; i < count; i++)
        ca_html_printf(out, "<li>%s: <b>%s</b></li>", list[i].what, list[i].evidence);
    ca_buffer_puts(out, "</ol></div>\n");
}

void ca_part_brief(struct ca_summary_page *p)
{
    const struct ca_summary_brief *b = &p->s->brief;
    struct ca_buffer *out = &p->page.body;

    ca_buffer_puts(out,
                   "<section class=brief aria-labelledby=brief><h2 id=brief>In brief</h2>\n");
    ca_html_element(out, "p class=verdict", b->verdict);
    ca_buffer_putc(out, '\n');
    lines(p, "Alerts", "alert now", b->alerts, b->alert_count);
    ca_buffer_puts(out, "<div class=two>\n");
    items(p, "To worry about", b->worries, b->worry_count);
    items(p, "Strengths", b->strengths, b->strength_count);
    lines(p, "Overdue", "one", &b->overdue, b->overdue != NULL);
    lines(p, "To decide", "one", b->decisions, b->decision_count);
    ca_buffer_puts(out, "</div></section>\n");
    p->page.opening = out->length;
}
