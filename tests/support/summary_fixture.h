#ifndef CA_TESTS_SUMMARY_FIXTURE_H
#define CA_TESTS_SUMMARY_FIXTURE_H

#include "core/insight/summarise.h"

/*
 * A made-up store for tests of the summary: one or more templates and audits
 * added one by one. Grades are outstanding, good, requires-improvement and
 * inadequate, the first two positive.
 */
struct fixture {
    struct ca_arena *arena;
    struct ca_stored_template templates[4];
    struct ca_tally *tallies;
    size_t count, room;
    struct ca_material material;
};

enum { O, G, RI, IN, NONE = -1 };

struct fixture *fixture_new(void);
void fixture_free(struct fixture *f);

/* Adds a template with these numbers of parts; attributes are team and route, measures m0
 * (a proportion) and m1 (a mean), as many of each as said. */
struct shape {
    const char *id;
    size_t sections, agencies, attributes, measures, limits, alerts, themes;
    bool computed;
};
void fixture_template(struct fixture *f, const struct shape *shape);

/* Adds an audit; the tally it returns can be filled in further, with arrays of
 * fixture_array. */
struct ca_tally *fixture_audit(struct fixture *f, const char *date, int grade);
#define FIXTURE_ARRAY(f, count, type) CA_ARRAY((f)->arena, (count), type)

void fixture_population(struct fixture *f, const char *period, int64_t count);
void fixture_benchmark(struct fixture *f, const char *name, const char *period);
void fixture_history(struct fixture *f, const char *period, int grade, int64_t count);
void fixture_indicator(struct fixture *f, const char *id, const char *period, int64_t numerator,
                       int64_t denominator, enum ca_polarity polarity);

/* A new request with nothing asked for. */
struct ca_summary_request fixture_request(void);

/* The summary; the test fails where there is none. */
struct ca_summary *fixture_summary(struct fixture *f, const struct ca_summary_request *request);

/* The message where there must be none. */
const char *fixture_refusal(struct fixture *f, const struct ca_summary_request *request);

#endif
