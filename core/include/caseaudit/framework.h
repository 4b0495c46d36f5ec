/*
 * framework.h: all that a caseaudit framework (a plugin) sees of the engine.
 *
 * A framework is the method of a kind of audit. It is a shared object NAME.so
 * that exports one function, caseaudit_framework_entry, which returns a
 * descriptor. The engine hands each callback a table of services; a plugin
 * imports nothing from the engine, so that it can be tested alone and so that
 * the arithmetic of grades exists once, in the engine.
 *
 * Clean under C90 and C++. Scores are integer hundredths of a mark, weights
 * integer thousandths; no floating point, no XML type and no FILE * cross
 * this boundary.
 */
#ifndef CASEAUDIT_FRAMEWORK_H
#define CASEAUDIT_FRAMEWORK_H

#include <stddef.h>
#include <stdint.h>

#ifdef __cplusplus
extern "C" {
#endif

#define CASEAUDIT_MAGIC     0x43415544u /* "CAUD" */
#define CASEAUDIT_ABI_MAJOR 1u          /* changes when an old plugin cannot work any more */
#define CASEAUDIT_ABI_MINOR 0u          /* grows when something is added at an end */

#define CASEAUDIT_NONE     ((size_t)-1)   /* no such index; the joint row for agencies */
#define CASEAUDIT_JOINT    CASEAUDIT_NONE /* the row of the whole return, not of one agency */
#define CASEAUDIT_NO_SCORE ((int32_t)-1)  /* nothing was scored */
#define CASEAUDIT_NO_GRADE ((int)-1)      /* grades count from 0, the best */
#define CASEAUDIT_NO_DATE  ((int32_t)(-2147483647 - 1))

typedef int32_t caseaudit_date;  /* days since 1970-01-01 */
typedef int32_t caseaudit_score; /* hundredths of a mark, or CASEAUDIT_NO_SCORE */

/* Opaque: the document read, the place where faults are gathered, and one
 * scoring of one return. Borrowed for the time of the callback. */
typedef struct caseaudit_template caseaudit_template;
typedef struct caseaudit_return caseaudit_return;
typedef struct caseaudit_diagnostics caseaudit_diagnostics;
typedef struct caseaudit_scoring caseaudit_scoring;

enum caseaudit_severity { CASEAUDIT_WARNING = 0, CASEAUDIT_ERROR = 1 };

/* What a diagnostic is about; index counts from 0 within its kind. */
enum caseaudit_place {
    CASEAUDIT_AT_DOCUMENT = 0, /* the root element; index is ignored */
    CASEAUDIT_AT_ATTRIBUTE = 1,
    CASEAUDIT_AT_AGENCY = 2,
    CASEAUDIT_AT_SECTION = 3,
    CASEAUDIT_AT_STANDARD = 4,
    CASEAUDIT_AT_OPTION = 5, /* index as in the descriptor's option table */
    CASEAUDIT_AT_EVENT = 6,
    CASEAUDIT_AT_AUDIT = 7 /* the audit element of a return; index is ignored */
};

enum caseaudit_unit {
    CASEAUDIT_DAYS = 0,
    CASEAUDIT_WORKING_DAYS = 1,
    CASEAUDIT_WEEKS = 2,
    CASEAUDIT_MONTHS = 3,
    CASEAUDIT_YEARS = 4
};

enum caseaudit_attribute_type {
    CASEAUDIT_TEXT = 0,
    CASEAUDIT_TOKEN = 1,
    CASEAUDIT_DATE = 2,
    CASEAUDIT_INTEGER = 3
};

/* Statuses of an outcome, as in the result. */
enum caseaudit_status {
    CASEAUDIT_ANSWERED = 0,
    CASEAUDIT_NOT_EVIDENCED = 1,
    CASEAUDIT_OVERDUE = 2,
    CASEAUDIT_NOT_YET_DUE = 3,
    CASEAUDIT_OUT_OF_SCOPE = 4,
    CASEAUDIT_NOT_APPLICABLE = 5,
    CASEAUDIT_MISSING = 6,
    CASEAUDIT_NOT_APPLYING = 7
};

enum caseaudit_option_type {
    CASEAUDIT_OPTION_INTEGER = 0, /* min to max */
    CASEAUDIT_OPTION_GRADE = 1,   /* a grade of the template's scale */
    CASEAUDIT_OPTION_BOOLEAN = 2  /* yes or no */
};

enum caseaudit_derived_kind {
    CASEAUDIT_DERIVED_TIMESCALE = 0, /* answers met and late; late rows allowed */
    CASEAUDIT_DERIVED_FREQUENCY = 1
};

/* Flags of a focus word. A section apart shows a score and no grade, has no
 * limits, and takes no part in the overall score. */
#define CASEAUDIT_FOCUS_APART 1u

/* Flags of a framework. */
#define CASEAUDIT_HAS_AGENCIES 1u /* each response belongs to an agency */
#define CASEAUDIT_OPEN_FOCUS   2u /* focus words beyond the table are the template's own */

/* How often an event may stand in a return; two of a type on one day count as
 * one event, save where only one is allowed at all. */
enum caseaudit_occurs {
    CASEAUDIT_ANY_NUMBER = 0,
    CASEAUDIT_AT_MOST_ONE = 1,
    CASEAUDIT_EXACTLY_ONE = 2
};

/* Flags of an event. Nothing happens before the event that opens a case, save events that
 * may come beforehand, and nothing after the one that closes it: the engine sees to that. At
 * most one event of a framework opens, and happens exactly once; at most one closes, and
 * happens at most once. */
#define CASEAUDIT_EVENT_OPENS      1u
#define CASEAUDIT_EVENT_CLOSES     2u
#define CASEAUDIT_EVENT_BEFOREHAND 4u

/* All tables end with an entry whose name is NULL. */
struct caseaudit_option {
    const char *name;
    int type;             /* enum caseaudit_option_type */
    const char *fallback; /* value where the template gives none */
    int32_t min, max;     /* of an integer */
    const char *help;
};

struct caseaudit_focus {
    const char *name;
    unsigned flags;
    const char *help;
};

struct caseaudit_event {
    const char *name;
    int occurs;     /* enum caseaudit_occurs */
    unsigned flags; /* CASEAUDIT_EVENT_... */
    const char *help;
};

/* One derived standard of one return, while it is being worked out. */
struct caseaudit_deriving;

struct caseaudit_derived {
    const char *name;
    int kind; /* enum caseaudit_derived_kind */
    const char *help;
    /* Works it out with one of the services derive_...; a standard that is left alone
     * does not apply to the case. Called before score. Required. */
    void (*derive)(const struct caseaudit_deriving *d);
};

/* One outcome as the engine sees it. */
struct caseaudit_outcome {
    int status;            /* enum caseaudit_status */
    int counts;            /* has a score, a weight, and no section above of weight 0 */
    caseaudit_score score; /* or CASEAUDIT_NO_SCORE */
    const char *answer;    /* as in the result; NULL where there is none */
};

/*
 * Services of the engine. The prefix (magic to size) is frozen; new services
 * are added at the end, so a plugin built against a newer minor tests size
 * before it calls one.
 */
typedef struct caseaudit_host {
    uint32_t magic;
    uint32_t abi_major;
    uint32_t abi_minor;
    uint32_t size; /* of this table in bytes */

    /* ---- faults; format is printf's ---- */
    void (*template_fault)(caseaudit_diagnostics *diagnostics, const caseaudit_template *t,
                           int severity, int place, size_t index, const char *format, ...);
    void (*return_fault)(caseaudit_diagnostics *diagnostics, const caseaudit_return *r,
                         int severity, int place, size_t index, const char *format, ...);

    /* ---- the template ---- */
    const char *(*template_rollup)(const caseaudit_template *t);
    const char *(*template_unit)(const caseaudit_template *t);
    int (*template_is_judged)(const caseaudit_template *t);
    int (*template_has_terms_of_reference)(const caseaudit_template *t);
    /* The value in force, the descriptor's fallback included; never NULL for a
     * known name. */
    const char *(*option)(const caseaudit_template *t, const char *name);
    int32_t (*option_integer)(const caseaudit_template *t, const char *name);
    int (*option_grade)(const caseaudit_template *t, const char *name);
    const char *(*grade_label)(const caseaudit_template *t, int grade);
    size_t (*agency_count)(const caseaudit_template *t);
    const char *(*agency_label)(const caseaudit_template *t, size_t agency);
    /* CASEAUDIT_NONE where there is no such attribute. */
    size_t (*attribute_find)(const caseaudit_template *t, const char *id);
    int (*attribute_type)(const caseaudit_template *t, size_t attribute);
    int (*attribute_is_required)(const caseaudit_template *t, size_t attribute);
    size_t (*attribute_value_count)(const caseaudit_template *t, size_t attribute);
    const char *(*attribute_value)(const caseaudit_template *t, size_t attribute, size_t i);
    /* Sections and standards in document order, parents before children. */
    size_t (*section_count)(const caseaudit_template *t);
    size_t (*section_parent)(const caseaudit_template *t, size_t section);
    const char *(*section_title)(const caseaudit_template *t, size_t section);
    const char *(*section_focus)(const caseaudit_template *t, size_t section); /* or NULL */
    int (*section_has_limits)(const caseaudit_template *t, size_t section);
    size_t (*section_top)(const caseaudit_template *t, size_t section); /* itself or above */
    size_t (*standard_count)(const caseaudit_template *t);
    const char *(*standard_id)(const caseaudit_template *t, size_t standard);
    const char *(*standard_label)(const caseaudit_template *t, size_t standard); /* or its id */
    size_t (*standard_section)(const caseaudit_template *t, size_t standard);
    const char *(*standard_derived)(const caseaudit_template *t, size_t standard); /* or NULL */
    /* An answer of an outcome as people read it: "Good", "in time". */
    const char *(*answer_label)(const caseaudit_template *t, size_t standard,
                                const char *answer);
    caseaudit_score (*full_marks)(const caseaudit_template *t); /* hundredths */

    /* ---- the return ---- */
    caseaudit_date (*audit_date)(const caseaudit_return *r);
    const char *(*selection)(const caseaudit_return *r); /* or NULL */
    /* Value of an attribute by id, NULL where absent. */
    const char *(*attribute)(const caseaudit_return *r, const char *id);
    int (*agency_returned)(const caseaudit_return *r, size_t agency);
    /* Events in ascending order of date, then as they stand. */
    size_t (*event_count)(const caseaudit_return *r);
    const char *(*event_type)(const caseaudit_return *r, size_t event);
    caseaudit_date (*event_date)(const caseaudit_return *r, size_t event);
    /* The day of the first event of a type on or after a day (CASEAUDIT_NO_DATE: ever), and
     * of the last one; CASEAUDIT_NO_DATE where there is none. Since days are asked for, two
     * events of a type on one day are one. */
    caseaudit_date (*event_from)(const caseaudit_return *r, const char *type,
                                 caseaudit_date day);
    caseaudit_date (*event_last)(const caseaudit_return *r, const char *type);
    /* The day of the event that opens the case; CASEAUDIT_NO_DATE without one. */
    caseaudit_date (*opened)(const caseaudit_return *r);
    /* The day by which open timescales are judged: the audit date or, if earlier, that of
     * the event that closes the case. */
    caseaudit_date (*today)(const caseaudit_return *r);
    void (*format_date)(caseaudit_date date, char text[16]); /* YYYY-MM-DD */

    /* ---- derived standards, to be set by their derive ----
     * A derived standard that the return declares not applicable, or that its
     * applies rule excludes, keeps that status whatever is set here. A due date
     * beyond the calendar of working days is a fault of the return, which the
     * engine reports at the standard if the standard applies. */
    void (*derive_status)(caseaudit_scoring *s, size_t standard, int status);
    /* Due n units after start; end or CASEAUDIT_NO_DATE. */
    void (*derive_timescale)(caseaudit_scoring *s, size_t standard, caseaudit_date start,
                             int32_t n, int unit, caseaudit_date end);
    /* The same with a due date that was found otherwise. */
    void (*derive_timescale_due)(caseaudit_scoring *s, size_t standard, caseaudit_date start,
                                 caseaudit_date due, caseaudit_date end);
    /* occurred in any order; those before start or after end (or today, where end is
     * CASEAUDIT_NO_DATE) are left out. */
    void (*derive_frequency)(caseaudit_scoring *s, size_t standard, caseaudit_date start,
                             caseaudit_date end, int32_t n, int unit,
                             const caseaudit_date *occurred, size_t count);
    /* The same of all events of a type. */
    void (*derive_event_frequency)(caseaudit_scoring *s, size_t standard, caseaudit_date start,
                                   caseaudit_date end, int32_t n, int unit, const char *type);
    /* add(d, N, unit) of the scoring rules, section 2.2. Returns 0; or -1 beyond the
     * calendar: the standard is then noted as such, to be left unset, and *out is left
     * alone. */
    int (*add_time)(caseaudit_scoring *s, size_t standard, caseaudit_date date, int32_t n,
                    int unit, caseaudit_date *out);

    /* ---- scoring ----
     * Derived standards are settled before.
     * Where the template has no agencies, agency is CASEAUDIT_JOINT. */
    void (*outcome)(const caseaudit_scoring *s, size_t standard, size_t agency,
                    struct caseaudit_outcome *out);
    /* The section's roll-up over its own children, for one agency or jointly. */
    caseaudit_score (*roll_up)(const caseaudit_scoring *s, size_t section, size_t agency);
    /* Sets a row; its grade is the band, or none for a section apart. */
    void (*set_section)(caseaudit_scoring *s, size_t section, size_t agency,
                        caseaudit_score score);
    caseaudit_score (*section_score)(const caseaudit_scoring *s, size_t section, size_t agency);
    /* Applies the section's own limits to its joint row. */
    void (*limit_section)(caseaudit_scoring *s, size_t section);
    /* "mean", "flat", "lowest" or "median" over the top-level sections that take part. */
    caseaudit_score (*roll_up_overall)(const caseaudit_scoring *s, const char *rollup,
                                       size_t agency);
    /* The agency's own overall score; its grade is the band. */
    void (*set_agency)(caseaudit_scoring *s, size_t agency, caseaudit_score score);
    int (*band)(const caseaudit_scoring *s, caseaudit_score score); /* a grade */
    int (*rules)(const caseaudit_scoring *s);                       /* a grade */
    /* CASEAUDIT_NO_SCORE and CASEAUDIT_NO_GRADE where there is none. */
    void (*set_overall)(caseaudit_scoring *s, caseaudit_score score, int computed);
    /* All of the above as the template's own roll-ups say, in one call: every
     * section bottom up with its limits, then the overall score and grade. */
    void (*score_as_template)(caseaudit_scoring *s);
    /* A template-wide limit of the framework's own, after the template's. Texts are
     * copied, here and below. */
    void (*limit)(caseaudit_scoring *s, const char *id, int to, const char *reason);
    /* A measure of the framework's own, after the template's. */
    void (*measure)(caseaudit_scoring *s, const char *id, const char *label, int64_t numerator,
                    int64_t denominator);
    /* A sentence for the explanation: how this method comes to its grade (place
     * CASEAUDIT_AT_DOCUMENT; index is ignored), or to what it made of a section, a standard or
     * an agency (CASEAUDIT_AT_SECTION, ..._STANDARD, ..._AGENCY). Whoever sets a score that
     * is no roll-up should say why: no sum is shown for it. */
    void (*note)(caseaudit_scoring *s, int place, size_t index, const char *format, ...);

    /* ---- for the log, shown with --verbose; one line ---- */
    void (*log)(const struct caseaudit_host *host, const char *format, ...);
} caseaudit_host;

/* Borrowed for the time of the callback; new members go at the end. */
struct caseaudit_deriving {
    const caseaudit_host *host;
    void *state;
    const caseaudit_template *t;
    const caseaudit_return *r;
    caseaudit_scoring *s;
    size_t standard;
};

/*
 * The descriptor. The prefix (magic to size) is frozen; the engine copies as
 * many bytes as both sides know over zeroes, so new members go at the end and
 * a zero means "not there". The descriptor and all it points at stay valid as long as the
 * plugin is loaded. Callbacks must not keep what they are handed.
 */
typedef struct caseaudit_framework {
    uint32_t magic;
    uint32_t abi_major;
    uint32_t abi_minor;
    uint32_t size; /* sizeof(caseaudit_framework) as the plugin was built */

    const char *name; /* as the file's name without .so: [a-z0-9-]+ */
    const char *title;
    const char *version;
    const char *author;
    const char *licence;
    unsigned flags;

    const char *const *rollups; /* roll-ups of the template it knows, NULL-ended */
    const char *unit;           /* the only unit it knows, or NULL for any */
    int32_t look_back_months;   /* where the template says none; 0 for no look-back */
    const struct caseaudit_option *options;
    const struct caseaudit_focus *focus_words;
    const struct caseaudit_event *events;
    const struct caseaudit_derived *derived;

    /* Optional: a state of the plugin's own, made once and handed to each callback. */
    void *(*create)(const caseaudit_host *host);
    void (*destroy)(void *state);

    /* The framework's rules for a template, beyond the tables above. Required. */
    void (*check_template)(const caseaudit_host *host, void *state, const caseaudit_template *t,
                           caseaudit_diagnostics *diagnostics);
    /* The framework's rules for a return, beyond the tables above. Required. */
    void (*check_return)(const caseaudit_host *host, void *state, const caseaudit_template *t,
                         const caseaudit_return *r, caseaudit_diagnostics *diagnostics);
    /* Scores one return, whose derived standards are there. Called again with a moderator's
     * changes in place. Returns 0, or -1 when it cannot (out of memory): the return is then
     * rejected. Required. */
    int (*score)(const caseaudit_host *host, void *state, const caseaudit_template *t,
                 const caseaudit_return *r, caseaudit_scoring *s);
} caseaudit_framework;

/* The one symbol a plugin exports. */
#define CASEAUDIT_ENTRY "caseaudit_framework_entry"
typedef const caseaudit_framework *(*caseaudit_entry)(void);

#if defined(__GNUC__)
#define CASEAUDIT_EXPORT __attribute__((visibility("default")))
#else
#define CASEAUDIT_EXPORT
#endif

CASEAUDIT_EXPORT const caseaudit_framework *caseaudit_framework_entry(void);

#ifdef __cplusplus
}
#endif

#endif
