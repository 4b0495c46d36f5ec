#ifndef CA_STORE_PASSWORD_H
#define CA_STORE_PASSWORD_H

#include <stdbool.h>

#include "core/base/error.h"

/*
 * Passwords in a store's name, where they do not belong: behind the user's name in a URI, among
 * its parameters, or as "password=…" in a line of words, in whatever way libpq would read or
 * misread it. A name that has one is refused, and never said again.
 */

/* CA_ERROR_USAGE for a name that has one. */
enum ca_code ca_password_refuse(const char *name, struct ca_error *error);

/* Stars in its place, so that it stands in the list of processes no longer. The name is refused
 * as before. */
void ca_password_cover(char *name);

#endif
