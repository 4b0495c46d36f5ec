/* The organisation's name, logo, colour and targets. */
#include "core/report/page/theme.h"

#include <stdio.h>
#include <string.h>

#include "core/base/array.h"
#include "core/base/blank.h"
#include "core/base/decimal.h"
#include "core/base/file.h"
#include "core/base/pack.h"
#include "core/base/text_file.h"
#include "core/work/ask.h"

enum { THEME_BYTES = 64 * 1024, LOGO_BYTES = 32 * 1024, MOST_TARGETS = 500 };

#define USUAL_COLOUR "#12436D"
#define USUAL_ACCENT "#28A197"

const struct ca_theme ca_theme_plain = {.colour = USUAL_COLOUR,
                                        .accent = USUAL_ACCENT,
                                        .published = CA_NO_DATE,
                                        .next = CA_NO_DATE};

/* ---- contrast ---- */

/* Linear light of an sRGB channel in ten-thousandths (IEC 61966-2-1). */
static const unsigned short linear[256] = {
    0,     3,    6,    9,    12,   15,   18,   21,   24,   27,   30,   33,   37,   40,   44,
    48,    52,   56,   60,   65,   70,   75,   80,   86,   91,   97,   103,  110,  116,  123,
    130,   137,  144,  152,  160,  168,  176,  185,  194,  203,  212,  222,  232,  242,  252,
    262,   273,  284,  296,  307,  319,  331,  343,  356,  369,  382,  395,  409,  423,  437,
    452,   467,  482,  497,  513,  529,  545,  561,  578,  595,  612,  630,  648,  666,  685,
    704,   723,  742,  762,  782,  802,  823,  844,  865,  887,  908,  931,  953,  976,  999,
    1022,  1046, 1070, 1095, 1119, 1144, 1170, 1195, 1221, 1248, 1274, 1301, 1329, 1356, 1384,
    1413,  1441, 1470, 1500, 1529, 1559, 1590, 1620, 1651, 1683, 1714, 1746, 1779, 1812, 1845,
    1878,  1912, 1946, 1981, 2016, 2051, 2086, 2122, 2159, 2195, 2232, 2270, 2307, 2346, 2384,
    2423,  2462, 2502, 2542, 2582, 2623, 2664, 2705, 2747, 2789, 2831, 2874, 2918, 2961, 3005,
    3050,  3095, 3140, 3185, 3231, 3278, 3325, 3372, 3419, 3467, 3515, 3564, 3613, 3663, 3712,
    3763,  3813, 3864, 3916, 3968, 4020, 4072, 4125, 4179, 4233, 4287, 4342, 4397, 4452, 4508,
    4564,  4621, 4678, 4735, 4793, 4851, 4910, 4969, 5029, 5089, 5149, 5210, 5271, 5333, 5395,
    5457,  5520, 5583, 5647, 5711, 5776, 5841, 5906, 5972, 6038, 6105, 6172, 6240, 6308, 6376,
    6445,  6514, 6584, 6654, 6724, 6795, 6867, 6939, 7011, 7084, 7157, 7231, 7305, 7379, 7454,
    7529,  7605, 7682, 7758, 7835, 7913, 7991, 8070, 8148, 8228, 8308, 8388, 8469, 8550, 8632,
    8714,  8796, 8879, 8963, 9047, 9131, 9216, 9301, 9387, 9473, 9560, 9647, 9734, 9823, 9911,
    10000,
};

static int hex_digit(char c)
{
    return c >= '0' && c <= '9'   ? c - '0'
           : c >= 'a' && c <= 'f' ? c - 'a' + 10
           : c >= 'A' && c <= 'F' ? c - 'A' + 10
                                  : -1;
}

int ca_contrast_with_white(const char *colour)
{
    static const int shares[] = {2126, 7152, 722};
    int64_t luminance = 0; /* of 10^8 */

    if (colour[0] != '#' || strlen(colour) != 7)
        return 0;
    for (int i = 0; i < 3; i++) {
        int high = hex_digit(colour[1 + 2 * i]), low = hex_digit(colour[2 + 2 * i]);
        if (high < 0 || low < 0)
            return 0;
        luminance += (int64_t)shares[i] * linear[high * 16 + low];
    }
    /* (1 + 0.05) / (L + 0.05), rounded down: a colour that just fails, fails. */
    return (int)(INT64_C(10500000000) / (luminance + 5000000));
}

/* ---- the file ---- */

struct reader {
    const char *path;
    int line;
    struct ca_theme *theme;
    struct ca_error *error;
    const char *logo; /* path */
};

static enum ca_code wrong(struct reader *r, const char *format, ...)
    __attribute__((format(printf, 2, 3)));

static enum ca_code wrong(struct reader *r, const char *format, ...)
{
    char message[400];
    va_list args;

    va_start(args, format);
    vsnprintf(message, sizeof message, format, args);
    va_end(args);
    return ca_fail(r->error, CA_ERROR_DATA, "%s:%d: %s", r->path, r->line, message);
}

