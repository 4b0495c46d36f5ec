/* framework list, framework show: what is loaded, from where, and what was passed over. */
#include <string.h>

#include "core/cli/cli.h"
#include "core/cli/verbs.h"

static void print_refused(const struct ca_registry *registry)
{
    size_t count = ca_registry_refused_count(registry);

    if (count > 0)
        puts("\nNot loaded:");
    for (size_t i = 0; i < count; i++) {
        const struct ca_refused *refused = ca_registry_refused_at(registry, i);
        printf("  [%s] ", ca_load_step_name(refused->step));
        ca_print_safe(stdout, refused->path);
        printf(": ");
        ca_print_safe(stdout, refused->text);
        putchar('\n');
    }
}

static int list(struct ca_cli *cli, const struct ca_args *args)
{
    (void)args;
    ca_registry_load(cli->registry);
    for (size_t i = 0; i < ca_registry_count(cli->registry); i++) {
        const struct ca_plugin *plugin = ca_registry_at(cli->registry, i);
        printf("%-20s %-8s %s\n%-20s %s\n", plugin->framework.name, plugin->framework.version,
               plugin->framework.title, "", plugin->path);
    }
    if (ca_registry_count(cli->registry) == 0)
        puts("No framework is installed where caseaudit looks.");
    print_refused(cli->registry);
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

static void print_options(const caseaudit_framework *f)
{
    if (f->options == NULL || f->options->name == NULL)
        return;
    puts("\nOptions a template may set:");
    for (const struct caseaudit_option *o = f->options; o->name != NULL; o++)
        printf("  %-28s %s (default %s)\n", o->name, o->help, o->fallback);
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

    printf("%s: %s\nVersion: %s\nAuthor: %s\nLicence: %s\nFile: %s\nSHA-256: %s\n", f->name,
           f->title, f->version, f->author ? f->author : "-", f->licence ? f->licence : "-",
           plugin->path, sha256 ? sha256 : error.message);
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

static int show(struct ca_cli *cli, const struct ca_args *args)
{
    const struct ca_plugin *plugin = ca_registry_find(cli->registry, args->operands[0]);

    if (plugin == NULL) {
        ca_complain("there is no framework '%s'; 'caseaudit framework list' shows those "
                    "there are",
                    args->operands[0]);
        print_refused(cli->registry);
        return CA_EXIT_FAILED;
    }
    print_framework(cli->registry, plugin);
    print_refused(cli->registry);
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
