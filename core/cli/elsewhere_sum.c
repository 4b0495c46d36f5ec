/* A summary of results without a store: one that lasts as long as the summary takes. */
#include "core/cli/elsewhere_sum.h"

#include <errno.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "core/cli/elsewhere.h"
#include "core/cli/store_access.h"
#include "core/cli/template_named.h"

struct ca_passing {
    char *folder;
    struct ca_store *store;
    struct ca_catalogue *catalogue;
};

struct ca_store *ca_passing_store(struct ca_passing *passing)
{
    return passing->store;
}

void ca_passing_close(struct ca_passing *passing)
{
    static const char *const names[] = {"store.db", "store.db-wal", "store.db-shm",
                                        "store.db-journal", "store.head"};
    struct ca_buffer path = {0};

    if (passing == NULL)
        return;
    ca_store_close(passing->store);
    ca_catalogue_free(passing->catalogue);
    for (size_t i = 0; i < sizeof names / sizeof *names && passing->folder != NULL; i++) {
        ca_buffer_clear(&path);
        ca_buffer_printf(&path, "%s/%s", passing->folder, names[i]);
        (void)unlink(path.data);
    }
    if (passing->folder != NULL)
        (void)rmdir(passing->folder);
    ca_buffer_free(&path);
    free(passing->folder);
    free(passing);
}

/* Nobody but its owner can look into it. */
static bool make_store(struct ca_passing *passing)
{
    const char *temporary = getenv("TMPDIR");
    struct ca_buffer name = {0};
    struct ca_error error;
    enum ca_code code;

    ca_buffer_printf(&name, "%s/caseaudit.XXXXXX", temporary != NULL ? temporary : "/tmp");
    if (mkdtemp(name.data) == NULL) {
        ca_complain("cannot make '%s': %s", name.data, strerror(errno));
        ca_buffer_free(&name);
        return false;
    }
    passing->folder = ca_xstrdup(name.data);
    ca_buffer_puts(&name, "/store.db");
    code = ca_store_open(name.data, CA_STORE_CREATE, "-", &passing->store, &error);
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
