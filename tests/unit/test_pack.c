#include <stdlib.h>
#include <string.h>

#include "core/base/pack.h"
#include "core/store/record.h"
#include "tests/support/store_fixture.h"
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

START_TEST(test_integers_survive_packing)
{
    static const int64_t values[] = {0,         1,         -1,        63,       -64,
                                     64,        -65,       8191,      8192,     INT32_MAX,
                                     INT32_MIN, INT64_MAX, 1LL << 62, INT64_MIN};
    struct ca_buffer out = {0};
    struct ca_unpack in;

    for (size_t i = 0; i < sizeof values / sizeof *values; i++) {
        ca_buffer_clear(&out);
        ca_pack_int(&out, values[i]);
        in = (struct ca_unpack){out.data, out.data + out.length, true};
        ck_assert(ca_unpack_int(&in) == values[i]);
        ck_assert(in.good && in.at == in.end);
    }
    ca_buffer_free(&out);
}
END_TEST

START_TEST(test_records_survive_packing)
{
    struct ca_record record = store_record("R1", "<return/>", 19600), again;
    struct ca_buffer out = {0}, second = {0};
    const char *at;

    ca_record_pack(&record, &out);
    at = out.data;
    ck_assert(ca_record_unpack(arena, &at, out.data + out.length, &again));
    ck_assert_ptr_eq(at, out.data + out.length);
    ck_assert_str_eq(again.return_id, "R1");
    ck_assert_str_eq(again.findings[0].theme, "voice");
    ck_assert_ptr_null(again.findings[1].theme);
    ck_assert_int_eq(again.actions[0].completed, CA_NO_DATE);
    ca_record_pack(&again, &second);
    ck_assert_uint_eq(second.length, out.length);
    ck_assert_mem_eq(second.data, out.data, out.length);
    ca_buffer_free(&out);
    ca_buffer_free(&second);
}
END_TEST

/* Whatever part of a record is missing or another byte, nothing outside it is read. */
START_TEST(test_broken_records_are_refused)
{
    struct ca_record record = store_record("R1", "<return/>", 19600), again;
    struct ca_buffer out = {0};
    const char *at;
    char *copy;

    ca_record_pack(&record, &out);
    for (size_t length = 0; length < out.length; length++) {
        copy = malloc(length + 1);
        memcpy(copy, out.data, length);
        at = copy;
        if (ca_record_unpack(arena, &at, copy + length, &again))
            ck_abort_msg("%zu of %zu bytes were accepted", length, out.length);
        free(copy);
    }
    for (size_t i = 0; i < out.length; i++) {
        out.data[i] ^= 0x55;
        at = out.data;
        ca_record_unpack(arena, &at, out.data + out.length, &again);
        out.data[i] ^= 0x55;
        ca_arena_reset(arena);
    }
    ca_buffer_free(&out);
}
END_TEST

Suite *unit_suite(void)
{
    Suite *suite = suite_create("pack");
    TCase *tcase = tcase_create("pack");

    tcase_add_checked_fixture(tcase, setup, teardown);
    tcase_add_test(tcase, test_integers_survive_packing);
    tcase_add_test(tcase, test_records_survive_packing);
    tcase_add_test(tcase, test_broken_records_are_refused);
    suite_add_tcase(suite, tcase);
    return suite;
}
