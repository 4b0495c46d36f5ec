/* Where a number or word stands by itself: what the matchers of personal data share. */
#include "core/model/privacy_private.h"

/*
 * Is the character beyond ASCII that begins at p part of a word? Latin-1 signs,
 * general punctuation and symbols (quotes, dashes, spaces, arrows), ideographic punctuation
 * and byte order marks are not.
 */
static bool is_foreign_letter(ca_place p)
{
    const unsigned lead = p[0], next = p[1];

    if (lead == 0xC2)
        return next == 0xAA || next == 0xB5 || next == 0xBA;
    if (lead == 0xC3)
        return next != 0x97 && next != 0xB7;
    if (lead == 0xE2)
        return next >= 0xB0;
    if (lead == 0xE3)
        return next != 0x80;
    return lead != 0xEF;
}

bool ca_is_word_at(ca_place p)
{
    return ca_is_digit(*p) || ca_is_letter(*p) || (*p >= 0x80 && is_foreign_letter(p));
}

ca_place ca_before(ca_place text, ca_place p)
{
    if (p == text)
        return NULL;
    p--;
    while (p > text && (*p & 0xC0) == 0x80)
        p--;
    return p;
}

bool ca_starts_alone(ca_place text, ca_place p)
{
    const ca_place last = ca_before(text, p);

    if (last == NULL)
        return true;
    return !ca_is_word_at(last) && !(*last == '.' && last > text && ca_is_digit(last[-1]));
}

bool ca_ends_alone(ca_place p)
{
    return !ca_is_word_at(p) && !(*p == '.' && ca_is_digit(p[1]));
}

size_t ca_digits_at(ca_place p)
{
    size_t n = 0;

    while (ca_is_digit(p[n]))
        n++;
    return n;
}

/* One separator within a grouped number: its length, 0 for none. Spaces and hyphens
 * that do not break a line are what careful typists put there. */
size_t ca_separator(ca_place p, char *kind)
{
    size_t length = 0;

    *kind = 0;
    if (*p == ' ' || *p == '-') {
        *kind = (char)*p;
        length = 1;
    } else if (p[0] == 0xC2 && p[1] == 0xA0) { /* no-break space */
        *kind = ' ';
        length = 2;
    } else if (p[0] == 0xE2 && p[1] == 0x80 && (p[2] == 0xAF || p[2] == 0x89)) {
        *kind = ' '; /* narrow no-break space, thin space */
        length = 3;
    } else if (p[0] == 0xE2 && p[1] == 0x80 && p[2] >= 0x90 && p[2] <= 0x93) {
        *kind = '-'; /* hyphens, figure dash, en dash */
        length = 3;
    }
    return length;
}

bool ca_hyphen_before(ca_place text, ca_place p)
{
    return p >= text + 2 && p[-1] == '-' && ca_is_digit(p[-2]);
}

bool ca_hyphen_behind(ca_place p)
{
    return p[0] == '-' && ca_is_digit(p[1]);
}

bool ca_next_group(ca_place *p, size_t n, bool *hyphen)
{
    char kind;
    const size_t gap = ca_separator(*p, &kind);

    if (gap == 0 || ca_digits_at(*p + gap) != n)
        return false;
    *p += gap + n;
    *hyphen |= kind == '-';
    return true;
}
