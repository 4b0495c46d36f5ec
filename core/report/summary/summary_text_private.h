#ifndef CA_REPORT_SUMMARY_TEXT_PRIVATE_H
#define CA_REPORT_SUMMARY_TEXT_PRIVATE_H

#include "core/report/text/grid.h"

/* Shared by the two halves of the summary's text. */
struct ca_text {
    struct ca_buffer *out;
    const struct ca_summary *s;
    const struct ca_summary_row *row; /* that is being told; the latest total first */
    size_t width;
};

void ca_text_heading(const struct ca_text *t, const char *title);
/* A paragraph that begins at column indent. */
void ca_text_paragraph(const struct ca_text *t, int indent, const char *sentence);

/* "74", "46.2": thousandths without noughts at the end, or the figure's symbol. */
const char *ca_text_value(struct ca_figure figure, char text[CA_FIGURE_SIZE]);
/* " Trend …", where there is a verdict on one. */
void ca_text_trend(struct ca_buffer *line, const struct ca_summary_trend *trend);

/* Of the row: alerts, limits, actions, themes, months, moderation. */
void ca_text_practice(const struct ca_text *t);
/* Of no row: the series of all months, figures from elsewhere, cases. */
void ca_text_beyond(const struct ca_text *t);

#endif
