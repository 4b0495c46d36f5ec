/* The returns of a folder, and what else is there. */
#include <dirent.h>
#include <errno.h>
#include <stdlib.h>
#include <string.h>
#include <strings.h>
#include <sys/stat.h>

#include "core/base/array.h"
#include "core/base/buffer.h"
#include "core/base/file.h"
#include "core/cli/inputs.h"

enum { KIND_BYTES = 32 };

struct passed {
    char kind[KIND_BYTES]; /* "*.csv", "hidden" */
    size_t count;
};

struct walk {
    struct ca_inputs *inputs;
    const struct ca_cli *cli;
    struct ca_inputs folders; /* yet to be looked into: depth costs neither stack nor files */
    struct passed *passed;
    size_t passed_count;
};

bool ca_is_xml(const char *name)
{
    size_t length = strlen(name);

    return length > 4 && strcasecmp(name + length - 4, ".xml") == 0;
}

static void complain_of_folder(struct ca_inputs *inputs, const char *folder, int why)
{
    ca_complain_of(folder, "cannot read this folder: %s", ca_reason(why));
    inputs->failures++;
}

/* ---- what is passed over ---- */

static void count_passed(struct walk *walk, const char *kind)
{
    struct passed *passed = walk->passed;

    for (; passed < CA_END(walk->passed, walk->passed_count); passed++)
        if (strcmp(passed->kind, kind) == 0) {
            passed->count++;
            return;
        }
    passed = CA_APPEND(walk->passed, walk->passed_count);
    snprintf(passed->kind, sizeof passed->kind, "%s", kind);
    passed->count = 1;
}

/* A return under a name that is no return's: a copy that an editor or a mail program made,
 * or one whose ending got lost. */
static void warn_of_return(const struct walk *walk, const char *path, const char *name)
{
    char head[4096];

    ca_file_head(path, head, sizeof head);
    if (strstr(head, "urn:caseaudit:return:") == NULL || strstr(head, "<!DOCTYPE html") != NULL)
        return;
    ca_remark(walk->cli,
              "%s:1:1: warning: this looks like a return, and is passed over because its name "
              "%s; if it counts, rename it or name it on the command line",
              path, name[0] == '.' ? "begins with a dot" : "does not end in .xml");
}

static void pass_over(struct walk *walk, const char *path, const char *name)
{
    const char *dot = strrchr(name, '.');
    char kind[KIND_BYTES];
    struct stat status;

    if (stat(path, &status) != 0 || (!S_ISREG(status.st_mode) && !S_ISDIR(status.st_mode))) {
        count_passed(walk, "neither file nor folder");
        return;
    }
    if (name[0] == '.')
        count_passed(walk, S_ISDIR(status.st_mode) ? "hidden folder" : "hidden file");
    else if (S_ISDIR(status.st_mode))
        count_passed(walk, "link to a folder");
    else if (dot == NULL || dot[1] == '\0' || strlen(dot) + 1 >= sizeof kind)
        count_passed(walk, "without an ending");
    else {
        snprintf(kind, sizeof kind, "*%s", dot);
        for (char *c = kind; *c != '\0'; c++)
            if (*c >= 'A' && *c <= 'Z')
                *c = (char)(*c - 'A' + 'a');
        count_passed(walk, kind);
    }
    if (S_ISREG(status.st_mode))
        warn_of_return(walk, path, name);
}

static int by_count(const void *a, const void *b)
{
    const struct passed *one = a, *other = b;

    if (one->count != other->count)
        return one->count < other->count ? 1 : -1;
    return strcmp(one->kind, other->kind);
}

static void tell_passed(const struct walk *walk, const char *folder, size_t taken)
{
    struct ca_buffer list = {0};

    if (!walk->cli->verbose)
        return;
    ca_buffer_clear(&list);
    if (walk->passed_count > 0)
        qsort(walk->passed, walk->passed_count, sizeof *walk->passed, by_count);
    for (size_t i = 0; i < walk->passed_count; i++)
        ca_buffer_printf(&list, "%s%zu %s", i > 0 ? ", " : "", walk->passed[i].count,
                         walk->passed[i].kind);
    ca_remark(walk->cli, "%s: %zu file%s *.xml to read; passed over: %s", folder, taken,
              taken == 1 ? "" : "s", list.length > 0 ? list.data : "nothing");
    ca_buffer_free(&list);
}

/* ---- walking ---- */

static char *joined(const char *folder, const char *name)
{
    size_t length = strlen(folder);
    char *path = ca_xcalloc(length + strlen(name) + 2, 1);

    sprintf(path, "%s%s%s", folder, length > 0 && folder[length - 1] == '/' ? "" : "/", name);
    return path;
}

/* Links to folders are not followed, so that no walk runs in circles. */
static void take_entry(struct walk *walk, const char *path, const struct dirent *entry)
{
    bool unknown = entry->d_type == DT_UNKNOWN; /* some file systems do not tell */
    struct stat status;

    if (entry->d_name[0] == '.')
        pass_over(walk, path, entry->d_name);
    else if (entry->d_type == DT_DIR ||
             (unknown && lstat(path, &status) == 0 && S_ISDIR(status.st_mode)))
        ca_inputs_add(&walk->folders, path);
    else if (ca_is_xml(entry->d_name))
        ca_inputs_add(walk->inputs, path);
    else if (unknown && lstat(path, &status) != 0 && errno != ENOENT) /* it may be one */
        complain_of_folder(walk->inputs, path, errno);
    else
        pass_over(walk, path, entry->d_name);
}

/* False if the folder cannot be read. */
static bool look_into(struct walk *walk, const char *folder)
{
    DIR *stream = opendir(folder);
    struct dirent *entry;

    if (stream == NULL)
        return false;
    while ((errno = 0, entry = readdir(stream)) != NULL) {
        if (strcmp(entry->d_name, ".") == 0 || strcmp(entry->d_name, "..") == 0)
            continue;
        char *path = joined(folder, entry->d_name);
        take_entry(walk, path, entry);
        free(path);
    }
    int why = errno;
    closedir(stream);
    errno = why;
    return why == 0;
}

static int by_bytes(const void *a, const void *b)
{
    return strcmp(*(char *const *)a, *(char *const *)b);
}

void ca_inputs_add_folder(struct ca_inputs *inputs, const struct ca_cli *cli,
                          const char *folder)
{
    struct walk walk = {.inputs = inputs, .cli = cli};
    size_t first = inputs->count, failures = inputs->failures;

    ca_inputs_add(&walk.folders, folder);
    for (size_t i = 0; i < walk.folders.count; i++)
        if (!look_into(&walk, walk.folders.paths[i]))
            complain_of_folder(inputs, walk.folders.paths[i], errno);
    if (inputs->count == first && inputs->failures == failures) {
        ca_complain_of(folder, "there is no return in this folder: no file *.xml, here or in "
                               "the folders below");
        inputs->failures++;
    }
    if (inputs->count > first)
        qsort(inputs->paths + first, inputs->count - first, sizeof *inputs->paths, by_bytes);
    tell_passed(&walk, folder, inputs->count - first);
    ca_inputs_free(&walk.folders);
    free(walk.passed);
}
