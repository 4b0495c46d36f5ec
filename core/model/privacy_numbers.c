/* What looks like a number of a person: NHS, pupil, National Insurance, telephone. */
#include "core/model/privacy_private.h"

#include <string.h>

/* ---- NHS number: 10 digits, perhaps 3-3-4, the last a check digit ---- */

/* Modulus 11: weights 10 to 2, and the check digit makes the sum divisible. */
static bool nhs_check(const unsigned char digits[10])
{
    unsigned sum = 0;

    for (unsigned i = 0; i < 9; i++)
        sum += (10 - i) * (unsigned)(digits[i] - '0');
    return (11 - sum % 11) % 11 == (unsigned)(digits[9] - '0');
}

bool ca_is_nhs_number(ca_place text, ca_place p, size_t run)
{
    unsigned char digits[10];
    bool hyphen = false;
    ca_place end = p + 3;

    if (!ca_starts_alone(text, p))
        return false;
    if (run == 10)
        return ca_ends_alone(p + 10) && nhs_check(p);
    if (run != 3)
        return false;
    memcpy(digits, p, 3);
    if (!ca_next_group(&end, 3, &hyphen))
        return false;
    memcpy(digits + 3, end - 3, 3);
    if (!ca_next_group(&end, 4, &hyphen))
        return false;
    memcpy(digits + 6, end - 4, 4);
    if (hyphen && (ca_hyphen_before(text, p) || ca_hyphen_behind(end)))
        return false;
    return ca_ends_alone(end) && nhs_check(digits);
}

/* ---- UPN: check letter, 11 digits, a digit or (temporary numbers) a letter ---- */

/* Modulus 23 over an alphabet without I, O and S; weights 2 to 13. */
bool ca_is_upn(ca_place text, ca_place p, size_t run)
{
    static const char alphabet[] = "ABCDEFGHJKLMNPQRTUVWXYZ";
    const char *last;
    unsigned sum = 0;

    if ((run != 11 && run != 12) || p == text || !ca_is_letter(p[-1]) ||
        !ca_starts_alone(text, p - 1) || (run == 11 && !ca_is_letter(p[11])) ||
        !ca_ends_alone(p + 12))
        return false;
    for (unsigned i = 0; i < run; i++)
        sum += (i + 2) * (unsigned)(p[i] - '0');
    if (run == 11) {
        last = strchr(alphabet, ca_upper(p[11]));
        if (last == NULL)
            return false;
        sum += 13 * (unsigned)(last - alphabet);
    }
    return ca_upper(p[-1]) == (unsigned char)alphabet[sum % 23];
}

/* ---- National Insurance number: two letters, six digits, A to D; perhaps in pairs ---- */

/* Prefixes that are not given out. QQ is not either, but is the way to write an
 * example, and what looks like one is meant to be found. */
static bool is_ni_prefix(unsigned char a, unsigned char b)
{
    static const char never[] = "BGGBNKKNTNNTZZ";

    if (strchr("DFIUV", a) != NULL || strchr("DFIOUV", b) != NULL)
        return false;
    for (size_t i = 0; never[i] != '\0'; i += 2) {
        if (a == (unsigned char)never[i] && b == (unsigned char)never[i + 1])
            return false;
    }
    return true;
}

bool ca_is_ni_number(ca_place text, ca_place p, size_t run)
{
    ca_place letters = p, end = p + run;
    bool apart = false, hyphen = false;
    char kind;
    size_t gap;

    if ((run != 6 && run != 2) || p - text < 2)
        return false;
    if (p[-1] == ' ' || p[-1] == '-') {
        letters--;
        apart = true;
    } else if (p[-1] == 0xA0 && p[-2] == 0xC2) {
        letters -= 2;
        apart = true;
    }
    if (letters - text < 2 || !ca_is_letter(letters[-1]) || !ca_is_letter(letters[-2]))
        return false;
    letters -= 2;
    if (run == 2) {
        if (!ca_next_group(&end, 2, &hyphen) || !ca_next_group(&end, 2, &hyphen))
            return false;
        apart = true;
    }
    gap = ca_separator(end, &kind);
    end += gap;
    if (ca_upper(*end) < 'A' || ca_upper(*end) > 'D' || !ca_ends_alone(end + 1) ||
        !ca_starts_alone(text, letters) ||
        !is_ni_prefix(ca_upper(letters[0]), ca_upper(letters[1])))
        return false;
    /* "by 200000 a year": small letters only where nothing stands between. */
    if (apart || gap > 0)
        return !ca_is_lower(letters[0]) && !ca_is_lower(letters[1]) && !ca_is_lower(*end);
    return ca_is_lower(letters[0]) == ca_is_lower(letters[1]) &&
           ca_is_lower(*end) == ca_is_lower(*letters);
}

/* ---- telephone number: 0 or +44, then 9 or 10 digits, perhaps grouped ---- */

/* Counts digits from p, group by group; first is how many the first group must have. */
static bool nine_or_ten_digits(ca_place p, size_t first)
{
    size_t count = 0, run, gap;
    char kind;

    for (;;) {
        run = ca_digits_at(p);
        if (run < first || run > 10)
            return false;
        count += run;
        p += run;
        if (count > 10)
            return false;
        if (count >= 9 && ca_ends_alone(p) && !ca_hyphen_behind(p))
            return true;
        gap = *p == ')';
        gap += ca_separator(p + gap, &kind);
        if (gap == 0 && *p == '.')
            gap = 1;
        if (gap == 0)
            return false;
        p += gap;
        first = 2;
    }
}

bool ca_is_telephone(ca_place text, ca_place p, size_t run)
{
    char kind;

    if (p > text && p[-1] == '+') {
        if (p[0] != '4' || p[1] != '4' || !ca_starts_alone(text, p - 1))
            return false;
        p += 2;
        p += *p == ')';
        p += ca_separator(p, &kind);
        if (strncmp((const char *)p, "(0)", 3) == 0) {
            p += 3;
            p += ca_separator(p, &kind);
        }
        return nine_or_ten_digits(p, 2);
    }
    /* 00 begins a number abroad; a single 0 that stands apart is no dialling code. */
    if (run < 3 || p[0] != '0' || p[1] == '0')
        return false;
    return ca_starts_alone(text, p) && !ca_hyphen_before(text, p) &&
           nine_or_ten_digits(p + 1, 2);
}
