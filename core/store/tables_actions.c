/* Actions: raised by returns, completed and verified there or later. */
#include <string.h>

#include "core/base/code.h"
#include "core/store/tables_query.h"

/* ---- changing ---- */

struct found_action {
    int64_t audit, result;
    ca_date audit_date, completed; /* completed: CA_NO_DATE while it is open */
    char owner[72], verified_by[72];
};

static enum ca_code find_action(struct ca_tables *s, const char *return_id,
                                const char *action_id, struct found_action *out,
                                struct ca_error *error)
{
    struct ca_statement *row = ca_sql(s, error, ca_sql_find_action, "tt", return_id, action_id);
    const char *owner, *verified_by;
    enum ca_code code;

    if (!ca_sql_row(s, row, &code, error))
        return code != CA_OK ? code
                             : ca_fail(error, CA_ERROR_NOT_FOUND,
                                       "return '%s' has no action '%s'", return_id, action_id);
    *out = (struct found_action){.audit = ca_sql_integer(row, 0),
                                 .result = ca_sql_integer(row, 1),
                                 .audit_date = ca_sql_date(row, 2),
                                 .completed = ca_sql_date(row, 4)};
    owner = ca_sql_text(row, 3);
    verified_by = ca_sql_text(row, 5);
    strncat(out->owner, owner != NULL ? owner : "", sizeof out->owner - 1);
    strncat(out->verified_by, verified_by != NULL ? verified_by : "",
            sizeof out->verified_by - 1);
    ca_sql_reset(row);
    return CA_OK;
}

/* What summaries read of the result's actions follows. */
static enum ca_code refresh_tally(struct ca_tables *s, int64_t result, struct ca_error *error)
{
    struct ca_buffer actions = {0};
    enum ca_code code = ca_tables_pack_actions(s, result, &actions, error);

    if (code == CA_OK)
        code = ca_sql_do(s, error, ca_sql_repack_actions, "ib", result, actions.data,
                         actions.length);
    ca_buffer_free(&actions);
    return code;
}

/* What is entered of an action later: one of the three. */
struct entry {
    const char *kind; /* in the ledger */
    ca_date completed;
    const char *verified_by, *reopened;
};

/* May this be entered of the action as it is? */
typedef enum ca_code (*action_rule)(const struct found_action *found, const struct entry *entry,
                                    const char *name, struct ca_error *error);

static enum ca_code may_complete(const struct found_action *found, const struct entry *entry,
                                 const char *name, struct ca_error *error)
{
    char on[CA_DATE_SIZE], audited[CA_DATE_SIZE];

    if (found->verified_by[0] != '\0')
        return ca_fail(error, CA_ERROR_DATA,
                       "action '%s' was completed on %s and verified by '%s'; if that was a "
                       "mistake, undo it with 'action reopen'",
                       name, ca_date_format(found->completed, on), found->verified_by);
    if (entry->completed < found->audit_date)
        return ca_fail(error, CA_ERROR_DATA,
                       "action '%s' cannot have been completed on %s: the audit that raised it "
                       "was on %s",
                       name, ca_date_format(entry->completed, on),
                       ca_date_format(found->audit_date, audited));
    return CA_OK;
}

static enum ca_code may_verify(const struct found_action *found, const struct entry *entry,
                               const char *name, struct ca_error *error)
{
    if (found->completed == CA_NO_DATE)
        return ca_fail(error, CA_ERROR_DATA,
                       "action '%s' is not completed yet; it is verified after that", name);
    if (found->verified_by[0] != '\0')
        return ca_fail(error, CA_ERROR_DATA,
                       "action '%s' was verified already, by '%s'; if that was a mistake, undo "
                       "it with 'action reopen'",
                       name, found->verified_by);
    if (ca_same_code(found->owner, entry->verified_by))
        return ca_fail(error, CA_ERROR_DATA,
                       "action '%s' belongs to '%s', and is to be verified by someone else",
                       name, found->owner);
    return CA_OK;
}

static enum ca_code may_reopen(const struct found_action *found, const struct entry *entry,
                               const char *name, struct ca_error *error)
{
    (void)entry;
    if (found->completed == CA_NO_DATE && found->verified_by[0] == '\0')
        return ca_fail(error, CA_ERROR_DATA, "action '%s' is open: there is nothing to undo",
                       name);
    return CA_OK;
}

