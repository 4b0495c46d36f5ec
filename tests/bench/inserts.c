/*
 * The plainest way of putting the same rows into the same tables: one prepared INSERT a
 * table, one transaction, the store's own settings of durability.
 *
 *   inserts dump STORE ROWS    the tables of a store and all that is in them, into a file
 *   inserts load ROWS STORE    a new database with these tables and rows
 *
 * Values are bound where they lie in the mapped file: nothing is copied or converted on
 * the way. Tables and columns are those of the store, whatever they are.
 */
#include <fcntl.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/stat.h>
#include <unistd.h>

#include <sqlite3.h>

/*
 * The file: texts and numbers as they lie in memory.
 *   statements that make tables, indexes and views: length, text; the last is empty
 *   tables: length, name, columns, then rows: 1 and the values, 0 after the last row;
 *   the last table has an empty name
 * A value is its type, then a number, or length and bytes.
 */

static void fail(const char *what, sqlite3 *db)
{
    fprintf(stderr, "inserts: %s%s%s\n", what, db != NULL ? ": " : "",
            db != NULL ? sqlite3_errmsg(db) : "");
    exit(1);
}

static sqlite3 *open_database(const char *path, int flags)
{
    sqlite3 *db = NULL;

    if (sqlite3_open_v2(path, &db, flags | SQLITE_OPEN_NOMUTEX, NULL) != SQLITE_OK)
        fail(path, db);
    return db;
}

static sqlite3_stmt *prepare(sqlite3 *db, const char *sql)
{
    sqlite3_stmt *statement = NULL;

    if (sqlite3_prepare_v2(db, sql, -1, &statement, NULL) != SQLITE_OK)
        fail(sql, db);
    return statement;
}

static void run(sqlite3 *db, const char *sql)
{
    if (sqlite3_exec(db, sql, NULL, NULL, NULL) != SQLITE_OK)
        fail(sql, db);
}

/* ---- dump ---- */

static void put(FILE *out, const void *bytes, size_t length)
{
    if (length > 0 && fwrite(bytes, length, 1, out) != 1)
        fail("the file cannot be written", NULL);
}

static void put_number(FILE *out, int64_t number)
{
    put(out, &number, sizeof number);
}

static void put_bytes(FILE *out, const void *bytes, int length)
{
    put_number(out, length);
    put(out, bytes, (size_t)length);
}

static void put_text(FILE *out, const char *text)
{
    put_bytes(out, text, (int)strlen(text));
}

static void put_value(FILE *out, sqlite3_stmt *row, int column, sqlite3 *db)
{
    int type = sqlite3_column_type(row, column);

    put_number(out, type);
    switch (type) {
    case SQLITE_INTEGER: put_number(out, sqlite3_column_int64(row, column)); break;
    case SQLITE_TEXT:
    case SQLITE_BLOB: {
        const void *bytes = sqlite3_column_blob(row, column);
        put_bytes(out, bytes, sqlite3_column_bytes(row, column));
        break;
    }
    case SQLITE_NULL: break;
    default: fail("the store holds a floating-point number", db);
    }
}

static void dump_table(FILE *out, sqlite3 *db, const char *name)
{
    char *sql = sqlite3_mprintf("SELECT * FROM \"%w\"", name);
    sqlite3_stmt *row = prepare(db, sql);
    int columns = sqlite3_column_count(row), step;

    put_text(out, name);
    put_number(out, columns);
    while ((step = sqlite3_step(row)) == SQLITE_ROW) {
        put_number(out, 1);
        for (int i = 0; i < columns; i++)
            put_value(out, row, i, db);
    }
    if (step != SQLITE_DONE)
        fail(name, db);
    put_number(out, 0);
    sqlite3_finalize(row);
    sqlite3_free(sql);
}

static void dump(const char *store, const char *path)
{
    sqlite3 *db = open_database(store, SQLITE_OPEN_READONLY);
    FILE *out = fopen(path, "we");
    sqlite3_stmt *row;

    if (out == NULL)
        fail(path, NULL);
    row = prepare(db, "SELECT sql FROM sqlite_schema WHERE sql IS NOT NULL ORDER BY rowid");
    while (sqlite3_step(row) == SQLITE_ROW)
        put_text(out, (const char *)sqlite3_column_text(row, 0));
    put_text(out, "");
    sqlite3_finalize(row);
    row = prepare(db, "SELECT name FROM sqlite_schema WHERE type = 'table' ORDER BY rowid");
    while (sqlite3_step(row) == SQLITE_ROW)
        dump_table(out, db, (const char *)sqlite3_column_text(row, 0));
    put_text(out, "");
    sqlite3_finalize(row);
    sqlite3_close(db);
    if (fclose(out) != 0)
        fail(path, NULL);
}

