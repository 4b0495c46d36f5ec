/* Values of attributes and texts: what they can be, and what to say when they are not. */
#include <stdio.h>
#include <string.h>

#include "core/base/blank.h"
#include "core/base/date.h"
#include "core/base/decimal.h"
#include "core/base/suggest.h"
#include "core/model/called.h"
#include "core/model/grammar_private.h"

const struct ca_value ca_value_any = {.kind = CA_VALUE_ANY, .right = "text"};
const struct ca_value ca_value_filled = {.kind = CA_VALUE_FILLED,
                                         .right = "text that is not blank"};
const struct ca_value ca_value_none = {.kind = CA_VALUE_NONE, .right = "empty"};

#define ID_RIGHT                                                                               \
    "of lower-case letters, digits, '.', '_' and '-', a letter or digit first, at most 64"
const struct ca_value ca_value_id = {.kind = CA_VALUE_TOKEN,
                                     .first = CA_LOWER | CA_DIGIT,
                                     .rest = CA_LOWER | CA_DIGIT | CA_MARK,
                                     .longest = 64,
                                     .right = "an id " ID_RIGHT};
const struct ca_value ca_value_ids = {.kind = CA_VALUE_TOKEN,
                                      .list = true,
                                      .first = CA_LOWER | CA_DIGIT,
                                      .rest = CA_LOWER | CA_DIGIT | CA_MARK,
                                      .longest = 64,
                                      .right =
                                          "one or more ids, with spaces between, " ID_RIGHT};
const struct ca_value ca_value_code = {
    .kind = CA_VALUE_TOKEN,
    .first = CA_LOWER | CA_UPPER | CA_DIGIT,
    .rest = CA_LOWER | CA_UPPER | CA_DIGIT | CA_MARK | CA_SLASH,
    .longest = 64,
    .right = "a code of letters, digits, '.', '_', '/' and '-', a letter or digit first, at "
             "most 64, without spaces"};
const struct ca_value ca_value_version = {
    .kind = CA_VALUE_TOKEN,
    .first = CA_LOWER | CA_UPPER | CA_DIGIT,
    .rest = CA_LOWER | CA_UPPER | CA_DIGIT | CA_MARK,
    .longest = 32,
    .right = "a version of letters, digits, '.', '_' and '-', a letter or digit first, at most "
             "32"};
const struct ca_value ca_value_date = {
    .kind = CA_VALUE_DATE, .right = "a date of the calendar as YYYY-MM-DD, from 1900 to 2199"};
const struct ca_value ca_value_number = {
    .kind = CA_VALUE_DECIMAL,
    .places = 3,
    .negative = true,
    .min = -INT64_C(1000000000000),
    .max = INT64_C(1000000000000),
    .right = "a number from -1000000000 to 1000000000 with at most three decimals"};

static const char *const yes_no_words[] = {"yes", "no"};
const struct ca_value ca_value_yes_no = {
    .kind = CA_VALUE_WORD, .words = yes_no_words, .word_count = 2, .right = "yes or no"};

static const char *const unit_words[] = {"days", "working-days", "weeks", "months", "years"};
const struct ca_value ca_value_unit = {.kind = CA_VALUE_WORD,
                                       .words = unit_words,
                                       .word_count = 5,
                                       .right = "days, working-days, weeks, months or years"};

#define LONGEST_WORD 100 /* no longer words are looked at in tables */

static bool is_blank(char c)
{
    return c == ' ' || c == '\n' || c == '\t' || c == '\r';
}

/* The classes of a character; looked up, because most of a return is tokens. */
static unsigned class_of(char c)
{
    /* ranges are an extension, of gcc and clang alike */
    static const unsigned char classes[128] = {
        ['a' ... 'z'] = CA_LOWER,  ['A' ... 'Z'] = CA_UPPER, ['0' ... '9'] = CA_DIGIT,
        ['-'] = CA_MARK | CA_DASH, ['.'] = CA_MARK,          ['_'] = CA_MARK,
        ['/'] = CA_SLASH,
    };

    return (unsigned char)c < sizeof classes ? classes[(unsigned char)c] : 0;
}

