#ifndef TESTS_STORE_FIXTURE_H
#define TESTS_STORE_FIXTURE_H

#include "core/model/template.h"
#include "core/store/store.h"

/* A template and records by it, with documents that nobody reads. */

extern const char store_template_bytes[];

/* Template "t": one section, one standard, two grades; nothing of it is to be freed. */
struct ca_template store_template(const char *version);

/* An audit by version 1 of it; id and document are borrowed. */
struct ca_record store_record(const char *id, const char *document, ca_date date);

#endif
