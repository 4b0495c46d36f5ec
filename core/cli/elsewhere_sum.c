/* A summary of results without a store: one that lasts as long as the summary takes. */
#include "core/cli/elsewhere_sum.h"

#include <stdlib.h>

#include "core/cli/elsewhere.h"
#include "core/cli/store_access.h"
#include "core/cli/template_named.h"
#include "core/report/summary/temporary.h"

struct ca_passing {
    struct ca_temporary folder;
    bool made; /* the folder */
    struct ca_store *store;
    struct ca_catalogue *catalogue;
};

struct ca_store *ca_passing_store(struct ca_passing *passing)
{
    return passing->store;
}

void ca_passing_close(struct ca_passing *passing)
{
    if (passing == NULL)
        return;
    ca_store_close(passing->store);
    ca_catalogue_free(passing->catalogue);
    if (passing->made)
        ca_temporary_remove(&passing->folder);
    free(passing);
}

/* In a folder that nobody else can look into, and that goes however the summary ends. */
static bool make_store(struct ca_passing *passing)
{
    struct ca_buffer name = {0};
    struct ca_error error;
    enum ca_code code = ca_temporary_new(&passing->folder, &error);

    passing->made = code == CA_OK;
    if (passing->made) {
        ca_buffer_printf(&name, "%s/store.db", passing->folder.path);
        code = ca_store_open(name.data, CA_STORE_CREATE, "-", &passing->store, &error);
    }
    ca_buffer_free(&name);
    if (code != CA_OK)
        ca_complain("%s", error.message);
    return code == CA_OK;
}

static int fill(struct ca_passing *passing, struct ca_cli *cli, const struct ca_args *args,
                struct ca_asked *asked)
{
    const struct ca_pool_options pool = {.registry = cli->registry,
                                         .catalogue = passing->catalogue};
    const char **files = CA_ARRAY(asked->arena, args->option_count, const char *), *file;
    struct ca_claimed *claims;
    struct ca_error error;
    size_t count = 0, claimed;

    while ((file = ca_args_nth(args, "from", count)) != NULL)
        files[count++] = file;
    if (!ca_elsewhere_read(files, count, asked->arena, &claims, &claimed))
        return CA_EXIT_REFUSED;
    if (ca_elsewhere_put(&pool, passing->store, claims, claimed, &error) == CA_OK)
        return CA_EXIT_DONE;
    ca_complain("%s", error.message);
    return error.code == CA_ERROR_DATA ? CA_EXIT_REFUSED : CA_EXIT_FAILED;
}

static int prepare(struct ca_passing *passing, struct ca_cli *cli, const struct ca_args *args,
                   struct ca_asked *asked)
{
    const char **id = CA_ARRAY(asked->arena, 1, const char *);

    if (!make_store(passing))
        return CA_EXIT_FAILED;
    passing->catalogue = ca_catalogue_new(cli->registry, NULL);
    if (ca_cli_add_templates(cli, args, passing->catalogue, passing->store, true) != 0 ||
        ca_catalogue_count(passing->catalogue) != 1)
        return CA_EXIT_REFUSED;
    *id = ca_catalogue_at(passing->catalogue, 0)->id;
    asked->request.templates = id;
    asked->request.template_count = 1;
    return fill(passing, cli, args, asked);
}

struct ca_passing *ca_passing_open(struct ca_cli *cli, const struct ca_args *args,
                                   struct ca_asked *asked, int *status)
{
    struct ca_passing *passing = ca_xcalloc(1, sizeof *passing);

    *status = prepare(passing, cli, args, asked);
    if (*status == CA_EXIT_DONE)
        return passing;
    ca_passing_close(passing);
    return NULL;
}
