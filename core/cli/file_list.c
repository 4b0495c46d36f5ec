/* Lists of files: whoever made one may have made it of what others sent. */
#include "core/cli/file_list.h"

#include <string.h>

#include "core/base/file.h"
#include "core/base/text_file.h"
#include "core/work/ask.h"

/* A name of one byte takes two in a list, and three when it is packed; text that is decoded, at
 * most half as much again. */
enum { LIMIT = 64 * 1024 * 1024, WIDER = 3, AT_LEAST = 4096, LONG = 8 * 1024 * 1024 };

/* ---- in the locked process ---- */

/* Names are bytes, in whatever encoding; only of UTF-16 it is plain that no name is meant so.
 */
static enum ca_code decode(const struct ca_buffer *bytes, struct ca_buffer *out,
                           struct ca_error *error)
{
    bool unmarked = ca_text_lacks_mark(bytes->data, bytes->length) &&
                    memmem(bytes->data, bytes->length, "\n", 2) != NULL;

    if (unmarked || ca_text_is_utf16(bytes->data, bytes->length))
        return ca_text_decode(bytes->data, bytes->length, CA_TEXT_RIGHT, out, error);
    ca_buffer_add(out, bytes->data, bytes->length);
    return CA_OK;
}

/* A name ends at a CR, too. */
static void pack_name(const char *name, size_t length, struct ca_buffer *out)
{
    if (length > 0 && name[length - 1] == '\r')
        length--;
    if (length > 0)
        ca_pack_bytes(out, name, length);
}

static void pack_names(const struct ca_buffer *text, struct ca_buffer *out)
{
    static const char mark[] = "\xEF\xBB\xBF"; /* as some editors put before UTF-8 */
    const char *at = text->data, *end = at + text->length, *stop;
    char separator;

    if (text->length >= 3 && memcmp(at, mark, 3) == 0)
        at += 3;
    separator = memchr(at, '\0', (size_t)(end - at)) != NULL ? '\0' : '\n';
    for (; at < end; at = stop + 1) {
        stop = memchr(at, separator, (size_t)(end - at));
        if (stop == NULL)
            stop = end;
        pack_name(at, (size_t)(stop - at), out);
        if (stop == end)
            break;
    }
}

/* First what is wrong with it, or NULL. */
static void read_there(void *context, struct ca_buffer *out)
{
    struct ca_buffer text = {0};
    struct ca_error error;
    enum ca_code code = decode(context, &text, &error);

    ca_pack_text(out, code == CA_OK ? NULL : error.message);
    if (code == CA_OK && text.length > 0)
        pack_names(&text, out);
    ca_buffer_free(&text);
}

/* ---- and outside ---- */

static enum ca_code ask(struct ca_buffer *bytes, struct ca_buffer *answer,
                        struct ca_unpack *names, struct ca_error *error)
{
    const struct ca_ask question = {.work = read_there,
                                    .context = bytes,
                                    .who = "the engine",
                                    .most = WIDER * bytes->length + AT_LEAST,
                                    .memory = bytes->length > LONG ? 2048 : 0};
    char why[CA_ASK_WHY];
    const char *fault;

    if (!ca_ask_locked(&question, answer, why))
        return ca_fail(error, CA_ERROR_IO, "%s", why);
    *names = (struct ca_unpack){answer->data, answer->data + answer->length, true};
    fault = ca_unpack_text(names);
    if (!names->good)
        return ca_fail(error, CA_ERROR_IO,
                       "the process that read it gave no answer that makes sense");
    return fault != NULL ? ca_fail(error, CA_ERROR_DATA, "%s", fault) : CA_OK;
}

enum ca_code ca_file_list_read(const char *list, struct ca_buffer *answer,
                               struct ca_unpack *names, struct ca_error *error)
{
    struct ca_buffer bytes = {0};
    enum ca_code code = ca_file_read(list, LIMIT, &bytes, error);

    if (code == CA_OK)
        code = ask(&bytes, answer, names, error);
    ca_buffer_free(&bytes);
    return code;
}
