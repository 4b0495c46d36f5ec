#include "tests/unit/unit.h"

#include <inttypes.h>
#include <stdio.h>
#include <string.h>

#include "core/base/buffer.h"

START_TEST(a_buffer_begins_empty_and_terminated)
{
    struct ca_buffer buffer = {0};

    ca_buffer_clear(&buffer);
    ck_assert_str_eq(buffer.data, "");
    ck_assert_uint_eq(buffer.length, 0);
    ca_buffer_free(&buffer);
    ck_assert_ptr_null(buffer.data);
    ca_buffer_free(&buffer);
    ca_buffer_free(NULL);
}
END_TEST

START_TEST(parts_are_put_one_behind_the_other)
{
    struct ca_buffer buffer = {0};

    ca_buffer_puts(&buffer, "grade");
    ca_buffer_putc(&buffer, ':');
    ca_buffer_add(&buffer, " goodness", 5);
    ca_buffer_add(&buffer, NULL, 0);
    ca_buffer_printf(&buffer, ", %d of %d", 22, 33);
    ck_assert_str_eq(buffer.data, "grade: good, 22 of 33");
    ck_assert_uint_eq(buffer.length, strlen(buffer.data));
    ca_buffer_clear(&buffer);
    ca_buffer_puts(&buffer, "again");
    ck_assert_str_eq(buffer.data, "again");
    ca_buffer_free(&buffer);
}
END_TEST

START_TEST(a_buffer_holds_zero_bytes)
{
    struct ca_buffer buffer = {0};

    ca_buffer_add(&buffer, "a\0b", 3);
    ck_assert_uint_eq(buffer.length, 3);
    ck_assert_mem_eq(buffer.data, "a\0b", 4);
    ca_buffer_free(&buffer);
}
END_TEST

START_TEST(long_texts_make_room_for_themselves)
{
    struct ca_buffer buffer = {0};
    char text[3000];

    memset(text, 'x', sizeof text - 1);
    text[sizeof text - 1] = '\0';
    for (size_t i = 1; i <= 50; i++) {
        ca_buffer_printf(&buffer, "%s", text);
        ck_assert_uint_eq(buffer.length, i * (sizeof text - 1));
        ck_assert_uint_eq(strlen(buffer.data), buffer.length);
    }
    ca_buffer_free(&buffer);
}
END_TEST

START_TEST(formatted_texts_of_every_length_are_whole)
{
    struct ca_buffer buffer = {0};

    for (int width = 1; width < 600; width++) {
        ca_buffer_clear(&buffer);
        ca_buffer_printf(&buffer, "%*d!", width, 7);
        ck_assert_uint_eq(buffer.length, (size_t)width + 1);
        ck_assert_int_eq(buffer.data[width], '!');
        ca_buffer_free(&buffer);
    }
}
END_TEST

START_TEST(reserved_room_can_be_written)
{
    struct ca_buffer buffer = {0};

    ca_buffer_puts(&buffer, "ab");
    memset(ca_buffer_reserve(&buffer, 10000), 'c', 10000);
    buffer.length += 10000;
    ca_buffer_putc(&buffer, 'd');
    ck_assert_uint_eq(strlen(buffer.data), 10003);
    ck_assert_int_eq(buffer.data[10001], 'c');
    ca_buffer_free(&buffer);
}
END_TEST

START_TEST(integers_are_as_printf_writes_them)
{
    static const int64_t values[] = {0,   1,    -1,        9,         10,
                                     -10, 1000, 123456789, INT64_MAX, INT64_MIN};
    struct ca_buffer buffer = {0};
    char expected[32];

    for (size_t i = 0; i < sizeof values / sizeof values[0]; i++) {
        ca_buffer_clear(&buffer);
        ca_buffer_int(&buffer, values[i]);
        (void)snprintf(expected, sizeof expected, "%" PRId64, values[i]);
        ck_assert_str_eq(buffer.data, expected);
    }
    ca_buffer_free(&buffer);
}
END_TEST

Suite *unit_suite(void)
{
    Suite *suite = suite_create("buffer");

    UNIT_CASE(suite, "buffer", a_buffer_begins_empty_and_terminated,
              parts_are_put_one_behind_the_other, a_buffer_holds_zero_bytes,
              long_texts_make_room_for_themselves, formatted_texts_of_every_length_are_whole,
              reserved_room_can_be_written, integers_are_as_printf_writes_them);
    return suite;
}
