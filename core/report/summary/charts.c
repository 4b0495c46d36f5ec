/* Charts as SVG inside a page. */
#include "core/report/summary/charts.h"

#include <stdio.h>
#include <string.h>

#include "core/base/utf8.h"
#include "core/report/page/html.h"

/* Widths that a chart is at least given on a telephone and elsewhere, and of a letter. */
enum { NARROW = 270, WIDE = 530, LETTER = 8, PADDING = 8 };

#define INK "#0B0C0C"

void ca_chart_key(struct ca_buffer *out, unsigned colour)
{
    ca_buffer_printf(out,
                     "<svg class=key width=13 height=13 aria-hidden=true><rect class=c%u "
                     "width=13 height=13 fill=\"%s\"/></svg>",
                     colour % CA_PALETTE, ca_chart_colour(colour));
}

/* ---- small pieces ---- */

/* Parts of whole in hundredths of a per cent, as "51.52%"; whole is more than 0. */
static const char *percent(int64_t part, int64_t whole, char text[24])
{
    int64_t units = (int64_t)(((__int128)part * 10000 + whole / 2) / whole);

    if (units % 100 == 0)
        snprintf(text, 24, "%d%%", (int)(units / 100));
    else
        snprintf(text, 24, "%d.%02d%%", (int)(units / 100), (int)(units % 100));
    return text;
}

static const char *of_tenths(int64_t tenths, char text[24])
{
    return percent(tenths < 0 ? 0 : tenths > 1000 ? 1000 : tenths, 1000, text);
}

static void open_svg(struct ca_buffer *out, int height, const char *alt)
{
    ca_buffer_printf(
        out, "<svg class=chart width=\"100%%\" height=%d font-family=Arial font-size=14 ",
        height);
    if (alt == NULL)
        ca_buffer_puts(out, "aria-hidden=true>");
    else
        ca_html_printf(out, "role=img aria-label=\"%s\">", alt);
}

static void line(struct ca_buffer *out, const char *class, const char *x1, int y1,
                 const char *x2, int y2, const char *more)
{
    ca_buffer_printf(out,
                     "<line class=\"%s\" x1=\"%s\" y1=%d x2=\"%s\" y2=%d stroke=\"%s\" %s />",
                     class, x1, y1, x2, y2, strcmp(class, "soft") == 0 ? "#6F777B" : INK, more);
}

static size_t characters(const char *text)
{
    size_t count = 0, length;

    for (; *text != '\0'; text += length, count++)
        ca_utf8_next(text, &length);
    return count;
}

/* Text estimated, not measured: capital letters are wider, and there is padding. */
static bool fits(const char *text, int64_t part, int64_t whole, int width)
{
    return (int64_t)(characters(text) * LETTER + PADDING) * whole <= part * width;
}

/* ---- stacked bars ---- */

static bool drawable(const struct ca_segment *segments, size_t count, struct ca_figure of)
{
    int64_t sum = 0;

    for (size_t i = 0; i < count; i++) {
        if (!ca_is_shown(segments[i].count) || segments[i].count.value < 0)
            return false;
        sum += segments[i].count.value;
    }
    return ca_is_shown(of) && of.value > 0 && sum <= of.value;
}

/* The longest text that fits into a width: label and per cent, short label and per
 * cent, per cent alone; NULL if none does. */
static const char *best_text(const struct ca_segment *s, int64_t of, int width, char text[160])
{
    const char *labels[] = {s->label, s->abbrev, ""};
    int64_t whole = (s->count.value * 200 + of) / (2 * of); /* half up, as in the tables */

    for (size_t i = 0; i < 3; i++) {
        if (labels[i] == NULL || strlen(labels[i]) > 120)
            continue;
        snprintf(text, 160, "%s%s%d%%", labels[i], *labels[i] ? " " : "", (int)whole);
        if (fits(text, s->count.value, of, width))
            return text;
    }
    return NULL;
}

static void segment_text(struct ca_buffer *out, const struct ca_segment *s, int64_t before,
                         int64_t of, const char *class, const char *text)
{
    char x[24];

    ca_buffer_printf(out, "<text x=\"%s\" y=19 dx=6 class=\"%son\" fill=\"%s\"%s>",
                     percent(before, of, x), class, ca_chart_is_dark(s->colour) ? "#fff" : INK,
                     class[0] == 'n' ? " display=none" : "");
    ca_html_text(out, text);
    ca_buffer_puts(out, "</text>");
}

