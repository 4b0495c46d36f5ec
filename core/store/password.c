/* Passwords in a store's name: found, refused, covered. */
#include "core/store/password.h"

#include <ctype.h>
#include <stdlib.h>
#include <string.h>
#include <strings.h>

/* ---- in a line of words, and among parameters ---- */

/* Behind a parameter's name, which may be written with percent signs; NULL if it is another. */
static char *behind(char *parameter, const char *name)
{
    char code[3] = "";

    for (; *name != '\0'; name++) {
        int letter = (unsigned char)*parameter++;
        if (letter == '%' && parameter[0] != '\0' && parameter[1] != '\0') {
            memcpy(code, parameter, 2);
            letter = (int)strtol(code, NULL, 16);
            parameter += 2;
        }
        if (tolower(letter) != *name)
            return NULL;
    }
    parameter += strspn(parameter, " ");
    return *parameter == '=' ? parameter + 1 : NULL;
}

/* Of the first parameter that is one, between those letters; NULL without one. */
static char *in_parameters(char *at, const char *between)
{
    char *value = NULL;

    while (*at != '\0' && value == NULL) {
        at += strspn(at, between);
        value = behind(at, "password");
        if (value == NULL)
            value = behind(at, "sslpassword");
        at += strcspn(at, between);
    }
    return value;
}

/* ---- behind the user's name ---- */

/* As libpq looks for it; or with a slash or a question mark in it, which it would take for the
 * end of a port; or without an end, where a port would be a number. */
static bool begins_one(const char *colon)
{
    return colon[strcspn(colon, "@/")] == '@' || colon[strcspn(colon, "@?")] == '@' ||
           (colon[1] != '\0' && strchr("/?,", colon[1]) == NULL &&
            !isdigit((unsigned char)colon[1]));
}

/* A user's name may have an '@' of its own. */
static char *behind_user(char *host)
{
    for (;;) {
        char *end = host + strcspn(host, ":@/?[");
        if (*end == ':' && begins_one(end))
            return end + 1;
        if (*end != '@')
            return NULL;
        host = end + 1;
    }
}

/* ---- the whole ---- */

/* Where it begins; NULL without one. */
static char *find(char *name)
{
    char *host = strstr(name, "://"), *question, *found;

    if (host == NULL)
        return strncmp(name, "sqlite:", 7) != 0 ? in_parameters(name, " ") : NULL;
    found = behind_user(host + 3);
    question = strchr(host, '?');
    return found != NULL || question == NULL ? found : in_parameters(question + 1, "&");
}

enum ca_code ca_password_refuse(const char *name, struct ca_error *error)
{
    return find((char *)name) == NULL
               ? CA_OK
               : ca_fail(error, CA_ERROR_USAGE,
                         "a password does not belong in the store's name, where others can "
                         "read it: put it into ~/.pgpass (mode 0600), or a file that "
                         "PGPASSFILE names, or a service file");
}

void ca_password_cover(char *name)
{
    char *found = find(name);

    for (; found != NULL && *found != '\0'; found++)
        if (*found != '@')
            *found = '*';
}
