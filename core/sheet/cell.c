/* What a cell says: words, numbers, and what spreadsheets make of them. */
#include "core/sheet/cell.h"

#include <ctype.h>
#include <string.h>

#include "core/base/blank.h"

bool ca_cell_is_shortened(const char *text)
{
    size_t digits = strspn(text, "0123456789");

    if (digits != 1)
        return false;
    text += digits;
    if (*text == '.' || *text == ',')
        text += 1 + strspn(text + 1, "0123456789");
    if ((*text != 'E' && *text != 'e') || text[1] != '+') /* "7E3" is somebody's reference */
        return false;
    text += 2;
    digits = strspn(text, "0123456789");
    return digits > 0 && digits <= 3 && text[digits] == '\0';
}

bool ca_cell_is_error(const char *text)
{
    static const char *const errors[] = {
        "#N/A",      "#REF!",      "#VALUE!",  "#DIV/0!",       "#NAME?",
        "#NULL!",    "#NUM!",      "#SPILL!",  "#CALC!",        "#FIELD!",
        "#BUSY!",    "#DATA!",     "#ERROR!",  "#GETTING_DATA", "#BLOCKED!",
        "#CONNECT!", "#EXTERNAL!", "#PYTHON!", "#TIMEOUT!",     "#UNKNOWN!"};

    for (size_t i = 0; i < sizeof errors / sizeof *errors; i++)
        if (strcmp(text, errors[i]) == 0)
            return true;
    return strlen(text) > 1 && strspn(text, "#") == strlen(text); /* too wide for its column */
}

/* ---- numbers ---- */

/* Digits with a mark between each three, or none; copies them without. */
static const char *take_digits(const char *text, char **to)
{
    size_t count = strspn(text, "0123456789");
    char mark = text[count];
    bool grouped = count >= 1 && count <= 3 && mark != '\0' && strchr(", '", mark) != NULL;

    for (size_t i = 0; i < count; i++)
        *(*to)++ = text[i];
    text += count;
    while (grouped && *text == mark && strspn(text + 1, "0123456789") == 3) {
        for (int i = 1; i <= 3; i++)
            *(*to)++ = text[i];
        text += 4;
    }
    return text;
}

const char *ca_cell_number(struct ca_arena *arena, const char *text)
{
    char *number, *to;
    const char *at = ca_folded(arena, text);

    to = number = ca_arena_strdup(arena, at);
    if (*at == '-')
        *to++ = *at++;
    if (!isdigit((unsigned char)*at))
        return NULL;
    at = take_digits(at, &to);
    if (*at == '.' && isdigit((unsigned char)at[1])) {
        for (*to++ = *at++; isdigit((unsigned char)*at); at++)
            *to++ = *at;
        while (to[-1] == '0')
            to--;
        to -= to[-1] == '.';
    }
    at += strspn(at, " ");
    if (*at == '%')
        at++;
    *to = '\0';
    return *at == '\0' ? number : NULL;
}
