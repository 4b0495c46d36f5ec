/*
 * What was published before. A row is made of rows that were published, none of which shares an
 * audit with another, and of the rest of it, about which nothing was: its news. Whoever has
 * read all that was published learns from the row what they would learn from the news alone,
 * which is withheld as if it stood by itself. A count is printed if those of all these rows
 * were and that of the news may be; so nothing can follow from several publications that does
 * not follow from one.
 *
 * An audit that was corrected since counts as the one it was. What a correction changed is then
 * in the news; and where there is no other news, those counts are withheld that it changed: it
 * could as well have changed nothing, for all that anybody can tell. So could it where there is
 * other news, which could be what that and the changes come to, as long as no count of it is
 * below 0.
 *
 * Where a row cannot be made so, as where it has some of the audits of a row that was
 * published, or one that was published as it was and as it is, it is withheld whole. If one
 * group is, so are all of its period.
 */
#include <stdlib.h>
#include <string.h>

#include "core/base/array.h"
#include "core/base/decimal.h"
#include "core/insight/summary_private.h"

struct cell {
    const char *name;
    int64_t value;
    bool hidden;
};

/* A row that was published. */
struct earlier {
    const char *publication;
    const char **members;
    size_t member_count;
    struct cell *cells; /* that are not 0, or were withheld */
    size_t cell_count;
};

struct reg {
    struct ca_plan *plan;
    struct earlier *rows; /* the largest first */
    size_t row_count;
    struct ca_map *audits;   /* that were published, whichever revision */
    struct ca_map *elements; /* the same with their revisions */
    bool any;                /* rows have some of what was published */
    const char *clash;       /* a publication; NULL: none */
};

/* What is left of a row, and what of it must be withheld. */
struct rest {
    int64_t *n;
    bool *hidden;
    bool overlaps;
    const char *corrected; /* the publication since which audits of it were; NULL */
};

/* ---- reading the register ---- */

/* The next line, without its end; NULL at the end of the text. */
static char *next_line(char **text)
{
    char *line = *text, *end = strchr(line, '\n');

    if (end == NULL)
        return NULL;
    *end = '\0';
    *text = end + 1;
    return line;
}

static const char *audit_of(struct ca_arena *arena, const char *member)
{
    const char *slash = strrchr(member, '/');

    return slash == NULL ? member : ca_arena_strndup(arena, member, (size_t)(slash - member));
}

static void read_members(struct reg *reg, struct earlier *row, char *line)
{
    struct ca_arena *arena = reg->plan->arena;

    for (char *word = line, *blank; word != NULL; word = blank) {
        blank = strchr(word, ' ');
        if (blank != NULL)
            *blank++ = '\0';
        *CA_ARENA_APPEND(arena, row->members, row->member_count) = word;
    }
}

/* "section:matching:grade:good=12", or "…=3c" of one that was withheld. */
static bool read_cell(struct reg *reg, struct earlier *row, char *line)
{
    struct ca_arena *arena = reg->plan->arena;
    char *value = strrchr(line, '='), *end;
    int64_t number;
    bool hidden;

    if (value == NULL)
        return false;
    *value++ = '\0';
    end = value + strlen(value);
    hidden = end > value && end[-1] == 'c';
    if (hidden)
        end[-1] = '\0';
    if (!ca_integer_parse(value, 0, INT32_MAX * INT64_C(1000000), &number))
        return false;
    *CA_ARENA_APPEND(arena, row->cells, row->cell_count) = (struct cell){line, number, hidden};
    return true;
}

static bool read_row(struct reg *reg, struct earlier *row, char *members, char **text)
{
    char *line;

    read_members(reg, row, members);
    while ((line = next_line(text)) != NULL && *line != '\0')
        if (!read_cell(reg, row, line))
            return false;
    return line != NULL;
}

static bool read_publication(struct reg *reg, const struct ca_publication *publication)
{
    struct ca_arena *arena = reg->plan->arena;
    char *text = ca_arena_strdup(arena, publication->text), *line;

    if (next_line(&text) == NULL) /* the question */
        return false;
    while ((line = next_line(&text)) != NULL) {
        struct earlier row = {.publication = publication->name};
        if (!read_row(reg, &row, line, &text))
            return false;
        *CA_ARENA_APPEND(arena, reg->rows, reg->row_count) = row;
    }
    return *text == '\0';
}

