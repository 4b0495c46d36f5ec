/* sample verify: draws again from a list, and says whether the same cases come out. */
#include <stddef.h>
#include <stdio.h>
#include <string.h>

#include "core/base/blank.h"
#include "core/base/json.h"
#include "core/cli/cli.h"
#include "core/cli/csv.h"
#include "core/cli/sample_draw.h"
#include "core/cli/sheet_operand.h"
#include "core/cli/store_access.h"
#include "core/cli/verbs.h"
#include "core/year/verify.h"

/* The lists of differences: how each is called, and told. */
static const struct {
    const char *key, *words;
    size_t offset;
} lists[] = {
    {"gone", "no longer in the list", offsetof(struct ca_verification, gone)},
    {"new", "new in the list", offsetof(struct ca_verification, new)},
    {"moved", "in another stratum", offsetof(struct ca_verification, moved)},
    {"drawn_gone", "drawn, and would not be now", offsetof(struct ca_verification, drawn_gone)},
    {"drawn_new", "not drawn, and would be now", offsetof(struct ca_verification, drawn_new)}};

enum { LISTS = sizeof lists / sizeof *lists };

static const struct ca_ids *ids_of(const struct ca_verification *found, size_t list)
{
    return (const struct ca_ids *)((const char *)found + lists[list].offset);
}

/* ---- formats ---- */

static void print_json(const char *name, const struct ca_verification *found)
{
    static const char *const verdicts[] = {"same", "same-frame", "differs"};
    struct ca_buffer out = {0};

    ca_json_open(&out, '{');
    ca_json_key_string(&out, "schema", "caseaudit-sample-verify/1");
    ca_json_key_string(&out, "sample", name);
    ca_json_key_string(&out, "verdict", verdicts[found->verdict]);
    for (size_t list = 0; list < LISTS; list++) {
        const struct ca_ids *ids = ids_of(found, list);
        ca_json_key(&out, lists[list].key);
        ca_json_open(&out, '[');
        for (size_t i = 0; i < ids->count; i++)
            ca_json_string(&out, ids->items[i]);
        ca_json_close(&out, ']');
    }
    ca_json_close(&out, '}');
    ca_buffer_putc(&out, '\n');
    fwrite(out.data, 1, out.length, stdout);
    ca_buffer_free(&out);
}

static void print_csv(const struct ca_verification *found)
{
    struct ca_buffer out = {0};

    ca_buffer_puts(&out, "difference,case\n");
    for (size_t list = 0; list < LISTS; list++) {
        const struct ca_ids *ids = ids_of(found, list);
        for (size_t i = 0; i < ids->count; i++) {
            ca_csv_cell(&out, lists[list].key, ',');
            ca_csv_cell(&out, ids->items[i], '\n');
        }
    }
    fwrite(out.data, 1, out.length, stdout);
    ca_buffer_free(&out);
}

static void print_text(const struct ca_sample *kept, const struct ca_verification *found)
{
    static const char *const verdicts[] = {
        "the same: this is the list that was drawn from, and it draws the same cases",
        ("the same frame: another file with the same cases in the same strata, which draws the "
        "same cases"),
        "it differs: this list is not the one that was drawn from"};

    printf("Sample %s: %s\n", kept->name, verdicts[found->verdict]);
    for (size_t list = 0; list < LISTS; list++) {
        const struct ca_ids *ids = ids_of(found, list);
        for (size_t i = 0; i < ids->count; i++)
            printf("%s%s%s", i == 0 ? lists[list].words : "", i == 0 ? ": " : ", ",
                   ids->items[i]);
        if (ids->count > 0)
            putchar('\n');
    }
    if (found->erased > 0)
        printf("%zu case%s of the list %s erased since, and cannot be compared\n",
               found->erased, found->erased == 1 ? "" : "s",
               found->erased == 1 ? "was" : "were");
}

/* ---- the verb ---- */

/* The cases that were left out then, whatever was audited or erased since. */
static struct ca_map *left_out_then(struct ca_arena *arena, const struct ca_sample *kept)
{
    struct ca_map *map = ca_map_new(arena, 64);

    for (size_t i = 0; i < kept->case_count; i++)
        if (kept->cases[i].role == CA_SAMPLE_LEFT_OUT && kept->cases[i].id != NULL)
            (void)ca_map_put(map, ca_folded(arena, kept->cases[i].id), 0);
    return map;
}

/* Draws by the rule that is kept. */
static bool draw_again(const struct ca_cli *cli, const struct ca_sample_list *list,
                       const struct ca_sample *kept, struct ca_verification *found)
{
    struct ca_sample now = {.name = kept->name, .on = kept->on, .rule = kept->rule};

    now.rule.keep_count = 0; /* what was kept besides plays no part */
    if (!ca_sample_draw(cli, list, false, &now))
        return false;
    *found = ca_sample_verify(list->arena, kept, &now);
    return true;
}

static int verify_in(const struct ca_cli *cli, const struct ca_args *args,
                     struct ca_store *store, struct ca_sample_list *list)
{
    const char *format = ca_args_get(args, "format", "text");
    struct ca_verification found;
    struct ca_sample kept;
    struct ca_map *left_out;
    struct ca_error error;

    if (ca_store_find_sample(store, args->operands[0], list->arena, &kept, &error) != CA_OK)
        return ca_cli_store_failed(&error);
    list->left_out = left_out = left_out_then(list->arena, &kept);
    if (!draw_again(cli, list, &kept, &found))
        return CA_EXIT_REFUSED;
    for (size_t i = 0; i < found.left_out.count; i++)
        (void)ca_map_put(left_out, ca_folded(list->arena, found.left_out.items[i]), 0);
    if (found.left_out.count > 0 && !draw_again(cli, list, &kept, &found))
        return CA_EXIT_REFUSED;
    if (strcmp(format, "json") == 0)
        print_json(kept.name, &found);
    else if (strcmp(format, "csv") == 0)
        print_csv(&found);
    else
        print_text(&kept, &found);
    return found.verdict == CA_VERDICT_DIFFERS ? CA_EXIT_REFUSED : CA_EXIT_DONE;
}

static int verify(struct ca_cli *cli, const struct ca_args *args)
{
    struct ca_sample_list list = {.file = ca_args_get(args, "population", NULL)};
    int status = CA_EXIT_FAILED;
    struct ca_store *store;

    if (list.file == NULL)
        return ca_misused(args->verb, "say which file has the list of cases, by --population");
    if (!ca_sheet_asked(args, &list.sheet))
        return CA_EXIT_USAGE;
    store = ca_cli_store(cli, CA_STORE_READ);
    if (store == NULL)
        return CA_EXIT_FAILED;
    list.arena = ca_arena_new();
    status = verify_in(cli, args, store, &list);
    ca_store_close(store);
    ca_arena_free(list.arena);
    return status;
}

static const struct ca_option_row options[] = {
    {"population", 0, "FILE", false, "the list of cases, CSV or .xlsx"},
    CA_SHEET_OPTIONS,
    {"format", 'f', "text|json|csv", false, "how it is written (text)"},
    {NULL, 0, NULL, false, NULL}};

const struct ca_verb ca_verb_sample_verify = {
    .name = "sample verify",
    .operands = "NAME",
    .summary = "Draw a sample again from its list, and say whether it is the same",
    .example = "caseaudit sample verify homes-2024 --population samples/population.csv",
    .options = options,
    .least = 1,
    .most = 1,
    .run = verify,
};
