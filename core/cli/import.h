#ifndef CA_CLI_IMPORT_H
#define CA_CLI_IMPORT_H

#include "core/base/map.h"
#include "core/cli/cli.h"
#include "core/cli/recorded.h"
#include "core/store/exported.h"
#include "core/store/store.h"

/* What an import has at hand. */
struct ca_import {
    const struct ca_cli *cli;
    struct ca_store *store;
    const char *folder;
    struct ca_again *again; /* scores its returns */
    struct ca_buffer bytes, path;
    bool same_history; /* entries come out as they are; otherwise they are done again, as new */
    bool allow_erased;
    struct ca_arena *seen_arena;
    struct ca_map *seen; /* what a store with a history of its own has done already */
    size_t done, refused, passed_over;
    struct ca_error error;
};

/* The document of an entry, which must be the one that was exported. */
enum ca_code ca_import_document(struct ca_import *import, const struct ca_exported *entry);

/* Does again what the entry tells of (import_entries.c). */
enum ca_code ca_import_do(struct ca_import *import, const struct ca_exported *entry);

/* The lines of the export's ledger, until one of them fails (import_lines.c). */
typedef enum ca_code (*ca_import_visit)(struct ca_import *import,
                                        const struct ca_exported *entry, void *context);
enum ca_code ca_import_each(struct ca_import *import, ca_import_visit visit, void *context);

#endif
