#include "tests/unit/unit.h"

#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
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

START_TEST(what_is_written_is_read)
{
    static const char bytes[] = "one\0two\n";

    unit_write(path, bytes, sizeof bytes);
    ck_assert_int_eq(ca_file_read(path, 1000, &buffer, &error), CA_OK);
    ck_assert_uint_eq(buffer.length, sizeof bytes);
    ck_assert_mem_eq(buffer.data, bytes, sizeof bytes);
    ck_assert_int_eq(buffer.data[buffer.length], '\0');
}
END_TEST

START_TEST(the_limit_is_the_last_size_that_is_read)
{
    static char bytes[200000];

    memset(bytes, 'x', sizeof bytes);
    unit_write(path, bytes, sizeof bytes);
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
    unit_write(path, "", 0);
    ck_assert_int_eq(ca_file_read(path, 0, &buffer, &error), CA_OK);
    ck_assert_str_eq(buffer.data, "");
}
END_TEST

START_TEST(what_is_no_file_is_refused)
{
    ck_assert_int_eq(ca_file_read(path, 1000, &buffer, &error), CA_ERROR_NOT_FOUND);
    ck_assert_ptr_nonnull(strstr(error.message, "there is nothing of that name"));
    ck_assert_int_eq(symlink("/nowhere/at/all", path), 0);
    ck_assert_int_eq(ca_file_read(path, 1000, &buffer, &error), CA_ERROR_NOT_FOUND);
    ck_assert_ptr_nonnull(
        strstr(error.message, "it is a link, and what it leads to is not there"));
    ck_assert_int_eq(unlink(path), 0);
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

Suite *unit_suite(void)
{
    Suite *suite = suite_create("file");
    const TTest *const tests[] = {
        what_is_written_is_read,
        the_limit_is_the_last_size_that_is_read,
        an_empty_file_is_read,
        what_is_no_file_is_refused,
        standard_input_is_read_within_the_limit,
    };
    TCase *tcase = tcase_create("files");

    tcase_add_checked_fixture(tcase, setup, teardown);
    for (size_t i = 0; i < sizeof tests / sizeof tests[0]; i++)
        tcase_add_test(tcase, tests[i]);
    suite_add_tcase(suite, tcase);
    return suite;
}
