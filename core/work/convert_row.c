/* A row's cells, gathered by what they are about. */
#include <string.h>

#include "core/model/called.h"
#include "core/base/blank.h"
#include "core/base/decimal.h"
#include "core/work/convert_private.h"

/* One row: its cells are read into a draft, and the draft becomes a return. */

/* ---- a standard ---- */

static bool lists_answer(struct ca_row_draft *row, const struct ca_standard *s,
                         const char *text)
{
    size_t which;

    return s->type == CA_TYPE_ANSWERS &&
           ca_choices_find(row->mapping->lists[s->list], row->arena, text, &which) !=
               CA_CHOICE_NONE;
}

static void read_value(struct ca_row_draft *row, const char *text,
                       struct ca_cell_answer *answer)
{
    const char *number = ca_cell_number(row->arena, text);
    int64_t value;

    if (number != NULL && ca_decimal_parse(number, 3, true, &value))
        answer->value = number;
    else
        ca_row_unusable(
            row, "'%s' is not a number with at most three decimals%s", text,
            strchr(text, ',') != NULL ? "; the decimals stand behind a point, as in 2.5" : "");
}

static void read_main(struct ca_row_draft *row, const struct ca_standard *s, const char *text,
                      struct ca_cell_answer *answer)
{
    const char *choice = ca_row_choice(row, text);
    const char *status = s->type == CA_TYPE_TEXT || lists_answer(row, s, choice)
                             ? NULL
                             : ca_status_called(row->arena, choice);

    if (status != NULL) {
        answer->status = status;
        return;
    }
    if (s->derived != NULL || s->type == CA_TYPE_TIMESCALE || s->type == CA_TYPE_FREQUENCY)
        ca_row_unusable(row, "'%s' can only be 'not applicable'%s", text,
                        s->derived != NULL
                            ? ": the standard is worked out from the events"
                            : ca_arena_printf(row->arena,
                                              " or 'not evidenced'; its dates have columns of "
                                              "their own, such as '%s start'",
                                              s->id));
    else if (s->type == CA_TYPE_ANSWERS)
        answer->answer = ca_row_answer(row, text, (size_t)s->list,
                                       ca_arena_printf(row->arena, "an answer of '%s'", s->id));
    else if (s->type == CA_TYPE_TEXT)
        answer->text = text;
    else
        read_value(row, text, answer);
}

/* A holder of elements that may stand several times. */
static void add_element(struct ca_row_draft *row, struct ca_xml_node **holder, const char *name,
                        const char *text)
{
    if (*holder == NULL)
        *holder = ca_xml_add(row->arena, NULL, "holder");
    ca_xml_add(row->arena, *holder, name)->text = text;
}

/* Several dates in one cell: separated by semicolons, commas or line breaks. */
static void each_date(struct ca_row_draft *row, const char *text,
                      void (*take)(struct ca_row_draft *row, const char *date, void *context),
                      void *context)
{
    char *copy = ca_arena_strdup(row->arena, text), *rest = NULL;

    for (char *piece = strtok_r(copy, ";,\n", &rest); piece != NULL;
         piece = strtok_r(NULL, ";,\n", &rest)) {
        const char *date;
        if (!ca_is_blank_text(piece) && (date = ca_row_date(row, piece)) != NULL)
            take(row, date, context);
    }
}

static void take_occurred(struct ca_row_draft *row, const char *date, void *context)
{
    add_element(row, &((struct ca_cell_answer *)context)->occurred, "occurred", date);
}

static void read_standard(struct ca_row_draft *row, const struct ca_target *target,
                          const char *text)
{
    struct ca_cell_answer *answer = ca_row_answer_to(row, target);

    row->said[answer - row->answers] = true;
    switch (target->part) {
    case CA_PART_DATE: answer->date = ca_row_date(row, text); break;
    case CA_PART_START: answer->start = ca_row_date(row, text); break;
    case CA_PART_END: answer->end = ca_row_date(row, text); break;
    case CA_PART_OCCURRED: each_date(row, text, take_occurred, answer); break;
    case CA_PART_REASON: answer->reason = text; break;
    case CA_PART_EVIDENCE: add_element(row, &answer->evidence, "evidence", text); break;
    case CA_PART_EVIDENCE_REF: answer->ref = text; break;
    default: read_main(row, &row->t->standards[target->index], text, answer); break;
    }
}

/* ---- the other cells ---- */

static void take_event(struct ca_row_draft *row, const char *date, void *context)
{
    const struct ca_target *target = context;
    struct ca_xml_node *event;

    add_element(row, &row->events, "event", NULL);
    event = row->events->last;
    ca_xml_set(row->arena, event, "type", row->t->framework->events[target->index].name);
    ca_xml_set(row->arena, event, "date", date);
}

static void read_finding(struct ca_row_draft *row, const struct ca_target *target,
                         const char *text)
{
    bool strength = target->about == CA_ABOUT_STRENGTH;
    struct ca_xml_node **holder = strength ? &row->strengths : &row->improvements;

    add_element(row, holder, strength ? "strength" : "improvement", text);
    ca_xml_set(row->arena, (*holder)->last, "theme",
               target->theme != NULL ? target->theme : "general");
    if (target->agency != CA_NONE)
        ca_xml_set(row->arena, (*holder)->last, "agency", row->t->agencies[target->agency].id);
}

