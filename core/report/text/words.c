/* The model in plain English. */
#include "core/report/text/words.h"

#include <string.h>

#include "core/base/decimal.h"

void ca_words_date(struct ca_buffer *out, ca_date date)
{
    static const char *const months[] = {"January",   "February", "March",    "April",
                                         "May",       "June",     "July",     "August",
                                         "September", "October",  "November", "December"};
    int year, month, day;

    if (date == CA_NO_DATE)
        return;
    ca_date_to_ymd(date, &year, &month, &day);
    ca_buffer_printf(out, "%d %s %d", day, months[month - 1], year);
}

const char *ca_words_grade(const struct ca_template *t, size_t grade)
{
    return grade == CA_NONE ? "no grade" : t->grades[grade].label;
}

void ca_words_count(struct ca_buffer *out, int64_t n, const char *one, const char *many)
{
    ca_buffer_int(out, n);
    ca_buffer_printf(out, " %s", n == 1 ? one : many);
}

void ca_words_span(struct ca_buffer *out, int32_t n, enum ca_unit unit)
{
    static const char *const one[] = {[CA_DAYS] = "day",
                                      [CA_WORKING_DAYS] = "working day",
                                      [CA_WEEKS] = "week",
                                      [CA_MONTHS] = "month",
                                      [CA_YEARS] = "year"};

    ca_buffer_printf(out, "%d %s%s", (int)n, one[unit], n == 1 ? "" : "s");
}

const char *ca_words_status(enum caseaudit_status status)
{
    static const char *const words[] = {
        [CASEAUDIT_ANSWERED] = "answered",
        [CASEAUDIT_NOT_EVIDENCED] = "not evidenced",
        [CASEAUDIT_OVERDUE] = "overdue",
        [CASEAUDIT_NOT_YET_DUE] = "not yet due",
        [CASEAUDIT_OUT_OF_SCOPE] = "out of scope",
        [CASEAUDIT_NOT_APPLICABLE] = "not applicable",
        [CASEAUDIT_MISSING] = "missing",
        [CASEAUDIT_NOT_APPLYING] = "outside this case",
    };

    return words[status];
}

const char *ca_words_severity(enum ca_alert_severity severity)
{
    static const char *const words[] = {
        [CA_IMMEDIATE] = "IMMEDIATE", [CA_URGENT] = "Urgent", [CA_REVIEW] = "For review"};

    return words[severity];
}