static bool is_token(const struct ca_value *type, const char *s)
{
    size_t length = 1;

    if ((class_of(s[0]) & type->first) == 0)
        return false;
    while ((class_of(s[length]) & type->rest) != 0)
        length++;
    return s[length] == '\0' && length <= type->longest;
}

static bool is_word(const struct ca_value *type, const char *s)
{
    for (size_t i = 0; i < type->word_count; i++)
        if (strcmp(type->words[i], s) == 0)
            return true;
    return false;
}

/* A file beside the form, or below the root of where it lies. What begins with two slashes is
 * another computer's, and browsers take a backslash for one. */
static bool is_nearby(const char *s)
{
    const char *name = s + (*s == '/');

    return *name != '\0' && *name != '/' && strpbrk(s, ":\\ \t\r\n") == NULL;
}

/* What a browser follows; other schemes, "javascript:" for one, could run. */
static bool is_link(const char *s)
{
    static const char *const schemes[] = {"https://", "http://", "mailto:"};

    for (size_t i = 0; i < sizeof schemes / sizeof schemes[0]; i++) {
        const char *rest = s + strlen(schemes[i]);
        if (strncmp(s, schemes[i], strlen(schemes[i])) == 0)
            return *rest != '\0' && strpbrk(rest, " \t\r\n") == NULL;
    }
    return is_nearby(s);
}

/* One value, not a list. */
static bool fits(const struct ca_value *type, const char *s)
{
    ca_date date;
    int64_t number;

    switch (type->kind) {
    case CA_VALUE_ANY: return true;
    case CA_VALUE_FILLED: return !ca_is_blank_text(s);
    case CA_VALUE_NONE: return *s == '\0';
    case CA_VALUE_TOKEN: return is_token(type, s);
    case CA_VALUE_WORD: return is_word(type, s);
    case CA_VALUE_DATE: return ca_date_parse(s, &date);
    case CA_VALUE_LINK: return is_link(s);
    case CA_VALUE_DECIMAL:
        return ca_decimal_parse(s, type->places, type->negative, &number) &&
               number >= type->min && number <= type->max;
    }
    return false;
}

/* Value as quoted in a message: shortened, on one line. */
static const char *quoted(struct ca_arena *arena, const char *value)
{
    const size_t length = strlen(value);
    size_t shown = length;
    char *text;

    if (shown > LONGEST_WORD)
        for (shown = LONGEST_WORD; shown > 0 && ((unsigned char)value[shown] & 0xc0) == 0x80;)
            shown--;
    text = ca_arena_printf(arena, "'%.*s%s'", (int)shown, value, shown < length ? "..." : "");
    for (char *c = text; *c != '\0'; c++)
        if ((unsigned char)*c < 0x20 || *c == 0x7f)
            *c = ' ';
    return text;
}

/* An id of a template as it would be written: capitals small, blanks hyphens; "" if that is
 * none either. Codes of people and cases, which may have capitals, are not guessed at. */
static const char *as_id(const struct ca_value *type, const char *value, struct ca_arena *arena)
{
    static const char small[] = "abcdefghijklmnopqrstuvwxyz"; /* otherwise an abbreviation */
    char *id = ca_arena_strdup(arena, value);

    for (char *c = id; *c != '\0'; c++)
        *c = *c >= 'A' && *c <= 'Z'   ? (char)(*c - 'A' + 'a')
             : *c == ' ' || *c == '_' ? '-'
                                      : *c;
    return !fits(type, "A") && fits(type, id) && strpbrk(value, small) != NULL
               ? ca_arena_printf(arena, "; did you mean '%s'?", id)
               : "";
}

/* The word nearest to it, or the status that it stands for ("N/A"). */
static const char *as_word(const struct ca_value *type, const char *value,
                           struct ca_arena *arena)
{
    const char *status = ca_status_called(arena, value);

    if (status != NULL && fits(type, status))
        return ca_arena_printf(arena, "; did you mean '%s'?", status);
    return ca_did_you_mean(arena, value, type->words, type->word_count);
}

