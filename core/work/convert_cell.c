#include <ctype.h>
#include <stdio.h>
#include <string.h>

#include "core/work/convert.h"

/* What people write into cells. Only ASCII letters are folded: ids have no others, and
 * labels that differ in the case of others are told apart. */

static bool blank(char c)
{
    return c == ' ' || c == '\t' || c == '\n' || c == '\r';
}

static char folded(char c)
{
    return c >= 'A' && c <= 'Z' ? (char)(c - 'A' + 'a') : c;
}

/* The next character, runs of white space as one space; '\0' at the end. */
static char next_folded(const char **text)
{
    char c = **text;

    if (c == '\0')
        return c;
    if (!blank(c)) {
        (*text)++;
        return folded(c);
    }
    while (blank(**text))
        (*text)++;
    return **text == '\0' ? '\0' : ' ';
}

bool ca_cell_same(const char *a, const char *b)
{
    char x, y;

    while (blank(*a))
        a++;
    while (blank(*b))
        b++;
    do {
        x = next_folded(&a);
        y = next_folded(&b);
    } while (x == y && x != '\0');
    return x == y;
}

const char *ca_cell_slug(struct ca_arena *arena, const char *text)
{
    char *slug = ca_arena_strdup(arena, text), *end = slug;

    for (; *text != '\0'; text++) {
        char c = folded(*text);
        if ((c >= 'a' && c <= 'z') || (c >= '0' && c <= '9'))
            *end++ = c;
        else if (end > slug && end[-1] != '-')
            *end++ = '-';
    }
    if (end > slug && end[-1] == '-')
        end--;
    *end = '\0';
    return slug;
}

/* ---- dates ---- */

/* A number of that many digits at most; *text moves behind it. -1 for none. */
static int take_number(const char **text, int digits)
{
    int n = 0, count = 0;

    for (; **text >= '0' && **text <= '9' && count < digits; count++)
        n = 10 * n + *(*text)++ - '0';
    return count > 0 ? n : -1;
}

static int take_month_name(const char **text)
{
    static const char *const months[] = {"january",   "february", "march",    "april",
                                         "may",       "june",     "july",     "august",
                                         "september", "october",  "november", "december"};
    size_t length = 0;

    while (isalpha((unsigned char)(*text)[length]))
        length++;
    for (int m = 0; m < 12; m++) {
        size_t matched = 0;
        while (matched < length && months[m][matched] == folded((*text)[matched]))
            matched++;
        if (matched == length && length >= 3) {
            *text += length;
            return m + 1;
        }
    }
    return -1;
}

/* What separates the parts of a date; the second must be as the first. */
static char take_separator(const char **text)
{
    char c = **text;

    if (c == '\0' || strchr("/.- ", c) == NULL)
        return '\0';
    do
        (*text)++;
    while (c == ' ' && **text == ' ');
    return c;
}

/* Nothing, or a time of day, which plays no part. */
static bool only_time_follows(const char *text)
{
    if (*text == '\0')
        return true;
    if (*text != ' ' && *text != 'T')
        return false;
    return text[1] >= '0' && text[1] <= '9' && strchr(text, ':') != NULL &&
           strspn(text + 1, "0123456789:.+-ZAPMapm ") == strlen(text + 1);
}

static bool make_date(int year, int month, int day, ca_date *out)
{
    char text[32];

    if (year < 0 || month < 0 || day < 0)
        return false;
    snprintf(text, sizeof text, "%04d-%02d-%02d", year, month, day);
    return ca_date_parse(text, out);
}

bool ca_cell_date(const char *text, bool month_first, ca_date *out)
{
    int first = take_number(&text, 4), second, third;
    bool named = false, iso = first > 31;
    char separator = take_separator(&text);

    if (first < 0 || separator == '\0')
        return false;
    second = take_number(&text, 2);
    if (second < 0) {
        second = take_month_name(&text);
        named = true;
    }
    if (second < 0 || take_separator(&text) != separator)
        return false;
    third = take_number(&text, iso ? 2 : 4);
    if (!only_time_follows(text) || (!iso && third < 1000))
        return false;
    if (iso)
        return make_date(first, second, third, out);
    return month_first && !named ? make_date(third, first, second, out)
                                 : make_date(third, second, first, out);
}
