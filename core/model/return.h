#ifndef CA_MODEL_RETURN_H
#define CA_MODEL_RETURN_H

#include "core/model/template.h"

/*
 * A return as read against its template: one audited case. All ids are
 * indexes into the template. Everything lives in the arena it was read into,
 * which the caller resets for the next return.
 */

enum { CA_MAX_RESPONSES = 4000, CA_MAX_DATES = 10000 };

enum ca_given {
    CA_GIVEN_NOTHING, /* no response */
    CA_GIVEN_ANSWER,  /* by type: answer, dates, value, text */
    CA_GIVEN_NOT_EVIDENCED,
    CA_GIVEN_NOT_APPLICABLE
};

struct ca_evidence {
    const char *ref, *text; /* either may be NULL */
};

struct ca_response {
    enum ca_given given;
    bool by_section; /* not applicable because its section was declared so */
    size_t answer;   /* index in the standard's list */
    ca_date date;    /* of the practice; CA_NO_DATE */
    ca_date start, end;
    ca_date *occurred; /* as they stand */
    size_t occurred_count;
    int64_t value; /* thousandths */
    const char *text, *reason;
    struct ca_evidence *evidence; /* those with text */
    size_t evidence_count;
    uint32_t offset;
    const char *answer_as_written;
};

struct ca_event {
    const char *type; /* the framework's own string */
    size_t kind;      /* index in the framework's table */
    ca_date date;
    const char *note;
    uint32_t offset;
};

struct ca_returned { /* one <responses> */
    bool returned;
    size_t grade;   /* the agency's own, or CA_NONE */
    const char *by; /* role code, or NULL */
    uint32_t offset;
};

struct ca_na_section {
    size_t section, agency;
    const char *reason;
    uint32_t offset;
};

struct ca_change {
    size_t standard, agency; /* agency 0 without agencies */
    enum ca_given given;     /* answer, not-evidenced or not-applicable */
    size_t answer;
    const char *rationale;
    uint32_t offset;
};

struct ca_judgement {
    bool given;
    size_t grade; /* a moderation's may be CA_NONE */
    const char *by, *rationale;
    ca_date date;
    bool override; /* of a moderation */
    uint32_t offset;
};

struct ca_finding {
    bool strength;
    size_t theme;         /* CA_NONE where the template has no themes */
    const char *theme_id; /* as written; may be NULL */
    size_t agency;        /* CA_NONE */
    const char *text;
};

struct ca_action {
    const char *id, *owner, *verified_by, *text; /* owner, verified_by may be NULL */
    size_t standard, agency;                     /* CA_NONE */
    size_t theme;                                /* CA_NONE where the template has no themes */
    const char *theme_id;                        /* as written; may be NULL */
    ca_date due, completed;
    uint32_t offset;
};

struct ca_attribute_value {
    const char *text; /* NULL: absent */
    int64_t number;   /* of an integer, or a date as days */
};

struct ca_return {
    struct ca_arena *arena;
    const char *file;
    struct ca_xml_doc doc;
    const struct ca_template *template;

    const char *id, *template_id, *template_version, *case_ref, *auditor;
    const char *selection; /* or NULL */
    ca_date audit_date;
    ca_date scope_from; /* the first day within the look-back, or CA_NO_DATE */
    uint32_t audit_offset;

    struct ca_attribute_value *attributes; /* by the template's index */
    struct ca_event *events;               /* ascending, then as they stand */
    size_t event_count;
    struct ca_returned *returned;  /* by agency; one entry without agencies */
    struct ca_response *responses; /* [standard * columns + agency] */
    size_t columns;                /* agencies, or 1 */
    struct ca_na_section *na_sections;
    size_t na_section_count;
    struct ca_judgement judgement, moderation;
    struct ca_change *changes;
    size_t change_count;
    struct ca_finding *findings; /* strengths first */
    size_t finding_count;
    struct ca_action *actions;
    size_t action_count;

    /* Of a return with faults, for those who look for further ones: */
    bool astray; /* responses could not be placed: others may only seem to be missing */
    bool *meant; /* cells whose standard was misspelt, as responses; NULL if there are none */
};

const struct ca_response *ca_return_response(const struct ca_return *r, size_t standard,
                                             size_t agency);

/* The day of the first event of a type on or after a day (CA_NO_DATE: ever), and of the last
 * one; CA_NO_DATE where there is none. */
ca_date ca_return_event_from(const struct ca_return *r, const char *type, ca_date day);
ca_date ca_return_event_last(const struct ca_return *r, const char *type);

/* The days of the events that open and close the case; CA_NO_DATE where there is none. */
ca_date ca_return_opened(const struct ca_return *r);
ca_date ca_return_closed(const struct ca_return *r);

/* The day by which open timescales are judged: the audit date or, if earlier, that on which
 * the case was closed. */
ca_date ca_return_today(const struct ca_return *r);

/* Does the agency (0 without agencies) answer the standard, returned or not? */
bool ca_return_answers(const struct ca_template *t, size_t standard, size_t agency);

/* Does this agency have to answer the standard, and has it returned? (Always, for agency
 * 0 of a template without agencies.) */
bool ca_return_expects(const struct ca_return *r, size_t standard, size_t agency);

/*
 * For the scoring room, once it knows which standards apply (one for each
 * standard): a section may be declared not applicable only if every standard in it
 * that applies, and is the agency's to answer, may be. Each other one is an error.
 */
void ca_return_check_na_sections(const struct ca_return *r, const bool *applies,
                                 struct ca_diags *diags);

void ca_return_report(const struct ca_return *r, uint32_t offset, struct ca_diags *diags,
                      enum ca_severity severity, const char *element, const char *format, ...)
    __attribute__((format(printf, 6, 7)));

#endif
