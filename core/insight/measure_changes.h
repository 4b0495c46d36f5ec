#ifndef CA_INSIGHT_MEASURE_CHANGES_H
#define CA_INSIGHT_MEASURE_CHANGES_H

#include "core/base/buffer.h"
#include "core/insight/summarise.h"

/* Where documents of templates come from (document adds one to bytes), and where they are read.
 */
struct ca_documents {
    enum ca_code (*document)(void *context, const struct ca_stored_template *t,
                             struct ca_buffer *bytes, struct ca_error *error);
    void *context;
    ca_read_apart apart;
};

/*
 * Finds the measures that one version of a template asks for in another way than the version
 * before it that was used: in the question, type, answers, time or frequency of its standard,
 * or in what counts of it; not in weight, label or guidance. The measures of the earlier
 * versions get ids and labels of their own ("moves@2", "Moves (to version 2)"), so that
 * nothing adds both up; templates is changed in place, everything lives in arena.
 */
enum ca_code ca_measure_changes(const struct ca_documents *from, struct ca_arena *arena,
                                struct ca_stored_template *templates, size_t count,
                                struct ca_measure_change **changes, size_t *change_count,
                                struct ca_error *error);

#endif
