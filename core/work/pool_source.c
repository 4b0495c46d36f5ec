/* Documents on their way in: fetched from the caller's source, opened for a worker. */
#include <fcntl.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <unistd.h>

#include "core/base/file.h"
#include "core/work/pool_private.h"

/* Above this, a buffer is given back rather than kept for the next document. */
enum { KEEP_BYTES = 64 * 1024 };

static void empty(struct ca_buffer *buffer)
{
    if (buffer->capacity > KEEP_BYTES)
        ca_buffer_free(buffer);
    else
        buffer->length = 0;
}

void ca_pool_forget(struct ca_pool_item *item)
{
    free(item->name);
    free(item->why);
    if (item->memory >= 0)
        (void)close(item->memory);
    empty(&item->said);
    empty(&item->made);
    *item = (struct ca_pool_item){.memory = -1, .said = item->said, .made = item->made};
}

/* ---- rejecting without a worker ---- */

static void make_rejection(struct ca_pool *pool, uint64_t index, struct ca_scored *scored)
{
    struct ca_pool_item *item = ca_pool_item(pool, index);
    struct ca_pool_made made = {.said = &item->said, .made = &item->made};

    ca_buffer_clear(&item->said);
    ca_buffer_clear(&item->made);
    pool->options->make(pool->options->context, scored, &made);
    item->refused = true;
    item->immediate = 0;
    item->state = CA_POOL_FINISHED;
    ca_arena_reset(pool->arena);
}

void ca_pool_reject(struct ca_pool *pool, uint64_t index, const char *return_id,
                    enum ca_fault fault, const char *text)
{
    struct ca_scored scored = {.file = ca_pool_item(pool, index)->name,
                               .return_id = return_id[0] != '\0' ? return_id : NULL};

    ca_diags_init(&scored.diags, pool->arena);
    ca_diags_add(&scored.diags, CA_ERROR, fault, 1, 1, NULL, "%s", text);
    make_rejection(pool, index, &scored);
}

/* ---- opening ---- */

/* Bytes as a file without a name. */
static int file_of(const char *bytes, size_t length)
{
    int descriptor = memfd_create("return", MFD_CLOEXEC);

    while (descriptor >= 0 && length > 0) {
        ssize_t written = write(descriptor, bytes, length);
        if (written <= 0) {
            (void)close(descriptor);
            descriptor = -1;
        } else {
            bytes += written;
            length -= (size_t)written;
        }
    }
    return descriptor;
}

/* Standard input is read here: it may come slowly, which is nobody's fault. */
static enum ca_code read_standard_input(struct ca_pool_item *item, struct ca_error *error)
{
    struct ca_buffer bytes = {0};
    enum ca_code code = ca_file_read("-", ca_xml_return_limits.bytes, &bytes, error);

    if (code == CA_OK && (item->memory = file_of(bytes.data, bytes.length)) < 0)
        code = ca_fail(error, CA_ERROR_IO, "cannot keep standard input in memory");
    ca_buffer_free(&bytes);
    return code;
}

bool ca_pool_pull(struct ca_pool *pool)
{
    struct ca_pool_document document = {0};
    struct ca_pool_item *item = ca_pool_item(pool, pool->pulled);

    if (pool->exhausted || pool->stopped ||
        !pool->options->next(pool->options->context, &document)) {
        pool->exhausted = true;
        return false;
    }
    item->name = ca_xstrdup(document.name);
    item->memory = document.bytes != NULL ? file_of(document.bytes, document.length) : -1;
    item->state = CA_POOL_WAITING;
    pool->pulled++;
    if (document.bytes != NULL && item->memory < 0)
        ca_pool_reject(pool, pool->pulled - 1, "", CA_FAULT_FILE,
                       "the document cannot be kept in memory");
    return true;
}

int ca_pool_open(struct ca_pool *pool, uint64_t index, size_t *size)
{
    struct ca_pool_item *item = ca_pool_item(pool, index);
    struct ca_error error;
    enum ca_code code = CA_OK;
    int descriptor = -1;
    off_t end;

    if (item->memory < 0 && strcmp(item->name, "-") == 0)
        code = read_standard_input(item, &error);
    if (code == CA_OK && item->memory >= 0) {
        descriptor = fcntl(item->memory, F_DUPFD_CLOEXEC, 0);
        end = lseek(item->memory, 0, SEEK_END);
        *size = end > 0 ? (size_t)end : 0;
        if (descriptor < 0)
            code = ca_fail(&error, CA_ERROR_IO, "too many files are open");
    } else if (code == CA_OK) {
        code = ca_file_open(item->name, ca_xml_return_limits.bytes, &descriptor, size, &error);
    }
    if (code == CA_OK)
        return descriptor;
    ca_pool_reject(pool, index, "", code == CA_ERROR_LIMIT ? CA_FAULT_LIMIT : CA_FAULT_FILE,
                   error.message);
    return -1;
}
