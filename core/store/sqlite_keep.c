/* Keeping a store's file: how large it is, and a copy of it. */
#include <errno.h>
#include <fcntl.h>
#include <sqlite3.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "core/base/nameless.h"
#include "core/base/reason.h"
#include "core/store/sqlite.h"

enum ca_code ca_sqlite_measure(struct ca_tables *s, struct ca_store_info *info,
                               struct ca_error *error)
{
    int64_t schema = 0, pages = 0, size = 0;
    enum ca_code code = ca_sql_number(s, error, 0, &schema, ca_sql_user_version, "");

    if (code == CA_OK)
        code = ca_sql_number(s, error, 0, &pages, ca_sql_page_count, "");
    if (code == CA_OK)
        code = ca_sql_number(s, error, 0, &size, ca_sql_page_size, "");
    if (code != CA_OK)
        return code;
    info->schema = (int)schema;
    info->newest_schema = ca_sqlite_schema;
    info->size = pages * size;
    info->place = ca_xstrdup(s->path);
    return CA_OK;
}

/* ---- a copy ---- */

static bool same_file(const char *a, const char *b)
{
    struct stat one, other;

    return stat(a, &one) == 0 && stat(b, &other) == 0 && one.st_dev == other.st_dev &&
           one.st_ino == other.st_ino;
}

/* A journal beside the place belongs to a store in use there. */
static bool in_use(const char *path)
{
    struct ca_buffer journal = {0};
    bool there;

    ca_buffer_printf(&journal, "%s-wal", path);
    there = access(journal.data, F_OK) == 0;
    ca_buffer_free(&journal);
    return there;
}

/* Is the file at path this store as it was at some earlier time? Then its last entry is one of
 * this store's. */
static bool is_earlier(struct ca_tables *s, const char *path)
{
    struct ca_tables other = {.path = (char *)path};
    struct ca_error error;
    struct ca_statement *last = NULL;
    enum ca_code code;
    int64_t known = 0;

    if (ca_sqlite_connect(&other, path, SQLITE_OPEN_READONLY, "?immutable=1", &error) == CA_OK)
        last = ca_sql(&other, &error, ca_sql_last_entry, "");
    if (ca_sql_row(&other, last, &code, &error))
        (void)ca_sql_number(s, &error, 0, &known, ca_sql_count_entry, "it",
                            ca_sql_integer(last, 0), ca_sql_word(last, 1));
    ca_sqlite_disconnect(&other);
    return known == 1;
}

/* A backup takes the place of an earlier one of the same store, and of nothing else. */
static enum ca_code may_replace(struct ca_tables *s, const char *path, struct ca_error *error)
{
    struct stat status;

    if (same_file(path, s->path))
        return ca_fail(error, CA_ERROR_USAGE, "'%s' is the store itself", path);
    if (in_use(path))
        return ca_fail(error, CA_ERROR_USAGE,
                       "'%s' is a store that is in use; choose another name", path);
    if (stat(path, &status) != 0 || !S_ISREG(status.st_mode) || status.st_size == 0 ||
        is_earlier(s, path))
        return CA_OK;
    return ca_fail(error, CA_ERROR_USAGE,
                   "'%s' is not written over: it is no earlier backup of this store. Choose "
                   "another name, or remove it first",
                   path);
}

/* The copy needs no journal on the disk: until it is whole it has no name. */
static enum ca_code copy_to(struct ca_tables *s, const struct ca_nameless *file,
                            const char *path, struct ca_error *error)
{
    struct ca_tables copy = {.path = (char *)path};
    sqlite3_backup *backup = NULL;
    enum ca_code code = ca_sqlite_connect(&copy, file->way, SQLITE_OPEN_READWRITE, "", error);
    int result = SQLITE_OK;

    if (code == CA_OK)
        code = ca_sql_script(&copy, "PRAGMA journal_mode = MEMORY; PRAGMA synchronous = OFF",
                             error);
    if (code == CA_OK)
        backup = sqlite3_backup_init(copy.db, "main", s->db, "main");
    if (backup != NULL) {
        result = sqlite3_backup_step(backup, -1);
        sqlite3_backup_finish(backup);
    }
    if (code == CA_OK && (backup == NULL || result != SQLITE_DONE))
        code = ca_fail(error, CA_ERROR_STORE, "cannot write the backup '%s': %s", path,
                       sqlite3_errmsg(copy.db));
    ca_sqlite_disconnect(&copy);
    if (code == CA_OK && !ca_sqlite_use_log(file->fd))
        code = ca_fail(error, CA_ERROR_STORE, "cannot write the backup '%s': %s", path,
                       ca_reason(errno));
    return code;
}

enum ca_code ca_sqlite_backup(struct ca_store *store, const char *path, struct ca_head *head,
                              struct ca_error *error)
{
    struct ca_tables *s = ca_tables_of(store);
    enum ca_code code = may_replace(s, path, error);
    struct ca_nameless file;

    if (code != CA_OK)
        return code;
    file = ca_nameless_open(path);
    if (file.fd < 0)
        return ca_fail(error, CA_ERROR_STORE, "cannot write the backup '%s': %s", path,
                       ca_reason(errno));
    code = ca_tables_begin_reading(store, error);
    if (code == CA_OK)
        code = ca_tables_head(store, head, error);
    if (code == CA_OK)
        code = copy_to(s, &file, path, error);
    ca_tables_end_reading(store);
    if (code != CA_OK)
        ca_nameless_close(&file);
    else if (!ca_nameless_name(&file, path, true))
        code = ca_fail(error, CA_ERROR_STORE, "cannot write the backup '%s': %s", path,
                       ca_reason(errno));
    else
        ca_sqlite_forget_head(path); /* of what was there before */
    return code;
}
