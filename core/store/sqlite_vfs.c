/*
 * How SQLite writes a store's file: as ever, but for what lies unused in a page, which is
 * written as zeros. SQLite leaves there what it moved to other pages, and so a text that was
 * deleted and overwritten (PRAGMA secure_delete) could stand once more where nobody looks.
 * Pages come here when the write-ahead log is emptied into the file; in the log itself they
 * are as SQLite made them, and erasing empties it.
 */
#include <fcntl.h>
#include <sqlite3.h>
#include <stdlib.h>
#include <string.h>

#include "core/base/arena.h"
#include "core/store/sqlite.h"

/* An SQLite program has one list of these, so they cannot belong to a store. */
static sqlite3_vfs ours, *system_vfs;
static sqlite3_io_methods our_methods;
static const sqlite3_io_methods *system_methods;

static size_t two_bytes(const unsigned char *at)
{
    return (size_t)at[0] << 8 | at[1];
}

/* The header of a page of a b-tree (SQLite file format, section 1.6): its kind, its first free
 * block, how many cells there are, and where the first begins. Whatever does not add up is
 * left as it is. */
static void clear_unused(unsigned char *page, size_t size, size_t header)
{
    const unsigned char *at = page + header;
    const bool inner = at[0] == 2 || at[0] == 5;
    size_t cells, content, pointers_end, block;

    if (!inner && at[0] != 10 && at[0] != 13)
        return;
    cells = two_bytes(at + 3);
    content = two_bytes(at + 5) == 0 ? 65536 : two_bytes(at + 5);
    pointers_end = header + (inner ? 12 : 8) + 2 * cells;
    if (pointers_end > content || content > size)
        return;
    block = two_bytes(at + 1);
    memset(page + pointers_end, 0, content - pointers_end);
    while (block >= content && block + 4 <= size) {
        size_t next = two_bytes(page + block), length = two_bytes(page + block + 2);
        if (length < 4 || block + length > size || (next != 0 && next < block + length))
            return;
        memset(page + block + 4, 0, length - 4);
        block = next;
    }
}

/* The first byte of a page that is none of a b-tree is the highest of a page's number. */
static bool may_be_tree(sqlite3_int64 offset, int amount)
{
    return amount >= 512 && (amount & (amount - 1)) == 0 && offset % amount == 0 &&
           offset / amount < 1 << 24;
}

static int write_page(sqlite3_file *file, const void *bytes, int amount, sqlite3_int64 offset)
{
    unsigned char *page;
    int result;

    if (!may_be_tree(offset, amount))
        return system_methods->xWrite(file, bytes, amount, offset);
    page = ca_xcalloc(1, (size_t)amount);
    memcpy(page, bytes, (size_t)amount);
    clear_unused(page, (size_t)amount, offset == 0 ? 100 : 0);
    result = system_methods->xWrite(file, page, amount, offset);
    free(page);
    return result;
}

static int open_file(sqlite3_vfs *vfs, const char *name, sqlite3_file *file, int flags,
                     int *out_flags)
{
    int result = system_vfs->xOpen(vfs, name, file, flags, out_flags);

    if (result != SQLITE_OK || (flags & SQLITE_OPEN_MAIN_DB) == 0)
        return result;
    if (system_methods == NULL) {
        system_methods = file->pMethods;
        our_methods = *system_methods;
        our_methods.xWrite = write_page;
    }
    /* Another kind of file system may have methods of its own. */
    if (file->pMethods == system_methods)
        file->pMethods = &our_methods;
    return result;
}

/* A file without a name is opened through its descriptor: that is no link to look behind, but
 * one to follow. */
static bool is_descriptor(const char *name)
{
    return strncmp(name, "/proc/self/fd/", 14) == 0;
}

static int open_descriptor(const char *name, int flags, int mode)
{
    return open(name, is_descriptor(name) ? flags & ~O_NOFOLLOW : flags, mode);
}

static int full_name(sqlite3_vfs *vfs, const char *name, int size, char *out)
{
    if (!is_descriptor(name))
        return system_vfs->xFullPathname(vfs, name, size, out);
    sqlite3_snprintf(size, out, "%s", name);
    return SQLITE_OK;
}

const char *ca_sqlite_vfs(void)
{
    if (system_vfs == NULL) {
        system_vfs = sqlite3_vfs_find(NULL);
        ours = *system_vfs;
        ours.zName = "caseaudit";
        ours.xOpen = open_file;
        ours.xFullPathname = full_name;
        if (sqlite3_vfs_register(&ours, 0) != SQLITE_OK ||
            system_vfs->xSetSystemCall(system_vfs, "open",
                                       (sqlite3_syscall_ptr)open_descriptor) != SQLITE_OK)
            ca_out_of_memory();
    }
    return ours.zName;
}
