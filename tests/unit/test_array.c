#include "tests/unit/unit.h"

#include <stdlib.h>

#include "core/base/array.h"

enum { MANY = 5000 };

START_TEST(what_was_appended_stays_in_its_place)
{
    size_t *items = NULL;
    size_t count = 0;

    for (size_t i = 0; i < MANY; i++)
        *CA_APPEND(items, count) = i;
    ck_assert_uint_eq(count, MANY);
    for (size_t i = 0; i < count; i++)
        ck_assert_uint_eq(items[i], i);
    free(items);
}
END_TEST

START_TEST(a_new_place_is_zeroed_also_where_an_element_was_taken_off)
{
    struct ca_arena *arena = ca_arena_new();
    struct {
        int64_t a, b;
    } *items = NULL;
    size_t count = 0;

    for (size_t round = 0; round < 40; round++) {
        while (count < round) {
            ck_assert_int_eq(CA_ARENA_APPEND(arena, items, count)->b, 0);
            items[count - 1].b = 7;
        }
        count /= 2;
    }
    ca_arena_free(arena);
}
END_TEST

/* Under the sanitizers and valgrind: no place lies outside the array. */
START_TEST(elements_may_be_taken_off_and_added_at_any_count)
{
    unsigned char *items = NULL;
    size_t count = 0;

    for (size_t most = 0; most < 70; most++)
        for (size_t least = 0; least <= most; least++) {
            for (size_t i = count; i < most; i++)
                *CA_APPEND(items, count) = (unsigned char)i;
            for (size_t i = 0; i < count; i++)
                ck_assert_uint_eq(items[i], i);
            count = least;
        }
    free(items);
}
END_TEST

START_TEST(arrays_in_an_arena_keep_their_elements)
{
    struct ca_arena *arena = ca_arena_new();
    const char **items = NULL;
    size_t count = 0;

    for (size_t i = 0; i < 100; i++)
        *CA_ARENA_APPEND(arena, items, count) = ca_arena_printf(arena, "%zu", i);
    for (size_t i = 0; i < count; i++)
        ck_assert_int_eq(atoi(items[i]), (int)i);
    ca_arena_free(arena);
}
END_TEST

Suite *unit_suite(void)
{
    Suite *suite = suite_create("array");

    UNIT_CASE(suite, "array", what_was_appended_stays_in_its_place,
              a_new_place_is_zeroed_also_where_an_element_was_taken_off,
              elements_may_be_taken_off_and_added_at_any_count,
              arrays_in_an_arena_keep_their_elements);
    return suite;
}