static void segment_label(struct ca_buffer *out, const struct ca_segment *s, int64_t before,
                          int64_t of)
{
    char narrow[160], wide[160];
    const char *small = best_text(s, of, NARROW, narrow), *large = best_text(s, of, WIDE, wide);

    if (large != NULL && small != NULL && strcmp(small, large) == 0) {
        segment_text(out, s, before, of, "", large);
        return;
    }
    if (large != NULL)
        segment_text(out, s, before, of, "w ", large);
    if (small != NULL)
        segment_text(out, s, before, of, "n ", small);
}

static void segments_of(struct ca_buffer *out, const struct ca_segment *segments, size_t count,
                        int64_t of, int height, bool labelled)
{
    char x[24], width[24];
    int64_t before = 0;

    ca_buffer_puts(out, "<g class=gap stroke=\"#fff\" stroke-width=2>");
    for (size_t i = 0; i < count; before += segments[i++].count.value) {
        unsigned colour = segments[i].colour % CA_PALETTE;
        if (segments[i].count.value > 0)
            ca_buffer_printf(
                out, "<rect class=c%u x=\"%s\" width=\"%s\" height=%d fill=\"%s\"/>", colour,
                percent(before, of, x), percent(segments[i].count.value, of, width), height,
                ca_chart_colour(colour));
    }
    ca_buffer_puts(out, "</g>");
    before = 0;
    for (size_t i = 0; labelled && i < count; before += segments[i++].count.value)
        if (segments[i].count.value > 0)
            segment_label(out, &segments[i], before, of);
}

/* The interval as a line with ends, the share as a dot on it. */
static void whisker_at(struct ca_buffer *out, const struct ca_share *share, int y)
{
    char low[24], high[24], point[24];

    if (!ca_is_shown(share->low) || !ca_is_shown(share->high) || !ca_is_shown(share->tenths))
        return;
    of_tenths(share->low.value, low);
    of_tenths(share->high.value, high);
    line(out, "line", low, y, high, y, "stroke-width=2");
    line(out, "line", low, y - 4, low, y + 4, "stroke-width=2");
    line(out, "line", high, y - 4, high, y + 4, "stroke-width=2");
    ca_buffer_printf(out, "<circle class=ink cx=\"%s\" cy=%d r=4 fill=\"" INK "\"/>",
                     of_tenths(share->tenths.value, point), y);
}

/* Of the last segment, which matters most where it is small: below the bar, if not in it. */
static void last_label(struct ca_buffer *out, const struct ca_segment *s, int64_t of, int y)
{
    char narrow[160], wide[160];
    bool in_narrow = best_text(s, of, NARROW, narrow) != NULL && strlen(narrow) > 4;
    bool in_wide = best_text(s, of, WIDE, wide) != NULL && strlen(wide) > 4;

    if (in_narrow && in_wide)
        return;
    ca_buffer_printf(
        out, "<text class=\"%sink\" x=\"100%%\" y=%d text-anchor=end fill=\"" INK "\"%s>",
        in_wide ? "n " : "", y, in_wide ? " display=none" : "");
    ca_html_text(out, s->label);
    ca_buffer_printf(out, " %lld%%</text>",
                     (long long)((s->count.value * 200 + of) / (2 * of)));
}

/* What can be told where some of the segments are withheld: the positive ones together, and the
 * rest. */
static bool in_two(const struct ca_together *together, struct ca_segment two[2])
{
    const struct ca_share *share = together != NULL ? together->share : NULL;

    if (share == NULL || !ca_is_shown(share->count) || !ca_is_shown(share->of) ||
        share->of.value <= 0)
        return false;
    two[0] = (struct ca_segment){share->count, together->label, NULL, CA_GOOD};
    two[1] = (struct ca_segment){
        {CA_SHOWN, share->of.value - share->count.value}, "the rest", NULL, CA_WORSE};
    return true;
}