/* A date with its time, or with the day first, as long as it can be nothing else. */
static const char *as_date(const char *value, struct ca_arena *arena)
{
    char iso[CA_DATE_SIZE];
    int day, month, year, end = 0;
    ca_date date;

    (void)snprintf(iso, sizeof iso, "%.10s", value);
    if (strlen(value) > 10 && strchr("T +Z", value[10]) != NULL && ca_date_parse(iso, &date))
        return ca_arena_printf(arena, "; did you mean '%s'?", iso);
    if (sscanf(value, "%2d%*1[/.-]%2d%*1[/.-]%4d%n", &day, &month, &year, &end) != 3 ||
        end == 0 || value[end] != '\0' || (day <= 12 && month <= 12 && day != month))
        return "";
    if (month > 12) {
        const int swapped = month;
        month = day;
        day = swapped;
    }
    if (year < 1900 || month < 1 || month > 12 || day < 1 ||
        day > ca_days_in_month(year, month))
        return "";
    return ca_arena_printf(arena, "; did you mean '%s'?",
                           ca_date_format(ca_date_from_ymd(year, month, day), iso));
}

static const char *explain(const struct ca_value *type, const char *value,
                           struct ca_arena *arena)
{
    const char *hint = "";

    if (ca_is_blank_text(value))
        return ca_arena_printf(arena, "is %s; it must be %s",
                               *value == '\0' ? "empty" : "of characters that nobody can see",
                               type->right);
    if (type->kind == CA_VALUE_NONE)
        return "holds text; it must be empty";
    if (type->kind == CA_VALUE_WORD)
        hint = as_word(type, value, arena);
    else if (type->kind == CA_VALUE_TOKEN)
        hint = as_id(type, value, arena);
    else if (type->kind == CA_VALUE_DATE)
        hint = as_date(value, arena);
    return ca_arena_printf(arena, "is %s; it must be %s%s", quoted(arena, value), type->right,
                           hint);
}

/* A word as it is written in a template, of so many words as people write it; NULL. */
static const char *spelt_apart(const struct ca_value *type, const char *at, size_t length,
                               struct ca_arena *arena)
{
    char *word = ca_arena_strndup(arena, at, length);

    for (char *c = word; *c != '\0'; c++)
        *c = is_blank(*c) ? '-' : *c >= 'A' && *c <= 'Z' ? (char)(*c - 'A' + 'a') : *c;
    return fits(type, word) ? word : NULL;
}

/* A word of the list, or several that stand for one. */
static const char *explain_word(const struct ca_value *type, const char *at, size_t length,
                                struct ca_arena *arena)
{
    const char *meant = NULL;
    size_t end = length;

    for (int more = 0; type->kind == CA_VALUE_WORD && more < 2 && at[end] != '\0'; more++) {
        end += strspn(at + end, " \t\r\n");
        end += strcspn(at + end, " \t\r\n");
        meant = spelt_apart(type, at, end, arena);
        if (meant != NULL)
            return ca_arena_printf(arena, "is %s; did you mean '%s'?",
                                   quoted(arena, ca_arena_strndup(arena, at, end)), meant);
    }
    return explain(type, ca_arena_strndup(arena, at, length), arena);
}

static const char *list_fault(const struct ca_value *type, const char *value,
                              struct ca_arena *arena)
{
    const char *at = value, *one;
    size_t length;

    do {
        while (is_blank(*at))
            at++;
        length = strcspn(at, " \t\r\n");
        if (length == 0 && at != value)
            break;
        one = ca_arena_strndup(arena, at, length);
        if (!fits(type, one))
            return explain_word(type, at, length, arena);
        at += length;
    } while (*at != '\0');
    return NULL;
}

const char *ca_value_fault(const struct ca_value *type, const char *value,
                           struct ca_arena *arena)
{
    if (type->list)
        return list_fault(type, value, arena);
    for (const struct ca_value *t = type; t != NULL; t = t->otherwise)
        if (fits(t, value))
            return NULL;
    return explain(type, value, arena);
}
