#ifndef CA_REPORT_SUMMARY_JSON_PRIVATE_H
#define CA_REPORT_SUMMARY_JSON_PRIVATE_H

#include "core/base/buffer.h"
#include "core/insight/summary.h"

/* What both files of the summary's JSON write (summary_json_period.c). */

/* A member with `places` decimals; "c" where it is withheld, null where there is none. */
void ca_summary_json_figure(struct ca_buffer *out, const char *key, struct ca_figure f,
                            int places);
void ca_summary_json_count(struct ca_buffer *out, const char *key, struct ca_figure f);
/* "percent", "low" and "high". */
void ca_summary_json_interval(struct ca_buffer *out, const struct ca_share *share);
/* "group": null, or the values of a group's attributes. */
void ca_summary_json_group(struct ca_buffer *out, const struct ca_summary *s,
                           const char *const *group);
/* A row as an object. */
void ca_summary_json_period(struct ca_buffer *out, const struct ca_summary *s,
                            const struct ca_summary_row *row);

#endif
