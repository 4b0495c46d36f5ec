/* Arguments of a command: options from its table, and operands. */
#include "core/cli/args.h"

#include <getopt.h>
#include <stdlib.h>
#include <string.h>

#include "core/base/array.h"
#include "core/base/buffer.h"
#include "core/base/suggest.h"
#include "core/cli/cli.h"

/* getopt's value for the i-th long option, clear of any short letter. */
enum { FIRST_LONG = 256 };

/* ---- which verb ---- */

static const struct ca_verb *verb_named(const char *name)
{
    for (size_t i = 0; ca_verbs[i] != NULL; i++)
        if (strcmp(ca_verbs[i]->name, name) == 0)
            return ca_verbs[i];
    return NULL;
}

/* The two words "template check", or the one word "score". */
const struct ca_verb *ca_find_verb(char **words, size_t count, size_t *used)
{
    char two[64];
    const struct ca_verb *verb = NULL;

    if (count >= 2 && snprintf(two, sizeof two, "%s %s", words[0], words[1]) < (int)sizeof two)
        verb = verb_named(two);
    *used = 2;
    if (verb == NULL && count >= 1) {
        verb = verb_named(words[0]);
        *used = 1;
    }
    return verb;
}

/* The second words that may follow, for "template" alone. */
static void complain_of_group(const char *group)
{
    size_t length = strlen(group);
    bool any = false;

    for (size_t i = 0; ca_verbs[i] != NULL; i++) {
        const char *name = ca_verbs[i]->name;
        if (strncmp(name, group, length) != 0 || name[length] != ' ')
            continue;
        if (!any)
            fprintf(stderr, "caseaudit: say what to do with '%s':", group);
        fprintf(stderr, "%s %s", any ? "," : "", name + length + 1);
        any = true;
    }
    fputs("\n", stderr);
}

/* Is the word the first of verbs of two, as "template"? */
static bool is_verb_group(const char *word)
{
    size_t length = strlen(word);

    for (size_t i = 0; ca_verbs[i] != NULL; i++)
        if (strncmp(ca_verbs[i]->name, word, length) == 0 && ca_verbs[i]->name[length] == ' ')
            return true;
    return false;
}

static void complain_of_verb(char **words, size_t count)
{
    const char *names[64], *hint = NULL;
    char two[128];
    size_t n = 0;

    snprintf(two, sizeof two, "%s%s%s", words[0],
             count > 1 && is_verb_group(words[0]) ? " " : "",
             count > 1 && is_verb_group(words[0]) ? words[1] : "");
    if (count == 1 && is_verb_group(words[0])) {
        complain_of_group(words[0]);
        return;
    }
    for (size_t i = 0; ca_verbs[i] != NULL && n < sizeof names / sizeof *names; i++)
        names[n++] = ca_verbs[i]->name;
    hint = ca_suggest(two, names, n);
    ca_complain("there is no command '%s'%s%s%s 'caseaudit --help' lists them", two,
                hint ? "; did you mean '" : ";", hint ? hint : "", hint ? "'?" : "");
}

/* ---- the options in force ---- */

struct table {
    struct option options[80];
    const struct ca_option_row *rows[80];
    char letters[160];
    size_t count;
};

static void add_rows(struct table *table, const struct ca_option_row *rows)
{
    for (; rows != NULL && rows->name != NULL; rows++) {
        int argument = rows->argument != NULL ? required_argument : no_argument;
        char letter[3] = {rows->letter, argument == required_argument ? ':' : '\0', '\0'};
        table->options[table->count] =
            (struct option){rows->name, argument, NULL, (int)(FIRST_LONG + table->count)};
        table->rows[table->count++] = rows;
        if (rows->letter != '\0')
            strcat(table->letters, letter);
    }
}

static struct table *table_for(const struct ca_verb *verb)
{
    struct table *table = ca_xcalloc(1, sizeof *table);

    strcpy(table->letters, ":");
    add_rows(table, ca_global_options);
    if (verb != NULL)
        add_rows(table, verb->options);
    return table;
}

static const struct ca_option_row *row_of(const struct table *table, int value)
{
    if (value >= FIRST_LONG)
        return table->rows[value - FIRST_LONG];
    for (size_t i = 0; i < table->count; i++)
        if (table->rows[i]->letter == value)
            return table->rows[i];
    return NULL;
}

