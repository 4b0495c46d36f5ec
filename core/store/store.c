/* The store as other rooms see it, over the one backend there is. */
#include "core/store/store.h"

#include <stdlib.h>
#include <string.h>

#include "core/store/backend.h"
#include "core/store/password.h"
#include "core/store/postgresql_uri.h"
#include "core/store/retry.h"

char *ca_store_uri(const char *given)
{
    const char *data = getenv("XDG_DATA_HOME"), *home = getenv("HOME");
    struct ca_buffer uri = {0};

    if (given != NULL)
        return ca_xstrdup(given);
    /* By the rules of that variable a relative path in it is to be ignored. */
    if (data != NULL && data[0] == '/')
        ca_buffer_printf(&uri, "sqlite:%s/caseaudit/store.db", data);
    else if (home != NULL && home[0] != '\0')
        ca_buffer_printf(&uri, "sqlite:%s/.local/share/caseaudit/store.db", home);
    return uri.data;
}

/* What a store's URI may begin with, and what opens it. */
static const struct scheme {
    const char *begins;
    const struct ca_store_backend *backend;
    bool whole; /* the URI is handed on as it is */
} schemes[] = {{"sqlite:", &ca_sqlite_backend, false},
               {"postgresql://", &ca_postgresql_backend, true},
               {"postgres://", &ca_postgresql_backend, true}};

static bool has_scheme(const char *uri)
{
    size_t length = strspn(uri, "abcdefghijklmnopqrstuvwxyz");

    return (length > 0 && uri[length] == ':') || strstr(uri, "://") != NULL;
}

static const struct scheme *scheme_of(const char *uri)
{
    for (size_t i = 0; i < sizeof schemes / sizeof *schemes; i++)
        if (strncmp(uri, schemes[i].begins, strlen(schemes[i].begins)) == 0)
            return &schemes[i];
    return NULL;
}

enum ca_code ca_store_look_at_uri(const char *uri, struct ca_error *error)
{
    const struct scheme *scheme = scheme_of(uri);

    if (scheme != NULL)
        return scheme->whole ? ca_postgresql_read_uri(uri, NULL, error) : CA_OK;
    if (ca_password_refuse(uri, error) != CA_OK)
        return CA_ERROR_USAGE;
    if (has_scheme(uri))
        return ca_fail(error, CA_ERROR_USAGE,
                       "'%.*s:…' is no store that caseaudit knows; it is sqlite:PATH, or "
                       "postgresql://…",
                       (int)strcspn(uri, ":"), uri);
    return CA_OK;
}

enum ca_code ca_store_open(const char *uri, enum ca_store_mode mode, const char *who,
                           struct ca_store **out, struct ca_error *error)
{
    static const struct scheme path = {"", &ca_sqlite_backend, false};
    const struct scheme *scheme = scheme_of(uri) != NULL ? scheme_of(uri) : &path;
    const char *place = uri + (scheme->whole ? 0 : strlen(scheme->begins));
    struct ca_retry retry = {0};
    enum ca_code code = ca_store_look_at_uri(uri, error);

    if (code != CA_OK)
        return code;
    if (mode == CA_STORE_SUM_UP && !scheme->whole)
        mode = CA_STORE_READ;
    do
        code = scheme->backend->open(place, mode, who, out, error);
    while (ca_retry(&retry, code));
    if (code == CA_OK && (*out)->backend == NULL) /* a part has one of its own */
        (*out)->backend = scheme->backend;
    return code;
}

enum ca_code ca_store_define(const char *uri, struct ca_buffer *out, struct ca_error *error)
{
    const struct scheme *scheme = scheme_of(uri);
    enum ca_code code = ca_store_look_at_uri(uri, error);

    if (code != CA_OK)
        return code;
    if (scheme == NULL || scheme->backend->define == NULL)
        return ca_fail(error, CA_ERROR_USAGE,
                       "a store in a file needs no administrator; --sql is for "
                       "postgresql://…");
    return scheme->backend->define(uri, out, error);
}

