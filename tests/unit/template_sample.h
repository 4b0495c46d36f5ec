#ifndef CA_TESTS_TEMPLATE_SAMPLE_H
#define CA_TESTS_TEMPLATE_SAMPLE_H

#include "core/base/buffer.h"
#include "core/model/template_read.h"

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

/* ---- reading samples ---- */

struct sample_run {
    struct ca_xml_parser *parser;
    struct ca_arena *arena;
    struct ca_diags diags;
    struct ca_buffer text; /* the document */
    int line, column;      /* of its mark */
    struct ca_template *t; /* NULL if it was refused */
};

void sample_run_start(struct sample_run *run);
void sample_run_end(struct sample_run *run);
/* Reads the document in text. */
void sample_run_text(struct sample_run *run);
void sample_run(struct sample_run *run, const struct sample *sample);
void sample_print_faults(const struct sample_run *run);

/*
 * A sample with one fault and no other, so that a fault which draws others
 * behind it fails its test; '@' marks the place.
 */
struct sample_fault {
    struct sample sample;
    const char *message; /* part of what is said */
};

void sample_expect(const struct sample_fault *faults, size_t count, enum ca_severity severity);

#define FAULTS(name, table, severity)                                                          \
    START_TEST(name)                                                                           \
    {                                                                                          \
        sample_expect((table), sizeof(table) / sizeof *(table), (severity));                   \
    }                                                                                          \
    END_TEST

/* ---- parts of samples ---- */

#define QUESTION            "<question>Q</question>"
#define IN_SECTION(content) "<section id='s' title='S'>\n" content "</section>\n"
#define STANDARD(attributes, content)                                                          \
    "<standard " attributes ">" QUESTION content "</standard>\n"
#define TWO_STANDARDS                                                                          \
    STANDARD("id='s.1' answers='grades'", "") STANDARD("id='s.2' answers='grades'", "")

/* A condition in a limit of the whole template. */
#define LIMIT(content)                                                                         \
    .tail =                                                                                    \
        "<limits><limit id='l' to='poor'><reason>R</reason>\n  " content "</limit></limits>\n"
/* A condition in a limit of section `inner`, which holds `i` and lies in `s` beside `o`. */
#define INNER_LIMIT(content)                                                                   \
    .sections = IN_SECTION(STANDARD(                                                           \
        "id='o' answers='grades'",                                                             \
        "") "<section id='inner' title='I'>"                                                   \
            "<limits><limit id='l' to='poor'><reason>R</reason>\n" content                     \
            "</limit></limits>" STANDARD("id='i' answers='grades'", "") "</section>\n")
/* A condition in the applies of the second standard. */
#define APPLIES(content)                                                                       \
    .sections =                                                                                \
        IN_SECTION(STANDARD("id='s.1' answers='grades'", "")                                   \
                       STANDARD("id='s.2' answers='grades'", "<applies>" content "</applies>") \
                           STANDARD("id='s.3' answers='grades'", ""))
/* One standard of each type, for conditions and measures on them. */
#define TYPES                                                                                  \
    .sections = IN_SECTION(                                                                    \
        STANDARD("id='a' answers='grades'",                                                    \
                 "") STANDARD("id='t'", "<timescale within='1' unit='days'/>")                 \
            STANDARD("id='f'", "<frequency every='1' unit='days'/>")                           \
                STANDARD("id='n'", "<number min='0' max='9'><band from='0' score='0'/>"        \
                                   "<band from='5' score='100'/></number>")                    \
                    STANDARD("id='p'", "<points out-of='4'/>") STANDARD("id='w'", "<text/>"))
#define ATTRIBUTES                                                                             \
    .head = "<attributes><attribute id='team' label='T' type='token'>"                         \
            "<value id='north' label='N'/><value id='south' label='S'/></attribute>"           \
            "<attribute id='ward' label='W' type='token'/>"                                    \
            "<attribute id='age' label='A' type='integer'/>"                                   \
            "<attribute id='on' label='O' type='date'/>"                                       \
            "<attribute id='note' label='N' type='text'/></attributes>\n"
#define AGENCIES                                                                               \
    "<agencies><agency id='police' label='P'/><agency id='health' label='H'/></agencies>\n"
#define MEASURE(attributes)                                                                    \
    .tail = "<measures>\n @<measure id='m' label='M' " attributes "/></measures>\n"

#endif
