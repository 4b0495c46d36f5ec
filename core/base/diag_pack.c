/* Diagnostics as bytes, from one process to another. */
#include <limits.h>

#include "core/base/diag.h"
#include "core/base/pack.h"

void ca_diags_pack(const struct ca_diags *diags, struct ca_buffer *out)
{
    ca_pack_int(out, (int64_t)diags->count);
    for (size_t i = 0; i < diags->count; i++) {
        const struct ca_diag *diag = &diags->items[i];
        ca_pack_int(out, diag->severity);
        ca_pack_int(out, diag->fault);
        ca_pack_int(out, diag->line);
        ca_pack_int(out, diag->column);
        ca_pack_text(out, diag->element);
        ca_pack_text(out, diag->message);
    }
    ca_pack_int(out, (int64_t)diags->errors);
}

bool ca_diags_unpack(struct ca_unpack *in, struct ca_diags *diags)
{
    const size_t count = ca_unpack_count(in);

    for (size_t i = 0; i < count && in->good; i++) {
        const enum ca_severity severity =
            (enum ca_severity)ca_unpack_range(in, CA_WARNING, CA_ERROR);
        const enum ca_fault fault =
            (enum ca_fault)ca_unpack_range(in, CA_FAULT_FILE, CA_FAULT_PRIVACY);
        const int line = (int)ca_unpack_range(in, 1, INT_MAX),
                  column = (int)ca_unpack_range(in, 1, INT_MAX);
        const char *element = ca_unpack_text(in), *message = ca_unpack_text(in);
        if (in->good && message != NULL)
            ca_diags_add(diags, severity, fault, line, column,
                         element != NULL ? ca_arena_strdup(diags->arena, element) : NULL, "%s",
                         message);
    }
    /* With those that were counted and not kept. */
    const size_t errors = (size_t)ca_unpack_range(in, 0, INT_MAX);
    if (errors > diags->errors)
        diags->errors = errors;
    return in->good;
}
