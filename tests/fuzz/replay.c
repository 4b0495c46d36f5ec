/* Hands a target the files that it is given, and those in the folders, one by one: what was
 * found once stays mended. */
#include <dirent.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>

#include "core/base/file.h"
#include "tests/fuzz/fuzz.h"

enum { LARGEST = 64 * 1024 * 1024 };

static void replay_file(const char *path)
{
    struct ca_buffer bytes = {0};
    struct ca_error error;
    uint8_t *exact;

    if (ca_file_read(path, LARGEST, &bytes, &error) != CA_OK) {
        fprintf(stderr, "%s\n", error.message);
        exit(2);
    }
    /* Of its own size, so that what reads beyond its end is seen. */
    exact = ca_xcalloc(bytes.length + (bytes.length == 0), 1);
    if (bytes.length > 0)
        memcpy(exact, bytes.data, bytes.length);
    fprintf(stderr, "%s\n", path);
    LLVMFuzzerTestOneInput(exact, bytes.length);
    free(exact);
    ca_buffer_free(&bytes);
}

static void replay_folder(const char *path)
{
    struct dirent **entries;
    int count = scandir(path, &entries, NULL, alphasort);

    for (int i = 0; i < count; i++) {
        char *file = NULL;
        if (entries[i]->d_name[0] != '.' &&
            asprintf(&file, "%s/%s", path, entries[i]->d_name) >= 0)
            replay_file(file);
        free(file);
        free(entries[i]);
    }
    free(entries);
}

int main(int argc, char **argv)
{
    struct stat status;

    for (int i = 1; i < argc; i++) {
        if (stat(argv[i], &status) != 0) {
            perror(argv[i]);
            return 2;
        }
        if (S_ISDIR(status.st_mode))
            replay_folder(argv[i]);
        else
            replay_file(argv[i]);
    }
    return 0;
}
