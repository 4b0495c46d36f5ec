#include "tests/unit/unit.h"

#include <string.h>

#include "core/base/suggest.h"

static const char *const grades[] = {"outstanding", "good", "requires-improvement",
                                     "inadequate"};
#define GRADES (sizeof grades / sizeof grades[0])

START_TEST(slips_are_recognised)
{
    static const struct {
        const char *word, *meant;
    } rows[] = {
        {"god", "good"},
        {"goood", "good"},
        {"gold", "good"},
        {"godo", "good"},
        {"Good", "good"},
        {"OUTSTANDING", "outstanding"},
        {"outsatnding", "outstanding"},
        {"inadequat", "inadequate"},
        {"inadaquete", "inadequate"},
        {"requires_improvement", "requires-improvement"},
    };
    for (size_t i = 0; i < sizeof rows / sizeof rows[0]; i++) {
        const char *found = ca_suggest(rows[i].word, grades, GRADES);

        ck_assert_msg(found != NULL, "%s", rows[i].word);
        ck_assert_str_eq(found, rows[i].meant);
    }
}
END_TEST

START_TEST(other_words_are_left_alone)
{
    static const char *const rows[] = {"", "x", "bad", "adequate-ish", "poor", "improvement"};
    char long_word[200];

    memset(long_word, 'g', sizeof long_word - 1);
    long_word[sizeof long_word - 1] = '\0';
    for (size_t i = 0; i < sizeof rows / sizeof rows[0]; i++)
        ck_assert_msg(ca_suggest(rows[i], grades, GRADES) == NULL, "%s", rows[i]);
    ck_assert_ptr_null(ca_suggest(long_word, grades, GRADES));
    ck_assert_ptr_null(ca_suggest("good", NULL, 0));
}
END_TEST

START_TEST(the_nearest_wins_and_then_the_first)
{
    static const char *const words[] = {"plan-b", "plan-c", "plans"};

    ck_assert_str_eq(ca_suggest("plan-d", words, 3), "plan-b");
    ck_assert_str_eq(ca_suggest("planc", words, 3), "plan-c");
    ck_assert_str_eq(ca_suggest("plan", words, 3), "plans");
}
END_TEST

START_TEST(words_of_the_greatest_length_are_compared)
{
    char a[65], b[65], c[66];
    const char *candidates[2] = {c, b};

    memset(a, 'a', 64);
    memset(b, 'a', 64);
    memset(c, 'a', 65);
    a[64] = b[64] = c[65] = '\0';
    b[30] = 'b';
    ck_assert_ptr_eq(ca_suggest(a, candidates, 2), b);
}
END_TEST

START_TEST(the_tail_of_a_message)
{
    struct ca_arena *arena = ca_arena_new();

    ck_assert_str_eq(ca_did_you_mean(arena, "god", grades, GRADES), "; did you mean 'good'?");
    ck_assert_str_eq(ca_did_you_mean(arena, "fine", grades, GRADES), "");
    ca_arena_free(arena);
}
END_TEST

Suite *unit_suite(void)
{
    Suite *suite = suite_create("suggest");

    UNIT_CASE(suite, "suggestions", slips_are_recognised, other_words_are_left_alone,
              the_nearest_wins_and_then_the_first, words_of_the_greatest_length_are_compared,
              the_tail_of_a_message);
    return suite;
}