static int by_size(const void *a, const void *b)
{
    const struct earlier *x = a, *y = b;

    return (x->member_count < y->member_count) - (x->member_count > y->member_count);
}

static enum ca_code read_register(struct reg *reg, struct ca_error *error)
{
    const struct ca_material *m = reg->plan->material;
    size_t members = 0;

    for (size_t i = 0; i < m->publication_count; i++)
        if (!read_publication(reg, &m->publications[i]))
            return ca_fail(error, CA_ERROR_STORE,
                           "what was published as '%s' cannot be read in the store",
                           m->publications[i].name);
    if (reg->row_count > 1)
        qsort(reg->rows, reg->row_count, sizeof *reg->rows, by_size);
    for (size_t i = 0; i < reg->row_count; i++)
        members += reg->rows[i].member_count;
    reg->audits = ca_map_new(reg->plan->arena, members);
    reg->elements = ca_map_new(reg->plan->arena, members);
    for (size_t i = 0; i < reg->row_count; i++)
        for (size_t k = 0; k < reg->rows[i].member_count; k++) {
            const char *member = reg->rows[i].members[k];
            ca_map_put(reg->audits, audit_of(reg->plan->arena, member), i);
            ca_map_put(reg->elements, member, i);
        }
    return CA_OK;
}

/* ---- one row ---- */

/* What is counted in a row: audits by what they were published as, in either of two ways. */
struct here {
    const struct ca_counts *counts;
    struct ca_map *elements; /* by audit and revision */
    struct ca_map *audits;   /* by audit alone */
    bool *taken;             /* by an earlier row that it is part of */
};

static struct here here_of(const struct reg *reg, const struct ca_counts *counts)
{
    struct ca_arena *arena = reg->plan->arena;
    struct here here = {counts, ca_map_new(arena, counts->member_count),
                        ca_map_new(arena, counts->member_count),
                        CA_ARRAY(arena, counts->member_count, bool)};

    for (size_t i = 0; i < counts->member_count; i++) {
        ca_map_put(here.elements, counts->members[i], i);
        ca_map_put(here.audits, audit_of(arena, counts->members[i]), i);
    }
    return here;
}

/* Where an audit that was published is in the row, as it was; or, if it may have been
 * corrected, as it is, of which nothing was published. */
static size_t place_of(const struct reg *reg, const struct here *here, const char *member,
                       bool corrected)
{
    size_t at = ca_map_get(here->elements, member);

    if (at != CA_NOT_FOUND || !corrected)
        return at;
    at = ca_map_get(here->audits, audit_of(reg->plan->arena, member));
    return at != CA_NOT_FOUND &&
                   ca_map_get(reg->elements, here->counts->members[at]) == CA_NOT_FOUND
               ? at
               : CA_NOT_FOUND;
}

/* Whether all that was counted in the earlier row is counted in this one, and free. */
static bool is_part(const struct reg *reg, const struct earlier *row, const struct here *here,
                    bool corrected)
{
    for (size_t i = 0; i < row->member_count; i++) {
        size_t at = place_of(reg, here, row->members[i], corrected);
        if (at == CA_NOT_FOUND || here->taken[at])
            return false;
    }
    return true;
}

/* What is in no place now, as a measure that is another since, cannot be taken off. */
static void take_off(const struct reg *reg, const struct earlier *row, const struct here *here,
                     const struct ca_map *places, struct rest *rest)
{
    for (size_t i = 0; i < row->member_count; i++) {
        size_t at = place_of(reg, here, row->members[i], true);
        here->taken[at] = true;
        if (strcmp(row->members[i], here->counts->members[at]) != 0)
            rest->corrected = row->publication;
    }
    for (size_t i = 0; i < row->cell_count; i++) {
        size_t at = ca_map_get(places, row->cells[i].name);
        if (at == CA_NOT_FOUND) {
            rest->overlaps |= row->cells[i].value != 0;
            continue;
        }
        rest->n[at] -= row->cells[i].value;
        rest->hidden[at] |= row->cells[i].hidden;
    }
}

