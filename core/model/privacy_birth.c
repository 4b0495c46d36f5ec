/* What looks like a date of birth: a date close behind a word for it. */
#include "core/model/privacy_private.h"

#include <string.h>

/* ---- date of birth ---- */

enum { BIRTH_REACH = 20 }; /* characters between the word and the date */

/* A number of at most two digits within 1 to most: how many digits, or 0. */
static size_t small_number(ca_place p, unsigned most)
{
    const size_t n = ca_digits_at(p);
    unsigned value = 0;

    if (n == 0 || n > 2)
        return 0;
    for (size_t i = 0; i < n; i++)
        value = value * 10 + (unsigned)(p[i] - '0');
    return value >= 1 && value <= most ? n : 0;
}

static bool is_year(ca_place p)
{
    const size_t n = ca_digits_at(p);

    return (n == 4 || n == 2) && !ca_is_word_at(p + n);
}

/* 2010-03-12, 12/03/2010, 12.3.10 */
static bool is_figure_date(ca_place p, size_t run)
{
    const unsigned char mark = p[run];
    const bool year_first = run == 4;
    size_t n;

    if ((mark != '-' && mark != '/' && mark != '.') ||
        (!year_first && small_number(p, 31) == 0))
        return false;
    p += run + 1;
    n = small_number(p, 12);
    if (n == 0 || p[n] != mark)
        return false;
    p += n + 1;
    n = year_first ? small_number(p, 31) : ca_digits_at(p);
    if (year_first ? n == 0 || ca_is_word_at(p + n) : !is_year(p))
        return false;
    return !(p[n] == mark && ca_is_digit(p[n + 1]));
}

/* Length of a word of small letters at p, whatever its case; 0 if it does not stand there. */
static size_t word_at(ca_place p, const char *word)
{
    size_t i;

    for (i = 0; word[i] != '\0'; i++) {
        if (ca_upper(p[i]) != ca_upper((unsigned char)word[i]))
            return 0;
    }
    return i;
}

static size_t month_at(ca_place p)
{
    static const char *const months[] = {"january",   "february", "march",    "april",
                                         "may",       "june",     "july",     "august",
                                         "september", "october",  "november", "december"};
    char brief[4];
    size_t n;

    for (size_t i = 0; i < 12; i++) {
        memcpy(brief, months[i], 3);
        brief[3] = '\0';
        if (word_at(p, brief) == 0)
            continue;
        n = word_at(p, months[i]);
        if (n == 0)
            n = i == 8 && word_at(p, "sept") != 0 ? 4 : 3;
        return ca_is_word_at(p + n) && !ca_is_digit(p[n]) ? 0 : n;
    }
    return 0;
}

/* 12 March 2010, 12th Mar. 2010, 12-mar-10 */
static bool is_worded_date(ca_place p, size_t run)
{
    static const char *const ordinals[] = {"st", "nd", "rd", "th"};
    char kind;
    size_t n = 0;

    if (small_number(p, 31) == 0)
        return false;
    p += run;
    for (size_t i = 0; i < 4 && n == 0; i++)
        n = word_at(p, ordinals[i]);
    p += n;
    p += ca_separator(p, &kind);
    n = word_at(p, "of ");
    p += n;
    n = month_at(p);
    if (n == 0)
        return false;
    p += n;
    p += *p == '.' || *p == ',';
    p += ca_separator(p, &kind);
    return is_year(p);
}

static bool is_white(unsigned char c)
{
    return c == ' ' || c == '\n' || c == '\t' || c == '\r';
}

/* The place before the white space that ends at p; p itself if there is none. */
static ca_place before_white(ca_place text, ca_place p)
{
    for (;;) {
        if (p > text && is_white(p[-1]))
            p--;
        else if (p - text >= 2 && p[-1] == 0xA0 && p[-2] == 0xC2) /* no-break space */
            p -= 2;
        else
            return p;
    }
}

/* Does word end right before p, as a word of its own? A space in it is any white space. */
static bool word_ends_at(ca_place text, ca_place p, const char *word)
{
    size_t i = strlen(word);
    ca_place last;

    while (i > 0) {
        i--;
        if (word[i] == ' ') {
            last = before_white(text, p);
            if (last == p)
                return false;
            p = last;
        } else if (p == text || ca_upper(p[-1]) != ca_upper((unsigned char)word[i])) {
            return false;
        } else {
            p--;
        }
    }
    last = ca_before(text, p);
    return last == NULL || !ca_is_word_at(last);
}

/* Does one of the words end right before p? */
static bool birth_word_ends_at(ca_place text, ca_place p)
{
    static const char *const words[] = {"dob", "d.o.b.", "d.o.b", "date of birth", "born"};

    for (size_t i = 0; i < sizeof(words) / sizeof(*words); i++) {
        if (word_ends_at(text, p, words[i]))
            return true;
    }
    return false;
}

/* Most characters are no word's last, which saves looking closer. */
static const bool last_of_birth_word[256] = {
    ['.'] = true, ['b'] = true, ['B'] = true, ['h'] = true,
    ['H'] = true, ['n'] = true, ['N'] = true};

/* The word may run into a date ("DOB12/03/2010"), but nothing else may. */
static bool follows_birth(ca_place text, ca_place date)
{
    const bool alone = ca_starts_alone(text, date);
    ca_place p = date;

    for (int gap = 0; gap <= BIRTH_REACH && p > text; gap++) {
        if (last_of_birth_word[p[-1]] &&
            (gap == 0 || (alone && (!ca_is_word_at(p) || ca_is_digit(*p)))) &&
            birth_word_ends_at(text, p))
            return true;
        do
            p--;
        while (p > text && (*p & 0xC0) == 0x80);
    }
    return false;
}

bool ca_is_birth_date(ca_place text, ca_place p, size_t run)
{
    if (run != 1 && run != 2 && run != 4)
        return false;
    return (is_figure_date(p, run) || (run <= 2 && is_worded_date(p, run))) &&
           follows_birth(text, p);
}
