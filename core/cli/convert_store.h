#ifndef CA_CLI_CONVERT_STORE_H
#define CA_CLI_CONVERT_STORE_H

#include "core/store/query.h"
#include "core/work/convert.h"

/*
 * Holds the references of cases that a conversion made against the cases of the store. An error
 * in diags for one that the store has under another spelling; one warning for those that it
 * has, because of them nobody can know what text they were made of.
 */
enum ca_code ca_check_references(struct ca_store *store, const struct ca_convert_notes *notes,
                                 struct ca_diags *diags, struct ca_error *error);

#endif
