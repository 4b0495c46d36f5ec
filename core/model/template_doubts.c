/*
 * Scales, lists, weights and labels that mean something else than they say: none of it breaks a
 * rule, and each is seldom meant. All are warnings, looked for once there is no error.
 */
#include "core/model/template_private.h"

#include <stdlib.h>
#include <string.h>

#include "core/base/blank.h"
#include "core/base/decimal.h"

static void doubt(const struct ca_tpl_reader *r, uint32_t offset, const char *element,
                  const char *format, ...) __attribute__((format(printf, 4, 5)));
static void doubt(const struct ca_tpl_reader *r, uint32_t offset, const char *element,
                  const char *format, ...)
{
    const char *said;
    va_list args;

    va_start(args, format);
    said = ca_arena_vprintf(r->arena, format, args);
    va_end(args);
    ca_template_report(r->t, offset, r->diags, CA_WARNING, element, "%s", said);
}

/* ---- what people choose from ---- */

/* The choices of one place: grades, the answers of a list, values, agencies, themes. */
struct choice {
    const char *id, *label;
    int32_t score; /* on its own full marks, hundredths; -1: none */
    uint32_t offset;
};

struct choices {
    const char *element, *plural, *where; /* "agency", "agencies", "of the template" */
    struct choice *items;
    size_t count;
    int32_t full; /* marks that are full, hundredths */
};

static struct choices new_choices(const struct ca_tpl_reader *r, const char *element,
                                  const char *plural, const char *where, size_t count)
{
    return (struct choices){element, plural, where, CA_ARRAY(r->arena, count, struct choice),
                            count,   0};
}

static struct choices grades_of(const struct ca_tpl_reader *r, const struct ca_xml_node *root)
{
    const struct ca_template *t = r->t;
    const struct ca_xml_node *n = ca_xml_child(ca_xml_child(root, CA_E_SCALE), CA_E_GRADE);
    struct choices out = new_choices(r, "grade", "grades", "of the scale", t->grade_count);

    out.full = t->full_marks;
    for (size_t i = 0; i < out.count; i++, n = ca_xml_next(n, CA_E_GRADE))
        out.items[i] =
            (struct choice){t->grades[i].id, t->grades[i].label, t->grades[i].score, n->offset};
    return out;
}

static struct choices answers_of(const struct ca_tpl_reader *r, size_t list)
{
    const struct ca_answer_list *l = &r->t->lists[list];
    const struct ca_xml_node *n = ca_xml_child(r->list_nodes[list], CA_E_ANSWER);
    struct choices out = new_choices(
        r, "answer", "answers", ca_arena_printf(r->arena, "of list '%s'", l->id), l->count);

    out.full = 100 * l->out_of;
    for (size_t i = 0; i < out.count; i++, n = ca_xml_next(n, CA_E_ANSWER))
        out.items[i] = (struct choice){l->answers[i].id, l->answers[i].label,
                                       l->answers[i].given, n->offset};
    return out;
}

static struct choices named(const struct ca_tpl_reader *r, const char *element,
                            const char *plural, const char *where, const struct ca_named *names,
                            size_t count)
{
    struct choices out = new_choices(r, element, plural, where, count);

    for (size_t i = 0; i < count; i++)
        out.items[i] = (struct choice){names[i].id, names[i].label, -1, names[i].offset};
    return out;
}

static void doubt_labels(const struct ca_tpl_reader *r, const struct choices *choices)
{
    struct ca_map *seen = ca_map_new(r->arena, choices->count);

    for (size_t i = 0; i < choices->count; i++) {
        const struct choice *item = &choices->items[i];
        size_t other = ca_map_put(seen, ca_folded(r->arena, item->label), i);

        if (other != CA_NOT_FOUND)
            doubt(r, item->offset, choices->element,
                  "%s '%s' and '%s' %s have the same label, '%s': nobody who chooses could "
                  "tell them apart",
                  choices->plural, choices->items[other].id, item->id, choices->where,
                  item->label);
    }
}

/* ---- what people read in tables ---- */

/* seen: the names met so far, by their place (the section they stand in) and what they say. */
static void doubt_name(const struct ca_tpl_reader *r, struct ca_map *seen, size_t place,
                       const char *plural, const char *element, const char *id,
                       const char *label, uint32_t offset)
{
    const char *key;

    if (label == NULL)
        return;
    key = ca_arena_printf(r->arena, "%zu %s", place, ca_folded(r->arena, label));
    if (ca_map_put(seen, key, offset) == CA_NOT_FOUND)
        return;
    doubt(r, offset, element,
          "%s '%s' is called '%s' like another of the %s beside it: nobody who reads a table "
          "could tell them apart",
          element, id, label, plural);
}

