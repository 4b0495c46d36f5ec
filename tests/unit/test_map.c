#include "tests/unit/unit.h"

#include "core/base/map.h"

START_TEST(what_was_put_is_found)
{
    struct ca_arena *arena = ca_arena_new();
    struct ca_map *map = ca_map_new(arena, 0);

    ck_assert_uint_eq(ca_map_get(map, "good"), CA_NOT_FOUND);
    ck_assert_uint_eq(ca_map_put(map, "good", 1), CA_NOT_FOUND);
    ck_assert_uint_eq(ca_map_put(map, "", 2), CA_NOT_FOUND);
    ck_assert_uint_eq(ca_map_get(map, "good"), 1);
    ck_assert_uint_eq(ca_map_get(map, ""), 2);
    ck_assert_uint_eq(ca_map_get(map, "goo"), CA_NOT_FOUND);
    ca_arena_free(arena);
}
END_TEST

START_TEST(the_first_value_of_a_key_is_kept)
{
    struct ca_arena *arena = ca_arena_new();
    struct ca_map *map = ca_map_new(arena, 4);
    char key[] = "good";

    ck_assert_uint_eq(ca_map_put(map, "good", 7), CA_NOT_FOUND);
    ck_assert_uint_eq(ca_map_put(map, key, 8), 7);
    ck_assert_uint_eq(ca_map_get(map, key), 7);
    ca_arena_free(arena);
}
END_TEST

START_TEST(a_map_grows_beyond_what_was_expected)
{
    struct ca_arena *arena = ca_arena_new();
    struct ca_map *map = ca_map_new(arena, 3);
    const size_t many = 3000;

    for (size_t i = 0; i < many; i++)
        ck_assert_uint_eq(ca_map_put(map, ca_arena_printf(arena, "key-%zu", i), i),
                          CA_NOT_FOUND);
    for (size_t i = 0; i < many; i++)
        ck_assert_uint_eq(ca_map_get(map, ca_arena_printf(arena, "key-%zu", i)), i);
    ck_assert_uint_eq(ca_map_get(map, "key-3000"), CA_NOT_FOUND);
    ca_arena_free(arena);
}
END_TEST

Suite *unit_suite(void)
{
    Suite *suite = suite_create("map");

    UNIT_CASE(suite, "map", what_was_put_is_found, the_first_value_of_a_key_is_kept,
              a_map_grows_beyond_what_was_expected);
    return suite;
}
