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
 * with the rows of each table as they are hashed, and bytes as {"bytes":"…"} in hexadecimal.
 * Packed they are the four texts, facts as bytes; the number of tables; and of each its name,
 * its number of rows, and of each row its number of values, and these.
 */

/* False if the JSON is not of that form. */
bool ca_erased_figures_pack(const json_t *figures, struct ca_buffer *out);

enum ca_erased_kind { CA_ERASED_NULL, CA_ERASED_NUMBER, CA_ERASED_TEXT, CA_ERASED_BYTES };

struct ca_erased_value {
    enum ca_erased_kind kind;
    int64_t number;
    const char *bytes; /* of a text, too */
    size_t length;
};

struct ca_erased_value ca_erased_value_unpack(struct ca_unpack *in);

#endif
