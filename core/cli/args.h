#ifndef CA_CLI_ARGS_H
#define CA_CLI_ARGS_H

#include <stdbool.h>
#include <stddef.h>
#include <stdio.h>

/*
 * Options as tables: what a verb accepts, what --help prints, what the shell
 * completes and what the manual must mention all come from the same rows.
 */
struct ca_option_row {
    const char *name;     /* long name, without dashes; NULL ends the table */
    char letter;          /* short name, or 0 */
    const char *argument; /* NULL for a flag; "FILE", or "text|json" for a closed list */
    bool repeatable;
    const char *help;
};

/* Of verbs whose output somebody may go on working in. */
#define CA_FORCE_OPTION                                                                        \
    {                                                                                          \
        "force", 0, NULL, false, "replace what is there already and differs"                   \
    }

struct ca_cli;
struct ca_args;

struct ca_verb {
    const char *name;     /* "score", "template check" */
    const char *operands; /* "RETURN...", or "" */
    const char *summary;  /* one line */
    const char *example;  /* what --help ends with */
    const struct ca_option_row *options;
    size_t least, most; /* how many operands */
    int (*run)(struct ca_cli *cli, const struct ca_args *args);
    const char *(*lacking)(void); /* core/cli/lacking.h; NULL: there is nothing to lack */
};

/* What was given: options in order, then the operands. */
struct ca_given_option {
    const struct ca_option_row *row;
    const char *value; /* NULL for a flag */
};

struct ca_args {
    const struct ca_verb *verb; /* NULL: none named */
    const char *group;          /* "template", when help is asked for the group; or NULL */
    struct ca_given_option *options;
    size_t option_count;
    char **operands;
    size_t operand_count;
};

extern const struct ca_option_row ca_global_options[];
extern const struct ca_verb *const ca_verbs[]; /* NULL-ended */

/*
 * Parses argv against the global options and, once the verb is known, the
 * verb's own. Options may stand anywhere. Prints what is wrong and returns
 * false for a wrong command. args is freed by ca_args_free.
 */
bool ca_args_parse(int argc, char **argv, struct ca_args *args);
void ca_args_free(struct ca_args *args);

/* As if the option had been given last. value is borrowed. */
void ca_args_add(struct ca_args *args, const struct ca_option_row *row, const char *value);

bool ca_args_has(const struct ca_args *args, const char *name);
/* The last value given, or fallback. */
const char *ca_args_get(const struct ca_args *args, const char *name, const char *fallback);
/* The i-th value of a repeatable option, or NULL. */
const char *ca_args_nth(const struct ca_args *args, const char *name, size_t i);

/* The verb that the first one or two words name, and how many it took; NULL for none. */
const struct ca_verb *ca_find_verb(char **words, size_t count, size_t *used);

/* Of a verb; without one of the program or, with group, of the verbs that begin so. */
void ca_print_help(FILE *out, const struct ca_verb *verb, const char *group);

/* Is word one of "text|json|csv"? */
bool ca_list_has(const char *list, const char *word);
/* "text|json|csv" as people say it: "text, json or csv"; to be freed. */
char *ca_words_of_list(const char *list);

#endif
