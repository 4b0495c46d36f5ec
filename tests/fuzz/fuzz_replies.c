/*
 * What comes back from workers that somebody has taken over. An input says what is sent, about
 * which of the samples, and how its bytes are changed; so inputs keep their meaning when what
 * is sent changes its form.
 */
#include "tests/fuzz/fuzz.h"

#include <glob.h>
#include <stdio.h>
#include <stdlib.h>

#include "core/base/file.h"
#include "core/frameworks/apart.h"
#include "core/model/return_read.h"
#include "core/model/template_outline.h"
#include "core/model/template_read.h"
#include "core/store/record.h"

enum { LARGEST = 1024 * 1024, MOST_SAMPLES = 16 };

enum what { RECORD, BRIEF, OPINION, OUTLINE, DESCRIPTION, DIAGS, RAW, WHATS };

/* A return of the samples, with its framework here, and as it is where the framework is not. */
struct sample {
    struct ca_buffer bytes;
    const struct ca_template *t;
    const struct ca_plugin *plugin;
    struct ca_plugin apart;
    struct ca_template *t_apart;
    struct ca_arena *kept; /* what t_apart lives in */
    struct ca_buffer sent[WHATS];
};

static struct sample samples[MOST_SAMPLES];
static size_t sample_count;
static struct ca_xml_parser *parser;

/* NULL if it is none. */
static struct ca_return *read_return(struct ca_arena *arena, const struct ca_buffer *bytes,
                                     const struct ca_template *t, struct ca_diags *diags)
{
    struct ca_return_header header;
    struct ca_return *audit;
    struct ca_xml_doc doc;
    bool good =
        ca_return_parse(parser, arena, bytes->data, bytes->length, diags, &doc, &header);

    if (good && t == NULL)
        t = ca_catalogue_find(fuzz_samples(), header.template_id, header.template_version,
                              arena, &(const char *){NULL});
    audit = good ? ca_return_read(arena, "return.xml", &doc, t, diags, &good) : NULL;
    return good ? audit : NULL;
}

/* ---- what is sent, of each sample ---- */

static const caseaudit_framework *lookup_apart(void *context, const char *name)
{
    (void)name;
    return &((struct sample *)context)->apart.framework;
}

static void keep_apart(struct sample *sample)
{
    struct ca_arena *arena = sample->kept = ca_arena_new(); /* as long as the process */
    const struct ca_buffer *description = &sample->sent[DESCRIPTION];
    struct ca_buffer bytes = {0};
    struct ca_error error;
    struct ca_diags diags;

    ca_diags_init(&diags, arena);
    sample->apart = *sample->plugin;
    if (!ca_described(description->data, description->length, arena,
                      &sample->apart.framework) ||
        ca_file_read(sample->t->file, LARGEST, &bytes, &error) != CA_OK)
        abort();
    sample->t_apart = ca_template_read(parser, "t.xml", bytes.data, bytes.length, lookup_apart,
                                       NULL, sample, &diags);
    ca_buffer_free(&bytes);
}

static void send_all(struct sample *sample, struct ca_return *audit, struct ca_diags *diags)
{
    struct ca_engine_options options = {0};
    struct ca_record record;

    ca_brief_pack(audit, true, &sample->sent[BRIEF]);
    ca_opinion_of_return(sample->plugin, audit, true, &sample->sent[OPINION]);
    ca_outline_pack(sample->t, &sample->sent[OUTLINE]);
    ca_describe(&sample->plugin->framework, &sample->sent[DESCRIPTION]);
    ca_record_of_result(audit->arena, ca_engine_score(sample->plugin, audit, &options, diags),
                        "", 0, "", &record);
    ca_record_pack(&record, &sample->sent[RECORD]);
    ca_diags_add(diags, CA_ERROR, CA_FAULT_RULE, 2, 3, "return", "a fault");
    ca_diags_pack(diags, &sample->sent[DIAGS]);
}

static void add_sample(const char *path)
{
    struct sample *sample = &samples[sample_count++];
    struct ca_arena *arena = ca_arena_new();
    struct ca_return *audit;
    struct ca_error error;
    struct ca_diags diags;

    ca_diags_init(&diags, arena);
    if (ca_file_read(path, LARGEST, &sample->bytes, &error) != CA_OK ||
        (audit = read_return(arena, &sample->bytes, NULL, &diags)) == NULL) {
        fprintf(stderr, "%s cannot be read\n", path);
        exit(2);
    }
    sample->t = audit->template;
    sample->plugin = ca_registry_find(fuzz_registry(), sample->t->framework_name);
    send_all(sample, audit, &diags);
    keep_apart(sample);
    ca_arena_free(arena);
}

