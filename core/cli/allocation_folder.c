/* What auditors are handed: blank returns and forms, in a folder for each of them. */
#include "core/cli/allocation_folder.h"

#include <string.h>
#include <unistd.h>

#include "core/base/array.h"
#include "core/base/code.h"
#include "core/base/pack.h"
#include "core/cli/output.h"
#include "core/cli/store_access.h"
#include "core/cli/template_operand.h"
#include "core/report/form/blank.h"
#include "core/report/form/form.h"
#include "core/store/query.h"
#include "core/year/kept.h"

/* Returns are made so many at a time, because what a locked process answers is bounded; a form
 * is as large as so many of them. */
enum { AT_A_TIME = 500, RETURNS_OF_FORM = 40 };

/* One auditor's cases. */
struct pile {
    const char *auditor;
    struct ca_prefill *returns;
    size_t count;
};

struct handing {
    struct ca_arena *arena;
    const struct ca_handing_out *what;
    struct pile *piles;
    size_t pile_count;
    struct ca_output_file *files;
    size_t file_count;
};

/* ---- what is known of the returns ---- */

static struct ca_prefill prefill(const struct handing *h, size_t at)
{
    const struct ca_sample *sample = h->what->sample;
    const struct ca_allocation_case *one = &h->what->allocation->cases[at];
    const struct ca_sample_case *drawn = h->what->cases[at];
    struct ca_prefill_value *values =
        CA_ARRAY(h->arena, sample->rule.keep_count, struct ca_prefill_value);

    for (size_t i = 0; i < sample->rule.keep_count; i++)
        values[i] = (struct ca_prefill_value){sample->rule.keep[i], drawn->kept[i]};
    return (struct ca_prefill){.id = ca_arena_printf(h->arena, "%s-%s", sample->name, one->id),
                               .case_ref = one->id,
                               .auditor = one->auditor,
                               .selection =
                                   sample->rule.stratify_count > 0 ? "stratified" : "random",
                               .values = values,
                               .value_count = sample->rule.keep_count};
}

/* Auditors without a case are handed nothing. */
static void make_piles(struct handing *h)
{
    const struct ca_allocation *allocation = h->what->allocation;

    for (size_t i = 0; i < allocation->auditors->count; i++) {
        struct pile pile = {.auditor = allocation->auditors->items[i].code};
        for (size_t k = 0; k < allocation->case_count; k++)
            if (!allocation->cases[k].returned &&
                strcmp(allocation->cases[k].auditor, pile.auditor) == 0)
                *CA_ARENA_APPEND(h->arena, pile.returns, pile.count) = prefill(h, k);
        if (pile.count > 0)
            *CA_ARENA_APPEND(h->arena, h->piles, h->pile_count) = pile;
    }
}

/* ---- the files ---- */

/* Some of the piles, and what is made of them. */
struct batch {
    const struct pile *piles;
    size_t count;
    bool forms, no_grade;
};

static void pack(struct ca_buffer *out, struct ca_buffer *text)
{
    ca_pack_text(out, text->data);
    ca_buffer_clear(text);
}

/* In the locked process: each blank return, and behind those of an auditor the form. */
static void write_batch(struct ca_buffer *out, const struct ca_template *const *templates,
                        const void *context)
{
    const struct batch *batch = context;
    struct ca_buffer text = {0};

    for (size_t i = 0; i < batch->count; i++) {
        const struct pile *pile = &batch->piles[i];
        for (size_t k = 0; k < pile->count; k++) {
            ca_blank_return(&text, templates[0], &pile->returns[k]);
            pack(out, &text);
        }
        if (!batch->forms)
            continue;
        ca_form_html(&text, templates[0],
                     &(struct ca_form_options){pile->returns, pile->count, batch->no_grade});
        pack(out, &text);
    }
    ca_buffer_free(&text);
}

/* A file of the auditor's folder; '/' cannot stand in names of files. */
static const char *name_of(const struct handing *h, const char *auditor, const char *name)
{
    char *path = ca_arena_printf(h->arena, "%s\n%s", auditor, name);

    for (char *c = path; *c != '\0'; c++)
        *c = *c == '/' ? '+' : *c == '\n' ? '/' : *c;
    return path;
}

static void add_file(struct handing *h, const char *auditor, const char *name,
                     const char *bytes, enum ca_output_other other)
{
    *CA_ARENA_APPEND(h->arena, h->files, h->file_count) =
        (struct ca_output_file){.name = name_of(h, auditor, name),
                                .bytes = bytes,
                                .length = strlen(bytes),
                                .other = other};
}

