#ifndef CA_TESTS_MOCK_HOST_H
#define CA_TESTS_MOCK_HOST_H

/*
 * A host that is no engine: it shows a framework a template and a return that
 * the test wrote down, and writes down what the framework does. It knows no
 * arithmetic of grades; where the framework asks for a figure, the test has
 * said beforehand what the answer is.
 */
#include <stdbool.h>

#include <caseaudit/framework.h>

enum { MOCK_AGENCIES = 4, MOCK_ROOM = 48 };

struct mock_attribute {
    const char *id;
    int type;
    bool required;
    const char *values[9]; /* a closed list; NULL-ended */
    const char *given;     /* in the return */
};

/* Parents before children, ended by an entry without an id. */
struct mock_section {
    const char *id;
    size_t parent;     /* CASEAUDIT_NONE at the top */
    const char *focus; /* or NULL */
    bool limits;
    caseaudit_score scores[MOCK_AGENCIES]; /* what roll_up answers, by agency */
};

struct mock_standard {
    const char *id;
    size_t section;
    const char *derived; /* or NULL */
    struct caseaudit_outcome outcome;
};

/* Ascending. */
struct mock_event {
    const char *type;
    const char *date; /* YYYY-MM-DD */
};

struct mock_fault {
    bool of_return;
    int severity, place;
    size_t index;
    char text[512];
};

enum mock_derivation_kind {
    MOCK_NOT_DERIVED,
    MOCK_STATUS,
    MOCK_TIMESCALE,
    MOCK_TIMESCALE_DUE,
    MOCK_FREQUENCY
};

struct mock_derivation {
    enum mock_derivation_kind kind;
    int status;
    caseaudit_date start, due, end, today;
    int32_t n;
    int unit;
    caseaudit_date occurred[MOCK_ROOM];
    size_t occurred_count;
};

/* A set_section, or (limited) a limit_section, in the order they came. */
struct mock_row {
    bool limited;
    size_t section, agency;
    caseaudit_score score;
};

struct mock {
    /* what the framework is shown */
    const caseaudit_framework *framework;
    const char *rollup, *unit;
    bool judged, terms;
    struct {
        const char *name, *value;
    } options[4]; /* as the template gives them */
    const char *grades[5];
    const char *agencies[MOCK_AGENCIES + 1];
    bool returned[MOCK_AGENCIES];
    struct mock_attribute attributes[4];
    struct mock_section sections[MOCK_ROOM];
    struct mock_standard standards[MOCK_ROOM];
    struct mock_event events[MOCK_ROOM];
    const char *audit_date, *selection;
    caseaudit_score lowest, means[MOCK_AGENCIES]; /* what roll_up_overall answers */
    int ruled;                                    /* what rules answers */

    /* what it did */
    struct mock_fault faults[MOCK_ROOM];
    size_t fault_count;
    struct mock_derivation derivations[MOCK_ROOM];
    struct mock_row rows[MOCK_ROOM];
    size_t row_count;
    int as_template; /* how often score_as_template was called */
    int overall_set;
    caseaudit_score overall;
    int computed;
    struct {
        bool set;
        caseaudit_score score;
    } agency_scores[MOCK_AGENCIES];
    struct {
        char id[64], reason[512];
        int to;
    } limits[4];
    size_t limit_count;
    struct {
        char id[64];
        int64_t numerator, denominator;
    } measures[4];
    size_t measure_count;
    size_t note_count;
};

extern const caseaudit_host mock_host;

/* The handles by which a framework knows the mock. */
#define MOCK_TEMPLATE(m)    ((const caseaudit_template *)(const void *)(m))
#define MOCK_RETURN(m)      ((const caseaudit_return *)(const void *)(m))
#define MOCK_SCORING(m)     ((caseaudit_scoring *)(void *)(m))
#define MOCK_DIAGNOSTICS(m) ((caseaudit_diagnostics *)(void *)(m))

/* YYYY-MM-DD as a date; CASEAUDIT_NO_DATE for NULL. */
caseaudit_date mock_date(const char *text);

#endif
