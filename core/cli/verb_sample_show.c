/* sample show: a sample as it was drawn, and which cases stand in it now. */
#include "core/cli/cli.h"
#include "core/cli/sample_formats.h"
#include "core/cli/store_access.h"
#include "core/cli/verbs.h"

static int show(struct ca_cli *cli, const struct ca_args *args)
{
    struct ca_store *store = ca_cli_store(cli, CA_STORE_READ);
    struct ca_arena *arena = ca_arena_new();
    int status = CA_EXIT_FAILED;
    struct ca_sample sample;
    struct ca_error error;

    if (store != NULL) {
        status = CA_EXIT_DONE;
        if (ca_store_find_sample(store, args->operands[0], arena, &sample, &error) != CA_OK)
            status = ca_cli_store_failed(&error);
        else
            ca_sample_print(&sample, ca_args_get(args, "format", "text"));
    }
    ca_store_close(store);
    ca_arena_free(arena);
    return status;
}

static const struct ca_option_row options[] = {
    {"format", 'f', "text|json|csv", false, "how it is written (text)"},
    {NULL, 0, NULL, false, NULL}};

const struct ca_verb ca_verb_sample_show = {
    .name = "sample show",
    .operands = "NAME",
    .summary = "Show a sample: how it was drawn, and which cases stand in it",
    .example = "caseaudit sample show homes-2024",
    .options = options,
    .least = 1,
    .most = 1,
    .run = show,
};
