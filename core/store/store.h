#ifndef CA_STORE_STORE_H
#define CA_STORE_STORE_H

#include "core/base/error.h"
#include "core/model/template.h"
#include "core/store/chain.h"
#include "core/store/record.h"

/*
 * The store: every document, every result, and a ledger of all that was
 * changed. What a store can do is this header and query.h; which database
 * does it is known inside core/store only. All functions return CA_OK, or
 * fill error: CA_ERROR_STORE (damaged, of another program, newer, full disk,
 * no permission), CA_ERROR_BUSY, CA_ERROR_NOT_FOUND, CA_ERROR_DATA,
 * CA_ERROR_USAGE. What returned CA_OK is durable. A change that was undone for
 * others' sake is made once more (retry.h), and CA_ERROR_AGAIN is what stays in
 * the way for a minute.
 */
struct ca_store;

enum ca_store_mode {
    CA_STORE_READ,   /* must be there; is never changed */
    CA_STORE_SUM_UP, /* the same, for summaries, which who reads a whole region may ask for */
    CA_STORE_WRITE,  /* must be there; brought to this version's schema */
    CA_STORE_CREATE  /* made if it is not there */
};

/* The URI in force: given, or else sqlite:$XDG_DATA_HOME/caseaudit/store.db (in
 * ~/.local/share without that variable). NULL if there is no home folder either. */
char *ca_store_uri(const char *given);

/* CA_ERROR_USAGE for a URI that no store can have, or that has a password in it. */
enum ca_code ca_store_look_at_uri(const char *uri, struct ca_error *error);

/* uri is sqlite:PATH, or a path, or postgresql://…. who is what the ledger says of who makes
 * changes. CA_ERROR_NOT_FOUND if there is no store there. */
enum ca_code ca_store_open(const char *uri, enum ca_store_mode mode, const char *who,
                           struct ca_store **out, struct ca_error *error);
void ca_store_close(struct ca_store *store);

/* Appends the SQL that makes the store, for the administrator of a database in which its user
 * may not; nothing is connected to. CA_ERROR_USAGE for a file. */
enum ca_code ca_store_define(const char *uri, struct ca_buffer *out, struct ca_error *error);

/* ---- templates ---- */

enum ca_loaded { CA_LOADED, CA_LOADED_ALREADY };

/* Keeps a template's version for good. CA_ERROR_DATA if the same id and version is there
 * with other bytes, whatever its line ends. */
enum ca_code ca_store_load_template(struct ca_store *store, const struct ca_template *t,
                                    const char *bytes, size_t length, enum ca_loaded *outcome,
                                    struct ca_error *error);

/* version NULL: the newest effective one. retired_on is CA_NO_DATE unless retired. Each
 * out-parameter may be NULL. CA_ERROR_NOT_FOUND. */
enum ca_code ca_store_find_template(struct ca_store *store, const char *id, const char *version,
                                    struct ca_buffer *bytes, struct ca_buffer *found_version,
                                    ca_date *retired_on, struct ca_error *error);

/* Did the store itself fail when a template was looked for? Whoever is told only that there
 * is none asks here afterwards. CA_OK, or the first failure. store may be NULL. */
enum ca_code ca_store_failure(const struct ca_store *store, struct ca_error *error);

/* Audits dated after the day are refused from now on. */
enum ca_code ca_store_retire_template(struct ca_store *store, const char *id,
                                      const char *version, ca_date on, struct ca_error *error);

/* ---- recording ---- */

enum ca_put {
    CA_PUT_RECORDED,  /* new */
    CA_PUT_UNCHANGED, /* what counts now has the same bytes, but for line ends */
    CA_PUT_REVISION,  /* a correction, or one undone: the new revision counts from now on */
    CA_PUT_REFUSED    /* id belongs to another audit (revision.h), or no such template */
};

struct ca_put_outcome {
    enum ca_put what;
    int revision;     /* the record's own number, from 1 */
    char reason[768]; /* of a refusal */
};

/*
 * Stores a batch in one transaction: when it returns CA_OK, all is durable and
 * outcomes says what became of each; otherwise nothing of the batch is stored.
 * Waits for other writers.
 */
