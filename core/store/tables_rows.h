#ifndef CA_STORE_TABLES_ROWS_H
#define CA_STORE_TABLES_ROWS_H

#include "core/store/tables.h"

/* A table of a result's rows: how one is written, and how they are read and hashed. */
struct ca_result_table {
    const char *name, *insert, *select;
};

/* In the order they are hashed; the result's own row is the last. */
enum { CA_RESULT_TABLES = 11 };
extern const struct ca_result_table ca_result_tables[CA_RESULT_TABLES];

#endif
