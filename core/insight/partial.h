#ifndef CA_INSIGHT_PARTIAL_H
#define CA_INSIGHT_PARTIAL_H

#include "core/insight/summarise.h"

/*
 * What a summary is made from, apart from the store it was read from: partials of several
 * stores are joined, and what is made of them is what one store with all of it gives, in any
 * order and any grouping. Each result is there with what is counted of it, so that medians,
 * groups and what is withheld are worked out once all is together.
 */

struct ca_partial_score {
    int section, agency;
    int32_t score;
};

/* Of whom results are: as their store says, "-" where it says nothing. By name. */
struct ca_partial_authority {
    const char *name;
    int64_t dropped; /* audits erased with nothing kept */
};

struct ca_partial_result {
    size_t place; /* of its template; tally.template is set when a summary is made */
    size_t authority;
    bool erased;
    struct ca_tally tally;
    struct ca_partial_score *scores;
    size_t score_count;
};

/* A line of the list of cases: an alert, or an action that has a due date. */
struct ca_partial_case {
    const char *return_id, *case_ref, *id, *owner, *text; /* id NULL: an alert */
    enum ca_alert_severity severity;
    ca_date audit_date, due, completed;
    size_t authority;
};

/* Nothing tells an audit but these 64 bits of the SHA-256 of its return's id, ascending: what
 * is counted twice is found by them. */
typedef uint64_t ca_partial_return;

struct ca_partial {
    const char *name; /* its file, for messages */
    struct ca_summary_request question;
    /* The members that a store fills, without its functions; measures are as stored, until
     * ca_partial_join sets those apart that changed. */
    struct ca_material material;
    const char **documents; /* of the templates */
    bool published;         /* the store has a register of publications */
    struct ca_partial_authority *authorities;
    size_t authority_count;
    struct ca_partial_result *results;
    size_t result_count;
    struct ca_partial_case *cases; /* alerts as a store orders them, then actions */
    size_t case_count;
    ca_partial_return *returns;
    size_t return_count;
};

/* From a store, everything of one moment. In arena. */
enum ca_code ca_partial_take(struct ca_store *store, const struct ca_summary_request *request,
                             struct ca_arena *arena, struct ca_partial *out,
                             struct ca_error *error);

/* The same of one authority of a store whose reading has begun, without results; cases are
 * there if they are to be listed. */
enum ca_code ca_partial_outline(struct ca_store *store,
                                const struct ca_summary_request *request, const char *authority,
                                bool listed, struct ca_arena *arena, struct ca_partial *out,
                                struct ca_error *error);

/* As the bytes of a file, and back: false if they are no partial of this version, or anything
 * in them does not fit together. What was unpacked borrows the bytes. */
void ca_partial_pack(const struct ca_partial *partial, struct ca_buffer *out);
bool ca_partial_unpack(struct ca_arena *arena, const char *bytes, size_t length,
                       struct ca_partial *out);

/* Several as one; the parts are changed. CA_ERROR_DATA, naming the partials, where they are of
 * different questions, or of the same return, or say different things of one. */
enum ca_code ca_partial_join(struct ca_arena *arena, struct ca_partial *parts, size_t count,
                             struct ca_partial *out, struct ca_error *error);

/* Where a template of a part stands in what is joined, and the parts of it that results add to:
 * themes, measures, alerts, limits. */
enum { CA_PARTIAL_KINDS = 4 };
struct ca_partial_map {
    size_t place;
    bool same; /* its parts stand where they stood */
    int *parts[CA_PARTIAL_KINDS];
};

/* The same of outlines of one store: maps[part][template] says where things went. */
enum ca_code ca_partial_join_outlines(struct ca_arena *arena, struct ca_partial *parts,
                                      size_t count, struct ca_partial_map ***maps,
                                      struct ca_partial *out, struct ca_error *error);

/* Leaves the audits of one authority alone. CA_ERROR_USAGE if there is none of that name. */
enum ca_code ca_partial_keep(struct ca_arena *arena, struct ca_partial *partial,
                             const char *authority, struct ca_error *error);

/* Sets measures apart that are asked in another way since: what is done last, before a summary
 * is made. Reads the templates' documents. Figures of several authorities become figures of
 * all: populations are added up. */
enum ca_code ca_partial_set_apart(struct ca_arena *arena, struct ca_partial *partial,
                                  struct ca_error *error);

/* What set_apart does with figures of several authorities. */
void ca_partial_unite_figures(struct ca_arena *arena, struct ca_partial *partial);

/* Lists the alerts and overdue actions between two dates. */
void ca_partial_add_cases(const struct ca_partial *partial, struct ca_summary *summary,
                          ca_date from, ca_date to);

/* The summary of a partial. Of the request, the question is the partial's. */
enum ca_code ca_partial_summarise(struct ca_partial *partial,
                                  const struct ca_summary_request *request,
                                  struct ca_summary **out, struct ca_error *error);

#endif
