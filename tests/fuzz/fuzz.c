/* What fuzz targets share. */
#include "tests/fuzz/fuzz.h"

#include <glob.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "core/base/file.h"
#include "core/report/explain/explain.h"
#include "core/report/result/result_html.h"
#include "core/report/result/result_json.h"
#include "core/report/result/result_text.h"
#include "core/report/result/result_xml.h"

enum { LARGEST_TEMPLATE = 1024 * 1024 };

/* What must be there for the target to make sense. */
static const char *place(const char *variable)
{
    const char *value = getenv(variable);

    if (value == NULL) {
        fprintf(stderr, "%s is not set\n", variable);
        exit(2);
    }
    return value;
}

struct ca_registry *fuzz_registry(void)
{
    static struct ca_registry *registry;
    static struct ca_host host;

    if (registry == NULL) {
        ca_host_init(&host);
        registry = ca_registry_new(&host);
        ca_registry_add_path(registry, place("PLUGIN_DIR"));
        ca_registry_load(registry);
    }
    return registry;
}

enum { MOST_SAMPLES = 32 };
static const struct ca_template *samples[MOST_SAMPLES + 1];

const struct ca_template *fuzz_sample(size_t i)
{
    fuzz_samples();
    return samples[i];
}

static const struct ca_template *add_sample(struct ca_catalogue *catalogue, const char *path)
{
    struct ca_arena *arena = ca_arena_new();
    const struct ca_template *t = NULL;
    struct ca_buffer bytes = {0};
    struct ca_diags diags;
    struct ca_error error;

    ca_diags_init(&diags, arena);
    if (ca_file_read(path, LARGEST_TEMPLATE, &bytes, &error) == CA_OK)
        t = ca_catalogue_add(catalogue, path, bytes.data, bytes.length, &diags);
    if (t == NULL) {
        fprintf(stderr, "%s cannot be read\n", path);
        exit(2);
    }
    ca_buffer_free(&bytes);
    ca_arena_free(arena);
    return t;
}

struct ca_catalogue *fuzz_samples(void)
{
    static struct ca_catalogue *catalogue;
    char *pattern = NULL;
    glob_t found;

    if (catalogue != NULL)
        return catalogue;
    catalogue = ca_catalogue_new(fuzz_registry(), NULL);
    if (asprintf(&pattern, "%s/samples/templates/*.xml", place("srcdir")) < 0 ||
        glob(pattern, 0, NULL, &found) != 0) {
        fprintf(stderr, "there are no templates in samples/\n");
        exit(2);
    }
    for (size_t i = 0; i < found.gl_pathc && i < MOST_SAMPLES; i++)
        samples[i] = add_sample(catalogue, found.gl_pathv[i]);
    globfree(&found);
    free(pattern);
    return catalogue;
}

/* ---- a store ---- */

static struct ca_store *store;
static char folder[] = "/tmp/fuzz-store-XXXXXX";

static void load_templates(void)
{
    const struct ca_template *t;

    for (size_t i = 0; (t = fuzz_sample(i)) != NULL; i++) {
        enum ca_loaded outcome;
        struct ca_error error;
        if (ca_store_load_template(store, t, t->id, strlen(t->id), &outcome, &error) != CA_OK)
            abort();
    }
}

static void remove_store(void)
{
    static const char *const names[] = {"store.db", "store.db-wal", "store.db-shm",
                                        "store.head"};
    char path[64];

    ca_store_close(store);
    for (size_t i = 0; i < sizeof names / sizeof *names; i++) {
        snprintf(path, sizeof path, "%s/%s", folder, names[i]);
        unlink(path);
    }
    rmdir(folder);
}

struct ca_store *fuzz_store(void)
{
    char path[64];
    struct ca_error error;

    if (store != NULL)
        return store;
    if (mkdtemp(folder) == NULL)
        abort();
    snprintf(path, sizeof path, "%s/store.db", folder);
    if (ca_store_open(path, CA_STORE_CREATE, "fuzz", &store, &error) != CA_OK)
        abort();
    atexit(remove_store);
    load_templates();
    return store;
}

/* ---- inputs and results ---- */

void fuzz_split(const uint8_t *data, size_t size, struct fuzz_part *parts, size_t count)
{
    const char *at = size > 0 ? (const char *)data : "", *end = at + size;

    for (size_t i = 0; i < count; i++) {
        const char *zero = i + 1 < count ? memchr(at, '\0', (size_t)(end - at)) : NULL;
        const char *stop = zero != NULL ? zero : end;
        parts[i] = (struct fuzz_part){at, (size_t)(stop - at)};
        at = zero != NULL ? zero + 1 : end;
    }
}

char *fuzz_text(const uint8_t *data, size_t size)
{
    char *text = ca_xcalloc(size + 1, 1);

    if (size > 0)
        memcpy(text, data, size);
    return text;
}

static void write_all(const struct ca_scored *scored)
{
    struct ca_buffer out = {0};
    struct ca_layout layout = {.out = &out, .width = CA_LAYOUT_WIDTH};

    ca_result_json(&out, scored);
    ca_result_xml(&out, scored);
    ca_result_html(&out, scored);
    ca_result_text(&layout, scored);
    if (scored->result != NULL)
        ca_explain(&layout, scored->result);
    ca_buffer_free(&out);
}

void fuzz_score(struct ca_catalogue *catalogue, const char *bytes, size_t length)
{
    struct ca_engine_options options = {0};
    struct ca_scorer *scorer = ca_scorer_new(fuzz_registry(), catalogue, &options);
    struct ca_scored scored;

    ca_scorer_run(scorer, "return.xml", bytes, length, &scored);
    write_all(&scored);
    ca_scorer_free(scorer);
}