enum ca_code ca_store_put(struct ca_store *store, const struct ca_record *records, size_t count,
                          struct ca_put_outcome *outcomes, struct ca_error *error);

/*
 * The same in pieces, for who has other things to do in between. The first piece begins the
 * batch, ca_store_put_end makes it durable (CA_OK if none was begun); a piece that fails
 * undoes all before it. Other writers wait from the first to the end. What came to
 * CA_ERROR_AGAIN is for the caller to put once more, from the first piece.
 */
enum ca_code ca_store_put_piece(struct ca_store *store, const struct ca_record *records,
                                size_t count, struct ca_put_outcome *outcomes,
                                struct ca_error *error);
enum ca_code ca_store_put_end(struct ca_store *store, struct ca_error *error);

/* ---- settings and figures ---- */

/* CA_ERROR_NOT_FOUND if it was never set; value is appended to out. */
enum ca_code ca_store_setting(struct ca_store *store, const char *name, struct ca_buffer *out,
                              struct ca_error *error);
enum ca_code ca_store_set(struct ca_store *store, const char *name, const char *value,
                          struct ca_error *error);

/* Sets "PREFIXname" where it was never set, and where exactly `known` settings begin with the
 * prefix: in one transaction, so that of two who know the same one is refused. CA_ERROR_DATA
 * where it was set, CA_ERROR_BUSY where there are others since. */
enum ca_code ca_store_set_once(struct ca_store *store, const char *prefix, size_t known,
                               const char *name, const char *value, struct ca_error *error);
/* Whose audits a store in a file holds: once. CA_ERROR_DATA if it is another's already. */
enum ca_code ca_store_set_authority(struct ca_store *store, const char *authority,
                                    struct ca_error *error);

/* A period as a name and its first and last day. */
struct ca_stored_period {
    const char *id;
    ca_date from, to;
};

/* How many cases there were to audit. */
struct ca_population {
    bool of_framework; /* otherwise of a template */
    const char *name;  /* its id */
    struct ca_stored_period period;
    int64_t count;
    const char *authority; /* whose; NULL: the store's. So in all these figures */
};
enum ca_code ca_store_set_population(struct ca_store *store,
                                     const struct ca_population *population,
                                     struct ca_error *error);

struct ca_benchmark {
    const char *name, *template_id;
    struct ca_stored_period period;
};
enum ca_code ca_store_set_benchmark(struct ca_store *store,
                                    const struct ca_benchmark *benchmark,
                                    struct ca_error *error);

/* Counts of grades from before the store. A new import replaces the rows of the same
 * template, period and grade. document is the file they came from. */
struct ca_history {
    const char *template_id, *grade;
    struct ca_stored_period period;
    int64_t count;
    const char *authority;
};
enum ca_code ca_store_import_history(struct ca_store *store, const struct ca_history *rows,
                                     size_t count, const char *document, size_t length,
                                     struct ca_error *error);

enum ca_polarity { CA_POLARITY_NONE, CA_POLARITY_UP, CA_POLARITY_DOWN };
const char *ca_polarity_name(enum ca_polarity polarity);

/* A figure from elsewhere: numerator and denominator, or a value. */
struct ca_indicator {
    const char *id, *label;
    struct ca_stored_period period;
    bool is_ratio;
    int64_t numerator, denominator;
    int64_t value; /* thousandths */
    enum ca_polarity polarity;
    const char *footnote;    /* NULL */
    const char *template_id; /* whose summaries it stands in; NULL: all */
    const char *authority;
};
/* Replaces the rows of the same indicator and period; label and polarity are those said last,
 * for all of an indicator's periods. */
enum ca_code ca_store_import_indicators(struct ca_store *store, const struct ca_indicator *rows,
                                        size_t count, const char *document, size_t length,
                                        struct ca_error *error);

/* ---- actions ---- */

/*
 * CA_ERROR_NOT_FOUND, or CA_ERROR_DATA where the rules forbid it: an action is completed on or
 * after the day of its audit, and not again once it is verified; it is verified after that,
 * once, and not by its owner (whose code is the same in capitals). Reopening undoes both, for
 * a reason that is kept.
 */
