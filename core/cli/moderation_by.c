/* moderation --by: agreement by auditor or attribute, with intervals, and the answers changed.
 */
#include "core/cli/moderation_by.h"

#include <string.h>

#include "core/base/array.h"
#include "core/base/decimal.h"
#include "core/base/json.h"
#include "core/base/map.h"
#include "core/base/suggest.h"
#include "core/cli/audited_score.h"
#include "core/cli/rows.h"
#include "core/cli/store_access.h"
#include "core/cli/template_named.h"
#include "core/insight/moderated.h"

struct reading {
    const struct ca_asked *asked;
    const char *by; /* "auditor", an attribute's id, or NULL: all together */
    bool by_auditor;
    struct ca_query query;
    struct ca_period period; /* of the query, if there is one */
    struct ca_moderated *moderated;
    struct ca_catalogue *catalogue;
};

/* ---- what is asked ---- */

/* Somebody who groups by what no template has is told what there is. */
static enum ca_code check_attribute(const struct reading *r,
                                    const struct ca_stored_template *templates, size_t count,
                                    struct ca_error *error)
{
    struct ca_arena *arena = r->asked->arena;
    struct ca_map *met = ca_map_new(arena, 64);
    const char **ids = NULL, *list = "auditor";
    size_t known = 0;

    for (size_t i = 0; i < count; i++)
        for (size_t k = 0; k < templates[i].attributes.count; k++) {
            const char *id = templates[i].attributes.items[k].id;
            if (strcmp(id, r->by) == 0)
                return CA_OK;
            if (ca_map_put(met, id, 0) != CA_NOT_FOUND)
                continue;
            *CA_ARENA_APPEND(arena, ids, known) = id;
            list = ca_arena_printf(arena, "%s, %s", list, id);
        }
    return ca_fail(error, CA_ERROR_USAGE,
                   "there is no attribute '%s' to group by; there is %s%s", r->by, list,
                   ca_did_you_mean(arena, r->by, ids, known));
}

static enum ca_code check_templates(struct ca_store *store, const struct reading *r,
                                    struct ca_error *error)
{
    struct ca_arena *arena = r->asked->arena;
    struct ca_stored_template *templates;
    size_t count;
    enum ca_code code = ca_store_templates(store, &r->query, arena, &templates, &count, error);

    if (code == CA_OK && count == 0)
        code = ca_fail(error, CA_ERROR_USAGE, "the store has no such template; %s",
                       ca_cli_templates_there_are(store, arena));
    return code == CA_OK && r->by != NULL && !r->by_auditor
               ? check_attribute(r, templates, count, error)
               : code;
}

static enum ca_code prepare(struct ca_store *store, struct reading *r, struct ca_error *error)
{
    const struct ca_summary_request *request = &r->asked->request;

    r->query = (struct ca_query){.template_ids = request->templates,
                                 .template_count = request->template_count,
                                 .framework = request->framework,
                                 .from = CA_NO_DATE,
                                 .to = CA_NO_DATE};
    if (check_templates(store, r, error) != CA_OK)
        return error->code;
    if (request->period == NULL)
        return CA_OK;
    if (!ca_cli_period(store, request->period, &r->period, error))
        return error->code;
    r->query.from = r->period.from;
    r->query.to = r->period.to;
    return CA_OK;
}

/* ---- what is stored ---- */

static bool take_grading(void *context, const struct ca_stored_grading *grading)
{
    struct reading *r = context;

    ca_moderated_add(r->moderated, grading,
                     r->by_auditor ? grading->auditor : grading->attribute);
    return true;
}

static bool take_answer(void *context, const struct ca_stored_answer *answer)
{
    struct reading *r = context;

    ca_moderated_change(r->moderated, answer, ca_audited_score(r->catalogue, answer));
    return true;
}

static enum ca_code read_all(struct ca_store *store, struct reading *r, struct ca_error *error)
{
    enum ca_code code = ca_store_each_grading(store, &r->query, r->by_auditor ? NULL : r->by,
                                              take_grading, r, error);

    return code == CA_OK ? ca_store_each_changed_answer(store, &r->query, take_answer, r, error)
                         : code;
}

/* ---- rows ---- */

static const char *number(struct ca_arena *arena, int64_t value)
{
    return ca_arena_printf(arena, "%lld", (long long)value);
}

