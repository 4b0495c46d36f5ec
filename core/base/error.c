/* What went wrong with the surroundings, as a code and a sentence. */
#include "core/base/error.h"

#include <stdarg.h>
#include <stdio.h>
#include <string.h>

/* A message cut off by the size of its place must not end within a character. */
static void drop_partial_character(char *text)
{
    size_t end = strlen(text);
    size_t start = end;

    while (start > 0 && ((unsigned char)text[start - 1] & 0xC0) == 0x80)
        start--;
    if (start > 0 && ((unsigned char)text[start - 1] & 0x80) != 0)
        text[start - 1] = '\0';
}

enum ca_code ca_fail(struct ca_error *error, enum ca_code code, const char *format, ...)
{
    va_list args;
    int length;

    if (error == NULL)
        return code;
    error->code = code;
    va_start(args, format);
    length = vsnprintf(error->message, sizeof error->message, format, args);
    va_end(args);
    if (length < 0)
        error->message[0] = '\0';
    else if ((size_t)length >= sizeof error->message)
        drop_partial_character(error->message);
    return code;
}
