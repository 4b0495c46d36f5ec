#ifndef CA_YEAR_CALENDAR_H
#define CA_YEAR_CALENDAR_H

#include <stdbool.h>

#include "core/base/buffer.h"
#include "core/store/query.h"

/*
 * Actions as to-dos of an iCalendar file (RFC 5545), for any calendar. A to-do is recognised by
 * the ids of its return and action, which stay the same in every revision: a calendar that
 * reads the file again changes its to-dos, and adds none twice. DTSTAMP is when the newest was
 * recorded of the action, so that the same store gives the same file.
 */

/* What stands before the first to-do, and after the last one. program: its name and version.
 * empty: there was no to-do, and the file is a calendar all the same. */
void ca_calendar_open(struct ca_buffer *out, const char *program);
void ca_calendar_close(struct ca_buffer *out, bool empty);

/* as_of decides whether it is completed. */
void ca_calendar_add(struct ca_buffer *out, const struct ca_stored_action *action,
                     ca_date as_of);

#endif
