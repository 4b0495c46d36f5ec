/* From a cell to what it says about a standard. */
#include <string.h>

#include "core/base/blank.h"
#include "core/base/map.h"
#include "core/work/convert.h"

/* What people write into cells, and what spreadsheets make of it. */

const char *ca_cell_slug(struct ca_arena *arena, const char *text)
{
    char *slug = ca_arena_strdup(arena, ca_folded(arena, text)), *end = slug;

    for (const char *c = slug; *c != '\0'; c++) {
        if ((*c >= 'a' && *c <= 'z') || (*c >= '0' && *c <= '9'))
            *end++ = *c;
        else if (end > slug && end[-1] != '-')
            *end++ = '-';
    }
    if (end > slug && end[-1] == '-')
        end--;
    *end = '\0';
    return slug;
}

/* ---- choices from a list ---- */

enum { AMBIGUOUS = -1 };

struct ca_choices {
    struct ca_arena *arena;
    struct ca_map *map; /* from what is written, folded, to an index of which */
    long *which;
    size_t count;
};

struct ca_choices *ca_choices_new(struct ca_arena *arena, size_t expected)
{
    struct ca_choices *choices = CA_NEW(arena, struct ca_choices);

    choices->arena = arena;
    choices->map = ca_map_new(arena, 3 * expected);
    choices->which = CA_ARRAY(arena, 3 * expected, long);
    return choices;
}

void ca_choices_add(struct ca_choices *choices, const char *text, size_t which)
{
    size_t place;

    if (text == NULL)
        return;
    place = ca_map_put(choices->map, ca_folded(choices->arena, text), choices->count);
    if (place == CA_NOT_FOUND)
        choices->which[choices->count++] = (long)which;
    else if (choices->which[place] != (long)which)
        choices->which[place] = AMBIGUOUS;
}

enum ca_choice ca_choices_find(const struct ca_choices *choices, struct ca_arena *arena,
                               const char *text, size_t *which)
{
    size_t place = ca_map_get(choices->map, ca_folded(arena, text));

    if (place == CA_NOT_FOUND)
        return CA_CHOICE_NONE;
    if (choices->which[place] == AMBIGUOUS)
        return CA_CHOICE_SEVERAL;
    *which = (size_t)choices->which[place];
    return CA_CHOICE_ONE;
}
