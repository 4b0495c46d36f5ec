/* Actions as to-dos of an iCalendar file: RFC 5545. */
#include "core/year/calendar.h"

#include <string.h>

#include "core/year/tasks.h"

enum { LINE_OCTETS = 75 }; /* without the line's end */

/* Bytes of the character that begins here. */
static size_t character(const char *at)
{
    size_t length = 1;

    while (((unsigned char)at[length] & 0xc0) == 0x80)
        length++;
    return length;
}

/* A content line, folded between characters: what goes on begins with a space, which counts. */
static void add_line(struct ca_buffer *out, const char *line)
{
    size_t used = 0;

    for (size_t length; *line != '\0'; line += length) {
        length = character(line);
        if (used + length > LINE_OCTETS) {
            ca_buffer_puts(out, "\r\n ");
            used = 1;
        }
        ca_buffer_add(out, line, length);
        used += length;
    }
    ca_buffer_puts(out, "\r\n");
}

/* TEXT, section 3.3.11. Of control characters only a tab may stand in it. */
static void add_text(struct ca_buffer *line, const char *text)
{
    for (; *text != '\0'; text++) {
        const unsigned char c = (unsigned char)*text;
        if (c == '\n')
            ca_buffer_puts(line, "\\n");
        else if (c == '\\' || c == ';' || c == ',')
            ca_buffer_printf(line, "\\%c", c);
        else if ((c >= 0x20 && c != 0x7f) || c == '\t')
            ca_buffer_putc(line, *text);
        else if (c != '\r' || text[1] != '\n')
            ca_buffer_putc(line, ' ');
    }
}

static void add_property(struct ca_buffer *out, const char *name, const char *text)
{
    struct ca_buffer line = {0};

    ca_buffer_puts(&line, name);
    ca_buffer_putc(&line, ':');
    add_text(&line, text);
    add_line(out, line.data);
    ca_buffer_free(&line);
}

/* "2024-03-31T16:02:11Z" as 20240331T160211Z: without what separates, and parts of seconds. */
static void add_time(struct ca_buffer *out, const char *name, const char *time)
{
    struct ca_buffer line = {0};

    ca_buffer_printf(&line, "%s:", name);
    for (; *time != '\0' && *time != '.' && *time != 'Z'; time++)
        if (*time != '-' && *time != ':')
            ca_buffer_putc(&line, *time);
    ca_buffer_putc(&line, 'Z');
    add_line(out, line.data);
    ca_buffer_free(&line);
}

void ca_calendar_open(struct ca_buffer *out, const char *program)
{
    struct ca_buffer id = {0};

    ca_buffer_printf(&id, "-//%s//EN", program);
    add_line(out, "BEGIN:VCALENDAR");
    add_line(out, "VERSION:2.0");
    add_property(out, "PRODID", id.data);
    ca_buffer_free(&id);
}

/* A calendar has one component at least (section 3.6), or some programs call it broken. A time
 * zone is one, and adds nothing to anybody's list. */
static void add_time_zone(struct ca_buffer *out)
{
    static const char *const lines[] = {
        "BEGIN:VTIMEZONE",    "TZID:Etc/UTC",     "BEGIN:STANDARD", "DTSTART:19700101T000000",
        "TZOFFSETFROM:+0000", "TZOFFSETTO:+0000", "END:STANDARD",   "END:VTIMEZONE"};

    for (size_t i = 0; i < sizeof lines / sizeof *lines; i++)
        add_line(out, lines[i]);
}

void ca_calendar_close(struct ca_buffer *out, bool empty)
{
    if (empty)
        add_time_zone(out);
    add_line(out, "END:VCALENDAR");
}

/* What somebody needs to know to do it. */
static void describe(struct ca_buffer *text, const struct ca_stored_action *action)
{
    const struct {
        const char *name, *value;
    } lines[] = {{"Owner", action->owner},
                 {"Case", action->case_ref},
                 {"Audit", action->return_id},
                 {"Standard", action->standard_label},
                 {"Agency", action->agency_label},
                 {"Theme", action->theme_label},
                 {"Verified by", action->verified_by}};
    char date[CA_DATE_SIZE];

    for (size_t i = 0; i < sizeof lines / sizeof *lines; i++)
        if (lines[i].value != NULL && lines[i].value[0] != '\0')
            ca_buffer_printf(text, "%s%s: %s", text->length > 0 ? "\n" : "", lines[i].name,
                             lines[i].value);
    if (action->completed != CA_NO_DATE)
        ca_buffer_printf(text, "\nCompleted on: %s", ca_date_format(action->completed, date));
}

static void add_due(struct ca_buffer *out, ca_date due)
{
    struct ca_buffer line = {0};
    int year, month, day;

    ca_date_to_ymd(due, &year, &month, &day);
    ca_buffer_printf(&line, "DUE;VALUE=DATE:%04d%02d%02d", year, month, day);
    add_line(out, line.data);
    ca_buffer_free(&line);
}

void ca_calendar_add(struct ca_buffer *out, const struct ca_stored_action *action,
                     ca_date as_of)
{
    const bool done = ca_task_state_of(action, as_of) >= CA_TASK_COMPLETED;
    struct ca_buffer text = {0};

    add_line(out, "BEGIN:VTODO");
    ca_buffer_printf(&text, "%s:%s@caseaudit", action->return_id, action->id);
    add_property(out, "UID", text.data);
    add_time(out, "DTSTAMP", action->changed);
    ca_buffer_clear(&text);
    ca_buffer_printf(&text, "%s (%s)", action->text[0] != '\0' ? action->text : "Action",
                     action->owner);
    add_property(out, "SUMMARY", text.data);
    ca_buffer_clear(&text);
    describe(&text, action);
    add_property(out, "DESCRIPTION", text.data);
    if (action->due != CA_NO_DATE)
        add_due(out, action->due);
    add_line(out, done ? "STATUS:COMPLETED" : "STATUS:NEEDS-ACTION");
    add_line(out, "END:VTODO");
    ca_buffer_free(&text);
}
