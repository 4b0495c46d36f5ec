/* References that a conversion made, and the cases that the store has. */
#include "core/cli/convert_store.h"

#include <string.h>

#include "core/base/code.h"
#include "core/base/map.h"

struct checker {
    const struct ca_convert_notes *notes;
    struct ca_diags *diags;
    struct ca_arena *arena;
    struct ca_map *made; /* references to indexes of notes->texts */
    struct ca_map *seen; /* cases of the store that were looked at */
    size_t known;
    const struct ca_made_reference *example;
};

/* Did making it take anything away? Letters and digits alone stay what they are. */
static bool may_be_of_another(const struct ca_made_reference *made)
{
    return strchr(made->reference, '-') != NULL || !ca_is_code(made->text);
}

static bool look_at_case(void *context, const struct ca_stored_audit *audit)
{
    struct checker *checker = context;
    const struct ca_made_reference *made;
    const char *slug;
    size_t i;

    if (audit->case_ref == NULL ||
        ca_map_put(checker->seen, ca_arena_strdup(checker->arena, audit->case_ref), 0) !=
            CA_NOT_FOUND)
        return true;
    slug = ca_cell_slug(checker->arena, audit->case_ref);
    i = ca_map_get(checker->made, slug);
    if (i == CA_NOT_FOUND)
        return true;
    made = &checker->notes->texts[i];
    if (!ca_same_code(audit->case_ref, made->reference)) {
        ca_diags_add(
            checker->diags, CA_ERROR, CA_FAULT_RULE, made->row, 1, NULL,
            "row %d: '%s' would become the case '%s', and the store has the case '%s': "
            "one case would be two, or two would look like one; without "
            "as=\"reference\" a reference stays as it is",
            made->row, made->text, made->reference, audit->case_ref);
    } else if (may_be_of_another(made)) {
        checker->example = checker->known++ == 0 ? made : checker->example;
    }
    return true;
}

enum ca_code ca_check_references(struct ca_store *store, const struct ca_convert_notes *notes,
                                 struct ca_diags *diags, struct ca_error *error)
{
    const struct ca_audit_filter all = {.query = {.from = CA_NO_DATE, .to = CA_NO_DATE}};
    struct ca_arena *arena = ca_arena_new();
    struct checker checker = {.notes = notes, .diags = diags, .arena = arena};
    enum ca_code code;

    checker.made = ca_map_new(arena, notes->text_count);
    checker.seen = ca_map_new(arena, 64);
    for (size_t i = 0; i < notes->text_count; i++)
        if (notes->texts[i].about == CA_ABOUT_CASE)
            (void)ca_map_put(checker.made, notes->texts[i].reference, i);
    code = ca_store_each_audit(store, &all, look_at_case, &checker, error);
    if (checker.known > 0)
        ca_diags_add(
            diags, CA_WARNING, CA_FAULT_RULE, checker.example->row, 1, NULL,
            "row %d: '%s', made of '%s', is a case of the store already%s; that is right "
            "if it is the same case, and not if it only reads alike",
            checker.example->row, checker.example->reference, checker.example->text,
            checker.known == 1
                ? ""
                : ca_arena_printf(arena, ", as are %zu others", checker.known - 1));
    ca_arena_free(arena);
    return code;
}