static void nothing_drawn(struct ca_buffer *out, struct ca_figure of)
{
    bool nothing = (ca_is_shown(of) && of.value == 0) || of.shown == CA_NO_OBSERVATIONS ||
                   of.shown == CA_NOT_APPLICABLE;

    ca_buffer_printf(out, "<text class=ink x=0 y=19 fill=\"" INK "\">%s</text>",
                     nothing ? "nothing graded" : CA_WORD_WITHHELD);
}

void ca_chart_stacked(struct ca_buffer *out, const struct ca_segment *segments, size_t count,
                      struct ca_figure of, const struct ca_together *together, const char *alt)
{
    bool whole = drawable(segments, count, of);
    bool tail = together != NULL && together->interval && ca_is_shown(together->share->low);
    const struct ca_segment *last = whole ? &segments[count - 1] : NULL;
    char text[160];
    bool label = last != NULL && last->count.value > 0 &&
                 (best_text(last, of.value, NARROW, text) == NULL || strlen(text) <= 4);
    struct ca_segment two[2];

    open_svg(out, 28 + (tail ? 14 : 0) + (label ? 18 : 0), alt);
    if (whole)
        segments_of(out, segments, count, of.value, 28, true);
    else if (in_two(together, two))
        segments_of(out, two, 2, together->share->of.value, 28, true);
    else
        nothing_drawn(out, of);
    if (tail)
        whisker_at(out, together->share, 36);
    if (label)
        last_label(out, last, of.value, tail ? 56 : 43);
    ca_buffer_puts(out, "</svg>");
}

void ca_chart_spark(struct ca_buffer *out, const struct ca_segment *segments, size_t count,
                    struct ca_figure of)
{
    if (!drawable(segments, count, of))
        return;
    open_svg(out, 10, NULL);
    segments_of(out, segments, count, of.value, 10, false);
    ca_buffer_puts(out, "</svg>");
}

/* ---- intervals ---- */

void ca_chart_interval(struct ca_buffer *out, const struct ca_share *share, int64_t target,
                       const char *alt)
{
    char x[24];

    open_svg(out, 24, alt);
    line(out, "soft", "0%", 12, "100%", 12, "");
    if (target >= 0) {
        of_tenths(target / 100, x);
        line(out, "line", x, 1, x, 23, "stroke-width=2 stroke-dasharray=\"3 2\"");
    }
    whisker_at(out, share, 12);
    ca_buffer_puts(out, "</svg>");
}

void ca_chart_axis(struct ca_buffer *out)
{
    static const struct {
        const char *x, *anchor, *text;
    } marks[] = {{"0%", "start", "0%"}, {"50%", "middle", "50%"}, {"100%", "end", "100%"}};

    open_svg(out, 22, NULL);
    line(out, "soft", "0%", 1, "100%", 1, "");
    for (size_t i = 0; i < 3; i++) {
        line(out, "soft", marks[i].x, 1, marks[i].x, 6, "");
        ca_buffer_printf(
            out, "<text class=ink x=\"%s\" y=20 text-anchor=%s fill=\"" INK "\">%s</text>",
            marks[i].x, marks[i].anchor, marks[i].text);
    }
    ca_buffer_puts(out, "</svg>");
}

/* ---- strengths and improvements ---- */

static void pair_bar(struct ca_buffer *out, struct ca_figure figure, int64_t most, int y,
                     unsigned colour)
{
    char width[24];

    if (!ca_is_shown(figure) || most <= 0)
        return;
    ca_buffer_printf(out, "<rect class=c%u y=%d width=\"%s\" height=9 fill=\"%s\"/>", colour, y,
                     percent(figure.value, most, width), ca_chart_colour(colour));
}

void ca_chart_pair(struct ca_buffer *out, struct ca_figure strengths,
                   struct ca_figure improvements, int64_t most, const char *alt)
{
    open_svg(out, 22, alt);
    pair_bar(out, strengths, most, 1, CA_STRENGTHS);
    pair_bar(out, improvements, most, 12, CA_IMPROVEMENTS);
    ca_buffer_puts(out, "</svg>");
}

/* ---- months ---- */

enum { TOP = 34, PLOT = 200, FOOT = 24, LEFT = 13, RIGHT = 86 };

static int height_of(int64_t tenths)
{
    return TOP + (int)((1000 - tenths) * PLOT / 1000);
}

static bool within_the_plot(struct ca_figure tenths)
{
    return ca_is_shown(tenths) && tenths.value >= 0 && tenths.value <= 1000;
}

