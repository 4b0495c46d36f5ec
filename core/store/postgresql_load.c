/* Loads what opens stores in PostgreSQL when one is asked for. */
#include <dlfcn.h>
#include <string.h>

#include "core/base/part.h"
#include "core/store/backend.h"

typedef enum ca_code opener(const char *uri, enum ca_store_mode mode, const char *who,
                            struct ca_store **out, struct ca_error *error);

static enum ca_code open_store(const char *uri, enum ca_store_mode mode, const char *who,
                               struct ca_store **out, struct ca_error *error)
{
    void *symbol = ca_part_find("libcaseaudit-postgresql.so.0", "ca_postgresql_open");
    opener *open_it;

    if (symbol == NULL)
        return ca_fail(error, CA_ERROR_STORE,
                       "the part that opens stores in PostgreSQL is missing: caseaudit was "
                       "built without libpq, or it is not installed (%s)",
                       dlerror());
    memcpy(&open_it, &symbol, sizeof open_it);
    return open_it(uri, mode, who, out, error);
}

const struct ca_store_backend ca_postgresql_backend = {.scheme = "postgresql",
                                                       .open = open_store};
