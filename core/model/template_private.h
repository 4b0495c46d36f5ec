#ifndef CA_MODEL_TEMPLATE_PRIVATE_H
#define CA_MODEL_TEMPLATE_PRIVATE_H

#include "core/model/called.h"
#include "core/model/grammar.h"
#include "core/model/template_read.h"

/*
 * What the files that read a template share; nobody else includes it.
 *
 * The grammar has looked at the document before: a value that is malformed
 * or missing has been reported, so it is taken as absent here and nothing
 * more is said. Where something stays unknown, what depends on it is not
 * checked; so each fault is reported once, and one does not hide another.
 */

/* Names of one kind, as candidates when one was mistyped. */
struct ca_tpl_names {
    const char *plural; /* "standards": for messages */
    const char **items;
    size_t count;
    struct ca_called called; /* the same as people call them; empty where nobody would */
};

/* What is known of a section or standard only while reading. */
struct ca_tpl_section {
    const struct ca_xml_node *node;
    size_t end;                          /* its subtree: sections [itself, end) */
    size_t first_standard, end_standard; /* and standards [first, end) */
    bool scorable;                       /* something in it is not a text */
};

struct ca_tpl_standard {
    const struct ca_xml_node *node;
    bool known; /* its type, and list, are known */
};

struct ca_tpl_reader {
    struct ca_template *t;
    struct ca_arena *arena;
    struct ca_diags *diags;

    struct ca_tpl_names grades, lists, agencies, attributes, sections, standards;
    struct ca_map *list_map, *limit_map, *alert_map, *measure_map;
    struct ca_tpl_names *list_answers;     /* answers by list */
    struct ca_tpl_names *attribute_values; /* values by attribute */
    struct ca_map **value_maps;            /* of attributes with a closed list; else NULL */
    const struct ca_xml_node **list_nodes, **agency_nodes;
    bool *list_used, *agency_used;

    struct ca_tpl_section *section_infos;
    struct ca_tpl_standard *standard_infos;
    size_t condition_count, limit_count;
    size_t graded_sections;   /* top-level ones with a grade and a weight above 0 */
    size_t scored_sections;   /* those of them that are not texts alone */
    size_t critical_outcomes; /* of critical standards that can have a score */

    size_t comparisons; /* left for "did you mean", so that no document takes long */
};

/* ---- template_values.c: faults, values, ids ---- */

void ca_tpl_error(struct ca_tpl_reader *r, const struct ca_xml_node *node, const char *format,
                  ...) __attribute__((format(printf, 3, 4)));
void ca_tpl_warning(struct ca_tpl_reader *r, const struct ca_xml_node *node, const char *format,
                    ...) __attribute__((format(printf, 3, 4)));

/* Reports once, at the first entry too many, that there are more than max. */
void ca_tpl_limit(struct ca_tpl_reader *r, const struct ca_xml_node *node, size_t count,
                  size_t max, const char *plural);

/* Tail of a message on an unknown word: the nearest of what is known, or all of it. */
const char *ca_tpl_known(struct ca_tpl_reader *r, const char *word,
                         const struct ca_tpl_names *names);

/* An error of a word in an attribute that names nothing there is. What the schema has
 * complained of, as no id, gets these words in the place of the schema's. */
void ca_tpl_unknown(struct ca_tpl_reader *r, const struct ca_xml_node *node,
                    const char *attribute, const char *word, const char *format, ...)
    __attribute__((format(printf, 5, 6)));

/* Room for count names. */
void ca_tpl_names_init(struct ca_tpl_reader *r, struct ca_tpl_names *names, const char *plural,
                       size_t count);

/* Children with that code. */
size_t ca_tpl_count(const struct ca_xml_node *node, uint32_t code);

/* Text of the first child with that code, or NULL. */
const char *ca_tpl_child_text(const struct ca_xml_node *node, uint32_t code);

/* An attribute that must be there: "" where it is not. */
const char *ca_tpl_text(const struct ca_xml_node *node, const char *name);

/* Words of an attribute, split at white space, each once; NULL and 0 if absent. */
const char **ca_tpl_words(struct ca_tpl_reader *r, const struct ca_xml_node *node,
                          const char *name, size_t *count);
/* The same as they are meant: one, where the whole is what something is called. */
const char **ca_tpl_meant(struct ca_tpl_reader *r, const struct ca_xml_node *node,
                          const char *name, const struct ca_tpl_names *names, size_t *count);
/* The words of a row that is read, sorted besides where they are many. */
void ca_tpl_sort_words(struct ca_tpl_reader *r, struct ca_row *row);

/* A score of 0 to full (hundredths): -1 if absent; above full is reported and -1. */
int32_t ca_tpl_score(struct ca_tpl_reader *r, const struct ca_xml_node *node, const char *name,
                     int32_t full);
