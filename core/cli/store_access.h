#ifndef CA_CLI_STORE_ACCESS_H
#define CA_CLI_STORE_ACCESS_H

#include "core/cli/cli.h"
#include "core/cli/table.h"
#include "core/insight/period.h"
#include "core/store/store.h"
#include "core/work/catalogue.h"

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

/* Where a period has no audits by these (NULL and 0: any): when there are some. */
void ca_cli_say_when(const struct ca_cli *cli, struct ca_store *store,
                     const char *const *templates, size_t count, const char *framework,
                     const char *period);

/* Prints what the store has of a kind as a table, whose rows fill adds. The exit status. */
int ca_cli_list(struct ca_cli *cli, const char *const *headings, size_t count,
                enum ca_code (*fill)(struct ca_store *store, struct ca_table *table,
                                     struct ca_error *error));

/* Templates of the store for a catalogue; store may be NULL: none. Both outlive it. */
struct ca_template_source ca_cli_template_source(struct ca_store *store);

/* The same without retirements: for returns that were recorded before them. */
struct ca_template_source ca_cli_source_as_recorded(struct ca_store *store);

/* A template as it stands on the command line: ID or ID@VERSION. version is NULL, or
 * points behind the '@'; id is to be freed. */
char *ca_cli_template_id(const char *operand, const char **version);

/*
 * Adds what --template names to the catalogue: files, or templates of the store. With keep
 * true, files are loaded into the store, too. Returns how many were refused, each with its
 * diagnostics; -1 if the store failed.
 */
int ca_cli_add_templates(const struct ca_cli *cli, const struct ca_args *args,
                         struct ca_catalogue *catalogue, struct ca_store *store, bool keep);

/* Checks a template's file and loads it into the store: 0 done (outcome says what), 1
 * refused, -1 the store failed; all is complained of. */
int ca_cli_load_template(const struct ca_cli *cli, struct ca_catalogue *catalogue,
                         struct ca_store *store, const char *file, enum ca_loaded *outcome,
                         const struct ca_template **loaded);

#endif
