/* Values as bytes, for processes of the same build. */
#include "core/base/pack.h"

#include <limits.h>
#include <string.h>

void ca_pack_int(struct ca_buffer *out, int64_t value)
{
    /* Zigzag: the sign becomes the lowest bit, so that small negatives are short too. */
    uint64_t rest = ((uint64_t)value << 1) ^ (value < 0 ? UINT64_MAX : 0);
    char bytes[10];
    size_t length = 0;

    if (rest < 0x80) { /* as most are */
        ca_buffer_putc(out, (char)rest);
        return;
    }
    while (rest >= 0x80) {
        bytes[length++] = (char)(rest | 0x80);
        rest >>= 7;
    }
    bytes[length++] = (char)rest;
    ca_buffer_add(out, bytes, length);
}

void ca_pack_bytes(struct ca_buffer *out, const void *bytes, size_t length)
{
    ca_pack_int(out, (int64_t)length);
    ca_buffer_add(out, bytes, length);
    ca_buffer_putc(out, '\0');
}

void ca_pack_text(struct ca_buffer *out, const char *text)
{
    if (text == NULL)
        ca_pack_int(out, -1);
    else
        ca_pack_bytes(out, text, strlen(text));
}

static int64_t spoilt(struct ca_unpack *in)
{
    in->good = false;
    in->at = in->end;
    return 0;
}

int64_t ca_unpack_int(struct ca_unpack *in)
{
    uint64_t value = 0;

    for (unsigned shift = 0; in->at < in->end && shift < 64; shift += 7) {
        const unsigned char byte = (unsigned char)*in->at++;
        value |= (uint64_t)(byte & 0x7F) << shift;
        if (byte < 0x80)
            return (int64_t)(value >> 1) ^ -(int64_t)(value & 1);
    }
    return spoilt(in);
}

int64_t ca_unpack_range(struct ca_unpack *in, int64_t least, int64_t most)
{
    int64_t value = ca_unpack_int(in);

    return value < least || value > most ? spoilt(in) : value;
}

const char *ca_unpack_bytes(struct ca_unpack *in, size_t *length)
{
    int64_t n = ca_unpack_int(in);
    const char *bytes = in->at;

    *length = 0;
    if (n == -1 && in->good)
        return NULL;
    if (!in->good || n < 0 || n >= in->end - in->at || in->at[n] != '\0') {
        spoilt(in);
        return NULL;
    }
    in->at += n + 1;
    *length = (size_t)n;
    return bytes;
}

const char *ca_unpack_text(struct ca_unpack *in)
{
    size_t length;
    const char *text = ca_unpack_bytes(in, &length);

    if (text != NULL && memchr(text, '\0', length) != NULL) {
        spoilt(in);
        return NULL;
    }
    return text;
}

size_t ca_unpack_count(struct ca_unpack *in)
{
    return (size_t)ca_unpack_range(in, 0, in->end - in->at);
}

/* ---- both ways ---- */

void ca_walk_integer(const struct ca_walk *walk, int64_t *value)
{
    if (walk->out != NULL)
        ca_pack_int(walk->out, *value);
    else
        *value = ca_unpack_int(walk->in);
}

void ca_walk_int(const struct ca_walk *walk, int *value)
{
    if (walk->out != NULL)
        ca_pack_int(walk->out, *value);
    else
        *value = (int)ca_unpack_range(walk->in, INT_MIN, INT_MAX);
}

void ca_walk_unsigned(const struct ca_walk *walk, unsigned *value)
{
    if (walk->out != NULL)
        ca_pack_int(walk->out, *value);
    else
        *value = (unsigned)ca_unpack_range(walk->in, 0, UINT_MAX);
}

void ca_walk_index(const struct ca_walk *walk, size_t *value)
{
    int64_t number = *value == SIZE_MAX ? -1 : (int64_t)*value;

    if (walk->out != NULL) {
        ca_pack_int(walk->out, number);
        return;
    }
    number = ca_unpack_range(walk->in, -1, INT_MAX);
    *value = number < 0 ? SIZE_MAX : (size_t)number;
}

void ca_walk_flag(const struct ca_walk *walk, bool *value)
{
    if (walk->out != NULL)
        ca_pack_int(walk->out, *value);
    else
        *value = ca_unpack_range(walk->in, 0, 1) != 0;
}

void ca_walk_text(const struct ca_walk *walk, const char **value)
{
    if (walk->out != NULL)
        ca_pack_text(walk->out, *value);
    else
        *value = ca_unpack_text(walk->in);
}

void ca_walk_array(const struct ca_walk *walk, void **items, size_t *count, size_t size,
                   unsigned members)
{
    if (walk->out != NULL) {
        ca_pack_int(walk->out, (int64_t)*count);
        return;
    }
    *count = (size_t)ca_unpack_range(walk->in, 0, (walk->in->end - walk->in->at) / members);
    *items = ca_arena_array(walk->arena, *count, size);
}
