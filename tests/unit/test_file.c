#include "tests/unit/unit.h"

#include <dirent.h>
#include <fcntl.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/resource.h>
#include <sys/stat.h>
#include <unistd.h>

#include "core/base/file.h"

static char *folder;
static char path[4096];
static struct ca_buffer buffer;
static struct ca_error error;

static void setup(void)
{
    folder = unit_folder_new();
    (void)snprintf(path, sizeof path, "%s/file", folder);
}

static void teardown(void)
{
    unit_folder_remove(folder);
    free(folder);
    ca_buffer_free(&buffer);
}

static void in_folder(char *out, size_t size, const char *name)
{
    (void)snprintf(out, size, "%s/%s", folder, name);
}

static int entries_in_folder(void)
{
    DIR *dir = opendir(folder);
    int count = -2; /* . and .. */

    while (readdir(dir) != NULL)
        count++;
    (void)closedir(dir);
    return count;
}

START_TEST(what_is_written_is_read)
{
    static const char bytes[] = "one\0two\n";

    ck_assert_int_eq(ca_file_write(path, bytes, sizeof bytes, &error), CA_OK);
    ck_assert_int_eq(ca_file_read(path, 1000, &buffer, &error), CA_OK);
    ck_assert_uint_eq(buffer.length, sizeof bytes);
    ck_assert_mem_eq(buffer.data, bytes, sizeof bytes);
    ck_assert_int_eq(buffer.data[buffer.length], '\0');
    ck_assert_int_eq(entries_in_folder(), 1);
}
END_TEST

START_TEST(the_limit_is_the_last_size_that_is_read)
{
    static char bytes[200000];

    memset(bytes, 'x', sizeof bytes);
    ck_assert_int_eq(ca_file_write(path, bytes, sizeof bytes, &error), CA_OK);
    ck_assert_int_eq(ca_file_read(path, sizeof bytes, &buffer, &error), CA_OK);
    ck_assert_uint_eq(buffer.length, sizeof bytes);
    ck_assert_int_eq(ca_file_read(path, SIZE_MAX, &buffer, &error), CA_OK);
    ck_assert_uint_eq(buffer.length, sizeof bytes);
    ck_assert_int_eq(ca_file_read(path, sizeof bytes - 1, &buffer, &error), CA_ERROR_LIMIT);
    ck_assert_ptr_nonnull(strstr(error.message, "limit of 199999 bytes"));
    ck_assert_ptr_nonnull(strstr(error.message, path));
}
END_TEST

START_TEST(an_empty_file_is_read)
{
    ca_buffer_puts(&buffer, "from before");
    ck_assert_int_eq(ca_file_write(path, NULL, 0, &error), CA_OK);
    ck_assert_int_eq(ca_file_read(path, 0, &buffer, &error), CA_OK);
    ck_assert_str_eq(buffer.data, "");
}
END_TEST

START_TEST(what_is_no_file_is_refused)
{
    ck_assert_int_eq(ca_file_read(path, 1000, &buffer, &error), CA_ERROR_NOT_FOUND);
    ck_assert_ptr_nonnull(strstr(error.message, "No such file"));
    ck_assert_int_eq(ca_file_read(folder, 1000, &buffer, &error), CA_ERROR_IO);
    ck_assert_ptr_nonnull(strstr(error.message, "it is a folder"));
    ck_assert_int_eq(ca_file_read("/dev/zero", 1000, &buffer, &error), CA_ERROR_IO);
    ck_assert_int_eq(mkfifo(path, 0600), 0);
    ck_assert_int_eq(ca_file_read(path, 1000, &buffer, &error), CA_ERROR_IO);
    ck_assert_ptr_nonnull(strstr(error.message, "not a regular file"));
    ck_assert_int_eq(ca_file_read(path, 1000, &buffer, NULL), CA_ERROR_IO);
}
END_TEST

/* Puts the reading end of a pipe with these bytes in the place of standard input. */
static void feed(const char *bytes, size_t length)
{
    int ends[2];

    ck_assert_int_eq(pipe(ends), 0);
    ck_assert_int_eq(write(ends[1], bytes, length), (ssize_t)length);
    (void)close(ends[1]);
    ck_assert_int_ge(dup2(ends[0], STDIN_FILENO), 0);
    (void)close(ends[0]);
}

START_TEST(standard_input_is_read_within_the_limit)
{
    feed("<return/>", 9);
    ck_assert_int_eq(ca_file_read("-", 9, &buffer, &error), CA_OK);
    ck_assert_str_eq(buffer.data, "<return/>");
    feed("<return/>", 9);
    ck_assert_int_eq(ca_file_read("-", 8, &buffer, &error), CA_ERROR_LIMIT);
    ck_assert_ptr_nonnull(strstr(error.message, "standard input"));
}
END_TEST

