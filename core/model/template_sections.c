/* The tree of sections and standards, in document order. */
#include "core/model/template_private.h"

#include <string.h>

/* ---- how much there is ---- */

struct size {
    size_t sections, standards;
};

static void measure(const struct ca_xml_node *node, struct size *size)
{
    for (const struct ca_xml_node *n = node->first; n; n = n->next) {
        if (n->code == CA_E_STANDARD) {
            size->standards++;
        } else if (n->code == CA_E_SECTION) {
            size->sections++;
            measure(n, size);
        }
    }
}

/* ---- a section's focus ---- */

static void read_focus(struct ca_tpl_reader *r, const struct ca_xml_node *node,
                       struct ca_section *section)
{
    const caseaudit_framework *f = r->t->framework;
    struct ca_tpl_names names;
    size_t count = 0;

    section->focus = ca_xml_get(node, "focus");
    if (!section->focus || !f || section->parent != CA_NONE)
        return;
    for (; f->focus_words && f->focus_words[count].name; count++)
        if (strcmp(f->focus_words[count].name, section->focus) == 0) {
            section->apart = f->focus_words[count].flags & CASEAUDIT_FOCUS_APART;
            return;
        }
    if (f->flags & CASEAUDIT_OPEN_FOCUS)
        return;
    ca_tpl_names_init(r, &names, "focus words", count);
    for (size_t i = 0; i < count; i++)
        names.items[i] = f->focus_words[i].name;
    ca_tpl_error(r, node, "framework '%s' does not know the focus '%s'%s", f->name,
                 section->focus, ca_tpl_known(r, section->focus, &names));
}

/* ---- the tree ---- */

static void read_children(struct ca_tpl_reader *r, const struct ca_xml_node *node,
                          size_t section);

static void read_section(struct ca_tpl_reader *r, const struct ca_xml_node *node, size_t parent)
{
    struct ca_template *t = r->t;
    size_t index = t->section_count++;
    struct ca_section *section = &t->sections[index];
    const char *rollup = ca_xml_get(node, "rollup");

    ca_tpl_limit(r, node, t->section_count, CA_MAX_SECTIONS, "sections");
    section->id = r->sections.items[index] =
        ca_tpl_id(r, node, t->section_map, index, "section");
    section->title = ca_tpl_text(node, "title");
    section->parent = parent;
    section->top = parent == CA_NONE ? index : t->sections[parent].top;
    section->weight = ca_tpl_weight(node);
    section->offset = node->offset;
    if (rollup)
        (void)ca_rollup_parse(rollup, &section->rollup);
    if (parent != CA_NONE)
        section->apart = t->sections[parent].apart;
    read_focus(r, node, section);
    r->section_infos[index].node = node;
    r->section_infos[index].first_standard = t->standard_count;
    read_children(r, node, index);
    r->section_infos[index].end = t->section_count;
    r->section_infos[index].end_standard = t->standard_count;
}

static bool weightless(const struct ca_template *t, size_t section)
{
    for (; section != CA_NONE; section = t->sections[section].parent)
        if (t->sections[section].weight == 0)
            return true;
    return false;
}

static void add_standard(struct ca_tpl_reader *r, const struct ca_xml_node *node,
                         size_t section)
{
    struct ca_template *t = r->t;
    size_t index = t->standard_count++;
    struct ca_standard *standard = &t->standards[index];

    ca_tpl_limit(r, node, t->standard_count, CA_MAX_STANDARDS, "standards");
    standard->id = r->standards.items[index] =
        ca_tpl_id(r, node, t->standard_map, index, "standard");
    standard->section = section;
    standard->weightless_above = weightless(t, section);
    r->standard_infos[index].node = node;
    ca_tpl_read_standard(r, node, index);
}

/* A section holds something to score if it is not made of texts alone. */
static void mark_scorable(struct ca_tpl_reader *r, size_t section)
{
    for (; section != CA_NONE && !r->section_infos[section].scorable;
         section = r->t->sections[section].parent)
        r->section_infos[section].scorable = true;
}

static void read_children(struct ca_tpl_reader *r, const struct ca_xml_node *node,
                          size_t section)
{
    struct ca_template *t = r->t;
    size_t count = ca_tpl_count(node, CA_E_SECTION) + ca_tpl_count(node, CA_E_STANDARD);
    struct ca_child *children = CA_ARRAY(r->arena, count, struct ca_child);

    t->sections[section].children = children;
    t->sections[section].child_count = count;
    for (const struct ca_xml_node *n = node->first; n; n = n->next) {
        if (n->code == CA_E_SECTION) {
            *children++ = (struct ca_child){true, t->section_count};
            read_section(r, n, section);
        } else if (n->code == CA_E_STANDARD) {
            size_t index = t->standard_count;
            *children++ = (struct ca_child){false, index};
            add_standard(r, n, section);
            if (t->standards[index].type != CA_TYPE_TEXT)
                mark_scorable(r, section);
        }
    }
}

/* Sections and standards are named in the same places, so they share no id. */
static void check_shared_ids(struct ca_tpl_reader *r)
{
    const struct ca_template *t = r->t;

    for (size_t i = 0; i < t->standard_count; i++)
        if (ca_map_get(t->section_map, t->standards[i].id) != CA_NOT_FOUND)
            ca_tpl_error(r, r->standard_infos[i].node,
                         "there is a section with the id '%s'; sections and standards share no "
                         "id, so give this standard its own",
                         t->standards[i].id);
}

void ca_tpl_read_sections(struct ca_tpl_reader *r, const struct ca_xml_node *root)
{
    struct ca_template *t = r->t;
    struct size size = {0, 0};

    measure(root, &size);
    t->sections = CA_ARRAY(r->arena, size.sections, struct ca_section);
    t->standards = CA_ARRAY(r->arena, size.standards, struct ca_standard);
    t->tops = CA_ARRAY(r->arena, size.sections, struct ca_child);
    t->section_map = ca_map_new(r->arena, size.sections);
    t->standard_map = ca_map_new(r->arena, size.standards);
    r->section_infos = CA_ARRAY(r->arena, size.sections, struct ca_tpl_section);
    r->standard_infos = CA_ARRAY(r->arena, size.standards, struct ca_tpl_standard);
    ca_tpl_names_init(r, &r->sections, "sections", size.sections);
    r->sections.called = (struct ca_called){t->sections, size.sections, sizeof *t->sections, 2};
    ca_tpl_names_init(r, &r->standards, "standards", size.standards);
    r->standards.called =
        (struct ca_called){t->standards, size.standards, sizeof *t->standards, 2};
    for (const struct ca_xml_node *n = ca_xml_child(root, CA_E_SECTION); n;
         n = ca_xml_next(n, CA_E_SECTION)) {
        t->tops[t->top_count++] = (struct ca_child){true, t->section_count};
        read_section(r, n, CA_NONE);
    }
    check_shared_ids(r);
}