/* What may be wrong with a long option: a value too many, an abbreviation of several, a
 * slip of the hand. */
static void complain_of_option(const struct ca_verb *verb, const struct table *table,
                               const char *given)
{
    const char *names[80], *hint, *first = NULL, *second = NULL;
    char word[80];
    size_t length;

    snprintf(word, sizeof word, "%s", given + strspn(given, "-"));
    length = strcspn(word, "=");
    word[length] = '\0';
    for (size_t i = 0; i < table->count; i++) {
        names[i] = table->rows[i]->name;
        if (strncmp(names[i], word, length) == 0) {
            second = first;
            first = names[i];
        }
    }
    hint = ca_suggest(word, names, table->count);
    if (first != NULL && strcmp(first, word) == 0)
        ca_misused(verb, "option '--%s' takes no value", word);
    else if (second != NULL && given[1] == '-')
        ca_misused(verb, "option '--%s' could be '--%s' or '--%s'", word, second, first);
    else
        ca_misused(verb, "there is no option '%.*s'%s%s%s", (int)strcspn(given, "="), given,
                   hint ? "; did you mean '--" : "", hint ? hint : "", hint ? "'?" : "");
}

/* getopt has passed over the argument only once all its letters are looked at, so a wrong
 * letter is told by itself. */
static void complain_of_letter(const struct ca_verb *verb, char letter)
{
    ca_misused(verb, "there is no option '-%c'", letter);
}

bool ca_list_has(const char *list, const char *word)
{
    size_t length = strlen(word);

    for (const char *at = list; *at != '\0'; at += *at == '|') {
        size_t n = strcspn(at, "|");
        if (n == length && strncmp(at, word, n) == 0)
            return true;
        at += n;
    }
    return false;
}

char *ca_words_of_list(const char *list)
{
    struct ca_buffer words = {0};

    ca_buffer_clear(&words);
    for (const char *at = list; *at != '\0';) {
        size_t length = strcspn(at, "|");
        bool last = at[length] == '\0';
        ca_buffer_printf(&words, "%s%.*s",
                         at == list ? ""
                         : last     ? " or "
                                    : ", ",
                         (int)length, at);
        at += length + !last;
    }
    return words.data;
}

/* "text|json" is a list of words; upper case names a kind. */
static bool is_list(const char *argument)
{
    return strchr(argument, '|') != NULL &&
           strpbrk(argument, "ABCDEFGHIJKLMNOPQRSTUVWXYZ") == NULL;
}

static void complain_of_value(const struct ca_verb *verb, const struct ca_option_row *row,
                              const char *value)
{
    char *said = ca_words_of_list(row->argument), *copy = ca_xstrdup(row->argument), *rest;
    const char *words[32], *hint;
    size_t count = 0;

    for (char *word = strtok_r(copy, "|", &rest); word != NULL && count < 32;
         word = strtok_r(NULL, "|", &rest))
        words[count++] = word;
    hint = ca_suggest(value, words, count);
    ca_misused(verb, "--%s cannot be '%s'%s%s%s it is %s", row->name, value,
               hint != NULL ? "; did you mean '" : ";", hint != NULL ? hint : "",
               hint != NULL ? "'?" : "", said);
    free(copy);
    free(said);
}

void ca_args_add(struct ca_args *args, const struct ca_option_row *row, const char *value)
{
    *CA_APPEND(args->options, args->option_count) = (struct ca_given_option){row, value};
}

static bool names_file(const struct ca_option_row *row)
{
    return row->argument != NULL && (strncmp(row->argument, "FILE", strlen("FILE")) == 0 ||
                                     strncmp(row->argument, "FOLDER", strlen("FOLDER")) == 0);
}

static bool keep(const struct ca_verb *verb, struct ca_args *args,
                 const struct ca_option_row *row, const char *value)
{
    if (row->argument != NULL && is_list(row->argument) && !ca_list_has(row->argument, value)) {
        complain_of_value(verb, row, value);
        return false;
    }
    if (value != NULL && value[0] == '\0' && names_file(row)) {
        ca_misused(verb, "--%s names nothing: what stands behind it is empty", row->name);
        return false;
    }
    ca_args_add(args, row, value);
    return true;
}

/*
 * One run of getopt. Without a verb, only to find the words that name it:
 * unknown options may be the verb's, and are passed over.
 */
