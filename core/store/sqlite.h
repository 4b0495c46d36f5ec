#ifndef CA_STORE_SQLITE_H
#define CA_STORE_SQLITE_H

#include "core/store/backend.h"
#include "core/store/chain.h"
#include "core/store/sqlite_statements.h"
#include "core/store/statement.h"

/* The store in an SQLite file: what its own source files share. */

#define CA_SQLITE_APPLICATION 0x43415544 /* "CAUD", in the file's header */

struct ca_sqlite_parts; /* what is known of stored templates while writing */

/* Where the next rows go; read when a change begins. */
struct ca_sqlite_next {
    int64_t document, audit, result, change;
    int64_t first;             /* the change that was the next when this began */
    char head[CA_SHA256_TEXT]; /* of the ledger's last entry */
    char now[32];              /* time of the change, ISO 8601 in UTC */
};

enum { CA_SQLITE_STATEMENTS = 256 };

struct ca_sqlite {
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
    } cached[CA_SQLITE_STATEMENTS]; /* hashed by the address of the text */
    struct ca_sqlite_parts *parts;
    struct ca_sqlite_next next, before; /* before: the change within a larger one */
    struct ca_arena *scratch;
    int64_t recorded; /* key of the result that a change of kind "record" is about */
};

static inline struct ca_sqlite *ca_sqlite_of(struct ca_store *store)
{
    return (struct ca_sqlite *)store; /* base is the first member */
}

extern const struct ca_driver ca_sqlite_driver; /* sqlite_driver.c */
/* Of the driver, in files of their own. */
void ca_sqlite_look_over(struct ca_check *check); /* sqlite_check_file.c */
enum ca_code ca_sqlite_measure(struct ca_sqlite *s, struct ca_store_info *info,
                               struct ca_error *error); /* sqlite_keep.c */

/* Opens a file for s; parameters is "" or the tail of a URI ("?immutable=1"). */
enum ca_code ca_sqlite_connect(struct ca_sqlite *s, const char *path, int flags,
                               const char *parameters, struct ca_error *error);
void ca_sqlite_disconnect(struct ca_sqlite *s);
/* The way files are written (sqlite_vfs.c): its name, for sqlite3_open_v2. */
const char *ca_sqlite_vfs(void);
/* Says in a database's file that it has a write-ahead log. */
bool ca_sqlite_use_log(int fd);

/* The error for what SQLite said last. */
enum ca_code ca_sqlite_failed(struct ca_sqlite *s, struct ca_error *error);
/* The store's own contradiction, found in passing. */
enum ca_code ca_sqlite_damaged(struct ca_sqlite *s, struct ca_error *error, const char *what);

/* ---- changes (sqlite_change.c) ---- */

/* The time, ISO 8601 in UTC. */
void ca_sqlite_look_at_clock(char text[32]);
/* Where new rows go, and the end of the ledger: within a transaction, where nobody else can
 * move them. */
enum ca_code ca_sqlite_look_ahead(struct ca_sqlite *s, struct ca_error *error);
/* Waits for its turn to write, alone, until it commits or rolls back. */
enum ca_code ca_sqlite_begin(struct ca_sqlite *s, struct ca_error *error);
/* Commits if code is CA_OK, rolls back otherwise; returns what came of it. */
enum ca_code ca_sqlite_finish(struct ca_sqlite *s, enum ca_code code, struct ca_error *error);

/* ---- the ledger (sqlite_ledger.c) ---- */

/* An entry of the ledger; *change is its number. detail is JSON. */
enum ca_code ca_sqlite_enter(struct ca_sqlite *s, const char *kind, const char *subject,
                             const char *detail, int64_t document, int64_t *change,
                             struct ca_error *error);
/* The same of an entry that is made already, but for its place in the chain. */
enum ca_code ca_sqlite_add_entry(struct ca_sqlite *s, const struct ca_entry *entry,
                                 int64_t document, struct ca_error *error);
/* The entry of a change whose rows are written, from what they say (sqlite_detail.c). */
enum ca_code ca_sqlite_enter_stored(struct ca_sqlite *s, const char *kind, int64_t document,
                                    struct ca_error *error);

/* Keeps bytes; *id is their row. */
enum ca_code ca_sqlite_add_document(struct ca_sqlite *s, const uint8_t digest[CA_SHA256_SIZE],
                                    const void *bytes, size_t length, int64_t *id,
                                    struct ca_error *error);

/* ---- the head beside the store (sqlite_head.c) ---- */

/* What is committed is noted in NAME.head beside NAME.db, so that a log that was lost is
 * noticed. */
