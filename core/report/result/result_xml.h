#ifndef CA_REPORT_RESULT_XML_H
#define CA_REPORT_RESULT_XML_H

#include "core/work/scorer.h"

/* The result object as XML: <results> (head, tail) around one <result> a return. */
extern const char ca_result_xml_head[], ca_result_xml_tail[];
void ca_result_xml(struct ca_buffer *out, const struct ca_scored *scored);

#endif
