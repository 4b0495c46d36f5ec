#ifndef CA_MODEL_XML_ENCODING_H
#define CA_MODEL_XML_ENCODING_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "core/base/arena.h"

/* From the bytes of a file to UTF-8; inside the XML layer only. */

struct ca_xml_decoded {
    char *bytes; /* UTF-8 without a byte order mark, terminated, in the arena */
    size_t length;
    const char *fault; /* why it could not be done; NULL if it could */
    size_t fault_at;   /* the fault comes after so many bytes of UTF-8 */
};

/*
 * The encoding is what the byte order mark says, else what the XML
 * declaration says, else UTF-8. Known are UTF-8, UTF-16, UTF-32, ASCII, ISO-8859-1 to 16 and
 * windows-1250 to 1258, wherever a document is read. On a fault, bytes
 * still holds what comes before it. True if there was none.
 */
bool ca_xml_decode(struct ca_arena *arena, const char *bytes, size_t length,
                   struct ca_xml_decoded *out);

/* An encoding of one byte a character: above 0x7F it has these. */
struct ca_xml_charset {
    const char *name;
    uint16_t above[128];
};
extern const struct ca_xml_charset ca_xml_charsets[]; /* the last has no name */

#endif