/* What has no label is called by its question, in forms and everywhere else. */
static void doubt_question(const struct ca_tpl_reader *r, struct ca_map *seen,
                           const struct ca_standard *s, size_t index)
{
    const char *key;
    size_t other;

    if (s->label != NULL || s->question == NULL || strchr(s->question, ' ') == NULL)
        return; /* one word alone is none yet */
    key = ca_arena_printf(r->arena, "%zu %s", s->section, ca_folded(r->arena, s->question));
    other = ca_map_put(seen, key, index);
    if (other != CA_NOT_FOUND)
        doubt(r, s->offset, "standard",
              "standard '%s' asks '%s' as '%s' does beside it, and neither has a label: nobody "
              "who answers could tell them apart",
              s->id, s->question, r->t->standards[other].id);
}

static void doubt_names(const struct ca_tpl_reader *r)
{
    const struct ca_template *t = r->t;
    struct ca_map *seen = ca_map_new(r->arena, t->section_count);

    for (size_t i = 0; i < t->section_count; i++) {
        const struct ca_section *s = &t->sections[i];
        doubt_name(r, seen, s->parent, "sections", "section", s->id, s->title, s->offset);
    }
    seen = ca_map_new(r->arena, t->standard_count);
    for (size_t i = 0; i < t->standard_count; i++) {
        const struct ca_standard *s = &t->standards[i];
        doubt_name(r, seen, s->section, "standards", "standard", s->id, s->label, s->offset);
    }
    seen = ca_map_new(r->arena, t->standard_count);
    for (size_t i = 0; i < t->standard_count; i++)
        doubt_question(r, seen, &t->standards[i], i);
    seen = ca_map_new(r->arena, t->measure_count);
    for (size_t i = 0; i < t->measure_count; i++) {
        const struct ca_measure *m = &t->measures[i];
        doubt_name(r, seen, 0, "measures", "measure", m->id, m->label, m->offset);
    }
    seen = ca_map_new(r->arena, t->attribute_count);
    for (size_t i = 0; i < t->attribute_count; i++) {
        const struct ca_attribute_def *a = &t->attributes[i];
        doubt_name(r, seen, 0, "attributes", "attribute", a->id, a->label, a->offset);
    }
}

/* ---- scores ---- */

static int32_t best_of(const struct choices *choices)
{
    int32_t best = -1;

    for (size_t i = 0; i < choices->count; i++)
        best = choices->items[i].score > best ? choices->items[i].score : best;
    return best;
}

/* A scale of 3, 2, 1, 0 out of 100 would call half marks outstanding. The best grade may stand
 * somewhat below full marks; of the answers of a list one should reach them. */
static void doubt_full_marks(const struct ca_tpl_reader *r, const struct choices *choices,
                             uint32_t offset, bool of_list)
{
    char best[CA_DECIMAL_SIZE], full[CA_DECIMAL_SIZE];
    int32_t score = best_of(choices);

    if (score < 0 || score == choices->full)
        return;
    ca_decimal_short(score, 2, best);
    ca_decimal_short(choices->full, 2, full);
    if (score < choices->full / 2)
        doubt(r, offset, of_list ? "answers" : choices->element,
              "the best %s %s scores %s, and full marks are %s; was out-of=\"%s\" forgotten?",
              choices->element, choices->where, best, full, best);
    else if (of_list)
        doubt(r, offset, "answers",
              "no %s %s reaches full marks: the best scores %s of %s, so nothing can be fully "
              "met",
              choices->element, choices->where, best, full);
}

/* Where all score the same, it makes no difference which is chosen. */
static void doubt_sameness(const struct ca_tpl_reader *r, const struct choices *choices,
                           uint32_t offset)
{
    const int32_t best = best_of(choices);
    char score[CA_DECIMAL_SIZE];
    size_t scored = 0;

    for (size_t i = 0; i < choices->count; i++) {
        if (choices->items[i].score < 0)
            continue;
        if (choices->items[i].score != best)
            return;
        scored++;
    }
    if (scored > 1)
        doubt(r, offset, "answers",
              "every %s %s that has a score has %s: it makes no difference which is chosen",
              choices->element, choices->where, ca_decimal_short(best, 2, score));
}