/* The rows that were published and are part of this one: first as they were. */
static bool take_off_all(const struct reg *reg, const struct here *here,
                         const struct ca_map *places, struct rest *rest)
{
    bool any = false;

    for (int corrected = 0; corrected <= 1; corrected++)
        for (size_t i = 0; i < reg->row_count; i++)
            if (reg->rows[i].member_count > 0 &&
                is_part(reg, &reg->rows[i], here, corrected != 0)) {
                take_off(reg, &reg->rows[i], here, places, rest);
                any = true;
            }
    return any;
}

/* Corrections are all the news there is: what they changed is withheld. */
static void withhold_changes(const struct here *here, struct rest *rest, size_t size)
{
    for (size_t i = 0; i < here->counts->member_count; i++)
        if (!here->taken[i])
            return;
    for (size_t at = 0; at < size; at++) {
        rest->hidden[at] |= rest->n[at] != 0;
        rest->n[at] = 0;
    }
}

/* Actions are completed, and grow overdue, without a revision; alerts have no names. */
static void leave_out_what_moves(const struct ca_places *l, struct rest *rest)
{
    for (size_t i = 0; i < 4; i++) {
        rest->n[ca_at_actions(l) + i] = 0;
        rest->hidden[ca_at_actions(l) + i] = true;
    }
    for (size_t i = 0; i < l->alerts; i++)
        rest->n[ca_at_alert(l, i)] = 0;
}

/* The publication that has an audit of the row which is in none of its parts; or NULL. */
static const char *clash_of(const struct reg *reg, const struct ca_counts *counts,
                            const bool *taken)
{
    for (size_t i = 0; i < counts->member_count; i++) {
        size_t row = ca_map_get(reg->audits, audit_of(reg->plan->arena, counts->members[i]));
        if (!taken[i] && row != CA_NOT_FOUND)
            return reg->rows[row].publication;
    }
    return NULL;
}

static struct rest rest_of(struct reg *reg, const struct ca_plan_period *p,
                           const struct ca_map *places, const struct ca_counts *counts)
{
    struct ca_arena *arena = reg->plan->arena;
    size_t size = ca_places_size(&p->layout);
    struct rest rest = {CA_ARRAY(arena, size, int64_t), CA_ARRAY(arena, size, bool), false,
                        NULL};
    struct here here = here_of(reg, counts);
    const char *clash;

    memcpy(rest.n, counts->n, size * sizeof *rest.n);
    if (take_off_all(reg, &here, places, &rest)) {
        leave_out_what_moves(&p->layout, &rest);
        reg->any = true;
    }
    clash = clash_of(reg, counts, here.taken);
    rest.overlaps |= clash != NULL;
    if (rest.corrected != NULL && !rest.overlaps)
        withhold_changes(&here, &rest, size);
    for (size_t at = 0; at < size; at++)
        rest.overlaps |= rest.n[at] < 0;
    if (rest.corrected != NULL)
        reg->plan->summary->corrects = ca_arena_strdup(arena, rest.corrected);
    if (rest.overlaps)
        reg->clash = clash != NULL ? clash : reg->rows[0].publication;
    reg->any |= rest.overlaps;
    return rest;
}

static void withhold_whole(struct rest *rest, size_t size)
{
    for (size_t at = 0; at < size; at++) {
        rest->n[at] = 0;
        rest->hidden[at] = true;
    }
}

/* ---- a period ---- */

/* The rests of a period: its total, then its groups. */
static bool groups_add_up(const struct rest *rests, size_t groups, size_t size)
{
    for (size_t g = 1; g <= groups; g++)
        if (rests[g].overlaps)
            return false;
    for (size_t at = 0; at < size; at++) {
        int64_t sum = 0;
        for (size_t g = 1; g <= groups; g++)
            sum += rests[g].n[at];
        if (sum != rests[0].n[at])
            return false;
    }
    return true;
}

static const struct ca_map *places_of(const struct ca_plan *plan,
                                      const struct ca_plan_period *p)
{
    const char **names = ca_plan_place_names(plan, p);
    size_t size = ca_places_size(&p->layout);
    struct ca_map *map = ca_map_new(plan->arena, size);

    for (size_t at = 0; at < size; at++)
        if (names[at] != NULL)
            ca_map_put(map, names[at], at);
    return map;
}