void ca_sqlite_note_head(struct ca_sqlite *s);
/* False if nothing is noted. */
bool ca_sqlite_noted_head(struct ca_sqlite *s, struct ca_head *out);
void ca_sqlite_forget_head(const char *path);
/* Is the head in the ledger as it was? *entries is how many the ledger has. */
enum ca_code ca_sqlite_has_head(struct ca_sqlite *s, const struct ca_head *head, bool *has,
                                int64_t *entries, struct ca_error *error);

/* ---- schema (sqlite_schema.c) ---- */

/* Refuses a file that holds anything but the tables, indexes and views of that version. */
enum ca_code ca_sqlite_refuse_strangers(struct ca_sqlite *s, int version,
                                        struct ca_error *error);
/* For upgrades: makes the tables and indexes that are not there. */
enum ca_code ca_sqlite_make_missing(struct ca_sqlite *s, struct ca_error *error);
/* Calls visit for each object of the newest version that is not there. */
typedef void (*ca_sqlite_missing)(void *context, const char *name);
enum ca_code ca_sqlite_each_missing(struct ca_sqlite *s, ca_sqlite_missing visit, void *context,
                                    struct ca_error *error);

extern const int ca_sqlite_schema; /* the newest */
/* Brings the database from its version (0: empty) to the newest, within a transaction
 * (sqlite_upgrade.c). */
enum ca_code ca_sqlite_migrate(struct ca_sqlite *s, int from, struct ca_error *error);

/* ---- results and their hash (sqlite_rows.c) ---- */

/* What of the result's own row comes from the store and not from the record. */
struct ca_result_keys {
    int64_t result, audit, revision, template, document, plugin, change;
};

/* Writes (or, dry, only hashes) a record; content is the hash of all its values. */
enum ca_code ca_sqlite_write_result(struct ca_sqlite *s, const struct ca_result_keys *keys,
                                    const struct ca_record *record, bool dry,
                                    struct ca_buffer *facts, uint8_t content[CA_SHA256_SIZE],
                                    struct ca_error *error);
/* The same hash from what is stored. */
enum ca_code ca_sqlite_hash_result(struct ca_sqlite *s, int64_t result,
                                   uint8_t content[CA_SHA256_SIZE], struct ca_error *error);
/* The key of the framework's file that a record was scored with; new ones are added. */
enum ca_code ca_sqlite_plugin_key(struct ca_sqlite *s, const struct ca_record *record,
                                  int64_t *key, struct ca_error *error);
/* Feeds one row as it comes out of the database into a hash. */
void ca_sqlite_hash_row(struct ca_buffer *hashed, struct ca_statement *statement);

/* ---- templates and their parts (sqlite_parts.c, sqlite_template.c) ---- */

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
enum ca_code ca_sqlite_template_key(struct ca_sqlite *s, const char *id, const char *version,
                                    int64_t *key, struct ca_error *error);
/* Index of a part by its id; a new one (a framework's own, or a theme's word) is added if
 * add is true, or is else -1. detail is the measure's or alert's. */
enum ca_code ca_sqlite_part(struct ca_sqlite *s, int64_t template, enum ca_part_kind kind,
                            const char *id, const char *label, int detail, bool add, int *index,
                            struct ca_error *error);
/* What was learned in a change that is rolled back is forgotten. */
void ca_sqlite_parts_forget(struct ca_sqlite *s);
/* Hash of a template's row and the parts that come from its document. */
enum ca_code ca_sqlite_hash_template(struct ca_sqlite *s, int64_t key,
                                     uint8_t content[CA_SHA256_SIZE], struct ca_error *error);

/* ---- the row that summaries read (sqlite_tally.c) ---- */

/* Positions of the parts that a record names by id; -1: not stored, or no theme. */
struct ca_resolved {
    int *limits, *alerts, *measures, *themes; /* themes: of the findings */
    int *action_themes;
};
enum ca_code ca_sqlite_resolve(struct ca_sqlite *s, int64_t template,
                               const struct ca_record *record, bool add,
                               struct ca_resolved *out, struct ca_error *error);
void ca_sqlite_pack_facts(struct ca_buffer *out, const struct ca_record *record,
                          const struct ca_resolved *resolved);
/* The actions of a result with what was entered of them later. */
enum ca_code ca_sqlite_pack_actions(struct ca_sqlite *s, int64_t result, struct ca_buffer *out,
                                    struct ca_error *error);

/* From now on a result counts, or no longer, in summaries. */
enum ca_code ca_sqlite_count(struct ca_sqlite *s, int64_t result, int64_t template,
                             ca_date audit_date, const void *facts, size_t length,
                             struct ca_error *error);
