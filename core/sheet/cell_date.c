/* Dates as people and spreadsheets write them. */
#include "core/sheet/cell.h"

#include <ctype.h>
#include <stdio.h>
#include <string.h>

#include "core/base/blank.h"

/* ---- a time of day, which plays no part ---- */

static bool take_clock(const char **text)
{
    const char *at = *text;
    size_t digits = strspn(at, "0123456789");
    int parts = 1;

    if (digits < 1 || digits > 2)
        return false;
    at += digits;
    for (; (*at == ':' || *at == '.') && isdigit((unsigned char)at[1]); parts++)
        at += 1 + strspn(at + 1, "0123456789");
    *text = at + strspn(at, " ");
    return parts > 1 || **text == 'a' || **text == 'p';
}

static void take_half_of_day(const char **text)
{
    static const char *const halves[] = {"am", "pm", "a.m.", "p.m."};

    for (size_t i = 0; i < sizeof halves / sizeof *halves; i++)
        if (strncmp(*text, halves[i], strlen(halves[i])) == 0) {
            *text += strlen(halves[i]);
            *text += strspn(*text, " ");
            return;
        }
}

/* "z", "gmt", "gmt+1", "+01:00", "(british summer time)" */
static void take_zone(const char **text)
{
    const char *at = *text;

    while (islower((unsigned char)*at) && at - *text < 5)
        at++;
    if (*at == '+' || *at == '-')
        at += 1 + strspn(at + 1, "0123456789:");
    at += strspn(at, " ");
    if (*at == '(' && strchr(at, ')') != NULL)
        at = strchr(at, ')') + 1;
    *text = at;
}

static bool only_time_follows(const char *text)
{
    if (*text == '\0')
        return true;
    if (*text == 't' && isdigit((unsigned char)text[1]))
        text++;
    else if (*text == ' ' || *text == ',')
        text += strspn(text, " ,");
    else
        return false;
    if (strncmp(text, "at ", 3) == 0)
        text += 3;
    if (!take_clock(&text))
        return false;
    take_half_of_day(&text);
    take_zone(&text);
    return *text == '\0';
}

/* ---- the parts of a date ---- */

struct part {
    int number;
    int digits; /* 0: a month by its name */
};

static int month_named(const char *word, size_t length)
{
    static const char *const months[] = {"january",   "february", "march",    "april",
                                         "may",       "june",     "july",     "august",
                                         "september", "october",  "november", "december"};

    for (int m = 0; m < 12; m++)
        if (length >= 3 && length <= strlen(months[m]) && strncmp(word, months[m], length) == 0)
            return m + 1;
    return length == 4 && strncmp(word, "sept", 4) == 0 ? 9 : 0;
}

static bool take_part(const char **text, struct part *out)
{
    static const char *const endings[] = {"st", "nd", "rd", "th"};
    size_t letters = 0;

    *out = (struct part){0, 0};
    for (; isdigit((unsigned char)**text) && out->digits < 5; out->digits++)
        out->number = 10 * out->number + *(*text)++ - '0';
    if (out->digits > 0) {
        for (size_t i = 0; i < 4; i++)
            if (strncmp(*text, endings[i], 2) == 0 && !islower((unsigned char)(*text)[2]))
                *text += 2;
        return true;
    }
    while (islower((unsigned char)(*text)[letters]))
        letters++;
    out->number = month_named(*text, letters);
    *text += letters;
    *text += out->number > 0 && **text == '.' && (*text)[1] == ' '; /* "14 Nov. 2023" */
    return out->number > 0;
}

/* What stands between two parts; '\0' for nothing that can. */
static char take_separator(const char **text)
{
    char c = **text;

    if (c == ',' && (*text)[1] == ' ')
        (*text)++;
    if (c == '\0' || strchr("/.-, ", c) == NULL)
        return '\0';
    (*text)++;
    *text += strspn(*text, " ");
    return c == ',' ? ' ' : c;
}

