/* What looks like an email address or a postcode. */
#include "core/model/privacy_private.h"

#include <string.h>

/* ---- email address ---- */

static bool is_label(unsigned char c)
{
    return ca_is_letter(c) || ca_is_digit(c) || c == '-' || c >= 0x80;
}

/* p is the '@': something before it, then labels with dots, the last of letters. */
bool ca_is_email(ca_place text, ca_place p)
{
    size_t labels = 0, length, letters;

    if (p == text || !(is_label(p[-1]) || strchr("._%+'", p[-1]) != NULL))
        return false;
    do {
        p++;
        length = letters = 0;
        for (; is_label(*p); p++) {
            length++;
            letters += ca_is_letter(*p) || *p >= 0x80;
        }
        if (length == 0)
            return false;
        labels++;
    } while (*p == '.' && is_label(p[1]));
    return labels >= 2 && length >= 2 && letters == length;
}

/* ---- postcode ---- */

/* Letters before p that belong to it: 1 or 2, standing alone; otherwise 0. */
static size_t area_letters(ca_place text, ca_place p)
{
    size_t n = 0;

    while (n < 3 && p - n > text && ca_is_letter(p[-1 - (ptrdiff_t)n]))
        n++;
    return n >= 1 && n <= 2 && ca_starts_alone(text, p - n) ? n : 0;
}

/* The inward half: digit, two letters not among CIKMOV. */
static bool is_inward(ca_place p)
{
    return ca_is_digit(p[0]) && ca_is_letter(p[1]) &&
           strchr("CIKMOV", ca_upper(p[1])) == NULL && ca_is_letter(p[2]) &&
           strchr("CIKMOV", ca_upper(p[2])) == NULL && ca_ends_alone(p + 3);
}

/* "b2 1st", "e1 2nd" and so on are no postcodes. */
static bool is_ordinal(ca_place inward)
{
    static const char ends[] = "stndrdth";

    for (size_t i = 0; ends[i] != '\0'; i += 2) {
        if (memcmp(inward + 1, ends + i, 2) == 0)
            return true;
    }
    return false;
}

/* All capitals or all small, from start to the end of the inward half. */
static bool is_one_case(ca_place start, ca_place inward)
{
    bool small = false, capital = false;

    for (ca_place p = start; p < inward + 3; p++) {
        small |= ca_is_lower(*p);
        capital |= ca_is_letter(*p) && !ca_is_lower(*p);
    }
    return small != capital && !(small && is_ordinal(inward));
}

bool ca_is_postcode(ca_place text, ca_place p, size_t run)
{
    const size_t area = area_letters(text, p);
    const ca_place start = p - area;
    ca_place inward = p + run;
    char kind = 0;
    size_t gap;

    if (area == 0 || run > 3 || strchr("QVX", ca_upper(start[0])) != NULL ||
        (area == 2 && strchr("IJZ", ca_upper(start[1])) != NULL))
        return false;
    if (run == 1 && ca_is_letter(*inward)) { /* W1A, EC1A */
        if (strchr(area == 1 ? "ABCDEFGHJKPSTUW" : "ABEHMNPRVWXY", ca_upper(*inward)) == NULL)
            return false;
        inward++;
    }
    gap = ca_separator(inward, &kind);
    if (gap > 0 && kind == ' ' && run <= 2)
        inward += gap;
    else if (run >= 2)
        inward = p + run - 1; /* the run's last digit opens the inward half */
    return is_inward(inward) && is_one_case(start, inward);
}
