/* Pages with a script of their own: filled in, and held by a content policy. */
#include "core/report/page/shell.h"

#include <string.h>

#include <nettle/base64.h>
#include <nettle/sha2.h>

void ca_shell_fill(struct ca_buffer *out, const char *page, ca_shell_part part,
                   const void *context)
{
    enum { NAME_SIZE = 16 };
    const char *open, *close;
    char name[NAME_SIZE];

    while ((open = strstr(page, "{{")) != NULL && (close = strstr(open, "}}")) != NULL) {
        size_t length = (size_t)(close - open - 2);
        ca_buffer_add(out, page, (size_t)(open - page));
        if (length < NAME_SIZE) {
            memcpy(name, open + 2, length);
            name[length] = '\0';
            part(out, name, context);
        }
        page = close + 2;
    }
    ca_buffer_puts(out, page);
}

/* 'sha256-…': by which the page's own policy knows its one script and its one style. */
static void add_digest(struct ca_buffer *out, const char *text)
{
    uint8_t digest[SHA256_DIGEST_SIZE];
    char encoded[BASE64_ENCODE_RAW_LENGTH(SHA256_DIGEST_SIZE) + 1] = "";
    struct sha256_ctx context;

    sha256_init(&context);
    sha256_update(&context, strlen(text), (const uint8_t *)text);
    sha256_digest(&context, sizeof digest, digest);
    base64_encode_raw(encoded, sizeof digest, digest);
    ca_buffer_printf(out, "'sha256-%s'", encoded);
}

void ca_shell_policy(struct ca_buffer *out, const char *script, const char *style, bool engine)
{
    ca_buffer_puts(out, "default-src 'none'; base-uri 'none'; form-action 'none'; script-src ");
    add_digest(out, script);
    ca_buffer_puts(out, engine ? " 'wasm-unsafe-eval'; style-src " : "; style-src ");
    add_digest(out, style);
    if (engine)
        ca_buffer_puts(out, "; worker-src blob:");
}

void ca_shell_json(struct ca_buffer *out, const char *json)
{
    static const char line_separators[] = "\xE2\x80";

    for (; *json != '\0'; json++) {
        bool separator =
            strncmp(json, line_separators, 2) == 0 && (json[2] == '\xA8' || json[2] == '\xA9');
        if (separator) {
            ca_buffer_puts(out, json[2] == '\xA8' ? "\\u2028" : "\\u2029");
            json += 2;
        } else if (strchr("<>&", *json) != NULL) {
            ca_buffer_printf(out, "\\u%04x", (unsigned)*json);
        } else {
            ca_buffer_putc(out, *json);
        }
    }
}

static void add_base64(struct ca_buffer *out, const char *bytes, size_t length)
{
    enum { PIECE = 3 * 1024 };
    char encoded[BASE64_ENCODE_RAW_LENGTH(PIECE)];

    for (size_t at = 0; at < length; at += PIECE) {
        size_t piece = length - at < PIECE ? length - at : PIECE;
        base64_encode_raw(encoded, piece, (const uint8_t *)bytes + at);
        ca_buffer_add(out, encoded, BASE64_ENCODE_RAW_LENGTH(piece));
    }
}

void ca_shell_document(struct ca_buffer *out, const char *bytes, size_t length)
{
    struct ca_buffer marked = {0};

    ca_buffer_puts(&marked, "\xEF\xBB\xBF");
    ca_buffer_add(&marked, bytes, length);
    add_base64(out, marked.data, marked.length);
    ca_buffer_free(&marked);
}
