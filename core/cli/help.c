/* --help, made of the tables of options. */
#include <string.h>
#include <sys/ioctl.h>
#include <unistd.h>

#include "core/cli/args.h"
#include "core/report/text/layout.h"

enum { NAMES_END = 32, VERBS_END = 24, WIDEST = 100 };

static void options(const struct ca_layout *layout, const char *title,
                    const struct ca_option_row *rows)
{
    struct ca_buffer name = {0};

    ca_buffer_printf(layout->out, "\n%s:\n", title);
    for (; rows->name != NULL; rows++) {
        ca_buffer_clear(&name);
        if (rows->letter != '\0')
            ca_buffer_printf(&name, "-%c, ", rows->letter);
        else
            ca_buffer_puts(&name, "    ");
        ca_buffer_printf(&name, "--%s%s%s%s", rows->name, rows->argument ? " " : "",
                         rows->argument ? rows->argument : "", rows->repeatable ? " ..." : "");
        ca_layout_entry(layout, 2, name.data, NAMES_END, rows->help);
    }
    ca_buffer_free(&name);
}

static bool begins_with(const char *name, const char *group)
{
    size_t length = strlen(group);

    return strncmp(name, group, length) == 0 && name[length] == ' ';
}

static void verbs(const struct ca_layout *layout, const char *group)
{
    for (size_t i = 0; ca_verbs[i] != NULL; i++)
        if (group == NULL || begins_with(ca_verbs[i]->name, group))
            ca_layout_entry(layout, 2, ca_verbs[i]->name, VERBS_END, ca_verbs[i]->summary);
}

static void help_of_program(const struct ca_layout *layout, const char *group)
{
    ca_buffer_printf(layout->out, "Usage: caseaudit [OPTION]... %s%sCOMMAND [ARGUMENT]...\n",
                     group ? group : "", group ? " " : "");
    if (group == NULL)
        ca_layout_text(layout, 0, 0,
                       "Scores audits of case files, keeps them, and says what changed and how "
                       "sure that is.");
    ca_buffer_puts(layout->out, "\nCommands:\n");
    verbs(layout, group);
}

/* A part of its own, so that what the manual takes over is the same of every build. */
static void lacking(const struct ca_layout *layout, const struct ca_verb *verb)
{
    const char *told = verb->lacking != NULL ? verb->lacking() : NULL;

    if (told == NULL)
        return;
    ca_buffer_puts(layout->out, "\nIn this build:\n");
    ca_layout_text(layout, 2, 2, told);
}

static void help_of_verb(const struct ca_layout *layout, const struct ca_verb *verb)
{
    ca_buffer_printf(layout->out, "Usage: caseaudit %s [OPTION]...%s%s\n", verb->name,
                     verb->operands[0] ? " " : "", verb->operands);
    ca_layout_text(layout, 0, 0, verb->summary);
    if (verb->options != NULL && verb->options->name != NULL)
        options(layout, "Options", verb->options);
    lacking(layout, verb);
}

static int width_of(FILE *out)
{
    struct winsize size;

    if (ioctl(fileno(out), TIOCGWINSZ, &size) != 0 || size.ws_col == 0)
        return CA_LAYOUT_WIDTH;
    return size.ws_col < 60 ? 60 : size.ws_col > WIDEST ? WIDEST : size.ws_col;
}

void ca_print_help(FILE *out, const struct ca_verb *verb, const char *group)
{
    struct ca_buffer text = {0};
    struct ca_layout layout = {.out = &text, .width = width_of(out)};

    if (verb != NULL)
        help_of_verb(&layout, verb);
    else
        help_of_program(&layout, group);
    options(&layout, "Global options", ca_global_options);
    if (verb != NULL)
        ca_buffer_printf(&text, "\nExample:\n  %s\n", verb->example);
    else
        ca_buffer_printf(&text, "\n'caseaudit %s%sCOMMAND --help' tells more of each.\n",
                         group ? group : "", group ? " " : "");
    ca_buffer_puts(&text, "\nExit status: 0 all done; 1 done, and something in the data was "
                          "refused;\n2 the command was used wrongly; 3 the surroundings "
                          "failed.\n");
    fwrite(text.data, 1, text.length, out);
    ca_buffer_free(&text);
}
