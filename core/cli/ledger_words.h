#ifndef CA_CLI_LEDGER_WORDS_H
#define CA_CLI_LEDGER_WORDS_H

#include "core/base/buffer.h"
#include "core/store/store.h"

/* What an entry of the ledger says, in plain words, appended to out. */
void ca_ledger_words(const struct ca_entry *entry, struct ca_buffer *out);

/* The entry as a line of JSON without its end; content that was erased is null. file is the
 * document that came with it, or NULL; proof adds what the hash is taken over. */
void ca_ledger_json(const struct ca_entry *entry, const char *file, bool proof,
                    struct ca_buffer *out);

#endif
