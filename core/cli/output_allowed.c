/* What an output must not be written over. */
#include <stdlib.h>
#include <string.h>
#include <strings.h>
#include <sys/stat.h>
#include <unistd.h>

#include "core/base/arena.h"
#include "core/base/buffer.h"
#include "core/base/file.h"
#include "core/cli/inputs.h"
#include "core/cli/output.h"

enum { HEAD_BYTES = 4096 };

/* Where the output is to go. */
struct place {
    const char *path, *name; /* name: what follows the last slash */
    const char *real;        /* where links lead */
    bool there;              /* a regular file is there already */
    struct stat status;      /* of that */
};

static const char *name_in(const char *path)
{
    const char *slash = strrchr(path, '/');

    return slash != NULL ? slash + 1 : path;
}

/* The folder that path's last name is in, to be freed. */
static char *folder_of(const char *path)
{
    const char *name = name_in(path);
    char *folder = ca_xstrdup(name == path ? "." : path);

    if (name > path)
        folder[name - path - (name > path + 1)] = '\0';
    return folder;
}

static bool same_file(const struct stat *a, const struct stat *b)
{
    return a->st_dev == b->st_dev && a->st_ino == b->st_ino;
}

/* ---- what the command reads ---- */

static bool same_folder(const char *a, const char *b)
{
    char *one = folder_of(a), *other = folder_of(b);
    struct stat first, second;
    bool same =
        strcmp(one, other) == 0 ||
        (stat(one, &first) == 0 && stat(other, &second) == 0 && same_file(&first, &second));

    free(one);
    free(other);
    return same;
}

static enum ca_code refuse_read(const struct place *place, const char *path,
                                struct ca_error *error)
{
    struct stat status;

    if (place->there && stat(path, &status) == 0 && same_file(&status, &place->status))
        return ca_fail(error, CA_ERROR_USAGE,
                       "'%s' is not written over: this command reads it%s%s%s. Name another "
                       "file with -o",
                       place->path, strcmp(place->path, path) != 0 ? ", as '" : "",
                       strcmp(place->path, path) != 0 ? path : "",
                       strcmp(place->path, path) != 0 ? "'" : "");
    if (strcasecmp(name_in(path), place->name) != 0 || !same_folder(path, place->path) ||
        stat(path, &status) != 0)
        return CA_OK;
    return ca_fail(error, CA_ERROR_USAGE,
                   "'%s' is not written: it differs only in capitals from '%s', which this "
                   "command reads, and on many drives the two are one file. Name another file "
                   "with -o",
                   place->path, path);
}

static enum ca_code look_at_inputs(const struct place *place, const struct ca_args *args,
                                   const struct ca_inputs *inputs, struct ca_error *error)
{
    enum ca_code code = CA_OK;

    for (size_t i = 0; code == CA_OK && args != NULL && i < args->operand_count; i++)
        code = refuse_read(place, args->operands[i], error);
    for (size_t i = 0; code == CA_OK && args != NULL && i < args->option_count; i++) {
        const struct ca_given_option *option = &args->options[i];
        if (option->value != NULL && strcmp(option->row->name, "output") != 0)
            code = refuse_read(place, option->value, error);
    }
    for (size_t i = 0; code == CA_OK && inputs != NULL && i < inputs->count; i++)
        code = refuse_read(place, inputs->paths[i], error);
    return code;
}

/* ---- what belongs to a store ---- */

static bool begins(const char *text, const char *with)
{
    return strncasecmp(text, with, strlen(with)) == 0;
}

static bool is_database(const char *path)
{
    char head[HEAD_BYTES];

    ca_file_head(path, head, sizeof head);
    return begins(head, "SQLite format 3");
}

/* What was written last, and the head that was noted last, are in files beside the store. */
static bool is_journal(const struct place *place)
{
    static const struct {
        const char *end, *of_store;
    } ends[] = {{"-wal", ""}, {"-shm", ""}, {"-journal", ""}, {".head", ".db"}, {".head", ""}};
    size_t length = strlen(place->real);
    bool found = false;

    for (size_t i = 0; !found && i < sizeof ends / sizeof *ends; i++) {
        size_t end = strlen(ends[i].end);
        struct ca_buffer store = {0};
        if (length <= end || strcasecmp(place->real + length - end, ends[i].end) != 0)
            continue;
        ca_buffer_add(&store, place->real, length - end);
        ca_buffer_puts(&store, ends[i].of_store);
        found = is_database(store.data);
        ca_buffer_free(&store);
    }
    return found;
}

