/* Opening, making and recognising a store's file. */
#include <errno.h>
#include <fcntl.h>
#include <sqlite3.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/random.h>
#include <sys/stat.h>
#include <unistd.h>

#include "core/base/file.h"
#include "core/base/nameless.h"
#include "core/base/reason.h"
#include "core/store/sqlite.h"

/* How long one waits for others in all, and at most between two tries. */
enum { WAIT_MS = 10 * 60 * 1000, NAP_MS = 20 };

/* ---- waiting ---- */

/* Naps of random length, so that no process among many always comes too late. */
static int nap(void *context, int tries)
{
    unsigned char byte = 0;

    (void)context;
    if (tries > WAIT_MS / (NAP_MS / 2))
        return 0;
    if (getrandom(&byte, 1, GRND_NONBLOCK) < 0)
        byte = (unsigned char)tries;
    usleep(1000u * (1 + byte % NAP_MS));
    return 1;
}

/* ---- connections ---- */

void ca_sqlite_close(struct ca_store *store)
{
    struct ca_tables *s = ca_tables_of(store);

    if (s == NULL)
        return;
    ca_tables_parts_forget(s);
    ca_sql_forget(s);
    sqlite3_close(s->db);
    ca_arena_free(s->scratch);
    free(s->path);
    free(s->who);
    free(s);
}

static struct ca_tables *new_sqlite(const char *path, const char *who)
{
    struct ca_tables *s = ca_xcalloc(1, sizeof *s);

    s->path = ca_xstrdup(path);
    s->who = ca_xstrdup(who);
    s->scratch = ca_arena_new();
    return s;
}

/* A file name as a URI, so that a parameter can follow. */
static void write_uri(struct ca_buffer *out, const char *path, const char *parameters)
{
    ca_buffer_puts(out, "file:");
    for (; *path != '\0'; path++)
        if (strchr("%?#", *path) != NULL)
            ca_buffer_printf(out, "%%%02X", (unsigned char)*path);
        else
            ca_buffer_putc(out, *path);
    ca_buffer_puts(out, parameters);
}

/* Nothing that stands in the file is run, and nothing in it is taken on trust. */
static void be_careful(sqlite3 *db)
{
    static const struct {
        int option, on;
    } options[] = {{SQLITE_DBCONFIG_DEFENSIVE, 1},
                   {SQLITE_DBCONFIG_TRUSTED_SCHEMA, 0},
                   {SQLITE_DBCONFIG_ENABLE_TRIGGER, 0},
                   {SQLITE_DBCONFIG_DQS_DDL, 0},
                   {SQLITE_DBCONFIG_DQS_DML, 0}};

    for (size_t i = 0; i < sizeof options / sizeof *options; i++)
        sqlite3_db_config(db, options[i].option, options[i].on, NULL);
}

enum ca_code ca_sqlite_connect(struct ca_tables *s, const char *path, int flags,
                               const char *parameters, struct ca_error *error)
{
    struct ca_buffer uri = {0};
    int code;

    write_uri(&uri, path, parameters);
    s->driver = &ca_sqlite_driver;
    code = sqlite3_open_v2(uri.data, &s->db, flags | SQLITE_OPEN_URI | SQLITE_OPEN_NOMUTEX,
                           ca_sqlite_vfs());
    ca_buffer_free(&uri);
    if (s->db == NULL)
        ca_out_of_memory();
    if (code != SQLITE_OK)
        return ca_sqlite_failed(s, error);
    sqlite3_extended_result_codes(s->db, 1);
    sqlite3_busy_handler(s->db, nap, NULL);
    be_careful(s->db);
    return ca_sql_script(s,
                         "PRAGMA synchronous = FULL;"
                         "PRAGMA secure_delete = ON;"
                         "PRAGMA cache_size = -65536;"
                         "PRAGMA temp_store = MEMORY;"
                         "PRAGMA trusted_schema = OFF;"
                         "PRAGMA cell_size_check = ON",
                         error);
}

void ca_sqlite_disconnect(struct ca_tables *s)
{
    ca_sql_forget(s);
    sqlite3_close(s->db);
    s->db = NULL;
}

/* ---- is it ours? ---- */

static enum ca_code read_versions(struct ca_tables *s, int64_t *application, int64_t *schema,
                                  struct ca_error *error)
{
    enum ca_code code = ca_sql_number(s, error, 0, application, ca_sql_application_id, "");

    if (code == CA_OK)
        code = ca_sql_number(s, error, 0, schema, ca_sql_user_version, "");
    return code;
}

