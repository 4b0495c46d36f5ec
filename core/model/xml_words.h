#ifndef CA_MODEL_XML_WORDS_H
#define CA_MODEL_XML_WORDS_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "core/base/arena.h"

/*
 * What is wrong with a document that is no well-formed XML, in the words of the person who
 * wrote it: what was done, and what to type. A parser says what it expected at the place
 * where it gave up; this walks the document once more, from its beginning, with a person's
 * slips in mind.
 */
struct ca_xml_slip {
    size_t at; /* where it is, in bytes */
    const char *words;
};

/* bytes are UTF-8 without zero bytes, terminated. False if no slip is found. */
bool ca_xml_find_slip(struct ca_arena *arena, const char *bytes, size_t length,
                      struct ca_xml_slip *out);

/* What a file is that is no XML at all, by its first bytes: "a PDF". NULL if it may be. */
const char *ca_xml_other_kind(const char *bytes, size_t length);

#endif
