/*
 * The grammars in core/model and the XML schemas in schemas/ must accept the
 * same documents. Shown over the samples, over two documents that have every
 * element, and over tens of thousands of changed copies of them.
 */
#include <dirent.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>

#include <libxml/parser.h>
#include <libxml/xmlschemas.h>

#include "core/base/file.h"
#include "core/model/grammar.h"
#include "tests/unit/mutation.h"
#include "tests/unit/unit.h"

struct judges {
    const struct ca_grammar *grammar;
    const struct ca_xml_limits *limits;
    struct ca_xml_parser *parser;
    struct ca_arena *arena;
    xmlSchemaParserCtxtPtr schema_parser;
    xmlSchemaPtr schema;
    xmlSchemaValidCtxtPtr validator;
    char schema_message[400];
    unsigned accepted, refused, disputed;
};

static void keep_schema_message(void *context, xmlErrorPtr error)
{
    struct judges *judges = context;

    if (judges->schema_message[0] == '\0')
        snprintf(judges->schema_message, sizeof judges->schema_message, "%s", error->message);
}

static void judges_open(struct judges *judges, const char *kind)
{
    const char *folder = getenv("SCHEMA_DIR");
    char *path = NULL;

    memset(judges, 0, sizeof *judges);
    judges->grammar = strcmp(kind, "return") == 0 ? &ca_return_grammar : &ca_template_grammar;
    judges->limits =
        strcmp(kind, "return") == 0 ? &ca_xml_return_limits : &ca_xml_template_limits;
    judges->parser = ca_xml_parser_new();
    judges->arena = ca_arena_new();
    ck_assert(asprintf(&path, "%s/%s-1.xsd", folder != NULL ? folder : "schemas", kind) > 0);
    judges->schema_parser = xmlSchemaNewParserCtxt(path);
    free(path);
    judges->schema = xmlSchemaParse(judges->schema_parser);
    ck_assert_ptr_nonnull(judges->schema);
    judges->validator = xmlSchemaNewValidCtxt(judges->schema);
    xmlSchemaSetValidStructuredErrors(judges->validator, keep_schema_message, judges);
}

static void judges_close(struct judges *judges)
{
    xmlSchemaFreeValidCtxt(judges->validator);
    xmlSchemaFree(judges->schema);
    xmlSchemaFreeParserCtxt(judges->schema_parser);
    ca_arena_free(judges->arena);
    ca_xml_parser_free(judges->parser);
}

enum verdict { ACCEPTED, REFUSED, BEYOND_LIMIT };

static enum verdict ask_grammar(struct judges *judges, const char *bytes, size_t length,
                                const char **message)
{
    struct ca_diags diags;
    struct ca_xml_doc doc;
    bool good;

    ca_arena_reset(judges->arena);
    ca_diags_init(&diags, judges->arena);
    good = ca_xml_parse(judges->parser, judges->arena, bytes, length, judges->limits, &diags,
                        &doc) &&
           ca_grammar_check(judges->grammar, &doc, &diags);
    ck_assert_msg(good == (diags.errors == 0), "verdict and errors differ");
    for (size_t i = 0; i < diags.count; i++)
        if (diags.items[i].fault == CA_FAULT_LIMIT)
            return BEYOND_LIMIT;
    *message = diags.count > 0 ? diags.items[0].message : "";
    return good ? ACCEPTED : REFUSED;
}

static enum verdict ask_schema(struct judges *judges, const char *bytes, size_t length)
{
    xmlDocPtr doc = xmlReadMemory(bytes, (int)length, NULL, NULL,
                                  XML_PARSE_NONET | XML_PARSE_NOCDATA | XML_PARSE_NOERROR |
                                      XML_PARSE_NOWARNING);
    enum verdict verdict = REFUSED;

    judges->schema_message[0] = '\0';
    if (doc != NULL && xmlSchemaValidateDoc(judges->validator, doc) == 0)
        verdict = ACCEPTED;
    xmlFreeDoc(doc);
    return verdict;
}