static enum ca_code recognise(struct ca_tables *s, int64_t *schema, struct ca_error *error)
{
    int64_t application;
    enum ca_code code = read_versions(s, &application, schema, error);

    if (code != CA_OK)
        return code;
    if (application != CA_SQLITE_APPLICATION || *schema < 1)
        return ca_fail(error, CA_ERROR_STORE,
                       "'%s' is the database of another program, not a store of caseaudit; "
                       "nothing in it was touched",
                       s->path);
    if (*schema > ca_sqlite_schema)
        return ca_fail(
            error, CA_ERROR_STORE,
            "the store '%s' was written by a newer caseaudit (its schema is %d, this "
            "program knows up to %d); use the newer program; nothing was touched",
            s->path, (int)*schema, ca_sqlite_schema);
    return ca_sqlite_refuse_strangers(s, (int)*schema, error);
}

/* Brings an older store to this schema; another process may be doing so already. */
static enum ca_code bring_up_to_date(struct ca_tables *s, int64_t schema,
                                     struct ca_error *error)
{
    enum ca_code code;

    if (schema == ca_sqlite_schema)
        return CA_OK;
    /* What lies unused in the pages of an older program goes. */
    code = ca_sql_script(s, "VACUUM", error);
    if (code == CA_OK)
        code = ca_sql_do(s, error, "BEGIN IMMEDIATE", "");
    if (code != CA_OK)
        return code;
    s->depth = 1;
    s->next.first = 0;
    code = recognise(s, &schema, error);
    if (code == CA_OK && schema < ca_sqlite_schema)
        code = ca_sqlite_migrate(s, (int)schema, error);
    code = ca_tables_finish(s, code, error);
    ca_sql_forget(s);
    return code;
}

/* ---- making one ---- */

static bool make_folders_above(const char *path)
{
    char *copy = ca_xstrdup(path);
    bool good = true;

    for (char *slash = strchr(copy + 1, '/'); slash != NULL && good;
         slash = strchr(slash + 1, '/')) {
        *slash = '\0';
        good = ca_folder_new(copy) || errno == EEXIST;
        *slash = '/';
    }
    free(copy);
    return good;
}

static enum ca_code fill_new(struct ca_tables *s, struct ca_error *error)
{
    char application[64];
    int64_t change;
    enum ca_code code;

    snprintf(application, sizeof application, "PRAGMA application_id = %d",
             CA_SQLITE_APPLICATION);
    code = ca_sql_script(s, "PRAGMA page_size = 8192; BEGIN", error);
    if (code == CA_OK)
        code = ca_sql_script(s, application, error);
    if (code == CA_OK)
        code = ca_sqlite_migrate(s, 0, error);
    if (code == CA_OK)
        code = ca_sql_script(s, "COMMIT", error);
    if (code == CA_OK)
        code = ca_tables_begin(s, error);
    if (code == CA_OK)
        code = ca_tables_finish(s, ca_tables_enter(s, "init", "store", "{}", 0, &change, error),
                                error);
    return code;
}

bool ca_sqlite_use_log(int fd)
{
    /* The versions that say so stand in the file's header. */
    return pwrite(fd, "\2\2", 2, 18) == 2;
}

/* The bytes of a new store. */
static enum ca_code write_new(struct ca_tables *s, int fd, struct ca_error *error)
{
    sqlite3_int64 size = 0;
    unsigned char *bytes = sqlite3_serialize(s->db, "main", &size, 0);
    bool good;

    if (bytes == NULL)
        ca_out_of_memory();
    good = pwrite(fd, bytes, (size_t)size, 0) == size && ca_sqlite_use_log(fd);
    sqlite3_free(bytes);
    return good ? CA_OK
                : ca_fail(error, CA_ERROR_STORE, "cannot make the store '%s': %s", s->path,
                          ca_reason(errno));
}

/*
 * A store appears whole or not at all: it is made in memory, and its file gets its name last,
 * unless someone else was quicker.
 */
static enum ca_code make_store(const char *path, const char *who, struct ca_error *error)
{
    struct ca_nameless file;
    struct ca_tables *s;
    enum ca_code code;