static enum ca_code take_colour(struct reader *r, const char *word, const char *value,
                                int least, const char **place)
{
    int contrast = ca_contrast_with_white(value);

    if (contrast == 0)
        return wrong(r, "%s '%.40s' is no colour; write it like %s", word, value, USUAL_COLOUR);
    if (contrast < least)
        return wrong(r,
                     "%s %s has a contrast of %d.%02d to 1 with white; it needs %d.%02d, so "
                     "take a darker one",
                     word, value, contrast / 100, contrast % 100, least / 100, least % 100);
    *place = ca_arena_strdup(r->theme->arena, value);
    return CA_OK;
}

static enum ca_code take_date(struct reader *r, const char *word, const char *value,
                              ca_date *date)
{
    if (!ca_date_parse(value, date))
        return wrong(r, "%s '%.40s' is no date; write it as 2024-03-31", word, value);
    return CA_OK;
}

static enum ca_code take_target(struct reader *r, const char *measure, const char *value)
{
    struct ca_theme *t = r->theme;
    static const char most[] = "at most ";
    bool at_most = strncmp(value, most, strlen(most)) == 0;
    int64_t thousandths;

    if (at_most)
        value += strlen(most);
    if (!ca_decimal_parse(value, 3, true, &thousandths))
        return wrong(r,
                     "target '%.40s' is no number; write it like 90 or 2.5, or 'at most 1' "
                     "where fewer is better",
                     value);
    if (t->target_count == MOST_TARGETS)
        return wrong(r, "more than %d targets", MOST_TARGETS);
    t->targets[t->target_count++] =
        (struct ca_target){ca_arena_strdup(t->arena, measure), thousandths, at_most};
    return CA_OK;
}

static enum ca_code take(struct reader *r, const char *word, const char *value)
{
    struct ca_theme *t = r->theme;

    if (*value == '\0')
        return wrong(r, "'%.40s' has no value", word);
    if (strcmp(word, "name") == 0)
        t->name = ca_arena_strdup(t->arena, value);
    else if (strcmp(word, "logo") == 0)
        r->logo = ca_arena_strdup(t->arena, value);
    else if (strcmp(word, "colour") == 0)
        return take_colour(r, word, value, 450, &t->colour);
    else if (strcmp(word, "accent") == 0)
        return take_colour(r, word, value, 300, &t->accent);
    else if (strcmp(word, "contact") == 0)
        t->contact = ca_arena_strdup(t->arena, value);
    else if (strcmp(word, "published") == 0)
        return take_date(r, word, value, &t->published);
    else if (strcmp(word, "next") == 0)
        return take_date(r, word, value, &t->next);
    else if (strncmp(word, "target.", 7) == 0)
        return take_target(r, word + 7, value);
    else
        return wrong(r,
                     "'%.40s' is unknown; a theme has name, logo, colour, accent, published, "
                     "next, contact and target.MEASURE",
                     word);
    return CA_OK;
}

static char *trimmed(char *text)
{
    size_t length = strlen(text);
    char *start = text + (ca_trimmed(text, &length) - text);

    start[length] = '\0';
    return start;
}

static enum ca_code read_line(struct reader *r, char *line)
{
    char *text = trimmed(line), *equals = strchr(text, '=');

    if (*text == '\0' || *text == '#')
        return CA_OK;
    if (equals == NULL)
        return wrong(r, "write WORD = VALUE");
    *equals = '\0';
    return take(r, trimmed(text), trimmed(equals + 1));
}

/* A path beside the theme file. */
static const char *beside(struct ca_arena *arena, const char *path, const char *name)
{
    const char *slash = strrchr(path, '/');

    if (name[0] == '/' || slash == NULL)
        return name;
    return ca_arena_printf(arena, "%.*s/%s", (int)(slash - path), path, name);
}

static enum ca_code read_lines(struct reader *r, char *text)
{
    enum ca_code code = CA_OK;

    while (code == CA_OK && text != NULL) {
        char *end = strchr(text, '\n');
        if (end != NULL)
            *end++ = '\0';
        r->line++;
        code = read_line(r, text);
        text = end;
    }
    return code;
}

/* ---- in a locked process: the file, and then its logo ---- */

/* What is asked there, of bytes that are read here. */
struct asked {
    const char *path;
    struct ca_buffer bytes;
    const char *label; /* of a logo */
    struct ca_theme theme;
    const char *logo; /* its path */
};

static void walk(const struct ca_walk *w, struct asked *a)
{
    struct ca_theme *t = &a->theme;
    void *targets = t->targets;

    ca_walk_text(w, &t->name);
    ca_walk_text(w, &t->colour);
    ca_walk_text(w, &t->accent);
    ca_walk_text(w, &t->contact);
    ca_walk_int(w, &t->published);
    ca_walk_int(w, &t->next);
    ca_walk_text(w, &a->logo);
    ca_walk_array(w, &targets, &t->target_count, sizeof *t->targets, 3);
    t->targets = targets;
    for (struct ca_target *target = t->targets; target < CA_END(t->targets, t->target_count);
         target++) {
        ca_walk_text(w, &target->measure);
        ca_walk_integer(w, &target->thousandths);
        ca_walk_flag(w, &target->most);
    }
}

