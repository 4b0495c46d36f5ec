/* Attributes of a root element, found without reading the document. */
#ifndef _GNU_SOURCE
#define _GNU_SOURCE /* memmem */
#endif
#include "core/model/peek.h"

#include <string.h>

struct look {
    const char *at, *end;
};

static bool is_blank(char c)
{
    return c == ' ' || c == '\t' || c == '\n' || c == '\r';
}

static void skip_blanks(struct look *look)
{
    while (look->at < look->end && is_blank(*look->at))
        look->at++;
}

static bool skip_text(struct look *look, const char *text)
{
    const size_t length = strlen(text);

    if ((size_t)(look->end - look->at) < length || memcmp(look->at, text, length) != 0)
        return false;
    look->at += length;
    return true;
}

/* Moves behind the next of these. */
static bool skip_past(struct look *look, const char *text)
{
    const char *found = memmem(look->at, (size_t)(look->end - look->at), text, strlen(text));

    if (found == NULL)
        return false;
    look->at = found + strlen(text);
    return true;
}

/* Behind what may stand in front of the root element, at its name. */
static bool find_root(struct look *look)
{
    (void)skip_text(look, "\xEF\xBB\xBF");
    for (;;) {
        skip_blanks(look);
        if (skip_text(look, "<!--")) {
            if (!skip_past(look, "-->"))
                return false;
        } else if (skip_text(look, "<?")) {
            if (!skip_past(look, "?>"))
                return false;
        } else {
            return skip_text(look, "<") && look->at < look->end && *look->at != '!';
        }
    }
}

static size_t name_length(const struct look *look)
{
    size_t length = 0;

    while (look->at + length < look->end && !is_blank(look->at[length]) &&
           strchr("=/>\"'<", look->at[length]) == NULL)
        length++;
    return length;
}

struct attribute {
    const char *name, *value;
    size_t name_length, value_length;
};

/* False at the end of the tag, and at what is no attribute. */
static bool next_attribute(struct look *look, struct attribute *out)
{
    const char *end;

    skip_blanks(look);
    out->name = look->at;
    out->name_length = name_length(look);
    look->at += out->name_length;
    skip_blanks(look);
    if (out->name_length == 0 || !skip_text(look, "="))
        return false;
    skip_blanks(look);
    if (look->at == look->end || (*look->at != '"' && *look->at != '\''))
        return false;
    out->value = look->at + 1;
    end = memchr(out->value, *look->at, (size_t)(look->end - out->value));
    if (end == NULL)
        return false;
    out->value_length = (size_t)(end - out->value);
    look->at = end + 1;
    return true;
}

/* References and blanks of other kinds stand for something else. */
static bool is_plain(const struct attribute *a)
{
    for (size_t i = 0; i < a->value_length; i++)
        if (a->value[i] == '&' || a->value[i] == '<' || is_blank(a->value[i]) ||
            a->value[i] == '\0')
            return false;
    return a->value_length < CA_PEEK_SIZE;
}

bool ca_peek(const char *bytes, size_t length, const char *const *names, size_t count,
             char (*values)[CA_PEEK_SIZE])
{
    struct look look = {bytes, bytes + length};
    struct attribute a;
    size_t found = 0;

    if (!find_root(&look))
        return false;
    look.at += name_length(&look);
    while (next_attribute(&look, &a))
        for (size_t i = 0; i < count; i++) {
            if (strlen(names[i]) != a.name_length ||
                memcmp(names[i], a.name, a.name_length) != 0)
                continue;
            if (!is_plain(&a))
                return false;
            memcpy(values[i], a.value, a.value_length);
            values[i][a.value_length] = '\0';
            found++;
        }
    return found == count;
}
