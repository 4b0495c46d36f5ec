#ifndef CA_STORE_BACKEND_H
#define CA_STORE_BACKEND_H

#include "core/store/allocated.h"
#include "core/store/query.h"
#include "core/store/store.h"

/*
 * What a database must be able to do to be a store: one function for each of
 * store.h and query.h, whose contracts hold here too. A backend's own struct
 * begins with a struct ca_store.
 */
struct ca_store_backend {
    const char *scheme; /* of the URI: "sqlite" */
    /* place: the URI without that, or the whole where it is its own kind of URI ("://"). */
    enum ca_code (*open)(const char *place, enum ca_store_mode mode, const char *who,
                         struct ca_store **out, struct ca_error *error);
    void (*close)(struct ca_store *store);
    /* NULL where a store is made without an administrator. */
    enum ca_code (*define)(const char *place, struct ca_buffer *out, struct ca_error *error);

    enum ca_code (*load_template)(struct ca_store *store, const struct ca_template *t,
                                  const char *bytes, size_t length, enum ca_loaded *outcome,
                                  struct ca_error *error);
    enum ca_code (*find_template)(struct ca_store *store, const char *id, const char *version,
                                  struct ca_buffer *bytes, struct ca_buffer *found_version,
                                  ca_date *retired_on, struct ca_error *error);
    enum ca_code (*retire_template)(struct ca_store *store, const char *id, const char *version,
                                    ca_date on, struct ca_error *error);
    enum ca_code (*put_piece)(struct ca_store *store, const struct ca_record *records,
                              size_t count, struct ca_put_outcome *outcomes,
                              struct ca_error *error);
    enum ca_code (*put_end)(struct ca_store *store, struct ca_error *error);

    enum ca_code (*setting)(struct ca_store *store, const char *name, struct ca_buffer *out,
                            struct ca_error *error);
    enum ca_code (*set)(struct ca_store *store, const char *name, const char *value,
                        struct ca_error *error);
    enum ca_code (*set_once)(struct ca_store *store, const char *prefix, size_t known,
                             const char *name, const char *value, struct ca_error *error);
    enum ca_code (*set_population)(struct ca_store *store,
                                   const struct ca_population *population,
                                   struct ca_error *error);
    enum ca_code (*set_benchmark)(struct ca_store *store, const struct ca_benchmark *benchmark,
                                  struct ca_error *error);
    enum ca_code (*import_history)(struct ca_store *store, const struct ca_history *rows,
                                   size_t count, const char *document, size_t length,
                                   struct ca_error *error);
    enum ca_code (*import_indicators)(struct ca_store *store, const struct ca_indicator *rows,
                                      size_t count, const char *document, size_t length,
                                      struct ca_error *error);
    enum ca_code (*complete_action)(struct ca_store *store, const char *return_id,
                                    const char *action_id, ca_date on, struct ca_error *error);
    enum ca_code (*verify_action)(struct ca_store *store, const char *return_id,
                                  const char *action_id, const char *by,
                                  struct ca_error *error);
    enum ca_code (*reopen_action)(struct ca_store *store, const char *return_id,
                                  const char *action_id, const char *why,
                                  struct ca_error *error);

    enum ca_code (*add_sample)(struct ca_store *store, const struct ca_sample *sample,
                               struct ca_error *error);
    enum ca_code (*replace_case)(struct ca_store *store, const char *name,
                                 const struct ca_sample_replacement *replacement,
                                 struct ca_error *error);
    enum ca_code (*find_sample)(struct ca_store *store, const char *name,
                                struct ca_arena *arena, struct ca_sample *out,
                                struct ca_error *error);
    enum ca_code (*samples)(struct ca_store *store, struct ca_arena *arena, const char ***names,
                            size_t *count, struct ca_error *error);
    enum ca_code (*allocate)(struct ca_store *store, const char *sample,
                             const struct ca_allocated *allocated, struct ca_error *error);
    enum ca_code (*find_allocated)(struct ca_store *store, const char *sample,
                                   struct ca_arena *arena, struct ca_allocated *out,
                                   struct ca_error *error);
    enum ca_code (*carry_out)(struct ca_store *store, const char *kind, int64_t change,
                              struct ca_buffer *out, struct ca_error *error);
    enum ca_code (*carry_in)(struct ca_store *store, const char *kind, const char *detail,
                             const char *rows, size_t length, struct ca_error *error);

