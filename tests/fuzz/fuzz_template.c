/* A template: read and checked by its framework, and then all that is made of one. */
#include "tests/fuzz/fuzz.h"

#include "core/model/template_outline.h"
#include "core/report/form/blank.h"
#include "core/report/form/form.h"
#include "core/report/template/template_diff.h"

static void write_all(const struct ca_template *t)
{
    struct ca_buffer out = {0};

    ca_form_html(&out, t, &(struct ca_form_options){0});
    ca_buffer_clear(&out);
    ca_blank_return(&out, t, NULL);
    for (size_t i = 0; fuzz_sample(i) != NULL; i++)
        ca_template_diff(&out, fuzz_sample(i), t);
    ca_buffer_clear(&out);
    ca_outline_pack(t, &out);
    ca_template_free(ca_outline_unpack(out.data, out.length, "template.xml"));
    ca_buffer_free(&out);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    struct ca_catalogue *catalogue = ca_catalogue_new(fuzz_registry(), NULL);
    struct ca_arena *arena = ca_arena_new();
    const struct ca_template *t;
    struct ca_diags diags;

    ca_diags_init(&diags, arena);
    t = ca_catalogue_add(catalogue, "template.xml", (const char *)data, size, &diags);
    if (t != NULL)
        write_all(t);
    ca_arena_free(arena);
    ca_catalogue_free(catalogue);
    return 0;
}
