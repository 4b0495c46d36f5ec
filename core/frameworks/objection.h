#ifndef CA_FRAMEWORKS_OBJECTION_H
#define CA_FRAMEWORKS_OBJECTION_H

#include "core/frameworks/registry.h"

/* Why a file was refused, filled by the steps of loading. */
struct ca_objection {
    enum ca_load_step step;
    char text[1024];
};
/* Fills the objection and returns false, so that a step can say `return ca_object(…)`. */
bool ca_object(struct ca_objection *objection, enum ca_load_step step, const char *format, ...)
    __attribute__((format(printf, 3, 4)));

#endif