static const char *decimal(struct ca_arena *arena, int64_t value, int places)
{
    char text[CA_DECIMAL_SIZE];

    return ca_arena_strdup(arena, places == 1 ? ca_decimal_fixed(value, 1, text)
                                              : ca_decimal_short(value, places, text));
}

static void add_row(struct ca_rows *rows, struct ca_arena *arena,
                    const struct ca_moderated_row *row, bool people)
{
    const struct ca_moderated_figures f = ca_moderated_figures_of(row);
    const char *const cells[] = {
        row->value != NULL || !people ? row->value : "not recorded",
        number(arena, row->moderated),
        number(arena, row->agreed),
        decimal(arena, f.percent, 1),
        decimal(arena, f.low, 1),
        decimal(arena, f.high, 1),
        ca_arena_printf(arena, "%lld of %lld (%lld%%)", (long long)row->agreed,
                        (long long)row->moderated, (long long)f.percent_whole),
        ca_arena_printf(arena, "%lld%% to %lld%%", (long long)f.low_whole,
                        (long long)f.high_whole),
        number(arena, row->raised),
        number(arena, row->lowered),
        decimal(arena, f.shift, 3)};

    ca_rows_add(rows, cells);
}

static struct ca_rows *group_rows(struct reading *r, const char *format)
{
    struct ca_arena *arena = r->asked->arena;
    const bool people = strcmp(format, "text") == 0;
    const struct ca_rows_column columns[] = {{r->by != NULL ? r->by : "", r->by, CA_ROWS_GROUP},
                                             {"moderated", NULL, CA_ROWS_NUMBER},
                                             {"agreed", NULL, CA_ROWS_NUMBER},
                                             {"percent", NULL, CA_ROWS_NUMBER},
                                             {"low", NULL, CA_ROWS_NUMBER},
                                             {"high", NULL, CA_ROWS_NUMBER},
                                             {NULL, ">AGREED", CA_ROWS_TEXT},
                                             {NULL, ">95% INTERVAL", CA_ROWS_TEXT},
                                             {"raised", ">RAISED", CA_ROWS_NUMBER},
                                             {"lowered", ">LOWERED", CA_ROWS_NUMBER},
                                             {"shift", ">MEAN SHIFT", CA_ROWS_NUMBER}};
    const size_t count = sizeof columns / sizeof *columns;
    struct ca_rows_column *kept = CA_ARRAY(arena, count, struct ca_rows_column);
    struct ca_rows *rows;
    struct ca_moderated_row all;
    size_t groups;
    const struct ca_moderated_row *items = ca_moderated_rows(r->moderated, &groups, &all);

    memcpy(kept, columns, sizeof columns);
    rows = ca_rows_new(format, kept, count);
    for (size_t i = 0; r->by != NULL && i < groups; i++)
        add_row(rows, arena, &items[i], people);
    if (r->by == NULL && all.moderated > 0)
        add_row(rows, arena, &all, people);
    return rows;
}

static struct ca_rows *standard_rows(struct reading *r, const char *format)
{
    static const struct ca_rows_column columns[] = {{"standard", "STANDARD", CA_ROWS_TEXT},
                                                    {NULL, "LABEL", CA_ROWS_TEXT},
                                                    {"changed", ">CHANGED", CA_ROWS_NUMBER},
                                                    {"raised", ">RAISED", CA_ROWS_NUMBER},
                                                    {"lowered", ">LOWERED", CA_ROWS_NUMBER}};
    struct ca_arena *arena = r->asked->arena;
    struct ca_rows *rows = ca_rows_new(format, columns, sizeof columns / sizeof *columns);
    size_t count;
    const struct ca_moderated_standard *items = ca_moderated_standards(r->moderated, &count);

    for (size_t i = 0; i < count; i++) {
        const char *const cells[] = {
            items[i].id, items[i].label, number(arena, items[i].changed),
            number(arena, items[i].raised), number(arena, items[i].lowered)};
        ca_rows_add(rows, cells);
    }
    return rows;
}

/* ---- sentences ---- */