/* Between the names of the heights and those of the limits. */
static const char *place_of(const struct ca_summary_xmr *x, size_t i, char text[24])
{
    int64_t steps = x->point_count > 1 ? (int64_t)x->point_count - 1 : 1;

    return percent(LEFT * steps + (RIGHT - LEFT) * (int64_t)i, 100 * steps, text);
}

static void chart_text(struct ca_buffer *out, const char *class, const char *x, int y,
                       const char *anchor, const char *text)
{
    ca_buffer_printf(
        out, "<text class=\"%s\" x=\"%s\" y=%d text-anchor=%s fill=\"" INK "\">%s</text>",
        class, x, y, anchor, text);
}

static const struct {
    int64_t tenths;
    const char *name;
} heights[] = {{0, "0%"}, {500, "50%"}, {1000, "100%"}};

enum { HEIGHTS = sizeof heights / sizeof *heights };

static void height_lines(struct ca_buffer *out)
{
    for (size_t i = 0; i < HEIGHTS; i++) {
        int y = height_of(heights[i].tenths);
        line(out, "soft", "0%", y, "100%", y, i > 0 ? "stroke-opacity=\".35\"" : "");
    }
}

/* Over all lines, so that none runs through them. */
static void height_names(struct ca_buffer *out)
{
    for (size_t i = 0; i < HEIGHTS; i++)
        chart_text(out, "ink halo", "0%", height_of(heights[i].tenths) - 4, "start",
                   heights[i].name);
}

/* What lies beyond 0 or 100% cannot be drawn, and no month can pass it. On a telephone there
 * is room for the figure alone. */
static void limit_line(struct ca_buffer *out, struct ca_figure figure, const char *name,
                       bool dashed)
{
    char text[CA_FIGURE_SIZE], label[64];
    int y;

    if (!within_the_plot(figure))
        return;
    y = height_of(figure.value);
    line(out, "line", "0%", y, "100%", y, dashed ? "stroke-dasharray=\"6 4\"" : "");
    snprintf(label, sizeof label, "%s %s%%", name, ca_figure_text(figure, 1, text));
    chart_text(out, "w ink halo", "100%", y - 5, "end", label);
    ca_buffer_printf(out,
                     "<text class=\"n ink halo\" display=none x=\"100%%\" y=%d text-anchor=end "
                     "fill=\"" INK "\">%s%%</text>",
                     y - 5, text);
}

static void month_points(struct ca_buffer *out, const struct ca_summary_xmr *x)
{
    char a[24], b[24];

    for (size_t i = 0; i + 1 < x->point_count; i++)
        if (ca_is_shown(x->points[i].percent) && ca_is_shown(x->points[i + 1].percent))
            line(out, "line", place_of(x, i, a), height_of(x->points[i].percent.value),
                 place_of(x, i + 1, b), height_of(x->points[i + 1].percent.value),
                 "stroke-width=2");
    for (size_t i = 0; i < x->point_count; i++) {
        const struct ca_summary_point *p = &x->points[i];
        unsigned colour = p->signal != NULL ? 3 : 0;
        if (ca_is_shown(p->percent))
            ca_buffer_printf(out,
                             "<circle class=\"gap c%u\" cx=\"%s\" cy=%d r=%d fill=\"%s\" "
                             "stroke=\"#fff\"/>",
                             colour, place_of(x, i, a), height_of(p->percent.value),
                             p->signal != NULL ? 8 : 5, ca_chart_colour(colour));
    }
}

/* Names of months where there is room for them on a telephone. */
static void month_names(struct ca_buffer *out, const struct ca_summary_xmr *x)
{
    size_t step = (x->point_count + 3) / 4;
    char place[24];

    for (size_t i = 0; i < x->point_count; i += step)
        chart_text(out, "ink", place_of(x, i, place), TOP + PLOT + FOOT - 6, "middle",
                   x->points[i].month);
}

