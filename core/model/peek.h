#ifndef CA_MODEL_PEEK_H
#define CA_MODEL_PEEK_H

#include <stdbool.h>
#include <stddef.h>

/*
 * Attributes of a document's root element, found without reading the document: for a process
 * that must not, and only wants to know what it is about, or to check what it is told. It
 * looks at the first bytes alone, and is content with what is plain: UTF-8, and values
 * without references. Of a document that can be read it never says what is not so.
 */
enum { CA_PEEK_SIZE = 72 }; /* the longest id, and its end */

/* False if one of the names cannot be seen plainly. */
bool ca_peek(const char *bytes, size_t length, const char *const *names, size_t count,
             char (*values)[CA_PEEK_SIZE]);

#endif
