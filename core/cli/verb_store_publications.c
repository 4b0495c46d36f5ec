/* store publications: what was published, from the register. */
#include <stdio.h>
#include <string.h>

#include "core/cli/cli.h"
#include "core/cli/safe.h"
#include "core/cli/store_access.h"
#include "core/cli/verbs.h"
#include "core/insight/summarise.h"

struct listing {
    size_t count;
};

/* The first line of an entry is the question. */
static bool list(void *context, const char *name, const char *value)
{
    size_t prefix = strlen(CA_PUBLICATION_SETTING), length = strcspn(value, "\n");
    struct listing *listing = context;
    struct ca_buffer question = {0};

    if (strncmp(name, CA_PUBLICATION_SETTING, prefix) != 0)
        return true;
    listing->count++;
    ca_buffer_add(&question, value, length);
    ca_print_safe(stdout, name + prefix);
    fputs(": ", stdout);
    ca_print_safe(stdout, question.data);
    putchar('\n');
    ca_buffer_free(&question);
    return true;
}

static int publications(struct ca_cli *cli, const struct ca_args *args)
{
    struct ca_store *store = ca_cli_store(cli, CA_STORE_READ);
    struct listing listing = {0};
    struct ca_error error;
    int status = CA_EXIT_DONE;

    (void)args;
    if (store == NULL)
        return CA_EXIT_FAILED;
    if (ca_store_each_setting(store, list, &listing, &error) != CA_OK)
        status = ca_cli_store_failed(&error);
    else if (listing.count == 0)
        ca_remark(cli, "nothing was published yet; 'caseaudit summary --audience public "
                       "--publish NAME' does");
    ca_store_close(store);
    return status;
}

static const struct ca_option_row no_options[] = {{NULL, 0, NULL, false, NULL}};

const struct ca_verb ca_verb_store_publications = {
    .name = "store publications",
    .operands = "",
    .summary = "List the public summaries that were published",
    .example = "caseaudit store publications",
    .options = no_options,
    .least = 0,
    .most = 0,
    .run = publications,
};
