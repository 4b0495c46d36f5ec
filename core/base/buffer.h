#ifndef CA_BASE_BUFFER_H
#define CA_BASE_BUFFER_H

#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

/* A growing string, always terminated; reuse it with ca_buffer_clear. */
struct ca_buffer {
    char *data;
    size_t length;
    size_t capacity;
};

void ca_buffer_clear(struct ca_buffer *buffer);
void ca_buffer_free(struct ca_buffer *buffer);
/* Room for extra more bytes behind length; the pointer to where they go. */
char *ca_buffer_reserve(struct ca_buffer *buffer, size_t extra);

/* Results are written through these a few bytes at a time, so they are inline. */
static inline void ca_buffer_add(struct ca_buffer *buffer, const char *bytes, size_t length)
{
    char *end = buffer->capacity - buffer->length > length ? buffer->data + buffer->length
                                                           : ca_buffer_reserve(buffer, length);

    if (length > 0)
        memcpy(end, bytes, length);
    buffer->length += length;
    end[length] = '\0';
}

static inline void ca_buffer_puts(struct ca_buffer *buffer, const char *text)
{
    ca_buffer_add(buffer, text, strlen(text));
}

static inline void ca_buffer_putc(struct ca_buffer *buffer, char c)
{
    ca_buffer_add(buffer, &c, 1);
}

void ca_buffer_printf(struct ca_buffer *buffer, const char *format, ...)
    __attribute__((format(printf, 2, 3)));
void ca_buffer_vprintf(struct ca_buffer *buffer, const char *format, va_list args);
/* A decimal integer, quicker than printf. */
void ca_buffer_int(struct ca_buffer *buffer, int64_t value);

#endif