static enum ca_code add_entry(struct ca_tables *s, const struct found_action *found,
                              const char *action_id, const struct entry *entry,
                              struct ca_error *error)
{
    enum ca_code code =
        ca_sql_do(s, error, ca_sql_add_action_update, "iitdtt", s->next.change, found->audit,
                  action_id, entry->completed, entry->verified_by, entry->reopened);

    if (code == CA_OK)
        code = refresh_tally(s, found->result, error);
    return code == CA_OK ? ca_tables_enter_stored(s, entry->kind, 0, error) : code;
}

static enum ca_code enter(struct ca_store *store, const char *return_id, const char *action_id,
                          action_rule may, const struct entry *entry, struct ca_error *error)
{
    struct ca_tables *s = ca_tables_of(store);
    enum ca_code code = ca_tables_begin(s, error);
    struct ca_buffer name = {0};
    struct found_action found = {0};

    if (code != CA_OK)
        return code;
    ca_buffer_printf(&name, "%s:%s", return_id, action_id);
    code = find_action(s, return_id, action_id, &found, error);
    /* What was let in before, under the rules of then, comes as it was. */
    if (code == CA_OK && s->follow == NULL)
        code = may(&found, entry, name.data, error);
    if (code == CA_OK)
        code = add_entry(s, &found, action_id, entry, error);
    ca_buffer_free(&name);
    return ca_tables_finish(s, code, error);
}

enum ca_code ca_tables_complete_action(struct ca_store *store, const char *return_id,
                                       const char *action_id, ca_date on,
                                       struct ca_error *error)
{
    const struct entry entry = {.kind = "complete", .completed = on};

    return enter(store, return_id, action_id, may_complete, &entry, error);
}

enum ca_code ca_tables_verify_action(struct ca_store *store, const char *return_id,
                                     const char *action_id, const char *by,
                                     struct ca_error *error)
{
    const struct entry entry = {.kind = "verify", .completed = CA_NO_DATE, .verified_by = by};

    return enter(store, return_id, action_id, may_verify, &entry, error);
}

enum ca_code ca_tables_reopen_action(struct ca_store *store, const char *return_id,
                                     const char *action_id, const char *why,
                                     struct ca_error *error)
{
    const struct entry entry = {.kind = "reopen", .completed = CA_NO_DATE, .reopened = why};

    return enter(store, return_id, action_id, may_reopen, &entry, error);
}

/* ---- listing ---- */

static struct ca_stored_action take_action(struct ca_statement *row)
{
    return (struct ca_stored_action){.return_id = ca_sql_word(row, 0),
                                     .case_ref = ca_sql_word(row, 1),
                                     .id = ca_sql_word(row, 2),
                                     .template_id = ca_sql_word(row, 3),
                                     .template_version = ca_sql_word(row, 4),
                                     .audit_date = ca_sql_date(row, 5),
                                     .standard = ca_sql_text(row, 6),
                                     .standard_label = ca_sql_text(row, 7),
                                     .agency = ca_sql_text(row, 8),
                                     .agency_label = ca_sql_text(row, 9),
                                     .theme = ca_sql_text(row, 10),
                                     .theme_label = ca_sql_text(row, 11),
                                     .owner = ca_sql_word(row, 12),
                                     .text = ca_sql_word(row, 13),
                                     .due = ca_sql_date(row, 14),
                                     .completed = ca_sql_date(row, 15),
                                     .verified_by = ca_sql_text(row, 16),
                                     .changed = ca_sql_word(row, 17)};
}

enum ca_code ca_tables_each_action(struct ca_store *store,
                                   const struct ca_action_filter *filter, ca_action_visit visit,
                                   void *context, struct ca_error *error)
{
    struct ca_tables *s = ca_tables_of(store);
    struct ca_buffer names = {0};
    struct ca_stored_action action;
    struct ca_statement *row = ca_sql(s, error, ca_sql_list_actions, "tttdditd",
                                      CA_QUERY_VALUES(&filter->query, &names),
                                      (int64_t)filter->open, filter->owner, filter->overdue);
    enum ca_code code = CA_OK;
    bool going = true;

    while (going && ca_sql_row(s, row, &code, error)) {
        action = take_action(row);
        going = visit(context, &action);
    }
    ca_buffer_free(&names);
    ca_sql_reset(row);
    return code;
}
