/* The place of a store: a URI as libpq reads it, and the schema, which is ours. */
#include "core/store/postgresql_uri.h"

#include <stdlib.h>
#include <string.h>

#include "core/base/arena.h"
#include "core/store/authority.h"
#include "core/store/password.h"

/* Is it a name that needs no quotes, and that nobody can mistake? */
static bool is_plain(const char *name)
{
    const size_t length = strspn(name, "abcdefghijklmnopqrstuvwxyz0123456789_");

    return name[0] != '\0' && name[length] == '\0' && length < 48 &&
           strchr("0123456789_", name[0]) == NULL;
}

/* Takes NAME=VALUE off what follows the question mark; fallback without one. */
static char *take(char *parameters, const char *name, const char *fallback)
{
    const size_t named = strlen(name);
    char *value = NULL, *next;

    for (char *at = parameters; at != NULL && *at != '\0'; at = next) {
        size_t length = strcspn(at, "&");
        next = at + length + (at[length] == '&');
        if (strncmp(at, name, named) != 0 || at[named] != '=')
            continue;
        free(value);
        value = ca_xcalloc(length - named, 1);
        memcpy(value, at + named + 1, length - named - 1);
        memmove(at, next, strlen(next) + 1);
        next = at;
    }
    return value != NULL ? value : ca_xstrdup(fallback);
}

/* A question mark or an ampersand with nothing behind it. */
static void trim(char *uri)
{
    size_t length = strlen(uri);

    while (length > 0 && strchr("?&", uri[length - 1]) != NULL)
        uri[--length] = '\0';
}

static enum ca_code look_at(const char *uri, const struct ca_postgresql_place *place,
                            struct ca_error *error)
{
    const enum ca_code code = ca_password_refuse(uri, error);

    if (code != CA_OK)
        return code;
    if (!is_plain(place->schema))
        return ca_fail(error, CA_ERROR_USAGE,
                       "schema=%s cannot be the name of a schema: it begins with a small "
                       "letter, and has small letters, digits and '_'",
                       place->schema);
    if (!ca_authority_fits(place->authority))
        return ca_fail(error, CA_ERROR_USAGE, CA_AUTHORITY_CANNOT, place->authority);
    return CA_OK;
}

enum ca_code ca_postgresql_read_uri(const char *uri, struct ca_postgresql_place *out,
                                    struct ca_error *error)
{
    char *own = ca_xstrdup(uri), *question = strchr(own, '?');
    char *parameters = question != NULL ? question + 1 : NULL;
    struct ca_postgresql_place place = {.uri = own,
                                        .schema = take(parameters, "schema", "caseaudit"),
                                        .authority = take(parameters, "authority", "")};
    enum ca_code code;

    place.chosen = place.authority[0] != '\0';
    if (!place.chosen) {
        free(place.authority);
        place.authority = ca_xstrdup("-");
    }
    code = look_at(uri, &place, error);
    trim(own);
    if (code == CA_OK && out != NULL)
        *out = place;
    else
        ca_postgresql_place_free(&place);
    return code;
}

void ca_postgresql_place_free(struct ca_postgresql_place *place)
{
    free(place->uri);
    free(place->schema);
    free(place->authority);
    *place = (struct ca_postgresql_place){0};
}