/* Judgements and actions: by what kind of value the part is. */
static const char *part_text(struct ca_row_draft *row, enum ca_part part, const char *text)
{
    switch (part) {
    case CA_PART_DATE:
    case CA_PART_DUE:
    case CA_PART_COMPLETED: return ca_row_date(row, text);
    case CA_PART_BY:
    case CA_PART_OWNER:
    case CA_PART_VERIFIED_BY: return ca_row_code(row, text);
    case CA_PART_GRADE: return ca_row_grade(row, text);
    case CA_PART_STANDARD:
    case CA_PART_THEME: return ca_without_blanks(row->arena, text);
    default: return text;
    }
}

static void read_action(struct ca_row_draft *row, const struct ca_target *target,
                        const char *text)
{
    row->actions[target->index][target->part] = part_text(row, target->part, text);
    if (target->part == CA_PART_MAIN)
        row->action_agencies[target->index] = target->agency;
}

static void read_cell(struct ca_row_draft *row, const char *text)
{
    const struct ca_target *target = &row->source->target;

    switch (target->about) {
    case CA_ABOUT_NOTHING: break;
    case CA_ABOUT_ROW_ID: row->row_id = ca_without_blanks(row->arena, text); break;
    case CA_ABOUT_ID: row->id = ca_row_code(row, text); break;
    case CA_ABOUT_CASE: row->case_ref = ca_row_code(row, text); break;
    case CA_ABOUT_AUDIT_DATE: row->audit_date = ca_row_date(row, text); break;
    case CA_ABOUT_AUDITOR: row->auditor = ca_row_code(row, text); break;
    case CA_ABOUT_SELECTION: row->selection = ca_row_selection(row, text); break;
    case CA_ABOUT_ATTRIBUTE:
        row->attributes[target->index] = ca_row_attribute(row, text, target->index);
        break;
    case CA_ABOUT_EVENT: each_date(row, text, take_event, (void *)target); break;
    case CA_ABOUT_STANDARD: read_standard(row, target, text); break;
    case CA_ABOUT_AGENCY:
        (target->part == CA_PART_BY ? row->agency_by : row->agency_grade)[target->agency] =
            part_text(row, target->part, text);
        break;
    case CA_ABOUT_JUDGEMENT:
        row->judgement[target->part] =
            part_text(row, target->part == CA_PART_MAIN ? CA_PART_GRADE : target->part, text);
        break;
    case CA_ABOUT_STRENGTH:
    case CA_ABOUT_IMPROVEMENT: read_finding(row, target, text); break;
    case CA_ABOUT_ACTION: read_action(row, target, text); break;
    }
}

/* False if the row is passed over. */
static bool read_cells(struct ca_row_draft *row)
{
    for (size_t i = 0; i < row->mapping->source_count; i++) {
        const char *text;
        size_t errors;
        row->source = &row->mapping->sources[i];
        errors = row->diags->errors;
        text = ca_row_text(row);
        if (row->diags->errors > errors) {
            continue; /* it is told already what is wrong with it */
        } else if (text != NULL && ca_cell_is_error(text)) {
            ca_row_unusable(row, "the spreadsheet shows the error '%s' here; mend its formula",
                            text);
        } else if (text != NULL) {
            read_cell(row, text);
        } else if (row->source->skip_row) {
            ca_sheet_fault(row->sheet, ca_row_number(row), row->source->column, row->diags,
                           CA_WARNING, "the cell is empty, so the row is passed over");
            return false;
        } else if (row->source->target.about >= CA_ABOUT_ID &&
                   row->source->target.about <= CA_ABOUT_AUDITOR) {
            ca_row_unusable(row, "the cell is empty, and a return needs it");
        }
    }
    return true;
}

/* ---- the whole ---- */

static void prepare(struct ca_row_draft *row)
{
    const struct ca_template *t = row->t;

    row->attributes = CA_ARRAY(row->arena, t->attribute_count, const char *);
    row->answers =
        CA_ARRAY(row->arena, t->standard_count * row->columns, struct ca_cell_answer);
    row->said = CA_ARRAY(row->arena, t->standard_count * row->columns, bool);
    row->agency_grade = CA_ARRAY(row->arena, row->columns, const char *);
    row->agency_by = CA_ARRAY(row->arena, row->columns, const char *);
    row->actions = ca_arena_array(row->arena, row->mapping->actions, sizeof *row->actions);
    row->action_agencies = CA_ARRAY(row->arena, row->mapping->actions, size_t);
    for (size_t i = 0; i < row->mapping->actions; i++)
        row->action_agencies[i] = CA_NONE;
    if (row->notes->references == NULL)
        row->notes->references = ca_map_new(row->notes->arena, row->sheet->row_count);
}

void ca_convert_row(struct ca_arena *arena, const struct ca_template *t,
                    const struct ca_mapping *mapping, const struct ca_sheet *sheet, size_t i,
                    struct ca_convert_notes *notes, struct ca_diags *diags,
                    struct ca_converted *out)
{
    struct ca_row_draft row = {.arena = arena,
                               .t = t,
                               .mapping = mapping,
                               .sheet = sheet,
                               .notes = notes,
                               .index = i,
                               .diags = diags,
                               .columns = t->agency_count > 0 ? t->agency_count : 1};

    prepare(&row);
    out->skipped = !read_cells(&row);
    if (mapping->makes_ids)
        row.id = ca_row_made_id(&row);
    out->id = row.id;
    out->root = ca_row_return(&row);
}
