#ifndef CA_INSIGHT_SUMMARISE_H
#define CA_INSIGHT_SUMMARISE_H

#include "core/insight/summary.h"
#include "core/store/query.h"

/* Runs work where bytes that others wrote may be read; what it puts out is added to answer. */
typedef enum ca_code (*ca_read_apart)(void (*work)(void *context, struct ca_buffer *out),
                                      void *context, struct ca_buffer *answer,
                                      struct ca_error *error);

/* What is asked for. NULL members, 0 and CA_NO_DATE stand for the default. */
struct ca_summary_request {
    const char *const *templates; /* ids; one, or those of a series in order */
    size_t template_count;        /* 0: the framework's, or the only one with audits */
    const char *framework;
    const char *period;    /* as people write it; default: the latest quarter with audits */
    const char *periods;   /* P..P instead */
    const char *compare;   /* a period, or "benchmark:NAME" */
    const char *const *by; /* attributes */
    size_t by_count;
    const char *authority; /* whose audits alone, of a store that has several; NULL: of all */
    enum ca_audience audience;
    int64_t threshold;               /* of withholding, in public output; 0: the usual one */
    ca_date as_of;                   /* default: the last day of the last period */
    bool publish;                    /* it is to be entered in the register of publications */
    const struct ca_target *targets; /* of measures; outlive the summary */
    size_t target_count;
    ca_read_apart apart; /* where templates are read; default: in this process */
};

/*
 * Makes the summary, everything read of one moment of the store. Fails with
 * CA_ERROR_USAGE (what was asked for makes no sense: the message says what
 * would), CA_ERROR_DATA (a population smaller than its audits, scales that
 * cannot be added up), or as the store does. Free with ca_summary_free.
 */
enum ca_code ca_summarise(struct ca_store *store, const struct ca_summary_request *request,
                          struct ca_summary **out, struct ca_error *error);

/* What groups by whose audits they are, where no template has an attribute of that name. */
#define CA_BY_AUTHORITY "authority"

/* An id of a measure that is asked in another way since: "moves@2", up to version 2. Ids of
 * templates' own have no such character. */
enum { CA_MEASURE_BEFORE = '@' };

/* A measure whose standard changed from one version of a template to the next. */
struct ca_measure_change {
    const char *template_id, *measure; /* its id */
    const char *from, *to;             /* versions */
};

/* An entry in the register of publications, as ca_summary.publication has it. */
struct ca_publication {
    const char *name, *text;
};

/* In the store it is a setting of its own, so that it is vouched for and kept as those are. */
#define CA_PUBLICATION_SETTING "publication:"

/*
 * What a summary is made from. ca_summarise reads it from a store; tests make
 * it up. All is borrowed.
 */
struct ca_material {
    int year_start;
    const char *authority;                      /* of results and history that name none */
    const struct ca_stored_template *templates; /* those asked for, by id and date */
    size_t template_count;
    bool whole_framework;                    /* no other template of the framework has audits */
    ca_date last;                            /* audit of these; CA_NO_DATE */
    int64_t dropped;                         /* audits erased with nothing kept */
    const struct ca_measure_change *changes; /* of measures, by template and version */
    size_t change_count;
    const struct ca_population *populations;
    size_t population_count;
    const struct ca_benchmark *benchmarks;
    size_t benchmark_count;
    const struct ca_history *history;
    size_t history_count;
    const struct ca_indicator *indicators;
    size_t indicator_count;
    bool figures_differ; /* some are left out, as authorities have others, or none */
    /* Every result by the templates, whatever its date. */
    enum ca_code (*each)(void *context, ca_tally_visit visit, void *visit_context,
                         struct ca_error *error);
    /* The scores of a result that is being visited; may be NULL. */
    enum ca_code (*scores)(void *context, const struct ca_tally *tally, ca_score_visit visit,
                           void *visit_context, struct ca_error *error);
    /* Alerts and actions of audits between two dates, for those who act; may be NULL. */
    enum ca_code (*cases)(void *context, struct ca_summary *summary, ca_date from, ca_date to,
                          struct ca_error *error);
    const struct ca_publication *publications;
    size_t publication_count;
    /* "AUDIT/REVISION", without a blank and the same in every store, of a result that is being
     * visited; NULL where there is no register or nothing is published. */
    const char *(*element)(void *context, int64_t result);
    void *context;
};

/* Lines of the list of cases: an alert, an action that is overdue, and how many alerts and
 * overdue actions of erased audits are in the counts and missed in the list (0: no line). */
void ca_summary_add_alert(struct ca_summary *s, const char *return_id, const char *case_ref,
                          ca_date audit_date, const char *message,
                          enum ca_alert_severity severity);
void ca_summary_add_action(struct ca_summary *s, const struct ca_stored_action *action);
void ca_summary_add_erased(struct ca_summary *s, int64_t unlisted);

/* Reads what a summary is made from, everything of one moment of the store, and hands it over
 * with the query of its templates; it is gone when `use` returns. */
typedef enum ca_code (*ca_material_use)(void *context, const struct ca_material *material,
                                        const struct ca_query *query, struct ca_error *error);
/* A store's reading has begun; authority is one of those asked, and `among` several. */
enum ca_code ca_with_material(struct ca_store *store, const struct ca_summary_request *request,
                              const char *authority, bool among, ca_material_use use,
                              void *context, struct ca_error *error);

/* Whose audits the summary is of, by name, in arena: those of the store that have any of the
 * templates asked for. CA_ERROR_USAGE if the one that is asked for is not there. */
enum ca_code ca_authorities_asked(struct ca_store *store,
                                  const struct ca_summary_request *request,
                                  struct ca_arena *arena, const char ***names, size_t *count,
                                  struct ca_error *error);

enum ca_code ca_summary_make(const struct ca_material *material,
                             const struct ca_summary_request *request, struct ca_summary **out,
                             struct ca_error *error);

#endif
