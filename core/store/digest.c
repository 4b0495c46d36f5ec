/* The digest of a result: the same for the same figures, on every machine. */
#include "core/store/record.h"

#include <nettle/sha2.h>

void ca_sha256(const void *bytes, size_t length, uint8_t digest[CA_SHA256_SIZE])
{
    struct sha256_ctx context;

    sha256_init(&context);
    sha256_update(&context, length, bytes);
    sha256_digest(&context, CA_SHA256_SIZE, digest);
}

const char *ca_sha256_hex(const uint8_t digest[CA_SHA256_SIZE], char text[CA_SHA256_TEXT])
{
    static const char digits[] = "0123456789abcdef";

    for (size_t i = 0; i < CA_SHA256_SIZE; i++) {
        text[2 * i] = digits[digest[i] >> 4];
        text[2 * i + 1] = digits[digest[i] & 15];
    }
    text[CA_SHA256_TEXT - 1] = '\0';
    return text;
}
