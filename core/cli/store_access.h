#ifndef CA_CLI_STORE_ACCESS_H
#define CA_CLI_STORE_ACCESS_H

#include "core/cli/cli.h"
#include "core/cli/table.h"
#include "core/insight/period.h"
#include "core/store/store.h"

/* Opens the store that the command line names; NULL with a complaint. */
struct ca_store *ca_cli_store(const struct ca_cli *cli, enum ca_store_mode mode);
/* The same, but NULL without a word if there is none. *failed is set if there is one that
 * cannot be used. */
struct ca_store *ca_cli_store_if_any(const struct ca_cli *cli, bool *failed);

/* The same for writing, and NULL without a word if it cannot be written. */
struct ca_store *ca_cli_store_if_writable(const struct ca_cli *cli);

/* Complains of an error of the store; the exit status it means. */
int ca_cli_store_failed(const struct ca_error *error);

/* The month the store's years start in. */
enum ca_code ca_cli_year_start(struct ca_store *store, int *month, struct ca_error *error);
/* A period as given on the command line; false with an error. */
bool ca_cli_period(struct ca_store *store, const char *text, struct ca_period *out,
                   struct ca_error *error);

/* Says how a period was taken that could be a year or a month. */
void ca_cli_say_year(const struct ca_cli *cli, const struct ca_period *period);

/* "there is child-in-need-file, permanency-file", or that there is none; in arena. */
const char *ca_cli_templates_there_are(struct ca_store *store, struct ca_arena *arena);
/* "there are templates of permanency", or that there is none; in arena. */
const char *ca_cli_frameworks_there_are(struct ca_store *store, struct ca_arena *arena);

/* Where a period has no audits by these (NULL and 0: any): when there are some. */
void ca_cli_say_when(const struct ca_cli *cli, struct ca_store *store,
                     const char *const *templates, size_t count, const char *framework,
                     const char *period);

/* Prints what the store has of a kind as a table, whose rows fill adds; none is said where
 * there is nothing. The exit status. */
int ca_cli_list(struct ca_cli *cli, const char *const *headings, size_t count, const char *none,
                enum ca_code (*fill)(struct ca_store *store, struct ca_table *table,
                                     struct ca_error *error));

#endif
