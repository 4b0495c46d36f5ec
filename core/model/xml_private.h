#ifndef CA_MODEL_XML_PRIVATE_H
#define CA_MODEL_XML_PRIVATE_H

#include <stddef.h>

#include "core/base/arena.h"

/* What the files of the XML layer share. */

struct ca_xml_marks;
struct ca_xml_marks *ca_xml_marks_new(struct ca_arena *arena);

/*
 * libxml2 compares each attribute of an element with all others, which takes
 * seconds for 100,000 of them, and tells us afterwards. So a tag that is far
 * beyond the limit (twice: namespace declarations are not counted as
 * attributes) is found beforehand. Returns its '<', or NULL if there is none.
 */
const char *ca_xml_find_wide_tag(const char *bytes, size_t length, int attributes);

#endif
