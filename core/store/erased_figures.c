/* Figures of erased audits, from JSON to what a store takes. */
#include "core/store/erased_figures.h"

#include "core/store/carried_rows.h"

static bool pack_text(const json_t *object, const char *key, struct ca_buffer *out)
{
    const char *text = json_string_value(json_object_get(object, key));

    ca_pack_text(out, text);
    return text != NULL;
}

bool ca_erased_figures_pack(json_t *figures, struct ca_buffer *out)
{
    return pack_text(figures, "framework", out) &&
           pack_text(figures, "framework_version", out) && pack_text(figures, "plugin", out) &&
           ca_carried_bytes_pack(json_object_get(figures, "facts"), out) &&
           ca_carried_rows_pack(json_object_get(figures, "rows"), out);
}
