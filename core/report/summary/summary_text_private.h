#ifndef CA_REPORT_SUMMARY_TEXT_PRIVATE_H
#define CA_REPORT_SUMMARY_TEXT_PRIVATE_H

#include "core/report/text/grid.h"

/* The summary's text while it is being written. */
struct ca_text {
    struct ca_buffer *out;
    const struct ca_summary *s;
    const struct ca_summary_row *row; /* that is being told; the latest total first */
    size_t width;
};

/* ---- prose (summary_text_prose.c) ---- */

void ca_text_heading(const struct ca_text *t, const char *title);
/* A paragraph that begins at column indent. */
void ca_text_paragraph(const struct ca_text *t, int indent, const char *sentence);

/* "74", "46.2": thousandths without noughts at the end, or the figure's symbol. */
const char *ca_text_value(struct ca_figure figure, char text[CA_FIGURE_SIZE]);
/* " Trend …", where there is a verdict on one. */
void ca_text_trend(struct ca_buffer *line, const struct ca_summary_trend *trend);

/* ---- parts of the row, each one or nothing (summary_text_grades.c) ---- */
void ca_text_grades(const struct ca_text *t);
void ca_text_rows(const struct ca_text *t);
void ca_text_changes(const struct ca_text *t);
void ca_text_sections(const struct ca_text *t);
void ca_text_scores(const struct ca_text *t);
void ca_text_agencies(const struct ca_text *t);
void ca_text_agency_sections(const struct ca_text *t);
void ca_text_measures(const struct ca_text *t);

/* ---- what is done about it (summary_text_practice.c) ---- */
void ca_text_alerts(const struct ca_text *t);
void ca_text_limits(const struct ca_text *t);
void ca_text_actions(const struct ca_text *t);
void ca_text_standing(const struct ca_text *t);
void ca_text_themes(const struct ca_text *t);
void ca_text_moderation(const struct ca_text *t);
void ca_text_cases(const struct ca_text *t);

/* ---- time, and figures from elsewhere (summary_text_series.c) ---- */
void ca_text_months(const struct ca_text *t);
void ca_text_xmr(const struct ca_text *t);
void ca_text_indicators(const struct ca_text *t);

#endif
