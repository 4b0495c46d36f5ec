#include "tests/unit/unit.h"

#include <string.h>

#include "core/base/code.h"

START_TEST(what_is_a_code)
{
    char long_one[66] = "";

    ck_assert(ca_is_code("A17"));
    ck_assert(ca_is_code("2023-Q3/0147.b_c"));
    ck_assert(!ca_is_code(""));
    ck_assert(!ca_is_code("-A17"));
    ck_assert(!ca_is_code("Jane Doe"));
    memset(long_one, 'a', 64);
    ck_assert(ca_is_code(long_one));
    long_one[64] = 'a';
    ck_assert(!ca_is_code(long_one));
}
END_TEST

START_TEST(capitals_make_no_other_code)
{
    ck_assert(ca_same_code("QA1", "qa1"));
    ck_assert(ca_same_code("Tm-4", "tM-4"));
    ck_assert(ca_same_code("", ""));
    ck_assert(!ca_same_code("QA1", "QA2"));
    ck_assert(!ca_same_code("QA1", "QA11"));
    ck_assert(!ca_same_code("QA11", "QA1"));
    ck_assert(!ca_same_code("A_1", "A-1"));
    ck_assert(!ca_same_code(NULL, "QA1"));
    ck_assert(!ca_same_code(NULL, NULL));
}
END_TEST

Suite *unit_suite(void)
{
    Suite *suite = suite_create("code");

    UNIT_CASE(suite, "code", what_is_a_code, capitals_make_no_other_code);
    return suite;
}