static void doubt_positive(const struct ca_tpl_reader *r, const struct choices *grades)
{
    const struct ca_template *t = r->t;

    for (size_t i = 0; i < t->grade_count; i++)
        if (!t->grades[i].positive)
            return;
    doubt(r, grades->items[0].offset, "grade",
          "every grade has positive=\"yes\", so that summaries count every audit as one of the "
          "good ones");
}

/* Families of words that say which is more. A label belongs to one by how it begins. */
enum { NO_FAMILY, QUALITY, MET, OFTEN, DEGREE };

static const struct word {
    const char *text;
    int family, rank;
} words[] = {
    {"outstanding", QUALITY, 4},
    {"excellent", QUALITY, 4},
    {"good", QUALITY, 3},
    {"requires improvement", QUALITY, 2},
    {"needs improvement", QUALITY, 2},
    {"satisfactory", QUALITY, 2},
    {"adequate", QUALITY, 2},
    {"fair", QUALITY, 2},
    {"inadequate", QUALITY, 1},
    {"unsatisfactory", QUALITY, 1},
    {"poor", QUALITY, 1},
    {"fully met", MET, 4},
    {"met", MET, 4},
    {"mostly met", MET, 3},
    {"partly met", MET, 2},
    {"partially met", MET, 2},
    {"not met", MET, 1},
    {"always", OFTEN, 5},
    {"usually", OFTEN, 4},
    {"often", OFTEN, 4},
    {"sometimes", OFTEN, 3},
    {"rarely", OFTEN, 2},
    {"never", OFTEN, 1},
    {"yes", DEGREE, 4},
    {"fully", DEGREE, 4},
    {"mostly", DEGREE, 3},
    {"partly", DEGREE, 2},
    {"partially", DEGREE, 2},
    {"no", DEGREE, 1},
    {"not at all", DEGREE, 1},
};

static int family_of(const struct ca_tpl_reader *r, const char *label, long *rank)
{
    const char *folded = ca_folded(r->arena, label);

    for (size_t i = 0; i < sizeof words / sizeof *words; i++) {
        size_t length = strlen(words[i].text);
        if (strncmp(folded, words[i].text, length) != 0 ||
            (folded[length] != '\0' && strchr(" ,:;(", folded[length]) == NULL))
            continue;
        *rank = words[i].rank;
        return words[i].family;
    }
    return NO_FAMILY;
}

/* The number that a label begins with; false: none. */
static bool number_of(const char *label, long *out)
{
    char *end;

    *out = strtol(label, &end, 10);
    return end != label && (*end == '\0' || strchr(" .:-)%", *end) != NULL);
}

/* A choice whose place among the others its label tells. */
struct placed {
    const struct choice *choice;
    long place;
};

static int by_place(const void *a, const void *b)
{
    const struct placed *one = a, *other = b;

    if (one->place != other->place)
        return one->place < other->place ? -1 : 1;
    return one->choice->offset < other->choice->offset ? -1 : 1;
}

/* Those with a score that begin with a number, or with a word of the family. */
static size_t placed_by(const struct ca_tpl_reader *r, const struct choices *choices,
                        int family, struct placed *out)
{
    size_t count = 0;
    long place = 0;

    for (size_t i = 0; i < choices->count; i++) {
        const struct choice *choice = &choices->items[i];
        if (choice->score >= 0 &&
            (family == NO_FAMILY ? number_of(choice->label, &place)
                                 : family_of(r, choice->label, &place) == family))
            out[count++] = (struct placed){choice, place};
    }
    qsort(out, count, sizeof *out, by_place);
    return count;
}

/* Do scores go up and down again? way: where they went before, 0 at first. */
static bool turns(int *way, int32_t before, int32_t after)
{
    int step = (after > before) - (after < before);
    bool turned = step != 0 && *way != 0 && step != *way;

    if (step != 0)
        *way = step;
    return turned;
}

