/* The <responses> elements: whose they are, sections declared not applicable, and each
 * response in its turn. */
#include "core/model/return_private.h"

#include <string.h>

/* ---- whose it is ---- */

static size_t read_owner(struct ca_return_reader *reader, const struct ca_xml_node *node)
{
    const struct ca_template *t = reader->t;
    const size_t agency = ca_return_owner(reader, node);
    struct ca_returned *returned;

    if (agency == CA_NONE)
        return CA_NONE;
    returned = &reader->r->returned[agency];
    if (returned->offset != 0) {
        if (t->agency_count > 0)
            ca_return_fault(reader, node,
                            "agency '%s' returns twice; its first responses are in line %d",
                            t->agencies[agency].id, ca_return_line(reader, returned->offset));
        else
            ca_return_fault(reader, node,
                            "responses stand here a second time; the first are in line %d",
                            ca_return_line(reader, returned->offset));
        return CA_NONE;
    }
    returned->returned = true;
    returned->offset = node->offset;
    return agency;
}

/* The agency's own grade, and who gave it. */
static void read_own_grade(struct ca_return_reader *reader, const struct ca_xml_node *node,
                           size_t agency)
{
    const char *id = ca_xml_get(node, "grade");
    const char *by = ca_xml_get(node, "by");
    size_t grade;

    if (id != NULL && reader->t->agency_count == 0) {
        ca_return_fault(reader, node,
                        "template '%s' has no agencies, and so no grade of an agency's own; "
                        "the auditor's grade is the 'judgement'",
                        reader->t->id);
        return;
    }
    grade = ca_return_find_grade(reader, node, id);
    if (id != NULL && by == NULL)
        ca_return_fault(reader, node,
                        "an agency's own grade needs 'by', the role that gave it");
    if (agency != CA_NONE) {
        reader->r->returned[agency].grade = grade;
        reader->r->returned[agency].by = by;
    }
}

/* ---- sections declared not applicable ---- */

static void declare_section(struct ca_return_reader *reader, const struct ca_xml_node *node,
                            size_t agency)
{
    const struct ca_template *t = reader->t;
    const struct ca_return_table table = {
        t->section_map,
        "section",
        "a section",
        {t->sections, t->section_count, sizeof(*t->sections), 2}};
    struct ca_return *r = reader->r;
    const char *id = ca_xml_get(node, "section");
    const size_t section = ca_return_find(reader, node, &table, id, NULL);
    struct ca_na_section *na = &r->na_sections[r->na_section_count];

    if (section == CA_NONE) {
        reader->unsure = r->astray = true;
        return;
    }
    if (agency == CA_NONE)
        return;
    if (reader->na_declared[section] != 0) {
        ca_return_fault(
            reader, node, "section '%s' is declared not applicable twice, first in line %d", id,
            ca_return_line(reader, r->na_sections[reader->na_declared[section] - 1].offset));
        return;
    }
    na->section = section;
    na->agency = agency;
    na->reason = ca_return_child_text(node, CA_E_REASON);
    na->offset = node->offset;
    reader->na_declared[section] = ++r->na_section_count;
}

/* Every standard of the agency below a declared section, the innermost one where they lie
 * within each other; one pass over sections, which stand parents first, and one over
 * standards. */
static void spread_sections(struct ca_return_reader *reader, size_t agency)
{
    const struct ca_template *t = reader->t;
    size_t *covered = CA_ARRAY(reader->arena, t->section_count, size_t);
    size_t parent;

    for (size_t i = 0; i < t->section_count; i++) {
        parent = t->sections[i].parent;
        covered[i] = reader->na_declared[i];
        if (covered[i] == 0 && parent != CA_NONE)
            covered[i] = covered[parent];
    }
    for (size_t i = 0; i < t->standard_count; i++) {
        const size_t by = covered[t->standards[i].section];
        struct ca_response *cell = ca_return_cell(reader, i, agency);

        if (by == 0 || !ca_return_answers(t, i, agency))
            continue;
        cell->given = CA_GIVEN_NOT_APPLICABLE;
        cell->by_section = true;
        cell->reason = reader->r->na_sections[by - 1].reason;
        cell->offset = reader->r->na_sections[by - 1].offset;
    }
}

static void read_sections(struct ca_return_reader *reader, const struct ca_xml_node *responses,
                          size_t agency)
{
    const struct ca_xml_node *node = ca_xml_child(responses, CA_E_NOT_APPLICABLE);

    if (node == NULL)
        return;
    if (reader->na_declared == NULL)
        reader->na_declared = CA_ARRAY(reader->arena, reader->t->section_count, size_t);
    memset(reader->na_declared, 0, reader->t->section_count * sizeof(*reader->na_declared));
    for (; node != NULL; node = ca_xml_next(node, CA_E_NOT_APPLICABLE))
        declare_section(reader, node, agency);
    if (agency != CA_NONE)
        spread_sections(reader, agency);
}

/* ---- all of it ---- */

void ca_return_read_responses(struct ca_return_reader *reader, const struct ca_xml_node *root)
{
    size_t sections = 0, agency;

    for (const struct ca_xml_node *node = ca_xml_child(root, CA_E_RESPONSES); node != NULL;
         node = ca_xml_next(node, CA_E_RESPONSES))
        sections += ca_return_count(node, CA_E_NOT_APPLICABLE);
    reader->r->na_sections = CA_ARRAY(reader->arena, sections, struct ca_na_section);
    for (const struct ca_xml_node *node = ca_xml_child(root, CA_E_RESPONSES); node != NULL;
         node = ca_xml_next(node, CA_E_RESPONSES)) {
        agency = read_owner(reader, node);
        if (agency == CA_NONE)
            reader->unsure = reader->r->astray = true;
        read_own_grade(reader, node, agency);
        read_sections(reader, node, agency);
        for (const struct ca_xml_node *child = ca_xml_child(node, CA_E_RESPONSE); child != NULL;
             child = ca_xml_next(child, CA_E_RESPONSE))
            ca_return_read_response(reader, child, agency);
    }
}
