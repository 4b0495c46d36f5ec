#ifndef CA_FRAMEWORKS_APART_H
#define CA_FRAMEWORKS_APART_H

#include "core/base/pack.h"
#include "core/frameworks/engine.h"

/*
 * A framework that did not come with the engine runs in a process of its own, and two things
 * go between that process and the one that reads and scores a return. The **brief** is what a
 * framework can see of the return, and nothing else is handed to that process. The **opinion**
 * is what the framework did with it: the calls that set something, one behind the other. The
 * reading process does the same calls again on its own copy, where each is checked as it
 * would be if the framework were there (services.c). So a framework can decide about the
 * return that it was briefed on, and about nothing else; and what it says is data.
 *
 * Bytes of either are in a form for processes of the same build.
 */

/* ---- the brief ---- */

/* Of a return as it was read; good: without errors, so that it can be scored. */
void ca_brief_pack(const struct ca_return *audit, bool good, struct ca_buffer *out);

/* First step of reading one: which template it goes by. NULL if bytes are no brief. */
struct ca_brief {
    const char *template_id, *template_version; /* borrowed from the bytes */
    bool good;
    struct ca_unpack rest;
};
bool ca_brief_open(const char *bytes, size_t length, struct ca_brief *brief);
/* Second step: the return, without its document. NULL if it is none of this template. */
struct ca_return *ca_brief_unpack(const struct ca_brief *brief, struct ca_arena *arena,
                                  const struct ca_template *t);

/* ---- the opinion ---- */

/* Most bytes of one. */
enum { CA_OPINION_BYTES = 256 * 1024 };

/* Where the framework is: what it says of a return, or of a template. */
void ca_opinion_of_return(const struct ca_plugin *plugin, const struct ca_return *audit,
                          bool good, struct ca_buffer *out);
void ca_opinion_of_template(const struct ca_plugin *plugin, const struct ca_template *t,
                            struct ca_buffer *out);
/* Nothing to say; or one error. */
void ca_opinion_none(struct ca_buffer *out);
void ca_opinion_fault(const char *text, struct ca_buffer *out);

/*
 * Where it is not: callbacks that do what the opinion says, to be called with it as their
 * state. The engine cannot tell the difference. An opinion that makes no sense is an error
 * of the return or template.
 */
struct ca_opinion {
    const char *framework; /* its name, for messages */
    struct ca_unpack in;
};
struct ca_opinion ca_opinion_open(const char *framework, const char *bytes, size_t length);
void ca_opinion_callbacks(caseaudit_framework *framework);
void ca_opinion_derive(const struct caseaudit_deriving *d); /* that of derived standards */

/* ---- what a framework is, without its code ---- */

/* Everything of a descriptor but its callbacks. */
void ca_describe(const caseaudit_framework *framework, struct ca_buffer *out);
/* The same again in arena; its callbacks give opinions. The caller holds it to the contract
 * (contract.h), for bytes may come from anywhere. False if they make no sense at all. */
bool ca_described(const char *bytes, size_t length, struct ca_arena *arena,
                  caseaudit_framework *out);

#endif
