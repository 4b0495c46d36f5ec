#ifndef CA_CLI_TEMPLATE_NAMED_H
#define CA_CLI_TEMPLATE_NAMED_H

#include "core/cli/cli.h"
#include "core/store/store.h"
#include "core/work/catalogue.h"

/* Templates of the store for a catalogue; store may be NULL: none. Both outlive it. */
struct ca_template_source ca_cli_template_source(struct ca_store *store);

/* The same without retirements: for returns that were recorded before them. */
struct ca_template_source ca_cli_source_as_recorded(struct ca_store *store);

/* A template as it stands on the command line: ID or ID@VERSION. version is NULL, or
 * points behind the '@'; id is to be freed. */
char *ca_cli_template_id(const char *operand, const char **version);

/* The template of the store that ID or ID@VERSION names, without a version the newest; NULL
 * with a complaint. store may be NULL. */
const struct ca_template *ca_cli_find_template(struct ca_catalogue *catalogue,
                                               struct ca_store *store, const char *operand);

/* Whether an operand means a file, there or not, rather than a template of the store. */
bool ca_cli_is_template_file(const char *operand);

/*
 * Reads a template's file and adds it to the catalogue; what is wrong with it is told. bytes
 * takes the file's content, which is the caller's to free. NULL if it is refused, and *errors,
 * unless errors is NULL, how many errors it has.
 */
const struct ca_template *ca_cli_read_template(const struct ca_cli *cli,
                                               struct ca_catalogue *catalogue, const char *file,
                                               struct ca_buffer *bytes, size_t *errors);

/*
 * Adds what --template names to the catalogue: files, or templates of the store. With keep
 * true, files are loaded into the store, too. Returns how many were refused, each with its
 * diagnostics; -1 if the store failed.
 */
int ca_cli_add_templates(const struct ca_cli *cli, const struct ca_args *args,
                         struct ca_catalogue *catalogue, struct ca_store *store, bool keep);

/* Checks a template's file and loads it into the store: 0 done (outcome says what), 1
 * refused, which is complained of, -1 the store failed as error says. */
int ca_cli_load_template(const struct ca_cli *cli, struct ca_catalogue *catalogue,
                         struct ca_store *store, const char *file, enum ca_loaded *outcome,
                         const struct ca_template **loaded, struct ca_error *error);

#endif
