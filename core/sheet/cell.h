#ifndef CA_SHEET_CELL_H
#define CA_SHEET_CELL_H

#include <stdbool.h>

#include "core/base/arena.h"
#include "core/base/date.h"

/* What people write into cells, and what spreadsheets make of it: the same for every command.
 */

/* How the numbers of a date are read. */
struct ca_date_rule {
    bool month_first; /* 11/14/2023 */
    bool from_1904;   /* a number counts days from 1904 */
};

/* What a date shows of the order that its file keeps. */
enum {
    CA_DATE_SHORT_YEAR = 1, /* two digits */
    CA_DATE_EITHER_WAY = 2, /* 04/05/2023 */
    CA_DATE_DAY_FIRST = 4,  /* 14/05/2023 */
    CA_DATE_MONTH_FIRST = 8 /* 05/14/2023 */
};

/*
 * 2023-11-14, 14/11/2023 (or 11/14/2023), 14.11.23, 14 November 2023, Nov 14, 2023, or a number
 * of days as spreadsheets count them; a time of day, with its zone, may follow, and plays no
 * part. False leaves *out alone. Adds to *notes either way.
 */
bool ca_cell_date(struct ca_arena *arena, const char *text, const struct ca_date_rule *rule,
                  ca_date *out, unsigned *notes);
/* "1,123" as 1123, "67%" as 67, "2.50" as 2.5; NULL if it is no number. */
const char *ca_cell_number(struct ca_arena *arena, const char *text);
/* Did a spreadsheet shorten a long number, "1.23457E+11"? */
bool ca_cell_is_shortened(const char *text);
/* Does a spreadsheet say that it has no value, "#REF!"? */
bool ca_cell_is_error(const char *text);

#endif
