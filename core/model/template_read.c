/* The order in which a template is read. */
#include "core/model/template_read.h"

#include "core/model/template_private.h"

/* Comparisons of a mistyped word with a known one that one document may cost. */
enum { MAX_COMPARISONS = 50000 };

static ca_date read_date(const struct ca_xml_node *node, const char *name)
{
    const char *text = ca_xml_get(node, name);
    ca_date date = CA_NO_DATE;

    if (text)
        (void)ca_date_parse(text, &date);
    return date;
}

static void read_root(struct ca_tpl_reader *r, const struct ca_xml_node *root)
{
    struct ca_template *t = r->t;
    const char *rollup = ca_xml_get(root, "rollup"), *unit = ca_xml_get(root, "unit");

    t->offset = root->offset;
    t->id = ca_tpl_text(root, "id");
    t->version = ca_tpl_text(root, "version");
    t->framework_name = ca_xml_get(root, "framework");
    t->unit = unit ? unit : "child";
    t->effective_from = read_date(root, "effective-from");
    t->effective_to = read_date(root, "effective-to");
    t->retired_on = CA_NO_DATE;
    t->out_of = (int32_t)ca_tpl_integer(root, "out-of", 1, 1000, 100);
    t->full_marks = 100 * t->out_of;
    if (rollup)
        (void)ca_rollup_parse(rollup, &t->rollup);
    t->judged = ca_tpl_is(root, "overall", "judged");
    t->look_back_months = (int32_t)ca_tpl_integer(root, "look-back-months", 1, INT32_MAX, 0);
    t->title = ca_tpl_child_text(root, CA_E_TITLE);
    t->description = ca_tpl_child_text(root, CA_E_DESCRIPTION);
    t->terms_of_reference = ca_tpl_child_text(root, CA_E_TERMS_OF_REFERENCE);
}

/* What is named stands before what names it: conditions come last, since they
 * may name any section or standard. */
static void read_parts(struct ca_tpl_reader *r, const struct ca_xml_node *root,
                       ca_framework_lookup lookup, void *context)
{
    read_root(r, root);
    ca_tpl_read_framework(r, root, lookup, context);
    ca_tpl_read_scale(r, root);
    ca_tpl_read_lists(r, root);
    ca_tpl_read_options(r, root);
    ca_tpl_read_agencies(r, root);
    ca_tpl_read_attributes(r, root);
    ca_tpl_read_themes(r, root);
    ca_tpl_read_sections(r, root);
    ca_tpl_count_countable(r);
    ca_tpl_read_applies(r);
    ca_tpl_read_section_limits(r);
    ca_tpl_read_rules(r, root);
    ca_tpl_read_limits(r, root);
    ca_tpl_read_alerts(r, root);
    ca_tpl_read_measures(r, root);
    ca_tpl_check(r, root);
}

struct installed {
    ca_framework_lookup lookup;
    ca_framework_check check; /* or NULL */
    void *context;
};

static bool read_document(struct ca_tpl_reader *r, struct ca_xml_parser *parser,
                          const char *bytes, size_t length, const struct installed *frameworks)
{
    struct ca_xml_doc *doc = &r->t->doc;
    size_t errors = r->diags->errors;

    if (!ca_xml_parse(parser, r->arena, bytes, length, &ca_xml_template_limits, r->diags, doc))
        return false;
    (void)ca_grammar_check(&ca_template_grammar, doc, r->diags); /* reports what is wrong */
    if (!ca_grammar_is_root(&ca_template_grammar, doc))
        return false;
    read_parts(r, doc->root, frameworks->lookup, frameworks->context);
    doc->root = NULL; /* positions need the text alone */
    if (frameworks->check && r->t->framework)
        frameworks->check(frameworks->context, r->t, r->diags);
    return r->diags->errors == errors;
}

struct ca_template *ca_template_read(struct ca_xml_parser *parser, const char *file,
                                     const char *bytes, size_t length,
                                     ca_framework_lookup lookup, ca_framework_check check,
                                     void *context, struct ca_diags *diags)
{
    struct ca_arena *arena = ca_arena_new();
    struct ca_template *t = CA_NEW(arena, struct ca_template);
    struct ca_tpl_reader reader = {
        .t = t, .arena = arena, .diags = diags, .comparisons = MAX_COMPARISONS};
    const struct installed frameworks = {lookup, check, context};
    bool good;

    t->arena = arena;
    t->file = ca_arena_strdup(arena, file);
    good = read_document(&reader, parser, bytes, length, &frameworks);
    ca_diags_tell_rest(diags);
    ca_diags_sort(diags);
    if (good)
        return t;
    ca_template_free(t);
    return NULL;
}
