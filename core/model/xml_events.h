#ifndef CA_MODEL_XML_EVENTS_H
#define CA_MODEL_XML_EVENTS_H

#include <stdbool.h>
#include <stddef.h>

#include "core/base/buffer.h"
#include "core/base/error.h"

/*
 * A large document of others as what happens in it, one after the other, without a tree.
 * Names are without their prefix. The same walls as around our own documents: no DOCTYPE, no
 * network, no element of very many attributes.
 */
struct ca_xml_attributes;

struct ca_xml_events {
    /* false ends the reading at once */
    bool (*start)(void *context, const char *name, const struct ca_xml_attributes *attributes);
    bool (*end)(void *context, const char *name);
    void (*text)(void *context, const char *bytes, size_t length);
    void *context;
};

/* CA_ERROR_DATA where it is not well-formed; CA_OK too if a function ended the reading. */
enum ca_code ca_xml_events_read(const char *bytes, size_t length,
                                const struct ca_xml_events *events, struct ca_error *error);

/* The attribute's value in out, "" where there is none; false then. */
bool ca_xml_events_value(const struct ca_xml_attributes *attributes, const char *name,
                         struct ca_buffer *out);

#endif
