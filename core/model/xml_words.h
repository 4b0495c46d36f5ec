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

/* ---- what its source files share ---- */

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
/* Is it a quotation mark that is not straight? Its length, or 0. */
size_t ca_xml_bent_mark(const char *at);

#endif
