#ifndef CA_REPORT_CHARTS_H
#define CA_REPORT_CHARTS_H

#include "core/base/buffer.h"
#include "core/insight/summary.h"

/*
 * Charts as inline SVG. Lengths along the page are per cents and heights are
 * pixels, so that a chart is as wide as its column and its text stays readable on
 * a telephone. Colours stand as attributes, for programs that print, and as
 * classes, which the page's style sheet gives other colours in the dark. What a
 * chart is called, and long labels, stand beside it as text of the page.
 *
 * Nothing that is withheld is drawn: not even a length.
 */

/* Colours of it: of themes; of the better grades, and of the others. */
enum { CA_STRENGTHS = 0, CA_IMPROVEMENTS = 3 };
enum {
    CA_STEPS = 9, /* of lightness, on each side */
    CA_BEST = 6,
    CA_GOOD = CA_BEST + CA_STEPS - 1,
    CA_WORSE = CA_GOOD + 1,
    CA_PALETTE = CA_WORSE + CA_STEPS
};

/* The colour of a grade of a scale, whose first `positive` ones are good or better. */
unsigned ca_chart_grade_colour(size_t grade, size_t positive, size_t grades);

struct ca_segment {
    struct ca_figure count;
    const char *label, *abbrev; /* abbrev may be NULL */
    unsigned colour;            /* of the palette */
};

/* The positive segments of a bar as one share: drawn in their place where some of them are
 * withheld, and with its interval below where that is wanted. */
struct ca_together {
    const struct ca_share *share;
    const char *label; /* "good or better" */
    bool interval;
};

/* "#12436D": in the light. */
const char *ca_chart_colour(unsigned colour);

/* Whether text on it is white. */
bool ca_chart_is_dark(unsigned colour);

/* What stands in place of a bar of which nothing may be told. */
#define CA_WORD_WITHHELD "withheld (c)"

/* A bar of 100%: segments of `of`; together may be NULL. The last segment is named below the
 * bar where it is too small to hold its name. alt is the bar's text alternative. */
void ca_chart_stacked(struct ca_buffer *out, const struct ca_segment *segments, size_t count,
                      struct ca_figure of, const struct ca_together *together, const char *alt);

/* A thin bar of the same kind, without text: for a cell of a table. */
void ca_chart_spark(struct ca_buffer *out, const struct ca_segment *segments, size_t count,
                    struct ca_figure of);

/* A share on a line from 0 to 100% with its interval, and a target in thousandths of a per
 * cent, or -1. */
void ca_chart_interval(struct ca_buffer *out, const struct ca_share *share, int64_t target,
                       const char *alt);

/* 0%, 50%, 100%: below charts of the kinds above. */
void ca_chart_axis(struct ca_buffer *out);

/* Two bars, the strengths' above, as long as their part of most. */
void ca_chart_pair(struct ca_buffer *out, struct ca_figure strengths,
                   struct ca_figure improvements, int64_t most, const char *alt);

/* Months or quarters in order, with the limits and the signals. */
void ca_chart_xmr(struct ca_buffer *out, const struct ca_summary *s, const char *alt);

/* Groups by how many were graded, within what chance gives around the share of all. */
void ca_chart_funnel(struct ca_buffer *out, const struct ca_summary_funnel *f, const char *alt);

/* A small square of a colour, to stand before its name. */
void ca_chart_key(struct ca_buffer *out, unsigned colour);

/* The colours of the dark, for the page's style sheet. */
void ca_chart_css(struct ca_buffer *out);

#endif
