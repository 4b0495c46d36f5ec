#ifndef CA_STORE_QUERY_H
#define CA_STORE_QUERY_H

#include "core/store/store.h"

/*
 * Reading the store. Between ca_store_begin_reading and ca_store_end_reading
 * everything read is of one moment, whatever others record meanwhile.
 * Visitors return false to stop early (which is no error); what they are
 * handed is valid until they return. Results are the latest revisions only.
 */
enum ca_code ca_store_begin_reading(struct ca_store *store, struct ca_error *error);
void ca_store_end_reading(struct ca_store *store);

/* ---- whose audits ---- */

/* Those that the session reads one after the other, by name: of a store in a file the one that
 * was set, or "-"; in PostgreSQL that of the role; and to sum up (CA_STORE_SUM_UP) all there
 * are, for who reads the region and for the owner, if he named none. */
typedef bool (*ca_authority_visit)(void *context, const char *authority);
enum ca_code ca_store_each_authority(struct ca_store *store, ca_authority_visit visit,
                                     void *context, struct ca_error *error);
/* All that is read from now on is of that one, which must be one of them; until the end of
 * reading. */
enum ca_code ca_store_choose_authority(struct ca_store *store, const char *authority,
                                       struct ca_error *error);

/* ---- templates as stored ---- */

struct ca_stored_grade {
    const char *id, *label, *abbrev; /* abbrev may be NULL */
    int32_t score, from;             /* hundredths */
    bool positive;
};

/* A section, standard, agency, attribute, theme, measure, alert or limit: its index in
 * its array is what the rows below name. Measures, alerts, limits and themes that were
 * not in the template's document (a framework's own) stand at the end. */
struct ca_stored_part {
    const char *id, *label;
    int parent;      /* section of a section, standard or limit; -1 */
    int detail;      /* measure: 1 for a mean; alert: severity; attribute: type */
    bool apart;      /* section: its focus stands apart */
    const char *tag; /* section: focus; attribute: required or NULL; or NULL */
    bool added;      /* by a result: it is not in the template's document */
};

struct ca_stored_parts {
    const struct ca_stored_part *items;
    size_t count;
};

struct ca_stored_template {
    int64_t key;
    const char *id, *version, *framework, *title, *unit;
    int out_of;
    bool judged;
    ca_date effective_from, effective_to, retired_on; /* CA_NO_DATE */
    const char *loaded;                               /* time, ISO 8601 in UTC */
    int64_t audits;                                   /* latest revisions by it */
    const struct ca_stored_grade *grades;
    size_t grade_count;
    struct ca_stored_parts sections, standards, agencies, attributes, themes, measures, alerts,
        limits, values; /* values: of the attributes' closed lists; parent: which one */
};

/* Which results are meant. NULL members and CA_NO_DATE do not restrict. */
struct ca_query {
    const char *const *template_ids; /* any version of these */
    size_t template_count;           /* 0: any */
    const char *version;             /* with one template id: only this version */
    const char *framework;
    ca_date from, to; /* audit dates, both included */
};

/* Every version that fits the query (dates do not matter), by id and then by effective
 * date. All of it lives in arena. */
enum ca_code ca_store_templates(struct ca_store *store, const struct ca_query *query,
                                struct ca_arena *arena, struct ca_stored_template **out,
                                size_t *count, struct ca_error *error);

/* ---- results, for adding up ---- */

enum ca_selection {
    CA_SELECTION_UNKNOWN,
    CA_SELECTION_RANDOM,
    CA_SELECTION_TARGETED,
    CA_SELECTION_STRATIFIED
};

struct ca_tally_section {
    int section, agency; /* agency -1: the joint row */
    int grade;           /* -1: none */
};

struct ca_tally_agency {
    int agency, grade, judged;
};

struct ca_tally_measure {
    int measure;
    int64_t numerator, denominator; /* of a mean: sum in thousandths, and count */
};

struct ca_tally_theme {
    int theme; /* -1: a finding without a theme */
    bool strength;
};

struct ca_tally_action {
    ca_date due, completed; /* CA_NO_DATE */
    bool verified;
};

/* One result in few bytes: what summaries add up. */
struct ca_tally {
    const struct ca_stored_template *template;
    int64_t result;
    const char *authority; /* whose it is; NULL: that of the store, or of all there is */
    ca_date audit_date;
    int grade; /* -1: not graded */
    int computed, recomputed, judged, moderated, cap;
    enum ca_selection selection;
    const struct ca_tally_section *sections;
    size_t section_count;
    const struct ca_tally_agency *agencies; /* those that returned */
    size_t agency_count;
    const struct ca_tally_measure *measures;
    size_t measure_count;
    const int *alerts; /* indexes of the template's alerts */
    size_t alert_count;
    const int *limits;
    size_t limit_count;
    const struct ca_tally_theme *themes;
    size_t theme_count;
    const struct ca_tally_action *actions; /* later completions included */
    size_t action_count;
    const char *const *attributes; /* by the template's index; NULL: absent */
};

/*
 * Every result that fits, template by template in the order of templates (from
 * ca_store_templates, whose query's dates from and to restrict) and by audit
 * date within: a scan of one index.
 */
