#include "tests/unit/return_sample.h"

#include <string.h>

#include "tests/unit/unit.h"

/* ---- frameworks ---- */

static const char *const rollups[] = {"mean", NULL};

static const struct caseaudit_event events[] = {
    {"entered-care", CASEAUDIT_EXACTLY_ONE, CASEAUDIT_EVENT_OPENS, "the first day"},
    {"review", CASEAUDIT_ANY_NUMBER, 0, "a review"},
    {"left-care", CASEAUDIT_AT_MOST_ONE, CASEAUDIT_EVENT_CLOSES, "the last day"},
    {"meeting", CASEAUDIT_ANY_NUMBER, CASEAUDIT_EVENT_BEFOREHAND, "a meeting"},
    {"call", CASEAUDIT_ANY_NUMBER, CASEAUDIT_EVENT_BEFOREHAND, "a call"},
    {"visit", CASEAUDIT_ANY_NUMBER, CASEAUDIT_EVENT_BEFOREHAND, "a visit"},
    {NULL, 0, 0, NULL}};

static const struct caseaudit_derived derived[] = {
    {"first-review", CASEAUDIT_DERIVED_TIMESCALE, "the first review", NULL},
    {"reviews", CASEAUDIT_DERIVED_FREQUENCY, "later reviews", NULL},
    {NULL, 0, NULL, NULL}};

static const caseaudit_framework files = {.name = "files",
                                          .title = "Files",
                                          .version = "1",
                                          .rollups = rollups,
                                          .events = events,
                                          .derived = derived};

static const caseaudit_framework agencies = {.name = "agencies",
                                             .title = "Agencies",
                                             .version = "1",
                                             .flags = CASEAUDIT_HAS_AGENCIES,
                                             .rollups = rollups};

static const caseaudit_framework *lookup(void *context, const char *name)
{
    (void)context;
    return strcmp(name, "files") == 0 ? &files : &agencies;
}

/* ---- templates ---- */

#define SCALE                                                                                  \
    "<scale><grade id='good' label='Good' score='2' from='1.5' positive='yes'/>"               \
    "<grade id='fair' label='Fair' score='1' from='0.5'/>"                                     \
    "<grade id='poor' label='Poor' score='0' from='0'/></scale>"                               \
    "<answers id='met'><answer id='yes' label='Yes' score='2'/>"                               \
    "<answer id='no' label='No' score='0'/></answers>"

#define QUESTION "<question>Is it so?</question>"

static const char *const sources[DESK_TEMPLATES] = {
    [FILES] =
        "<template xmlns='urn:caseaudit:template:1' id='files' version='1' framework='files' "
        "effective-from='2023-04-01' effective-to='2024-03-31' out-of='2' overall='judged' "
        "look-back-months='12'>"
        "<title>Files</title>" SCALE "<attributes>"
        "<attribute id='team' label='Team' type='token' required='yes'>"
        "<value id='north' label='North'/><value id='south' label='South'/></attribute>"
        "<attribute id='kind' label='Kind' type='token'/>"
        "<attribute id='note' label='Note' type='text'/>"
        "<attribute id='visits' label='Visits' type='integer'/>"
        "<attribute id='seen' label='Seen' type='date'/></attributes>"
        "<themes><theme id='voice' label='Voice'/><theme id='meetings' label='Meetings'/>"
        "</themes>"
        "<section id='plan' title='Plan'>"
        "<standard id='plan.voice' answers='grades'>" QUESTION "</standard>"
        "<standard id='plan.met' answers='met'>" QUESTION "</standard>"
        "<standard id='plan.time'>" QUESTION
        "<timescale within='20' unit='working-days'/></standard>"
        "<standard id='plan.often'>" QUESTION "<frequency every='6' unit='weeks'/></standard>"
        "<standard id='plan.number'>" QUESTION
        "<number min='-1.5' max='10'><band from='-1.5' score='0'/></number></standard>"
        "<standard id='plan.points'>" QUESTION "<points out-of='40' step='2.5'/></standard>"
        "<standard id='plan.text'>" QUESTION "<text/></standard>"
        "<standard id='plan.first' derived='first-review'>" QUESTION "</standard>"
        "</section>"
        "<section id='family' title='Family'>"
        "<standard id='family.tree' answers='met' not-applicable='allowed'>" QUESTION
        "</standard>"
        "<section id='family.home' title='Home'>"
        "<standard id='family.never' answers='met' not-applicable='forbidden'>" QUESTION
        "</standard>"
        "<standard id='family.reviews' derived='reviews' not-applicable='allowed'>" QUESTION
        "</standard>"
        "</section></section></template>",
    [AGENCIES] =
        "<template xmlns='urn:caseaudit:template:1' id='agencies' version='1' "
        "framework='agencies' effective-from='2023-04-01' out-of='2'>"
        "<title>Agencies</title>" SCALE "<agencies><agency id='police' label='Police'/>"
        "<agency id='health' label='Health'/><agency id='school' label='School'/></agencies>"
        "<section id='s' title='S'>"
        "<standard id='s.all' answers='grades'>" QUESTION "</standard>"
        "<standard id='s.two' answers='met' agencies='police health'>" QUESTION "</standard>"
        "</section>"
        "<section id='u' title='U'>"
        "<standard id='u.police' answers='met' agencies='police' "
        "not-applicable='forbidden'>" QUESTION "</standard>"
        "<standard id='u.all' answers='met'>" QUESTION "</standard>"
        "</section></template>",
};