    enum ca_code (*withdraw)(struct ca_store *store, const char *return_id, const char *why,
                             struct ca_error *error);
    enum ca_code (*erase)(struct ca_store *store, const struct ca_erasing *what,
                          struct ca_error *error);
    enum ca_code (*count_sampled)(struct ca_store *store, const struct ca_erasing *what,
                                  size_t *count, struct ca_error *error);
    enum ca_code (*finish_erasing)(struct ca_store *store, bool *any, struct ca_error *error);
    enum ca_code (*batch)(struct ca_store *store, struct ca_error *error);
    enum ca_code (*batch_end)(struct ca_store *store, enum ca_code code,
                              struct ca_error *error);
    enum ca_code (*note)(struct ca_store *store, const char *kind, const char *subject,
                         const char *detail, struct ca_error *error);
    enum ca_code (*enter_erased)(struct ca_store *store, const struct ca_entry *entry,
                                 struct ca_error *error);
    enum ca_code (*contains)(struct ca_store *store, const struct ca_head *head, bool *has,
                             int64_t *entries, struct ca_error *error);
    enum ca_code (*follow)(struct ca_store *store, const struct ca_entry *entry);
    enum ca_code (*begin_anew)(struct ca_store *store, struct ca_error *error);
    enum ca_code (*add_part)(struct ca_store *store, const char *template_id,
                             const char *version, const struct ca_own_part *part,
                             struct ca_error *error);
    enum ca_code (*erased_figures)(struct ca_store *store, int64_t change,
                                   struct ca_buffer *out, struct ca_error *error);
    enum ca_code (*adopt_erasure)(struct ca_store *store,
                                  const struct ca_adopted_erasure *erasure,
                                  struct ca_error *error);
    enum ca_code (*head)(struct ca_store *store, struct ca_head *out, struct ca_error *error);
    enum ca_code (*keep_head)(struct ca_store *store, const struct ca_head *head,
                              struct ca_error *error);
    enum ca_code (*describe)(struct ca_store *store, struct ca_store_info *info,
                             struct ca_error *error);
    enum ca_code (*check)(struct ca_store *store, const struct ca_head *heads, size_t count,
                          ca_store_report report, void *context, struct ca_error *error);
    enum ca_code (*same_result)(struct ca_store *store, int64_t result,
                                const struct ca_record *record, bool *same,
                                struct ca_error *error);
    /* NULL where a store is no file. */
    enum ca_code (*backup)(struct ca_store *store, const char *path, struct ca_head *head,
                           struct ca_error *error);