enum ca_code ca_store_complete_action(struct ca_store *store, const char *return_id,
                                      const char *action_id, ca_date on,
                                      struct ca_error *error);
enum ca_code ca_store_verify_action(struct ca_store *store, const char *return_id,
                                    const char *action_id, const char *by,
                                    struct ca_error *error);
enum ca_code ca_store_reopen_action(struct ca_store *store, const char *return_id,
                                    const char *action_id, const char *why,
                                    struct ca_error *error);

/* ---- withdrawing and erasing ---- */

/* Kept and counted nowhere from now on; with why NULL it counts again. CA_ERROR_NOT_FOUND, or
 * CA_ERROR_DATA if it is (not) withdrawn already, or erased. */
enum ca_code ca_store_withdraw(struct ca_store *store, const char *return_id, const char *why,
                               struct ca_error *error);

/*
 * Erases audits, all of them or none: documents, texts, references, in every byte of the
 * store's files. keep leaves what summaries add up (grades, measures, the date, attributes of
 * closed lists) under the name "erased-N", N being the entry in the ledger; what is withdrawn
 * counts nowhere and leaves nothing. why stays in the ledger. An erasure that is interrupted
 * after it is durable may leave traces in the write-ahead log: finish_erasing empties it, and
 * says whether there was any.
 *
 * From samples goes every case of which no audit stays: its id, what is kept of it, why it was
 * replaced, and whose it is to audit. Its place and stratum stay.
 */
struct ca_erasing {
    const char *const *return_ids;
    size_t count;
    const char *why;
    bool keep;
    const char *case_ref; /* a case that goes from samples, audited or not; NULL */
    ca_date drawn_until;  /* not CA_NO_DATE: instead of the audits' cases, all cases of samples
                           * drawn until that day */
};
enum ca_code ca_store_erase(struct ca_store *store, const struct ca_erasing *what,
                            struct ca_error *error);
/* In how many places of samples that is. */
enum ca_code ca_store_count_sampled(struct ca_store *store, const struct ca_erasing *what,
                                    size_t *count, struct ca_error *error);
enum ca_code ca_store_finish_erasing(struct ca_store *store, bool *any, struct ca_error *error);

/* ---- many changes as one ---- */

/* The changes that a function makes are one: all of them or nothing; a change of them that
 * fails leaves nothing of itself. It returns what became of them; other than CA_OK undoes all.
 * It may be called once more, and so tells nobody of anything yet. */
typedef enum ca_code (*ca_store_changes)(void *context, struct ca_error *error);
enum ca_code ca_store_together(struct ca_store *store, ca_store_changes changes, void *context,
                               struct ca_error *error);

/* ---- the ledger ---- */

/* Is the head in the ledger as it was? *entries is how many the ledger has. */
enum ca_code ca_store_contains(struct ca_store *store, const struct ca_head *head, bool *has,
                               int64_t *entries, struct ca_error *error);

/* An entry as core/store/chain.h has it. */
struct ca_entry {
    int64_t sequence; /* from 1 */
    const char *at, *who, *kind;
    const uint8_t *salt;          /* CA_SALT_SIZE bytes; NULL once it is erased */
    const char *subject, *detail; /* detail is JSON; both NULL once they are erased */
    uint8_t commitment[CA_SHA256_SIZE];
    const char *previous, *hash;
};

/* An entry about something that is in the ledger alone. */
enum ca_code ca_store_note(struct ca_store *store, const char *kind, const char *subject,
                           const char *detail, struct ca_error *error);
/* An entry of another store's ledger whose content was erased there. */
enum ca_code ca_store_enter_erased(struct ca_store *store, const struct ca_entry *entry,
                                   struct ca_error *error);

/* The ledger's end. */
enum ca_code ca_store_head(struct ca_store *store, struct ca_head *out, struct ca_error *error);
/* Remembers that a head was printed, or signed. */
enum ca_code ca_store_keep_head(struct ca_store *store, const struct ca_head *head,
                                struct ca_error *error);

/* ---- the history of another store ---- */

/* What the next change enters must be exactly this entry, borrowed until then, and it is
 * entered with the time, the salt and the name that it has; otherwise the change fails with
 * CA_ERROR_DATA. Rules about what may be entered when are not applied again. */
