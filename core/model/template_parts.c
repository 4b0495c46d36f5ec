/* What stands around the questions: framework, options, agencies, attributes, themes. */
#include "core/model/template_private.h"

#include <string.h>

#include "core/base/decimal.h"

/* ---- the framework and what it must know ---- */

/* The framework's roll-ups, options, ...: names for messages. */
static struct ca_tpl_names names_of_rollups(struct ca_tpl_reader *r, const char *const *rollups)
{
    struct ca_tpl_names names;
    size_t count = 0;

    while (rollups && rollups[count])
        count++;
    ca_tpl_names_init(r, &names, "its roll-ups", count);
    for (size_t i = 0; i < count; i++)
        names.items[i] = rollups[i];
    return names;
}

static void check_rollup(struct ca_tpl_reader *r, const struct ca_xml_node *root)
{
    const caseaudit_framework *f = r->t->framework;
    const char *rollup = ca_rollup_name(r->t->rollup);

    for (const char *const *known = f->rollups; known && *known; known++)
        if (strcmp(*known, rollup) == 0)
            return;
    struct ca_tpl_names names = names_of_rollups(r, f->rollups);
    ca_tpl_error(r, root, "framework '%s' does not know the roll-up '%s'%s", f->name, rollup,
                 ca_tpl_known(r, rollup, &names));
}

void ca_tpl_read_framework(struct ca_tpl_reader *r, const struct ca_xml_node *root,
                           ca_framework_lookup lookup, void *context)
{
    struct ca_template *t = r->t;

    if (!t->framework_name)
        return;
    t->framework = lookup(context, t->framework_name);
    if (!t->framework) {
        ca_tpl_error(r, root,
                     "framework '%s' is not installed; 'caseaudit framework list' shows those "
                     "that are, and where they were looked for",
                     t->framework_name);
        return;
    }
    check_rollup(r, root);
    if (t->unit && t->framework->unit && strcmp(t->unit, t->framework->unit) != 0)
        ca_tpl_error(r, root, "framework '%s' knows only the unit '%s', not '%s'",
                     t->framework->name, t->framework->unit, t->unit);
    if (!ca_xml_get(root, "look-back-months"))
        t->look_back_months = t->framework->look_back_months;
}

/* ---- options ---- */

/* What is wrong with an option's value, as the end of a message; NULL if nothing is. */
static const char *option_fault(struct ca_tpl_reader *r, const struct caseaudit_option *option,
                                const char *value)
{
    int64_t number;

    switch ((enum caseaudit_option_type)option->type) {
    case CASEAUDIT_OPTION_INTEGER:
        if (ca_integer_parse(value, option->min, option->max, &number))
            return NULL;
        return ca_arena_printf(r->arena, "; it must be a whole number from %d to %d",
                               (int)option->min, (int)option->max);
    case CASEAUDIT_OPTION_GRADE:
        if (ca_map_get(r->t->grade_map, value) != CA_NOT_FOUND)
            return NULL;
        return ca_arena_printf(r->arena, ", which is not a grade of the scale%s",
                               ca_tpl_known(r, value, &r->grades));
    case CASEAUDIT_OPTION_BOOLEAN:
        if (strcmp(value, "yes") == 0 || strcmp(value, "no") == 0)
            return NULL;
        return "; it must be 'yes' or 'no'";
    }
    return NULL;
}

/* Is it an option of the framework, with a value it can have? */
static bool check_option(struct ca_tpl_reader *r, const struct ca_xml_node *node,
                         const struct ca_map *known, const struct ca_tpl_names *names,
                         const struct ca_option_value *given)
{
    const caseaudit_framework *f = r->t->framework;
    size_t option = ca_map_get(known, given->name);
    const char *fault;

    if (option == CA_NOT_FOUND) {
        ca_tpl_error(r, node, "framework '%s' has no option '%s'%s", f->name, given->name,
                     ca_tpl_known(r, given->name, names));
        return false;
    }
    fault = option_fault(r, &f->options[option], given->value);
    if (fault)
        ca_tpl_error(r, node, "option '%s' is '%s'%s", given->name, given->value, fault);
    return !fault;
}

