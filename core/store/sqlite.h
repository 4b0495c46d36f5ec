#ifndef CA_STORE_SQLITE_H
#define CA_STORE_SQLITE_H

#include "core/store/tables.h"

/* The store in an SQLite file: what is SQLite's alone (sqlite_*.c). */

#define CA_SQLITE_APPLICATION 0x43415544 /* "CAUD", in the file's header */

extern const struct ca_driver ca_sqlite_driver; /* sqlite_driver.c */
/* Of the driver, in files of their own. */
void ca_sqlite_look_over(struct ca_check *check); /* sqlite_check_file.c */
enum ca_code ca_sqlite_measure(struct ca_tables *s, struct ca_store_info *info,
                               struct ca_error *error); /* sqlite_keep.c */

/* Opens a file for s; parameters is "" or the tail of a URI ("?immutable=1"). */
enum ca_code ca_sqlite_connect(struct ca_tables *s, const char *path, int flags,
                               const char *parameters, struct ca_error *error);
void ca_sqlite_disconnect(struct ca_tables *s);
/* The way files are written (sqlite_vfs.c): its name, for sqlite3_open_v2. */
const char *ca_sqlite_vfs(void);
/* Says in a database's file that it has a write-ahead log. */
bool ca_sqlite_use_log(int fd);

/* The error for what SQLite said last. */
enum ca_code ca_sqlite_failed(struct ca_tables *s, struct ca_error *error);

/* ---- the head beside the store (sqlite_head.c) ---- */

/* What is committed is noted in NAME.head beside NAME.db, so that a log that was lost is
 * noticed. */
void ca_sqlite_note_head(struct ca_tables *s);
/* False if nothing is noted. */
bool ca_sqlite_noted_head(struct ca_tables *s, struct ca_head *out);
void ca_sqlite_forget_head(const char *path);

/* ---- schema (sqlite_schema.c) ---- */

/* Refuses a file that holds anything but the tables, indexes and views of that version. */
enum ca_code ca_sqlite_refuse_strangers(struct ca_tables *s, int version,
                                        struct ca_error *error);
/* For upgrades: makes the tables and indexes that are not there. */
enum ca_code ca_sqlite_make_missing(struct ca_tables *s, struct ca_error *error);
extern const int ca_sqlite_schema; /* the newest */
/* Brings the database from its version (0: empty) to the newest, within a transaction
 * (sqlite_upgrade.c). */
enum ca_code ca_sqlite_migrate(struct ca_tables *s, int from, struct ca_error *error);

/* ---- functions of the backend ---- */

__typeof__(*((struct ca_store_backend *)0)->open) ca_sqlite_open;
__typeof__(*((struct ca_store_backend *)0)->close) ca_sqlite_close;
__typeof__(*((struct ca_store_backend *)0)->backup) ca_sqlite_backup; /* sqlite_keep.c */

#endif
