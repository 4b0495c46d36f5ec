/*
 * Changes of the store as other rooms make them. What the store undid for others' sake is done
 * once more here, for all of them: the whole change, and never a part of a larger one.
 */
#include "core/store/retry.h"

#include <string.h>

#include "core/base/buffer.h"
#include "core/store/backend.h"

/* A change that the backend does as a whole, or not at all. */
#define CHANGE(name, ...)                                                                      \
    struct ca_retry retry = {.never = store->together};                                        \
    enum ca_code code;                                                                         \
                                                                                               \
    do                                                                                         \
        code = store->backend->name(store, __VA_ARGS__);                                       \
    while (ca_retry(&retry, code));                                                            \
    return code

/* ---- templates ---- */

enum ca_code ca_store_load_template(struct ca_store *store, const struct ca_template *t,
                                    const char *bytes, size_t length, enum ca_loaded *outcome,
                                    struct ca_error *error)
{
    CHANGE(load_template, t, bytes, length, outcome, error);
}

enum ca_code ca_store_retire_template(struct ca_store *store, const char *id,
                                      const char *version, ca_date on, struct ca_error *error)
{
    CHANGE(retire_template, id, version, on, error);
}

/* ---- recording ---- */

enum ca_code ca_store_put_piece(struct ca_store *store, const struct ca_record *records,
                                size_t count, struct ca_put_outcome *outcomes,
                                struct ca_error *error)
{
    return store->backend->put_piece(store, records, count, outcomes, error);
}

enum ca_code ca_store_put_end(struct ca_store *store, struct ca_error *error)
{
    return store->backend->put_end(store, error);
}

enum ca_code ca_store_put(struct ca_store *store, const struct ca_record *records, size_t count,
                          struct ca_put_outcome *outcomes, struct ca_error *error)
{
    struct ca_retry retry = {.never = store->together};
    enum ca_code code;

    do {
        code = ca_store_put_piece(store, records, count, outcomes, error);
        if (code == CA_OK)
            code = ca_store_put_end(store, error);
    } while (ca_retry(&retry, code));
    return code;
}

/* ---- settings and figures ---- */

enum ca_code ca_store_set(struct ca_store *store, const char *name, const char *value,
                          struct ca_error *error)
{
    CHANGE(set, name, value, error);
}

enum ca_code ca_store_set_once(struct ca_store *store, const char *prefix, size_t known,
                               const char *name, const char *value, struct ca_error *error)
{
    CHANGE(set_once, prefix, known, name, value, error);
}

enum ca_code ca_store_set_population(struct ca_store *store,
                                     const struct ca_population *population,
                                     struct ca_error *error)
{
    CHANGE(set_population, population, error);
}

enum ca_code ca_store_set_benchmark(struct ca_store *store,
                                    const struct ca_benchmark *benchmark,
                                    struct ca_error *error)
{
    CHANGE(set_benchmark, benchmark, error);
}

enum ca_code ca_store_import_history(struct ca_store *store, const struct ca_history *rows,
                                     size_t count, const char *document, size_t length,
                                     struct ca_error *error)
{
    CHANGE(import_history, rows, count, document, length, error);
}

enum ca_code ca_store_import_indicators(struct ca_store *store, const struct ca_indicator *rows,
                                        size_t count, const char *document, size_t length,
                                        struct ca_error *error)
{
    CHANGE(import_indicators, rows, count, document, length, error);
}

enum ca_code ca_store_set_authority(struct ca_store *store, const char *authority,
                                    struct ca_error *error)
{
    static const char own[] = "authority"; /* the setting of a store in a file */
    struct ca_buffer found = {0};
    enum ca_code code;

    if (store->backend->each_authority != NULL)
        return ca_fail(error, CA_ERROR_USAGE,
                       "whose audits are in this store is bound to who connects: its owner "
                       "says so with 'caseaudit store grant'");
    code = ca_store_setting(store, own, &found, error);
    if (code == CA_ERROR_NOT_FOUND || (code == CA_OK && strcmp(found.data, "-") == 0))
        code = ca_store_set(store, own, authority, error);
    else if (code == CA_OK && strcmp(found.data, authority) != 0)
        code =
            ca_fail(error, CA_ERROR_DATA,
                    "the store is that of '%s', and that is said once and for all", found.data);
    ca_buffer_free(&found);
    return code;
}

/* ---- actions ---- */

enum ca_code ca_store_complete_action(struct ca_store *store, const char *return_id,
                                      const char *action_id, ca_date on, struct ca_error *error)
{
    CHANGE(complete_action, return_id, action_id, on, error);
}

