#ifndef CA_STORE_ERASED_FIGURES_H
#define CA_STORE_ERASED_FIGURES_H

#include <jansson.h>

#include "core/base/pack.h"

/*
 * The figures that an erased audit left, on their way from an export into a store. In an export
 * they are JSON:
 *
 *     {"framework":…,"framework_version":…,"plugin":…,"facts":…,
 *      "rows":{"result_section":[[…],…],…,"result":[[…]]}}
 *
 * with the rows of each table as they are hashed (carried_rows.h), and facts in hexadecimal.
 * Packed they are the four texts, facts as bytes, and the rows.
 */

/* False if the JSON is not of that form. */
bool ca_erased_figures_pack(json_t *figures, struct ca_buffer *out);

#endif
