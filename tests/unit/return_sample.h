#ifndef CA_TESTS_RETURN_SAMPLE_H
#define CA_TESTS_RETURN_SAMPLE_H

#include "core/base/buffer.h"
#include "core/model/return_read.h"
#include "core/model/template_read.h"

/*
 * Returns for tests, put together from parts, and read against one of two
 * templates: FILES, of one framework with events and derived standards, judged, with
 * a look-back of a year; and AGENCIES, computed, answered by three agencies.
 */
enum desk_template { FILES, AGENCIES, DESK_TEMPLATES };

/* A part that is NULL is a plain one without faults. */
struct desk_parts {
    const char *id;         /* of the return: its value alone */
    const char *head;       /* case and audit */
    const char *attributes; /* the element, or "" */
    const char *events;
    const char *responses;
    const char *judgement;
    const char *tail; /* from moderation on */
};

struct desk {
    struct ca_xml_parser *parser;
    struct ca_arena *arena;
    struct ca_template *templates[DESK_TEMPLATES];
    struct ca_buffer text;
    struct ca_diags diags;
    struct ca_return_header header;
    int line, column; /* where '^' stood in a part: the element in which a fault is expected */
};

void desk_open(struct desk *desk);
void desk_close(struct desk *desk);

/* The return, or NULL when it is refused; desk->diags say why. What was read before is
 * gone. */
struct ca_return *desk_read(struct desk *desk, enum desk_template which,
                            const struct desk_parts *parts);

/* Index of a standard by its id, which must exist. */
size_t desk_standard(const struct desk *desk, enum desk_template which, const char *id);

/* The parts of a plain return. */
#define DESK_HEAD       "<case ref='C1'/><audit date='2023-11-14' auditor='A17'/>\n"
#define DESK_ATTRIBUTES "<attributes><attribute id='team'>north</attribute></attributes>\n"
#define DESK_EVENTS     "<events><event type='entered-care' date='2023-02-01'/></events>\n"
#define DESK_RESPONSES                                                                         \
    "<responses><response standard='plan.voice' answer='good'/></responses>\n"
#define DESK_JUDGEMENT "<judgement grade='good' by='A17' date='2023-11-14'/>\n"

#endif
