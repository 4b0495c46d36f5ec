/* framework list, framework show: what is loaded, from where, and what was passed over. */
#include <string.h>

#include "core/base/suggest.h"
#include "core/cli/cli.h"
#include "core/cli/verbs.h"

static void print_refused(FILE *out, const struct ca_registry *registry)
{
    size_t count = ca_registry_refused_count(registry);

    if (count > 0)
        fputs("\nNot loaded:\n", out);
    for (size_t i = 0; i < count; i++) {
        const struct ca_refused *refused = ca_registry_refused_at(registry, i);
        fprintf(out, "  [%s] ", ca_load_step_name(refused->step));
        ca_print_safe(out, refused->path);
        fputs(": ", out);
        ca_print_safe(out, refused->text);
        fputc('\n', out);
    }
}

static int list(struct ca_cli *cli, const struct ca_args *args)
{
    (void)args;
    ca_registry_load(cli->registry);
    for (size_t i = 0; i < ca_registry_count(cli->registry); i++) {
        const struct ca_plugin *plugin = ca_registry_at(cli->registry, i);
        printf("%-20s %-8s %s\n%-20s ", plugin->framework.name, plugin->framework.version,
               plugin->framework.title, "");
        ca_print_safe(stdout, plugin->path);
        putchar('\n');
    }
    if (ca_registry_count(cli->registry) == 0)
        puts("No framework is installed where caseaudit looks.");
    print_refused(stdout, cli->registry);
    return CA_EXIT_DONE;
}

/* ---- one framework ---- */

static void print_words(const char *title, const char *const *words)
{
    printf("%s:", title);
    for (; words != NULL && *words != NULL; words++)
        printf(" %s", *words);
    putchar('\n');
}

/* What an option's value may be. */
static void print_kind(const struct caseaudit_option *o)
{
    switch (o->type) {
    case CASEAUDIT_OPTION_INTEGER:
        printf("a whole number from %d to %d; ", (int)o->min, (int)o->max);
        break;
    case CASEAUDIT_OPTION_BOOLEAN: fputs("yes or no; ", stdout); break;
    case CASEAUDIT_OPTION_GRADE: fputs("a grade of the scale; ", stdout); break;
    default: break;
    }
}

static void print_options(const caseaudit_framework *f)
{
    if (f->options == NULL || f->options->name == NULL)
        return;
    puts("\nOptions a template may set:");
    for (const struct caseaudit_option *o = f->options; o->name != NULL; o++) {
        printf("  %-28s %s\n  %-28s ", o->name, o->help, "");
        print_kind(o);
        printf("default %s\n", o->fallback);
    }
}

static void print_focus_words(const caseaudit_framework *f)
{
    if (f->focus_words == NULL || f->focus_words->name == NULL)
        return;
    puts("\nFocus words of sections:");
    for (const struct caseaudit_focus *w = f->focus_words; w->name != NULL; w++)
        printf("  %-28s %s\n", w->name, w->help);
}

static void print_events(const caseaudit_framework *f)
{
    static const char *const occurs[] = {"", " (at most one)", " (exactly one)"};

    if (f->events == NULL || f->events->name == NULL)
        return;
    puts("\nEvents of a return:");
    for (const struct caseaudit_event *e = f->events; e->name != NULL; e++)
        printf("  %-28s %s%s\n", e->name, e->help, occurs[e->occurs]);
}

static void print_derived(const caseaudit_framework *f)
{
    if (f->derived == NULL || f->derived->name == NULL)
        return;
    puts("\nStandards worked out from events:");
    for (const struct caseaudit_derived *d = f->derived; d->name != NULL; d++)
        printf("  %-28s %s\n", d->name, d->help);
}

static void print_framework(struct ca_registry *registry, const struct ca_plugin *plugin)
{
    const caseaudit_framework *f = &plugin->framework;
    struct ca_error error;
    const char *sha256 = ca_registry_sha256(registry, plugin, &error);

    printf("%s: %s\nVersion: %s\nAuthor: %s\nLicence: %s\nFile: ", f->name, f->title,
           f->version, f->author ? f->author : "-", f->licence ? f->licence : "-");
    ca_print_safe(stdout, plugin->path);
    printf("\nSHA-256: ");
    ca_print_safe(stdout, sha256 ? sha256 : error.message);
    putchar('\n');
    printf("Unit: %s\n", f->unit ? f->unit : "any");
    print_words("Roll-ups", f->rollups);
    if (f->look_back_months > 0)
        printf("Looks back: %d months, unless the template says otherwise\n",
               (int)f->look_back_months);
    print_options(f);
    print_focus_words(f);
    print_events(f);
    print_derived(f);
}

static void complain_of_name(struct ca_registry *registry, const char *name)
{
    struct ca_arena *arena = ca_arena_new();
    size_t count;

    ca_registry_load(registry);
    count = ca_registry_count(registry);
    const char **names = CA_ARRAY(arena, count, const char *);
    for (size_t i = 0; i < count; i++)
        names[i] = ca_registry_at(registry, i)->framework.name;
    const char *hint = ca_did_you_mean(arena, name, names, count);
    ca_complain(
        "there is no framework '%s'%s%s 'caseaudit framework list' shows those there are", name,
        hint, *hint ? "" : ";");
    print_refused(stderr, registry);
    ca_arena_free(arena);
}

static int show(struct ca_cli *cli, const struct ca_args *args)
{
    const struct ca_plugin *plugin = ca_registry_find(cli->registry, args->operands[0]);

    if (plugin == NULL) {
        complain_of_name(cli->registry, args->operands[0]);
        return CA_EXIT_FAILED;
    }
    print_framework(cli->registry, plugin);
    print_refused(stdout, cli->registry);
    return CA_EXIT_DONE;
}

static const struct ca_option_row no_options[] = {{NULL, 0, NULL, false, NULL}};

const struct ca_verb ca_verb_framework_list = {
    .name = "framework list",
    .operands = "",
    .summary = "Show the frameworks that are installed, and what was passed over",
    .example = "caseaudit framework list",
    .options = no_options,
    .least = 0,
    .most = 0,
    .run = list,
};

const struct ca_verb ca_verb_framework_show = {
    .name = "framework show",
    .operands = "NAME",
    .summary = "Show one framework: file, options, events, derived standards",
    .example = "caseaudit framework show permanency",
    .options = no_options,
    .least = 1,
    .most = 1,
    .run = show,
};
