#ifndef CA_YEAR_FRAME_H
#define CA_YEAR_FRAME_H

#include "core/base/map.h"
#include "core/year/kept.h"

/*
 * The cases from which a sample is drawn: their ids, the columns by which they are stratified,
 * and those that are to be kept. Nothing else of the case list is looked at, for such lists
 * hold names.
 */
struct ca_frame_case {
    const char *id;
    const char *const *values; /* in the columns of the strata, then NULL */
    const char *const *kept;   /* in the columns to keep, then NULL */
    int row;                   /* of the spreadsheet */
    size_t stratum;
};

struct ca_stratum {
    const char *const *values; /* as above; one that is blank is "" */
    int64_t cases;
};

struct ca_frame {
    struct ca_frame_case *cases; /* by the bytes of their ids */
    size_t count;
    const char **left_out; /* ids of the other cases of the list, by their bytes */
    size_t left_out_count;
    struct ca_stratum *strata; /* by the bytes of their values; always one at least */
    size_t stratum_count;
    /* SHA-256 of a line for each case: id, tab, its values each followed by a tab, line feed.
     * So it is the same whatever the order of rows, the encoding, or the kind of file. */
    char sha256[CA_SHA256_TEXT];
};

struct ca_frame_asked {
    const char *name; /* of the sample */
    const struct ca_sample_rule *rule;
    const struct ca_map *left_out; /* cases not to be drawn, by their folded ids; NULL: none */
    const struct ca_stored_template *template; /* what columns are kept for */
};

/*
 * All of it lives in arena; texts are borrowed from the sheet and the caller. Ids fit the form
 * of case/@ref and come once, and so do "NAME-ID", which become ids of returns. False, with all
 * faults in diags.
 */
bool ca_frame_read(struct ca_arena *arena, const struct ca_sheet *sheet,
                   const struct ca_frame_asked *asked, struct ca_frame *out,
                   struct ca_diags *diags);

#endif