static bool in_folder(const char *folder, const char *name)
{
    struct ca_buffer path = {0};
    struct stat status;
    bool there;

    ca_buffer_printf(&path, "%s/%s", folder, name);
    there = stat(path.data, &status) == 0;
    ca_buffer_free(&path);
    return there;
}

/* changes.ndjson and what lies beside it, and in documents/ below. */
static bool is_of_export(const struct place *place)
{
    char *folder = folder_of(place->real);
    bool found =
        in_folder(folder, "changes.ndjson") ||
        (strcmp(name_in(folder), "documents") == 0 && in_folder(folder, "../changes.ndjson"));

    free(folder);
    return found;
}

static enum ca_code look_at_store(const struct place *place, unsigned kind,
                                  struct ca_error *error)
{
    const char *what = NULL;

    if (place->there && (kind & CA_OUTPUT_STORE) == 0 && is_database(place->path))
        what = "it is a store";
    else if (is_journal(place))
        what = "it belongs to the store beside it";
    else if (place->there && is_of_export(place))
        what = "it belongs to the export of a store";
    if (what == NULL)
        return CA_OK;
    return ca_fail(error, CA_ERROR_USAGE, "'%s' is not written over: %s. Name another file%s",
                   place->path, what, (kind & CA_OUTPUT_STORE) == 0 ? " with -o" : "");
}

/* ---- what people made ---- */

static const char *made_by_people(const char *head)
{
    static const struct {
        const char *sign, *what;
    } kinds[] = {{"urn:caseaudit:template:", "a template"},
                 {"urn:caseaudit:return:", "a return"},
                 {"urn:caseaudit:mapping:", "a mapping"},
                 {"<svg", "a picture"}};

    if (begins(head, "\177ELF"))
        return "a program";
    if (strncmp(head, "\xEF\xBB\xBF", 3) == 0)
        head += 3;
    head += strspn(head, " \t\r\n");
    if (begins(head, "<!doctype html") || begins(head, "<html") ||
        begins(head, "caseaudit partial "))
        return NULL;
    for (size_t i = 0; i < sizeof kinds / sizeof *kinds; i++)
        if (strstr(head, kinds[i].sign) != NULL)
            return kinds[i].what;
    return NULL;
}

static enum ca_code look_at_content(const struct place *place, struct ca_error *error)
{
    char head[HEAD_BYTES];
    const char *what;

    ca_file_head(place->path, head, sizeof head);
    what = made_by_people(head);
    if (what == NULL)
        return CA_OK;
    return ca_fail(error, CA_ERROR_USAGE,
                   "'%s' is not written over: %s is in it, and something else was to take its "
                   "place. Name another file with -o, or remove it first",
                   place->path, what);
}

static enum ca_code look_at_place(const struct place *place, const struct ca_args *args,
                                  const struct ca_inputs *inputs, unsigned kind,
                                  struct ca_error *error)
{
    enum ca_code code = look_at_inputs(place, args, inputs, error);

    if (code == CA_OK)
        code = look_at_store(place, kind, error);
    if (code == CA_OK && place->there && (kind & (CA_OUTPUT_DOCUMENT | CA_OUTPUT_STORE)) == 0)
        code = look_at_content(place, error);
    return code;
}

enum ca_code ca_output_stdout_allowed(const struct ca_args *args,
                                      const struct ca_inputs *inputs, struct ca_error *error)
{
    struct place place = {.there = true};
    enum ca_code code = CA_OK;
    char *real;

    /* What the shell has emptied already has nothing left to lose. */
    if (fstat(STDOUT_FILENO, &place.status) != 0 || !S_ISREG(place.status.st_mode) ||
        place.status.st_size == 0 || (real = realpath("/proc/self/fd/1", NULL)) == NULL)
        return CA_OK;
    place.path = place.real = real;
    place.name = name_in(real);
    code = look_at_inputs(&place, args, inputs, error);
    if (code == CA_OK)
        code = look_at_store(&place, 0, error);
    free(real);
    return code;
}

enum ca_code ca_output_allowed(const char *path, const struct ca_args *args,
                               const struct ca_inputs *inputs, unsigned kind,
                               struct ca_error *error)
{
    char *real = realpath(path, NULL);
    struct place place = {path, name_in(path), real != NULL ? real : path, false, {0}};
    enum ca_code code = CA_OK;

    place.there = stat(path, &place.status) == 0;
    /* A device takes what is written; a folder is refused by whoever opens it. */
    if (!place.there || S_ISREG(place.status.st_mode))
        code = look_at_place(&place, args, inputs, kind, error);
    free(real);
    return code;
}
