#include "tests/unit/unit.h"

#include <string.h>

#include "core/base/decimal.h"

START_TEST(decimals_are_read_exactly)
{
    static const struct {
        const char *text;
        int places;
        int64_t value;
    } rows[] = {
        {"0", 2, 0},
        {"3", 2, 300},
        {"2.5", 2, 250},
        {"71.25", 2, 7125},
        {"007.10", 2, 710},
        {"0.001", 3, 1},
        {"1000.000", 3, 1000000},
        {"-2.5", 3, -2500},
        {"-0", 2, 0},
        {"12", 0, 12},
        {"1000000000000000", 0, 1000000000000000},
        {"000000000000000000000000000001", 0, 1},
        {"1000000000000.000", 3, 1000000000000000},
    };
    for (size_t i = 0; i < sizeof rows / sizeof rows[0]; i++) {
        int64_t value = -1;

        ck_assert_msg(ca_decimal_parse(rows[i].text, rows[i].places, true, &value), "%s",
                      rows[i].text);
        ck_assert_int_eq(value, rows[i].value);
    }
}
END_TEST

START_TEST(what_is_no_decimal_is_refused)
{
    static const char *const bad[] = {
        "",
        ".",
        ".5",
        "5.",
        "1.234",
        "66.670",
        "1e3",
        "+1",
        " 1",
        "1 ",
        "1,5",
        "0x1",
        "--1",
        "-",
        "-.5",
        "1.2.3",
        "nan",
        "1.-2",
        "٣",
        "10000000000000.01",
        "10000000000001",
        "99999999999999999999999999",
    };
    int64_t value = 4711;

    for (size_t i = 0; i < sizeof bad / sizeof bad[0]; i++)
        ck_assert_msg(!ca_decimal_parse(bad[i], 2, true, &value), "'%s'", bad[i]);
    ck_assert(!ca_decimal_parse("-1", 2, false, &value));
    ck_assert(!ca_decimal_parse("-0", 2, false, &value));
    ck_assert(!ca_decimal_parse("1.0", 0, false, &value));
    ck_assert_int_eq(value, 4711);
}
END_TEST

START_TEST(decimals_are_written_in_both_forms)
{
    static const struct {
        int64_t value;
        int places;
        const char *fixed, *shortest;
    } rows[] = {
        {7125, 2, "71.25", "71.25"},
        {300, 2, "3.00", "3"},
        {250, 2, "2.50", "2.5"},
        {5, 2, "0.05", "0.05"},
        {0, 2, "0.00", "0"},
        {-2500, 3, "-2.500", "-2.5"},
        {-1, 3, "-0.001", "-0.001"},
        {1000, 3, "1.000", "1"},
        {10010, 3, "10.010", "10.01"},
        {42, 0, "42", "42"},
        {100, 0, "100", "100"},
        {INT64_MIN, 3, "-9223372036854775.808", "-9223372036854775.808"},
    };
    char text[CA_DECIMAL_SIZE];

    for (size_t i = 0; i < sizeof rows / sizeof rows[0]; i++) {
        ck_assert_str_eq(ca_decimal_fixed(rows[i].value, rows[i].places, text), rows[i].fixed);
        ck_assert_str_eq(ca_decimal_short(rows[i].value, rows[i].places, text),
                         rows[i].shortest);
    }
}
END_TEST

START_TEST(what_is_written_is_read_back)
{
    char text[CA_DECIMAL_SIZE];
    int64_t back = 0;

    for (int64_t value = -12345; value <= 12345; value++) {
        if (!ca_decimal_parse(ca_decimal_short(value, 3, text), 3, true, &back) ||
            back != value)
            ck_abort_msg("%s", text);
        if (!ca_decimal_parse(ca_decimal_fixed(value, 2, text), 2, true, &back) ||
            back != value)
            ck_abort_msg("%s", text);
    }
}
END_TEST

START_TEST(integers_are_read_within_their_range)
{
    int64_t value = 4711;

    ck_assert(!ca_integer_parse("", 0, 9, &value));
    ck_assert(!ca_integer_parse("-", -9, 9, &value));
    ck_assert(!ca_integer_parse("+1", 0, 9, &value));
    ck_assert(!ca_integer_parse("1.0", 0, 9, &value));
    ck_assert(!ca_integer_parse(" 1", 0, 9, &value));
    ck_assert(!ca_integer_parse("10", 0, 9, &value));
    ck_assert(!ca_integer_parse("0", 1, 9, &value));
    ck_assert(!ca_integer_parse("9223372036854775808", INT64_MIN, INT64_MAX, &value));
    ck_assert(!ca_integer_parse("-9223372036854775809", INT64_MIN, INT64_MAX, &value));
    ck_assert_int_eq(value, 4711);
    ck_assert(ca_integer_parse("007", 0, 9, &value));
    ck_assert_int_eq(value, 7);
    ck_assert(ca_integer_parse("-3", -9, 9, &value));
    ck_assert_int_eq(value, -3);
    ck_assert(ca_integer_parse("9223372036854775807", INT64_MIN, INT64_MAX, &value));
    ck_assert_int_eq(value, INT64_MAX);
    ck_assert(ca_integer_parse("-9223372036854775808", INT64_MIN, INT64_MAX, &value));
    ck_assert_int_eq(value, INT64_MIN);
}
END_TEST

START_TEST(means_round_half_up)
{
    ck_assert_int_eq(ca_mean(5, 2), 3);
    ck_assert_int_eq(ca_mean(7, 3), 2);
    ck_assert_int_eq(ca_mean(8, 3), 3);
    ck_assert_int_eq(ca_mean(0, 5), 0);
    ck_assert_int_eq(ca_mean(-5, 2), -2);
    ck_assert_int_eq(ca_mean(-7, 2), -3);
    ck_assert_int_eq(ca_mean(-8, 3), -3);
    ck_assert_int_eq(ca_mean(-1, 2), 0);
    ck_assert_int_eq(ca_mean(-2, 3), -1);
    /* 2,000 standards of full marks 1000, each of the greatest weight. */
    ck_assert_int_eq(ca_mean((__int128)2000 * 1000000 * 100000, INT64_C(2000000000)), 100000);
}
END_TEST

START_TEST(a_mean_is_the_nearest_integer)
{
    for (int weight = 1; weight < 40; weight++) {
        for (int sum = -200; sum < 200; sum++) {
            int64_t mean = ca_mean(sum, weight);

            /* mean - 1/2 <= sum / weight < mean + 1/2 */
            if ((2 * mean - 1) * weight > 2 * sum || 2 * sum >= (2 * mean + 1) * weight)
                ck_abort_msg("%d / %d", sum, weight);
        }
    }
}
END_TEST

Suite *unit_suite(void)
{
    Suite *suite = suite_create("decimal");

    UNIT_CASE(suite, "decimals", decimals_are_read_exactly, what_is_no_decimal_is_refused,
              decimals_are_written_in_both_forms, what_is_written_is_read_back);
    UNIT_CASE(suite, "integers", integers_are_read_within_their_range);
    UNIT_CASE(suite, "means", means_round_half_up, a_mean_is_the_nearest_integer);
    return suite;
}
