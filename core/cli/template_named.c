/* Templates as the command line names them: files, or those of the store. */
#include "core/cli/template_named.h"

#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "core/base/array.h"
#include "core/base/file.h"
#include "core/cli/inputs.h"
#include "core/cli/store_access.h"

/* ---- of the store ---- */

static bool find_template(void *context, const char *id, const char *version,
                          struct ca_buffer *bytes, struct ca_buffer *name, ca_date *retired_on)
{
    struct ca_buffer found = {0};
    struct ca_error error;
    bool good;

    good = context != NULL && ca_store_find_template(context, id, version, bytes, &found,
                                                     retired_on, &error) == CA_OK;
    if (good)
        ca_buffer_printf(name, "%s@%s", id, found.data);
    ca_buffer_free(&found);
    return good;
}

static bool newest_template(void *context, const char *id, struct ca_buffer *version)
{
    struct ca_error error;

    return context != NULL &&
           ca_store_find_template(context, id, NULL, NULL, version, NULL, &error) == CA_OK;
}

struct ca_template_source ca_cli_template_source(struct ca_store *store)
{
    return (struct ca_template_source){
        .context = store, .find = find_template, .newest = newest_template};
}

static bool find_as_recorded(void *context, const char *id, const char *version,
                             struct ca_buffer *bytes, struct ca_buffer *name,
                             ca_date *retired_on)
{
    bool found = find_template(context, id, version, bytes, name, retired_on);

    *retired_on = CA_NO_DATE;
    return found;
}

struct ca_template_source ca_cli_source_as_recorded(struct ca_store *store)
{
    return (struct ca_template_source){
        .context = store, .find = find_as_recorded, .newest = newest_template};
}

char *ca_cli_template_id(const char *operand, const char **version)
{
    char *id = ca_xstrdup(operand), *at = strchr(id, '@');

    *version = NULL;
    if (at != NULL) {
        *at = '\0';
        *version = at + 1;
    }
    return id;
}

const struct ca_template *ca_cli_find_template(struct ca_catalogue *catalogue,
                                               struct ca_store *store, const char *operand)
{
    struct ca_arena *arena = ca_arena_new();
    struct ca_buffer newest = {0};
    const char *version, *why;
    char *id = ca_cli_template_id(operand, &version);
    const struct ca_template *t = NULL;

    if (version == NULL && newest_template(store, id, &newest))
        version = newest.data;
    if (version != NULL)
        t = ca_catalogue_find(catalogue, id, version, arena, &why);
    if (version == NULL)
        ca_complain("there is no file '%s', and no template of that name in the store%s%s",
                    operand, store != NULL ? "; " : "",
                    store != NULL ? ca_cli_templates_there_are(store, arena) : "");
    else if (t == NULL)
        ca_complain("%s", why);
    ca_buffer_free(&newest);
    ca_arena_free(arena);
    free(id);
    return t;
}

/* ---- files ---- */

bool ca_cli_is_template_file(const char *operand)
{
    return access(operand, F_OK) == 0 || strchr(operand, '/') != NULL || ca_is_xml(operand);
}

const struct ca_template *ca_cli_read_template(const struct ca_cli *cli,
                                               struct ca_catalogue *catalogue, const char *file,
                                               struct ca_buffer *bytes, size_t *errors)
{
    struct ca_arena *arena = ca_arena_new();
    const struct ca_template *t = NULL;
    struct ca_error error;
    struct ca_diags diags;

    ca_diags_init(&diags, arena);
    if (ca_file_read(file, ca_xml_template_limits.bytes, bytes, &error) == CA_OK)
        t = ca_catalogue_add(catalogue, file, bytes->data, bytes->length, &diags);
    else
        ca_diags_add(&diags, CA_ERROR, CA_FAULT_FILE, 1, 1, NULL, "%s", error.message);
    ca_print_diags(cli, file, &diags);
    if (errors != NULL)
        *errors = diags.errors;
    ca_arena_free(arena);
    return t;
}

int ca_cli_load_template(const struct ca_cli *cli, struct ca_catalogue *catalogue,
                         struct ca_store *store, const char *file, enum ca_loaded *outcome,
                         const struct ca_template **loaded, struct ca_error *error)
{
    struct ca_buffer bytes = {0};
    const struct ca_template *t = ca_cli_read_template(cli, catalogue, file, &bytes, NULL);
    int status = t != NULL ? 0 : 1;

    if (t != NULL &&
        ca_store_load_template(store, t, bytes.data, bytes.length, outcome, error) != CA_OK) {
        status = error->code == CA_ERROR_DATA ? 1 : -1;
        if (status == 1)
            ca_complain_of(file, "%s", error->message);
        ca_catalogue_refuse(catalogue, t);
    }
    if (status == 0)
        *loaded = t;
    ca_buffer_free(&bytes);
    return status;
}

/* ---- either: --template ---- */

/* A file may hold a version that the store has retired. */
static void note_retirement(struct ca_catalogue *catalogue, struct ca_store *store,
                            const struct ca_template *t)
{
    struct ca_error error;
    ca_date on;

    if (ca_store_find_template(store, t->id, t->version, NULL, NULL, &on, &error) == CA_OK)
        ca_catalogue_retire(catalogue, t, on);
}

/* Files together, where there are several or a process goes on with them; what is wrong with
 * one is told when it is added. */
static void read_ahead(const struct ca_args *args, struct ca_catalogue *catalogue)
{
    struct ca_template_document *documents = NULL;
    const char *operand;
    struct ca_error error;
    size_t count = 0;

    for (size_t i = 0; (operand = ca_args_nth(args, "template", i)) != NULL; i++) {
        struct ca_template_document document = {.file = operand};
        if (ca_cli_is_template_file(operand) &&
            ca_file_read(operand, ca_xml_template_limits.bytes, &document.bytes, &error) ==
                CA_OK)
            *CA_APPEND(documents, count) = document;
        else
            ca_buffer_free(&document.bytes);
    }
    ca_catalogue_read_ahead(catalogue, documents, count);
    for (size_t i = 0; i < count; i++)
        ca_buffer_free(&documents[i].bytes);
    free(documents);
}

int ca_cli_add_templates(const struct ca_cli *cli, const struct ca_args *args,
                         struct ca_catalogue *catalogue, struct ca_store *store, bool keep)
{
    const struct ca_template *t = NULL;
    struct ca_buffer bytes = {0};
    enum ca_loaded outcome;
    const char *operand;
    struct ca_error error;
    int refused = 0, status;

    if (ca_args_nth(args, "template", ca_catalogue_stays(catalogue) ? 0 : 1) != NULL)
        read_ahead(args, catalogue);
    for (size_t i = 0; (operand = ca_args_nth(args, "template", i)) != NULL; i++) {
        if (!ca_cli_is_template_file(operand))
            status = ca_cli_find_template(catalogue, store, operand) != NULL ? 0 : 1;
        else if (keep)
            status = ca_cli_load_template(cli, catalogue, store, operand, &outcome, &t, &error);
        else
            status =
                ca_cli_read_template(cli, catalogue, operand, &bytes, NULL) != NULL ? 0 : 1;
        if (status == 0 && keep && ca_cli_is_template_file(operand))
            note_retirement(catalogue, store, t);
        if (status < 0) {
            ca_complain("%s", error.message);
            ca_buffer_free(&bytes);
            return -1;
        }
        refused += status;
    }
    ca_catalogue_read_ahead(catalogue, NULL, 0);
    ca_buffer_free(&bytes);
    return refused;
}
