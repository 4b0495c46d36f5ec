#ifndef CA_CLI_IMPORT_H
#define CA_CLI_IMPORT_H

#include <jansson.h>

#include "core/base/map.h"
#include "core/cli/cli.h"
#include "core/cli/recorded.h"
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

/* One line of changes.ndjson, read: what it points to lives as long as the JSON. */
struct ca_import_entry {
    json_t *json;
    json_t *detail; /* of the entry, borrowed from json; NULL once it is erased */
    char *text;     /* the same as it was committed to, to the bit */
    const char *file;
    struct ca_entry entry;
    uint8_t salt[CA_SALT_SIZE];
};

/* The document of an entry, which must be the one that was exported. */
enum ca_code ca_import_document(struct ca_import *import, const struct ca_import_entry *entry);

/* Does again what the entry tells of (import_entries.c). */
enum ca_code ca_import_do(struct ca_import *import, const struct ca_import_entry *entry);

#endif
