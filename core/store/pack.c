#include "core/store/pack.h"

#include <string.h>

void ca_pack_int(struct ca_buffer *out, int64_t value)
{
    /* Zigzag: the sign becomes the lowest bit, so that small negatives are short too. */
    uint64_t rest = ((uint64_t)value << 1) ^ (value < 0 ? UINT64_MAX : 0);
    char bytes[10];
    size_t length = 0;

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
