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

enum { CA_PALETTE = 10, CA_STRENGTHS = 0, CA_IMPROVEMENTS = 3 /* colours of it */ };

struct ca_segment {
    struct ca_figure count;
    const char *label, *abbrev; /* abbrev may be NULL */
    unsigned colour;            /* of the palette */
};

/* A bar of 100%: segments of `of`. whisker (may be NULL): a share with its interval,
 * drawn below. alt is its text alternative. */
void ca_chart_stacked(struct ca_buffer *out, const struct ca_segment *segments, size_t count,
                      struct ca_figure of, const struct ca_share *whisker, const char *alt);

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

/* A small square of a colour, to stand before its name. */
void ca_chart_key(struct ca_buffer *out, unsigned colour);

/* The colours of the dark, for the page's style sheet. */
void ca_chart_css(struct ca_buffer *out);

#endif
