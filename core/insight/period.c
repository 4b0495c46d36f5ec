/* Quarters, years, months and ranges of dates: from what people write to days. */
#include "core/insight/period.h"

#include <assert.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "core/base/arena.h"
#include "core/base/blank.h"

/* The years that dates of documents can lie in; 1899-00 ends in 1900. */
#define FIRST_YEAR 1899
#define LAST_YEAR  2199

/* How many months each kind lasts. */
static const int months_of[] = {
    [CA_PERIOD_QUARTER] = 3, [CA_PERIOD_YEAR] = 12, [CA_PERIOD_MONTH] = 1};

/* ---- Months are counted from January of year 0 ---- */

static int month_of(ca_date date)
{
    int year, month, day;
    ca_date_to_ymd(date, &year, &month, &day);
    return year * 12 + month - 1;
}

static ca_date first_day(int month)
{
    return ca_date_from_ymd(month / 12, month % 12 + 1, 1);
}

/* The period of the kind that the month lies in. */
static struct ca_period period_at(enum ca_period_kind kind, int month, int year_start)
{
    assert(year_start >= 1 && year_start <= 12);
    struct ca_period period = {.kind = kind, .year_start = year_start};
    int since = month - (year_start - 1); /* months since the start of year 0 */
    int year = since / 12;
    int quarter = since % 12 / 3;
    int next = (year + 1) % 100;
    switch (kind) {
    case CA_PERIOD_QUARTER:
        month = year * 12 + quarter * 3 + year_start - 1;
        snprintf(period.id, sizeof period.id, "%04d-%02d Q%d", year, next, quarter + 1);
        break;
    case CA_PERIOD_YEAR:
        month = year * 12 + year_start - 1;
        snprintf(period.id, sizeof period.id, "%04d-%02d", year, next);
        break;
    default:
        snprintf(period.id, sizeof period.id, "%04d-%02d", month / 12, month % 12 + 1);
        break;
    }
    period.from = first_day(month);
    period.to = first_day(month + months_of[kind]) - 1;
    return period;
}

struct ca_period ca_period_quarter_of(ca_date date, int year_start)
{
    return period_at(CA_PERIOD_QUARTER, month_of(date), year_start);
}

struct ca_period ca_period_month_of(ca_date date)
{
    return period_at(CA_PERIOD_MONTH, month_of(date), CA_YEAR_START_APRIL);
}

struct ca_period ca_period_of_dates(ca_date from, ca_date to)
{
    struct ca_period period = {
        .kind = CA_PERIOD_DATES, .year_start = CA_YEAR_START_APRIL, .from = from, .to = to};
    char first[CA_DATE_SIZE], last[CA_DATE_SIZE];
    snprintf(period.id, sizeof period.id, "%.10s..%.10s", ca_date_format(from, first),
             ca_date_format(to, last));
    return period;
}

struct ca_period ca_period_shift(const struct ca_period *period, int n)
{
    if (period->kind == CA_PERIOD_DATES) {
        ca_date days = (period->to - period->from + 1) * n;
        return ca_period_of_dates(period->from + days, period->to + days);
    }
    int month = month_of(period->from) + n * months_of[period->kind];
    return period_at(period->kind, month, period->year_start);
}

bool ca_period_contains(const struct ca_period *period, ca_date date)
{
    return period->from <= date && date <= period->to;
}

size_t ca_period_months(const struct ca_period *period, struct ca_period **months)
{
    int first = month_of(period->from);
    size_t count = (size_t)(month_of(period->to) - first + 1);
    struct ca_period *list = ca_xcalloc(count, sizeof *list);
    for (size_t i = 0; i < count; i++)
        list[i] = period_at(CA_PERIOD_MONTH, first + (int)i, period->year_start);
    *months = list;
    return count;
}

/* ---- Reading ---- */

/* Exactly `digits` digits. */
static bool number(const char *text, size_t digits, int *out)
{
    int value = 0;
    for (size_t i = 0; i < digits; i++) {
        if (text[i] < '0' || text[i] > '9')
            return false;
        value = value * 10 + (text[i] - '0');
    }
    *out = value;
    return true;
}

/* YYYY-NN with nothing known yet of what NN is. */
struct pair {
    int year, second, quarter; /* quarter 0: none */
};

