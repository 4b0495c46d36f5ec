/*
 * What the C library would import from its surroundings, answered within: a page gives the
 * module nothing but memory of its own. There is no environment, no file and no clock; what
 * is written goes nowhere; whoever would leave the process stops at once, and the page
 * notices. The names are those by which wasi-libc imports them; pointers are numbers there.
 */
#include <stdint.h>
#include <stdlib.h>
#include <wasi/api.h>

#include "core/embed/wasm/lacking.h"

#define ASKED(name) __imported_wasi_snapshot_preview1_##name
#define AT(address) ((uint32_t *)(uintptr_t)(uint32_t)(address))

int32_t ASKED(environ_sizes_get)(int32_t count, int32_t size)
{
    *AT(count) = *AT(size) = 0;
    return __WASI_ERRNO_SUCCESS;
}

int32_t ASKED(environ_get)(int32_t environment, int32_t text)
{
    (void)environment, (void)text;
    return __WASI_ERRNO_SUCCESS;
}

int32_t ASKED(fd_prestat_get)(int32_t fd, int32_t out)
{
    (void)fd, (void)out;
    return __WASI_ERRNO_BADF; /* no folder was opened beforehand */
}

int32_t ASKED(fd_prestat_dir_name)(int32_t fd, int32_t path, int32_t length)
{
    (void)fd, (void)path, (void)length;
    return __WASI_ERRNO_BADF;
}

int32_t ASKED(path_open)(int32_t fd, int32_t lookup, int32_t path, int32_t length,
                         int32_t flags, int64_t rights, int64_t inherited, int32_t fd_flags,
                         int32_t out)
{
    (void)fd, (void)lookup, (void)path, (void)length, (void)flags, (void)rights;
    (void)inherited, (void)fd_flags, (void)out;
    return __WASI_ERRNO_NOENT;
}

int32_t ASKED(fd_close)(int32_t fd)
{
    (void)fd;
    return __WASI_ERRNO_BADF;
}

int32_t ASKED(fd_fdstat_get)(int32_t fd, int32_t out)
{
    (void)fd, (void)out;
    return __WASI_ERRNO_BADF;
}

int32_t ASKED(fd_fdstat_set_flags)(int32_t fd, int32_t flags)
{
    (void)fd, (void)flags;
    return __WASI_ERRNO_BADF;
}

int32_t ASKED(fd_read)(int32_t fd, int32_t pieces, int32_t count, int32_t read)
{
    (void)fd, (void)pieces, (void)count, (void)read;
    return __WASI_ERRNO_BADF;
}

int32_t ASKED(fd_seek)(int32_t fd, int64_t offset, int32_t whence, int32_t out)
{
    (void)fd, (void)offset, (void)whence, (void)out;
    return __WASI_ERRNO_BADF;
}

int32_t ASKED(fd_write)(int32_t fd, int32_t pieces, int32_t count, int32_t written)
{
    const __wasi_ciovec_t *piece = (const void *)AT(pieces);

    (void)fd;
    *AT(written) = 0;
    for (int32_t i = 0; i < count; i++)
        *AT(written) += piece[i].buf_len;
    return __WASI_ERRNO_SUCCESS;
}

void ASKED(proc_exit)(int32_t status)
{
    (void)status;
    __builtin_trap();
}

/* ---- what this C library lacks ---- */

typedef int (*compare_with)(const void *a, const void *b, void *context);

/* In a module nothing runs beside it. */
static compare_with comparing;
static void *comparing_with;

static int compare_two(const void *a, const void *b)
{
    return comparing(a, b, comparing_with);
}

void ca_qsort_r(void *items, size_t count, size_t size, compare_with compare, void *context)
{
    comparing = compare;
    comparing_with = context;
    qsort(items, count, size, compare_two);
}
