#ifndef CA_REPORT_SUMMARY_XLSX_H
#define CA_REPORT_SUMMARY_XLSX_H

#include "core/base/error.h"
#include "core/insight/summary.h"
#include "core/report/page/theme.h"

/*
 * The summary as a spreadsheet, by the government Analysis Function's checklist: one
 * named table a sheet, from A1, one header row, numbers as numbers, no merged and no
 * empty cells, notes and native charts with text alternatives on sheets of their own.
 * Text stays text, whatever it looks like. The same summary gives the same bytes.
 * Appends to out. CA_ERROR_IO if there is no room for temporary files.
 */
enum ca_code ca_summary_xlsx(struct ca_buffer *out, const struct ca_summary *s,
                             const struct ca_theme *theme, struct ca_error *error);

#endif