/* Only good ones are kept: for the others the framework's defaults hold, so that its own
 * check does not find the same faults again. */
static void read_given_options(struct ca_tpl_reader *r, const struct ca_xml_node *root,
                               const struct ca_map *known, const struct ca_tpl_names *names)
{
    struct ca_template *t = r->t;
    size_t count = ca_tpl_count(root, CA_E_OPTION);
    struct ca_map *seen = ca_map_new(r->arena, count);

    t->options = CA_ARRAY(r->arena, count, struct ca_option_value);
    for (const struct ca_xml_node *n = ca_xml_child(root, CA_E_OPTION); n;
         n = ca_xml_next(n, CA_E_OPTION)) {
        struct ca_option_value given = {ca_xml_get(n, "name"), ca_xml_get(n, "value"),
                                        n->offset};
        if (!given.name || !given.value)
            continue;
        if (ca_map_put(seen, given.name, 0) != CA_NOT_FOUND)
            ca_tpl_error(r, n, "option '%s' is given twice; keep one of them", given.name);
        else if (t->framework && check_option(r, n, known, names, &given))
            t->options[t->option_count++] = given;
    }
}

void ca_tpl_read_options(struct ca_tpl_reader *r, const struct ca_xml_node *root)
{
    const caseaudit_framework *f = r->t->framework;
    const struct caseaudit_option *options = f ? f->options : NULL;
    struct ca_tpl_names names;
    struct ca_map *known;
    size_t count = 0;

    while (options && options[count].name)
        count++;
    ca_tpl_names_init(r, &names, "options", count);
    known = ca_map_new(r->arena, count);
    for (size_t o = 0; o < count; o++)
        (void)ca_map_put(known, names.items[o] = options[o].name, o);
    read_given_options(r, root, known, &names);
}

/* ---- agencies, attributes, themes ---- */

static struct ca_named read_named(struct ca_tpl_reader *r, const struct ca_xml_node *n,
                                  struct ca_map *map, size_t index, const char *noun)
{
    struct ca_named named;
    named.id = ca_tpl_id(r, n, map, index, noun);
    named.label = ca_tpl_text(n, "label");
    named.offset = n->offset;
    return named;
}

void ca_tpl_read_agencies(struct ca_tpl_reader *r, const struct ca_xml_node *root)
{
    struct ca_template *t = r->t;
    const struct ca_xml_node *box = ca_xml_child(root, CA_E_AGENCIES);
    size_t i = 0;

    t->agency_count = box ? ca_tpl_count(box, CA_E_AGENCY) : 0;
    t->agencies = CA_ARRAY(r->arena, t->agency_count, struct ca_named);
    t->agency_map = ca_map_new(r->arena, t->agency_count);
    r->agency_nodes = CA_ARRAY(r->arena, t->agency_count, const struct ca_xml_node *);
    r->agency_used = CA_ARRAY(r->arena, t->agency_count, bool);
    ca_tpl_names_init(r, &r->agencies, "agencies", t->agency_count);
    r->agencies.called =
        (struct ca_called){t->agencies, t->agency_count, sizeof *t->agencies, 2};
    if (!box)
        return;
    if (t->framework && !(t->framework->flags & CASEAUDIT_HAS_AGENCIES))
        ca_tpl_error(r, box, "framework '%s' has no agencies; leave this element out",
                     t->framework->name);
    for (const struct ca_xml_node *n = ca_xml_child(box, CA_E_AGENCY); n;
         n = ca_xml_next(n, CA_E_AGENCY), i++) {
        ca_tpl_limit(r, n, i + 1, CA_MAX_AGENCIES, "agencies");
        t->agencies[i] = read_named(r, n, t->agency_map, i, "agency");
        r->agencies.items[i] = t->agencies[i].id;
        r->agency_nodes[i] = n;
    }
}

