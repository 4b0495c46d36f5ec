#ifndef CA_MODEL_XML_ENCODING_H
#define CA_MODEL_XML_ENCODING_H

#include <stdbool.h>
#include <stddef.h>

#include "core/base/arena.h"

/* From the bytes of a file to UTF-8; inside the XML layer only. */

/* Encodings kept open over documents; see ca_xml_parser_open_encodings. */
struct ca_xml_encodings;
struct ca_xml_encodings *ca_xml_encodings_open(void);
void ca_xml_encodings_close(struct ca_xml_encodings *encodings);

struct ca_xml_decoded {
    char *bytes; /* UTF-8 without a byte order mark, terminated, in the arena */
    size_t length;
    const char *fault; /* why it could not be done; NULL if it could */
    size_t fault_at;   /* the fault comes after so many bytes of UTF-8 */
};

/*
 * The encoding is what the byte order mark says, else what the XML
 * declaration says, else UTF-8. encodings may be NULL. On a fault, bytes
 * still holds what comes before it. True if there was none.
 */
bool ca_xml_decode(const struct ca_xml_encodings *encodings, struct ca_arena *arena,
                   const char *bytes, size_t length, struct ca_xml_decoded *out);

#endif
