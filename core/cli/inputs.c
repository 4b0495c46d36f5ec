#include "core/cli/inputs.h"

#include <dirent.h>
#include <errno.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>

#include "core/base/arena.h"
#include "core/base/file.h"

enum { LIST_LIMIT = 64 * 1024 * 1024 };

static void add(struct ca_inputs *inputs, const char *path)
{
    if (inputs->count == inputs->capacity) {
        inputs->capacity = inputs->capacity ? 2 * inputs->capacity : 64;
        inputs->paths = ca_xrealloc(inputs->paths, inputs->capacity, sizeof *inputs->paths);
    }
    inputs->paths[inputs->count++] = ca_xstrdup(path);
}

/* ---- folders ---- */

static bool is_folder(const char *path)
{
    struct stat status;

    return stat(path, &status) == 0 && S_ISDIR(status.st_mode);
}

static bool is_xml(const char *name)
{
    size_t length = strlen(name);

    return length > 4 && strcmp(name + length - 4, ".xml") == 0;
}

static char *joined(const char *folder, const char *name)
{
    size_t length = strlen(folder);
    char *path = ca_xcalloc(length + strlen(name) + 2, 1);

    sprintf(path, "%s%s%s", folder, length > 0 && folder[length - 1] == '/' ? "" : "/", name);
    return path;
}

static void walk(struct ca_inputs *inputs, const char *folder)
{
    DIR *stream = opendir(folder);
    struct dirent *entry;

    if (stream == NULL) {
        ca_complain("cannot read the folder '%s': %s", folder, strerror(errno));
        inputs->failures++;
        return;
    }
    while ((entry = readdir(stream)) != NULL) {
        struct stat status;
        if (entry->d_name[0] == '.')
            continue; /* hidden, and the folder itself */
        char *path = joined(folder, entry->d_name);
        /* Links to folders are not followed, so that no walk runs in circles. */
        if (lstat(path, &status) == 0 && S_ISDIR(status.st_mode))
            walk(inputs, path);
        else if (is_xml(entry->d_name))
            add(inputs, path);
        free(path);
    }
    closedir(stream);
}

static int by_bytes(const void *a, const void *b)
{
    return strcmp(*(char *const *)a, *(char *const *)b);
}

static void add_folder(struct ca_inputs *inputs, const char *folder)
{
    size_t first = inputs->count, failures = inputs->failures;

    walk(inputs, folder);
    if (inputs->count == first && inputs->failures == failures) {
        ca_complain("there is no return (*.xml) in the folder '%s'", folder);
        inputs->failures++;
    }
    if (inputs->count > first)
        qsort(inputs->paths + first, inputs->count - first, sizeof *inputs->paths, by_bytes);
}

static void add_operand(struct ca_inputs *inputs, const char *operand)
{
    if (strcmp(operand, "-") != 0 && is_folder(operand))
        add_folder(inputs, operand);
    else
        add(inputs, operand);
}

/* ---- lists ---- */

static bool add_list(struct ca_inputs *inputs, const char *list)
{
    struct ca_buffer bytes = {0};
    struct ca_error error;

    if (ca_file_read(list, LIST_LIMIT, &bytes, &error) != CA_OK) {
        ca_complain("cannot read the list of files: %s", error.message);
        ca_buffer_free(&bytes);
        return false;
    }
    for (char *line = strtok(bytes.data, "\r\n"); line != NULL; line = strtok(NULL, "\r\n"))
        add_operand(inputs, line);
    ca_buffer_free(&bytes);
    return true;
}

bool ca_inputs_gather(struct ca_inputs *inputs, const struct ca_args *args)
{
    const char *list;

    *inputs = (struct ca_inputs){0};
    for (size_t i = 0; i < args->operand_count; i++)
        add_operand(inputs, args->operands[i]);
    for (size_t i = 0; (list = ca_args_nth(args, "files-from", i)) != NULL; i++)
        if (!add_list(inputs, list))
            return false;
    return true;
}

void ca_inputs_free(struct ca_inputs *inputs)
{
    for (size_t i = 0; i < inputs->count; i++)
        free(inputs->paths[i]);
    free(inputs->paths);
    *inputs = (struct ca_inputs){0};
}