static struct rest *rests_of(struct reg *reg, const struct ca_plan_period *p)
{
    size_t size = ca_places_size(&p->layout), groups = reg->plan->group_count;
    const struct ca_map *places = places_of(reg->plan, p);
    struct rest *rests = CA_ARRAY(reg->plan->arena, groups + 1, struct rest);

    rests[0] = rest_of(reg, p, places, &p->total);
    for (size_t g = 0; g < groups; g++)
        rests[g + 1] = rest_of(reg, p, places, &p->groups[g]);
    if (rests[0].overlaps)
        withhold_whole(&rests[0], size);
    if (groups == 0 || (!rests[0].overlaps && groups_add_up(rests, groups, size)))
        return rests;
    for (size_t g = 1; g <= groups; g++)
        withhold_whole(&rests[g], size);
    /* So that the groups add up to the total still. */
    memcpy(rests[1].n, rests[0].n, size * sizeof *rests[1].n);
    return rests;
}

/* ---- all of it ---- */

/* Puts the counts of a rest in place of those of its row, and back again. */
static void swap(struct ca_counts *counts, struct rest *rest)
{
    int64_t *n = counts->n;
    bool *hidden = counts->hidden;

    counts->n = rest->n;
    counts->hidden = rest->hidden;
    rest->n = n;
    rest->hidden = hidden;
}

static void swap_all(struct ca_plan *plan, struct rest **rests)
{
    for (size_t i = 0; i < plan->period_count; i++) {
        struct ca_plan_period *p = &plan->periods[i];
        if (!p->printed)
            continue;
        swap(&p->total, &rests[i][0]);
        for (size_t g = 0; g < plan->group_count; g++)
            swap(&p->groups[g], &rests[i][g + 1]);
    }
}

/* What is withheld of what was published and by itself, and what is of the rest. */
static void add_hidden(const struct ca_plan_period *p, struct ca_counts *counts,
                       const bool *hidden)
{
    for (size_t at = 0; at < ca_places_size(&p->layout); at++)
        counts->hidden[at] |= hidden[at];
}

static void add_all_hidden(struct ca_plan *plan, struct rest **rests)
{
    for (size_t i = 0; i < plan->period_count; i++) {
        struct ca_plan_period *p = &plan->periods[i];
        for (size_t g = 0; p->printed && g <= plan->group_count; g++)
            add_hidden(p, g == 0 ? &p->total : &p->groups[g - 1], rests[i][g].hidden);
    }
}

/* What is withheld of the rows as they stand. It is not held to what was published: what follows
 * from that and from the news cannot be withheld, and what does not is. */
static void forget_hidden(struct ca_plan *plan)
{
    for (size_t i = 0; i < plan->period_count; i++) {
        struct ca_plan_period *p = &plan->periods[i];
        for (size_t g = 0; p->printed && g <= plan->group_count; g++) {
            struct ca_counts *counts = g == 0 ? &p->total : &p->groups[g - 1];
            memset(counts->hidden, 0, ca_places_size(&p->layout) * sizeof *counts->hidden);
        }
    }
}

enum ca_code ca_plan_published(struct ca_plan *plan, struct ca_error *error)
{
    struct reg reg = {.plan = plan};
    struct rest **rests = CA_ARRAY(plan->arena, plan->period_count, struct rest *);
    enum ca_code code = read_register(&reg, error);

    if (code != CA_OK || reg.row_count == 0)
        return code;
    for (size_t i = 0; i < plan->period_count; i++)
        if (plan->periods[i].printed)
            rests[i] = rests_of(&reg, &plan->periods[i]);
    if (!reg.any) /* all is news */
        return CA_OK;
    forget_hidden(plan);
    add_all_hidden(plan, rests);
    swap_all(plan, rests);
    ca_plan_withhold(plan);
    swap_all(plan, rests);
    add_all_hidden(plan, rests);
    if (reg.clash != NULL)
        plan->summary->clash = ca_arena_printf(
            plan->arena,
            "Some figures are withheld because they overlap what was published as '%s', in "
            "another division of the audits or before a correction, and could be subtracted.",
            reg.clash);
    else if (plan->summary->corrects != NULL)
        plan->summary->clash = ca_arena_printf(
            plan->arena,
            "Audits were corrected after '%s' was published. Some figures are withheld because "
            "what changed would tell of these audits.",
            plan->summary->corrects);
    return CA_OK;
}
