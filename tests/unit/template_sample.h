#ifndef CA_TESTS_TEMPLATE_SAMPLE_H
#define CA_TESTS_TEMPLATE_SAMPLE_H

#include "core/base/buffer.h"
#include "core/model/template.h"

/*
 * Templates for tests, put together from parts. A part that is NULL is a plain
 * one without faults.
 */
struct sample {
    const char
        *root; /* attributes of the root besides id, version, framework, effective-from */
    const char
        *name; /* framework: "plain" (the default), "full", "open", or one not installed */
    const char *scale;    /* grades */
    const char *head;     /* from <answers> to <themes> */
    const char *sections; /* all sections */
    const char *tail;     /* from <rules> to <measures> */
};

#define SAMPLE_SCALE                                                                           \
    "<grade id='good' label='Good' score='100' from='75' positive='yes'/>\n"                   \
    "<grade id='fair' label='Fair' score='60' from='50'/>\n"                                   \
    "<grade id='poor' label='Poor' score='0' from='0'/>\n"

#define SAMPLE_SECTIONS                                                                        \
    "<section id='s' title='S'>\n"                                                             \
    "<standard id='s.1' answers='grades'><question>Q1</question></standard>\n"                 \
    "<standard id='s.2' answers='grades'><question>Q2</question></standard>\n"                 \
    "</section>\n"

/* The document of a sample. An '@' in a part marks where a fault is expected: it is
 * left out, and its line and column are stored; without one, those of the root. */
void sample_write(const struct sample *sample, struct ca_buffer *out, int *line, int *column);

/* Three frameworks by name: "plain" knows nothing but roll-ups, "full" has something in
 * every table, "open" lets a template choose its focus words. */
const caseaudit_framework *sample_lookup(void *context, const char *name);

#endif