static bool take_batch(struct handing *h, const struct batch *batch,
                       const struct ca_buffer *answer)
{
    const char *bytes = ca_arena_strndup(h->arena, answer->data, answer->length);
    struct ca_unpack in = {bytes, bytes + answer->length, true};

    for (size_t i = 0; i < batch->count && in.good; i++) {
        const struct pile *pile = &batch->piles[i];
        for (size_t k = 0; k < pile->count + batch->forms; k++) {
            const char *text = ca_unpack_text(&in);
            if (text == NULL)
                return false;
            if (k < pile->count)
                add_file(h, pile->auditor,
                         ca_arena_printf(h->arena, "%s.xml", pile->returns[k].id), text,
                         CA_OTHER_KEPT);
            else
                add_file(h, pile->auditor, "form.html", text, CA_OTHER_REPLACED);
        }
    }
    return in.good;
}

static bool make_batch(struct handing *h, const struct ca_template_operand *operand,
                       const struct batch *batch)
{
    struct ca_buffer answer = {0};
    bool good = ca_cli_make_of_templates(operand, 1, write_batch, batch, &answer);

    if (good && !take_batch(h, batch, &answer)) {
        ca_complain("the process that made the returns gave no answer that makes sense");
        good = false;
    }
    ca_buffer_free(&answer);
    return good;
}

static bool make_files(struct handing *h, const struct ca_template_operand *operand)
{
    bool good = true;
    size_t end;

    for (size_t i = 0; i < h->pile_count && good; i = end) {
        size_t returns = 0;
        for (end = i; end < h->pile_count && (end == i || returns < AT_A_TIME); end++)
            returns += h->piles[end].count + (h->what->forms ? RETURNS_OF_FORM : 0);
        good = make_batch(
            h, operand,
            &(struct batch){&h->piles[i], end - i, h->what->forms, h->what->no_grade});
    }
    return good;
}

/* ---- the template ---- */

/* Its version in force on the day of the draw as ID@VERSION, or NULL. */
static const char *template_of(struct handing *h, struct ca_store *store,
                               struct ca_error *error)
{
    const struct ca_sample *sample = h->what->sample;
    const struct ca_query query = {.template_ids = &sample->template_id,
                                   .template_count = 1,
                                   .from = CA_NO_DATE,
                                   .to = CA_NO_DATE};
    const struct ca_stored_template *version;
    struct ca_stored_template *all;
    size_t count;

    if (ca_store_templates(store, &query, h->arena, &all, &count, error) != CA_OK)
        return NULL;
    if (count == 0) {
        (void)ca_fail(error, CA_ERROR_NOT_FOUND, "there is no template '%s' in the store",
                      sample->template_id);
        return NULL;
    }
    version = ca_version_in_force(all, count, sample->on);
    return ca_arena_printf(h->arena, "%s@%s", version->id, version->version);
}

/* ---- the whole ---- */

static void tell_kept(const struct ca_cli *cli, const struct handing *h)
{
    for (size_t i = 0; i < h->file_count; i++)
        if (h->files[i].kept)
            ca_remark(cli, "%s is filled in already, and stays as it is", h->files[i].name);
}

/* Returns of cases that were another's: they may be filled in, and so nobody takes them away.
 */
static void tell_moved(const struct ca_cli *cli, const struct ca_args *args,
                       const struct handing *h)
{
    const struct ca_allocation *allocation = h->what->allocation;

    for (size_t i = 0; i < allocation->case_count; i++) {
        const struct ca_allocation_case *one = &allocation->cases[i];
        const char *before = h->what->before[i], *name;
        if (before == NULL || one->returned || ca_same_code(before, one->auditor))
            continue;
        name = name_of(h, before,
                       ca_arena_printf(h->arena, "%s-%s.xml", h->what->sample->name, one->id));
        if (access(ca_arena_printf(h->arena, "%s/%s", ca_args_get(args, "output", "."), name),
                   F_OK) == 0)
            ca_remark(cli, "%s is of before: the case is %s's now", name, one->auditor);
    }
}

static int write_files(const struct ca_cli *cli, const struct ca_args *args, struct handing *h,
                       const char *template)
{
    struct ca_template_operand operand;
    struct ca_error error;
    int status = ca_cli_open_template(cli, template, &operand);

    if (status == CA_EXIT_DONE && !make_files(h, &operand))
        status = CA_EXIT_FAILED;
    if (status == CA_EXIT_DONE &&
        ca_output_folder(args, h->files, h->file_count, &error) != CA_OK)
        status = ca_output_failed(&error);
    if (status == CA_EXIT_DONE) {
        tell_kept(cli, h);
        tell_moved(cli, args, h);
    }
    ca_cli_close_template(&operand);
    return status;
}

int ca_hand_out(const struct ca_cli *cli, struct ca_store *store, const struct ca_args *args,
                const struct ca_handing_out *what)
{
    struct handing h = {.arena = ca_arena_new(), .what = what};
    struct ca_error error;
    const char *template = template_of(&h, store, &error);
    int status;

    make_piles(&h);
    status =
        template != NULL ? write_files(cli, args, &h, template) : ca_cli_store_failed(&error);
    ca_arena_free(h.arena);
    return status;
}
