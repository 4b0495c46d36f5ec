/* Templates read, and frameworks looked into, by locked processes that are asked. */
#include "core/work/template_apart.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "core/frameworks/apart.h"
#include "core/model/grammar.h"
#include "core/model/peek.h"
#include "core/model/template_outline.h"
#include "core/model/template_read.h"
#include "core/work/ask.h"

/* ---- frameworks ---- */

struct describing {
    const struct ca_candidate *candidate;
};

static void describe(void *context, struct ca_buffer *out)
{
    ca_candidate_describe(((struct describing *)context)->candidate, CA_WORKER_PLUGIN, out);
}

bool ca_describe_apart(void *context, const struct ca_candidate *candidate,
                       struct ca_buffer *out, char why[512])
{
    struct describing describing = {candidate};
    const struct ca_ask ask = {.work = describe,
                               .context = &describing,
                               .who = "it",
                               .most = 1 << 20,
                               .opening = true,
                               .plugin = ca_candidate_file(candidate)};

    (void)context;
    return ca_ask_locked(&ask, out, why);
}

/* ---- templates ---- */

/* One reading, as both kinds of process see it. */
struct reading {
    struct ca_registry *registry;
    const char *file, *bytes;
    size_t length;
    const struct ca_plugin *plugin; /* that is kept apart, and asked; NULL */
    struct ca_buffer opinion;       /* its */
    const char *wanted;             /* a framework that is to be found, or asked, first */
    struct ca_buffer *out;
    struct ca_buffer log; /* what frameworks logged, packed */
    int64_t log_count;
    struct ca_template *good; /* what was read */
};

enum answer { IS_READ, WANTS_FRAMEWORK };

static const caseaudit_framework *look_up(void *context, const char *name)
{
    struct reading *reading = context;
    const struct ca_plugin *plugin = ca_registry_loaded(reading->registry, name);

    if (plugin == NULL ? ca_registry_would_look(reading->registry, name)
                       : plugin->apart && reading->plugin == NULL)
        reading->wanted = ca_xstrdup(name); /* the template may go before it is told */
    return plugin != NULL ? &plugin->framework : NULL;
}

static void check(void *context, const struct ca_template *t, struct ca_diags *diags)
{
    const struct reading *reading = context;
    const struct ca_plugin *plugin = ca_registry_loaded(reading->registry, t->framework_name);
    struct ca_opinion opinion =
        ca_opinion_open(t->framework_name, reading->opinion.data, reading->opinion.length);
    struct ca_plugin absent;

    if (reading->wanted != NULL)
        return;
    absent = *plugin;
    if (plugin->apart)
        absent.state = &opinion;
    ca_engine_check_template(&absent, t, diags);
}

/* Id and version of a template that was refused, as far as they can be read. */
static void put_identity(const struct reading *reading, struct ca_xml_parser *parser,
                         struct ca_buffer *out)
{
    struct ca_arena *arena = ca_arena_new();
    const char *id = NULL, *version = NULL;
    struct ca_diags diags;
    struct ca_xml_doc doc;

    ca_diags_init(&diags, arena);
    if (ca_xml_parse(parser, arena, reading->bytes, reading->length, &ca_xml_template_limits,
                     &diags, &doc) &&
        ca_grammar_is_root(&ca_template_grammar, &doc)) {
        id = ca_xml_get(doc.root, "id");
        version = ca_xml_get(doc.root, "version");
    }
    ca_pack_text(out, id);
    ca_pack_text(out, version);
    ca_arena_free(arena);
}

static void keep_line(void *context, const char *text)
{
    struct reading *reading = context;

    ca_pack_text(&reading->log, text);
    reading->log_count++;
}

/* Lines that frameworks logged in the process that read it go where this one's would. */
static void pass_log_on(const struct reading *reading, struct ca_unpack *in)
{
    const struct ca_host *host = ca_registry_host(reading->registry);
    const char *text;

    for (int64_t left = ca_unpack_int(in); left > 0 && in->good; left--)
        if ((text = ca_unpack_text(in)) != NULL && host->log != NULL)
            host->log(host->log_context, text);
}