/* Good scores more than poor; of numbers, and of yes and no, either end may be the better. */
static void doubt_order(const struct ca_tpl_reader *r, const struct choices *choices)
{
    struct placed *placed = CA_ARRAY(r->arena, choices->count, struct placed);
    char one[CA_DECIMAL_SIZE], other[CA_DECIMAL_SIZE];

    for (int family = NO_FAMILY; family <= DEGREE; family++) {
        size_t count = placed_by(r, choices, family, placed);
        int way = family == QUALITY || family == MET ? 1 : 0;

        for (size_t i = 1; i < count; i++) {
            const struct choice *a = placed[i - 1].choice, *b = placed[i].choice;
            if (placed[i].place == placed[i - 1].place || !turns(&way, a->score, b->score))
                continue;
            doubt(r, b->offset, choices->element,
                  "the scores %s are not in the order of their labels: '%s' scores %s, and "
                  "'%s' %s",
                  choices->where, a->label, ca_decimal_short(a->score, 2, one), b->label,
                  ca_decimal_short(b->score, 2, other));
            return;
        }
    }
}

static void doubt_choices(const struct ca_tpl_reader *r, const struct ca_xml_node *root)
{
    const struct ca_template *t = r->t;
    struct choices grades = grades_of(r, root);

    doubt_labels(r, &grades);
    doubt_full_marks(r, &grades, grades.items[0].offset, false);
    doubt_order(r, &grades);
    doubt_positive(r, &grades);
    for (size_t i = 1; i < t->list_count; i++) {
        struct choices answers = answers_of(r, i);
        doubt_labels(r, &answers);
        doubt_full_marks(r, &answers, r->list_nodes[i]->offset, true);
        doubt_order(r, &answers);
        doubt_sameness(r, &answers, r->list_nodes[i]->offset);
    }
    for (size_t i = 0; i < t->attribute_count; i++) {
        const struct ca_attribute_def *a = &t->attributes[i];
        struct choices values =
            named(r, "value", "values", ca_arena_printf(r->arena, "of attribute '%s'", a->id),
                  a->values, a->value_count);
        doubt_labels(r, &values);
    }
    const struct choices agencies =
        named(r, "agency", "agencies", "of the template", t->agencies, t->agency_count);
    const struct choices themes =
        named(r, "theme", "themes", "of the template", t->themes, t->theme_count);
    doubt_labels(r, &agencies);
    doubt_labels(r, &themes);
}

/* ---- standards ---- */

/* Steps that pass full marks by. */
static void doubt_step(const struct ca_tpl_reader *r, const struct ca_standard *s)
{
    char step[CA_DECIMAL_SIZE], most[CA_DECIMAL_SIZE], full[CA_DECIMAL_SIZE];

    if (s->type == CA_TYPE_POINTS && s->step > 0 && s->points % s->step != 0)
        doubt(r, s->offset, "standard",
              "standard '%s' goes in steps of %s, of which the last before %s is %s: %s can "
              "never be given",
              s->id, ca_decimal_short(s->step, 3, step), ca_decimal_short(s->points, 3, full),
              ca_decimal_short(s->points - s->points % s->step, 3, most),
              s->faults ? "all faults" : "full marks");
}

static int32_t best_band(const struct ca_standard *s)
{
    int32_t best = -1;

    for (size_t i = 0; i < s->band_count; i++)
        best = s->bands[i].score > best ? s->bands[i].score : best;
    return best;
}

static void doubt_bands(const struct ca_tpl_reader *r, const struct ca_standard *s)
{
    char best[CA_DECIMAL_SIZE], full[CA_DECIMAL_SIZE];

    if (s->type == CA_TYPE_NUMBER && best_band(s) < r->t->full_marks)
        doubt(r, s->offset, "standard",
              "no value of standard '%s' reaches full marks: its best band scores %s of %s",
              s->id, ca_decimal_short(best_band(s), 2, best),
              ca_decimal_short(r->t->full_marks, 2, full));
}

static void doubt_late(const struct ca_tpl_reader *r, const struct ca_standard *s)
{
    for (size_t i = 0; i < s->late_count; i++)
        if (s->late[i].score == r->t->full_marks) {
            doubt(r, s->offset, "standard",
                  "standard '%s' has full marks when it is up to %d days late, so being late "
                  "costs nothing until then; if so many days more are allowed, let the time "
                  "allowed "
                  "say so",
                  s->id, s->late[i].up_to);
            return;
        }
    for (size_t i = 1; i < s->late_count; i++)
        if (s->late[i].score > s->late[i - 1].score) {
            doubt(r, s->offset, "standard",
                  "standard '%s' scores more when it is up to %d days late than up to %d",
                  s->id, s->late[i].up_to, s->late[i - 1].up_to);
            return;
        }
}

