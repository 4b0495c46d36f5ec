/* What counts as blank, and texts compared as people read them. */
#include "core/base/blank.h"

#include <string.h>

#include "core/base/buffer.h"
#include "core/base/utf8.h"

/* ---- what is blank ---- */

struct range {
    uint32_t from, to;
};

static bool within(const struct range *ranges, size_t count, uint32_t c)
{
    for (size_t i = 0; i < count && ranges[i].from <= c; i++)
        if (c <= ranges[i].to)
            return true;
    return false;
}

/* White space, and the controls that break or move: they part words. */
static bool parts_words(uint32_t c)
{
    static const struct range spaces[] = {{0x85, 0x85},     {0xA0, 0xA0},     {0x1680, 0x1680},
                                          {0x2000, 0x200A}, {0x2028, 0x2029}, {0x202F, 0x202F},
                                          {0x205F, 0x205F}, {0x2800, 0x2800}, {0x3000, 0x3000}};

    return c <= 0x20 || within(spaces, sizeof spaces / sizeof *spaces, c);
}

/* Characters without width: what stands on both sides of one stands together. */
static bool has_no_width(uint32_t c)
{
    static const struct range ranges[] = {{0x7F, 0x84},     {0x86, 0x9F},      {0xAD, 0xAD},
                                          {0x034F, 0x034F}, {0x061C, 0x061C},  {0x115F, 0x1160},
                                          {0x17B4, 0x17B5}, {0x180B, 0x180F},  {0x200B, 0x200F},
                                          {0x202A, 0x202E}, {0x2060, 0x206F},  {0x3164, 0x3164},
                                          {0xFE00, 0xFE0F}, {0xFEFF, 0xFEFF},  {0xFFA0, 0xFFA0},
                                          {0xFFF0, 0xFFFB}, {0xE0000, 0xE0FFF}};

    return within(ranges, sizeof ranges / sizeof *ranges, c);
}

/* Nobody can see it: Unicode's white space, controls, and what has no width (soft hyphen,
 * zero-width space and joiners, byte order mark, marks of direction, fillers). */
static bool is_blank(uint32_t c)
{
    return parts_words(c) || (c >= 0x7F && has_no_width(c));
}

bool ca_is_blank_text(const char *text)
{
    size_t length;

    for (; text != NULL && *text != '\0'; text += length)
        if (!is_blank(ca_utf8_next(text, &length)))
            return false;
    return true;
}

const char *ca_trimmed(const char *text, size_t *length)
{
    const char *end = text + *length, *last;
    size_t bytes;

    for (; text < end && is_blank(ca_utf8_next(text, &bytes)); text += bytes)
        continue;
    while (end > text) {
        for (last = end - 1; last > text && ((unsigned char)*last & 0xC0) == 0x80; last--)
            continue;
        if (!is_blank(ca_utf8_next(last, &bytes)) || last + bytes != end)
            break;
        end = last;
    }
    *length = end > text ? (size_t)(end - text) : 0;
    return text;
}

/* ---- what is the same ---- */

struct folder {
    const char *at;
    int dots;      /* of an ellipsis, yet to come */
    bool begun;    /* something visible has come */
    uint32_t held; /* what stands behind a space that has been given */
};

/* Letters with an accent: base and mark make one. */
static const struct {
    uint16_t base, mark, letter;
} accents[] = {
    {'a', 0x300, 0xE0},   {'e', 0x300, 0xE8},   {'i', 0x300, 0xEC},   {'o', 0x300, 0xF2},
    {'u', 0x300, 0xF9},   {'w', 0x300, 0x1E81}, {'y', 0x300, 0x1EF3}, {'a', 0x301, 0xE1},
    {'e', 0x301, 0xE9},   {'i', 0x301, 0xED},   {'o', 0x301, 0xF3},   {'u', 0x301, 0xFA},
    {'w', 0x301, 0x1E83}, {'y', 0x301, 0xFD},   {'c', 0x301, 0x107},  {'n', 0x301, 0x144},
    {'s', 0x301, 0x15B},  {'z', 0x301, 0x17A},  {'a', 0x302, 0xE2},   {'e', 0x302, 0xEA},
    {'i', 0x302, 0xEE},   {'o', 0x302, 0xF4},   {'u', 0x302, 0xFB},   {'w', 0x302, 0x175},
    {'y', 0x302, 0x177},  {'a', 0x303, 0xE3},   {'n', 0x303, 0xF1},   {'o', 0x303, 0xF5},
    {'a', 0x308, 0xE4},   {'e', 0x308, 0xEB},   {'i', 0x308, 0xEF},   {'o', 0x308, 0xF6},
    {'u', 0x308, 0xFC},   {'w', 0x308, 0x1E85}, {'y', 0x308, 0xFF},   {'a', 0x30A, 0xE5},
    {'c', 0x30C, 0x10D},  {'e', 0x30C, 0x11B},  {'r', 0x30C, 0x159},  {'s', 0x30C, 0x161},
    {'z', 0x30C, 0x17E},  {'c', 0x327, 0xE7},   {'a', 0x328, 0x105},  {'e', 0x328, 0x119},
};

