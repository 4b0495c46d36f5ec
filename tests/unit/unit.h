#ifndef CA_TESTS_UNIT_H
#define CA_TESTS_UNIT_H

#include <check.h>
#include <stdbool.h>
#include <stdint.h>
#include <time.h>

/* Each ck_assert costs as much as hundreds of additions: within long loops compare first
 * and call ck_abort_msg on a difference. */

/* What a test program defines: its one suite. main() is in main.c. */
Suite *unit_suite(void);

/* Path of a file below tests/, wherever the build folder is; free() it. */
char *unit_path(const char *name);

/* A fresh folder for files a test writes, and its removal with all it holds.
 * The path is to be freed after the removal. */
char *unit_folder_new(void);
void unit_folder_remove(const char *folder);
void unit_write(const char *path, const void *bytes, size_t length);

/* Whether the long way was asked for (CA_DEEP=yes), where a test has a short one. */
bool unit_deep(void);

/* How many of many like cases: the long way, in an ordinary run, and where each is watched for
 * faults of memory, by sanitizers (CA_FEW=yes) or valgrind: that takes many times as long, and
 * what comes of the others has been looked at without. */
unsigned unit_cases(unsigned deep, unsigned usual, unsigned watched);

/* The next of numbers that look like chance and are the same each time; state is not 0. */
uint64_t unit_random(uint64_t *state);

/* Fails where this process has used more seconds of processor time since then: a limit that
 * only a search of all by all reaches, however busy the machine is. Not kept by valgrind. */
void unit_assert_quick(clock_t since, int seconds);

/* Adds a test case of the given functions to a suite; those of an abort case must
 * end by abort(), and are left out where tests do not run in processes of their own. */
#define UNIT_ABORT_CASE(suite, name, ...)                                                      \
    unit_abort_case((suite), (name), (const TTest *const[]){__VA_ARGS__, NULL})
#define UNIT_CASE(suite, name, ...)                                                            \
    unit_case((suite), (name), (const TTest *const[]){__VA_ARGS__, NULL})
void unit_case(Suite *suite, const char *name, const TTest *const *tests);
void unit_abort_case(Suite *suite, const char *name, const TTest *const *tests);

#endif
