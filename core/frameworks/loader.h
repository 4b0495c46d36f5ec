#ifndef CA_FRAMEWORKS_LOADER_H
#define CA_FRAMEWORKS_LOADER_H

#include "core/frameworks/trust.h"

/* A shared object in memory. The only room libltdl is known in is loader.c. */
struct ca_module;

/* Opens the shared object at an absolute path, which must have been trusted before: its
 * code runs from here on. NULL with an objection of step open. */
struct ca_module *ca_module_open(const char *path, struct ca_objection *objection);
/* The function a framework exports, or NULL. */
caseaudit_entry ca_module_entry(struct ca_module *module);
void ca_module_close(struct ca_module *module);

#endif
