#include "core/cli/cli.h"

#include <errno.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "core/base/arena.h"

static void forget(struct ca_output *output)
{
    free(output->path);
    free(output->temporary);
    *output = (struct ca_output){0};
}

enum ca_code ca_output_open(struct ca_output *output, const char *path, struct ca_error *error)
{
    int descriptor;

    *output = (struct ca_output){.stream = stdout};
    if (path == NULL || strcmp(path, "-") == 0)
        return CA_OK;
    output->path = ca_xstrdup(path);
    output->temporary = ca_xcalloc(strlen(path) + sizeof ".XXXXXX", 1);
    sprintf(output->temporary, "%s.XXXXXX", path);
    descriptor = mkstemp(output->temporary);
    output->stream = descriptor < 0 ? NULL : fdopen(descriptor, "w");
    if (output->stream == NULL) {
        ca_fail(error, CA_ERROR_IO, "cannot write '%s': %s", path, strerror(errno));
        forget(output);
        return CA_ERROR_IO;
    }
    return CA_OK;
}

/* The permissions a new file would have had. */
static void give_usual_mode(int descriptor)
{
    mode_t mask = umask(0);

    umask(mask);
    fchmod(descriptor, 0666 & ~mask);
}

static bool put_in_place(struct ca_output *output)
{
    int descriptor = fileno(output->stream);
    bool good = fflush(output->stream) == 0 && !ferror(output->stream);

    give_usual_mode(descriptor);
    good = good && fsync(descriptor) == 0;
    good = fclose(output->stream) == 0 && good;
    return good && rename(output->temporary, output->path) == 0;
}

enum ca_code ca_output_close(struct ca_output *output, bool keep, struct ca_error *error)
{
    enum ca_code code = CA_OK;

    if (output->path == NULL)
        return CA_OK;
    if (!keep) {
        fclose(output->stream);
        unlink(output->temporary);
    } else if (!put_in_place(output)) {
        code =
            ca_fail(error, CA_ERROR_IO, "cannot write '%s': %s", output->path, strerror(errno));
        unlink(output->temporary);
    }
    forget(output);
    return code;
}
