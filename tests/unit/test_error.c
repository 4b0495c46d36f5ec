#include "tests/unit/unit.h"

#include <string.h>

#include "core/base/error.h"

START_TEST(an_error_is_filled_and_its_code_returned)
{
    struct ca_error error = {CA_OK, ""};

    ck_assert_int_eq(ca_fail(&error, CA_ERROR_IO, "cannot read '%s'", "a.xml"), CA_ERROR_IO);
    ck_assert_int_eq(error.code, CA_ERROR_IO);
    ck_assert_str_eq(error.message, "cannot read 'a.xml'");
    ck_assert_int_eq(ca_fail(NULL, CA_ERROR_STORE, "nobody listens"), CA_ERROR_STORE);
}
END_TEST

/* Letters of two and three bytes, pushed byte by byte over the end. */
START_TEST(a_long_message_ends_with_a_whole_character)
{
    static const char *const letters[] = {"é", "–"};

    for (size_t i = 0; i < 2; i++) {
        for (size_t lead = 0; lead < 3; lead++) {
            struct ca_error error;
            const size_t width = strlen(letters[i]);
            char text[1024] = "";
            size_t length;

            memset(text, 'x', lead);
            while (strlen(text) < 900)
                strcat(text, letters[i]);
            (void)ca_fail(&error, CA_ERROR_IO, "%s", text);
            length = strlen(error.message);
            ck_assert_uint_lt(length, sizeof error.message);
            ck_assert_uint_gt(length, sizeof error.message - 8);
            ck_assert_uint_eq((length - lead) % width, 0);
        }
    }
}
END_TEST

Suite *unit_suite(void)
{
    Suite *suite = suite_create("error");

    UNIT_CASE(suite, "errors", an_error_is_filled_and_its_code_returned,
              a_long_message_ends_with_a_whole_character);
    return suite;
}
