#include "tests/unit/unit.h"

#include <stdalign.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include "core/base/arena.h"

static int is_all(unsigned char value, const unsigned char *bytes, size_t size)
{
    for (size_t i = 0; i < size; i++) {
        if (bytes[i] != value)
            return 0;
    }
    return 1;
}

static int is_zero(const unsigned char *bytes, size_t size)
{
    return is_all(0, bytes, size);
}

START_TEST(memory_is_zeroed_and_aligned)
{
    struct ca_arena *arena = ca_arena_new();

    for (size_t size = 0; size < 300; size++) {
        unsigned char *memory = ca_arena_alloc(arena, size);

        ck_assert_ptr_nonnull(memory);
        ck_assert_uint_eq((uintptr_t)memory % alignof(max_align_t), 0);
        ck_assert(is_zero(memory, size));
        memset(memory, 0xAA, size);
    }
    ca_arena_free(arena);
}
END_TEST

START_TEST(memory_is_zeroed_again_after_a_reset)
{
    struct ca_arena *arena = ca_arena_new();

    for (int round = 0; round < 3; round++) {
        for (int i = 0; i < 100; i++) {
            unsigned char *memory = ca_arena_alloc(arena, 1000);

            ck_assert(is_zero(memory, 1000));
            memset(memory, 0xAA, 1000);
        }
        ca_arena_reset(arena);
    }
    ca_arena_free(arena);
}
END_TEST

START_TEST(blocks_are_kept_over_a_reset)
{
    struct ca_arena *arena = ca_arena_new();
    void *first = ca_arena_alloc(arena, 100);
    void *large = ca_arena_alloc(arena, 1000000);

    ca_arena_reset(arena);
    ck_assert_ptr_eq(ca_arena_alloc(arena, 100), first);
    ck_assert_ptr_eq(ca_arena_alloc(arena, 1000000), large);
    ca_arena_free(arena);
}
END_TEST

START_TEST(allocations_do_not_overlap)
{
    struct ca_arena *arena = ca_arena_new();
    unsigned char *parts[200];

    for (size_t i = 0; i < 200; i++) {
        parts[i] = ca_arena_alloc(arena, i * 37);
        memset(parts[i], (int)i, i * 37);
    }
    for (size_t i = 0; i < 200; i++)
        ck_assert(is_all((unsigned char)i, parts[i], i * 37));
    ca_arena_free(arena);
}
END_TEST

START_TEST(an_empty_array_is_no_null)
{
    struct ca_arena *arena = ca_arena_new();
    int *numbers = CA_ARRAY(arena, 1000, int);

    ck_assert_ptr_nonnull(CA_ARRAY(arena, 0, int));
    ck_assert(is_zero((const unsigned char *)numbers, 1000 * sizeof *numbers));
    ca_arena_free(arena);
    ca_arena_free(NULL);
}
END_TEST

START_TEST(texts_are_copied_and_formatted)
{
    struct ca_arena *arena = ca_arena_new();
    char long_text[5000];
    char *copy;

    memset(long_text, 'x', sizeof long_text - 1);
    long_text[sizeof long_text - 1] = '\0';
    ck_assert_str_eq(ca_arena_strdup(arena, "good"), "good");
    ck_assert_str_eq(ca_arena_strdup(arena, ""), "");
    ck_assert_str_eq(ca_arena_strndup(arena, "goodness", 4), "good");
    ck_assert_str_eq(ca_arena_strndup(arena, NULL, 0), "");
    ck_assert_str_eq(ca_arena_printf(arena, "%d of %s", 22, "33"), "22 of 33");
    copy = ca_arena_printf(arena, "<%s>", long_text);
    ck_assert_uint_eq(strlen(copy), strlen(long_text) + 2);
    ck_assert_int_eq(copy[strlen(copy) - 1], '>');
    ca_arena_free(arena);
}
END_TEST

START_TEST(the_malloc_family_never_returns_null)
{
    char *text = ca_xstrdup("kept");
    unsigned char *none = ca_xcalloc(0, 8);
    unsigned char *zeroes = ca_xcalloc(10, 8);

    ck_assert_str_eq(text, "kept");
    ck_assert_ptr_nonnull(none);
    ck_assert(is_zero(zeroes, 80));
    text = ca_xrealloc(text, 100, 2);
    ck_assert_str_eq(text, "kept");
    free(text);
    free(none);
    free(zeroes);
}
END_TEST

START_TEST(an_array_beyond_all_memory_ends_the_process)
{
    struct ca_arena *arena = ca_arena_new();

    (void)ca_arena_array(arena, SIZE_MAX / 2, 3);
}
END_TEST

START_TEST(a_reallocation_beyond_all_memory_ends_the_process)
{
    (void)ca_xrealloc(NULL, SIZE_MAX / 2, 3);
}
END_TEST

Suite *unit_suite(void)
{
    Suite *suite = suite_create("arena");

    UNIT_CASE(suite, "arena", memory_is_zeroed_and_aligned,
              memory_is_zeroed_again_after_a_reset, blocks_are_kept_over_a_reset,
              allocations_do_not_overlap, an_empty_array_is_no_null,
              texts_are_copied_and_formatted, the_malloc_family_never_returns_null);
    UNIT_ABORT_CASE(suite, "out of memory", an_array_beyond_all_memory_ends_the_process,
                    a_reallocation_beyond_all_memory_ends_the_process);
    return suite;
}
