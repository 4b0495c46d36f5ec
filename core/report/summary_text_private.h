#ifndef CA_REPORT_SUMMARY_TEXT_PRIVATE_H
#define CA_REPORT_SUMMARY_TEXT_PRIVATE_H

#include "core/report/grid.h"

/* Shared by the two halves of the summary's text. */
struct ca_text {
    struct ca_buffer *out;
    const struct ca_summary *s;
    const struct ca_summary_row *row; /* the latest total */
    size_t width;
};

void ca_text_heading(const struct ca_text *t, const char *title);
/* A paragraph that begins at column indent. */
void ca_text_paragraph(const struct ca_text *t, int indent, const char *sentence);

/* Alerts, limits, actions, themes, months, moderation, figures from elsewhere, cases. */
void ca_text_practice(const struct ca_text *t);

#endif
