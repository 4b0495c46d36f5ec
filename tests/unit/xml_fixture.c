#include <string.h>

#include "tests/unit/unit.h"
#include "tests/unit/xml_fixture.h"

struct ca_xml_parser *parser;
struct ca_arena *arena;
struct ca_diags diags;
struct ca_xml_doc doc;

void xml_open(void)
{
    parser = ca_xml_parser_new();
    arena = ca_arena_new();
}

void xml_close(void)
{
    ca_xml_parser_free(parser);
    ca_arena_free(arena);
}

bool parse_bytes(const char *bytes, size_t length)
{
    ca_arena_reset(arena);
    ca_diags_init(&diags, arena);
    return ca_xml_parse(parser, arena, bytes, length, &ca_xml_return_limits, &diags, &doc);
}

bool parse(const char *text)
{
    return parse_bytes(text, strlen(text));
}

void assert_good(bool parsed)
{
    ck_assert_msg(parsed && diags.errors == 0, "refused: %s",
                  diags.count > 0 ? diags.items[0].message : "without a word");
}

void assert_refused(bool parsed, enum ca_fault fault, int line, int column, const char *word)
{
    ck_assert_msg(!parsed, "accepted, though %s", word);
    ck_assert_uint_eq(diags.count, 1);
    ck_assert_uint_eq(diags.errors, 1);
    ck_assert_int_eq(diags.items[0].fault, fault);
    ck_assert_msg(strstr(diags.items[0].message, word) != NULL, "'%s' lacks '%s'",
                  diags.items[0].message, word);
    ck_assert_msg(strchr(diags.items[0].message, '\n') == NULL, "more than a line");
    ck_assert_int_eq(diags.items[0].line, line);
    ck_assert_int_eq(diags.items[0].column, column);
}