static void compare(struct judges *judges, const char *bytes, size_t length, const char *what)
{
    const char *message = "";
    enum verdict ours = ask_grammar(judges, bytes, length, &message);

    if (ours == BEYOND_LIMIT)
        return;
    if (ours == ask_schema(judges, bytes, length)) {
        judges->accepted += ours == ACCEPTED;
        judges->refused += ours == REFUSED;
        return;
    }
    if (judges->disputed++ < 10)
        fprintf(stderr, "%s: grammar %s%s, schema: %s\n", what,
                ours == ACCEPTED ? "accepts" : "refuses: ", message, judges->schema_message);
}

static void compare_mutant(struct judges *judges, xmlDocPtr base, const struct mutation *first,
                           const struct mutation *second)
{
    xmlDocPtr doc = xmlCopyDoc(base, 1);
    xmlChar *bytes = NULL;
    int length = 0;
    char *name;

    if (mutation_apply(doc, first) && (second == NULL || mutation_apply(doc, second))) {
        xmlDocDumpMemoryEnc(doc, &bytes, &length, "UTF-8");
        name = mutation_name(first);
        compare(judges, (const char *)bytes, (size_t)length, name);
        free(name);
        xmlFree(bytes);
    }
    xmlFreeDoc(doc);
}

/* Every so many of all changes, which are 120,000. */
static unsigned stride(void)
{
    return unit_cases(1, 7, 199);
}

static xmlDocPtr read_document(const char *path)
{
    xmlDocPtr doc = xmlReadFile(path, NULL, XML_PARSE_NONET);

    ck_assert_msg(doc != NULL, "cannot read %s", path);
    return doc;
}

static void compare_every_mutant(const char *kind, const char *file)
{
    struct judges judges;
    char *path = unit_path(file);
    xmlDocPtr base = read_document(path);
    struct mutation m;
    unsigned step = 0;

    judges_open(&judges, kind);
    for (m.element = 0; m.element < mutation_elements(base); m.element++)
        for (m.change = 0; m.change < mutation_changes; m.change++)
            for (m.variant = 0; m.variant < mutation_variants(m.change); m.variant++)
                if (step++ % stride() == 0)
                    compare_mutant(&judges, base, &m, NULL);
    printf("%s: %u accepted, %u refused by both\n", file, judges.accepted, judges.refused);
    ck_assert_uint_eq(judges.disputed, 0);
    ck_assert_uint_gt(judges.accepted * stride(), 1000);
    ck_assert_uint_gt(judges.refused * stride(), 5000);
    judges_close(&judges);
    xmlFreeDoc(base);
    free(path);
}

START_TEST(every_change_of_a_template)
{
    compare_every_mutant("template", "data/every-element-template.xml");
}
END_TEST

START_TEST(every_change_of_a_return)
{
    compare_every_mutant("return", "data/every-element-return.xml");
}
END_TEST

/* Every way to write a number, in the place of the first there is. */
START_TEST(numbers_of_a_return)
{
    static const char *const numbers[] = {
        "1",  "-1",  "0.5", "1.125", "1000000000", "1.2345",        "1.",
        ".5", "1e3", "",    "--1",   "1,5",        "1000000000.001"};
    struct judges judges;
    struct ca_buffer bytes = {0}, changed = {0};
    struct ca_error error;
    char *path = unit_path("data/every-element-return.xml");
    const char *place, *end;

    judges_open(&judges, "return");
    ck_assert_int_eq(ca_file_read(path, 1 << 20, &bytes, &error), CA_OK);
    place = strstr(bytes.data, "<value>") + strlen("<value>");
    end = strstr(place, "</value>");
    for (size_t i = 0; i < sizeof numbers / sizeof *numbers; i++) {
        ca_buffer_clear(&changed);
        ca_buffer_add(&changed, bytes.data, (size_t)(place - bytes.data));
        ca_buffer_puts(&changed, numbers[i]);
        ca_buffer_puts(&changed, end);
        compare(&judges, changed.data, changed.length, numbers[i]);
    }
    ck_assert_uint_eq(judges.disputed, 0);
    ck_assert_uint_ge(judges.accepted, 4);
    ck_assert_uint_ge(judges.refused, 6);
    judges_close(&judges);
    ca_buffer_free(&bytes);
    ca_buffer_free(&changed);
    free(path);
}
END_TEST