/* Steps of the limits of a p-chart, each month's own. */
static void own_limits(struct ca_buffer *out, const struct ca_summary_xmr *x)
{
    int64_t steps = x->point_count > 1 ? (int64_t)x->point_count - 1 : 1;

    for (size_t i = 0; i < x->point_count; i++) {
        const struct ca_summary_point *p = &x->points[i];
        int64_t middle = LEFT * steps * 2 + (RIGHT - LEFT) * (int64_t)i * 2;
        char a[24], b[24];
        percent(middle - (RIGHT - LEFT), 200 * steps, a);
        percent(middle + (RIGHT - LEFT), 200 * steps, b);
        if (within_the_plot(p->lower))
            line(out, "line", a, height_of(p->lower.value), b, height_of(p->lower.value),
                 "stroke-dasharray=\"6 4\"");
        if (within_the_plot(p->upper))
            line(out, "line", a, height_of(p->upper.value), b, height_of(p->upper.value),
                 "stroke-dasharray=\"6 4\"");
    }
}

void ca_chart_xmr(struct ca_buffer *out, const struct ca_summary *s, const char *alt)
{
    open_svg(out, TOP + PLOT + FOOT, alt);
    height_lines(out);
    month_points(out, &s->xmr);
    if (s->xmr.p_chart)
        own_limits(out, &s->xmr);
    limit_line(out, s->xmr.upper, "upper limit", true);
    limit_line(out, s->xmr.mean, "mean", false);
    limit_line(out, s->xmr.lower, "lower limit", true);
    height_names(out);
    month_names(out, &s->xmr);
    ca_buffer_puts(out, "</svg>");
}

/* ---- funnel ---- */

static int64_t widest(const struct ca_summary_funnel *f)
{
    return f->limit_count > 0 ? f->limits[f->limit_count - 1].graded : 1;
}

/* One limit over all numbers of audits, as one line. */
static void funnel_line(struct ca_buffer *out, const struct ca_summary_funnel *f, bool wide,
                        bool upper)
{
    char a[24], b[24];

    for (size_t i = 0; i + 1 < f->limit_count; i++) {
        const struct ca_summary_funnel_limits *p = &f->limits[i], *q = &f->limits[i + 1];
        int64_t from = wide ? (upper ? p->high_wide : p->low_wide) : upper ? p->high : p->low;
        int64_t to = wide ? (upper ? q->high_wide : q->low_wide) : upper ? q->high : q->low;
        line(out, "line", percent(p->graded, widest(f), a), height_of(from),
             percent(q->graded, widest(f), b), height_of(to),
             wide ? "" : "stroke-dasharray=\"4 4\"");
    }
}

static void funnel_points(struct ca_buffer *out, const struct ca_summary_funnel *f)
{
    char x[24];

    for (size_t i = 0; i < f->point_count; i++) {
        const struct ca_summary_funnel_point *p = &f->points[i];
        bool right = p->graded.value * 3 > widest(f) * 2;
        percent(p->graded.value, widest(f), x);
        ca_buffer_printf(out,
                         "<circle class=\"gap c%d\" cx=\"%s\" cy=%d r=%d fill=\"%s\" "
                         "stroke=\"#fff\"/><text class=\"ink halo\" x=\"%s\" dx=%d y=%d "
                         "text-anchor=%s fill=\"" INK "\">",
                         p->outside > 0 ? 3 : 0, x, height_of(p->percent.value),
                         p->outside > 0 ? 8 : 6, ca_chart_colour(p->outside > 0 ? 3 : 0), x,
                         right ? -10 : 10, height_of(p->percent.value) + 5,
                         right ? "end" : "start");
        ca_html_text(out, p->name);
        ca_buffer_puts(out, "</text>");
    }
}

void ca_chart_funnel(struct ca_buffer *out, const struct ca_summary_funnel *f, const char *alt)
{
    char most[32];

    open_svg(out, TOP + PLOT + FOOT, alt);
    height_lines(out);
    for (int wide = 0; wide < 2; wide++) {
        funnel_line(out, f, wide == 1, false);
        funnel_line(out, f, wide == 1, true);
    }
    limit_line(out, f->mean, "all", false);
    funnel_points(out, f);
    height_names(out);
    snprintf(most, sizeof most, "%lld graded", (long long)widest(f));
    chart_text(out, "ink", "0%", TOP + PLOT + FOOT - 6, "start", "0 graded");
    chart_text(out, "ink", "100%", TOP + PLOT + FOOT - 6, "end", most);
    ca_buffer_puts(out, "</svg>");
}
