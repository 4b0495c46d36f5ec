#ifndef CA_MODEL_RETURN_READ_H
#define CA_MODEL_RETURN_READ_H

#include "core/model/return.h"

/* What must be known of a return before its template can be chosen. */
struct ca_return_header {
    const char *id, *template_id, *template_version;
    uint32_t offset;
};

/*
 * First step: parses and checks against the schema. False if there is no
 * usable return element at all; header members are NULL where unreadable.
 */
bool ca_return_parse(struct ca_xml_parser *parser, struct ca_arena *arena, const char *bytes,
                     size_t length, struct ca_diags *diags, struct ca_xml_doc *doc,
                     struct ca_return_header *header);

/*
 * Second step: reads the tree against its template: every id, type, date,
 * reason and role of the formats, all faults in one run; and warns of what looks like
 * personal data. What depends on outcomes (completeness, evidence and actions
 * below a score, responses to standards whose applies rule excludes them) is
 * for the scoring room. *good says whether there was no error, here or in the first step;
 * of a return with errors what could be read is given, for looking on, so that all faults
 * are told in one run. What could not be read is absent from it.
 */
struct ca_return *ca_return_read(struct ca_arena *arena, const char *file,
                                 const struct ca_xml_doc *doc, const struct ca_template *t,
                                 struct ca_diags *diags, bool *good);

#endif