static uint32_t joined(uint32_t base, uint32_t mark)
{
    for (size_t i = 0; i < sizeof accents / sizeof *accents; i++)
        if (accents[i].base == base && accents[i].mark == mark)
            return accents[i].letter;
    return 0;
}

/* Small letters of the scripts that European names are written in, and signs that stand for
 * one another: what keyboards give for what word processors make of it. */
static uint32_t plain(uint32_t c)
{
    static const char ascii_of[] = "\x18'\x19'\x1A'\x1B'\x1C\"\x1D\"\x1E\"\x1F\"\x32'\x33\"";

    if (c < 0x80)
        return c >= 'A' && c <= 'Z' ? c + 32 : c == '`' ? '\'' : c;
    if (c >= 0x2010 && c <= 0x2015)
        return '-';
    if (c > 0x2015 && c <= 0x2033)
        for (const char *p = ascii_of; *p != '\0'; p += 2)
            if (c == 0x2000u + (unsigned char)*p)
                return (unsigned char)p[1];
    if (c == 0xB4 || c == 0x2BC)
        return '\'';
    if (c == 0xAB || c == 0xBB)
        return '"';
    if (c == 0x2212)
        return '-';
    if (c >= 0xFF01 && c <= 0xFF5E)
        return plain(c - 0xFEE0);
    if ((c >= 0xC0 && c <= 0xDE && c != 0xD7) || (c >= 0x391 && c <= 0x3A9) ||
        (c >= 0x410 && c <= 0x42F))
        return c + 32;
    if (c == 0x178)
        return 0xFF;
    if ((c >= 0x139 && c <= 0x148) || (c >= 0x179 && c <= 0x17E)) /* the odd one is large */
        return c % 2 == 1 ? c + 1 : c;
    if ((c >= 0x100 && c <= 0x177) || (c >= 0x1E00 && c <= 0x1EFF))
        return c % 2 == 0 ? c + 1 : c;
    return c;
}

/* The next character that has a width, white space as it stands; 0 at the end. */
static uint32_t next_visible(struct folder *f)
{
    uint32_t c;
    size_t length;

    while (*f->at != '\0') {
        c = ca_utf8_next(f->at, &length);
        f->at += length;
        if (c < 0x7F || !has_no_width(c))
            return c;
    }
    return 0;
}

static uint32_t with_accent(struct folder *f, uint32_t c)
{
    struct folder ahead = *f;
    uint32_t mark = (unsigned char)*f->at >= 0x80 ? next_visible(&ahead) : 0;
    uint32_t letter = mark >= 0x300 && mark < 0x370 ? joined(c, mark) : 0;

    if (letter != 0)
        f->at = ahead.at;
    return letter != 0 ? letter : c;
}

static uint32_t next_folded(struct folder *f)
{
    uint32_t c = f->held;
    bool space = false;

    if (f->dots > 0) {
        f->dots--;
        return '.';
    }
    f->held = 0;
    if (c == 0) {
        while ((c = next_visible(f)) != 0 && parts_words(c))
            space = true;
        c = plain(c);
    }
    if (c == 0)
        return 0;
    if (space && f->begun) {
        f->held = c;
        return ' ';
    }
    f->begun = true;
    if (c == 0x2026) {
        f->dots = 2;
        return '.';
    }
    return with_accent(f, c);
}

const char *ca_without_blanks(struct ca_arena *arena, const char *text)
{
    struct folder f = {.at = text};
    struct ca_buffer out = {0};
    bool space = false;
    const char *kept;
    uint32_t c;

    while ((c = next_visible(&f)) != 0) {
        if (parts_words(c)) {
            space = out.length > 0;
            continue;
        }
        if (space)
            ca_buffer_putc(&out, ' ');
        space = false;
        ca_utf8_put(&out, c);
    }
    kept = out.length > 0 ? ca_arena_strndup(arena, out.data, out.length) : "";
    ca_buffer_free(&out);
    return kept;
}

bool ca_same_text(const char *a, const char *b)
{
    struct folder one = {.at = a}, other = {.at = b};
    uint32_t x, y;

    do {
        x = next_folded(&one);
        y = next_folded(&other);
    } while (x == y && x != 0);
    return x == y;
}

/* Most texts are ASCII: the same for them, in one go; NULL for others. */
static const char *folded_ascii(struct ca_arena *arena, const char *text)
{
    char *folded = ca_arena_text(arena, strlen(text)), *to = folded;
    bool space = false;

    for (; *text != '\0'; text++) {
        unsigned char c = (unsigned char)*text;
        if (c >= 0x7F)
            return NULL;
        if (c <= ' ') {
            space = to > folded;
            continue;
        }
        if (space)
            *to++ = ' ';
        space = false;
        *to++ = (char)plain(c);
    }
    *to = '\0';
    return folded;
}

const char *ca_folded(struct ca_arena *arena, const char *text)
{
    const char *ascii = folded_ascii(arena, text);
    struct folder f = {.at = text};
    struct ca_buffer out = {0};
    const char *folded;
    uint32_t c;

    if (ascii != NULL)
        return ascii;
    while ((c = next_folded(&f)) != 0)
        ca_utf8_put(&out, c);
    folded = out.length > 0 ? ca_arena_strndup(arena, out.data, out.length) : "";
    ca_buffer_free(&out);
    return folded;
}