void ca_store_close(struct ca_store *store)
{
    if (store != NULL)
        store->backend->close(store);
}

enum ca_code ca_store_failure(const struct ca_store *store, struct ca_error *error)
{
    if (store == NULL || store->failure.code == CA_OK)
        return CA_OK;
    return ca_fail(error, store->failure.code, "%s", store->failure.message);
}

const char *ca_polarity_name(enum ca_polarity polarity)
{
    static const char *const names[] = {"none", "up", "down"};

    return names[polarity];
}

/* ---- everything else is the backend's ---- */

enum ca_code ca_store_find_template(struct ca_store *store, const char *id, const char *version,
                                    struct ca_buffer *bytes, struct ca_buffer *found_version,
                                    ca_date *retired_on, struct ca_error *error)
{
    struct ca_error own;
    enum ca_code code;

    if (error == NULL)
        error = &own;
    code = store->backend->find_template(store, id, version, bytes, found_version, retired_on,
                                         error);
    if (code != CA_OK && code != CA_ERROR_NOT_FOUND && store->failure.code == CA_OK)
        store->failure = *error;
    return code;
}

enum ca_code ca_store_setting(struct ca_store *store, const char *name, struct ca_buffer *out,
                              struct ca_error *error)
{
    return store->backend->setting(store, name, out, error);
}

enum ca_code ca_store_describe(struct ca_store *store, struct ca_store_info *info,
                               struct ca_error *error)
{
    return store->backend->describe(store, info, error);
}

enum ca_code ca_store_check(struct ca_store *store, const struct ca_head *heads, size_t count,
                            ca_store_report report, void *context, struct ca_error *error)
{
    return store->backend->check(store, heads, count, report, context, error);
}

enum ca_code ca_store_same_result(struct ca_store *store, int64_t result,
                                  const struct ca_record *record, bool *same,
                                  struct ca_error *error)
{
    return store->backend->same_result(store, result, record, same, error);
}

bool ca_store_is_file(const struct ca_store *store)
{
    return store->backend->backup != NULL;
}

enum ca_code ca_store_backup(struct ca_store *store, const char *path, struct ca_head *head,
                             struct ca_error *error)
{
    if (!ca_store_is_file(store))
        return ca_fail(error, CA_ERROR_USAGE, "'%s' is not written: the store is no file",
                       path);
    return store->backend->backup(store, path, head, error);
}

enum ca_code ca_store_begin_reading(struct ca_store *store, struct ca_error *error)
{
    return store->backend->begin_reading(store, error);
}

void ca_store_end_reading(struct ca_store *store)
{
    store->backend->end_reading(store);
}

enum ca_code ca_store_templates(struct ca_store *store, const struct ca_query *query,
                                struct ca_arena *arena, struct ca_stored_template **out,
                                size_t *count, struct ca_error *error)
{
    return store->backend->templates(store, query, arena, out, count, error);
}

enum ca_code ca_store_each_tally(struct ca_store *store,
                                 const struct ca_stored_template *templates, size_t count,
                                 ca_date from, ca_date to, ca_tally_visit visit, void *context,
                                 struct ca_error *error)
{
    return store->backend->each_tally(store, templates, count, from, to, visit, context, error);
}

enum ca_code ca_store_each_score(struct ca_store *store, const struct ca_tally *tally,
                                 ca_score_visit visit, void *context, struct ca_error *error)
{
    return store->backend->each_score(store, tally, visit, context, error);
}

enum ca_code ca_store_each_counted(struct ca_store *store, ca_counted_visit visit,
                                   void *context, struct ca_error *error)
{
    return store->backend->each_counted(store, visit, context, error);
}

enum ca_code ca_store_span(struct ca_store *store, const struct ca_stored_template *templates,
                           size_t count, ca_date *first, ca_date *last, struct ca_error *error)
{
    return store->backend->span(store, templates, count, first, last, error);
}