typedef bool (*ca_tally_visit)(void *context, const struct ca_tally *tally);
enum ca_code ca_store_each_tally(struct ca_store *store,
                                 const struct ca_stored_template *templates, size_t count,
                                 ca_date from, ca_date to, ca_tally_visit visit, void *context,
                                 struct ca_error *error);

/* The scores of a result that is being visited, in hundredths: its own (section and agency -1),
 * its sections' (agency -1: the joint row) and its agencies' (section -1). */
typedef bool (*ca_score_visit)(void *context, int section, int agency, int32_t score);
enum ca_code ca_store_each_score(struct ca_store *store, const struct ca_tally *tally,
                                 ca_score_visit visit, void *context, struct ca_error *error);

/* The document of an audit's first revision and that of its latest, as SHA-256 in hexadecimal:
 * they are the same in every store. By result; of those that were erased only that of an audit
 * with one document is still known. */
typedef bool (*ca_counted_visit)(void *context, int64_t result, const char *first,
                                 const char *latest, bool erased);
enum ca_code ca_store_each_counted(struct ca_store *store, ca_counted_visit visit,
                                   void *context, struct ca_error *error);

/* First and last audit date of these templates; CA_NO_DATE where there is no audit. */
enum ca_code ca_store_span(struct ca_store *store, const struct ca_stored_template *templates,
                           size_t count, ca_date *first, ca_date *last, struct ca_error *error);

/* ---- lists ---- */

struct ca_action_filter {
    struct ca_query query;
    bool open;       /* only those not completed */
    ca_date overdue; /* only those due before this day and not completed by it */
    const char *owner;
};

struct ca_stored_action {
    const char *return_id, *case_ref, *id, *template_id, *template_version;
    ca_date audit_date;
    const char *standard, *agency, *theme;                   /* ids, or NULL */
    const char *standard_label, *agency_label, *theme_label; /* NULL */
    const char *owner, *text;                                /* NULL */
    ca_date due, completed;
    const char *verified_by; /* NULL */
    const char *changed;     /* when the newest was recorded of it: time, ISO 8601 in UTC */
};
typedef bool (*ca_action_visit)(void *context, const struct ca_stored_action *action);
/* By due date, those without one last. */
enum ca_code ca_store_each_action(struct ca_store *store, const struct ca_action_filter *filter,
                                  ca_action_visit visit, void *context, struct ca_error *error);

struct ca_stored_alert {
    const char *return_id, *case_ref, *template_id, *template_version;
    ca_date audit_date;
    const char *id, *message;
    enum ca_alert_severity severity;
};
typedef bool (*ca_alert_visit)(void *context, const struct ca_stored_alert *alert);
/* By severity, then by audit date. */
enum ca_code ca_store_each_alert(struct ca_store *store, const struct ca_query *query,
                                 ca_alert_visit visit, void *context, struct ca_error *error);

/* ---- what is followed up ---- */

/* What an audit came to, as far as it decides what is done next. Grades are positions in the
 * scale of its template's version, from 0, the best; -1: none. */
struct ca_stored_grading {
    const char *return_id, *case_ref, *auditor, *template_id, *template_version;
    ca_date audit_date;
    const char *grade_id;  /* NULL: not graded */
    const char *attribute; /* the value of the one that was asked for, or NULL */
    int grade, moderated;
    int auditors;         /* the auditor's: judged, or computed where the template computes */
    int cap;              /* as it is now: after a moderator's changes, where there are any */
    int earlier;          /* of the newest revision before it that was not moderated */
    int earlier_revision; /* its number; 0: there is none */
    bool again;   /* earlier and the alerts are of scoring it again without its moderation */
    int worst;    /* the last of the scale */
    bool changed; /* a moderator changed answers */
    bool diverges, capped, immediate, urgent; /* alerts */
};
typedef bool (*ca_grading_visit)(void *context, const struct ca_stored_grading *grading);
/* Those that were not erased, by template, then by date. attribute: an id, or NULL. */
enum ca_code ca_store_each_grading(struct ca_store *store, const struct ca_query *query,
                                   const char *attribute, ca_grading_visit visit, void *context,
                                   struct ca_error *error);

/* An answer that a moderator changed. */
struct ca_stored_answer {
    const char *template_id, *template_version, *standard, *label;
    const char *audited; /* the answer as audited, or its status where there was none */
    const char *answer;  /* the same of what it is now */
    int32_t score;       /* of what it is now; hundredths, -1: none */
};
typedef bool (*ca_answer_visit)(void *context, const struct ca_stored_answer *answer);
enum ca_code ca_store_each_changed_answer(struct ca_store *store, const struct ca_query *query,
                                          ca_answer_visit visit, void *context,
                                          struct ca_error *error);

/* A finding that calls for improvement; theme and label may be NULL. */
typedef bool (*ca_improvement_visit)(void *context, const char *return_id, const char *theme,
                                     const char *label);
enum ca_code ca_store_each_improvement(struct ca_store *store, const struct ca_query *query,
                                       ca_improvement_visit visit, void *context,
                                       struct ca_error *error);

