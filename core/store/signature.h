#ifndef CA_STORE_SIGNATURE_H
#define CA_STORE_SIGNATURE_H

#include "core/store/chain.h"

/*
 * Heads signed, and their signatures verified: Ed25519, of which the seed is the private key.
 * What does so is a part that is loaded when one is asked for (core/base/part.h); without it
 * these fail.
 */
enum ca_code ca_head_public_key(const uint8_t seed[CA_KEY_SIZE], uint8_t key[CA_KEY_SIZE],
                                struct ca_error *error);
enum ca_code ca_head_sign(struct ca_head *head, const uint8_t seed[CA_KEY_SIZE],
                          struct ca_error *error);
/* Is the signature good for the head and its key? */
enum ca_code ca_head_verify(const struct ca_head *head, bool *good, struct ca_error *error);

/* What the part has; its one function hands it out. */
struct ca_ed25519 {
    void (*public_key)(uint8_t *key, const uint8_t *seed);
    void (*sign)(const uint8_t *key, const uint8_t *seed, size_t length, const uint8_t *text,
                 uint8_t *signature);
    int (*verify)(const uint8_t *key, size_t length, const uint8_t *text,
                  const uint8_t *signature);
};
const struct ca_ed25519 *ca_signing_open(void);

#endif