/* ---- load ---- */

static int64_t take_number(const char **at)
{
    int64_t number;

    memcpy(&number, *at, sizeof number);
    *at += sizeof number;
    return number;
}

static const char *take_bytes(const char **at, int *length)
{
    const char *bytes;

    *length = (int)take_number(at);
    bytes = *at;
    *at += *length;
    return bytes;
}

static char *take_text(const char **at)
{
    int length;
    const char *text = take_bytes(at, &length);

    return sqlite3_mprintf("%.*s", length, text);
}

static void bind_value(sqlite3_stmt *insert, int place, const char **at)
{
    int type = (int)take_number(at), length;
    const char *bytes;

    switch (type) {
    case SQLITE_INTEGER: sqlite3_bind_int64(insert, place, take_number(at)); break;
    case SQLITE_TEXT:
        bytes = take_bytes(at, &length);
        sqlite3_bind_text(insert, place, bytes, length, SQLITE_STATIC);
        break;
    case SQLITE_BLOB:
        bytes = take_bytes(at, &length);
        sqlite3_bind_blob(insert, place, bytes, length, SQLITE_STATIC);
        break;
    default: sqlite3_bind_null(insert, place);
    }
}

static sqlite3_stmt *prepare_insert(sqlite3 *db, const char *name, int columns)
{
    char *sql = sqlite3_mprintf("INSERT INTO \"%w\" VALUES (?", name);
    sqlite3_stmt *insert;

    for (int i = 1; i < columns; i++) {
        char *longer = sqlite3_mprintf("%s, ?", sql);
        sqlite3_free(sql);
        sql = longer;
    }
    char *whole = sqlite3_mprintf("%s)", sql);
    insert = prepare(db, whole);
    sqlite3_free(whole);
    sqlite3_free(sql);
    return insert;
}

static int64_t load_table(sqlite3 *db, const char *name, const char **at)
{
    int columns = (int)take_number(at);
    sqlite3_stmt *insert = prepare_insert(db, name, columns);
    int64_t rows = 0;

    for (; take_number(at) != 0; rows++) {
        for (int i = 1; i <= columns; i++)
            bind_value(insert, i, at);
        if (sqlite3_step(insert) != SQLITE_DONE)
            fail(name, db);
        sqlite3_reset(insert);
    }
    sqlite3_finalize(insert);
    return rows;
}

static int64_t load_all(sqlite3 *db, const char *at)
{
    int64_t rows = 0;
    char *text;

    for (text = take_text(&at); *text != '\0'; text = take_text(&at)) {
        run(db, text);
        sqlite3_free(text);
    }
    sqlite3_free(text);
    for (text = take_text(&at); *text != '\0'; text = take_text(&at)) {
        rows += load_table(db, text, &at);
        sqlite3_free(text);
    }
    sqlite3_free(text);
    return rows;
}

/* As core/store/sqlite_open.c sets them. */
static const char settings[] = "PRAGMA page_size = 8192;"
                               "PRAGMA journal_mode = WAL;"
                               "PRAGMA synchronous = FULL;"
                               "PRAGMA cache_size = -65536;"
                               "PRAGMA temp_store = MEMORY;"
                               "PRAGMA cell_size_check = ON";

static void load(const char *path, const char *store)
{
    int file = open(path, O_RDONLY | O_CLOEXEC);
    struct stat status;
    char *rows;
    sqlite3 *db;

    if (file < 0 || fstat(file, &status) != 0)
        fail(path, NULL);
    rows = mmap(NULL, (size_t)status.st_size, PROT_READ, MAP_PRIVATE, file, 0);
    if (rows == MAP_FAILED)
        fail(path, NULL);
    close(file);
    db = open_database(store, SQLITE_OPEN_READWRITE | SQLITE_OPEN_CREATE);
    run(db, settings);
    run(db, "BEGIN");
    printf("%lld rows\n", (long long)load_all(db, rows));
    run(db, "COMMIT");
    if (sqlite3_close(db) != SQLITE_OK)
        fail(store, db);
    munmap(rows, (size_t)status.st_size);
}

int main(int count, char **arguments)
{
    if (count == 4 && strcmp(arguments[1], "dump") == 0) {
        dump(arguments[2], arguments[3]);
    } else if (count == 4 && strcmp(arguments[1], "load") == 0) {
        load(arguments[2], arguments[3]);
    } else {
        fprintf(stderr, "usage: inserts dump STORE ROWS | inserts load ROWS STORE\n");
        return 2;
    }
    return 0;
}
