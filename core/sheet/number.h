#ifndef CA_SHEET_NUMBER_H
#define CA_SHEET_NUMBER_H

#include <stdbool.h>

#include "core/base/arena.h"

/*
 * Numbers of a workbook's cells as a person sees them. A workbook holds them as binary
 * fractions written out (0.67000000000000004); Excel shows fifteen digits, and so do we.
 */
enum ca_number_kind {
    CA_NUMBER_PLAIN,
    CA_NUMBER_DATE,    /* days; the part behind the point is the time of day */
    CA_NUMBER_TIME,    /* a time of day, or how long something took */
    CA_NUMBER_PERCENT, /* a hundredth of what is shown */
    CA_NUMBER_PADDED   /* with zeros in front */
};

struct ca_number_format {
    enum ca_number_kind kind;
    unsigned width; /* of padded ones */
};

/* What a number format means: of those that are built in by its id, else by its code, such as
 * "dd/mm/yyyy"; code may be NULL. */
struct ca_number_format ca_number_format_of(unsigned id, const char *code);

/* NULL if text, as it stands in the workbook, is no number. Dates are 2023-11-14, with a time
 * of day behind if there is one. */
const char *ca_number_shown(struct ca_arena *arena, const char *text,
                            struct ca_number_format format, bool from_1904);

#endif