/* The first return of each folder. */
static void add_samples(void)
{
    const char *before = "";
    char *pattern = NULL;
    glob_t found;

    parser = ca_xml_parser_new();
    fuzz_samples();
    if (asprintf(&pattern, "%s/samples/returns/*/*.xml", getenv("srcdir")) < 0 ||
        glob(pattern, 0, NULL, &found) != 0)
        exit(2);
    for (size_t i = 0; i < found.gl_pathc && sample_count < MOST_SAMPLES; i++) {
        const char *path = found.gl_pathv[i];
        const size_t folder = (size_t)(strrchr(path, '/') - path) + 1;
        if (strncmp(before, path, folder) != 0)
            add_sample(path);
        before = path;
    }
    globfree(&found);
    free(pattern);
}

/* ---- what is made of it ---- */

static void take_brief(struct ca_arena *arena, const struct sample *sample,
                       const struct ca_buffer *bytes)
{
    struct ca_buffer opinion = {0};
    struct ca_return *audit;
    struct ca_brief brief;

    if (ca_brief_open(bytes->data, bytes->length, &brief) &&
        (audit = ca_brief_unpack(&brief, arena, sample->t)) != NULL)
        ca_opinion_of_return(sample->plugin, audit, brief.good, &opinion);
    ca_buffer_free(&opinion);
}

static void take_opinion(struct ca_arena *arena, const struct sample *sample,
                         const struct ca_buffer *bytes)
{
    struct ca_opinion opinion =
        ca_opinion_open(sample->apart.framework.name, bytes->data, bytes->length);
    struct ca_engine_options options = {0};
    struct ca_plugin plugin = sample->apart;
    struct ca_return *audit;
    struct ca_diags diags;

    ca_diags_init(&diags, arena);
    audit = read_return(arena, &sample->bytes, sample->t_apart, &diags);
    plugin.state = &opinion;
    if (audit != NULL)
        ca_engine_score(&plugin, audit, &options, &diags);
}

static void take_record(struct ca_arena *arena, const struct sample *sample,
                        const struct ca_buffer *bytes)
{
    const char *at = bytes->data;
    struct ca_record record;

    if (ca_record_unpack(arena, &at, at + bytes->length, &record))
        ca_record_fits(&record, sample->t);
}

static void take(struct ca_arena *arena, enum what what, const struct sample *sample,
                 const struct ca_buffer *bytes)
{
    struct ca_unpack in = {bytes->data, bytes->data + bytes->length, true};
    caseaudit_framework framework;
    struct ca_diags diags;

    ca_diags_init(&diags, arena);
    if (what == RECORD || what == RAW)
        take_record(arena, sample, bytes);
    if (what == BRIEF || what == RAW)
        take_brief(arena, sample, bytes);
    if (what == OPINION || what == RAW)
        take_opinion(arena, sample, bytes);
    if (what == OUTLINE || what == RAW)
        ca_template_free(ca_outline_unpack(bytes->data, bytes->length, "t.xml"));
    if (what == DESCRIPTION || what == RAW)
        ca_described(bytes->data, bytes->length, arena, &framework);
    if (what == DIAGS || what == RAW)
        ca_diags_unpack(&in, &diags);
}

/* ---- one input ---- */

/* Where (two bytes), how much is left out there, and what is put there. */
static void change(struct ca_buffer *bytes, const uint8_t *change)
{
    const size_t at = bytes->length > 0 ? (change[0] << 8 | change[1]) % bytes->length : 0;
    const size_t gone = change[2] < bytes->length - at ? change[2] : bytes->length - at;
    struct ca_buffer changed = {0};

    ca_buffer_add(&changed, bytes->data, at);
    ca_buffer_putc(&changed, (char)change[3]);
    ca_buffer_add(&changed, bytes->data + at + gone, bytes->length - at - gone);
    ca_buffer_free(bytes);
    *bytes = changed;
}

enum { HEAD = 2, CHANGE = 4 };

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    struct ca_buffer bytes = {0};
    const struct sample *sample;
    struct ca_arena *arena;
    enum what what;

    if (sample_count == 0)
        add_samples();
    if (size < HEAD)
        return 0;
    what = data[0] % WHATS;
    sample = &samples[data[1] % sample_count];
    arena = ca_arena_new();
    if (what == RAW)
        ca_buffer_add(&bytes, (const char *)data + HEAD, size - HEAD);
    else
        ca_buffer_add(&bytes, sample->sent[what].data, sample->sent[what].length);
    for (size_t at = HEAD; what != RAW && at + CHANGE <= size; at += CHANGE)
        change(&bytes, data + at);
    take(arena, what, sample, &bytes);
    ca_buffer_free(&bytes);
    ca_arena_free(arena);
    return 0;
}
