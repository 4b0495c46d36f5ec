#ifndef CA_MODEL_RETURN_PRIVATE_H
#define CA_MODEL_RETURN_PRIVATE_H

#include "core/model/called.h"
#include "core/model/grammar.h"
#include "core/model/return.h"

/*
 * What the parts of the return's reader share; private to core/model/return_*.c.
 *
 * The schema's faults have been reported before the reader begins: where an
 * attribute or text is malformed, the reader treats it as absent and says
 * nothing. A fault is reported once, where it stands; what merely follows
 * from it is not.
 */
struct ca_return_reader {
    struct ca_return *r;
    const struct ca_template *t;
    struct ca_arena *arena;
    struct ca_diags *diags;
    size_t hints; /* names that may still be compared for "did you mean" */
    size_t responses, dates;
    bool unsure;         /* a response could not be placed: a change may seem to lack its own */
    size_t *na_declared; /* by section: index in na_sections plus 1, of the agency being read */
};

/* An error at node, beyond the schema. */
#define ca_return_fault(reader, node, ...)                                                     \
    ca_xml_report(&(reader)->r->doc, (node), (reader)->diags, CA_ERROR, CA_FAULT_RULE,         \
                  __VA_ARGS__)

/*
 * "; did you mean 'x'?" where the word is nearly an id, or what people call a row by: its label
 * or abbreviation. Otherwise "; it must be 'x', 'y' or 'z'", if they are few, or "".
 * *nearest (may be NULL) becomes the row meant, or CA_NONE. After many hints in
 * one return there are no more: a hostile file shall not cost a comparison
 * of everything with everything.
 */
const char *ca_return_hint(struct ca_return_reader *reader, const char *word,
                           const struct ca_called *names, size_t *nearest);

/* "; it must be 'x', 'y' or 'z'", if they are few, or "". */
const char *ca_return_list(struct ca_return_reader *reader, const struct ca_called *names);

/*
 * The index of an id in map, or CA_NONE, then reported with a hint: "'wrod' is
 * not WHAT; did you mean 'word'?". What the schema has complained of, as no id, gets these
 * words in the place of the schema's. NULL is CA_NONE without a word.
 */
struct ca_return_table {
    const struct ca_map *map;
    const char *attribute, *what; /* "grade", "a grade" */
    struct ca_called names;
};
size_t ca_return_find(struct ca_return_reader *reader, const struct ca_xml_node *node,
                      const struct ca_return_table *table, const char *id, size_t *nearest);
size_t ca_return_find_grade(struct ca_return_reader *reader, const struct ca_xml_node *node,
                            const char *id);
size_t ca_return_find_standard(struct ca_return_reader *reader, const struct ca_xml_node *node,
                               const char *id, size_t *nearest);
size_t ca_return_find_answer(struct ca_return_reader *reader, const struct ca_xml_node *node,
                             const struct ca_standard *standard, const char *id);

/* As above; without agencies in the template any id is an error. */
size_t ca_return_find_agency(struct ca_return_reader *reader, const struct ca_xml_node *node,
                             const char *id);

/* The agency an element must name exactly where the template has agencies: its
 * index, 0 without agencies, or CA_NONE after a fault. */
size_t ca_return_owner(struct ca_return_reader *reader, const struct ca_xml_node *node);

/* How many bytes of a free text a message shows, whole characters; for "%.*s". */
int ca_return_shown(const char *text);

/* A date of the return, counted against the limit; CA_NO_DATE if malformed or NULL. */
ca_date ca_return_date(struct ca_return_reader *reader, const struct ca_xml_node *node,
                       const char *text);

/* Reports a date that lies after the audit date; what: "start", "event 'review'". */
void ca_return_not_after_audit(struct ca_return_reader *reader, const struct ca_xml_node *node,
                               const char *what, ca_date date);

/* The cell of a standard and an agency. */
struct ca_response *ca_return_cell(struct ca_return_reader *reader, size_t standard,
                                   size_t agency);

const char *ca_return_child_text(const struct ca_xml_node *node, uint32_t code); /* or NULL */
size_t ca_return_count(const struct ca_xml_node *node, uint32_t code);
int ca_return_line(const struct ca_return_reader *reader, uint32_t offset);

/* The parts, each given the root element; in this order. */
void ca_return_read_attributes(struct ca_return_reader *reader, const struct ca_xml_node *root);
void ca_return_read_events(struct ca_return_reader *reader, const struct ca_xml_node *root);
void ca_return_read_responses(struct ca_return_reader *reader, const struct ca_xml_node *root);
void ca_return_read_judgement(struct ca_return_reader *reader, const struct ca_xml_node *root);
void ca_return_read_moderation(struct ca_return_reader *reader, const struct ca_xml_node *root);
void ca_return_read_findings(struct ca_return_reader *reader, const struct ca_xml_node *root);
void ca_return_read_actions(struct ca_return_reader *reader, const struct ca_xml_node *root);
void ca_return_scan_privacy(struct ca_return_reader *reader, const struct ca_xml_node *root);

/* Within ca_return_read_events: does anything happen before the case is opened, or after it is
 * closed? */
void ca_return_check_order(struct ca_return_reader *reader);

/* Within ca_return_read_responses: one <response>; agency CA_NONE where it is unknown. */
void ca_return_read_response(struct ca_return_reader *reader, const struct ca_xml_node *node,
                             size_t agency);

#endif