enum ca_code ca_store_verify_action(struct ca_store *store, const char *return_id,
                                    const char *action_id, const char *by,
                                    struct ca_error *error)
{
    CHANGE(verify_action, return_id, action_id, by, error);
}

enum ca_code ca_store_reopen_action(struct ca_store *store, const char *return_id,
                                    const char *action_id, const char *why,
                                    struct ca_error *error)
{
    CHANGE(reopen_action, return_id, action_id, why, error);
}

/* ---- withdrawing and erasing ---- */

enum ca_code ca_store_withdraw(struct ca_store *store, const char *return_id, const char *why,
                               struct ca_error *error)
{
    CHANGE(withdraw, return_id, why, error);
}

enum ca_code ca_store_finish_erasing(struct ca_store *store, bool *any, struct ca_error *error)
{
    CHANGE(finish_erasing, any, error);
}

static enum ca_code erase(struct ca_store *store, const struct ca_erasing *what,
                          struct ca_error *error)
{
    CHANGE(erase, what, error);
}

/* Two changes: what is erased stays so, however often its traces have to be tried for. */
enum ca_code ca_store_erase(struct ca_store *store, const struct ca_erasing *what,
                            struct ca_error *error)
{
    enum ca_code code = erase(store, what, error);
    bool any;

    return code == CA_OK ? ca_store_finish_erasing(store, &any, error) : code;
}

/* ---- many changes as one ---- */

static enum ca_code together_once(struct ca_store *store, ca_store_changes changes,
                                  void *context, struct ca_error *error)
{
    enum ca_code code = store->backend->batch(store, error);

    return code == CA_OK ? store->backend->batch_end(store, changes(context, error), error)
                         : code;
}

enum ca_code ca_store_together(struct ca_store *store, ca_store_changes changes, void *context,
                               struct ca_error *error)
{
    struct ca_retry retry = {.never = store->together};
    enum ca_code code;

    store->together = true;
    do
        code = together_once(store, changes, context, error);
    while (ca_retry(&retry, code));
    store->together = retry.never;
    return code;
}

/* ---- the ledger ---- */

enum ca_code ca_store_note(struct ca_store *store, const char *kind, const char *subject,
                           const char *detail, struct ca_error *error)
{
    CHANGE(note, kind, subject, detail, error);
}

enum ca_code ca_store_enter_erased(struct ca_store *store, const struct ca_entry *entry,
                                   struct ca_error *error)
{
    CHANGE(enter_erased, entry, error);
}

enum ca_code ca_store_keep_head(struct ca_store *store, const struct ca_head *head,
                                struct ca_error *error)
{
    CHANGE(keep_head, head, error);
}

/* ---- the history of another store ---- */

enum ca_code ca_store_begin_anew(struct ca_store *store, struct ca_error *error)
{
    CHANGE(begin_anew, error);
}

enum ca_code ca_store_add_part(struct ca_store *store, const char *template_id,
                               const char *version, const struct ca_own_part *part,
                               struct ca_error *error)
{
    CHANGE(add_part, template_id, version, part, error);
}

enum ca_code ca_store_adopt_erasure(struct ca_store *store,
                                    const struct ca_adopted_erasure *erasure,
                                    struct ca_error *error)
{
    CHANGE(adopt_erasure, erasure, error);
}

enum ca_code ca_store_carry_in(struct ca_store *store, const char *kind, const char *detail,
                               const char *rows, size_t length, struct ca_error *error)
{
    CHANGE(carry_in, kind, detail, rows, length, error);
}

/* ---- samples ---- */

enum ca_code ca_store_add_sample(struct ca_store *store, const struct ca_sample *sample,
                                 struct ca_error *error)
{
    CHANGE(add_sample, sample, error);
}

enum ca_code ca_store_replace_case(struct ca_store *store, const char *name,
                                   const struct ca_sample_replacement *replacement,
                                   struct ca_error *error)
{
    CHANGE(replace_case, name, replacement, error);
}

enum ca_code ca_store_allocate(struct ca_store *store, const char *sample,
                               const struct ca_allocated *allocated, struct ca_error *error)
{
    CHANGE(allocate, sample, allocated, error);
}

/* ---- roles ---- */

enum ca_code ca_store_grant(struct ca_store *store, const struct ca_access *access,
                            struct ca_error *error)
{
    if (store->backend->grant == NULL)
        return ca_store_no_roles(error);
    CHANGE(grant, access, error);
}

enum ca_code ca_store_revoke(struct ca_store *store, const char *role, struct ca_error *error)
{
    if (store->backend->revoke == NULL)
        return ca_store_no_roles(error);
    CHANGE(revoke, role, error);
}
