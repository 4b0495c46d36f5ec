/* What could follow on a command line: for the completions of shells. */
#include "core/cli/complete.h"

#include <ctype.h>
#include <stdio.h>
#include <string.h>

#include "core/cli/args.h"
#include "core/cli/cli.h"

/* ---- candidates ---- */

static void offer(const char *word, size_t length, const char *typed, const char *help)
{
    if (strncmp(word, typed, strlen(typed)) == 0 || *typed == '\0')
        printf("%.*s\t%s\n", (int)length, word, help);
}

static void offer_options(const struct ca_option_row *rows, const char *typed)
{
    char option[96];

    for (; rows != NULL && rows->name != NULL; rows++) {
        snprintf(option, sizeof option, "--%s", rows->name);
        offer(option, strlen(option), typed, rows->help);
    }
}

/* The first words of verbs, each once, or the second words of those of a group. */
static void offer_verbs(const char *group, const char *typed)
{
    const char *last = "";
    size_t skip = group != NULL ? strlen(group) + 1 : 0;

    for (size_t i = 0; ca_verbs[i] != NULL; i++) {
        const char *name = ca_verbs[i]->name;
        if (group != NULL && (strncmp(name, group, skip - 1) != 0 || name[skip - 1] != ' '))
            continue;
        size_t length = strcspn(name + skip, " ");
        bool seen =
            group == NULL && strncmp(name, last, length) == 0 && strcspn(last, " ") == length;
        if (!seen)
            offer(name + skip, length, typed,
                  name[skip + length] == ' ' ? "…" : ca_verbs[i]->summary);
        last = name;
    }
}

/* What an argument's name says of it: a closed list, a folder, a file, or one's own. */
static void offer_values(const char *argument, const char *typed)
{
    if (strpbrk(argument, "ABCDEFGHIJKLMNOPQRSTUVWXYZ") == NULL) {
        while (*argument != '\0') {
            size_t length = strcspn(argument, "|");
            char word[64];
            snprintf(word, sizeof word, "%.*s", (int)length, argument);
            offer(word, length, typed, "");
            argument += length + (argument[length] == '|');
        }
        return;
    }
    if (strstr(argument, "FOLDER") != NULL || strstr(argument, "DIR") != NULL)
        puts(":folders");
    else if (strstr(argument, "FILE") != NULL || strpbrk(argument, ".") != NULL ||
             strstr(argument, "CSV") != NULL || strstr(argument, "RETURN") != NULL)
        puts(":files");
}

/* ---- where the last word stands ---- */

static const struct ca_option_row *among(const struct ca_option_row *rows, const char *word)
{
    for (; rows != NULL && rows->name != NULL; rows++)
        if ((strncmp(word, "--", 2) == 0 && strcmp(word + 2, rows->name) == 0) ||
            (word[0] == '-' && word[1] == rows->letter && word[1] != '\0' && word[2] == '\0'))
            return rows;
    return NULL;
}

static const struct ca_option_row *option_named(const struct ca_verb *verb, const char *word)
{
    const struct ca_option_row *row = among(ca_global_options, word);

    return row == NULL && verb != NULL ? among(verb->options, word) : row;
}

/* The words before the last that are neither options nor their values. */
static size_t plain_words(int count, char **words, char **plain)
{
    const struct ca_verb *verb = NULL;
    size_t n = 0, used;

    for (int i = 0; i + 1 < count; i++) {
        const struct ca_option_row *row = option_named(verb, words[i]);
        if (row != NULL && row->argument != NULL)
            i++;
        else if (words[i][0] != '-')
            plain[n++] = words[i];
        verb = ca_find_verb(plain, n, &used);
    }
    return n;
}

int ca_complete(int count, char **words)
{
    char *plain[256];
    const char *typed = count > 0 ? words[count - 1] : "";
    const struct ca_option_row *row = NULL;
    const struct ca_verb *verb;
    size_t n, used = 0;

    if (count > (int)(sizeof plain / sizeof *plain))
        return CA_EXIT_DONE;
    n = plain_words(count, words, plain);
    verb = ca_find_verb(plain, n, &used);
    if (count > 1)
        row = option_named(verb, words[count - 2]);
    if (row != NULL && row->argument != NULL) {
        offer_values(row->argument, typed);
    } else if (typed[0] == '-' && typed[1] != '\0') {
        offer_options(verb != NULL ? verb->options : NULL, typed);
        offer_options(ca_global_options, typed);
    } else if (verb != NULL) {
        offer_values(verb->operands, typed);
        if (n == 1) /* "moderation" is a verb, and so is "moderation next" */
            offer_verbs(plain[0], typed);
    } else if (n <= 1) {
        offer_verbs(n == 1 ? plain[0] : NULL, typed);
    }
    return CA_EXIT_DONE;
}
