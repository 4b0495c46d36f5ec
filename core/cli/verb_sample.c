/* sample: which cases are audited, drawn so that anybody can draw them again. */
#include <string.h>

#include "core/base/blank.h"
#include "core/base/decimal.h"
#include "core/base/span.h"
#include "core/base/utf8.h"
#include "core/cli/cli.h"
#include "core/cli/sample_formats.h"
#include "core/cli/sheet_operand.h"
#include "core/cli/store_access.h"
#include "core/cli/verbs.h"
#include "core/store/query.h"
#include "core/work/sheet_apart.h"

enum { MOST_MONTHS = 1200 };

/* What is asked for. */
struct asked {
    const struct ca_args *args;
    struct ca_arena *arena;
    const char *name, *template_id, *file;
    ca_date on;
    int64_t recent; /* months in which an audited case is not drawn again */
    struct ca_sheet_options sheet;
    struct ca_frame_rule columns;
    struct ca_draw_rule rule;
};

/* ---- the options ---- */

static bool is_name(const char *text)
{
    static const char letters[] = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz"
                                  "0123456789._-";
    size_t length = strlen(text);

    return length >= 1 && length <= 32 && strspn(text, letters) == length &&
           strchr("._-", text[0]) == NULL;
}

/* The number that an option says, or 0; false, with a complaint, if it says none. */
static bool read_number(const struct ca_args *args, const char *option, int64_t least,
                        int64_t most, int64_t *out)
{
    const char *text = ca_args_get(args, option, NULL);

    *out = 0;
    if (text == NULL || ca_integer_parse(text, least, most, out))
        return true;
    (void)ca_misused(args->verb, "--%s '%s' is none; it is a whole number from %lld to %lld",
                     option, text, (long long)least, (long long)most);
    return false;
}

static bool read_rule(struct asked *asked)
{
    const struct ca_args *args = asked->args;
    struct ca_draw_rule *rule = &asked->rule;

    *rule = (struct ca_draw_rule){.seed = ca_args_get(args, "seed", ""),
                                  .each_stratum = ca_args_has(args, "each-stratum")};
    if (!read_number(args, "size", 1, CA_SHEET_CELLS, &rule->size) ||
        !read_number(args, "percent", 1, 100, &rule->percent) ||
        !read_number(args, "reserve", 0, CA_SHEET_CELLS, &rule->reserve) ||
        !read_number(args, "exclude-recent", 1, MOST_MONTHS, &asked->recent))
        return false;
    if ((rule->size > 0) == (rule->percent > 0))
        (void)ca_misused(args->verb, "say either --size or --percent");
    else if (rule->seed[0] == '\0')
        (void)ca_misused(args->verb,
                         "say a --seed: any words, by which others draw the same cases");
    else if (ca_utf8_good(rule->seed, strlen(rule->seed)) != strlen(rule->seed))
        (void)ca_misused(args->verb, "--seed is no UTF-8, and others could not repeat it");
    else
        return true;
    return false;
}

static void read_columns(struct asked *asked)
{
    struct ca_frame_rule *columns = &asked->columns;
    const char **stratify = NULL, *heading;
    size_t count = 0;

    while (ca_args_nth(asked->args, "stratify", count) != NULL)
        count++;
    stratify = CA_ARRAY(asked->arena, count, const char *);
    for (size_t i = 0; (heading = ca_args_nth(asked->args, "stratify", i)) != NULL; i++)
        stratify[i] = heading;
    *columns = (struct ca_frame_rule){.id = ca_args_get(asked->args, "id", NULL),
                                      .stratify = stratify,
                                      .stratify_count = count};
}

/* False, with a complaint, for what makes no sense. */
static bool ask(const struct ca_cli *cli, struct asked *asked)
{
    const struct ca_args *args = asked->args;
    const char *on = ca_args_get(args, "on", NULL);

    asked->name = args->operands[0];
    asked->template_id = ca_args_get(args, "template", NULL);
    asked->file = ca_args_get(args, "population", NULL);
    asked->on = cli->today;
    read_columns(asked);
    if (!is_name(asked->name))
        (void)ca_misused(
            args->verb,
            "'%s' is no name of a sample; it is up to 32 letters, digits and . _ -, "
            "beginning with a letter or digit",
            asked->name);
    else if (asked->template_id == NULL)
        (void)ca_misused(args->verb, "say which --template the cases are for");
    else if (asked->file == NULL)
        (void)ca_misused(args->verb, "say which file has the list of cases, by --population");
    else if (asked->columns.id == NULL)
        (void)ca_misused(args->verb, "say which column has the cases' ids, by --id");
    else if (on != NULL && !ca_date_parse(on, &asked->on))
        (void)ca_misused(args->verb, "--on '%s' is no date; write it as 2024-03-31", on);
    else if (!ca_args_has(args, "dry-run"))
        (void)ca_misused(args->verb,
                         "samples are not kept in the store: say --dry-run, and keep "
                         "what is printed");
    else
        return read_rule(asked) && ca_sheet_asked(args, &asked->sheet);
    return false;
}

/* ---- the draw ---- */

/* What the person should know of who is drawn, and cannot see at once. */
static void warn(const struct asked *asked, const struct ca_frame *frame,
                 const struct ca_draw *draw, struct ca_diags *diags)
{
    if (asked->rule.size > draw->size)
        ca_diags_add(diags, CA_WARNING, CA_FAULT_RULE, 1, 1, NULL,
                     "%lld asked for, and the list has %lld: all are drawn",
                     (long long)asked->rule.size, (long long)draw->size);
    if (asked->rule.each_stratum && (int64_t)frame->stratum_count > draw->size)
        ca_diags_add(diags, CA_WARNING, CA_FAULT_RULE, 1, 1, NULL,
                     "%zu strata, and only %lld drawn: the smallest strata have no case",
                     frame->stratum_count, (long long)draw->size);
}

