#include <ftw.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "tests/unit/unit.h"

void unit_case(Suite *suite, const char *name, const TTest *const *tests)
{
    TCase *tcase = tcase_create(name);

    for (; *tests != NULL; tests++)
        tcase_add_test(tcase, *tests);
    suite_add_tcase(suite, tcase);
}

void unit_abort_case(Suite *suite, const char *name, const TTest *const *tests)
{
    const char *fork_tests = getenv("CK_FORK");
    TCase *tcase;

    if (fork_tests != NULL && strcmp(fork_tests, "no") == 0)
        return;
    tcase = tcase_create(name);
    for (; *tests != NULL; tests++)
        tcase_add_test_raise_signal(tcase, *tests, SIGABRT);
    suite_add_tcase(suite, tcase);
}

bool unit_deep(void)
{
    const char *asked = getenv("CA_DEEP");

    return asked != NULL && strcmp(asked, "yes") == 0;
}

unsigned unit_cases(unsigned deep, unsigned usual, unsigned watched)
{
    if (getenv("CA_VALGRIND") != NULL || getenv("CA_FEW") != NULL)
        return watched;
    return unit_deep() ? deep : usual;
}

uint64_t unit_random(uint64_t *state)
{
    *state ^= *state << 13;
    *state ^= *state >> 7;
    *state ^= *state << 17;
    return *state >> 11;
}

void unit_assert_quick(clock_t since, int seconds)
{
    if (getenv("CA_VALGRIND") == NULL)
        ck_assert_int_lt((clock() - since) / CLOCKS_PER_SEC, seconds);
}

char *unit_path(const char *name)
{
    const char *source = getenv("srcdir");
    char *path = NULL;

    if (asprintf(&path, "%s/tests/%s", source != NULL ? source : ".", name) < 0)
        abort();
    return path;
}

char *unit_folder_new(void)
{
    const char *parent = getenv("TMPDIR");
    char *path = NULL;

    if (asprintf(&path, "%s/caseaudit-XXXXXX", parent != NULL ? parent : "/tmp") < 0)
        abort();
    ck_assert_ptr_nonnull(mkdtemp(path));
    return path;
}

void unit_write(const char *path, const void *bytes, size_t length)
{
    FILE *file = fopen(path, "wb");

    ck_assert_msg(file != NULL, "cannot write %s", path);
    ck_assert_uint_eq(fwrite(bytes, 1, length, file), length);
    ck_assert_int_eq(fclose(file), 0);
}

static int remove_entry(const char *path, const struct stat *status, int type, struct FTW *walk)
{
    (void)status;
    (void)type;
    (void)walk;
    return remove(path);
}

void unit_folder_remove(const char *folder)
{
    ck_assert_int_eq(nftw(folder, remove_entry, 16, FTW_DEPTH | FTW_PHYS), 0);
}
