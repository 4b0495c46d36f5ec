#ifndef CA_STORE_CHAIN_H
#define CA_STORE_CHAIN_H

#include <stdbool.h>

#include "core/base/buffer.h"
#include "core/base/error.h"
#include "core/base/pack.h"
#include "core/store/record.h"

/*
 * The ledger's arithmetic, which is the same for every database.
 *
 * Entries hang together by their hashes. What an entry is about enters its hash only through a
 * commitment, made with a salt of its own: once salt, subject and detail are erased, nothing
 * can be guessed from what is left, and the chain still holds.
 *
 *     commitment = SHA-256(salt, subject, detail)
 *     hash = SHA-256(previous, sequence, at, who, kind, commitment)
 *
 * with the length of each member in front of it, as four bytes, lowest first. sequence is
 * written in decimal, previous in the 64 digits it is printed in (nothing before the first).
 */

enum { CA_SALT_SIZE = 16 };

/* Fills salt with random bytes. */
void ca_chain_salt(uint8_t salt[CA_SALT_SIZE]);
void ca_chain_commitment(const uint8_t salt[CA_SALT_SIZE], const char *subject,
                         const char *detail, uint8_t commitment[CA_SHA256_SIZE]);
void ca_chain_hash(const char *previous, int64_t sequence, const char *at, const char *who,
                   const char *kind, const uint8_t commitment[CA_SHA256_SIZE],
                   char hash[CA_SHA256_TEXT]);

/* ---- heads ---- */

enum { CA_KEY_SIZE = 32, CA_SIGNATURE_SIZE = 64 };

/* The end of a ledger at some time: whoever has noted it can tell later whether the ledger
 * still contains exactly that history. */
struct ca_head {
    int64_t entries;           /* the last one's number */
    char at[32];               /* its time, ISO 8601 in UTC */
    char hash[CA_SHA256_TEXT]; /* its hash */
    bool is_signed;
    uint8_t key[CA_KEY_SIZE]; /* the signer's public key */
    uint8_t signature[CA_SIGNATURE_SIZE];
};

/* "caseaudit-head/1 4711 2024-03-31T16:02:11Z 3f9c…", with " ed25519 KEY SIGNATURE" behind it
 * if it is signed; no end of line. */
void ca_head_write(struct ca_buffer *out, const struct ca_head *head);
/* Reads such a line, with or without its end; false if it is none. */
bool ca_head_read(const char *line, struct ca_head *out);

/* A head from one process to another; false if what was packed is none. */
void ca_head_pack(const struct ca_head *head, struct ca_buffer *out);
bool ca_head_unpack(struct ca_unpack *in, struct ca_head *out);

/* The same without a signature: what is signed. */
void ca_head_write_unsigned(struct ca_buffer *out, const struct ca_head *head);

/* Bytes as lower case hexadecimal digits; text has room for 2 * size + 1. */
void ca_hex_write(const uint8_t *bytes, size_t size, char *text);
/* Exactly 2 * size such digits, then the end or a space. */
bool ca_hex_read(const char *text, uint8_t *bytes, size_t size);

#endif