static struct mutation draw_mutation(uint64_t *state, unsigned elements)
{
    struct mutation m;

    m.element = (unsigned)(mutation_draw(state) % elements);
    m.change = (unsigned)(mutation_draw(state) % mutation_changes);
    m.variant = (unsigned)(mutation_draw(state) % mutation_variants(m.change));
    return m;
}

/* The sample as it is, which must be good, and pairs of changes drawn by its name. */
static void compare_sample(struct judges *judges, const char *path, unsigned pairs)
{
    xmlDocPtr base = read_document(path);
    unsigned elements = mutation_elements(base), accepted = judges->accepted;
    uint64_t state = 1;
    struct ca_buffer bytes = {0};
    struct ca_error error;

    for (const char *c = strrchr(path, '/'); *c != '\0'; c++)
        state = state * 31 + (unsigned char)*c;
    ck_assert_int_eq(ca_file_read(path, 1 << 23, &bytes, &error), CA_OK);
    compare(judges, bytes.data, bytes.length, path);
    ck_assert_msg(judges->accepted == accepted + 1, "%s is refused", path);
    for (unsigned i = 0; i < pairs; i++) {
        struct mutation first = draw_mutation(&state, elements);
        struct mutation second = draw_mutation(&state, elements);

        compare_mutant(judges, base, &first, i % 2 == 0 ? NULL : &second);
    }
    ca_buffer_free(&bytes);
    xmlFreeDoc(base);
}

static unsigned compare_folder(struct judges *judges, const char *folder, unsigned pairs)
{
    struct dirent **entries;
    int count = scandir(folder, &entries, NULL, alphasort);
    unsigned files = 0;

    ck_assert_msg(count >= 0, "cannot read %s", folder);
    for (int i = 0; i < count; i++) {
        struct stat status;
        char *path = NULL;

        ck_assert(asprintf(&path, "%s/%s", folder, entries[i]->d_name) > 0);
        ck_assert_int_eq(stat(path, &status), 0);
        if (entries[i]->d_name[0] != '.' && S_ISDIR(status.st_mode)) {
            files += compare_folder(judges, path, pairs);
        } else if (strlen(path) > 4 && strcmp(path + strlen(path) - 4, ".xml") == 0) {
            compare_sample(judges, path, pairs);
            files++;
        }
        free(path);
        free(entries[i]);
    }
    free(entries);
    return files;
}

static void compare_samples(const char *kind, const char *folder, unsigned pairs)
{
    struct judges judges;
    char *path = unit_path(folder);

    judges_open(&judges, kind);
    ck_assert_uint_gt(compare_folder(&judges, path, pairs / unit_cases(1, 1, 50)), 5);
    printf("%s: %u accepted, %u refused by both\n", folder, judges.accepted, judges.refused);
    ck_assert_uint_eq(judges.disputed, 0);
    judges_close(&judges);
    free(path);
}

START_TEST(sample_templates)
{
    compare_samples("template", "../samples/templates", 400);
}
END_TEST

START_TEST(sample_returns)
{
    compare_samples("return", "../samples/returns", 15);
}
END_TEST

Suite *unit_suite(void)
{
    Suite *suite = suite_create("schema");
    TCase *tcase = tcase_create("both accept the same");

    tcase_add_test(tcase, every_change_of_a_template);
    tcase_add_test(tcase, every_change_of_a_return);
    tcase_add_test(tcase, numbers_of_a_return);
    tcase_add_test(tcase, sample_templates);
    tcase_add_test(tcase, sample_returns);
    suite_add_tcase(suite, tcase);
    return suite;
}
