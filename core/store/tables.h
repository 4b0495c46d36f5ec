#ifndef CA_STORE_TABLES_H
#define CA_STORE_TABLES_H

#include "core/store/backend.h"
#include "core/store/chain.h"
#include "core/store/tables_statements.h"
#include "core/store/statement.h"

/*
 * The store in the tables of a database, whichever database it is: what its source files
 * (tables_*.c) share. What SQLite alone does is sqlite_*.c, what PostgreSQL alone does is
 * postgresql_*.c.
 */
struct ca_tables_parts; /* what is known of stored templates while writing */

/* Where the next rows go; read when a change begins. */
struct ca_tables_next {
    int64_t document, audit, result, change;
    int64_t first;             /* the change that was the next when this began */
    char head[CA_SHA256_TEXT]; /* of the ledger's last entry */
    char now[32];              /* time of the change, ISO 8601 in UTC */
};

enum { CA_TABLES_STATEMENTS = 256 };

struct ca_tables {
    struct ca_store base;
    const struct ca_driver *driver;
    struct sqlite3 *db; /* of SQLite alone */
    char *path;
    char *who;                     /* makes the changes, as the ledger says it */
    bool putting;                  /* within a transaction that puts a batch */
    bool making;                   /* a new store, which is not in its file yet */
    bool gap;                      /* an entry tells that entries before it are lost */
    int depth;                     /* of changes within a larger one */
    const struct ca_entry *follow; /* the next entry must be this one; NULL: any */
    struct {
        const char *sql;
        struct ca_statement *statement;
    } cached[CA_TABLES_STATEMENTS]; /* hashed by the address of the text */
    struct ca_tables_parts *parts;
    struct ca_tables_next next, before; /* before: the change within a larger one */
    struct ca_arena *scratch;
    int64_t recorded; /* key of the result that a change of kind "record" is about */
};

static inline struct ca_tables *ca_tables_of(struct ca_store *store)
{
    return (struct ca_tables *)store; /* base is the first member */
}

/* The store's own contradiction, found in passing. */
enum ca_code ca_tables_damaged(struct ca_tables *s, struct ca_error *error, const char *what);

/* ---- changes (tables_change.c) ---- */

/* The time, ISO 8601 in UTC. */
void ca_tables_look_at_clock(char text[32]);
/* Where new rows go, and the end of the ledger: within a transaction, where nobody else can
 * move them. */
enum ca_code ca_tables_look_ahead(struct ca_tables *s, struct ca_error *error);
/* Waits for its turn to write, alone, until it commits or rolls back. */
enum ca_code ca_tables_begin(struct ca_tables *s, struct ca_error *error);
/* Commits if code is CA_OK, rolls back otherwise; returns what came of it. */
enum ca_code ca_tables_finish(struct ca_tables *s, enum ca_code code, struct ca_error *error);

/* ---- the ledger (tables_ledger.c) ---- */

/* An entry of the ledger; *change is its number. detail is JSON. */
enum ca_code ca_tables_enter(struct ca_tables *s, const char *kind, const char *subject,
                             const char *detail, int64_t document, int64_t *change,
                             struct ca_error *error);
/* The same of an entry that is made already, but for its place in the chain. */
enum ca_code ca_tables_add_entry(struct ca_tables *s, const struct ca_entry *entry,
                                 int64_t document, struct ca_error *error);
/* The entry of a change whose rows are written, from what they say (tables_detail.c). */
enum ca_code ca_tables_enter_stored(struct ca_tables *s, const char *kind, int64_t document,
                                    struct ca_error *error);

/* Is the head in the ledger as it was? *entries is how many the ledger has. */
enum ca_code ca_tables_has_head(struct ca_tables *s, const struct ca_head *head, bool *has,
                                int64_t *entries, struct ca_error *error);

/* Keeps bytes; *id is their row. */
enum ca_code ca_tables_add_document(struct ca_tables *s, const uint8_t digest[CA_SHA256_SIZE],
                                    const void *bytes, size_t length, int64_t *id,
                                    struct ca_error *error);

/* ---- results and their hash (tables_rows.c) ---- */

/* What of the result's own row comes from the store and not from the record. */
struct ca_result_keys {
    int64_t result, audit, revision, template, document, plugin, change;
};

