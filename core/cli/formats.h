#ifndef CA_CLI_FORMATS_H
#define CA_CLI_FORMATS_H

#include "core/cli/args.h"

/*
 * A file's name says what is to be in it: "-o summary.xlsx" is a workbook without --format.
 * Adds the format that the name of --output decides to args. False, with a complaint, where
 * name and --format disagree, or where the verb does not write what the name says. Names
 * that say nothing (results, out.dat) leave everything as it is.
 */
bool ca_args_settle_format(struct ca_args *args);

#endif
