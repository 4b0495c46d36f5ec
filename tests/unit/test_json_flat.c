/* JSON of one level, read: core/base/json_flat.h. */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "core/base/json.h"
#include "core/base/json_flat.h"
#include "core/base/utf8.h"
#include "tests/unit/unit.h"

static const char *member(const char *json, const char *name)
{
    static char kept[200];
    struct ca_buffer value = {0};
    const bool found = ca_json_flat_member(json, name, &value);

    snprintf(kept, sizeof kept, "%s", value.length > 0 ? value.data : "");
    if (!found)
        ck_assert_uint_eq(value.length, 0);
    ca_buffer_free(&value);
    return found ? kept : NULL;
}

START_TEST(members_are_found)
{
    const char *json =
        "{\"a\":\"one\",\"b\":-12,\"c\":null,\"d\":true,\"e\":\"\",\"a\":\"two\",\"n\":0}";

    ck_assert(ca_json_flat(json, '{'));
    ck_assert_str_eq(member(json, "a"), "one");
    ck_assert_str_eq(member(json, "b"), "-12");
    ck_assert_str_eq(member(json, "n"), "0");
    ck_assert_str_eq(member(json, "e"), "");
    ck_assert_ptr_null(member(json, "c"));
    ck_assert_ptr_null(member(json, "d"));
    ck_assert_ptr_null(member(json, "f"));
    ck_assert_ptr_null(member(json, ""));
    ck_assert_str_eq(member(" { \"a b\" : \"x\" }\n", "a b"), "x");
    ck_assert(ca_json_flat("{}", '{') && ca_json_flat(" [ ] ", '['));
    ck_assert(!ca_json_flat("[]", '{') && !ca_json_flat("{}", '['));
}
END_TEST

START_TEST(escapes_are_undone)
{
    ck_assert_str_eq(member("{\"a\":\"\\b\\t\\n\\f\\r\\\"\\\\\\/\"}", "a"), "\b\t\n\f\r\"\\/");
    ck_assert_str_eq(member("{\"a\":\"\\u00e9\\u20AC\\ud83d\\uDE00\xC3\xA9\"}", "a"),
                     "\xC3\xA9\xE2\x82\xAC\xF0\x9F\x98\x80\xC3\xA9");
    ck_assert_str_eq(member("{\"\\u0061\":\"x\"}", "a"), "x");
    ck_assert_str_eq(member("{\"a\":\"\xEF\xBF\xBD\"}", "a"), "\xEF\xBF\xBD");
}
END_TEST

/* Neither is any of these read in part. */
static const char *const none[] = {"",
                                   " ",
                                   "{",
                                   "}",
                                   "{\"a\"",
                                   "{\"a\":",
                                   "{\"a\":\"x",
                                   "{\"a\":\"x\"",
                                   "{\"a\":\"x\",}",
                                   "{,\"a\":\"x\"}",
                                   "{\"a\":\"x\"}}",
                                   "{\"a\":\"x\"},{}",
                                   "{\"a\":\"x\" \"b\":1}",
                                   "{\"a\":\"x\",,\"b\":1}",
                                   "{a:\"x\"}",
                                   "{\"a\":\"x\",\"b\":[]}",
                                   "{\"a\":\"x\",\"b\":{}}",
                                   "{\"a\":\"x\",\"b\":1.5}",
                                   "{\"a\":\"x\",\"b\":1e3}",
                                   "{\"a\":\"x\",\"b\":01}",
                                   "{\"a\":\"x\",\"b\":-}",
                                   "{\"a\":\"x\",\"b\":+1}",
                                   "{\"a\":\"x\",\"b\":nul}",
                                   "{\"a\":\"x\",\"b\":nulls}",
                                   "{\"a\":\"x\",\"b\":}",
                                   "{\"a\":\"x\",\"b\":\"\\u0000\"}",
                                   "{\"a\":\"x\",\"b\":\"\\ud83d\"}",
                                   "{\"a\":\"x\",\"b\":\"\\ud83d\\u0041\"}",
                                   "{\"a\":\"x\",\"b\":\"\\ude00\"}",
                                   "{\"a\":\"x\",\"b\":\"\\u12g4\"}",
                                   "{\"a\":\"x\",\"b\":\"\\u12\"}",
                                   "{\"a\":\"x\",\"b\":\"\\x\"}",
                                   "{\"a\":\"x\",\"b\":\"\\",
                                   "{\"a\":\"x\",\"b\":\"\n\"}",
                                   "{\"a\":\"x\",\"b\":\"\xFF\"}",
                                   "{\"a\":\"x\",\"b\":\"\xED\xA0\x80\"}",
                                   "{\"a\":\"x\",\"b\":\"\xC2\x9B\"}",
                                   "{\"a\":\"x\",\"b\":\"\xE2\x80\xAE\"}",
                                   "{\"a\":\"x\",\"b\":\"\xC3",
                                   "[\"a\":\"x\"]",
                                   "{\"a\"}",
                                   "null",
                                   "\"a\""};