/* "Moderators graded lower in 6 of 8 disagreements." */
static void say_direction(struct ca_buffer *out, const struct ca_moderated_row *all)
{
    const long long apart = (long long)(all->raised + all->lowered);
    const bool lower = all->lowered >= all->raised;
    const long long more = (long long)(lower ? all->lowered : all->raised);

    if (apart == 0)
        ca_buffer_puts(out, "Moderators agreed with every grade.\n");
    else if (apart == 1)
        ca_buffer_printf(out, "Moderators graded %s in the one disagreement.\n",
                         lower ? "lower" : "higher");
    else if (more == apart)
        ca_buffer_printf(out, "Moderators graded %s in all %lld disagreements.\n",
                         lower ? "lower" : "higher", apart);
    else
        ca_buffer_printf(out, "Moderators graded %s in %lld of %lld disagreements.\n",
                         lower ? "lower" : "higher", more, apart);
}

static void say_all(struct ca_buffer *out, const struct reading *r,
                    const struct ca_moderated_row *all)
{
    const struct ca_moderated_figures f = ca_moderated_figures_of(all);

    ca_buffer_printf(out,
                     "Moderation%s%s, %s: moderators kept %lld of %lld grades (%lld%%; 95%% "
                     "interval %lld%% to %lld%%).\n",
                     r->by != NULL ? " by " : "", r->by != NULL ? r->by : "",
                     r->query.from != CA_NO_DATE ? r->period.id : "all audits",
                     (long long)all->agreed, (long long)all->moderated,
                     (long long)f.percent_whole, (long long)f.low_whole,
                     (long long)f.high_whole);
    say_direction(out, all);
}

/* ---- the whole ---- */

static void write_text(struct ca_buffer *out, struct reading *r)
{
    struct ca_moderated_row all;
    struct ca_rows *standards;
    size_t count;

    (void)ca_moderated_rows(r->moderated, &count, &all);
    if (all.moderated > 0) {
        say_all(out, r, &all);
        ca_buffer_putc(out, '\n');
    }
    ca_rows_write(group_rows(r, "text"), "rows", out);
    standards = standard_rows(r, "text");
    if (ca_rows_count(standards) > 0)
        ca_buffer_printf(out, "%sAnswers that moderators changed:\n\n",
                         all.moderated > 0 ? "\n" : "");
    ca_rows_write(standards, "standards", out);
}

static void write_json(struct ca_buffer *out, struct reading *r)
{
    ca_json_open(out, '{');
    ca_json_key_string(out, "schema", "caseaudit-moderation/1");
    ca_rows_write(group_rows(r, "json"), "rows", out);
    ca_rows_write(standard_rows(r, "json"), "standards", out);
    ca_json_close(out, '}');
    ca_buffer_putc(out, '\n');
}

static int write_all(const struct ca_cli *cli, const struct ca_args *args, struct reading *r)
{
    const char *format = ca_args_get(args, "format", "text");
    struct ca_buffer out = {0};
    int status;

    ca_buffer_clear(&out);
    if (strcmp(format, "json") == 0)
        write_json(&out, r);
    else if (strcmp(format, "csv") == 0)
        ca_rows_write(group_rows(r, "csv"), "rows", &out);
    else
        write_text(&out, r);
    if (out.length == 0)
        ca_remark(cli, "no audit was moderated%s%s", r->query.from != CA_NO_DATE ? " in " : "",
                  r->query.from != CA_NO_DATE ? r->period.id : "");
    status = ca_output_write(args, CA_OUTPUT_CASES, out.data, out.length);
    ca_buffer_free(&out);
    return status;
}

int ca_moderation_by(const struct ca_cli *cli, const struct ca_args *args,
                     struct ca_store *store, const struct ca_asked *asked)
{
    struct ca_template_source source = ca_cli_source_as_recorded(store);
    struct reading r = {.asked = asked,
                        .by = ca_args_get(args, "by", NULL),
                        .moderated = ca_moderated_new(asked->arena)};
    struct ca_error error;
    enum ca_code code;

    r.by_auditor = r.by != NULL && strcmp(r.by, "auditor") == 0;
    r.catalogue = ca_catalogue_new(cli->registry, &source);
    code = prepare(store, &r, &error);
    if (code == CA_OK)
        code = read_all(store, &r, &error);
    ca_catalogue_free(r.catalogue);
    return code == CA_OK ? write_all(cli, args, &r) : ca_cli_store_failed(&error);
}
