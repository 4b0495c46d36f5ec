#ifndef CA_INSIGHT_MEASURE_CHANGES_H
#define CA_INSIGHT_MEASURE_CHANGES_H

#include "core/base/buffer.h"
#include "core/insight/summarise.h"

/* Adds a template's document to bytes. */
typedef enum ca_code (*ca_document_of)(void *context, const struct ca_stored_template *t,
                                       struct ca_buffer *bytes, struct ca_error *error);

/*
 * Finds the measures that one version of a template asks for in another way than the version
 * before it that was used: in the question, type, answers, time or frequency of its standard,
 * or in what counts of it; not in weight, label or guidance. The measures of the earlier
 * versions get ids and labels of their own ("moves@2", "Moves (to version 2)"), so that
 * nothing adds both up; templates is changed in place, everything lives in arena.
 */
enum ca_code ca_measure_changes(ca_document_of document, void *context, struct ca_arena *arena,
                                struct ca_stored_template *templates, size_t count,
                                struct ca_measure_change **changes, size_t *change_count,
                                struct ca_error *error);

#endif
