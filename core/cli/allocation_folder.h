#ifndef CA_CLI_ALLOCATION_FOLDER_H
#define CA_CLI_ALLOCATION_FOLDER_H

#include "core/cli/cli.h"
#include "core/store/sample.h"
#include "core/year/allocation.h"

/* What auditors are handed: a folder for each, with a blank return of each case that they have
 * not returned, and a form if forms are asked for. */
struct ca_handing_out {
    const struct ca_sample *sample;
    const struct ca_allocation *allocation;
    const struct ca_sample_case *const *cases; /* of the sample, by those of the allocation */
    const char *const *before;                 /* whose each case was until now, or NULL */
    bool forms, no_grade;
};

/*
 * Writes it into the folder that --output names, all or nothing. What somebody has filled in
 * stays, and is told of, and so is the return of a case that is another's now. The exit status;
 * what failed has been said.
 */
int ca_hand_out(const struct ca_cli *cli, struct ca_store *store, const struct ca_args *args,
                const struct ca_handing_out *what);

#endif
