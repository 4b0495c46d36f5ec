#ifndef CA_MODEL_GRAMMAR_H
#define CA_MODEL_GRAMMAR_H

#include "core/model/xml.h"

/*
 * The two document types as tables, checked by one generic walk. The tables
 * say exactly what schemas/template-1.xsd and schemas/return-1.xsd say; a
 * test holds them to it. ca_grammar_check reports every difference in one run
 * (with "did you mean"), gives each known element its code, and lets unknown
 * ones keep code 0, so that readers can go on and find more faults.
 *
 * Readers afterwards trust the structure where no error was reported; where
 * a value is malformed they treat it as absent and say nothing more.
 */
struct ca_grammar;
extern const struct ca_grammar ca_template_grammar;
extern const struct ca_grammar ca_return_grammar;

/* True if nothing was wrong. A document of another kind (wrong root or
 * namespace) yields one error that says what it is and false. */
bool ca_grammar_check(const struct ca_grammar *grammar, const struct ca_xml_doc *doc,
                      struct ca_diags *diags);

/* Is this a document of that grammar (root element and namespace)? */
bool ca_grammar_is_root(const struct ca_grammar *grammar, const struct ca_xml_doc *doc);

/* The name of an element or attribute of either grammar as it is kept for good, or NULL. */
const char *ca_grammar_word(const char *name);

/* Element codes, one list for both grammars; from 1. */
enum ca_element {
    CA_E_NONE,
    /* template */
    CA_E_TEMPLATE,
    CA_E_TITLE,
    CA_E_DESCRIPTION,
    CA_E_TERMS_OF_REFERENCE,
    CA_E_SCALE,
    CA_E_GRADE,
    CA_E_ANSWERS,
    CA_E_ANSWER,
    CA_E_OPTION,
    CA_E_AGENCIES,
    CA_E_AGENCY,
    CA_E_ATTRIBUTES,
    CA_E_ATTRIBUTE,
    CA_E_VALUE,
    CA_E_THEMES,
    CA_E_THEME,
    CA_E_SECTION,
    CA_E_APPLIES,
    CA_E_WHEN,
    CA_E_ANY,
    CA_E_LIMITS,
    CA_E_LIMIT,
    CA_E_STANDARD,
    CA_E_QUESTION,
    CA_E_GUIDANCE,
    CA_E_LOOKS_LIKE,
    CA_E_REFERENCE,
    CA_E_TIMESCALE,
    CA_E_FREQUENCY,
    CA_E_NUMBER,
    CA_E_BAND,
    CA_E_POINTS,
    CA_E_TEXT,
    CA_E_LATE,
    CA_E_RULES,
    CA_E_RULE,
    CA_E_OTHERWISE,
    CA_E_REASON,
    CA_E_ALERTS,
    CA_E_ALERT,
    CA_E_MESSAGE,
    CA_E_MEASURES,
    CA_E_MEASURE,
    /* return */
    CA_E_RETURN,
    CA_E_CASE,
    CA_E_AUDIT,
    CA_E_EVENTS,
    CA_E_EVENT,
    CA_E_RESPONSES,
    CA_E_NOT_APPLICABLE,
    CA_E_RESPONSE,
    CA_E_EVIDENCE,
    CA_E_START,
    CA_E_END,
    CA_E_OCCURRED,
    CA_E_JUDGEMENT,
    CA_E_RATIONALE,
    CA_E_MODERATION,
    CA_E_CHANGE,
    CA_E_FINDINGS,
    CA_E_STRENGTH,
    CA_E_IMPROVEMENT,
    CA_E_ACTIONS,
    CA_E_ACTION,
    CA_E_COUNT
};

#endif
