#ifndef CA_MODEL_RESULT_H
#define CA_MODEL_RESULT_H

#include "core/model/return.h"

/*
 * What scoring one return yields: every field of the result object, as indexes
 * into the template. Lives in the arena it was made in; immutable.
 * A score of -1 is "none", CA_NONE no grade, CA_NO_DATE no date.
 */

/* Status, answer and score of one standard, for one agency. */
struct ca_outcome {
    enum caseaudit_status status;
    bool present;        /* an agency that is expected to answer it has returned */
    bool counts;         /* has a score, a weight, no section above of weight 0 */
    int32_t score;       /* hundredths */
    const char *answer;  /* as printed; NULL */
    const char *audited; /* before a moderator's change; NULL where there was none */
    ca_date due;         /* of a timescale */
    int32_t days;        /* elapsed from start to end; -1 */
    int32_t late_days;   /* calendar days after due, of a late timescale */
    int32_t kept, gaps;  /* of a frequency with gaps */
    bool has_value;
    int64_t value; /* thousandths, of a number or points */

    /* For the explanation: what a timescale or frequency was worked out from. */
    ca_date start, end; /* end: it happened, or what a frequency is looked at until */
    int32_t span;       /* of `unit` from start to due, or between two occurrences; or 0 */
    enum ca_unit unit;
    const ca_date *points; /* the days after start on which it occurred, ascending */
    size_t point_count;
};

/* The score of a section: jointly or for one agency. */
struct ca_section_row {
    int32_t score;
    size_t grade, cap;
    int32_t uncapped; /* score before the section's own limits */
};

struct ca_agency_row {
    int32_t score;
    size_t grade;
};

/* A limit that holds. */
struct ca_fired {
    const char *id, *reason;
    size_t section; /* CA_NONE: template-wide */
    size_t to;
    bool never;
    const struct ca_limit *limit; /* NULL: the framework's own */
};

struct ca_fired_alert {
    const char *id, *message;
    enum ca_alert_severity severity;
    const struct ca_alert *alert; /* NULL: built in */
};

struct ca_measured {
    const char *id, *label;
    bool mean;
    int64_t numerator, denominator; /* or sum in thousandths, and count */
};

/* What the framework says of what it did. */
struct ca_note {
    int place; /* CASEAUDIT_AT_DOCUMENT, _SECTION, _STANDARD or _AGENCY */
    size_t index;
    const char *text;
};

enum ca_result_status { CA_SCORED, CA_NOT_GRADED, CA_REJECTED };
const char *ca_result_status_name(enum ca_result_status status);

struct ca_result {
    enum ca_result_status status; /* never rejected: that has no ca_result */
    const struct ca_template *template;
    const struct ca_return *audit;
    bool complete;
    int32_t score;
    size_t computed, recomputed, judged, cap, moderated, grade;
    size_t base;           /* before the cap: the judgement or the computed grade */
    size_t moderation_cap; /* the cap that bound the moderation; CA_NONE */

    struct ca_outcome *outcomes; /* [standard * columns + agency]; skip those not present */
    int32_t *critical_scores;    /* as in struct ca_pass */
    size_t critical_count;
    size_t columns;
    struct ca_section_row *joint;     /* [section] */
    struct ca_section_row *by_agency; /* [section * columns + agency]; agencies only */
    struct ca_agency_row *agencies;   /* [agency]; agencies only */
    struct ca_fired *limits;
    size_t limit_count;
    struct ca_fired_alert *alerts;
    size_t alert_count;
    struct ca_measured *measures;
    size_t measure_count;
    const struct ca_note *notes; /* the framework's sentences for the explanation */
    size_t note_count;
    /* The figures before a moderator's changes (no alerts, no measures, no grade but the
     * computed one); NULL where there are no changes. */
    const struct ca_result *as_audited;
};

#endif
