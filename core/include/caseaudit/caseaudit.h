/*
 * caseaudit.h: the engine, for programs that embed it.
 *
 * One engine holds the frameworks, the templates given to it and the memory
 * that is reused from return to return; it is used by one thread at a time.
 * It never prints, exits or touches the locale. Documents go in as bytes;
 * results come out as the JSON object of caseaudit's schemas, the same that
 * `caseaudit score --format ndjson` writes.
 *
 *     caseaudit_engine *engine = caseaudit_engine_new(NULL);
 *     if (!caseaudit_engine_add_template(engine, "t.xml", bytes, length))
 *         puts(caseaudit_engine_message(engine));
 *     puts(caseaudit_engine_score(engine, "r.xml", bytes, length, 0));
 *     caseaudit_engine_free(engine);
 */
#ifndef CASEAUDIT_H
#define CASEAUDIT_H

#include <stddef.h>

#ifdef __cplusplus
extern "C" {
#endif

typedef struct caseaudit_engine caseaudit_engine;

/* Missing responses, and nothing else, are forgiven. */
#define CASEAUDIT_ALLOW_INCOMPLETE 1u

/* plugin_dir is looked in for frameworks before the usual places; NULL for these
 * alone. Frameworks are loaded when a template first asks for them. Never NULL. */
caseaudit_engine *caseaudit_engine_new(const char *plugin_dir);
void caseaudit_engine_free(caseaudit_engine *engine);

/* Adds a template; name is for messages. 1, or 0 if it was refused: the message then
 * has every fault, a line each, as NAME:LINE:COLUMN: error: … */
int caseaudit_engine_add_template(caseaudit_engine *engine, const char *name, const char *bytes,
                                  size_t length);

/* What was said of the template added last; "" if nothing was. Valid until the next. */
const char *caseaudit_engine_message(const caseaudit_engine *engine);

/* The result of one return, rejected ones included, as one line of JSON without its end.
 * Valid until the next call with this engine. */
const char *caseaudit_engine_score(caseaudit_engine *engine, const char *name,
                                   const char *bytes, size_t length, unsigned flags);

#ifdef __cplusplus
}
#endif

#endif