/* What lists and figures have no more, since it was erased: alerts of more than review, and
 * actions overdue on as_of, of audits that still count and are listed nowhere; and, whatever
 * the dates, audits of which nothing was kept. */
struct ca_erased_counts {
    int64_t unlisted, dropped;
};
enum ca_code ca_store_erased_counts(struct ca_store *store, const struct ca_query *query,
                                    ca_date as_of, struct ca_erased_counts *out,
                                    struct ca_error *error);

/* ---- documents ---- */

struct ca_stored_return {
    int64_t result; /* key */
    const char *return_id, *template_id, *template_version;
    int revision;
    bool latest;
    ca_date audit_date;
    int grade;
    const char *bytes;
    size_t length;
    const char *at, *who; /* when it was recorded and by whom; ca_store_find_return only */
};
typedef bool (*ca_return_visit)(void *context, const struct ca_stored_return *stored);
/* Every revision, in the order they were recorded. */
enum ca_code ca_store_each_return(struct ca_store *store, const struct ca_query *query,
                                  ca_return_visit visit, void *context, struct ca_error *error);

/* One revision of one return; 0: the latest. CA_ERROR_NOT_FOUND, or CA_ERROR_DATA if it was
 * erased. */
enum ca_code ca_store_find_return(struct ca_store *store, const char *return_id, int revision,
                                  ca_return_visit visit, void *context, struct ca_error *error);

/* ---- audits ---- */

/* NULL members do not restrict; of the query only the templates and dates count. */
struct ca_audit_filter {
    struct ca_query query;
    const char *case_ref, *auditor, *grade, *return_id;
    bool withdrawn; /* those that are withdrawn, and no others */
};

struct ca_stored_audit {
    const char *return_id, *template_id, *template_version;
    ca_date audit_date;
    int revision;
    const char *grade;              /* NULL: not graded */
    const char *case_ref, *auditor; /* NULL once erased */
    bool moderated;
    bool erased;           /* its figures count; return_id is "erased-N" */
    const char *withdrawn; /* why, or NULL */
};
typedef bool (*ca_audit_visit)(void *context, const struct ca_stored_audit *audit);
/* By template, then by date. */
enum ca_code ca_store_each_audit(struct ca_store *store, const struct ca_audit_filter *filter,
                                 ca_audit_visit visit, void *context, struct ca_error *error);

/* What differs from the revision before, in words: what it is, and its values (NULL: none). */
typedef bool (*ca_difference_visit)(void *context, const char *what, const char *before,
                                    const char *after);
enum ca_code ca_store_each_difference(struct ca_store *store, const char *return_id,
                                      int revision, ca_difference_visit visit, void *context,
                                      struct ca_error *error);

/* ---- figures ---- */

typedef bool (*ca_population_visit)(void *context, const struct ca_population *population);
enum ca_code ca_store_each_population(struct ca_store *store, ca_population_visit visit,
                                      void *context, struct ca_error *error);

typedef bool (*ca_benchmark_visit)(void *context, const struct ca_benchmark *benchmark);
enum ca_code ca_store_each_benchmark(struct ca_store *store, ca_benchmark_visit visit,
                                     void *context, struct ca_error *error);

typedef bool (*ca_history_visit)(void *context, const struct ca_history *history);
/* By template, then by period. */
enum ca_code ca_store_each_history(struct ca_store *store, ca_history_visit visit,
                                   void *context, struct ca_error *error);

typedef bool (*ca_indicator_visit)(void *context, const struct ca_indicator *indicator);
/* In the order first imported, then by period. */
enum ca_code ca_store_each_indicator(struct ca_store *store, ca_indicator_visit visit,
                                     void *context, struct ca_error *error);

typedef bool (*ca_setting_visit)(void *context, const char *name, const char *value);
enum ca_code ca_store_each_setting(struct ca_store *store, ca_setting_visit visit,
                                   void *context, struct ca_error *error);

/* ---- the ledger ---- */

struct ca_stored_change {
    struct ca_entry entry;
    const char *bytes; /* the document that came with it, or NULL */
    size_t length;
};
typedef bool (*ca_change_visit)(void *context, const struct ca_stored_change *change);
/* Everything that changed the store from entry since on (1: ever), in its order. */
enum ca_code ca_store_each_change(struct ca_store *store, int64_t since, ca_change_visit visit,
                                  void *context, struct ca_error *error);

/* Entries about one return; without documents. */
enum ca_code ca_store_each_change_of(struct ca_store *store, const char *return_id,
                                     ca_change_visit visit, void *context,
                                     struct ca_error *error);

/* Backups and exports that were made: when, which of the two, and where. */
typedef bool (*ca_copy_visit)(void *context, const char *at, const char *kind,
                              const char *path);
enum ca_code ca_store_each_copy(struct ca_store *store, ca_copy_visit visit, void *context,
                                struct ca_error *error);

typedef bool (*ca_head_visit)(void *context, const struct ca_head *head);
/* Heads that were printed or signed, the earliest first. */
enum ca_code ca_store_each_head(struct ca_store *store, ca_head_visit visit, void *context,
                                struct ca_error *error);

#endif
