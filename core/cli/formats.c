/* The format that was asked for, or that the name of the output says. */
#include "core/cli/formats.h"

#include <stdlib.h>
#include <string.h>
#include <strings.h>

#include "core/base/buffer.h"
#include "core/cli/cli.h"

/* The ends of names, and the formats they may stand for, the likeliest first. Those without
 * a format are known to be no output of any verb. */
static const struct ending {
    const char *end, *formats[2];
} endings[] = {
    {"txt", {"text"}},  {"text", {"text"}},     {"json", {"json", "ndjson"}},
    {"csv", {"csv"}},   {"ndjson", {"ndjson"}}, {"jsonl", {"ndjson"}},
    {"html", {"html"}}, {"htm", {"html"}},      {"xhtml", {"html"}},
    {"xlsx", {"xlsx"}}, {"pdf", {"pdf"}},       {"xml", {"xml"}},
    {"ics", {"ics"}},   {"md", {"markdown"}},   {"xls", {NULL}},
    {"xlsm", {NULL}},   {"ods", {NULL}},        {"doc", {NULL}},
    {"docx", {NULL}},   {"odt", {NULL}},        {"rtf", {NULL}},
    {"ppt", {NULL}},    {"pptx", {NULL}},       {"zip", {NULL}},
    {"png", {NULL}},    {"jpg", {NULL}},        {"svg", {NULL}},
};

static const struct ending *ending_of(const char *path)
{
    const char *slash = strrchr(path, '/'), *dot = strrchr(slash != NULL ? slash : path, '.');

    for (size_t i = 0; dot != NULL && i < sizeof endings / sizeof *endings; i++)
        if (strcasecmp(dot + 1, endings[i].end) == 0)
            return &endings[i];
    return NULL;
}

/* The format of this verb's that the name stands for, or NULL. */
static const char *format_of(const struct ending *ending, const char *list)
{
    for (size_t i = 0; i < 2 && ending->formats[i] != NULL; i++)
        if (ca_list_has(list, ending->formats[i]))
            return ending->formats[i];
    return NULL;
}

static const struct ca_option_row *row_named(const struct ca_verb *verb, const char *name)
{
    for (const struct ca_option_row *row = verb->options; row->name != NULL; row++)
        if (strcmp(row->name, name) == 0)
            return row;
    return NULL;
}

/* What the verb can write: the words of --format, or the one that its output's own name in
 * the help tells ("FORM.html"); NULL for anything, as for a folder. */
static const char *formats_of(const struct ca_option_row *format,
                              const struct ca_option_row *output)
{
    const char *dot;

    if (format != NULL)
        return format->argument;
    dot = strchr(output->argument, '.');
    return dot != NULL ? dot + 1 : NULL;
}

static bool refuse_name(const struct ca_args *args, const char *path, const char *list)
{
    char *words = ca_words_of_list(list);

    ca_misused(args->verb, "'%s' is the name of a file of another kind: '%s' writes %s", path,
               args->verb->name, words);
    free(words);
    return false;
}

bool ca_args_settle_format(struct ca_args *args)
{
    const struct ca_option_row *output = row_named(args->verb, "output");
    const struct ca_option_row *format = row_named(args->verb, "format");
    const char *path = ca_args_get(args, "output", NULL), *list, *named, *given;
    const struct ending *ending = path != NULL ? ending_of(path) : NULL;

    if (ending == NULL || (list = formats_of(format, output)) == NULL)
        return true;
    given = ca_args_get(args, "format", NULL);
    named = format_of(ending, list);
    if (named == NULL && given == NULL)
        return refuse_name(args, path, list);
    if (given == NULL && format != NULL)
        ca_args_add(args, format, named);
    if (given == NULL || (named != NULL && strcmp(given, named) == 0))
        return true;
    ca_misused(args->verb,
               "the name '%s' says %s, and --format says %s; leave --format out, or give the "
               "file another name",
               path, ending->end, given);
    return false;
}
