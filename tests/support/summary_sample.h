#ifndef TESTS_SUPPORT_SUMMARY_SAMPLE_H
#define TESTS_SUPPORT_SUMMARY_SAMPLE_H

#include "core/insight/summary.h"

/*
 * Summaries made by hand, with every part that a summary can have, for tests of the
 * formats. The figures are invented and hang together (shares, intervals).
 */
struct sample_shape {
    size_t periods, sections, agencies, groups, months;
    enum ca_audience audience;
    bool hostile; /* every text is one of sample_hostile, in turn */
    bool empty;   /* no audits at all */
};

struct ca_summary *sample_summary(const struct sample_shape *shape);

/* Texts that try to be something else in some format; NULL-ended. */
extern const char *const sample_hostile[];

#endif
