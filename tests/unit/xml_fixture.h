#ifndef CA_TESTS_XML_FIXTURE_H
#define CA_TESTS_XML_FIXTURE_H

#include "core/model/xml.h"

/* One parser and the document it read last, for the tests of the XML layer. */
extern struct ca_xml_parser *parser;
extern struct ca_arena *arena;
extern struct ca_diags diags;
extern struct ca_xml_doc doc;

/* Before and after each test. */
void xml_open(void);
void xml_close(void);

/* Reads with the limits of a return, forgetting the document before. */
bool parse_bytes(const char *bytes, size_t length);
bool parse(const char *text);
#define PARSE_LITERAL(bytes) parse_bytes((bytes), sizeof(bytes) - 1)

void assert_good(bool parsed);
/* One error, of that fault, at that place, that mentions a word. */
void assert_refused(bool parsed, enum ca_fault fault, int line, int column, const char *word);

#endif