/* An answer begins with what is wrong, or with none. */
static void put_code(struct ca_buffer *out, enum ca_code code, const struct ca_error *error)
{
    ca_pack_int(out, code);
    if (code != CA_OK)
        ca_pack_text(out, error->message);
}

static void parse(void *context, struct ca_buffer *out)
{
    struct asked *a = context;
    struct ca_error error;
    struct reader r = {.path = a->path, .theme = &a->theme, .error = &error};
    const struct ca_walk w = {.out = out};
    struct ca_buffer text = {0};
    struct ca_error why;
    enum ca_code code = CA_OK;

    a->theme.arena = ca_arena_new();
    a->theme.targets = CA_ARRAY(a->theme.arena, MOST_TARGETS, struct ca_target);
    if (ca_text_decode(a->bytes.data, a->bytes.length, CA_TEXT_RIGHT, &text, &why) != CA_OK)
        code = ca_fail(&error, CA_ERROR_DATA, "%s: %s", a->path, why.message);
    if (code == CA_OK)
        code = read_lines(&r, text.data);
    put_code(out, code, &error);
    a->logo = r.logo;
    if (code == CA_OK)
        walk(&w, a);
}

static void draw(void *context, struct ca_buffer *out)
{
    const struct asked *a = context;
    struct ca_buffer markup = {0};
    struct ca_error error;
    enum ca_code code =
        ca_logo_write(&markup, a->bytes.data, a->bytes.length, a->label, &error);

    put_code(out, code, &error);
    if (code == CA_OK)
        ca_pack_text(out, markup.data);
}

/* Reads the file and asks; in is what was answered, copied into the arena. */
static enum ca_code ask(struct asked *a, size_t most,
                        void (*work)(void *context, struct ca_buffer *out),
                        struct ca_arena *arena, struct ca_unpack *in, struct ca_error *error)
{
    const struct ca_ask question = {.work = work, .context = a, .who = "the engine"};
    struct ca_buffer answer = {0};
    char why[CA_ASK_WHY];
    enum ca_code code = ca_file_read(a->path, most, &a->bytes, error);
    const char *text;

    if (code == CA_OK && !ca_ask_locked(&question, &answer, why))
        code = ca_fail(error, CA_ERROR_DATA, "%s: %s", a->path, why);
    if (code == CA_OK) {
        in->at = ca_arena_strndup(arena, answer.data, answer.length);
        in->end = in->at + answer.length;
        in->good = true;
        code = (enum ca_code)ca_unpack_range(in, CA_OK, CA_ERROR_LIMIT);
        text = code != CA_OK ? ca_unpack_text(in) : NULL;
        if (!in->good || (code != CA_OK && text == NULL))
            code = ca_fail(error, CA_ERROR_DATA, "%s: cannot be read", a->path);
        else if (code != CA_OK)
            ca_fail(error, code, "%s", text);
    }
    ca_buffer_free(&answer);
    ca_buffer_free(&a->bytes);
    return code;
}

static enum ca_code read_logo(const char *path, struct asked *theme, struct ca_error *error)
{
    struct ca_theme *t = &theme->theme;
    struct asked a = {.path = beside(t->arena, path, theme->logo),
                      .label = t->name != NULL ? t->name : "Logo"};
    struct ca_unpack in;
    enum ca_code code = ask(&a, LOGO_BYTES, draw, t->arena, &in, error);

    if (code == CA_OK)
        t->logo = ca_unpack_text(&in);
    return code;
}

enum ca_code ca_theme_read(const char *path, struct ca_theme *out, struct ca_error *error)
{
    struct asked a = {.path = path, .theme = ca_theme_plain};
    struct ca_arena *arena = ca_arena_new();
    struct ca_unpack in;
    const struct ca_walk w = {.in = &in, .arena = arena};
    enum ca_code code = ask(&a, THEME_BYTES, parse, arena, &in, error);

    a.theme.arena = arena;
    if (code == CA_OK)
        walk(&w, &a);
    if (code == CA_OK && (!in.good || a.theme.colour == NULL || a.theme.accent == NULL ||
                          ca_contrast_with_white(a.theme.colour) == 0 ||
                          ca_contrast_with_white(a.theme.accent) == 0))
        code = ca_fail(error, CA_ERROR_DATA, "%s: cannot be read", path);
    if (code == CA_OK && a.logo != NULL)
        code = read_logo(path, &a, error);
    if (code == CA_OK)
        *out = a.theme;
    else
        ca_arena_free(arena);
    return code;
}

void ca_theme_free(struct ca_theme *theme)
{
    if (theme == NULL)
        return;
    ca_arena_free(theme->arena);
    *theme = ca_theme_plain;
}
