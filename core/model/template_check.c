/* What can be seen only once the whole template has been read. */
#include "core/model/template_private.h"

/* What a condition can count: asked of many conditions, so counted once. */
void ca_tpl_count_countable(struct ca_tpl_reader *r)
{
    const struct ca_template *t = r->t;

    for (size_t i = 0; i < t->top_count; i++) {
        const struct ca_section *top = &t->sections[t->tops[i].index];
        if (top->weight > 0 && !top->apart) {
            r->graded_sections++;
            r->scored_sections += r->section_infos[t->tops[i].index].scorable;
        }
    }
    for (size_t i = 0; i < t->standard_count; i++) {
        const struct ca_standard *s = &t->standards[i];
        if (s->critical && s->type != CA_TYPE_TEXT)
            r->critical_outcomes += ca_tpl_outcomes(t, s);
    }
}

/* Could this child enter its section's score, were its weight above 0? */
static bool scorable(const struct ca_tpl_reader *r, const struct ca_child *child)
{
    return child->is_section ? r->section_infos[child->index].scorable
                             : r->t->standards[child->index].type != CA_TYPE_TEXT;
}

static int32_t weight_of(const struct ca_template *t, const struct ca_child *child)
{
    return child->is_section ? t->sections[child->index].weight
                             : t->standards[child->index].weight;
}

/* A section whose questions all weigh 0 never has a score. One of texts alone
 * is not meant to have one. */
static void check_weights(struct ca_tpl_reader *r, size_t index)
{
    const struct ca_section *section = &r->t->sections[index];

    if (!r->section_infos[index].scorable)
        return;
    for (size_t i = 0; i < section->child_count; i++)
        if (scorable(r, &section->children[i]) && weight_of(r->t, &section->children[i]) > 0)
            return;
    ca_tpl_error(
        r, r->section_infos[index].node,
        "all weights in section '%s' are 0, so it can never have a score; give at least "
        "one of its standards or sections a weight above 0",
        section->id);
}

/* Sections on trial have weight 0; but when all are, their author should know it. */
static void warn_weightless(struct ca_tpl_reader *r, const struct ca_xml_node *root)
{
    const struct ca_template *t = r->t;

    if (t->judged || t->rollup == CA_ROLLUP_NONE || t->top_count == 0)
        return;
    for (size_t i = 0; i < t->top_count; i++)
        if (t->sections[t->tops[i].index].weight > 0)
            return;
    ca_tpl_warning(r, root,
                   "every top-level section has weight 0, so nothing can be graded; give one a "
                   "weight above 0, or write overall=\"judged\"");
}

static void check_period(struct ca_tpl_reader *r, const struct ca_xml_node *root)
{
    const struct ca_template *t = r->t;

    if (t->effective_from != CA_NO_DATE && t->effective_to != CA_NO_DATE &&
        t->effective_from > t->effective_to)
        ca_tpl_error(r, root,
                     "effective-from=\"%s\" is after effective-to=\"%s\", so no audit could be "
                     "dated within",
                     ca_xml_get(root, "effective-from"), ca_xml_get(root, "effective-to"));
}

static void warn_unused(struct ca_tpl_reader *r)
{
    const struct ca_template *t = r->t;

    /* The second of one id has an error already, and could not be used. */
    for (size_t i = 1; i < t->list_count; i++)
        if (!r->list_used[i] && ca_map_get(r->list_map, t->lists[i].id) == i)
            ca_tpl_warning(
                r, r->list_nodes[i],
                "list '%s' is defined and never used: if nobody needs it, take it out",
                t->lists[i].id);
    for (size_t i = 0; i < t->agency_count; i++)
        if (!r->agency_used[i] && ca_map_get(t->agency_map, t->agencies[i].id) == i)
            ca_tpl_warning(
                r, r->agency_nodes[i],
                "agency '%s' is defined and never used: it has no standard to answer",
                t->agencies[i].id);
}

void ca_tpl_check(struct ca_tpl_reader *r, const struct ca_xml_node *root)
{
    const struct ca_template *t = r->t;

    check_period(r, root);
    if (t->rollup == CA_ROLLUP_NONE && !t->judged)
        ca_tpl_error(r, root,
                     "with rollup=\"none\" and overall=\"computed\" nothing could ever be "
                     "graded; write overall=\"judged\", or another rollup");
    for (size_t i = 0; i < t->section_count; i++)
        check_weights(r, i);
    warn_weightless(r, root);
    warn_unused(r);
    if (r->diags->errors == 0)
        ca_tpl_doubt(r, root);
}