/* "tuesday, 14 november 2023" */
static const char *behind_weekday(const char *text)
{
    static const char *const days[] = {"mon", "tue", "wed", "thu", "fri", "sat", "sun"};
    size_t letters = 0;

    while (islower((unsigned char)text[letters]))
        letters++;
    for (size_t i = 0; i < 7; i++)
        if (letters >= 3 && strncmp(text, days[i], 3) == 0 && month_named(text, letters) == 0)
            return text + letters + strspn(text + letters, "., ");
    return text;
}

/* As Excel reads them: 00 to 29 are of this century. */
static int whole_year(const struct part *part, unsigned *notes)
{
    if (part->digits == 4)
        return part->number;
    if (part->digits != 2)
        return -1;
    *notes |= CA_DATE_SHORT_YEAR;
    return part->number + (part->number < 30 ? 2000 : 1900);
}

static bool make_date(int year, int month, int day, ca_date *out)
{
    char text[40];

    if (year < 0 || month < 0 || day < 0)
        return false;
    snprintf(text, sizeof text, "%04d-%02d-%02d", year, month, day);
    return ca_date_parse(text, out);
}

/* 14/11/2023 or, with the month first, 11/14/2023. */
static bool by_order(const struct part *parts, bool month_first, ca_date *out, unsigned *notes)
{
    int day = parts[month_first].number, month = parts[!month_first].number;

    if (parts[0].number <= 12 && parts[1].number <= 12)
        *notes |= parts[0].number != parts[1].number ? CA_DATE_EITHER_WAY : 0;
    else
        *notes |= parts[0].number > 12 ? CA_DATE_DAY_FIRST : CA_DATE_MONTH_FIRST;
    return make_date(whole_year(&parts[2], notes), month, day, out);
}

static bool from_parts(const struct part *parts, bool month_first, ca_date *out,
                       unsigned *notes)
{
    bool named = parts[1].digits == 0;

    if (parts[0].digits == 4) /* 2023-11-14 */
        return parts[2].digits > 0 && parts[2].digits <= 2 && parts[1].digits <= 2 &&
               make_date(parts[0].number, parts[1].number, parts[2].number, out);
    if (parts[0].digits == 0) /* November 14, 2023 */
        return parts[1].digits > 0 && parts[1].digits <= 2 &&
               make_date(whole_year(&parts[2], notes), parts[0].number, parts[1].number, out);
    if (parts[0].digits > 2 || parts[1].digits > 2 || parts[2].digits == 0)
        return false;
    if (named)
        return make_date(whole_year(&parts[2], notes), parts[1].number, parts[0].number, out);
    return by_order(parts, month_first, out, notes);
}

/* ---- numbers that stand for dates ---- */

/* A date without its format is the number of its day: five digits from 1927 to 2173. */
static bool from_serial(const char *text, bool from_1904, ca_date *out)
{
    size_t digits = strspn(text, "0123456789");
    int days = 0;

    if (digits != 5 || text[0] == '0')
        return false;
    for (size_t i = 0; i < digits; i++)
        days = 10 * days + text[i] - '0';
    if (text[digits] == '.')
        digits += 1 + strspn(text + digits + 1, "0123456789");
    if (text[digits] != '\0')
        return false;
    *out = days + (from_1904 ? ca_date_from_ymd(1904, 1, 1) : ca_date_from_ymd(1899, 12, 30));
    return true;
}

bool ca_cell_date(struct ca_arena *arena, const char *text, const struct ca_date_rule *rule,
                  ca_date *out, unsigned *notes)
{
    struct part parts[3];
    char separators[2];
    unsigned found = 0;
    bool good;

    if (strlen(text) > 200)
        return false;
    text = ca_folded(arena, text);
    if (from_serial(text, rule->from_1904, out))
        return true;
    text = behind_weekday(text);
    for (int i = 0; i < 3; i++)
        if (!take_part(&text, &parts[i]) ||
            (i < 2 && (separators[i] = take_separator(&text)) == '\0'))
            return false;
    if (separators[0] != separators[1] && parts[0].digits != 0 && parts[1].digits != 0)
        return false;
    if (!only_time_follows(text))
        return false;
    good = from_parts(parts, rule->month_first, out, &found);
    *notes |= found;
    return good;
}
