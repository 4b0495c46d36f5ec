/* Other people's large documents, event by event. */
#include "core/model/xml_events.h"

#include <string.h>

#include <libxml/parser.h>
#include <libxml/parserInternals.h>

#include "core/model/xml_encoding.h"
#include "core/model/xml_private.h"

enum { MOST_ATTRIBUTES = 100 };

struct ca_xml_attributes {
    const xmlChar **items; /* name, prefix, URI, value, its end */
    int count;
};

struct reader {
    xmlParserCtxtPtr ctxt;
    const struct ca_xml_events *events;
    struct ca_error *error;
    bool stopped, failed;
};

static void stop(struct reader *r)
{
    r->stopped = true;
    xmlStopParser(r->ctxt);
}

static void on_start(void *user, const xmlChar *name, const xmlChar *prefix, const xmlChar *ns,
                     int namespace_count, const xmlChar **namespaces, int attribute_count,
                     int defaulted, const xmlChar **attributes)
{
    struct reader *r = user;
    struct ca_xml_attributes given = {attributes, attribute_count};

    (void)prefix, (void)ns, (void)namespace_count, (void)namespaces, (void)defaulted;
    if (!r->stopped && !r->events->start(r->events->context, (const char *)name, &given))
        stop(r);
}

static void on_end(void *user, const xmlChar *name, const xmlChar *prefix, const xmlChar *ns)
{
    struct reader *r = user;

    (void)prefix, (void)ns;
    if (!r->stopped && !r->events->end(r->events->context, (const char *)name))
        stop(r);
}

static void on_text(void *user, const xmlChar *chars, int length)
{
    struct reader *r = user;

    if (!r->stopped)
        r->events->text(r->events->context, (const char *)chars, (size_t)length);
}

static void fail(struct reader *r, const char *what)
{
    if (r->stopped)
        return;
    (void)ca_fail(r->error, CA_ERROR_DATA, "%s", what);
    r->failed = true;
    stop(r);
}

static void on_doctype(void *user, const xmlChar *name, const xmlChar *external,
                       const xmlChar *system)
{
    (void)name, (void)external, (void)system;
    fail(user, "it has a DOCTYPE, which is not allowed");
}

static void on_error(void *user, xmlErrorPtr error)
{
    if (error->level != XML_ERR_WARNING)
        fail(user, "it is not well-formed XML");
}

bool ca_xml_events_value(const struct ca_xml_attributes *attributes, const char *name,
                         struct ca_buffer *out)
{
    ca_buffer_clear(out);
    for (int i = 0; i < attributes->count; i++) {
        const xmlChar **a = attributes->items + (ptrdiff_t)i * 5;
        const char *at = (const char *)a[3], *end = (const char *)a[4];
        if (strcmp((const char *)a[0], name) != 0)
            continue;
        for (; at < end; at++) { /* libxml2 hands "&amp;" on as "&#38;" */
            ca_buffer_putc(out, *at);
            if (*at == '&' && end - at >= 5 && memcmp(at, "&#38;", 5) == 0)
                at += 4;
        }
        return true;
    }
    return false;
}

static void run(struct reader *r, const struct ca_xml_decoded *decoded)
{
    xmlParserCtxtPtr ctxt = xmlNewParserCtxt();
    xmlParserInputPtr input;

    if (ctxt == NULL)
        ca_out_of_memory();
    r->ctxt = ctxt;
    memset(ctxt->sax, 0, sizeof *ctxt->sax);
    ctxt->sax->initialized = XML_SAX2_MAGIC;
    ctxt->sax->internalSubset = on_doctype;
    ctxt->sax->startElementNs = on_start;
    ctxt->sax->endElementNs = on_end;
    ctxt->sax->characters = on_text;
    ctxt->sax->ignorableWhitespace = on_text;
    ctxt->sax->cdataBlock = on_text;
    ctxt->sax->serror = on_error;
    ctxt->userData = r;
    xmlCtxtUseOptions(ctxt, XML_PARSE_NONET | XML_PARSE_IGNORE_ENC);
    input = xmlNewStringInputStream(ctxt, (const xmlChar *)decoded->bytes);
    if (input == NULL || inputPush(ctxt, input) < 0)
        ca_out_of_memory();
    (void)xmlParseDocument(ctxt);
    if (!ctxt->wellFormed)
        fail(r, "it is not well-formed XML");
    xmlFreeParserCtxt(ctxt);
}

enum ca_code ca_xml_events_read(const char *bytes, size_t length,
                                const struct ca_xml_events *events, struct ca_error *error)
{
    struct reader r = {.events = events, .error = error};
    struct ca_arena *arena = ca_arena_new();
    struct ca_xml_decoded decoded;
    enum ca_code code = CA_OK;

    if (!ca_xml_decode(arena, bytes, length, &decoded))
        code = ca_fail(error, CA_ERROR_DATA, "%s", decoded.fault);
    else if (memchr(decoded.bytes, '\0', decoded.length) != NULL)
        code = ca_fail(error, CA_ERROR_DATA, "there is a zero byte in it");
    else if (ca_xml_find_wide_tag(decoded.bytes, decoded.length, MOST_ATTRIBUTES) != NULL)
        code = ca_fail(error, CA_ERROR_DATA, "an element in it has more than %d attributes",
                       MOST_ATTRIBUTES);
    if (code == CA_OK) {
        run(&r, &decoded);
        code = r.failed ? CA_ERROR_DATA : CA_OK;
    }
    ca_arena_free(arena);
    return code;
}