    if (!make_folders_above(path))
        return ca_fail(error, CA_ERROR_STORE, "cannot make the folder of '%s': %s", path,
                       ca_reason(errno));
    file = ca_nameless_open(path);
    if (file.fd < 0)
        return ca_fail(error, CA_ERROR_STORE, "cannot make the store '%s': %s", path,
                       ca_reason(errno));
    s = new_sqlite(path, who);
    s->making = true;
    code = ca_sqlite_connect(s, ":memory:", SQLITE_OPEN_READWRITE, "", error);
    if (code == CA_OK)
        code = fill_new(s, error);
    if (code == CA_OK)
        code = write_new(s, file.fd, error);
    ca_sqlite_close(&s->base);
    if (code != CA_OK)
        ca_nameless_close(&file);
    else if (ca_nameless_name(&file, path, false))
        ca_sqlite_forget_head(path); /* of a store that was here before */
    else if (errno != EEXIST)
        code = ca_fail(error, CA_ERROR_STORE, "cannot make the store '%s': %s", path,
                       ca_reason(errno));
    return code;
}

/* ---- opening ---- */

static enum ca_code look_at_file(const char *path, enum ca_store_mode mode, bool *missing,
                                 struct ca_error *error)
{
    struct stat status;

    *missing = false;
    if (stat(path, &status) != 0) {
        if (errno != ENOENT && errno != ENOTDIR)
            return ca_fail(error, CA_ERROR_STORE, "cannot open the store '%s': %s", path,
                           ca_reason(errno));
        *missing = true;
        if (mode == CA_STORE_CREATE)
            return CA_OK;
        return ca_fail(error, CA_ERROR_NOT_FOUND,
                       "there is no store at '%s'; 'caseaudit store init' makes one, "
                       "--store or CASEAUDIT_STORE name another",
                       path);
    }
    if (!S_ISREG(status.st_mode))
        return ca_fail(error, CA_ERROR_STORE, "'%s' is no store: it is %s", path,
                       S_ISDIR(status.st_mode) ? "a folder" : "not a regular file");
    if (status.st_size == 0)
        return ca_fail(error, CA_ERROR_STORE,
                       "'%s' is no store: it is empty; remove it before 'caseaudit store init'",
                       path);
    if (access(path, R_OK) != 0)
        return ca_fail(error, CA_ERROR_STORE,
                       "the store '%s' may not be read by you: its mode is %03o; whoever owns "
                       "it can let you",
                       path, (unsigned)status.st_mode & 0777);
    return CA_OK;
}

static bool has_journal(const char *path)
{
    struct ca_buffer journal = {0};
    struct stat status;
    bool there;

    ca_buffer_printf(&journal, "%s-wal", path);
    there = stat(journal.data, &status) == 0 && status.st_size > 0;
    ca_buffer_free(&journal);
    return there;
}

/* For reading, a store on a medium that cannot be written will do, if it was closed. */
static enum ca_code connect_for(struct ca_tables *s, enum ca_store_mode mode, int64_t *schema,
                                struct ca_error *error)
{
    enum ca_code code = ca_sqlite_connect(s, s->path, SQLITE_OPEN_READWRITE, "", error);

    if (code == CA_OK)
        code = recognise(s, schema, error);
    if (code == CA_OK && mode != CA_STORE_READ && sqlite3_db_readonly(s->db, "main") == 1)
        code =
            ca_fail(error, CA_ERROR_STORE,
                    "the store '%s' cannot be written: the file is read-only for you", s->path);
    if (code == CA_OK || mode != CA_STORE_READ || has_journal(s->path) ||
        access(s->path, R_OK) != 0)
        return code;
    switch (sqlite3_errcode(s->db) & 0xff) {
    case SQLITE_READONLY:
    case SQLITE_CANTOPEN:
        ca_sqlite_disconnect(s);
        code = ca_sqlite_connect(s, s->path, SQLITE_OPEN_READONLY, "?immutable=1", error);
        return code == CA_OK ? recognise(s, schema, error) : code;
    default: return code;
    }
}

enum ca_code ca_sqlite_open(const char *path, enum ca_store_mode mode, const char *who,
                            struct ca_store **out, struct ca_error *error)
{
    struct ca_tables *s;
    int64_t schema = 0;
    enum ca_code code;
    bool missing;

    code = look_at_file(path, mode, &missing, error);
    if (code == CA_OK && missing)
        code = make_store(path, who, error);
    if (code != CA_OK)
        return code;
    s = new_sqlite(path, who);
    code = connect_for(s, mode, &schema, error);
    if (code == CA_OK && mode != CA_STORE_READ)
        code = bring_up_to_date(s, schema, error);
    else if (code == CA_OK && schema < ca_sqlite_schema)
        code = ca_fail(error, CA_ERROR_STORE,
                       "the store '%s' is of an older caseaudit; 'caseaudit store init' brings "
                       "it up to date",
                       path);
    if (code != CA_OK) {
        ca_sqlite_close(&s->base);
        return code;
    }
    *out = &s->base;
    return CA_OK;
}
