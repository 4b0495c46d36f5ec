/* Signatures of heads, by a part that is loaded for them. */
#include "core/store/signature.h"

#include <dlfcn.h>
#include <string.h>

#include "core/base/part.h"

static const struct ca_ed25519 *load(struct ca_error *error)
{
    void *symbol = ca_part_find("libcaseaudit-signing.so.0", "ca_signing_open");
    const struct ca_ed25519 *(*open_part)(void);

    if (symbol == NULL) {
        (void)ca_fail(error, CA_ERROR_IO, "the part that signs heads is missing: %s",
                      dlerror());
        return NULL;
    }
    memcpy(&open_part, &symbol, sizeof open_part);
    return open_part();
}

enum ca_code ca_head_public_key(const uint8_t seed[CA_KEY_SIZE], uint8_t key[CA_KEY_SIZE],
                                struct ca_error *error)
{
    const struct ca_ed25519 *part = load(error);

    if (part == NULL)
        return CA_ERROR_IO;
    part->public_key(key, seed);
    return CA_OK;
}

enum ca_code ca_head_sign(struct ca_head *head, const uint8_t seed[CA_KEY_SIZE],
                          struct ca_error *error)
{
    const struct ca_ed25519 *part = load(error);
    struct ca_buffer text = {0};

    if (part == NULL)
        return CA_ERROR_IO;
    ca_head_write_unsigned(&text, head);
    head->is_signed = true;
    part->public_key(head->key, seed);
    part->sign(head->key, seed, text.length, (const uint8_t *)text.data, head->signature);
    ca_buffer_free(&text);
    return CA_OK;
}

enum ca_code ca_head_verify(const struct ca_head *head, bool *good, struct ca_error *error)
{
    const struct ca_ed25519 *part = load(error);
    struct ca_buffer text = {0};

    if (part == NULL)
        return CA_ERROR_IO;
    ca_head_write_unsigned(&text, head);
    *good = head->is_signed && part->verify(head->key, text.length, (const uint8_t *)text.data,
                                            head->signature) == 1;
    ca_buffer_free(&text);
    return CA_OK;
}
