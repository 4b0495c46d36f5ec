#include "tests/unit/unit.h"

#include <stdlib.h>

#include "core/base/diag.h"

START_TEST(diagnostics_are_kept_as_added)
{
    struct ca_arena *arena = ca_arena_new();
    struct ca_diags diags;
    char element[] = "standard";

    ca_diags_init(&diags, arena);
    ck_assert_uint_eq(diags.count, 0);
    ca_diags_add(&diags, CA_ERROR, CA_FAULT_RULE, 12, 5, element, "answer '%s'", "god");
    element[0] = 'X';
    ca_diags_add(&diags, CA_WARNING, CA_FAULT_PRIVACY, 0, 0, NULL, "a name");
    ck_assert_uint_eq(diags.count, 2);
    ck_assert_uint_eq(diags.errors, 1);
    ck_assert_int_eq(diags.items[0].severity, CA_ERROR);
    ck_assert_int_eq(diags.items[0].fault, CA_FAULT_RULE);
    ck_assert_int_eq(diags.items[0].line, 12);
    ck_assert_int_eq(diags.items[0].column, 5);
    ck_assert_str_eq(diags.items[0].element, "standard");
    ck_assert_str_eq(diags.items[0].message, "answer 'god'");
    ck_assert_int_eq(diags.items[1].line, 1);
    ck_assert_int_eq(diags.items[1].column, 1);
    ck_assert_ptr_null(diags.items[1].element);
    ca_arena_free(arena);
}
END_TEST

START_TEST(sorting_is_by_place_and_stable)
{
    struct ca_arena *arena = ca_arena_new();
    struct ca_diags diags;
    unsigned seed = 42;

    for (int count = 0; count < 200; count += 7) {
        ca_diags_init(&diags, arena);
        for (int i = 0; i < count; i++) {
            seed = seed * 1103515245u + 12345u;
            ca_diags_add(&diags, CA_ERROR, CA_FAULT_RULE, (int)(seed >> 16) % 10 + 1,
                         (int)(seed >> 24) % 5 + 1, NULL, "%d", i);
        }
        ca_diags_sort(&diags);
        ck_assert_uint_eq(diags.count, (size_t)count);
        for (int i = 1; i < count; i++) {
            const struct ca_diag *a = &diags.items[i - 1], *b = &diags.items[i];

            ck_assert(a->line < b->line || (a->line == b->line && a->column <= b->column));
            if (a->line == b->line && a->column == b->column)
                ck_assert_int_lt(atoi(a->message), atoi(b->message));
        }
    }
    ca_arena_free(arena);
}
END_TEST

START_TEST(more_can_be_added_after_sorting)
{
    struct ca_arena *arena = ca_arena_new();
    struct ca_diags diags;

    ca_diags_init(&diags, arena);
    for (int line = 100; line > 0; line--)
        ca_diags_add(&diags, CA_ERROR, CA_FAULT_RULE, line, 1, NULL, "%d", line);
    ca_diags_sort(&diags);
    for (int line = 200; line > 100; line--)
        ca_diags_add(&diags, CA_WARNING, CA_FAULT_RULE, line, 1, NULL, "%d", line);
    ca_diags_sort(&diags);
    ck_assert_uint_eq(diags.errors, 100);
    for (int i = 0; i < 200; i++)
        ck_assert_int_eq(diags.items[i].line, i + 1);
    ca_arena_free(arena);
}
END_TEST

Suite *unit_suite(void)
{
    Suite *suite = suite_create("diag");

    UNIT_CASE(suite, "diagnostics", diagnostics_are_kept_as_added,
              sorting_is_by_place_and_stable, more_can_be_added_after_sorting);
    return suite;
}