    enum ca_code (*begin_reading)(struct ca_store *store, struct ca_error *error);
    void (*end_reading)(struct ca_store *store);
    enum ca_code (*templates)(struct ca_store *store, const struct ca_query *query,
                              struct ca_arena *arena, struct ca_stored_template **out,
                              size_t *count, struct ca_error *error);
    enum ca_code (*each_tally)(struct ca_store *store,
                               const struct ca_stored_template *templates, size_t count,
                               ca_date from, ca_date to, ca_tally_visit visit, void *context,
                               struct ca_error *error);
    enum ca_code (*each_score)(struct ca_store *store, const struct ca_tally *tally,
                               ca_score_visit visit, void *context, struct ca_error *error);
    enum ca_code (*each_counted)(struct ca_store *store, ca_counted_visit visit, void *context,
                                 struct ca_error *error);
    enum ca_code (*span)(struct ca_store *store, const struct ca_stored_template *templates,
                         size_t count, ca_date *first, ca_date *last, struct ca_error *error);
    enum ca_code (*each_action)(struct ca_store *store, const struct ca_action_filter *filter,
                                ca_action_visit visit, void *context, struct ca_error *error);
    enum ca_code (*each_grading)(struct ca_store *store, const struct ca_query *query,
                                 const char *attribute, ca_grading_visit visit, void *context,
                                 struct ca_error *error);
    enum ca_code (*each_changed_answer)(struct ca_store *store, const struct ca_query *query,
                                        ca_answer_visit visit, void *context,
                                        struct ca_error *error);
    enum ca_code (*each_improvement)(struct ca_store *store, const struct ca_query *query,
                                     ca_improvement_visit visit, void *context,
                                     struct ca_error *error);
    enum ca_code (*erased_counts)(struct ca_store *store, const struct ca_query *query,
                                  ca_date as_of, struct ca_erased_counts *out,
                                  struct ca_error *error);
    enum ca_code (*each_alert)(struct ca_store *store, const struct ca_query *query,
                               ca_alert_visit visit, void *context, struct ca_error *error);
    enum ca_code (*each_return)(struct ca_store *store, const struct ca_query *query,
                                ca_return_visit visit, void *context, struct ca_error *error);
    enum ca_code (*each_population)(struct ca_store *store, ca_population_visit visit,
                                    void *context, struct ca_error *error);
    enum ca_code (*each_benchmark)(struct ca_store *store, ca_benchmark_visit visit,
                                   void *context, struct ca_error *error);
    enum ca_code (*each_history)(struct ca_store *store, ca_history_visit visit, void *context,
                                 struct ca_error *error);
    enum ca_code (*each_indicator)(struct ca_store *store, ca_indicator_visit visit,
                                   void *context, struct ca_error *error);
    enum ca_code (*each_setting)(struct ca_store *store, ca_setting_visit visit, void *context,
                                 struct ca_error *error);
    enum ca_code (*each_change)(struct ca_store *store, int64_t since, ca_change_visit visit,
                                void *context, struct ca_error *error);
    enum ca_code (*find_return)(struct ca_store *store, const char *return_id, int revision,
                                ca_return_visit visit, void *context, struct ca_error *error);
    enum ca_code (*each_audit)(struct ca_store *store, const struct ca_audit_filter *filter,
                               ca_audit_visit visit, void *context, struct ca_error *error);
    enum ca_code (*each_difference)(struct ca_store *store, const char *return_id, int revision,
                                    ca_difference_visit visit, void *context,
                                    struct ca_error *error);
    enum ca_code (*each_change_of)(struct ca_store *store, const char *return_id,
                                   ca_change_visit visit, void *context,
                                   struct ca_error *error);
    enum ca_code (*each_copy)(struct ca_store *store, ca_copy_visit visit, void *context,
                              struct ca_error *error);
    /* NULL where a database knows no roles. */
    enum ca_code (*grant)(struct ca_store *store, const struct ca_access *access,
                          struct ca_error *error);
    enum ca_code (*revoke)(struct ca_store *store, const char *role, struct ca_error *error);
    /* NULL both: one authority, which is a setting. */
    enum ca_code (*each_authority)(struct ca_store *store, ca_authority_visit visit,
                                   void *context, struct ca_error *error);
    enum ca_code (*choose_authority)(struct ca_store *store, const char *authority,
                                     struct ca_error *error);
    enum ca_code (*each_access)(struct ca_store *store, ca_access_visit visit, void *context,
                                struct ca_error *error);
    enum ca_code (*each_head)(struct ca_store *store, ca_head_visit visit, void *context,
                              struct ca_error *error);
};

struct ca_store {
    const struct ca_store_backend *backend;
    bool together;           /* within ca_store_together */
    struct ca_error failure; /* see ca_store_failure; code CA_OK: none */
};

/* What is said where a backend knows no roles. */
enum ca_code ca_store_no_roles(struct ca_error *error);

extern const struct ca_store_backend ca_sqlite_backend;
extern const struct ca_store_backend ca_postgresql_backend; /* knows how to open one, no more */

#endif
