#ifndef CA_BASE_ERROR_H
#define CA_BASE_ERROR_H

#include <stdbool.h>

/*
 * What went wrong in the surroundings (a file, a plugin, the store), as
 * opposed to faults in a document, which are diagnostics (diag.h).
 * Codes are added at the end and never reused.
 */
enum ca_code {
    CA_OK = 0,
    CA_ERROR_MEMORY,
    CA_ERROR_IO,        /* a file could not be read or written */
    CA_ERROR_NOT_FOUND, /* a file, template, framework or return does not exist */
    CA_ERROR_PLUGIN,    /* a plugin was refused */
    CA_ERROR_STORE,     /* the store could not be used, or is damaged */
    CA_ERROR_BUSY,      /* the store is locked by others for too long */
    CA_ERROR_USAGE,     /* the caller asked for something that makes no sense */
    CA_ERROR_DATA,      /* data was refused; the diagnostics say why */
    CA_ERROR_LIMIT,     /* something is beyond a documented limit */
    CA_ERROR_AGAIN      /* the store undid it for others' sake; the same again may succeed */
};

struct ca_error {
    enum ca_code code;
    char message[512];
};

/* Fills error (which may be NULL) and returns code, so that one can write
 * return ca_fail(error, CA_ERROR_IO, "...", ...). */
enum ca_code ca_fail(struct ca_error *error, enum ca_code code, const char *format, ...)
    __attribute__((format(printf, 3, 4)));

#endif
