#ifndef CA_CLI_HEADS_H
#define CA_CLI_HEADS_H

#include "core/cli/cli.h"
#include "core/store/store.h"

/* What a file with a private key begins with. */
#define CA_KEY_WORD "caseaudit-key/1"

/* Reads a private key, in a locked process. CA_ERROR_USAGE if it is none, or if others may read
 * it. */
enum ca_code ca_key_read(const char *path, uint8_t seed[CA_KEY_SIZE], struct ca_error *error);

/* Heads as somebody noted them, one a line, read by a locked process: added to the array.
 * CA_ERROR_DATA if a line is none. */
enum ca_code ca_heads_read(const char *lines, size_t length, struct ca_head **heads,
                           size_t *count, struct ca_error *error);

/* The store to write into, or, where it cannot be written, to read; NULL with a complaint. */
struct ca_store *ca_cli_store_to_note(const struct ca_cli *cli);

/* Prints the head of a copy that was made, and enters into the ledger that it was. */
void ca_cli_note_copy(const struct ca_cli *cli, struct ca_store *store, const char *kind,
                      const char *path, const struct ca_head *head);

#endif