START_TEST(a_file_is_replaced_and_keeps_its_mode)
{
    struct stat before, after;

    ck_assert_int_eq(ca_file_write(path, "old", 3, &error), CA_OK);
    ck_assert_int_eq(chmod(path, 0640), 0);
    ck_assert_int_eq(stat(path, &before), 0);
    ck_assert_int_eq(ca_file_write(path, "new", 3, &error), CA_OK);
    ck_assert_int_eq(stat(path, &after), 0);
    ck_assert_int_eq(after.st_mode & 07777, 0640);
    ck_assert(before.st_ino != after.st_ino);
    ck_assert_int_eq(ca_file_read(path, 10, &buffer, &error), CA_OK);
    ck_assert_str_eq(buffer.data, "new");
    ck_assert_int_eq(entries_in_folder(), 1);
}
END_TEST

START_TEST(a_link_stays_a_link)
{
    char link[sizeof path];
    struct stat status;

    in_folder(link, sizeof link, "link");
    ck_assert_int_eq(ca_file_write(path, "old", 3, &error), CA_OK);
    ck_assert_int_eq(symlink("file", link), 0);
    ck_assert_int_eq(ca_file_write(link, "new", 3, &error), CA_OK);
    ck_assert_int_eq(lstat(link, &status), 0);
    ck_assert(S_ISLNK(status.st_mode));
    ck_assert_int_eq(ca_file_read(path, 10, &buffer, &error), CA_OK);
    ck_assert_str_eq(buffer.data, "new");
}
END_TEST

START_TEST(a_pipe_is_written_and_not_replaced)
{
    struct stat status;
    char bytes[8] = "";
    int fd;

    ck_assert_int_eq(mkfifo(path, 0600), 0);
    fd = open(path, O_RDWR | O_NONBLOCK);
    ck_assert_int_eq(ca_file_write(path, "new", 3, &error), CA_OK);
    ck_assert_int_eq(read(fd, bytes, sizeof bytes), 3);
    ck_assert_str_eq(bytes, "new");
    ck_assert_int_eq(stat(path, &status), 0);
    ck_assert(S_ISFIFO(status.st_mode));
    (void)close(fd);
}
END_TEST

START_TEST(a_refused_write_leaves_nothing_behind)
{
    char below[sizeof path];

    in_folder(below, sizeof below, "missing/file");
    ck_assert_int_eq(ca_file_write(below, "x", 1, &error), CA_ERROR_NOT_FOUND);
    ck_assert_int_eq(ca_file_write(folder, "x", 1, &error), CA_ERROR_IO);
    ck_assert_int_eq(ca_file_write("", "x", 1, &error), CA_ERROR_NOT_FOUND);
    ck_assert_int_eq(entries_in_folder(), 0);
}
END_TEST

/* A limit on the size of files stands in for a full disk. */
START_TEST(an_interrupted_write_leaves_the_old_file)
{
    static char bytes[100000];
    struct rlimit before, small;

    ck_assert_int_eq(ca_file_write(path, "old", 3, &error), CA_OK);
    ck_assert_int_eq(getrlimit(RLIMIT_FSIZE, &before), 0);
    small = before;
    small.rlim_cur = sizeof bytes / 2;
    (void)signal(SIGXFSZ, SIG_IGN);
    ck_assert_int_eq(setrlimit(RLIMIT_FSIZE, &small), 0);
    ck_assert_int_eq(ca_file_write(path, bytes, sizeof bytes, &error), CA_ERROR_IO);
    ck_assert_int_eq(setrlimit(RLIMIT_FSIZE, &before), 0);
    ck_assert_ptr_nonnull(strstr(error.message, "File too large"));
    ck_assert_int_eq(entries_in_folder(), 1);
    ck_assert_int_eq(ca_file_read(path, 10, &buffer, &error), CA_OK);
    ck_assert_str_eq(buffer.data, "old");
}
END_TEST

Suite *unit_suite(void)
{
    Suite *suite = suite_create("file");
    const TTest *const tests[] = {
        what_is_written_is_read,
        the_limit_is_the_last_size_that_is_read,
        an_empty_file_is_read,
        what_is_no_file_is_refused,
        standard_input_is_read_within_the_limit,
        a_file_is_replaced_and_keeps_its_mode,
        a_link_stays_a_link,
        a_pipe_is_written_and_not_replaced,
        a_refused_write_leaves_nothing_behind,
        an_interrupted_write_leaves_the_old_file,
    };
    TCase *tcase = tcase_create("files");

    tcase_add_checked_fixture(tcase, setup, teardown);
    for (size_t i = 0; i < sizeof tests / sizeof tests[0]; i++)
        tcase_add_test(tcase, tests[i]);
    suite_add_tcase(suite, tcase);
    return suite;
}