enum ca_code ca_sqlite_uncount(struct ca_sqlite *s, int64_t result, int64_t template,
                               struct ca_error *error);
/* The same facts without the attributes that are not kept; false if they cannot be read. */
bool ca_sqlite_strip_facts(const void *facts, size_t length, const bool *kept, size_t known,
                           struct ca_buffer *out);

/* ---- what the ledger says of a change (sqlite_detail.c) ---- */

/*
 * Subject and detail of a change, from what is stored of it: one text that is entered into
 * the ledger when the change is made and found again when the store is checked.
 * CA_ERROR_NOT_FOUND if nothing of it is stored.
 */
enum ca_code ca_sqlite_detail(struct ca_sqlite *s, const char *kind, int64_t change,
                              struct ca_buffer *subject, struct ca_buffer *detail,
                              struct ca_error *error);

/* Does a change of this kind leave rows besides its entry? */
bool ca_sqlite_has_rows(const char *kind);

/* Hash of the rows of an import (sqlite_import.c). */
enum ca_code ca_sqlite_hash_import(struct ca_sqlite *s, bool history, int64_t change,
                                   uint8_t content[CA_SHA256_SIZE], struct ca_error *error);

/* ---- the functions of the backend, by file ---- */

#define CA_BACKEND(name) __typeof__(*((struct ca_store_backend *)0)->name) ca_sqlite_##name
CA_BACKEND(open); /* sqlite_open.c */
CA_BACKEND(close);
CA_BACKEND(load_template); /* sqlite_template.c */
CA_BACKEND(find_template);
CA_BACKEND(retire_template);
CA_BACKEND(put_piece); /* sqlite_put.c */
CA_BACKEND(put_end);
CA_BACKEND(same_result);
CA_BACKEND(setting); /* sqlite_figures.c */
CA_BACKEND(set);
CA_BACKEND(set_population);
CA_BACKEND(set_benchmark);
CA_BACKEND(each_population);
CA_BACKEND(each_benchmark);
CA_BACKEND(each_setting);
CA_BACKEND(import_history); /* sqlite_import.c */
CA_BACKEND(import_indicators);
CA_BACKEND(each_history);
CA_BACKEND(each_indicator);
CA_BACKEND(complete_action); /* sqlite_actions.c */
CA_BACKEND(verify_action);
CA_BACKEND(reopen_action);
CA_BACKEND(each_action);
CA_BACKEND(each_grading); /* sqlite_following.c */
CA_BACKEND(each_changed_answer);
CA_BACKEND(each_improvement);
CA_BACKEND(batch); /* sqlite_change.c */
CA_BACKEND(batch_end);
CA_BACKEND(enter_erased); /* sqlite_notes.c */
CA_BACKEND(note);
CA_BACKEND(head);
CA_BACKEND(keep_head);
CA_BACKEND(each_head);
CA_BACKEND(each_audit); /* sqlite_audits.c */
CA_BACKEND(find_return);
CA_BACKEND(each_change_of);
CA_BACKEND(each_difference);
CA_BACKEND(withdraw);
CA_BACKEND(erase); /* sqlite_erase.c */
CA_BACKEND(finish_erasing);
CA_BACKEND(count_sampled); /* sqlite_forget.c */
CA_BACKEND(each_copy);
CA_BACKEND(follow); /* sqlite_adopt.c */
CA_BACKEND(begin_anew);
CA_BACKEND(contains);
CA_BACKEND(add_part);
CA_BACKEND(erased_figures);
CA_BACKEND(adopt_erasure);
CA_BACKEND(add_sample); /* sqlite_draws.c */
CA_BACKEND(replace_case);
CA_BACKEND(find_sample); /* sqlite_draws_read.c */
CA_BACKEND(samples);
CA_BACKEND(allocate); /* sqlite_allocations.c */
CA_BACKEND(find_allocated);
CA_BACKEND(carry_out); /* sqlite_carry.c */
CA_BACKEND(carry_in);
CA_BACKEND(describe); /* sqlite_keep.c */
CA_BACKEND(backup);
CA_BACKEND(check);         /* sqlite_check.c */
CA_BACKEND(templates);     /* sqlite_read_templates.c */
CA_BACKEND(begin_reading); /* sqlite_read.c */
CA_BACKEND(end_reading);
CA_BACKEND(each_tally); /* sqlite_read_tally.c */
CA_BACKEND(each_score);
CA_BACKEND(each_counted);
CA_BACKEND(span);
CA_BACKEND(each_alert); /* sqlite_read.c */
CA_BACKEND(erased_counts);
CA_BACKEND(each_return);
CA_BACKEND(each_change);
#undef CA_BACKEND

#endif