enum ca_code ca_store_each_action(struct ca_store *store, const struct ca_action_filter *filter,
                                  ca_action_visit visit, void *context, struct ca_error *error)
{
    return store->backend->each_action(store, filter, visit, context, error);
}

enum ca_code ca_store_each_grading(struct ca_store *store, const struct ca_query *query,
                                   const char *attribute, ca_grading_visit visit, void *context,
                                   struct ca_error *error)
{
    return store->backend->each_grading(store, query, attribute, visit, context, error);
}

enum ca_code ca_store_each_changed_answer(struct ca_store *store, const struct ca_query *query,
                                          ca_answer_visit visit, void *context,
                                          struct ca_error *error)
{
    return store->backend->each_changed_answer(store, query, visit, context, error);
}

enum ca_code ca_store_each_improvement(struct ca_store *store, const struct ca_query *query,
                                       ca_improvement_visit visit, void *context,
                                       struct ca_error *error)
{
    return store->backend->each_improvement(store, query, visit, context, error);
}

enum ca_code ca_store_erased_counts(struct ca_store *store, const struct ca_query *query,
                                    ca_date as_of, struct ca_erased_counts *out,
                                    struct ca_error *error)
{
    return store->backend->erased_counts(store, query, as_of, out, error);
}

enum ca_code ca_store_each_alert(struct ca_store *store, const struct ca_query *query,
                                 ca_alert_visit visit, void *context, struct ca_error *error)
{
    return store->backend->each_alert(store, query, visit, context, error);
}

enum ca_code ca_store_each_return(struct ca_store *store, const struct ca_query *query,
                                  ca_return_visit visit, void *context, struct ca_error *error)
{
    return store->backend->each_return(store, query, visit, context, error);
}

enum ca_code ca_store_each_population(struct ca_store *store, ca_population_visit visit,
                                      void *context, struct ca_error *error)
{
    return store->backend->each_population(store, visit, context, error);
}

enum ca_code ca_store_each_benchmark(struct ca_store *store, ca_benchmark_visit visit,
                                     void *context, struct ca_error *error)
{
    return store->backend->each_benchmark(store, visit, context, error);
}

enum ca_code ca_store_each_history(struct ca_store *store, ca_history_visit visit,
                                   void *context, struct ca_error *error)
{
    return store->backend->each_history(store, visit, context, error);
}

enum ca_code ca_store_each_indicator(struct ca_store *store, ca_indicator_visit visit,
                                     void *context, struct ca_error *error)
{
    return store->backend->each_indicator(store, visit, context, error);
}

enum ca_code ca_store_each_setting(struct ca_store *store, ca_setting_visit visit,
                                   void *context, struct ca_error *error)
{
    return store->backend->each_setting(store, visit, context, error);
}

enum ca_code ca_store_each_change(struct ca_store *store, int64_t since, ca_change_visit visit,
                                  void *context, struct ca_error *error)
{
    return store->backend->each_change(store, since, visit, context, error);
}

enum ca_code ca_store_each_head(struct ca_store *store, ca_head_visit visit, void *context,
                                struct ca_error *error)
{
    return store->backend->each_head(store, visit, context, error);
}

enum ca_code ca_store_head(struct ca_store *store, struct ca_head *out, struct ca_error *error)
{
    return store->backend->head(store, out, error);
}

enum ca_code ca_store_count_sampled(struct ca_store *store, const struct ca_erasing *what,
                                    size_t *count, struct ca_error *error)
{
    return store->backend->count_sampled(store, what, count, error);
}

enum ca_code ca_store_find_return(struct ca_store *store, const char *return_id, int revision,
                                  ca_return_visit visit, void *context, struct ca_error *error)
{
    return store->backend->find_return(store, return_id, revision, visit, context, error);
}

enum ca_code ca_store_each_audit(struct ca_store *store, const struct ca_audit_filter *filter,
                                 ca_audit_visit visit, void *context, struct ca_error *error)
{
    return store->backend->each_audit(store, filter, visit, context, error);
}

