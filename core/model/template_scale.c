/* The scale and the answer lists: what a score can be. */
#include "core/model/template_private.h"

#include <string.h>

#include "core/base/decimal.h"

/* ---- the scale ---- */

static void check_own_band(struct ca_tpl_reader *r, const struct ca_xml_node *node,
                           const struct ca_grade *grade, const struct ca_grade *better)
{
    char score[CA_DECIMAL_SIZE], edge[CA_DECIMAL_SIZE];

    if (grade->score < 0 || grade->from < 0)
        return;
    if (grade->score < grade->from)
        ca_tpl_error(r, node,
                     "grade '%s' falls outside its own band: its score %s is below its "
                     "from=\"%s\"",
                     grade->id, ca_decimal_short(grade->score, 2, score),
                     ca_decimal_short(grade->from, 2, edge));
    else if (better && better->from >= 0 && grade->score >= better->from)
        ca_tpl_error(r, node,
                     "grade '%s' falls outside its own band: its score %s lies in the band of "
                     "'%s', which begins at %s",
                     grade->id, ca_decimal_short(grade->score, 2, score), better->id,
                     ca_decimal_short(better->from, 2, edge));
}

static void check_grade(struct ca_tpl_reader *r, const struct ca_xml_node *node, size_t g)
{
    const struct ca_grade *grade = &r->t->grades[g];
    const struct ca_grade *better = g > 0 ? grade - 1 : NULL;
    char own[CA_DECIMAL_SIZE], above[CA_DECIMAL_SIZE];

    if (better && better->from >= 0 && grade->from >= better->from)
        ca_tpl_error(r, node,
                     "the scale is out of order: grade '%s' begins at %s, which is not below "
                     "%s, where '%s' before it begins; put the best grade first",
                     grade->id, ca_decimal_short(grade->from, 2, own),
                     ca_decimal_short(better->from, 2, above), better->id);
    else
        check_own_band(r, node, grade, better);
    if (g + 1 == r->t->grade_count && grade->from > 0)
        ca_tpl_error(r, node,
                     "the lowest grade, '%s', begins at %s; it must have from=\"0\" so that "
                     "every score has a grade",
                     grade->id, ca_decimal_short(grade->from, 2, own));
    if (better && grade->positive && !better->positive)
        ca_tpl_error(r, node,
                     "grade '%s' is positive and the better grade '%s' is not; positive grades "
                     "are the best ones of the scale, without a gap",
                     grade->id, better->id);
}

void ca_tpl_read_scale(struct ca_tpl_reader *r, const struct ca_xml_node *root)
{
    struct ca_template *t = r->t;
    const struct ca_xml_node *scale = ca_xml_child(root, CA_E_SCALE);
    size_t g = 0;

    t->grade_count = scale ? ca_tpl_count(scale, CA_E_GRADE) : 0;
    t->grades = CA_ARRAY(r->arena, t->grade_count, struct ca_grade);
    t->grade_map = ca_map_new(r->arena, t->grade_count);
    ca_tpl_names_init(r, &r->grades, "grades", t->grade_count);
    r->grades.called = (struct ca_called){t->grades, t->grade_count, sizeof *t->grades, 3};
    if (!scale)
        return;
    for (const struct ca_xml_node *n = ca_xml_child(scale, CA_E_GRADE); n;
         n = ca_xml_next(n, CA_E_GRADE), g++) {
        struct ca_grade *grade = &t->grades[g];
        grade->id = r->grades.items[g] = ca_tpl_id(r, n, t->grade_map, g, "grade");
        grade->label = ca_tpl_text(n, "label");
        grade->abbrev = ca_xml_get(n, "abbrev");
        grade->score = ca_tpl_score(r, n, "score", t->full_marks);
        grade->from = ca_tpl_score(r, n, "from", t->full_marks);
        grade->positive = ca_tpl_flag(n, "positive");
        check_grade(r, n, g);
    }
}

/* ---- answer lists ---- */

enum { LONG_LIST = 16 };

