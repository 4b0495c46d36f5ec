/* What schemas/return-1.xsd says, as tables. */
#include "core/model/grammar_private.h"

CA_WORDS(selection, "random, targeted or stratified", "random", "targeted", "stratified");
CA_WORDS(given_status, "not-applicable or not-evidenced", "not-applicable", "not-evidenced");

/* ---- leaves ---- */

static const struct ca_shape reason = {"reason", CA_E_REASON, .text = &ca_value_any};
static const struct ca_shape given_reason = {"reason", CA_E_REASON, .text = &ca_value_filled};
static const struct ca_shape rationale = {"rationale", CA_E_RATIONALE, .text = &ca_value_any};
static const struct ca_shape given_rationale = {"rationale", CA_E_RATIONALE,
                                                .text = &ca_value_filled};
static const struct ca_shape start = {"start", CA_E_START, .text = &ca_value_date};
static const struct ca_shape end = {"end", CA_E_END, .text = &ca_value_date};
static const struct ca_shape occurred = {"occurred", CA_E_OCCURRED, .text = &ca_value_date};
static const struct ca_shape value = {"value", CA_E_VALUE, .text = &ca_value_number};
static const struct ca_shape text = {"text", CA_E_TEXT, .text = &ca_value_any};

static const struct ca_attr_rule evidence_attrs[] = {CA_OPTIONAL("ref", &ca_value_filled)};
static const struct ca_shape evidence = {"evidence", CA_E_EVIDENCE, CA_ATTRS(evidence_attrs),
                                         .text = &ca_value_any};

static const struct ca_attr_rule case_attrs[] = {CA_REQUIRED("ref", &ca_value_code)};
static const struct ca_shape case_shape = {"case", CA_E_CASE, CA_ATTRS(case_attrs),
                                           .text = &ca_value_none};

static const struct ca_attr_rule audit_attrs[] = {CA_REQUIRED("date", &ca_value_date),
                                                  CA_REQUIRED("auditor", &ca_value_code),
                                                  CA_OPTIONAL("selection", &selection)};
static const struct ca_shape audit = {"audit", CA_E_AUDIT, CA_ATTRS(audit_attrs),
                                      .text = &ca_value_none};

static const struct ca_attr_rule attribute_attrs[] = {CA_REQUIRED("id", &ca_value_id)};
static const struct ca_shape attribute = {"attribute", CA_E_ATTRIBUTE,
                                          CA_ATTRS(attribute_attrs), .text = &ca_value_any};
static const struct ca_slot attributes_slots[] = {{&attribute, .part = 0}};
static const struct ca_shape attributes = {"attributes", CA_E_ATTRIBUTES,
                                           CA_SLOTS(attributes_slots)};

static const struct ca_attr_rule event_attrs[] = {CA_REQUIRED("type", &ca_value_id),
                                                  CA_REQUIRED("date", &ca_value_date)};
static const struct ca_shape event = {"event", CA_E_EVENT, CA_ATTRS(event_attrs),
                                      .text = &ca_value_any};
static const struct ca_slot events_slots[] = {{&event, .part = 0}};
static const struct ca_shape events = {"events", CA_E_EVENTS, CA_SLOTS(events_slots)};

/* ---- responses ---- */

static const struct ca_attr_rule response_attrs[] = {
    CA_REQUIRED("standard", &ca_value_id), CA_OPTIONAL("answer", &ca_value_id),
    CA_OPTIONAL("date", &ca_value_date), CA_OPTIONAL("status", &given_status)};
static const struct ca_slot response_slots[] = {
    {&reason, .part = 0, .branch = 1, .min = 1, .max = 1},
    {&start, .part = 0, .branch = 2, .min = 1, .max = 1},
    {&occurred, .part = 0, .branch = 2},
    {&end, .part = 0, .branch = 2, .max = 1},
    {&value, .part = 0, .branch = 3, .min = 1, .max = 1},
    {&text, .part = 0, .branch = 4, .min = 1, .max = 1},
    {&evidence, .part = 1}};
static const struct ca_shape response = {"response", CA_E_RESPONSE, CA_ATTRS(response_attrs),
                                         CA_SLOTS(response_slots)};

static const struct ca_attr_rule not_applicable_attrs[] = {
    CA_REQUIRED("section", &ca_value_id)};
static const struct ca_slot not_applicable_slots[] = {
    {&given_reason, .part = 0, .min = 1, .max = 1}};
static const struct ca_shape not_applicable = {"not-applicable", CA_E_NOT_APPLICABLE,
                                               CA_ATTRS(not_applicable_attrs),
                                               CA_SLOTS(not_applicable_slots)};

static const struct ca_attr_rule responses_attrs[] = {CA_OPTIONAL("agency", &ca_value_id),
                                                      CA_OPTIONAL("grade", &ca_value_id),
                                                      CA_OPTIONAL("by", &ca_value_code)};
