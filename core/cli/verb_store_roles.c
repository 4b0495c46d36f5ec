/* store grant, revoke, roles: which role of the database may do what. */
#include <string.h>

#include "core/cli/cli.h"
#include "core/cli/safe.h"
#include "core/cli/store_access.h"
#include "core/cli/verbs.h"
#include "core/store/authority.h"

static const struct ca_option_row no_options[] = {{NULL, 0, NULL, false, NULL}};

/* ---- grant ---- */

/* What is granted, as the options say; false, with a complaint, if they make no sense. */
static bool read_access(const struct ca_args *args, struct ca_access *out)
{
    const bool region = ca_args_has(args, "region");
    const char *authority = ca_args_get(args, "authority", NULL);
    const char *as = ca_args_get(args, "as", NULL);

    *out = (struct ca_access){args->operands[0], authority, as};
    if (as == NULL ||
        (strcmp(as, "auditor") != 0 && strcmp(as, "lead") != 0 && strcmp(as, "reader") != 0))
        ca_misused(args->verb, "say what the role is: --as auditor, lead or reader");
    else if (region == (authority != NULL))
        ca_misused(args->verb, "say whose audits: --authority NAME, or --region for all");
    else if (region && strcmp(as, "reader") != 0)
        ca_misused(args->verb, "of the whole region one can be a reader, and no more");
    else if (authority != NULL && !ca_authority_fits(authority))
        ca_misused(args->verb, CA_AUTHORITY_CANNOT, authority);
    else
        return true;
    return false;
}

static int grant(struct ca_cli *cli, const struct ca_args *args)
{
    struct ca_access access;
    struct ca_store *store;
    struct ca_error error;
    int status = CA_EXIT_DONE;

    if (!read_access(args, &access))
        return CA_EXIT_USAGE;
    store = ca_cli_store(cli, CA_STORE_WRITE);
    if (store == NULL)
        return CA_EXIT_FAILED;
    if (ca_store_grant(store, &access, &error) != CA_OK) {
        status = ca_cli_store_failed(&error);
    } else {
        ca_print_safe(stdout, access.role);
        printf(" is now %s of ", access.as);
        puts(access.authority != NULL ? access.authority : "the region");
    }
    ca_store_close(store);
    return status;
}

static const struct ca_option_row grant_options[] = {
    {"authority", 0, "NAME", false, "whose audits the role has to do with"},
    {"region", 0, NULL, false, "all authorities' instead, to read figures"},
    {"as", 0, "auditor|lead|reader", false, "what the role may do"},
    {NULL, 0, NULL, false, NULL}};

const struct ca_verb ca_verb_store_grant = {
    .name = "store grant",
    .operands = "ROLE",
    .summary = "Let a role of the database record, lead or read the audits of an authority",
    .example = "caseaudit --store postgresql://keeper@db/audits store grant amira \\\n"
               "      --authority dudley --as auditor",
    .options = grant_options,
    .least = 1,
    .most = 1,
    .run = grant,
};

/* ---- revoke ---- */

static int revoke(struct ca_cli *cli, const struct ca_args *args)
{
    struct ca_store *store = ca_cli_store(cli, CA_STORE_WRITE);
    struct ca_error error;
    int status = CA_EXIT_DONE;

    if (store == NULL)
        return CA_EXIT_FAILED;
    if (ca_store_revoke(store, args->operands[0], &error) != CA_OK) {
        status = ca_cli_store_failed(&error);
    } else {
        ca_print_safe(stdout, args->operands[0]);
        puts(" may do nothing here any more");
    }
    ca_store_close(store);
    return status;
}

const struct ca_verb ca_verb_store_revoke = {
    .name = "store revoke",
    .operands = "ROLE",
    .summary = "Take from a role of the database what it was granted",
    .example = "caseaudit --store postgresql://keeper@db/audits store revoke amira",
    .options = no_options,
    .least = 1,
    .most = 1,
    .run = revoke,
};

/* ---- roles ---- */

static bool print_access(void *context, const struct ca_access *access)
{
    (void)context;
    printf("%-18s %-8s ", access->authority != NULL ? access->authority : "the region",
           access->as);
    ca_print_safe(stdout, access->role);
    putchar('\n');
    return true;
}

static int roles(struct ca_cli *cli, const struct ca_args *args)
{
    struct ca_store *store = ca_cli_store(cli, CA_STORE_READ);
    struct ca_error error;
    int status = CA_EXIT_DONE;

    (void)args;
    if (store == NULL)
        return CA_EXIT_FAILED;
    if (ca_store_each_access(store, print_access, NULL, &error) != CA_OK)
        status = ca_cli_store_failed(&error);
    ca_store_close(store);
    return status;
}

const struct ca_verb ca_verb_store_roles = {
    .name = "store roles",
    .operands = "",
    .summary = "Show which role of the database may do what, for which authority",
    .example = "caseaudit --store postgresql://keeper@db/audits store roles",
    .options = no_options,
    .least = 0,
    .most = 0,
    .run = roles,
};