/* The scale as a list of answers: choosing a grade scores that grade's score. */
static void make_grades_list(struct ca_tpl_reader *r, struct ca_answer_list *list)
{
    const struct ca_template *t = r->t;

    list->id = "grades";
    list->out_of = t->out_of;
    list->count = t->grade_count;
    list->answers = CA_ARRAY(r->arena, t->grade_count, struct ca_answer);
    for (size_t g = 0; g < t->grade_count; g++)
        list->answers[g] = (struct ca_answer){t->grades[g].id, t->grades[g].label,
                                              t->grades[g].score, t->grades[g].score};
}

/*
 * A list's scores stand on its own full marks and are converted to the
 * template's: mean(score × 100·F, out-of) of the scoring rules, section 1,
 * with score in marks; so in hundredths, mean(score × F, out-of).
 */
static void read_answer_score(struct ca_tpl_reader *r, const struct ca_xml_node *node,
                              int32_t out_of, struct ca_answer *answer)
{
    answer->score = answer->given = -1;
    if (ca_tpl_is(node, "score", "none"))
        return;
    answer->given = ca_tpl_score(r, node, "score", 100 * out_of);
    if (answer->given >= 0)
        answer->score = (int32_t)ca_mean((__int128)answer->given * r->t->out_of, out_of);
}

static void read_list(struct ca_tpl_reader *r, const struct ca_xml_node *node,
                      struct ca_answer_list *list, struct ca_tpl_names *names)
{
    int32_t out_of = (int32_t)ca_tpl_integer(node, "out-of", 1, 1000, r->t->out_of);
    struct ca_map *ids;
    size_t a = 0;

    list->out_of = out_of;
    list->count = ca_tpl_count(node, CA_E_ANSWER);
    list->answers = CA_ARRAY(r->arena, list->count, struct ca_answer);
    ids = ca_map_new(r->arena, list->count);
    ca_tpl_names_init(r, names, "its answers", list->count);
    names->called = (struct ca_called){list->answers, list->count, sizeof *list->answers, 2};
    for (const struct ca_xml_node *n = ca_xml_child(node, CA_E_ANSWER); n;
         n = ca_xml_next(n, CA_E_ANSWER), a++) {
        struct ca_answer *answer = &list->answers[a];
        answer->id = names->items[a] = ca_tpl_id(r, n, ids, a, "answer of this list");
        answer->label = ca_tpl_text(n, "label");
        read_answer_score(r, n, out_of, answer);
    }
    if (list->count > LONG_LIST)
        list->map = ids;
}

void ca_tpl_read_lists(struct ca_tpl_reader *r, const struct ca_xml_node *root)
{
    static const char *const reserved[] = {"grades", NULL};
    struct ca_template *t = r->t;
    size_t i = 1;

    t->list_count = 1 + ca_tpl_count(root, CA_E_ANSWERS);
    t->lists = CA_ARRAY(r->arena, t->list_count, struct ca_answer_list);
    r->list_map = ca_map_new(r->arena, t->list_count);
    r->list_answers = CA_ARRAY(r->arena, t->list_count, struct ca_tpl_names);
    r->list_nodes = CA_ARRAY(r->arena, t->list_count, const struct ca_xml_node *);
    r->list_used = CA_ARRAY(r->arena, t->list_count, bool);
    ca_tpl_names_init(r, &r->lists, "lists", t->list_count);
    make_grades_list(r, &t->lists[0]);
    r->lists.items[0] = "grades";
    r->list_answers[0] = r->grades;
    for (const struct ca_xml_node *n = ca_xml_child(root, CA_E_ANSWERS); n;
         n = ca_xml_next(n, CA_E_ANSWERS), i++) {
        t->lists[i].id = r->lists.items[i] = ca_tpl_id(r, n, r->list_map, i, "list of answers");
        r->list_nodes[i] = n;
        ca_tpl_reserved(r, n, "list", t->lists[i].id, reserved);
        read_list(r, n, &t->lists[i], &r->list_answers[i]);
    }
    (void)ca_map_put(r->list_map, "grades", 0);
}
