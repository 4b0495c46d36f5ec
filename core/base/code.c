/* Codes of roles and cases, compared as people read them. */
#include "core/base/code.h"

#include <string.h>

enum { CODE_LENGTH = 64 };

bool ca_is_code(const char *text)
{
    static const char letters[] = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz"
                                  "0123456789._/-";
    size_t length = strlen(text);

    return length > 0 && length <= CODE_LENGTH && strspn(text, letters) == length &&
           strchr("._/-", text[0]) == NULL;
}

static char small(char c)
{
    return c >= 'A' && c <= 'Z' ? (char)(c - 'A' + 'a') : c;
}

bool ca_same_code(const char *a, const char *b)
{
    if (a == NULL || b == NULL)
        return false;
    while (*a != '\0' && small(*a) == small(*b)) {
        a++;
        b++;
    }
    return *a == *b;
}

void ca_fold_code(char *code)
{
    for (; *code != '\0'; code++)
        *code = small(*code);
}