static bool run_getopt(int argc, char **argv, const struct ca_verb *verb, struct ca_args *args)
{
    struct table *table = table_for(verb);
    bool good = true;
    int value;

    optind = 0; /* begin anew, and reorder */
    opterr = 0;
    while (good &&
           (value = getopt_long(argc, argv, table->letters, table->options, NULL)) != -1) {
        if (value == '?') {
            if (optopt > 0 && optopt < FIRST_LONG)
                complain_of_letter(verb, (char)optopt);
            else
                complain_of_option(verb, table, argv[optind - 1]);
            good = false;
        } else if (value == ':') {
            const struct ca_option_row *row = row_of(table, optopt);
            ca_misused(verb, "option '--%s' needs a value: %s", row->name, row->argument);
            good = false;
        } else {
            good = keep(verb, args, row_of(table, value), optarg);
        }
    }
    args->operands = argv + optind;
    args->operand_count = (size_t)(argc - optind);
    free(table);
    return good;
}

/* The verb's words come first among what is no option; global options may stand before. */
static size_t skip_global_options(int argc, char **argv)
{
    int i = 1;

    for (; i < argc && argv[i][0] == '-' && argv[i][1] != '\0'; i++) {
        const struct ca_option_row *row = ca_global_options;
        if (strcmp(argv[i], "--") == 0)
            return (size_t)i + 1;
        for (; row->name != NULL; row++)
            if (row->argument != NULL && strncmp(argv[i], "--", 2) == 0 &&
                strcmp(argv[i] + 2, row->name) == 0)
                i++;
    }
    return (size_t)(i < argc ? i : argc);
}

static bool enough_operands(const struct ca_args *args)
{
    const struct ca_verb *verb = args->verb;

    if (args->operand_count < verb->least)
        return ca_misused(verb,
                          args->operand_count > 0 ? "one is not enough: 'caseaudit %s %s'"
                                                  : "say on what: 'caseaudit %s %s'",
                          verb->name, verb->operands),
               false;
    if (args->operand_count > verb->most)
        return ca_misused(verb, "'%s' is one operand too many", args->operands[verb->most]),
               false;
    return true;
}

static bool asks_for_help(int argc, char **argv)
{
    for (int i = 1; i < argc; i++)
        if (strcmp(argv[i], "--help") == 0 || strcmp(argv[i], "-h") == 0)
            return true;
    return false;
}

bool ca_args_parse(int argc, char **argv, struct ca_args *args)
{
    static char help_option[] = "--help";
    size_t first = skip_global_options(argc, argv), used = 0;

    *args = (struct ca_args){0};
    if (first < (size_t)argc && strcmp(argv[first], "help") == 0) {
        argv[first] = help_option; /* "help score" is "--help score" */
        first = skip_global_options(argc, argv);
    }
    args->verb = ca_find_verb(argv + first, (size_t)argc - first, &used);
    if (args->verb == NULL && first < (size_t)argc && is_verb_group(argv[first]) &&
        asks_for_help(argc, argv)) {
        args->group = argv[first];
        return true;
    }
    if (args->verb == NULL && first < (size_t)argc) {
        complain_of_verb(argv + first, (size_t)argc - first);
        return false;
    }
    if (!run_getopt(argc, argv, args->verb, args))
        return false;
    if (args->verb == NULL)
        return true; /* --help, --version, or nothing at all */
    args->operands += used;
    args->operand_count -= used;
    return ca_args_has(args, "help") || enough_operands(args);
}

void ca_args_free(struct ca_args *args)
{
    free(args->options);
    *args = (struct ca_args){0};
}

/* ---- looking at what was given ---- */

const char *ca_args_nth(const struct ca_args *args, const char *name, size_t i)
{
    for (size_t k = 0; k < args->option_count; k++)
        if (strcmp(args->options[k].row->name, name) == 0 && i-- == 0)
            return args->options[k].value ? args->options[k].value : "";
    return NULL;
}

bool ca_args_has(const struct ca_args *args, const char *name)
{
    return ca_args_nth(args, name, 0) != NULL;
}

const char *ca_args_get(const struct ca_args *args, const char *name, const char *fallback)
{
    for (size_t k = args->option_count; k-- > 0;)
        if (strcmp(args->options[k].row->name, name) == 0)
            return args->options[k].value;
    return fallback;
}
