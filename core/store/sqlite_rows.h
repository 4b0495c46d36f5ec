#ifndef CA_STORE_SQLITE_ROWS_H
#define CA_STORE_SQLITE_ROWS_H

#include "core/store/sqlite.h"

/* A table of a result's rows: how one is written, and how they are read and hashed. */
struct ca_sqlite_table {
    const char *name, *insert, *select;
};

/* In the order they are hashed; the result's own row is the last. */
enum { CA_SQLITE_TABLES = 11 };
extern const struct ca_sqlite_table ca_sqlite_tables[CA_SQLITE_TABLES];

#endif
