/* What is seen of a root element without reading the document: only what is plain, and never
 * what is not so. */
#include <stdlib.h>
#include <string.h>

#include "core/model/peek.h"
#include "tests/unit/unit.h"

static const char *const names[] = {"id", "version"};

/* From memory of its own length, so that a look beyond the end is found. */
static bool look(const char *text, size_t length, char values[2][CA_PEEK_SIZE])
{
    char *bytes = malloc(length > 0 ? length : 1);
    bool seen;

    memcpy(bytes, text, length);
    seen = ca_peek(bytes, length, names, 2, values);
    free(bytes);
    return seen;
}

START_TEST(what_is_plain_is_seen)
{
    static const char *const texts[] = {
        "<t id='a' version='1'>",
        ("\xEF\xBB\xBF<?xml version='9' id='no'?>\n<!-- <t id='no'> -->\n<t version=\"1\" "
         "id=\"a\"/>"),
        "<p:t\txmlns:p='u'\nid = 'a'\r\nversion\n=\n'1' other='<'>", "<t id='a' version='1",
        "<t id='a' version='1'><t id='b' version='2'/></t>"};
    char values[2][CA_PEEK_SIZE];

    for (size_t i = 0; i < sizeof texts / sizeof *texts; i++) {
        const bool whole = i != 3; /* that one ends within a value */
        ck_assert_msg(look(texts[i], strlen(texts[i]), values) == whole, "%s", texts[i]);
        if (whole) {
            ck_assert_str_eq(values[0], "a");
            ck_assert_str_eq(values[1], "1");
        }
    }
}
END_TEST

START_TEST(what_is_not_plain_is_not_guessed)
{
    static const char *const texts[] = {
        "",
        " ",
        "<",
        "<t",
        "<t>",
        "t id='a' version='1'",
        "<!DOCTYPE t><t id='a' version='1'>",
        "<!-- <t id='a' version='1'>",
        "<?pi <t id='a' version='1'>",
        "<t id='a'>",
        "<t><u id='a' version='1'/></t>",
        "<t id='&#97;' version='1'>",
        "<t id='a b' version='1'>",
        "<t id='a' version='1<'>",
        "<t id=a version=1>",
        "<t id='a' / version='1'>",
        "<t id='a\" version='1'>",
        "<t ID='a' version='1'>",
        ("<t id='0123456789012345678901234567890123456789012345678901234567890123456789012'"
         " version='1'>")};
    char values[2][CA_PEEK_SIZE];

    for (size_t i = 0; i < sizeof texts / sizeof *texts; i++)
        ck_assert_msg(!look(texts[i], strlen(texts[i]), values), "%s", texts[i]);
}
END_TEST

/* Twice is no document that can be read; it is not for here to choose one. */
START_TEST(an_attribute_twice_is_not_seen)
{
    static const char text[] = "<t id='a' id='b' version='1'>";
    char values[2][CA_PEEK_SIZE];

    ck_assert(!look(text, strlen(text), values));
}
END_TEST

START_TEST(no_end_leads_beyond_it)
{
    static const char text[] =
        "\xEF\xBB\xBF<?xml version='1.0'?><!-- c --><t a='x' id='a' version='1'>";
    char values[2][CA_PEEK_SIZE];

    for (size_t length = 0; length < strlen(text) - 1; length++)
        ck_assert_uint_eq(look(text, length, values), false);
    ck_assert(look(text, strlen(text), values));
}
END_TEST

Suite *unit_suite(void)
{
    Suite *suite = suite_create("peek");

    UNIT_CASE(suite, "peek", what_is_plain_is_seen, what_is_not_plain_is_not_guessed,
              an_attribute_twice_is_not_seen, no_end_leads_beyond_it);
    return suite;
}