static void pack_answer(struct reading *reading, struct ca_xml_parser *parser,
                        const struct ca_template *t, struct ca_diags *diags,
                        struct ca_buffer *out)
{
    int line, column;

    if (reading->wanted != NULL) {
        ca_pack_int(out, WANTS_FRAMEWORK);
        ca_pack_text(out, reading->wanted);
        return;
    }
    ca_pack_int(out, IS_READ);
    ca_pack_int(out, reading->log_count);
    if (reading->log_count > 0)
        ca_buffer_add(out, reading->log.data, reading->log.length);
    ca_diags_pack(diags, out);
    ca_pack_int(out, t != NULL);
    if (t == NULL) {
        put_identity(reading, parser, out);
        return;
    }
    ca_xml_position(&t->doc, t->offset, &line, &column);
    ca_pack_int(out, line);
    ca_pack_int(out, column);
    ca_outline_pack(t, out);
}

/* In a locked process with no stranger's framework. */
static void read_template(void *context, struct ca_buffer *out)
{
    struct reading *reading = context;
    struct ca_xml_parser *parser = ca_xml_parser_new();
    struct ca_arena *arena = ca_arena_new();
    struct ca_host *host = ca_registry_host(reading->registry);
    const struct ca_host before = *host;
    struct ca_template *t;
    struct ca_diags diags;

    ca_diags_init(&diags, arena);
    host->log = keep_line;
    host->log_context = reading;
    t = ca_template_read(parser, reading->file, reading->bytes, reading->length, look_up, check,
                         reading, &diags);
    *host = before;
    reading->good = t;
    pack_answer(reading, parser, t, &diags, out);
    ca_arena_free(arena);
    ca_xml_parser_free(parser);
}

/* In a locked process of the framework's own. */
static void note_opinion(void *context, const struct ca_template *t, struct ca_diags *diags)
{
    const struct reading *reading = context;
    const struct ca_plugin *plugin = reading->plugin;

    (void)diags;
    if (strcmp(t->framework_name, plugin->framework.name) == 0)
        ca_opinion_of_template(plugin, t, reading->out);
}

static void form_opinion(void *context, struct ca_buffer *out)
{
    struct reading *reading = context;
    struct ca_diags diags;
    char why[512];

    if (!ca_registry_load_here(reading->registry, reading->plugin, CA_WORKER_PLUGIN, why))
        abort(); /* it was opened before, to be described */
    reading->out = out;
    ca_diags_init(&diags, ca_arena_new());
    (void)ca_template_read(ca_xml_parser_new(), reading->file, reading->bytes, reading->length,
                           look_up, note_opinion, reading, &diags);
}

/* What the framework says of it; a fault of the template if it does not live to say it. */
static void ask_framework(struct reading *reading, const struct ca_plugin *plugin,
                          struct ca_diags *diags)
{
    char who[128], why[CA_ASK_WHY];
    const struct ca_ask ask = {.work = form_opinion,
                               .context = reading,
                               .who = who,
                               .most = CA_OPINION_BYTES,
                               .opening = true,
                               .plugin = plugin->file};

    (void)snprintf(who, sizeof who, "framework '%s'", plugin->framework.name);
    reading->plugin = plugin;
    if (ca_ask_locked(&ask, &reading->opinion, why))
        return;
    ca_diags_add(diags, CA_ERROR, CA_FAULT_RULE, 1, 1, "template", "%s", why);
    ca_buffer_clear(&reading->opinion);
    ca_opinion_none(&reading->opinion);
}

static char *copy(const char *text)
{
    return text != NULL ? ca_xstrdup(text) : NULL;
}

static void take_answer(struct reading *reading, struct ca_unpack *in, struct ca_diags *diags,
                        struct ca_read_apart *out)
{
    const struct ca_plugin *plugin;
    bool good;

