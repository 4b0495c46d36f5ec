/* JSON of one level, read. */
#include "core/base/json_flat.h"

#include <string.h>

#include "core/base/array.h"
#include "core/base/utf8.h"

enum kind { BAD, TEXT, NUMBER, OTHER };

static const char *after_blanks(const char *at)
{
    return at + strspn(at, " \t\n\r");
}

/* Four hexadecimal digits, in *code; the place behind them, or NULL. */
static const char *read_code(const char *at, uint32_t *code)
{
    static const char digits[] = "00112233445566778899aAbBcCdDeEfF";

    *code = 0;
    for (int i = 0; i < 4; i++) {
        const char *digit = at[i] != '\0' ? strchr(digits, at[i]) : NULL;
        if (digit == NULL)
            return NULL;
        *code = *code * 16 + (uint32_t)(digit - digits) / 2;
    }
    return at + 4;
}

/* What stands behind "\u": one character, which may take two codes. */
static const char *read_coded(const char *at, struct ca_buffer *out)
{
    uint32_t code, low;

    at = read_code(at, &code);
    if (at != NULL && code >= 0xD800 && code < 0xDC00) {
        at = at[0] == '\\' && at[1] == 'u' ? read_code(at + 2, &low) : NULL;
        if (at == NULL || low < 0xDC00 || low > 0xDFFF)
            return NULL;
        code = 0x10000 + ((code - 0xD800) << 10) + (low - 0xDC00);
    }
    if (at == NULL || code == 0 || (code >= 0xDC00 && code <= 0xDFFF))
        return NULL;
    ca_utf8_put(out, code);
    return at;
}

/* What stands behind a backslash. */
static const char *read_escape(const char *at, struct ca_buffer *out)
{
    static const char letters[] = "btnfr\"\\/", named[] = "\b\t\n\f\r\"\\/";
    const char *place = *at != '\0' ? strchr(letters, *at) : NULL;

    if (*at == 'u')
        return read_coded(at + 1, out);
    if (place == NULL)
        return NULL;
    ca_buffer_putc(out, named[place - letters]);
    return at + 1;
}

/* One character of a text that stands as it is. What steers a terminal is written as an escape.
 */
static const char *read_character(const char *at, struct ca_buffer *out)
{
    size_t length;
    const uint32_t c = ca_utf8_next(at, &length);

    if (*at == '\0' || ca_character_steers(c) || (c == CA_REPLACEMENT && length == 1))
        return NULL;
    ca_buffer_add(out, at, length);
    return at + length;
}

/* What stands behind a quotation mark; the place behind the next, or NULL. */
static const char *read_text(const char *at, struct ca_buffer *out)
{
    while (at != NULL && *at != '"')
        at = *at == '\\' ? read_escape(at + 1, out) : read_character(at, out);
    return at != NULL ? at + 1 : NULL;
}

static const char *read_number(const char *at, struct ca_buffer *out)
{
    const size_t sign = *at == '-', digits = strspn(at + sign, "0123456789");
    const char after = at[sign + digits];

    if (digits == 0 || (digits > 1 && at[sign] == '0') || after == '.' || after == 'e' ||
        after == 'E')
        return NULL;
    ca_buffer_add(out, at, sign + digits);
    return at + sign + digits;
}

static const char *read_word(const char *at)
{
    static const char *const words[] = {"null", "true", "false"};

    for (size_t i = 0; i < sizeof words / sizeof *words; i++)
        if (strncmp(at, words[i], strlen(words[i])) == 0)
            return at + strlen(words[i]);
    return NULL;
}

static enum kind read_value(const char **at, struct ca_buffer *out)
{
    const char *const start = *at;
    enum kind kind = OTHER;

    if (*start == '"') {
        *at = read_text(start + 1, out);
        kind = TEXT;
    } else if (*start == '-' || (*start >= '0' && *start <= '9')) {
        *at = read_number(start, out);
        kind = NUMBER;
    } else {
        *at = read_word(start);
    }
    return *at != NULL ? kind : BAD;
}

/* ---- from one to the next ---- */

struct walk {
    const char *at; /* NULL where it is not of that form */
    char close;     /* the bracket it ends with */
    bool begun;
    struct ca_buffer name, value; /* of the member it stands at; a list's has no name */
};

static void begin(struct walk *walk, const char *json, char bracket)
{
    *walk = (struct walk){.at = after_blanks(json), .close = bracket == '{' ? '}' : ']'};
    walk->at = *walk->at == bracket ? after_blanks(walk->at + 1) : NULL;
}

static void end(struct walk *walk)
{
    ca_buffer_free(&walk->name);
    ca_buffer_free(&walk->value);
}

static const char *read_name(const char *at, struct ca_buffer *out)
{
    at = *at == '"' ? read_text(at + 1, out) : NULL;
    if (at != NULL)
        at = after_blanks(at);
    return at != NULL && *at == ':' ? after_blanks(at + 1) : NULL;
}

/* The next member; BAD at the end, where the rest is blank, and where it is not of that form.
 */
static enum kind next(struct walk *walk)
{
    enum kind kind = BAD;

    if (walk->at == NULL || *walk->at == walk->close)
        return BAD;
    ca_buffer_clear(&walk->name);
    ca_buffer_clear(&walk->value);
    if (walk->begun)
        walk->at = *walk->at == ',' ? after_blanks(walk->at + 1) : NULL;
    walk->begun = true;
    if (walk->at != NULL && walk->close == '}')
        walk->at = read_name(walk->at, &walk->name);
    if (walk->at != NULL)
        kind = read_value(&walk->at, &walk->value);
    if (walk->at != NULL)
        walk->at = after_blanks(walk->at);
    return kind;
}

static const char *data(const struct ca_buffer *buffer)
{
    return buffer->length > 0 ? buffer->data : "";
}

bool ca_json_flat(const char *json, char bracket)
{
    struct walk walk;
    bool whole;

    begin(&walk, json, bracket);
    while (next(&walk) != BAD)
        continue;
    whole = walk.at != NULL && *walk.at == walk.close && *after_blanks(walk.at + 1) == '\0';
    end(&walk);
    return whole;
}

bool ca_json_flat_member(const char *json, const char *name, struct ca_buffer *out)
{
    struct walk walk;
    enum kind kind = BAD;

    if (!ca_json_flat(json, '{'))
        return false;
    begin(&walk, json, '{');
    do
        kind = next(&walk);
    while (kind != BAD && strcmp(data(&walk.name), name) != 0);
    if (kind == TEXT || kind == NUMBER)
        ca_buffer_add(out, data(&walk.value), walk.value.length);
    end(&walk);
    return kind == TEXT || kind == NUMBER;
}

const char *const *ca_json_flat_texts(struct ca_arena *arena, const char *json, size_t *count)
{
    const char **texts = NULL;
    struct walk walk;

    *count = 0;
    begin(&walk, ca_json_flat(json, '[') ? json : "[]", '[');
    for (enum kind kind = next(&walk); kind != BAD; kind = next(&walk))
        *CA_ARENA_APPEND(arena, texts, *count) =
            ca_arena_strdup(arena, kind == TEXT ? data(&walk.value) : "");
    end(&walk);
    *CA_ARENA_APPEND(arena, texts, *count) = NULL;
    *count -= 1;
    return texts;
}
