#ifndef CA_INSIGHT_TOLD_PRIVATE_H
#define CA_INSIGHT_TOLD_PRIVATE_H

#include "core/insight/summary_private.h"

/* Words that the sentences of a summary share (told.c). What they give lives in the summary. */
struct ca_telling {
    struct ca_plan *plan;
    struct ca_summary *s;
    const struct ca_summary_row *row; /* the latest total */
};

struct ca_telling ca_telling_of(struct ca_plan *plan);

/* "good" of "Good", for the middle of a sentence. */
const char *ca_told_lower(const struct ca_telling *t, const char *label);

/* What was audited: files of children and families, otherwise the unit itself. */
const char *ca_told_things(const struct ca_telling *t, int64_t count);

/* "because …", of what is withheld. */
const char *ca_told_withheld(const struct ca_telling *t);

/* "22 of 33 (67%)"; NULL where it is withheld or there is nothing. */
const char *ca_told_share(const struct ca_telling *t, const struct ca_share *share);

/* "31 December 2023" */
const char *ca_told_date(const struct ca_telling *t, ca_date date);

/* "2023-24 Q1", or "benchmark 'first' (2023-24 Q1)". There is a comparison. */
const char *ca_told_baseline(const struct ca_telling *t);

#endif
