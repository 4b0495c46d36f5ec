#ifndef CA_STORE_CARRIED_ROWS_H
#define CA_STORE_CARRIED_ROWS_H

#include <jansson.h>

#include "core/base/pack.h"

/*
 * Rows of tables on their way from an export into a store. In an export they are JSON,
 * {"draw":[[…],…],"draw_case":[[…],…]}, with bytes as {"bytes":"…"} in hexadecimal. Packed they
 * are the number of tables; and of each its name, its number of rows, and of each row its
 * number of values, and these.
 */

/* False if the JSON is not of that form. */
bool ca_carried_rows_pack(json_t *tables, struct ca_buffer *out);
/* The bytes of a text in hexadecimal; false if it is none. */
bool ca_carried_bytes_pack(const json_t *text, struct ca_buffer *out);

enum ca_carried_kind { CA_CARRIED_NULL, CA_CARRIED_NUMBER, CA_CARRIED_TEXT, CA_CARRIED_BYTES };

struct ca_carried_value {
    enum ca_carried_kind kind;
    int64_t number;
    const char *bytes; /* of a text, too */
    size_t length;
};

struct ca_carried_value ca_carried_value_unpack(struct ca_unpack *in);

#endif