    pass_log_on(reading, in);
    good = ca_diags_unpack(in, diags) && ca_unpack_range(in, 0, 1) != 0;
    if (!in->good) {
        ca_diags_add(diags, CA_ERROR, CA_FAULT_FILE, 1, 1, NULL,
                     "the process that read it gave no answer that makes sense");
        return;
    }
    if (!good) {
        out->id = copy(ca_unpack_text(in));
        out->version = copy(ca_unpack_text(in));
        return;
    }
    out->line = (int)ca_unpack_range(in, 1, INT32_MAX);
    out->column = (int)ca_unpack_range(in, 1, INT32_MAX);
    out->outline = ca_outline_unpack(in->at, (size_t)(in->end - in->at), reading->file);
    plugin = out->outline != NULL
                 ? ca_registry_loaded(reading->registry, out->outline->framework_name)
                 : NULL;
    if (plugin != NULL)
        out->outline->framework = &plugin->framework;
    out->good = plugin != NULL && diags->errors == 0;
    if (out->good)
        return;
    if (out->outline != NULL) {
        out->id = copy(out->outline->id);
        out->version = copy(out->outline->version);
    }
    ca_template_free(out->outline);
    out->outline = NULL;
}

/* ---- several ahead ---- */

struct kept {
    struct ca_buffer bytes, answer;
};

struct ca_template_ahead {
    struct ca_registry *registry;
    const struct ca_template_stay *stay;
    const struct ca_template_document *documents;
    size_t count;
    struct kept *kept; /* NULL where no process lived to answer */
};

/* In a locked process with no stranger's framework, as read_template. */
static void read_all(void *context, struct ca_buffer *out)
{
    const struct ca_template_ahead *ahead = context;

    for (size_t i = 0; i < ahead->count; i++) {
        const struct ca_template_document *document = &ahead->documents[i];
        struct reading reading = {.registry = ahead->registry,
                                  .file = document->file,
                                  .bytes = document->bytes.data,
                                  .length = document->bytes.length};
        struct ca_buffer answer = {0};
        read_template(&reading, &answer);
        ca_pack_bytes(out, answer.data, answer.length);
        if (reading.good != NULL && ahead->stay != NULL)
            ahead->stay->keep(ahead->stay->keeper, document, reading.good);
        ca_buffer_free(&answer);
        ca_buffer_free(&reading.log);
    }
}

/* The engine's own frameworks are loaded before the process is made that needs them. Is this
 * template's one of them? */
static bool load_plain(struct ca_registry *registry, const struct ca_buffer *bytes)
{
    static const char *const names[] = {"framework"};
    const struct ca_plugin *plugin = NULL;
    char values[1][CA_PEEK_SIZE];

    if (ca_peek(bytes->data, bytes->length, names, 1, values))
        plugin = ca_registry_find(registry, values[0]);
    return plugin != NULL && !plugin->apart;
}

static void keep_answers(struct ca_template_ahead *ahead, const struct ca_buffer *answers)
{
    struct ca_unpack in = {answers->data, answers->data + answers->length, true};

    ahead->kept = ca_xcalloc(ahead->count, sizeof *ahead->kept);
    for (size_t i = 0; i < ahead->count; i++) {
        size_t length = 0;
        const char *answer = ca_unpack_bytes(&in, &length);
        const struct ca_buffer *bytes = &ahead->documents[i].bytes;
        if (!in.good || answer == NULL)
            return;
        ca_buffer_add(&ahead->kept[i].bytes, bytes->data, bytes->length);
        ca_buffer_add(&ahead->kept[i].answer, answer, length);
    }
}

/* One that goes on with them is asked first. */
static bool ask_about(struct ca_template_ahead *ahead, struct ca_buffer *answers, bool *stayed)
{
    const struct ca_template_stay *stay = ahead->stay;
    const struct ca_ask ask = {.work = read_all, .context = ahead, .who = "the engine"};
    char why[CA_ASK_WHY];

    *stayed = stay != NULL && stay->ask(stay->context, read_all, ahead, answers);
    ahead->stay = NULL;
    return *stayed || (ahead->count > 1 && ca_ask_locked(&ask, answers, why));
}