static const struct ca_slot responses_slots[] = {{&not_applicable, .part = 0},
                                                 {&response, .part = 1}};
static const struct ca_shape responses = {"responses", CA_E_RESPONSES,
                                          CA_ATTRS(responses_attrs), CA_SLOTS(responses_slots)};

/* ---- judgement, moderation, findings, actions ---- */

static const struct ca_attr_rule judgement_attrs[] = {CA_REQUIRED("grade", &ca_value_id),
                                                      CA_REQUIRED("by", &ca_value_code),
                                                      CA_REQUIRED("date", &ca_value_date)};
static const struct ca_slot judgement_slots[] = {{&rationale, .part = 0, .max = 1}};
static const struct ca_shape judgement = {"judgement", CA_E_JUDGEMENT,
                                          CA_ATTRS(judgement_attrs), CA_SLOTS(judgement_slots)};

static const struct ca_attr_rule change_attrs[] = {
    CA_REQUIRED("standard", &ca_value_id), CA_OPTIONAL("agency", &ca_value_id),
    CA_OPTIONAL("answer", &ca_value_id), CA_OPTIONAL("status", &given_status)};
static const struct ca_slot change_slots[] = {
    {&given_rationale, .part = 0, .min = 1, .max = 1}};
static const struct ca_shape change = {"change", CA_E_CHANGE, CA_ATTRS(change_attrs),
                                       CA_SLOTS(change_slots)};

static const struct ca_attr_rule moderation_attrs[] = {
    CA_OPTIONAL("grade", &ca_value_id), CA_REQUIRED("by", &ca_value_code),
    CA_REQUIRED("date", &ca_value_date), CA_OPTIONAL("override", &ca_value_yes_no)};
static const struct ca_slot moderation_slots[] = {{&rationale, .part = 0, .max = 1},
                                                  {&change, .part = 1}};
static const struct ca_shape moderation = {
    "moderation", CA_E_MODERATION, CA_ATTRS(moderation_attrs), CA_SLOTS(moderation_slots)};

static const struct ca_attr_rule finding_attrs[] = {CA_REQUIRED("theme", &ca_value_filled),
                                                    CA_OPTIONAL("agency", &ca_value_id)};
static const struct ca_shape strength = {"strength", CA_E_STRENGTH, CA_ATTRS(finding_attrs),
                                         .text = &ca_value_any};
static const struct ca_shape improvement = {"improvement", CA_E_IMPROVEMENT,
                                            CA_ATTRS(finding_attrs), .text = &ca_value_any};
static const struct ca_slot findings_slots[] = {{&strength, .part = 0},
                                                {&improvement, .part = 1}};
static const struct ca_shape findings = {"findings", CA_E_FINDINGS, CA_SLOTS(findings_slots)};

static const struct ca_attr_rule action_attrs[] = {
    CA_REQUIRED("id", &ca_value_code),        CA_OPTIONAL("standard", &ca_value_id),
    CA_OPTIONAL("agency", &ca_value_id),      CA_OPTIONAL("theme", &ca_value_filled),
    CA_REQUIRED("owner", &ca_value_code),     CA_OPTIONAL("due", &ca_value_date),
    CA_OPTIONAL("completed", &ca_value_date), CA_OPTIONAL("verified-by", &ca_value_code)};
static const struct ca_shape action = {"action", CA_E_ACTION, CA_ATTRS(action_attrs),
                                       .text = &ca_value_any};
static const struct ca_slot actions_slots[] = {{&action, .part = 0}};
static const struct ca_shape actions = {"actions", CA_E_ACTIONS, CA_SLOTS(actions_slots)};

/* ---- the return ---- */

static const struct ca_attr_rule return_attrs[] = {
    CA_REQUIRED("id", &ca_value_code), CA_REQUIRED("template", &ca_value_id),
    CA_REQUIRED("template-version", &ca_value_version)};
static const struct ca_slot return_slots[] = {{&case_shape, .part = 0, .min = 1, .max = 1},
                                              {&audit, .part = 1, .min = 1, .max = 1},
                                              {&attributes, .part = 2, .max = 1},
                                              {&events, .part = 3, .max = 1},
                                              {&responses, .part = 4},
                                              {&judgement, .part = 5, .max = 1},
                                              {&moderation, .part = 6, .max = 1},
                                              {&findings, .part = 7, .max = 1},
                                              {&actions, .part = 8, .max = 1}};
static const struct ca_shape return_shape = {"return", CA_E_RETURN, CA_ATTRS(return_attrs),
                                             CA_SLOTS(return_slots)};

const struct ca_grammar ca_return_grammar = {"urn:caseaudit:return:1", &return_shape};
