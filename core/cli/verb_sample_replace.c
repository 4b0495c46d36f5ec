/* sample replace: a case that turned out not to be one gives its place to the next in reserve.
 */
#include <string.h>

#include "core/base/blank.h"
#include "core/base/buffer.h"
#include "core/base/code.h"
#include "core/cli/cli.h"
#include "core/cli/store_access.h"
#include "core/cli/verbs.h"
#include "core/year/sample.h"

enum { CASES_SHOWN = 12 };

static void no_such_case(const struct ca_sample *sample, const char *id,
                         const struct ca_standing *standing, size_t count,
                         struct ca_error *error)
{
    struct ca_buffer ids = {0};
    size_t shown = 0, there = 0;

    for (size_t i = 0; i < count; i++) {
        if (standing[i].reserve || standing[i].of->id == NULL)
            continue;
        if (there++ >= CASES_SHOWN)
            continue;
        ca_buffer_printf(&ids, "%s'%s'", shown++ > 0 ? ", " : "", standing[i].of->id);
    }
    if (there > CASES_SHOWN)
        ca_buffer_printf(&ids, " and %zu more", there - CASES_SHOWN);
    ca_fail(error, CA_ERROR_NOT_FOUND, "case '%s' does not stand in sample '%s'%s%s", id,
            sample->name, there > 0 ? ", which has " : "", there > 0 ? ids.data : "");
    ca_buffer_free(&ids);
}

/* The case as it stands in the sample; NULL with an error. */
static const struct ca_standing *find_case(const struct ca_sample *sample, const char *id,
                                           const struct ca_standing *standing, size_t count,
                                           struct ca_error *error)
{
    for (size_t i = 0; i < count; i++) {
        if (!ca_same_code(standing[i].of->id, id))
            continue;
        if (!standing[i].reserve)
            return &standing[i];
        ca_fail(error, CA_ERROR_DATA, "case '%s' is in reserve: it stands by, and has no place",
                id);
        return NULL;
    }
    no_such_case(sample, id, standing, count, error);
    return NULL;
}

/* The next in reserve of the same stratum; NULL with an error. */
static const struct ca_standing *find_reserve(const struct ca_standing *of,
                                              const struct ca_standing *standing, size_t count,
                                              struct ca_error *error)
{
    for (size_t i = 0; i < count; i++)
        if (standing[i].reserve && standing[i].of->id != NULL &&
            standing[i].of->stratum == of->of->stratum)
            return &standing[i];
    ca_fail(error, CA_ERROR_DATA,
            "no case of its stratum stands by for '%s'; draw with --reserve next time, and say "
            "in the report that a case is missing",
            of->of->id);
    return NULL;
}

/* What is asked for, and what came of it. */
struct replacing {
    struct ca_store *store;
    const char *name, *id, *why;
    struct ca_arena *arena;
    const char *old_id, *new_id;
};

/* One change with what it goes by, so that nobody replaces another meanwhile. */
static enum ca_code replace_in(void *context, struct ca_error *error)
{
    struct replacing *asked = context;
    struct ca_sample_replacement replacement = {.why = asked->why};
    const struct ca_standing *standing, *old, *reserve;
    struct ca_sample sample;
    size_t count;
    enum ca_code code =
        ca_store_find_sample(asked->store, asked->name, asked->arena, &sample, error);

    if (code != CA_OK)
        return code;
    standing = ca_sample_standing(asked->arena, &sample, &count);
    old = find_case(&sample, asked->id, standing, count, error);
    reserve = old != NULL ? find_reserve(old, standing, count, error) : NULL;
    if (reserve == NULL)
        return error->code;
    replacement.place = (size_t)(old->of - sample.cases);
    replacement.by = (size_t)(reserve->of - sample.cases);
    asked->old_id = old->of->id;
    asked->new_id = reserve->of->id;
    return ca_store_replace_case(asked->store, asked->name, &replacement, error);
}

static int replace(struct ca_cli *cli, const struct ca_args *args)
{
    const char *why = ca_args_get(args, "why", "");
    struct replacing asked = {.name = args->operands[0], .id = args->operands[1], .why = why};
    struct ca_error error;
    enum ca_code code;

    if (ca_is_blank_text(why))
        return ca_misused(args->verb, "say why, with --why: the reason is kept and shown");
    asked.store = ca_cli_store(cli, CA_STORE_WRITE);
    if (asked.store == NULL)
        return CA_EXIT_FAILED;
    asked.arena = ca_arena_new();
    code = ca_store_together(asked.store, replace_in, &asked, &error);
    if (code == CA_OK)
        printf("%s takes the place of %s in sample %s\n", asked.new_id, asked.old_id,
               asked.name);
    ca_store_close(asked.store);
    ca_arena_free(asked.arena);
    return code == CA_OK ? CA_EXIT_DONE : ca_cli_store_failed(&error);
}

static const struct ca_option_row options[] = {
    {"why", 0, "TEXT", false, "why the case cannot be audited; it is kept and shown"},
    {NULL, 0, NULL, false, NULL}};

const struct ca_verb ca_verb_sample_replace = {
    .name = "sample replace",
    .operands = "NAME CASE",
    .summary = "Put the next case in reserve in the place of one that cannot be audited",
    .example = "caseaudit sample replace homes-2024 FICTION-H001 --why 'The home has closed'",
    .options = options,
    .least = 2,
    .most = 2,
    .run = replace,
};
