#ifndef CA_MODEL_XML_WORDS_PRIVATE_H
#define CA_MODEL_XML_WORDS_PRIVATE_H

#include "core/model/xml_words.h"

enum { CA_XML_OPEN_TAGS = 64 };

struct ca_xml_tag {
    const char *at; /* its '<' */
    const char *name;
    int length; /* of the name */
};

struct ca_xml_walk {
    struct ca_arena *arena;
    const char *bytes, *at, *end; /* end: the terminator */
    struct ca_xml_tag open[CA_XML_OPEN_TAGS];
    int depth;
    struct ca_xml_tag root; /* once it is closed; otherwise its name is NULL */
    struct ca_xml_slip slip;
};

/* Notes the slip; false, for the caller to return. */
bool ca_xml_slipped(struct ca_xml_walk *walk, const char *at, const char *format, ...)
    __attribute__((format(printf, 3, 4)));
int ca_xml_line_of(const struct ca_xml_walk *walk, const char *at);

/* Over a tag that opens, at its '<' (xml_words_tag.c), or a reference, at its '&'
 * (xml_words_text.c). False if there is a slip in it. */
bool ca_xml_walk_tag(struct ca_xml_walk *walk);
bool ca_xml_walk_reference(struct ca_xml_walk *walk);
/* Is there a character that XML does not allow? */
bool ca_xml_is_control(struct ca_xml_walk *walk, const char *at);

/* How many bytes from at on may belong to a name. */
int ca_xml_name_length(const char *at);
#endif