static enum caseaudit_attribute_type attribute_type(const struct ca_xml_node *n)
{
    if (ca_tpl_is(n, "type", "token"))
        return CASEAUDIT_TOKEN;
    if (ca_tpl_is(n, "type", "date"))
        return CASEAUDIT_DATE;
    if (ca_tpl_is(n, "type", "integer"))
        return CASEAUDIT_INTEGER;
    return CASEAUDIT_TEXT;
}

static void read_values(struct ca_tpl_reader *r, const struct ca_xml_node *node,
                        struct ca_attribute_def *attribute, struct ca_map **map,
                        struct ca_tpl_names *names)
{
    const struct ca_xml_node *n = ca_xml_child(node, CA_E_VALUE);
    size_t i = 0;

    attribute->value_count = ca_tpl_count(node, CA_E_VALUE);
    attribute->values = CA_ARRAY(r->arena, attribute->value_count, struct ca_named);
    if (!n)
        return;
    if (attribute->type != CASEAUDIT_TOKEN && ca_xml_get(node, "type"))
        ca_tpl_error(r, n,
                     "attribute '%s' has the type '%s', which takes no list of values; only "
                     "type=\"token\" does",
                     attribute->id, ca_xml_get(node, "type"));
    *map = ca_map_new(r->arena, attribute->value_count);
    ca_tpl_names_init(r, names, "its values", attribute->value_count);
    names->called = (struct ca_called){attribute->values, attribute->value_count,
                                       sizeof *attribute->values, 2};
    for (; n; n = ca_xml_next(n, CA_E_VALUE), i++) {
        attribute->values[i] = read_named(r, n, *map, i, "value of this attribute");
        names->items[i] = attribute->values[i].id;
    }
}

void ca_tpl_read_attributes(struct ca_tpl_reader *r, const struct ca_xml_node *root)
{
    struct ca_template *t = r->t;
    const struct ca_xml_node *box = ca_xml_child(root, CA_E_ATTRIBUTES);
    size_t i = 0;

    t->attribute_count = box ? ca_tpl_count(box, CA_E_ATTRIBUTE) : 0;
    t->attributes = CA_ARRAY(r->arena, t->attribute_count, struct ca_attribute_def);
    t->attribute_map = ca_map_new(r->arena, t->attribute_count);
    r->attribute_values = CA_ARRAY(r->arena, t->attribute_count, struct ca_tpl_names);
    r->value_maps = CA_ARRAY(r->arena, t->attribute_count, struct ca_map *);
    ca_tpl_names_init(r, &r->attributes, "attributes", t->attribute_count);
    r->attributes.called =
        (struct ca_called){t->attributes, t->attribute_count, sizeof *t->attributes, 2};
    if (!box)
        return;
    for (const struct ca_xml_node *n = ca_xml_child(box, CA_E_ATTRIBUTE); n;
         n = ca_xml_next(n, CA_E_ATTRIBUTE), i++) {
        struct ca_attribute_def *attribute = &t->attributes[i];
        attribute->id = r->attributes.items[i] =
            ca_tpl_id(r, n, t->attribute_map, i, "attribute");
        attribute->label = ca_tpl_text(n, "label");
        attribute->type = attribute_type(n);
        attribute->required = ca_tpl_flag(n, "required");
        attribute->offset = n->offset;
        read_values(r, n, attribute, &r->value_maps[i], &r->attribute_values[i]);
    }
}

void ca_tpl_read_themes(struct ca_tpl_reader *r, const struct ca_xml_node *root)
{
    struct ca_template *t = r->t;
    const struct ca_xml_node *box = ca_xml_child(root, CA_E_THEMES);
    size_t i = 0;

    t->theme_count = box ? ca_tpl_count(box, CA_E_THEME) : 0;
    t->themes = CA_ARRAY(r->arena, t->theme_count, struct ca_named);
    t->theme_map = ca_map_new(r->arena, t->theme_count);
    if (!box)
        return;
    for (const struct ca_xml_node *n = ca_xml_child(box, CA_E_THEME); n;
         n = ca_xml_next(n, CA_E_THEME), i++)
        t->themes[i] = read_named(r, n, t->theme_map, i, "theme");
}