/* What stands between a year's two halves: as typed, as printed, as in council papers. */
static size_t joint(const char *text, size_t length)
{
    static const char *const joints[] = {"-", "/", "\u2013"};

    for (size_t i = 0; i < sizeof joints / sizeof *joints; i++)
        if (strlen(joints[i]) <= length && memcmp(text, joints[i], strlen(joints[i])) == 0)
            return strlen(joints[i]);
    return 0;
}

/* Q1 to Q4; 0 if it is none of these. */
static int quarter_parse(const char *text)
{
    return (text[0] == 'Q' || text[0] == 'q') && text[1] >= '1' && text[1] <= '4'
               ? text[1] - '0'
               : 0;
}

/* The quarter stands behind the year, or with a blank between, before it: Q3 2023/24. */
static bool pair_parse(const char *text, size_t length, struct pair *out)
{
    struct pair p = {0, 0, 0};
    size_t joined, dash;

    if (length > 3 && text[2] == ' ' && (p.quarter = quarter_parse(text)) != 0) {
        length -= 3;
        text = ca_trimmed(text + 3, &length);
    }
    if (length < 7 || !number(text, 4, &p.year) ||
        (joined = joint(text + 4, length - 4)) == 0 || length < 6 + joined ||
        !number(text + 4 + joined, 2, &p.second))
        return false;
    length -= 6 + joined;
    text = ca_trimmed(text + 6 + joined, &length);
    dash = length == 3 ? joint(text, 1) : 0; /* 2023-24-Q3 */
    if (p.quarter == 0 && length - dash == 2 && (p.quarter = quarter_parse(text + dash)) != 0)
        length = 0;
    if (length != 0 || p.year < FIRST_YEAR || p.year > LAST_YEAR)
        return false;
    *out = p;
    return true;
}

static bool can_be_month(struct pair p)
{
    return p.quarter == 0 && p.second >= 1 && p.second <= 12;
}

/* Whether NN is the year after YYYY, as in 2023-24. */
static bool can_be_year(struct pair p)
{
    return p.second == (p.year + 1) % 100;
}

static bool pair_period(struct pair p, bool month_wanted, int year_start, struct ca_period *out)
{
    int start = p.year * 12 + year_start - 1;
    if (can_be_year(p) && !(month_wanted && can_be_month(p))) {
        enum ca_period_kind kind = p.quarter ? CA_PERIOD_QUARTER : CA_PERIOD_YEAR;
        *out = period_at(kind, start + (p.quarter ? 3 * (p.quarter - 1) : 0), year_start);
        return true;
    }
    if (!can_be_month(p))
        return false;
    *out = period_at(CA_PERIOD_MONTH, p.year * 12 + p.second - 1, year_start);
    return true;
}

static enum ca_code not_a_period(const char *text, size_t length, struct ca_error *error)
{
    int shown = length > 60 ? 60 : (int)length;
    return ca_fail(
        error, CA_ERROR_USAGE,
        "'%.*s' is not a period: write a quarter as '2023-24 Q3', a year as 2023-24, "
        "a month as 2023-11, or dates as 2023-10-01..2023-12-31",
        shown, text);
}

/* YYYY-MM-DD of the given length; date.h wants a terminated string. */
static bool date_parse(const char *text, size_t length, ca_date *out)
{
    char copy[11];
    if (length != 10)
        return false;
    memcpy(copy, text, 10);
    copy[10] = '\0';
    return ca_date_parse(copy, out);
}

/* The two ends of a range, or one end twice. */
struct ends {
    const char *first, *last;
    size_t first_length, last_length;
    bool is_range;
};

static struct ends split(const char *text)
{
    const char *dots = strstr(text, "..");
    struct ends e = {.is_range = dots != NULL};
    e.first_length = dots ? (size_t)(dots - text) : strlen(text);
    e.first = ca_trimmed(text, &e.first_length);
    e.last_length = dots ? strlen(dots + 2) : e.first_length;
    e.last = dots ? ca_trimmed(dots + 2, &e.last_length) : e.first;
    return e;
}

static enum ca_code wrong_order(const char *text, struct ca_error *error)
{
    return ca_fail(error, CA_ERROR_USAGE, "'%.60s' ends before it begins", text);
}

/* YYYY-MM-DD in digits, whether there is such a day or not. */
static bool is_written_as_date(const char *text, size_t length)
{
    static const char digits[] = "0123456789";

    return length == sizeof "2023-10-01" - 1 && strspn(text, digits) == 4 && text[4] == '-' &&
           strspn(text + 5, digits) == 2 && text[7] == '-' && strspn(text + 8, digits) >= 2;
}

