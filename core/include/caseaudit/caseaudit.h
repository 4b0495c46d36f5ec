/*
 * caseaudit.h: the engine, for programs that embed it.
 *
 * One engine holds the frameworks, the templates given to it and the memory
 * that is reused from return to return; it is used by one thread at a time.
 * It never prints, exits or touches the locale. Documents go in as bytes;
 * results come out as the JSON object of caseaudit's schemas, the same that
 * `caseaudit score --format ndjson` writes.
 *
 *     caseaudit_engine *engine = caseaudit_engine_new_locked(NULL);
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

/*
 * An engine for templates, returns and frameworks that others made. It reads none of them in
 * the calling process, and opens no framework there but those that came with it: that is left
 * to processes forked from this one, which can open, start and reach nothing, and one of which
 * is kept from return to return. A return that crashes its process, or keeps it longer than ten
 * seconds, is rejected and says so.
 *
 * What is asked of the program: no other thread is within the C library's or libxml2's locks
 * when it calls (to make the engine, and call it, from a program's one thread is the simple
 * case); it waits for its own children only, and by their numbers (waitpid(-1, …), or SIGCHLD
 * ignored, takes the engine's away). What it holds in memory when it forks can be read by a
 * framework's code, which can take it nowhere but into the results of its own returns. Where
 * the kernel has no seccomp, the processes are apart and not locked.
 *
 * plugin_dir is looked in for frameworks before the usual places; NULL for these alone.
 * Frameworks are loaded when a template first asks for them. Never NULL.
 */
caseaudit_engine *caseaudit_engine_new_locked(const char *plugin_dir);

/*
 * The same for documents and frameworks that are trusted: everything is read, and every
 * framework's code runs, in the calling process, with all that this may do and for as long as
 * it takes. A fault met there is the program's own.
 */
caseaudit_engine *caseaudit_engine_new(const char *plugin_dir);
void caseaudit_engine_free(caseaudit_engine *engine);

/* Adds a template; name is for messages. 1, or 0 if it was refused: the message then
 * has every fault, a line each, as NAME:LINE:COLUMN: error: … */
int caseaudit_engine_add_template(caseaudit_engine *engine, const char *name, const char *bytes,
                                  size_t length);

/* What was said of the template added last; "" if nothing was. Why there was no result, if
 * there was none. Valid until the next call. */
const char *caseaudit_engine_message(const caseaudit_engine *engine);

/* The result of one return, rejected ones included, as one line of JSON without its end.
 * Valid until the next call with this engine. NULL only if a locked engine could start no
 * process, or not lock it. */
const char *caseaudit_engine_score(caseaudit_engine *engine, const char *name,
                                   const char *bytes, size_t length, unsigned flags);

/*
 * The same return for people: the text that `caseaudit score --explain` prints, in lines of 80
 * columns; and the page that `caseaudit score --format html` writes, a whole document. The
 * return is read anew for each.
 */
const char *caseaudit_engine_explanation(caseaudit_engine *engine, const char *name,
                                         const char *bytes, size_t length, unsigned flags);
const char *caseaudit_engine_page(caseaudit_engine *engine, const char *name, const char *bytes,
                                  size_t length, unsigned flags);

#ifdef __cplusplus
}
#endif

#endif
