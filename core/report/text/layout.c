/* Paragraphs and rows broken between words, by the columns characters take. */
#include "core/report/text/layout.h"

#include <stdbool.h>
#include <string.h>

#include "core/base/utf8.h"

/* ---- columns ---- */

struct range {
    unsigned from, to;
};

static bool within(const struct range *ranges, size_t count, unsigned c)
{
    for (size_t i = 0; i < count; i++)
        if (c >= ranges[i].from && c <= ranges[i].to)
            return true;
    return false;
}

/* The locale's own widths are not used: output must not depend on where it is made. */
static int columns_of(uint32_t c)
{
    static const struct range none[] = {{0x0300, 0x036F}, {0x0483, 0x0489}, {0x0591, 0x05BD},
                                        {0x0610, 0x061A}, {0x064B, 0x065F}, {0x1AB0, 0x1AFF},
                                        {0x1DC0, 0x1DFF}, {0x200B, 0x200F}, {0x20D0, 0x20FF},
                                        {0xFE00, 0xFE0F}, {0xFE20, 0xFE2F}};
    static const struct range two[] = {
        {0x1100, 0x115F}, {0x2E80, 0xA4CF},   {0xAC00, 0xD7A3},
        {0xF900, 0xFAFF}, {0xFE30, 0xFE6F},   {0xFF00, 0xFF60},
        {0xFFE0, 0xFFE6}, {0x1F300, 0x1FAFF}, {0x20000, 0x3FFFD}};

    if (c < 0x300)
        return 1;
    if (within(none, sizeof none / sizeof *none, c))
        return 0;
    return within(two, sizeof two / sizeof *two, c) ? 2 : 1;
}

static int columns(const char *text, size_t bytes)
{
    int sum = 0;
    size_t length;

    for (size_t i = 0; i < bytes; i += length)
        sum += columns_of(ca_utf8_next(text + i, &length));
    return sum;
}

int ca_text_columns(const char *text)
{
    return columns(text, strlen(text));
}

static void blanks(struct ca_buffer *out, int count)
{
    for (; count > 0; count--)
        ca_buffer_putc(out, ' ');
}

void ca_pad_right(struct ca_buffer *out, const char *text, int width)
{
    ca_buffer_puts(out, text);
    blanks(out, width - ca_text_columns(text));
}

void ca_pad_left(struct ca_buffer *out, const char *text, int width)
{
    blanks(out, width - ca_text_columns(text));
    ca_buffer_puts(out, text);
}

/* ---- lines ---- */

static bool is_blank(char c)
{
    return c == ' ' || c == '\n' || c == '\t' || c == '\r';
}

/* So many bytes of a word as fit in the room, at least one character. */
static size_t fitting(const char *word, size_t length, int room)
{
    size_t taken = 0, next;
    int used = 0;

    while (taken < length) {
        used += columns_of(ca_utf8_next(word + taken, &next));
        if (used > room && taken > 0)
            break;
        taken += next;
    }
    return taken;
}

/* One line of text from *at on, at most room columns wide; moves *at behind it.
 * Returns the columns it took. */
static int one_line(struct ca_buffer *out, const char **at, int room)
{
    int used = 0;

    for (;;) {
        const char *word = *at + strspn(*at, " \n\t\r");
        size_t length = strcspn(word, " \n\t\r");
        int wide = columns(word, length);
        if (length == 0 || (used > 0 && used + 1 + wide > room)) {
            *at = word;
            return used;
        }
        if (used == 0 && wide > room) { /* longer than a line: broken where it must be */
            length = fitting(word, length, room);
            wide = columns(word, length);
        }
        if (used > 0)
            ca_buffer_putc(out, ' ');
        ca_buffer_add(out, word, length);
        used += wide + (used > 0);
        *at = word + length;
        if (!is_blank(**at) && **at != '\0')
            return used;
    }
}

/* Less than this beside what stands at the right reads badly. */
enum { LEAST_LEFT = 16 };

void ca_layout_row(const struct ca_layout *layout, int indent, int hang, const char *left,
                   const char *right, int right_columns)
{
    int room = layout->width - (right_columns > 0 ? right_columns + 2 : 0);
    const char *at = left;
    bool first = true;

    if (right_columns > 0 && room < indent + LEAST_LEFT) {
        ca_layout_text(layout, indent, hang, left);
        ca_layout_text(layout, hang, hang, right);
        return;
    }

    do {
        int begin = first ? indent : hang;
        blanks(layout->out, begin);
        int used = begin + one_line(layout->out, &at, room > begin + 8 ? room - begin : 8);
        if (first && right_columns > 0) {
            blanks(layout->out, layout->width - right_columns - used);
            for (const char *c = right; *c != '\0'; c++)
                ca_buffer_putc(layout->out, is_blank(*c) ? ' ' : *c);
        }
        ca_buffer_putc(layout->out, '\n');
        first = false;
    } while (*at != '\0');
}

void ca_layout_text(const struct ca_layout *layout, int indent, int hang, const char *text)
{
    ca_layout_row(layout, indent, hang, text, "", 0);
}

void ca_layout_entry(const struct ca_layout *layout, int indent, const char *name, int column,
                     const char *text)
{
    bool beside = indent + ca_text_columns(name) + 2 <= column;
    const char *at = text;

    blanks(layout->out, indent);
    if (beside)
        ca_pad_right(layout->out, name, column - indent);
    else
        ca_buffer_printf(layout->out, "%s\n", name);
    do {
        if (at != text || !beside)
            blanks(layout->out, column);
        one_line(layout->out, &at, layout->width - column);
        ca_buffer_putc(layout->out, '\n');
    } while (*at != '\0');
}
