/* The part that signs: Nettle's Ed25519, whose libraries take a while to load. */
#include <nettle/eddsa.h>

#include "core/store/signature.h"

const struct ca_ed25519 *ca_signing_open(void)
{
    static const struct ca_ed25519 part = {.public_key = ed25519_sha512_public_key,
                                           .sign = ed25519_sha512_sign,
                                           .verify = ed25519_sha512_verify};

    return &part;
}
