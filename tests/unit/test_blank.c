#include <string.h>

#include "core/base/blank.h"
#include "core/base/utf8.h"
#include "tests/unit/unit.h"

static struct ca_arena *arena;

static void setup(void)
{
    arena = ca_arena_new();
}

static void teardown(void)
{
    ca_arena_free(arena);
}

static const uint32_t unseen[] = {
    0x09,   0x0A,   0x0B,   0x0C,   0x0D,   0x20,    0x85,    0xA0,   0xAD,   0x034F,
    0x061C, 0x115F, 0x1160, 0x1680, 0x17B4, 0x180B,  0x180E,  0x2000, 0x2001, 0x2002,
    0x2003, 0x2004, 0x2005, 0x2006, 0x2007, 0x2008,  0x2009,  0x200A, 0x200B, 0x200C,
    0x200D, 0x200E, 0x200F, 0x2028, 0x2029, 0x202A,  0x202E,  0x202F, 0x205F, 0x2060,
    0x2064, 0x2066, 0x2069, 0x206F, 0x2800, 0x3000,  0x3164,  0xFE0F, 0xFEFF, 0xFFA0,
    0x01,   0x1F,   0x7F,   0x9B,   0xFFF9, 0xE0001, 0xE007F, 0xE0100};
static const uint32_t seen[] = {'a',    '.',    '-',      0xA1,   0xAC,   0xAE,
                                0x300,  0x2010, 0x2026,   0x2027, 0x2030, 0x3001,
                                0xFF01, 0xFFFD, 0x10FFFF, 0xE1000};
enum { UNSEEN = sizeof unseen / sizeof *unseen, SEEN = sizeof seen / sizeof *seen };

static const char *written(uint32_t c)
{
    static struct ca_buffer buffer;

    ca_buffer_clear(&buffer);
    ca_utf8_put(&buffer, c);
    return buffer.data;
}

START_TEST(test_what_nobody_can_see_is_blank)
{
    for (size_t i = 0; i < UNSEEN; i++)
        ck_assert_msg(ca_is_blank_text(written(unseen[i])), "U+%04X", unseen[i]);
    for (size_t i = 0; i < SEEN; i++)
        ck_assert_msg(!ca_is_blank_text(written(seen[i])), "U+%04X", seen[i]);
    ck_assert(ca_is_blank_text(NULL));
    ck_assert(ca_is_blank_text(""));
    ck_assert(!ca_is_blank_text("\xC2\xA0x"));
    ck_assert_msg(!ca_is_blank_text("\xC2"), "half a character is something");
}
END_TEST

START_TEST(test_texts_are_trimmed)
{
    for (size_t i = 0; i < UNSEEN; i++) {
        const char *space = ca_arena_strdup(arena, written(unseen[i]));
        const char *text =
            ca_arena_printf(arena, "%s\xC3\xA9%sb%s%s", space, space, space, space);
        size_t length = strlen(text);
        const char *start = ca_trimmed(text, &length);
        ck_assert_uint_eq(start - text, strlen(space));
        ck_assert_uint_eq(length, 3 + strlen(space));
        length = strlen(space);
        ca_trimmed(space, &length);
        ck_assert_uint_eq(length, 0);
    }
}
END_TEST

START_TEST(test_the_same_to_a_person)
{
    static const struct {
        const char *text, *folded;
    } cases[] = {
        {"Requires  Improvement", "requires improvement"},
        {"\xC2\xA0Seen\xC2\xA0\xC2\xA0"
         "alone\xE2\x80\x8B \n",
         "seen alone"},
        {"im\xC2\xAD"
         "prove\xE2\x81\xA0ment",
         "improvement"},
        {"the child\xE2\x80\x99s \xE2\x80\x9Cplan\xE2\x80\x9D", "the child's \"plan\""},
        {"2010\xE2\x80\x93"
         "11",
         "2010-11"},
        {"and so on\xE2\x80\xA6", "and so on..."},
        {"G\xC5\xB4YR", "g\xC5\xB5yr"},
        {"GW\xCC\x82YR", "g\xC5\xB5yr"},
        {"Caf\xC3\x89", "caf\xC3\xA9"},
        {"cafe\xCC\x81", "caf\xC3\xA9"},
        {"\xEF\xBC\xA1\xEF\xBC\x91", "a1"},
        {"\xC2\xA0\xE2\x80\x8B", ""},
        {"", ""},
    };

    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        ck_assert_str_eq(ca_folded(arena, cases[i].text), cases[i].folded);
        ck_assert_msg(ca_same_text(cases[i].text, cases[i].folded), "%s", cases[i].text);
        ck_assert(!ca_same_text(cases[i].text, "something else"));
    }
    ck_assert(!ca_same_text("a b", "ab"));
    ck_assert(!ca_same_text("good", "goods"));
    ck_assert(!ca_same_text("a", ""));
}
END_TEST

START_TEST(test_characters_are_written)
{
    static const uint32_t all[] = {0x24, 0x7FF, 0x800, 0xFFFF, 0x10000, 0x10FFFF};
    size_t length;

    for (size_t i = 0; i < sizeof all / sizeof *all; i++) {
        ck_assert_uint_eq(ca_utf8_next(written(all[i]), &length), all[i]);
        ck_assert_uint_eq(length, strlen(written(all[i])));
        ck_assert_uint_eq(ca_utf8_good(written(all[i]), length), length);
    }
    ck_assert_uint_eq(ca_utf8_next(written(0xD800), &length), CA_REPLACEMENT);
    ck_assert_uint_eq(ca_utf8_next(written(0x110000), &length), CA_REPLACEMENT);
    ck_assert_uint_eq(ca_utf8_good("ab\x92"
                                   "c",
                                   4),
                      2);
}
END_TEST

Suite *unit_suite(void)
{
    Suite *suite = suite_create("blank");
    TCase *tcase = tcase_create("blank");

    tcase_add_checked_fixture(tcase, setup, teardown);
    tcase_add_test(tcase, test_what_nobody_can_see_is_blank);
    tcase_add_test(tcase, test_texts_are_trimmed);
    tcase_add_test(tcase, test_the_same_to_a_person);
    tcase_add_test(tcase, test_characters_are_written);
    suite_add_tcase(suite, tcase);
    return suite;
}