/* Writes (or, dry, only hashes) a record; content is the hash of all its values. */
enum ca_code ca_tables_write_result(struct ca_tables *s, const struct ca_result_keys *keys,
                                    const struct ca_record *record, bool dry,
                                    struct ca_buffer *facts, uint8_t content[CA_SHA256_SIZE],
                                    struct ca_error *error);
/* The same hash from what is stored. */
enum ca_code ca_tables_hash_result(struct ca_tables *s, int64_t result,
                                   uint8_t content[CA_SHA256_SIZE], struct ca_error *error);
/* Feeds one row as it comes out of the database into a hash. */
void ca_tables_hash_row(struct ca_buffer *hashed, struct ca_statement *statement);

/* ---- templates and their parts (tables_parts.c, tables_template.c) ---- */

enum ca_part_kind {
    CA_PART_GRADE,
    CA_PART_SECTION,
    CA_PART_STANDARD,
    CA_PART_AGENCY,
    CA_PART_ATTRIBUTE,
    CA_PART_THEME,
    CA_PART_MEASURE,
    CA_PART_ALERT,
    CA_PART_LIMIT,
    CA_PART_VALUE, /* of a closed list; its parent is the attribute */
    CA_PART_COUNT
};

/* Key of a template's version, or CA_ERROR_NOT_FOUND. */
enum ca_code ca_tables_template_key(struct ca_tables *s, const char *id, const char *version,
                                    int64_t *key, struct ca_error *error);
/* The key of the framework's file that a record was scored with; new ones are added. */
enum ca_code ca_tables_plugin_key(struct ca_tables *s, const struct ca_record *record,
                                  int64_t *key, struct ca_error *error);
/* Index of a part by its id; a new one (a framework's own, or a theme's word) is added if
 * add is true, or is else -1. detail is the measure's or alert's. */
enum ca_code ca_tables_part(struct ca_tables *s, int64_t template, enum ca_part_kind kind,
                            const char *id, const char *label, int detail, bool add, int *index,
                            struct ca_error *error);
/* Ids of returns that this writer has put. */
void ca_tables_remember_put(struct ca_tables *s, const char *id);
bool ca_tables_was_put(const struct ca_tables *s, const char *id);
/* What was learned in a change that is rolled back is forgotten. */
void ca_tables_parts_forget(struct ca_tables *s);
/* Hash of a template's row and the parts that come from its document. */
enum ca_code ca_tables_hash_template(struct ca_tables *s, int64_t key,
                                     uint8_t content[CA_SHA256_SIZE], struct ca_error *error);

/* ---- the row that summaries read (tables_tally.c) ---- */

/* Positions of the parts that a record names by id; -1: not stored, or no theme. */
struct ca_resolved {
    int *limits, *alerts, *measures, *themes; /* themes: of the findings */
    int *action_themes;
};
enum ca_code ca_tables_resolve(struct ca_tables *s, int64_t template,
                               const struct ca_record *record, bool add,
                               struct ca_resolved *out, struct ca_error *error);
void ca_tables_pack_facts(struct ca_buffer *out, const struct ca_record *record,
                          const struct ca_resolved *resolved);
/* The actions of a result with what was entered of them later. */
enum ca_code ca_tables_pack_actions(struct ca_tables *s, int64_t result, struct ca_buffer *out,
                                    struct ca_error *error);

/* From now on a result counts, or no longer, in summaries. */
enum ca_code ca_tables_count(struct ca_tables *s, int64_t result, int64_t template,
                             ca_date audit_date, const void *facts, size_t length,
                             struct ca_error *error);
/* The same of an audit's first result, whose actions are as the record says. */
enum ca_code ca_tables_count_new(struct ca_tables *s, const struct ca_result_keys *keys,
                                 const struct ca_record *record, const struct ca_buffer *facts,
                                 struct ca_error *error);
enum ca_code ca_tables_uncount(struct ca_tables *s, int64_t result, int64_t template,
                               struct ca_error *error);
/* The same facts without the attributes that are not kept; false if they cannot be read. */
bool ca_tables_strip_facts(const void *facts, size_t length, const bool *kept, size_t known,
                           struct ca_buffer *out);

/* ---- what the ledger says of a change (tables_detail.c) ---- */

/*
 * Subject and detail of a change, from what is stored of it: one text that is entered into
 * the ledger when the change is made and found again when the store is checked.
 * CA_ERROR_NOT_FOUND if nothing of it is stored.
 */
enum ca_code ca_tables_detail(struct ca_tables *s, const char *kind, int64_t change,
                              struct ca_buffer *subject, struct ca_buffer *detail,
                              struct ca_error *error);