/* A decimal in thousandths, or fallback. */
int64_t ca_tpl_decimal(const struct ca_xml_node *node, const char *name, int64_t fallback);
/* A weight in thousandths, 1 where there is none. */
int32_t ca_tpl_weight(const struct ca_xml_node *node);
int64_t ca_tpl_integer(const struct ca_xml_node *node, const char *name, int64_t min,
                       int64_t max, int64_t fallback);
bool ca_tpl_flag(const struct ca_xml_node *node, const char *name);
/* Is the attribute there, with this value? */
bool ca_tpl_is(const struct ca_xml_node *node, const char *name, const char *value);

/* The id ("" if it has none), stored in map; a second of its kind is reported. */
const char *ca_tpl_id(struct ca_tpl_reader *r, const struct ca_xml_node *node,
                      struct ca_map *map, size_t index, const char *noun);
/* Reports an id that the program keeps for itself; reserved is NULL-ended. */
void ca_tpl_reserved(struct ca_tpl_reader *r, const struct ca_xml_node *node, const char *noun,
                     const char *id, const char *const *reserved);
/* The grade an attribute names; CA_NONE, reported if it is unknown. */
size_t ca_tpl_grade(struct ca_tpl_reader *r, const struct ca_xml_node *node, const char *name);

/* ---- template_scale.c ---- */
void ca_tpl_read_scale(struct ca_tpl_reader *r, const struct ca_xml_node *root);
void ca_tpl_read_lists(struct ca_tpl_reader *r, const struct ca_xml_node *root);

/* ---- template_parts.c ---- */
void ca_tpl_read_framework(struct ca_tpl_reader *r, const struct ca_xml_node *root,
                           ca_framework_lookup lookup, void *context);
void ca_tpl_read_options(struct ca_tpl_reader *r, const struct ca_xml_node *root);
void ca_tpl_read_agencies(struct ca_tpl_reader *r, const struct ca_xml_node *root);
void ca_tpl_read_attributes(struct ca_tpl_reader *r, const struct ca_xml_node *root);
void ca_tpl_read_themes(struct ca_tpl_reader *r, const struct ca_xml_node *root);

/* ---- template_sections.c: the tree, without its conditions ---- */
void ca_tpl_read_sections(struct ca_tpl_reader *r, const struct ca_xml_node *root);

/* ---- template_standards.c ---- */
void ca_tpl_read_standard(struct ca_tpl_reader *r, const struct ca_xml_node *node,
                          size_t index);
/* Of a type with answers, is this one of them? */
bool ca_tpl_has_answers(const struct ca_standard *s);
bool ca_tpl_has_answer(const struct ca_template *t, const struct ca_standard *s,
                       const char *answer);
/* "answer 'god' is not in list 'grades'; did you mean 'good'?" */
void ca_tpl_unknown_answer(struct ca_tpl_reader *r, const struct ca_xml_node *node,
                           const char *attribute, size_t standard, const char *answer);
/* The answers of a standard that has some. */
const struct ca_tpl_names *ca_tpl_answers(struct ca_tpl_reader *r, size_t standard);

/* How many outcomes a standard has in one return: one for each of its agencies. */
size_t ca_tpl_outcomes(const struct ca_template *t, const struct ca_standard *s);

/* ---- template_conditions.c ---- */

/* Where conditions stand decides what they may look at. */
enum ca_tpl_scope_kind { CA_SCOPE_APPLIES, CA_SCOPE_SECTION, CA_SCOPE_TEMPLATE };
struct ca_tpl_scope {
    enum ca_tpl_scope_kind kind;
    size_t section; /* whose limit it is */
    size_t before;  /* of an applies: standards before this one */
};
void ca_tpl_read_conditions(struct ca_tpl_reader *r, const struct ca_xml_node *parent,
                            const struct ca_tpl_scope *scope, struct ca_conditions *out);

/* ---- template_rows.c: the single tests of a condition ---- */
void ca_tpl_read_row(struct ca_tpl_reader *r, const struct ca_xml_node *node,
                     const struct ca_tpl_scope *scope, struct ca_row *row);

/* ---- template_rules.c ---- */
void ca_tpl_read_applies(struct ca_tpl_reader *r);
void ca_tpl_read_section_limits(struct ca_tpl_reader *r);
void ca_tpl_read_rules(struct ca_tpl_reader *r, const struct ca_xml_node *root);
void ca_tpl_read_limits(struct ca_tpl_reader *r, const struct ca_xml_node *root);
void ca_tpl_read_alerts(struct ca_tpl_reader *r, const struct ca_xml_node *root);
void ca_tpl_read_measures(struct ca_tpl_reader *r, const struct ca_xml_node *root);

/* ---- template_check.c: what can be seen only of the whole ---- */
void ca_tpl_count_countable(struct ca_tpl_reader *r);
void ca_tpl_check(struct ca_tpl_reader *r, const struct ca_xml_node *root);

/* ---- template_doubts.c, template_logic.c: what means something else than it says ---- */
void ca_tpl_doubt(struct ca_tpl_reader *r, const struct ca_xml_node *root);
void ca_tpl_doubt_conditions(struct ca_tpl_reader *r);

#endif