enum ca_code ca_store_follow(struct ca_store *store, const struct ca_entry *entry);
/* Within a batch: a store that is new, and has the entry of that alone, begins with another
 * one's history. */
enum ca_code ca_store_begin_anew(struct ca_store *store, struct ca_error *error);

/* A part of a template that came with a result. */
struct ca_own_part {
    int kind, position, detail;
    const char *id, *label;
};
enum ca_code ca_store_add_part(struct ca_store *store, const char *template_id,
                               const char *version, const struct ca_own_part *part,
                               struct ca_error *error);

/* What an erasure left, as JSON for another store: by the number of its entry, appended to
 * out; nothing is appended if it left nothing. */
enum ca_code ca_store_erased_figures(struct ca_store *store, int64_t change,
                                     struct ca_buffer *out, struct ca_error *error);
struct ca_adopted_erasure {
    const char *why, *template_id, *version;
    const char *entries;         /* a JSON array */
    const char *documents;       /* SHA-256 of each, with commas between */
    const char *first, *counted; /* of the first and of the one that counted; "" */
    const char *figures;         /* packed (erased_figures.h), or NULL */
    size_t figures_length;
};
enum ca_code ca_store_adopt_erasure(struct ca_store *store,
                                    const struct ca_adopted_erasure *erasure,
                                    struct ca_error *error);

/* What belongs to an entry of that kind and is not in it, as JSON for another store, appended
 * to out; nothing is appended to entries that have nothing besides. */
enum ca_code ca_store_carry_out(struct ca_store *store, const char *kind, int64_t change,
                                struct ca_buffer *out, struct ca_error *error);
/* The same again, packed (carried_rows.h), with the entry's detail, which it must give.
 * CA_ERROR_DATA. */
enum ca_code ca_store_carry_in(struct ca_store *store, const char *kind, const char *detail,
                               const char *rows, size_t length, struct ca_error *error);

/* ---- roles of the database ---- */

/* What a role of the database may do: CA_ERROR_USAGE for a store in a file, which knows none.
 */
struct ca_access {
    const char *role;
    const char *authority; /* NULL: the whole region */
    const char *as;        /* "auditor", "lead", "reader" */
};
enum ca_code ca_store_grant(struct ca_store *store, const struct ca_access *access,
                            struct ca_error *error);
enum ca_code ca_store_revoke(struct ca_store *store, const char *role, struct ca_error *error);
typedef bool (*ca_access_visit)(void *context, const struct ca_access *access);
enum ca_code ca_store_each_access(struct ca_store *store, ca_access_visit visit, void *context,
                                  struct ca_error *error);

/* ---- keeping ---- */

struct ca_store_info {
    char *place; /* path of the file */
    int schema, newest_schema;
    int64_t size; /* bytes */
    int64_t templates, audits, revisions, documents, ledger;
    ca_date first, last;       /* audit dates; CA_NO_DATE */
    char head[CA_SHA256_TEXT]; /* hash of the ledger's last entry; "" */
};
/* place is to be freed by the caller. */
enum ca_code ca_store_describe(struct ca_store *store, struct ca_store_info *info,
                               struct ca_error *error);

/* Looks at everything there is; report is called for each fault, and for what is worth
 * knowing but no fault, with a sentence. heads were noted elsewhere: does the ledger still
 * contain exactly them? */
typedef void (*ca_store_report)(void *context, bool fault, const char *sentence);
enum ca_code ca_store_check(struct ca_store *store, const struct ca_head *heads, size_t count,
                            ca_store_report report, void *context, struct ca_error *error);

/* Does scoring a stored return again give the stored result? result is the key that
 * ca_store_each_return hands out. */
enum ca_code ca_store_same_result(struct ca_store *store, int64_t result,
                                  const struct ca_record *record, bool *same,
                                  struct ca_error *error);

/* Is the store a file? A copy of any other is an export of it. */
bool ca_store_is_file(const struct ca_store *store);
/* A copy of such a store in one file, whole or not at all, while others may go on working. head
 * is its. */
enum ca_code ca_store_backup(struct ca_store *store, const char *path, struct ca_head *head,
                             struct ca_error *error);

#endif