struct ca_template_ahead *ca_template_ahead_new(struct ca_registry *registry,
                                                const struct ca_template_stay *stay,
                                                const struct ca_template_document *documents,
                                                size_t count, bool *stayed)
{
    struct ca_template_ahead *ahead = ca_xcalloc(1, sizeof *ahead);
    struct ca_buffer answers = {0};
    bool plain = true;

    *ahead = (struct ca_template_ahead){
        .registry = registry, .documents = documents, .count = count};
    for (size_t i = 0; i < count; i++)
        plain &= load_plain(registry, &documents[i].bytes);
    ahead->stay = plain ? stay : NULL;
    if (ask_about(ahead, &answers, stayed))
        keep_answers(ahead, &answers);
    ahead->documents = NULL;
    ca_buffer_free(&answers);
    return ahead;
}

void ca_template_ahead_free(struct ca_template_ahead *ahead)
{
    if (ahead == NULL)
        return;
    for (size_t i = 0; ahead->kept != NULL && i < ahead->count; i++) {
        ca_buffer_free(&ahead->kept[i].bytes);
        ca_buffer_free(&ahead->kept[i].answer);
    }
    free(ahead->kept);
    free(ahead);
}

/* What was answered of these bytes, if it was a reading to its end. */
static bool take_kept(const struct ca_template_ahead *ahead, const struct reading *reading,
                      struct ca_buffer *answer)
{
    for (size_t i = 0; ahead != NULL && ahead->kept != NULL && i < ahead->count; i++) {
        const struct kept *kept = &ahead->kept[i];
        struct ca_unpack in = {kept->answer.data, kept->answer.data + kept->answer.length,
                               true};
        if (kept->answer.length == 0 || kept->bytes.length != reading->length ||
            memcmp(kept->bytes.data, reading->bytes, reading->length) != 0 ||
            ca_unpack_range(&in, IS_READ, WANTS_FRAMEWORK) != IS_READ)
            continue;
        ca_buffer_add(answer, kept->answer.data, kept->answer.length);
        return true;
    }
    return false;
}

/* ---- one ---- */

/* One reading. True if it is to be done again, with what it wanted at hand. */
static bool ask_reader(struct reading *reading, const struct ca_template_ahead *ahead,
                       struct ca_diags *diags, struct ca_read_apart *out)
{
    const struct ca_ask ask = {.work = read_template, .context = reading, .who = "the engine"};
    const struct ca_plugin *plugin;
    struct ca_buffer answer = {0};
    char why[CA_ASK_WHY];
    struct ca_unpack in;
    const char *name;
    bool again = false;

    if (!take_kept(ahead, reading, &answer) && !ca_ask_locked(&ask, &answer, why)) {
        ca_diags_add(diags, CA_ERROR, CA_FAULT_FILE, 1, 1, NULL, "%s", why);
        ca_buffer_free(&answer);
        return false;
    }
    in = (struct ca_unpack){answer.data, answer.data + answer.length, true};
    if (ca_unpack_range(&in, IS_READ, WANTS_FRAMEWORK) == IS_READ) {
        take_answer(reading, &in, diags, out);
    } else if ((name = ca_unpack_text(&in)) != NULL) {
        again = ca_registry_would_look(reading->registry, name);
        plugin = ca_registry_find(reading->registry, name);
        if (plugin != NULL && plugin->apart && reading->plugin == NULL) {
            ask_framework(reading, plugin, diags);
            again = true;
        }
    }
    ca_buffer_free(&answer);
    return again;
}

/* Saves readings where the framework's name is plain to see. */
static void look_ahead(struct reading *reading, struct ca_diags *diags)
{
    static const char *const names[] = {"framework"};
    const struct ca_plugin *plugin = NULL;
    char values[1][CA_PEEK_SIZE];

    if (ca_peek(reading->bytes, reading->length, names, 1, values))
        plugin = ca_registry_find(reading->registry, values[0]);
    if (plugin != NULL && plugin->apart)
        ask_framework(reading, plugin, diags);
}

void ca_template_read_apart(struct ca_registry *registry, const struct ca_template_ahead *ahead,
                            const char *file, const char *bytes, size_t length,
                            struct ca_diags *diags, struct ca_read_apart *out)
{
    struct reading reading = {
        .registry = registry, .file = file, .bytes = bytes, .length = length};

    *out = (struct ca_read_apart){0};
    look_ahead(&reading, diags);
    while (ask_reader(&reading, ahead, diags, out))
        ;
    ca_diags_sort(diags);
    ca_buffer_free(&reading.opinion);
}