void desk_open(struct desk *desk)
{
    size_t i;

    memset(desk, 0, sizeof(*desk));
    desk->parser = ca_xml_parser_new();
    desk->arena = ca_arena_new();
    for (i = 0; i < DESK_TEMPLATES; i++) {
        ca_diags_init(&desk->diags, desk->arena);
        desk->templates[i] =
            ca_template_read(desk->parser, "template.xml", sources[i], strlen(sources[i]),
                             lookup, NULL, NULL, &desk->diags);
        ck_assert_msg(desk->templates[i] != NULL, "template %zu: %s", i,
                      desk->diags.count > 0 ? desk->diags.items[0].message : "?");
    }
}

void desk_close(struct desk *desk)
{
    size_t i;

    for (i = 0; i < DESK_TEMPLATES; i++)
        ca_template_free(desk->templates[i]);
    ca_buffer_free(&desk->text);
    ca_arena_free(desk->arena);
    ca_xml_parser_free(desk->parser);
}

/* ---- returns ---- */

static const char *or_else(const char *part, const char *fallback)
{
    return part != NULL ? part : fallback;
}

static void take_mark(struct desk *desk)
{
    char *mark = strchr(desk->text.data, '^');
    const char *c;

    desk->line = desk->column = 1;
    if (mark == NULL)
        return;
    for (c = desk->text.data; c < mark; c++) {
        desk->column++;
        if (*c == '\n') {
            desk->line++;
            desk->column = 1;
        }
    }
    memmove(mark, mark + 1, strlen(mark));
    desk->text.length--;
}

static void write_return(struct desk *desk, enum desk_template which,
                         const struct desk_parts *parts)
{
    const bool is_files = which == FILES;

    ca_buffer_clear(&desk->text);
    ca_buffer_printf(&desk->text,
                     "<return xmlns='urn:caseaudit:return:1' id='%s' template='%s' "
                     "template-version='1'>\n",
                     or_else(parts->id, "R1"), desk->templates[which]->id);
    ca_buffer_puts(&desk->text, or_else(parts->head, DESK_HEAD));
    ca_buffer_puts(&desk->text, or_else(parts->attributes, is_files ? DESK_ATTRIBUTES : ""));
    ca_buffer_puts(&desk->text, or_else(parts->events, is_files ? DESK_EVENTS : ""));
    ca_buffer_puts(&desk->text, or_else(parts->responses, is_files ? DESK_RESPONSES : ""));
    ca_buffer_puts(&desk->text, or_else(parts->judgement, is_files ? DESK_JUDGEMENT : ""));
    ca_buffer_puts(&desk->text, or_else(parts->tail, ""));
    ca_buffer_puts(&desk->text, "</return>\n");
    take_mark(desk);
}

struct ca_return *desk_read(struct desk *desk, enum desk_template which,
                            const struct desk_parts *parts)
{
    struct ca_xml_doc doc;
    struct ca_return *r;
    bool good;

    ca_arena_reset(desk->arena);
    ca_diags_init(&desk->diags, desk->arena);
    write_return(desk, which, parts);
    if (!ca_return_parse(desk->parser, desk->arena, desk->text.data, desk->text.length,
                         &desk->diags, &doc, &desk->header))
        return NULL;
    r = ca_return_read(desk->arena, "return.xml", &doc, desk->templates[which], &desk->diags,
                       &good);
    return good ? r : NULL;
}

size_t desk_standard(const struct desk *desk, enum desk_template which, const char *id)
{
    const size_t index = ca_map_get(desk->templates[which]->standard_map, id);

    ck_assert_uint_ne(index, CA_NOT_FOUND);
    return index;
}
