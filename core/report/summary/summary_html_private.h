#ifndef CA_REPORT_SUMMARY_HTML_PRIVATE_H
#define CA_REPORT_SUMMARY_HTML_PRIVATE_H

#include "core/report/summary/charts.h"
#include "core/report/page/page.h"
#include "core/report/page/tables.h"

/* The page of a summary while it is being written. */
struct ca_summary_page {
    struct ca_page page;
    const struct ca_summary *s;
    const struct ca_theme *theme;
    struct ca_tables tables;
    const struct ca_summary_row *last; /* the latest period's total; NULL without rows */
    struct ca_arena *arena;
    size_t figure; /* where the last one begins in the page's body */
};

/* ---- sections, each one or nothing (summary_charts.c, summary_charts_practice.c,
 * summary_html.c) ---- */
void ca_part_brief(struct ca_summary_page *p);
void ca_part_grades(struct ca_summary_page *p);
void ca_part_months(struct ca_summary_page *p);
void ca_part_sections(struct ca_summary_page *p);
void ca_part_agencies(struct ca_summary_page *p);
void ca_part_measures(struct ca_summary_page *p);
void ca_part_groups(struct ca_summary_page *p);
void ca_part_themes(struct ca_summary_page *p);
void ca_part_actions(struct ca_summary_page *p);

/* ---- what charts share (summary_charts.c) ---- */
void ca_figure_begin(struct ca_summary_page *p, const char *finding);
/* Says below it what is withheld in it, and why. */
void ca_figure_end(struct ca_summary_page *p);
/* What a bar is, and its figures; the bar itself follows, and its end. */
void ca_bar_begin(struct ca_summary_page *p, size_t depth, const char *name,
                  const char *figures);
void ca_bar_end(struct ca_summary_page *p);
/* Below bars: their scale. */
void ca_bar_axis(struct ca_summary_page *p);

/* ---- findings: what a chart says, as its title; from the model's own figures ---- */
const char *ca_finding_grades(struct ca_summary_page *p);
const char *ca_finding_months(struct ca_summary_page *p);
const char *ca_finding_sections(struct ca_summary_page *p);
const char *ca_finding_agencies(struct ca_summary_page *p);
const char *ca_finding_measures(struct ca_summary_page *p);
const char *ca_finding_themes(struct ca_summary_page *p);
const char *ca_finding_actions(struct ca_summary_page *p);
const char *ca_finding_funnel(struct ca_summary_page *p);

/* The colour of a grade, in charts of every kind. */
unsigned ca_summary_colour(const struct ca_summary *s, size_t grade);

/* printf into the page's arena, with words of figures: see html.h. */
const char *ca_said(struct ca_summary_page *p, const char *format, ...)
    __attribute__((format(printf, 2, 3)));
/* "22 of 33 (67%)" */
const char *ca_share_said(struct ca_summary_page *p, const struct ca_share *share);
/* "Good or better" */
const char *ca_capital(struct ca_summary_page *p, const char *text);
/* "Outstanding 2 of 33 (6%); Good 17 of 33 (52%); …": a chart's text alternative. */
const char *ca_grades_said(struct ca_summary_page *p, const struct ca_share *shares);
/* The grades as segments of a bar, in the arena. */
struct ca_segment *ca_grade_segments(struct ca_summary_page *p, const struct ca_share *shares);

#endif
