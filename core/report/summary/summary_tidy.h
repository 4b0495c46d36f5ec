#ifndef CA_REPORT_SUMMARY_TIDY_H
#define CA_REPORT_SUMMARY_TIDY_H

#include "core/insight/summary.h"

/* One figure, and where it stands: a row of the long table. */
struct ca_tidy {
    const struct ca_summary_row *row;                   /* whose figure it is; NULL: of none */
    const char *const *group;                           /* labels; NULL: of all */
    const char *period, *template_id;                   /* NULL */
    const char *part, *section, *agency, *item, *label; /* NULL where they do not apply */
    const char *figure;                                 /* what it is: "count" */
    bool is_number;
    struct ca_figure value; /* of a number, with so many decimals */
    int places;
    const char *text; /* otherwise; may be NULL */
};

typedef void ca_tidy_visit(void *context, const struct ca_tidy *tidy);

/* Visits all figures in the order of the CSV. What is handed over is good until the visitor
 * returns. */
void ca_summary_tidy(const struct ca_summary *s, ca_tidy_visit *visit, void *context);

/* Whether rows are of one template each, and the table has a column for it. */
bool ca_summary_is_series(const struct ca_summary *s);

#endif
