/* A workbook's numbers as a person sees them. */
#include "core/sheet/number.h"

#include <ctype.h>
#include <stdio.h>
#include <string.h>

#include "core/base/date.h"

/* ---- formats ---- */

/* The code without what is shown as it stands: "text", \x, [Red], and what follows the first
 * section. Sets *elapsed where it counts hours, minutes or seconds on, as [h] does. */
static void strip(const char *code, char *letters, size_t size, bool *elapsed)
{
    size_t length = 0;

    for (; *code != '\0' && *code != ';' && length + 1 < size; code++) {
        const char *close;
        if (*code == '"' || *code == '[') {
            close = strchr(code + 1, *code == '"' ? '"' : ']');
            if (close == NULL)
                break;
            *elapsed =
                *elapsed || (*code == '[' && close == code + 1 + strspn(code + 1, "hHmMsS"));
            code = close;
        } else if ((*code == '\\' || *code == '_' || *code == '*') && code[1] != '\0') {
            code++;
        } else {
            letters[length++] = (char)tolower((unsigned char)*code);
        }
    }
    letters[length] = '\0';
}

static struct ca_number_format from_code(const char *code)
{
    char letters[256];
    bool elapsed = false, clock;
    size_t zeros;

    strip(code, letters, sizeof letters, &elapsed);
    if (strcmp(letters, "general") == 0)
        return (struct ca_number_format){CA_NUMBER_PLAIN, 0};
    clock = elapsed || strpbrk(letters, "hs") != NULL;
    if (strpbrk(letters, "yd") != NULL || (!clock && strchr(letters, 'm') != NULL))
        return (struct ca_number_format){CA_NUMBER_DATE, 0};
    if (clock)
        return (struct ca_number_format){CA_NUMBER_TIME, 0};
    if (strchr(letters, '%') != NULL)
        return (struct ca_number_format){CA_NUMBER_PERCENT, 0};
    zeros = strspn(letters, "0");
    if (zeros > 1 && letters[zeros] == '\0')
        return (struct ca_number_format){CA_NUMBER_PADDED, (unsigned)zeros};
    return (struct ca_number_format){CA_NUMBER_PLAIN, 0};
}

struct ca_number_format ca_number_format_of(unsigned id, const char *code)
{
    /* ECMA-376 part 1, 18.8.30; 27 to 36 and 50 to 58 are dates of East Asia */
    static const struct {
        unsigned from, to;
        enum ca_number_kind kind;
    } built_in[] = {{9, 10, CA_NUMBER_PERCENT}, {14, 17, CA_NUMBER_DATE},
                    {18, 21, CA_NUMBER_TIME},   {22, 22, CA_NUMBER_DATE},
                    {27, 36, CA_NUMBER_DATE},   {45, 47, CA_NUMBER_TIME},
                    {50, 58, CA_NUMBER_DATE}};

    if (code != NULL)
        return from_code(code);
    for (size_t i = 0; i < sizeof built_in / sizeof *built_in; i++)
        if (id >= built_in[i].from && id <= built_in[i].to)
            return (struct ca_number_format){built_in[i].kind, 0};
    return (struct ca_number_format){CA_NUMBER_PLAIN, 0};
}

/* ---- decimals ---- */

enum { SHOWN_DIGITS = 15, MOST_DIGITS = 40, MOST_PLACES = 20 };

/* 0.digits × 10^exponent */
struct decimal {
    bool negative;
    char digits[MOST_DIGITS];
    int count, exponent;
};

static bool read_exponent(const char *text, int *exponent)
{
    bool negative = *text == '-';
    int n = 0, count = 0;

    text += *text == '-' || *text == '+';
    for (; isdigit((unsigned char)*text) && count < 4; text++, count++)
        n = 10 * n + *text - '0';
    *exponent += negative ? -n : n;
    return count > 0 && *text == '\0';
}

static bool read_decimal(const char *text, struct decimal *out)
{
    bool point = false, any = false;

    *out = (struct decimal){.negative = *text == '-'};
    text += *text == '-' || *text == '+';
    for (; isdigit((unsigned char)*text) || (*text == '.' && !point); text++) {
        if (*text == '.') {
            point = true;
            continue;
        }
        any = true;
        if (out->count == 0 && *text == '0') {
            out->exponent -= point;
            continue;
        }
        if (out->count < MOST_DIGITS)
            out->digits[out->count++] = *text;
        out->exponent += !point;
    }
    return any && (*text == '\0' ||
                   ((*text == 'e' || *text == 'E') && read_exponent(text + 1, &out->exponent)));
}

