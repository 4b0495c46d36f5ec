/* Loads what opens stores in PostgreSQL when one is asked for. */
#include <dlfcn.h>
#include <string.h>

#include "core/base/part.h"
#include "core/store/backend.h"

static enum ca_code find(const char *name, void *function, struct ca_error *error)
{
    void *symbol = ca_part_find("libcaseaudit-postgresql.so.0", name);

    if (symbol == NULL)
        return ca_fail(error, CA_ERROR_STORE,
                       "the part that opens stores in PostgreSQL is missing: caseaudit was "
                       "built without libpq, or it is not installed (%s)",
                       dlerror());
    memcpy(function, &symbol, sizeof symbol);
    return CA_OK;
}

static enum ca_code open_store(const char *uri, enum ca_store_mode mode, const char *who,
                               struct ca_store **out, struct ca_error *error)
{
    __typeof__(((struct ca_store_backend *)0)->open) open_it = NULL;
    enum ca_code code = find("ca_postgresql_open", &open_it, error);

    return code == CA_OK ? open_it(uri, mode, who, out, error) : code;
}

static enum ca_code define_store(const char *uri, struct ca_buffer *out, struct ca_error *error)
{
    __typeof__(((struct ca_store_backend *)0)->define) define_it = NULL;
    enum ca_code code = find("ca_postgresql_define", &define_it, error);

    return code == CA_OK ? define_it(uri, out, error) : code;
}

const struct ca_store_backend ca_postgresql_backend = {
    .scheme = "postgresql", .open = open_store, .define = define_store};
