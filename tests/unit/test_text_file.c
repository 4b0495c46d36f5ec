#include <string.h>

#include "core/base/text_file.h"
#include "tests/unit/unit.h"

#define BYTES(text) text, sizeof(text) - 1

START_TEST(test_what_is_read)
{
    static const struct {
        const char *bytes;
        size_t length;
        const char *text;
    } cases[] = {
        {BYTES("a\nb"), "a\nb"},
        {BYTES("\xEF\xBB\xBF"
               "a\r\nb\rc\n\r"),
         "a\nb\nc\n\n"},
        {BYTES("\xFF\xFE"
               "a\0\r\0\n\0\x19\x20"),
         "a\n\xE2\x80\x99"},
        {BYTES("\xFE\xFF\0a\xD8\x3D\xDE\x00"), "a\xF0\x9F\x98\x80"},
        {BYTES("\xFE\xFF\xD8\x3D\0a"), "\xEF\xBF\xBD"
                                       "a"},
        {BYTES("\xFF\xFE"), ""},
        {BYTES(""), ""},
    };
    struct ca_buffer out = {0};
    struct ca_error error;

    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        ck_assert_int_eq(
            ca_text_decode(cases[i].bytes, cases[i].length, CA_TEXT_RIGHT, &out, &error),
            CA_OK);
        ck_assert_str_eq(out.data, cases[i].text);
        ck_assert_uint_eq(out.length, strlen(cases[i].text));
    }
    ca_buffer_free(&out);
}
END_TEST

START_TEST(test_what_is_not_is_told_with_what_to_do)
{
    static const struct {
        const char *bytes;
        size_t length;
        const char *message;
    } cases[] = {
        {BYTES("one\ntwo\nchild\x92s"),
         "the file is not UTF-8 (line 3: byte 0x92, in Windows-1252 \xE2\x80\x99); save"},
        {BYTES("\r\rcaf\xE9"), "(line 3: byte 0xE9, in Windows-1252 \xC3\xA9)"},
        {BYTES("a\x81"), "(line 1: byte 0x81)"},
        {BYTES("\xED\xA0\x80"), "is not UTF-8"},
        {BYTES("a\0,\0b\0\n\0"), "UTF-16, without the mark"},
        {BYTES("\0a\0,\0b\0\n"), "UTF-16, without the mark"},
        {BYTES("a,b\n1,\0"), "no text file: there is a zero byte in line 2"},
        {BYTES("\xFF\xFE"
               "a"),
         "in the middle of a character"},
        {BYTES("\xFF\xFE"
               "a\0\0\0"),
         "zero byte"},
        {BYTES("\xFF\xFE\0\0a\0\0\0"), "UTF-32"},
    };
    struct ca_buffer out = {0};
    struct ca_error error;

    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        ck_assert_int_eq(
            ca_text_decode(cases[i].bytes, cases[i].length, "save it well", &out, &error),
            CA_ERROR_DATA);
        ck_assert_msg(strstr(error.message, cases[i].message) != NULL, "%s", error.message);
        ck_assert_ptr_nonnull(strstr(error.message, "; save it well"));
    }
    ca_buffer_free(&out);
}
END_TEST

START_TEST(test_line_ends_are_no_difference)
{
    static const struct {
        const char *a, *b;
        bool same;
    } cases[] = {
        {"a\nb\n", "a\r\nb\r\n", true}, {"a\nb", "a\rb", true},      {"", "", true},
        {"a\n", "a\r", true},           {"a\n\nb", "a\r\nb", false}, {"a", "a\n", false},
        {"a\nb", "a\nc", false},        {"\r\r\n", "\n\n", true},
    };

    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++)
        ck_assert_msg(ca_same_but_line_ends(cases[i].a, strlen(cases[i].a), cases[i].b,
                                            strlen(cases[i].b)) == cases[i].same,
                      "%zu", i);
}
END_TEST

Suite *unit_suite(void)
{
    Suite *suite = suite_create("text_file");
    TCase *tcase = tcase_create("text_file");

    tcase_add_test(tcase, test_what_is_read);
    tcase_add_test(tcase, test_what_is_not_is_told_with_what_to_do);
    tcase_add_test(tcase, test_line_ends_are_no_difference);
    suite_add_tcase(suite, tcase);
    return suite;
}