/* The detail of a record that is being stored, without asking for it. */
void ca_tables_detail_of_record(const struct ca_record *record, int64_t revision,
                                const uint8_t content[CA_SHA256_SIZE],
                                struct ca_buffer *detail);

/* Does a change of this kind leave rows besides its entry? */
bool ca_tables_has_rows(const char *kind);

/* Hash of the rows of an import (tables_import.c). */
enum ca_code ca_tables_hash_import(struct ca_tables *s, bool history, int64_t change,
                                   uint8_t content[CA_SHA256_SIZE], struct ca_error *error);

/* ---- definitions (tables_definitions.c) ---- */

/* One CREATE of a text of them: of what, and how long it is. */
typedef enum ca_code (*ca_tables_missing)(void *context, const char *name, const char *sql,
                                          size_t length);
/* Calls visit for each definition of the text whose object is not in the database. */
enum ca_code ca_tables_each_missing(struct ca_tables *s, const char *text,
                                    ca_tables_missing visit, void *context,
                                    struct ca_error *error);

/* ---- the functions of the backend, by file ---- */

#define CA_BACKEND(name) __typeof__(*((struct ca_store_backend *)0)->name) ca_tables_##name
CA_BACKEND(load_template); /* tables_template.c */
CA_BACKEND(find_template);
CA_BACKEND(retire_template);
CA_BACKEND(put_piece); /* tables_put.c */
CA_BACKEND(put_end);
CA_BACKEND(same_result);
CA_BACKEND(setting); /* tables_figures.c */
CA_BACKEND(set);
CA_BACKEND(set_once);
CA_BACKEND(set_population);
CA_BACKEND(set_benchmark);
CA_BACKEND(each_population);
CA_BACKEND(each_benchmark);
CA_BACKEND(each_setting);
CA_BACKEND(import_history); /* tables_import.c */
CA_BACKEND(import_indicators);
CA_BACKEND(each_history);
CA_BACKEND(each_indicator);
CA_BACKEND(complete_action); /* tables_actions.c */
CA_BACKEND(verify_action);
CA_BACKEND(reopen_action);
CA_BACKEND(each_action);
CA_BACKEND(each_grading); /* tables_following.c */
CA_BACKEND(each_changed_answer);
CA_BACKEND(each_improvement);
CA_BACKEND(batch); /* tables_change.c */
CA_BACKEND(batch_end);
CA_BACKEND(enter_erased); /* tables_notes.c */
CA_BACKEND(note);
CA_BACKEND(head);
CA_BACKEND(keep_head);
CA_BACKEND(each_head);
CA_BACKEND(each_audit); /* tables_audits.c */
CA_BACKEND(find_return);
CA_BACKEND(each_change_of);
CA_BACKEND(each_difference);
CA_BACKEND(withdraw);
CA_BACKEND(erase); /* tables_erase.c */
CA_BACKEND(finish_erasing);
CA_BACKEND(count_sampled); /* tables_forget.c */
CA_BACKEND(each_copy);
CA_BACKEND(follow); /* tables_adopt.c */
CA_BACKEND(begin_anew);
CA_BACKEND(contains);
CA_BACKEND(add_part);
CA_BACKEND(erased_figures);
CA_BACKEND(adopt_erasure);
CA_BACKEND(add_sample); /* tables_draws.c */
CA_BACKEND(replace_case);
CA_BACKEND(find_sample); /* tables_draws_read.c */
CA_BACKEND(samples);
CA_BACKEND(allocate); /* tables_allocations.c */
CA_BACKEND(find_allocated);
CA_BACKEND(carry_out); /* tables_carry.c */
CA_BACKEND(carry_in);
CA_BACKEND(describe);      /* tables_describe.c */
CA_BACKEND(check);         /* tables_check.c */
CA_BACKEND(templates);     /* tables_read_templates.c */
CA_BACKEND(begin_reading); /* tables_read.c */
CA_BACKEND(end_reading);
CA_BACKEND(each_tally); /* tables_read_tally.c */
CA_BACKEND(each_score);
CA_BACKEND(each_counted);
CA_BACKEND(span);
CA_BACKEND(each_alert); /* tables_read.c */
CA_BACKEND(erased_counts);
CA_BACKEND(each_return);
CA_BACKEND(each_change);
#undef CA_BACKEND

#endif
