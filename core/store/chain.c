/* The ledger's arithmetic: commitments, hashes and heads. */
#include "core/store/chain.h"

#include <inttypes.h>
#include <nettle/sha2.h>
#include <stdio.h>
#include <string.h>
#include <sys/random.h>

#include "core/base/arena.h"

void ca_chain_salt(uint8_t salt[CA_SALT_SIZE])
{
    /* As few bytes as these are never delivered in part. */
    if (getrandom(salt, CA_SALT_SIZE, 0) != CA_SALT_SIZE)
        ca_out_of_memory();
}

static void add(struct sha256_ctx *context, const void *bytes, size_t length)
{
    uint8_t size[4];

    for (size_t i = 0; i < sizeof size; i++)
        size[i] = (uint8_t)(length >> 8 * i);
    sha256_update(context, sizeof size, size);
    sha256_update(context, length, bytes);
}

static void add_text(struct sha256_ctx *context, const char *text)
{
    add(context, text, strlen(text));
}

void ca_chain_commitment(const uint8_t salt[CA_SALT_SIZE], const char *subject,
                         const char *detail, uint8_t commitment[CA_SHA256_SIZE])
{
    struct sha256_ctx context;

    sha256_init(&context);
    add(&context, salt, CA_SALT_SIZE);
    add_text(&context, subject);
    add_text(&context, detail);
    sha256_digest(&context, CA_SHA256_SIZE, commitment);
}

void ca_chain_hash(const char *previous, int64_t sequence, const char *at, const char *who,
                   const char *kind, const uint8_t commitment[CA_SHA256_SIZE],
                   char hash[CA_SHA256_TEXT])
{
    uint8_t digest[CA_SHA256_SIZE];
    struct sha256_ctx context;
    char number[24];

    snprintf(number, sizeof number, "%" PRId64, sequence);
    sha256_init(&context);
    add_text(&context, previous);
    add_text(&context, number);
    add_text(&context, at);
    add_text(&context, who);
    add_text(&context, kind);
    add(&context, commitment, CA_SHA256_SIZE);
    sha256_digest(&context, CA_SHA256_SIZE, digest);
    ca_sha256_hex(digest, hash);
}

/* ---- hexadecimal ---- */

void ca_hex_write(const uint8_t *bytes, size_t size, char *text)
{
    static const char digits[] = "0123456789abcdef";

    for (size_t i = 0; i < size; i++) {
        text[2 * i] = digits[bytes[i] >> 4];
        text[2 * i + 1] = digits[bytes[i] & 15];
    }
    text[2 * size] = '\0';
}

static int digit(char c)
{
    if (c >= '0' && c <= '9')
        return c - '0';
    return c >= 'a' && c <= 'f' ? c - 'a' + 10 : -1;
}

bool ca_hex_read(const char *text, uint8_t *bytes, size_t size)
{
    for (size_t i = 0; i < size; i++) {
        int high = digit(text[2 * i]), low = high < 0 ? -1 : digit(text[2 * i + 1]);
        if (low < 0)
            return false;
        bytes[i] = (uint8_t)(high << 4 | low);
    }
    return text[2 * size] == '\0' || text[2 * size] == ' ';
}

/* ---- heads ---- */

void ca_head_write_unsigned(struct ca_buffer *out, const struct ca_head *head)
{
    ca_buffer_printf(out, "caseaudit-head/1 %" PRId64 " %s %s", head->entries, head->at,
                     head->hash);
}

void ca_head_write(struct ca_buffer *out, const struct ca_head *head)
{
    char key[2 * CA_KEY_SIZE + 1], signature[2 * CA_SIGNATURE_SIZE + 1];

    ca_head_write_unsigned(out, head);
    if (!head->is_signed)
        return;
    ca_hex_write(head->key, sizeof head->key, key);
    ca_hex_write(head->signature, sizeof head->signature, signature);
    ca_buffer_printf(out, " ed25519 %s %s", key, signature);
}

/* "2024-03-31T16:02:11Z" */
static bool is_time(const char *text)
{
    static const char form[] = "0000-00-00T00:00:00Z";
    size_t i = 0;

    while (form[i] != '\0' &&
           (form[i] == '0' ? text[i] >= '0' && text[i] <= '9' : text[i] == form[i]))
        i++;
    return form[i] == text[i];
}

bool ca_head_read(const char *line, struct ca_head *out)
{
    char key[2 * CA_KEY_SIZE + 2] = "", signature[2 * CA_SIGNATURE_SIZE + 2] = "";
    char method[16] = "";
    uint8_t digest[CA_SHA256_SIZE];
    struct ca_head head = {0};
    int end = 0, fields;

    fields = sscanf(line, "caseaudit-head/1 %" SCNd64 " %31s %64s%n %15s %65s %129s%n",
                    &head.entries, head.at, head.hash, &end, method, key, signature, &end);
    if (fields != 3 && fields != 6)
        return false;
    if (line[end + (int)strspn(line + end, " \t\r\n")] != '\0' || head.entries < 1 ||
        !is_time(head.at) || !ca_hex_read(head.hash, digest, sizeof digest))
        return false;
    head.is_signed = fields == 6;
    if (head.is_signed &&
        (strcmp(method, "ed25519") != 0 || !ca_hex_read(key, head.key, sizeof head.key) ||
         !ca_hex_read(signature, head.signature, sizeof head.signature)))
        return false;
    *out = head;
    return true;
}

void ca_head_pack(const struct ca_head *head, struct ca_buffer *out)
{
    ca_pack_int(out, head->entries);
    ca_pack_text(out, head->at);
    ca_pack_text(out, head->hash);
    ca_pack_int(out, head->is_signed);
    ca_pack_bytes(out, head->key, head->is_signed ? sizeof head->key : 0);
    ca_pack_bytes(out, head->signature, head->is_signed ? sizeof head->signature : 0);
}

static void unpack_bytes(struct ca_unpack *in, uint8_t *out, size_t length)
{
    size_t has;
    const char *bytes = ca_unpack_bytes(in, &has);

    in->good = in->good && bytes != NULL && has == length;
    if (in->good)
        memcpy(out, bytes, length);
}

bool ca_head_unpack(struct ca_unpack *in, struct ca_head *out)
{
    struct ca_head head = {.entries = ca_unpack_range(in, 1, INT64_MAX)};
    const char *at = ca_unpack_text(in), *hash = ca_unpack_text(in);
    uint8_t digest[CA_SHA256_SIZE];

    head.is_signed = ca_unpack_range(in, 0, 1) != 0;
    unpack_bytes(in, head.key, head.is_signed ? sizeof head.key : 0);
    unpack_bytes(in, head.signature, head.is_signed ? sizeof head.signature : 0);
    if (!in->good || at == NULL || hash == NULL || !is_time(at) ||
        strlen(hash) != sizeof head.hash - 1 || !ca_hex_read(hash, digest, sizeof digest))
        return in->good = false;
    memcpy(head.at, at, strlen(at) + 1);
    memcpy(head.hash, hash, sizeof head.hash);
    *out = head;
    return true;
}