START_TEST(nothing_is_read_in_part)
{
    struct ca_arena *arena = ca_arena_new();

    for (size_t i = 0; i < sizeof none / sizeof *none; i++) {
        size_t count = 7;
        ck_assert_msg(!ca_json_flat(none[i], '{') && !ca_json_flat(none[i], '['), "%s",
                      none[i]);
        ck_assert_msg(member(none[i], "a") == NULL, "%s", none[i]);
        ck_assert_ptr_null(ca_json_flat_texts(arena, none[i], &count)[0]);
        ck_assert_uint_eq(count, 0);
    }
    ca_arena_free(arena);
}
END_TEST

START_TEST(texts_of_a_list)
{
    struct ca_arena *arena = ca_arena_new();
    size_t count;
    const char *const *texts =
        ca_json_flat_texts(arena, "[\"one\", \"\",3,null,\"f\\u0069ve\"]", &count);

    ck_assert_uint_eq(count, 5);
    ck_assert_str_eq(texts[0], "one");
    for (size_t i = 1; i < 4; i++)
        ck_assert_str_eq(texts[i], "");
    ck_assert_str_eq(texts[4], "five");
    ck_assert_ptr_null(texts[5]);
    ck_assert_ptr_null(ca_json_flat_texts(arena, "[]", &count)[0]);
    ck_assert_uint_eq(count, 0);
    ca_json_flat_texts(arena, "{\"a\":\"x\"}", &count);
    ck_assert_uint_eq(count, 0);
    ca_json_flat_texts(arena, "[[\"a\"]]", &count);
    ck_assert_uint_eq(count, 0);
    ca_arena_free(arena);
}
END_TEST

/* Every character, as the store writes it, comes back. */
START_TEST(what_is_written_comes_back)
{
    struct ca_buffer text = {0}, json = {0}, value = {0};

    for (uint32_t c = 1; c < 0x110000; c += c < 0x3000 ? 1 : 61)
        if (c < 0xD800 || c > 0xDFFF)
            ca_utf8_put(&text, c);
    ca_json_open(&json, '{');
    ca_json_key_string(&json, "a", text.data);
    ca_json_key_integer(&json, "b", INT64_MIN);
    ca_json_close(&json, '}');
    ck_assert(ca_json_flat_member(json.data, "a", &value));
    ck_assert_str_eq(value.data, text.data);
    ck_assert_str_eq(member(json.data, "b"), "-9223372036854775808");
    /* Cut anywhere, it is none. */
    for (size_t i = 0; i < 400; i++) {
        const size_t at = json.length - 1 - i * (json.length / 401);
        json.data[at] = '\0';
        ck_assert(!ca_json_flat(json.data, '{'));
    }
    ca_buffer_free(&text);
    ca_buffer_free(&json);
    ca_buffer_free(&value);
}
END_TEST

/* What nests deeply is nothing to climb down. */
START_TEST(deep_nesting_is_no_work)
{
    const size_t length = 1 << 20;
    char *deep = malloc(length + 1);

    memset(deep, '[', length);
    deep[length] = '\0';
    ck_assert(!ca_json_flat(deep, '['));
    free(deep);
}
END_TEST

Suite *unit_suite(void)
{
    Suite *suite = suite_create("json_flat");

    UNIT_CASE(suite, "flat JSON", members_are_found, escapes_are_undone,
              nothing_is_read_in_part, texts_of_a_list, what_is_written_comes_back,
              deep_nesting_is_no_work);
    return suite;
}