static enum ca_code no_such_day(const char *text, struct ca_error *error)
{
    return ca_fail(error, CA_ERROR_USAGE, "there is no day '%.10s' in the calendar", text);
}

/* FROM..TO. CA_ERROR_NOT_FOUND, without a message, if these are not dates. */
static enum ca_code dates_parse(const char *text, struct ends e, struct ca_period *out,
                                struct ca_error *error)
{
    ca_date from, to;
    bool has_from = date_parse(e.first, e.first_length, &from);
    bool has_to = date_parse(e.last, e.last_length, &to);
    if (!has_from && is_written_as_date(e.first, e.first_length))
        return no_such_day(e.first, error);
    if (!has_to && is_written_as_date(e.last, e.last_length))
        return no_such_day(e.last, error);
    if (!e.is_range || (!has_from && !has_to))
        return CA_ERROR_NOT_FOUND;
    if (!has_from || !has_to)
        return ca_fail(error, CA_ERROR_USAGE,
                       "'%.60s' has a date at one end only; write both as dates, such as "
                       "2023-10-01..2023-12-31",
                       text);
    if (to < from)
        return wrong_order(text, error);
    *out = ca_period_of_dates(from, to);
    return CA_OK;
}

enum ca_code ca_period_parse(const char *text, int year_start, struct ca_period *out,
                             struct ca_error *error)
{
    struct ends e = split(text);
    enum ca_code code = dates_parse(text, e, out, error);
    if (code != CA_ERROR_NOT_FOUND)
        return code;
    struct pair p;
    if (e.is_range && pair_parse(e.first, e.first_length, &p))
        return ca_fail(error, CA_ERROR_USAGE,
                       "'%.60s' is several periods where one is wanted, such as '2023-24 Q3'",
                       text);
    if (!pair_parse(e.first, e.first_length, &p) || e.is_range ||
        !pair_period(p, false, year_start, out))
        return not_a_period(text, strlen(text), error);
    return CA_OK;
}

bool ca_period_as_month(const struct ca_period *year, struct ca_period *month)
{
    struct pair p;
    return year->kind == CA_PERIOD_YEAR && pair_parse(year->id, strlen(year->id), &p) &&
           can_be_month(p) && pair_period(p, true, year->year_start, month);
}

/* Both ends of P..P as periods of one kind. */
static enum ca_code range_ends(const char *text, struct ends e, int year_start,
                               struct ca_period ends[2], struct ca_error *error)
{
    struct pair a, b;
    if (!pair_parse(e.first, e.first_length, &a))
        return not_a_period(e.first, e.first_length, error);
    if (!pair_parse(e.last, e.last_length, &b))
        return not_a_period(e.last, e.last_length, error);
    bool month_wanted =
        (can_be_month(a) && !can_be_year(a)) || (can_be_month(b) && !can_be_year(b));
    if (!pair_period(a, month_wanted, year_start, &ends[0]))
        return not_a_period(e.first, e.first_length, error);
    if (!pair_period(b, month_wanted, year_start, &ends[1]))
        return not_a_period(e.last, e.last_length, error);
    if (ends[0].kind != ends[1].kind)
        return ca_fail(error, CA_ERROR_USAGE,
                       "'%.60s' goes from one kind of period to another; write both ends as "
                       "quarters, as years or as months",
                       text);
    if (ends[1].from < ends[0].from)
        return wrong_order(text, error);
    return CA_OK;
}

enum ca_code ca_periods_parse(const char *text, int year_start, struct ca_period **list,
                              size_t *count, struct ca_error *error)
{
    struct ends e = split(text);
    struct ca_period ends[2];
    enum ca_code code = dates_parse(text, e, &ends[0], error);
    if (code == CA_OK)
        ends[1] = ends[0];
    else if (code == CA_ERROR_NOT_FOUND)
        code = range_ends(text, e, year_start, ends, error);
    if (code != CA_OK)
        return code;
    size_t n = 1;
    if (ends[0].kind != CA_PERIOD_DATES)
        n += (size_t)((month_of(ends[1].from) - month_of(ends[0].from)) /
                      months_of[ends[0].kind]);
    struct ca_period *periods = ca_xcalloc(n, sizeof *periods);
    for (size_t i = 0; i < n; i++)
        periods[i] = ca_period_shift(&ends[0], (int)i);
    *list = periods;
    *count = n;
    return CA_OK;
}