enum ca_code ca_store_each_difference(struct ca_store *store, const char *return_id,
                                      int revision, ca_difference_visit visit, void *context,
                                      struct ca_error *error)
{
    return store->backend->each_difference(store, return_id, revision, visit, context, error);
}

enum ca_code ca_store_each_change_of(struct ca_store *store, const char *return_id,
                                     ca_change_visit visit, void *context,
                                     struct ca_error *error)
{
    return store->backend->each_change_of(store, return_id, visit, context, error);
}

enum ca_code ca_store_each_copy(struct ca_store *store, ca_copy_visit visit, void *context,
                                struct ca_error *error)
{
    return store->backend->each_copy(store, visit, context, error);
}

enum ca_code ca_store_contains(struct ca_store *store, const struct ca_head *head, bool *has,
                               int64_t *entries, struct ca_error *error)
{
    return store->backend->contains(store, head, has, entries, error);
}

enum ca_code ca_store_follow(struct ca_store *store, const struct ca_entry *entry)
{
    return store->backend->follow(store, entry);
}

enum ca_code ca_store_erased_figures(struct ca_store *store, int64_t change,
                                     struct ca_buffer *out, struct ca_error *error)
{
    return store->backend->erased_figures(store, change, out, error);
}

enum ca_code ca_store_carry_out(struct ca_store *store, const char *kind, int64_t change,
                                struct ca_buffer *out, struct ca_error *error)
{
    return store->backend->carry_out(store, kind, change, out, error);
}

enum ca_code ca_store_find_sample(struct ca_store *store, const char *name,
                                  struct ca_arena *arena, struct ca_sample *out,
                                  struct ca_error *error)
{
    return store->backend->find_sample(store, name, arena, out, error);
}

enum ca_code ca_store_samples(struct ca_store *store, struct ca_arena *arena,
                              const char ***names, size_t *count, struct ca_error *error)
{
    return store->backend->samples(store, arena, names, count, error);
}

enum ca_code ca_store_find_allocated(struct ca_store *store, const char *sample,
                                     struct ca_arena *arena, struct ca_allocated *out,
                                     struct ca_error *error)
{
    return store->backend->find_allocated(store, sample, arena, out, error);
}

/* ---- roles ---- */

enum ca_code ca_store_no_roles(struct ca_error *error)
{
    return ca_fail(
        error, CA_ERROR_USAGE,
        "a store in a file knows no roles: whoever may read the file may read all of "
        "it. Roles are for stores in PostgreSQL");
}

enum ca_code ca_store_each_access(struct ca_store *store, ca_access_visit visit, void *context,
                                  struct ca_error *error)
{
    return store->backend->each_access != NULL
               ? store->backend->each_access(store, visit, context, error)
               : ca_store_no_roles(error);
}

/* ---- whose audits ---- */

static const char own[] = "authority"; /* the setting of a store in a file */

static bool has_roles(const struct ca_store *store)
{
    return store->backend->each_authority != NULL;
}

/* What was set, or "-". */
static enum ca_code own_authority(struct ca_store *store, struct ca_buffer *out,
                                  struct ca_error *error)
{
    enum ca_code code = ca_store_setting(store, own, out, error);

    if (code != CA_ERROR_NOT_FOUND)
        return code;
    ca_buffer_puts(out, "-");
    return CA_OK;
}

enum ca_code ca_store_each_authority(struct ca_store *store, ca_authority_visit visit,
                                     void *context, struct ca_error *error)
{
    struct ca_buffer name = {0};
    enum ca_code code;

    if (has_roles(store))
        return store->backend->each_authority(store, visit, context, error);
    code = own_authority(store, &name, error);
    if (code == CA_OK)
        (void)visit(context, name.data);
    ca_buffer_free(&name);
    return code;
}

enum ca_code ca_store_choose_authority(struct ca_store *store, const char *authority,
                                       struct ca_error *error)
{
    return has_roles(store) ? store->backend->choose_authority(store, authority, error) : CA_OK;
}