static int draw_from(const struct asked *asked, const struct ca_buffer *bytes,
                     struct ca_diags *diags)
{
    uint8_t digest[CA_SHA256_SIZE];
    char file_sha256[CA_SHA256_TEXT];
    struct ca_sheet sheet;
    struct ca_frame frame;
    struct ca_draw draw;

    if (!ca_sheet_read_apart(asked->arena, bytes->data, bytes->length, &asked->sheet, &sheet,
                             diags) ||
        !ca_frame_read(asked->arena, &sheet, &asked->columns, asked->name, &frame, diags))
        return CA_EXIT_REFUSED;
    ca_draw_make(asked->arena, &frame, &asked->rule, &draw);
    warn(asked, &frame, &draw, diags);
    ca_sha256(bytes->data, bytes->length, digest);
    ca_sample_print(&(struct ca_sample){.name = asked->name,
                                        .template_id = asked->template_id,
                                        .on = asked->on,
                                        .recent = asked->recent,
                                        .columns = &asked->columns,
                                        .frame = &frame,
                                        .rule = &asked->rule,
                                        .draw = &draw,
                                        .file_sha256 = ca_sha256_hex(digest, file_sha256)},
                    ca_args_get(asked->args, "format", "text"));
    return CA_EXIT_DONE;
}

static int draw_from_file(const struct ca_cli *cli, const struct asked *asked)
{
    struct ca_buffer bytes = {0};
    struct ca_diags diags;
    int status = CA_EXIT_REFUSED;

    ca_diags_init(&diags, asked->arena);
    if (ca_read_whole(asked->file, CA_SHEET_BYTES, &diags, &bytes))
        status = draw_from(asked, &bytes, &diags);
    ca_diags_tell_rest(&diags);
    ca_diags_sort(&diags);
    ca_print_diags(cli, asked->file, &diags);
    ca_buffer_free(&bytes);
    return status;
}

/* ---- the store ---- */

struct recent {
    struct ca_arena *arena;
    struct ca_map *cases;
};

static bool see_audit(void *context, const struct ca_stored_audit *audit)
{
    struct recent *recent = context;

    if (audit->case_ref != NULL)
        (void)ca_map_put(recent->cases, ca_folded(recent->arena, audit->case_ref), 0);
    return true;
}

/* The cases that the template's audits were of in the months before the draw. */
static enum ca_code find_recent(struct ca_store *store, struct asked *asked,
                                struct ca_error *error)
{
    struct recent recent = {asked->arena, ca_map_new(asked->arena, 64)};
    struct ca_audit_filter filter = {.query = {.template_ids = &asked->template_id,
                                               .template_count = 1,
                                               .from = CA_NO_DATE,
                                               .to = asked->on}};
    ca_date before;

    if (asked->recent == 0)
        return CA_OK;
    if (ca_date_add(asked->on, (int32_t)-asked->recent, CA_MONTHS, &before))
        filter.query.from = before + 1;
    asked->columns.left_out = recent.cases;
    return ca_store_each_audit(store, &filter, see_audit, &recent, error);
}

/* Cases are drawn for a template that there is. */
static int look_at_store(const struct ca_cli *cli, struct asked *asked)
{
    struct ca_store *store = ca_cli_store(cli, CA_STORE_READ);
    struct ca_error error;
    int status = CA_EXIT_DONE;

    if (store == NULL)
        return CA_EXIT_FAILED;
    if (ca_store_find_template(store, asked->template_id, NULL, NULL, NULL, NULL, &error) !=
            CA_OK ||
        find_recent(store, asked, &error) != CA_OK)
        status = ca_cli_store_failed(&error);
    ca_store_close(store);
    return status;
}

static int draw(struct ca_cli *cli, const struct ca_args *args)
{
    struct asked asked = {.args = args, .arena = ca_arena_new()};
    int status = CA_EXIT_USAGE;

    if (ask(cli, &asked))
        status = look_at_store(cli, &asked);
    if (status == CA_EXIT_DONE)
        status = draw_from_file(cli, &asked);
    ca_arena_free(asked.arena);
    return status;
}

static const struct ca_option_row options[] = {
    {"template", 't', "ID", false, "the template the cases are audited by"},
    {"population", 0, "FILE", false, "the list of cases, CSV or .xlsx"},
    {"id", 0, "COLUMN", false, "the column that has the cases' ids"},
    {"size", 0, "N", false, "how many cases to draw"},
    {"percent", 0, "P", false, "or how many of a hundred, rounded up"},
    {"seed", 0, "TEXT", false, "words that decide who is drawn"},
    {"stratify", 0, "COLUMN", true, "share the cases out by what this column says"},
    {"each-stratum", 0, NULL, false, "one case of every stratum first"},
    {"exclude-recent", 0, "MONTHS", false, "leave out cases audited in so many months before"},
    {"reserve", 0, "N", false, "so many more of each stratum stand by"},
    {"on", 0, "DATE", false, "the day of the draw (today)"},
    {"dry-run", 0, NULL, false, "print the sample; it is not kept in the store"},
    CA_SHEET_OPTIONS,
    {"format", 'f', "text|json|csv", false, "how it is written (text)"},
    {NULL, 0, NULL, false, NULL}};

const struct ca_verb ca_verb_sample_draw = {
    .name = "sample draw",
    .operands = "NAME",
    .summary = "Draw cases at random, so that anybody can draw them again",
    .example = "caseaudit sample draw homes-2024 --template foster-home-review "
               "--population samples/population.csv --id case --percent 16 --stratify team "
               "--seed 'foster homes 2024-25' --dry-run",
    .options = options,
    .least = 1,
    .most = 1,
    .run = draw,
};
