/* The template that a command is given: a file, or one of the store. */
#include "core/cli/template_operand.h"

#include <stdlib.h>

#include "core/cli/store_access.h"
#include "core/work/ask.h"

static const struct ca_template *read_file(const struct ca_cli *cli,
                                           struct ca_catalogue *catalogue, const char *file)
{
    struct ca_buffer bytes = {0};
    const struct ca_template *t = ca_cli_read_template(cli, catalogue, file, &bytes, NULL);

    ca_buffer_free(&bytes);
    return t;
}

int ca_cli_open_template(const struct ca_cli *cli, const char *operand,
                         struct ca_template_operand *out)
{
    const bool file = ca_cli_is_template_file(operand);
    bool failed;

    *out = (struct ca_template_operand){0};
    if (!file) {
        out->store = ca_cli_store_if_any(cli, &failed);
        if (failed)
            return CA_EXIT_FAILED;
    }
    out->source = ca_cli_template_source(out->store);
    out->catalogue = ca_catalogue_new(cli->registry, &out->source);
    out->template = file ? read_file(cli, out->catalogue, operand)
                         : ca_cli_find_template(out->catalogue, out->store, operand);
    return out->template != NULL ? CA_EXIT_DONE : CA_EXIT_REFUSED;
}

void ca_cli_close_template(struct ca_template_operand *operand)
{
    ca_catalogue_free(operand->catalogue);
    if (operand->store != NULL)
        ca_store_close(operand->store);
}

/* ---- what is made of them ---- */

struct making {
    const struct ca_template_operand *operands;
    size_t count;
    ca_make_of_templates make;
    const void *context;
};

static void make_there(void *context, struct ca_buffer *out)
{
    const struct making *making = context;
    struct ca_arena *arena = ca_arena_new();
    const struct ca_template **whole =
        CA_ARRAY(arena, making->count, const struct ca_template *);
    const char *why;

    for (size_t i = 0; i < making->count; i++) {
        const struct ca_template_operand *operand = &making->operands[i];
        ca_catalogue_read_here(operand->catalogue);
        whole[i] = ca_catalogue_find(operand->catalogue, operand->template->id,
                                     operand->template->version, arena, &why);
        if (whole[i] == NULL)
            abort(); /* it was found good before */
    }
    making->make(out, whole, making->context);
}

bool ca_cli_make_of_templates(const struct ca_template_operand *operands, size_t count,
                              ca_make_of_templates make, const void *context,
                              struct ca_buffer *out)
{
    struct making making = {operands, count, make, context};
    const struct ca_ask ask = {.work = make_there, .context = &making, .who = "the engine"};
    char why[CA_ASK_WHY];

    if (ca_ask_locked(&ask, out, why))
        return true;
    ca_complain("%s", why);
    return false;
}
