/* A string that grows. */
#include "core/base/buffer.h"

#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>

#include "core/base/arena.h"

#define FIRST_CAPACITY ((size_t)256)

char *ca_buffer_reserve(struct ca_buffer *buffer, size_t extra)
{
    size_t needed, capacity;

    if (__builtin_add_overflow(buffer->length, extra, &needed) || needed > SIZE_MAX / 2)
        ca_out_of_memory();
    needed++; /* the terminator */
    if (needed > buffer->capacity) {
        capacity = buffer->capacity > 0 ? buffer->capacity : FIRST_CAPACITY;
        while (capacity < needed)
            capacity *= 2;
        buffer->data = ca_xrealloc(buffer->data, capacity, 1);
        buffer->capacity = capacity;
        buffer->data[buffer->length] = '\0';
    }
    return buffer->data + buffer->length;
}

void ca_buffer_clear(struct ca_buffer *buffer)
{
    buffer->length = 0;
    *ca_buffer_reserve(buffer, 0) = '\0';
}

void ca_buffer_free(struct ca_buffer *buffer)
{
    if (buffer == NULL)
        return;
    free(buffer->data);
    *buffer = (struct ca_buffer){0};
}

void ca_buffer_vprintf(struct ca_buffer *buffer, const char *format, va_list args)
{
    va_list again;
    size_t room;
    char *end;
    int length;

    /* Most texts fit at the first try. */
    va_copy(again, args);
    end = ca_buffer_reserve(buffer, 64);
    room = buffer->capacity - buffer->length;
    length = vsnprintf(end, room, format, args);
    if (length >= 0 && (size_t)length >= room) {
        end = ca_buffer_reserve(buffer, (size_t)length);
        length = vsnprintf(end, (size_t)length + 1, format, again);
    }
    va_end(again);
    if (length > 0)
        buffer->length += (size_t)length;
    buffer->data[buffer->length] = '\0';
}

void ca_buffer_printf(struct ca_buffer *buffer, const char *format, ...)
{
    va_list args;

    va_start(args, format);
    ca_buffer_vprintf(buffer, format, args);
    va_end(args);
}

void ca_buffer_int(struct ca_buffer *buffer, int64_t value)
{
    char digits[24];
    char *start = digits + sizeof digits;
    uint64_t rest = value < 0 ? 0 - (uint64_t)value : (uint64_t)value;

    do {
        *--start = (char)('0' + rest % 10);
        rest /= 10;
    } while (rest > 0);
    if (value < 0)
        *--start = '-';
    ca_buffer_add(buffer, start, (size_t)(digits + sizeof digits - start));
}
