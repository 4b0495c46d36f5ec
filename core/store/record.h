#ifndef CA_STORE_RECORD_H
#define CA_STORE_RECORD_H

#include "core/base/arena.h"
#include "core/base/buffer.h"
#include "core/model/result.h"

/*
 * One scored return as the store keeps it: plain data that needs neither the
 * template nor the framework at hand, so that one process can score and
 * another can store. Sections, standards, agencies and attributes are indexes
 * into the template; an agency of -1 is the joint row, a grade of -1 none, a
 * score of -1 none. What a framework may add of its own (limits, alerts,
 * measures) and themes go by their ids.
 */

#define CA_SHA256_SIZE 32

struct ca_record_section {
    int section, agency;
    int32_t score;
    int grade, cap;
};

struct ca_record_agency {
    int agency;
    int32_t score;
    int grade, judged;
};

struct ca_record_standard {
    int standard, agency;
    int status; /* enum caseaudit_status */
    bool counts;
    int32_t score, days;
    ca_date due;
    const char *answer, *audited; /* NULL */
};

struct ca_record_limit {
    const char *id, *reason;
    int section, to; /* section -1: template-wide */
};

struct ca_record_alert {
    const char *id, *message;
    int severity; /* enum ca_alert_severity */
};

struct ca_record_measure {
    const char *id, *label;
    bool mean;
    int64_t numerator, denominator; /* or sum in thousandths, and count */
};

struct ca_record_action {
    const char *id, *owner, *verified_by, *text; /* owner, verified_by, text: NULL */
    const char *theme;                           /* NULL */
    int standard, agency;                        /* -1 */
    ca_date due, completed;
};

struct ca_record_finding {
    bool strength;
    const char *theme; /* NULL */
    int agency;
    const char *text; /* NULL */
};

struct ca_record_attribute {
    int attribute;
    const char *value;
};

struct ca_record_judgement {
    const char *by; /* NULL: not given */
    ca_date date;
};

struct ca_record {
    const char *return_id, *template_id, *template_version;
    const char *framework, *framework_version;
    const char *plugin; /* SHA-256 of the framework's file, 64 digits */
    const char *case_ref, *auditor;
    const char *selection; /* NULL */
    ca_date audit_date;
    int status; /* enum ca_result_status */
    bool complete;
    int32_t score;
    int computed, recomputed, judged, cap, moderated, grade;
    struct ca_record_judgement judgement, moderation;

    struct ca_record_section *sections; /* as printed: joint row, then its agencies */
    size_t section_count;
    struct ca_record_agency *agencies; /* those that returned */
    size_t agency_count;
    struct ca_record_standard *standards;
    size_t standard_count;
    struct ca_record_limit *limits;
    size_t limit_count;
    struct ca_record_alert *alerts;
    size_t alert_count;
    struct ca_record_measure *measures;
    size_t measure_count;
    struct ca_record_action *actions;
    size_t action_count;
    struct ca_record_finding *findings;
    size_t finding_count;
    struct ca_record_attribute *attributes; /* those present */
    size_t attribute_count;

    bool new_revision;    /* whoever stores it knows that it tells of its audit anew: case,
                           * template and date may differ; not packed */
    bool allow_erased;    /* it may be stored though its document was erased */
    const char *document; /* the bytes as they came */
    size_t document_length;
    uint8_t sha256[CA_SHA256_SIZE]; /* of the document */
};

/*
 * The record of a result. bytes is the return's document as it was read from
 * the file; plugin the digest of the framework's file. Arrays live in arena;
 * texts and the document are borrowed from the result and the caller.
 */
void ca_record_of_result(struct ca_arena *arena, const struct ca_result *result,
                         const char *bytes, size_t length, const char *plugin,
                         struct ca_record *out);

/* Appends the record to out, in a form for other processes of the same build. */
void ca_record_pack(const struct ca_record *record, struct ca_buffer *out);

/*
 * Reads one record from *bytes and moves on behind it. Arrays live in arena,
 * texts and the document are borrowed from bytes. False if bytes are not
 * what ca_record_pack writes.
 */
bool ca_record_unpack(struct ca_arena *arena, const char **bytes, const char *end,
                      struct ca_record *out);

/* Do all its indexes and figures make sense with the template (of which an outline will do)? */
bool ca_record_fits(const struct ca_record *record, const struct ca_template *t);

/* SHA-256 of bytes, and as 64 lower case hexadecimal digits. */
void ca_sha256(const void *bytes, size_t length, uint8_t digest[CA_SHA256_SIZE]);
#define CA_SHA256_TEXT (2 * CA_SHA256_SIZE + 1)
const char *ca_sha256_hex(const uint8_t digest[CA_SHA256_SIZE], char text[CA_SHA256_TEXT]);

#endif