/* Where weights are equal, a mark out of 4 counts ten times as much as one out of 40. */
static void doubt_points(const struct ca_tpl_reader *r)
{
    const struct ca_template *t = r->t;
    char one[CA_DECIMAL_SIZE], other[CA_DECIMAL_SIZE];
    const struct ca_standard *first = NULL;

    for (size_t i = 0; i < t->standard_count; i++) {
        const struct ca_standard *s = &t->standards[i];

        if (s->type != CA_TYPE_POINTS || s->weight == 0)
            continue;
        if (first == NULL || first->section != s->section) {
            first = s;
        } else if (first->points != s->points && first->weight == s->weight &&
                   first->faults == s->faults) {
            doubt(r, s->offset, "standard",
                  "'%s' is out of %s points and '%s' out of %s, with the same weight: each "
                  "point of one counts more than of the other; weigh them by their points, if "
                  "that is not meant",
                  first->id, ca_decimal_short(first->points, 3, one), s->id,
                  ca_decimal_short(s->points, 3, other));
            return;
        }
    }
}

/* ---- measures ---- */

static bool reaches_full_marks(const struct ca_template *t, const struct ca_standard *s)
{
    if (s->type == CA_TYPE_NUMBER)
        return best_band(s) == t->full_marks;
    if (s->type == CA_TYPE_POINTS)
        return s->faults || s->step == 0 || s->points % s->step == 0;
    if (s->type != CA_TYPE_ANSWERS)
        return true;
    for (size_t i = 0; i < t->lists[s->list].count; i++)
        if (t->lists[s->list].answers[i].score == t->full_marks)
            return true;
    return false;
}

/* An answer without a score is in neither number of a proportion. */
static bool counts_something(const struct ca_template *t, const struct ca_standard *s,
                             const struct ca_measure *measure)
{
    if (s->type != CA_TYPE_ANSWERS)
        return true;
    for (size_t i = 0; i < measure->counts_count; i++) {
        size_t answer = ca_find_answer(&t->lists[s->list], measure->counts[i]);
        if (answer != CA_NONE && t->lists[s->list].answers[answer].score >= 0)
            return true;
    }
    return false;
}

/* Every answer with a score: then all that are counted at all are counted. */
static bool counts_everything(const struct ca_template *t, const struct ca_standard *s,
                              const struct ca_measure *measure)
{
    const struct ca_answer_list *list;
    size_t scored = 0, counted = 0;

    if (s->type != CA_TYPE_ANSWERS)
        return false;
    list = &t->lists[s->list];
    for (size_t i = 0; i < list->count; i++)
        scored += list->answers[i].score >= 0;
    for (size_t i = 0; i < measure->counts_count; i++) {
        size_t answer = ca_find_answer(list, measure->counts[i]);
        counted += answer != CA_NONE && list->answers[answer].score >= 0;
    }
    return scored > 1 && counted == scored;
}

static void doubt_measures(const struct ca_tpl_reader *r)
{
    const struct ca_template *t = r->t;

    for (size_t i = 0; i < t->measure_count; i++) {
        const struct ca_measure *m = &t->measures[i];
        const struct ca_standard *s = &t->standards[m->standard];

        if (m->mean || s->type == CA_TYPE_TEXT)
            continue;
        if (m->counts == NULL && !reaches_full_marks(t, s))
            doubt(r, m->offset, "measure",
                  "measure '%s' counts full marks, which standard '%s' never has, so it will "
                  "always be 0; say with 'counts' which answers count",
                  m->id, s->id);
        else if (m->counts != NULL && !counts_something(t, s, m))
            doubt(r, m->offset, "measure",
                  "measure '%s' counts answers that have no score, so it will always be 0",
                  m->id);
        else if (m->counts != NULL && counts_everything(t, s, m))
            doubt(r, m->offset, "measure",
                  "measure '%s' counts every answer that has a score, so it will always be "
                  "all of them",
                  m->id);
    }
}

void ca_tpl_doubt(struct ca_tpl_reader *r, const struct ca_xml_node *root)
{
    const struct ca_template *t = r->t;

    doubt_choices(r, root);
    doubt_names(r);
    for (size_t i = 0; i < t->standard_count; i++) {
        doubt_step(r, &t->standards[i]);
        doubt_bands(r, &t->standards[i]);
        doubt_late(r, &t->standards[i]);
    }
    doubt_points(r);
    doubt_measures(r);
    ca_tpl_doubt_conditions(r);
}