/* To so many digits, half up, without zeros at the end. */
static void round_to(struct decimal *d, int count)
{
    bool up = d->count > count && d->digits[count] >= '5';

    if (d->count > count)
        d->count = count;
    while (up && d->count > 0 && d->digits[d->count - 1] == '9')
        d->count--;
    if (up && d->count > 0) {
        d->digits[d->count - 1]++;
    } else if (up) {
        d->digits[d->count++] = '1';
        d->exponent++;
    }
    while (d->count > 0 && d->digits[d->count - 1] == '0')
        d->count--;
}

static const char zeros[] = "00000000000000000000000000000000";

/* Written out; beyond fifteen digits as Excel does, with a power of ten. */
static const char *plain(struct ca_arena *arena, const struct decimal *d)
{
    const char *sign = d->negative ? "-" : "";
    int whole = d->exponent;

    if (d->count == 0)
        return "0";
    if (whole > SHOWN_DIGITS || whole < -MOST_PLACES)
        return ca_arena_printf(arena, "%s%c%s%.*sE%+d", sign, d->digits[0],
                               d->count > 1 ? "." : "", d->count - 1, d->digits + 1, whole - 1);
    if (whole <= 0)
        return ca_arena_printf(arena, "%s0.%.*s%.*s", sign, -whole, zeros, d->count, d->digits);
    if (d->count <= whole)
        return ca_arena_printf(arena, "%s%.*s%.*s", sign, d->count, d->digits, whole - d->count,
                               zeros);
    return ca_arena_printf(arena, "%s%.*s.%.*s", sign, whole, d->digits, d->count - whole,
                           d->digits + whole);
}

/* ---- dates ---- */

static int64_t whole_of(const struct decimal *d)
{
    int64_t n = 0;

    for (int i = 0; i < d->exponent && i < 10; i++)
        n = 10 * n + (i < d->count ? d->digits[i] - '0' : 0);
    return n;
}

/* Seconds of the part behind the point, half up. */
static int seconds_of(const struct decimal *d)
{
    const int64_t unit = INT64_C(1000000000000);
    int64_t part = 0;

    for (int i = 0, place = d->exponent; i < 12; i++, place++)
        part = 10 * part + (place >= 0 && place < d->count ? d->digits[place] - '0' : 0);
    return (int)((part * 86400 + unit / 2) / unit);
}

/* Excel believes that 1900 was a leap year: its days count from a day earlier until then. */
static const char *date(struct ca_arena *arena, const struct decimal *d, bool from_1904,
                        bool clock)
{
    int64_t days = whole_of(d);
    int seconds = seconds_of(d);
    char written[CA_DATE_SIZE];
    const char *time;

    if (d->negative || d->exponent > 6 || (clock && days > 0)) /* or how long it took */
        return NULL;
    days += seconds / 86400;
    seconds %= 86400;
    time = ca_arena_printf(arena, "%02d:%02d:%02d", seconds / 3600, seconds / 60 % 60,
                           seconds % 60);
    if (days == 0)
        return time;
    if (from_1904)
        days += ca_date_from_ymd(1904, 1, 1);
    else
        days += ca_date_from_ymd(1899, 12, days < 60 ? 31 : 30);
    ca_date_format((ca_date)days, written);
    return seconds == 0 ? ca_arena_strdup(arena, written)
                        : ca_arena_printf(arena, "%s %s", written, time);
}

const char *ca_number_shown(struct ca_arena *arena, const char *text,
                            struct ca_number_format format, bool from_1904)
{
    const char *shown = NULL;
    struct decimal d;

    if (!read_decimal(text, &d))
        return NULL;
    round_to(&d, SHOWN_DIGITS);
    if (format.kind == CA_NUMBER_DATE || format.kind == CA_NUMBER_TIME)
        shown = date(arena, &d, from_1904, format.kind == CA_NUMBER_TIME);
    if (shown != NULL)
        return shown;
    if (format.kind == CA_NUMBER_PERCENT) {
        d.exponent += 2;
        return ca_arena_printf(arena, "%s%%", plain(arena, &d));
    }
    shown = plain(arena, &d);
    if (format.kind == CA_NUMBER_PADDED && d.count <= d.exponent && !d.negative &&
        strlen(shown) < format.width)
        shown =
            ca_arena_printf(arena, "%.*s%s", (int)(format.width - strlen(shown)), zeros, shown);
    return shown;
}
