/* A row's cells, gathered by what they are about. */
#include <string.h>

#include "core/base/array.h"
#include "core/base/blank.h"
#include "core/base/code.h"
#include "core/base/decimal.h"
#include "core/base/suggest.h"
#include "core/work/convert_private.h"

/* One row: its cells are read into a draft, and the draft becomes a return. */

/* ---- saying what is wrong ---- */

static int number_of(const struct ca_row_draft *row)
{
    return row->sheet->rows[row->index].number;
}

static const char *unusable(struct ca_row_draft *row, const char *format, ...)
    __attribute__((format(printf, 2, 3)));
static const char *unusable(struct ca_row_draft *row, const char *format, ...)
{
    const char *message;
    va_list args;

    if (!ca_diags_room(row->diags, CA_ERROR, format))
        return NULL;
    va_start(args, format);
    message = ca_arena_vprintf(row->arena, format, args);
    va_end(args);
    ca_diags_add(row->diags, CA_ERROR, CA_FAULT_RULE, number_of(row),
                 row->source->column == CA_NO_COLUMN ? 1 : (int)row->source->column + 1, NULL,
                 row->source->column == CA_NO_COLUMN ? "%s: '%s': %s" : "%s: %.0s%s",
                 ca_sheet_place(row->arena, row->sheet, number_of(row), row->source->column),
                 row->source->name, message);
    return NULL;
}

/* ---- one cell ---- */

/* XML has no place for most control characters: they become spaces. */
static const char *cleaned(struct ca_row_draft *row, const char *text)
{
    char *copy = ca_arena_strdup(row->arena, text);

    for (char *c = copy; *c != '\0'; c++)
        if ((unsigned char)*c < ' ' && *c != '\n' && *c != '\t')
            *c = ' ';
    return copy;
}

enum { LONGEST_TEXT = 65536 }; /* as long as a text of a return may be */

static const char *filled_in(struct ca_row_draft *row, const struct ca_source *source)
{
    struct ca_buffer out = {0};
    const char *filled;

    for (size_t i = 0; i < source->piece_count && out.length <= LONGEST_TEXT; i++) {
        const struct ca_piece *piece = &source->pieces[i];
        if (piece->text != NULL)
            ca_buffer_puts(&out, piece->text);
        else if (piece->column == CA_NO_COLUMN)
            ca_buffer_int(&out, number_of(row));
        else
            ca_buffer_puts(&out, row->sheet->rows[row->index].cells[piece->column]);
    }
    if (out.length > LONGEST_TEXT)
        unusable(row, "the text has more than %d bytes", LONGEST_TEXT);
    filled = out.length > 0 && out.length <= LONGEST_TEXT
                 ? ca_arena_strndup(row->arena, out.data, out.length)
                 : "";
    ca_buffer_free(&out);
    return filled;
}

static const char *replaced(struct ca_row_draft *row, const struct ca_synonyms *synonyms,
                            const char *text)
{
    size_t which;

    if (synonyms == NULL ||
        ca_choices_find(synonyms->from, row->arena, text, &which) != CA_CHOICE_ONE)
        return NULL;
    return synonyms->to[which];
}

static const char *made_reference(struct ca_row_draft *row, const char *text);

/* The text of the source for this row; NULL for none. */
static const char *cell_text(struct ca_row_draft *row)
{
    const struct ca_source *source = row->source;
    const char *text = source->column == CA_NO_COLUMN
                           ? filled_in(row, source)
                           : row->sheet->rows[row->index].cells[source->column];
    const char *other;

    if (*text == '\0' && source->if_empty != NULL)
        text = source->if_empty;
    if (*text == '\0')
        return NULL;
    other = replaced(row, source->synonyms, text);
    text = cleaned(row, other != NULL ? other : text);
    if (source->slug)
        text = made_reference(row, text);
    return text != NULL && !ca_is_blank_text(text) ? text : NULL;
}

/* Microsoft Forms ends each choice of a question with several by a semicolon: "Yes;". */
static const char *without_end(struct ca_arena *arena, const char *text)
{
    size_t length = strlen(text);

    return length > 1 && text[length - 1] == ';' ? ca_arena_strndup(arena, text, length - 1)
                                                 : text;
}

/* The mapping's general synonyms are for choices from a list, not for texts. */
static const char *choice_text(struct ca_row_draft *row, const char *text)
{
    const char *choice = without_end(row->arena, text);
    const char *other = replaced(row, row->mapping->synonyms, choice);

    return other != NULL ? other : choice;
}

/* ---- dates ---- */

static void note_order(struct ca_row_draft *row, const char *text, ca_date date, unsigned shown)
{
    struct ca_convert_notes *notes = row->notes;

    if ((shown & CA_DATE_SHORT_YEAR) != 0 && notes->short_year_row == 0) {
        notes->short_year_row = number_of(row);
        notes->short_year = ca_arena_strdup(notes->arena, text);
        notes->short_year_date = date;
    }
    if ((shown & CA_DATE_EITHER_WAY) != 0 && notes->either_way_row == 0) {
        notes->either_way_row = number_of(row);
        notes->either_way = ca_arena_strdup(notes->arena, text);
        notes->either_way_date = date;
    }
    if ((shown & (CA_DATE_DAY_FIRST | CA_DATE_MONTH_FIRST)) != 0)
        notes->order_shown = true;
}

static const char *date_text(struct ca_row_draft *row, const char *text)
{
    struct ca_date_rule rule = row->mapping->dates, other = rule;
    char written[CA_DATE_SIZE];
    unsigned shown = 0, ignored = 0;
    ca_date date;

    if (ca_cell_date(row->arena, text, &rule, &date, &shown)) {
        note_order(row, text, date, shown);
        return ca_arena_strdup(row->arena, ca_date_format(date, written));
    }
    other.month_first = !rule.month_first;
    return unusable(row, "'%s' is not a date such as 2023-11-14 or %s%s", text,
                    rule.month_first ? "11/14/2023" : "14/11/2023",
                    !ca_cell_date(row->arena, text, &other, &date, &ignored) ? ""
                    : rule.month_first ? "; dates=\"day-first\" in the mapping file reads it"
                                       : "; dates=\"month-first\" in a mapping file reads it");
}

/* ---- references ---- */

static const char *shortened(struct ca_row_draft *row, const char *text)
{
    return unusable(
        row,
        "'%s' is a long number that the spreadsheet program has shortened: its last "
        "digits are lost, and different numbers look the same; in the spreadsheet, "
        "format the column as text or as a number without decimals, and save it again",
        text);
}

/* As "reference": one text, one reference. Case and white space alone make no other text. */
static const char *made_reference(struct ca_row_draft *row, const char *text)
{
    struct ca_convert_notes *notes = row->notes;
    const char *slug = ca_cell_slug(row->arena, text);
    struct ca_made_reference *earlier;
    const char *key;
    size_t place;

    if (ca_cell_is_shortened(text))
        return shortened(row, text);
    if (*slug == '\0')
        return unusable(row, "'%s' has no letter or digit to make a reference of", text);
    key = ca_arena_printf(notes->arena, "%d %s", (int)row->source->target.about, slug);
    place = ca_map_put(notes->references, key, notes->text_count);
    if (place == CA_NOT_FOUND) {
        *CA_ARENA_APPEND(notes->arena, notes->texts, notes->text_count) =
            (struct ca_made_reference){row->source->target.about,
                                       ca_arena_strdup(notes->arena, text),
                                       ca_arena_strdup(notes->arena, slug), number_of(row)};
        return slug;
    }
    earlier = &notes->texts[place];
    if (ca_same_text(earlier->text, text))
        return slug;
    return unusable(
        row,
        "'%s' would become the reference '%s', as '%s' in row %d does; if they are the "
        "same, write them alike, and otherwise tell them apart by letters or digits",
        text, slug, earlier->text, earlier->row);
}

static const char *code_text(struct ca_row_draft *row, const char *text)
{
    text = ca_without_blanks(row->arena, text);
    if (ca_is_code(text) && !ca_cell_is_shortened(text))
        return text;
    if (ca_cell_is_shortened(text))
        return shortened(row, text);
    return unusable(row,
                    "'%s' is not a reference: letters, digits and . _ / - without spaces, at "
                    "most 64, a letter or digit first; as=\"reference\" in a mapping file "
                    "makes it one",
                    text);
}

/* ---- choices ---- */

static const char *no_such(struct ca_row_draft *row, const char *text, const char *what,
                           const char **ids, size_t count)
{
    struct ca_buffer list = {0};

    for (size_t i = 0; i < count && i < 12; i++)
        ca_buffer_printf(&list, "%s%s", i > 0 ? ", " : "", ids[i]);
    unusable(row, "'%s' is not %s; it is one of %s%s%s", text, what,
             list.data != NULL ? list.data : "", count > 12 ? " …" : "",
             ca_did_you_mean(row->arena, text, ids, count));
    ca_buffer_free(&list);
    return NULL;
}

static const char *several(struct ca_row_draft *row, const char *text)
{
    return unusable(
        row,
        "'%s' stands for more than one choice of the template; write the id of the one "
        "that is meant",
        text);
}

static const char *answer_text(struct ca_row_draft *row, const char *text, size_t list,
                               const char *what)
{
    const struct ca_answer_list *answers = &row->t->lists[list];
    const char **ids;
    size_t which;

    text = choice_text(row, text);
    switch (ca_choices_find(row->mapping->lists[list], row->arena, text, &which)) {
    case CA_CHOICE_ONE: return answers->answers[which].id;
    case CA_CHOICE_SEVERAL: return several(row, text);
    default: break;
    }
    ids = CA_ARRAY(row->arena, answers->count, const char *);
    for (size_t i = 0; i < answers->count; i++)
        ids[i] = answers->answers[i].id;
    return no_such(row, text, what, ids, answers->count);
}

static const char *grade_text(struct ca_row_draft *row, const char *text)
{
    return answer_text(row, text, 0, "a grade");
}

static const char *integer_text(struct ca_row_draft *row, const char *text)
{
    const char *digits = ca_cell_number(row->arena, text);
    int64_t number;

    if (digits == NULL || !ca_integer_parse(digits, -1000000000, 1000000000, &number))
        return unusable(row, "'%s' is not a whole number", text);
    return ca_arena_printf(row->arena, "%lld", (long long)number);
}

static const char *value_text(struct ca_row_draft *row, const char *text,
                              const struct ca_choices *choices,
                              const struct ca_attribute_def *def)
{
    const char **ids;
    size_t which;

    text = choice_text(row, text);
    switch (ca_choices_find(choices, row->arena, text, &which)) {
    case CA_CHOICE_ONE: return def->values[which].id;
    case CA_CHOICE_SEVERAL: return several(row, text);
    default: break;
    }
    ids = CA_ARRAY(row->arena, def->value_count, const char *);
    for (size_t i = 0; i < def->value_count; i++)
        ids[i] = def->values[i].id;
    return no_such(row, text, "one of its choices", ids, def->value_count);
}

static const char *attribute_text(struct ca_row_draft *row, const char *text, size_t attribute)
{
    const struct ca_attribute_def *def = &row->t->attributes[attribute];

    if (def->type == CASEAUDIT_DATE)
        return date_text(row, text);
    if (def->type == CASEAUDIT_INTEGER)
        return integer_text(row, text);
    if (row->mapping->values[attribute] != NULL)
        return value_text(row, text, row->mapping->values[attribute], def);
    return ca_without_blanks(row->arena, text);
}

static const char *selection_text(struct ca_row_draft *row, const char *text)
{
    static const char *const known[] = {"random", "targeted", "stratified"};

    text = choice_text(row, text);
    for (size_t i = 0; i < 3; i++)
        if (ca_same_text(text, known[i]))
            return known[i];
    return no_such(row, text, "a way of choosing cases", (const char **)known, 3);
}

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
        unusable(row, "'%s' is not a number with at most three decimals%s", text,
                 strchr(text, ',') != NULL ? "; the decimals stand behind a point, as in 2.5"
                                           : "");
}

static void read_main(struct ca_row_draft *row, const struct ca_standard *s, const char *text,
                      struct ca_cell_answer *answer)
{
    const char *choice = choice_text(row, text);
    const char *status = s->type == CA_TYPE_TEXT || lists_answer(row, s, choice)
                             ? NULL
                             : ca_cell_status(row->arena, choice);

    if (status != NULL) {
        answer->status = status;
        return;
    }
    if (s->derived != NULL || s->type == CA_TYPE_TIMESCALE || s->type == CA_TYPE_FREQUENCY)
        unusable(row, "'%s' can only be 'not applicable'%s", text,
                 s->derived != NULL
                     ? ": the standard is worked out from the events"
                     : " or 'not evidenced'; its dates have columns of their own");
    else if (s->type == CA_TYPE_ANSWERS)
        answer->answer = answer_text(row, text, (size_t)s->list,
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
        if (!ca_is_blank_text(piece) && (date = date_text(row, piece)) != NULL)
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
    size_t agency = target->agency == CA_NONE ? 0 : target->agency;
    size_t place = target->index * row->columns + agency;
    struct ca_cell_answer *answer = &row->answers[place];

    row->said[place] = true;
    switch (target->part) {
    case CA_PART_DATE: answer->date = date_text(row, text); break;
    case CA_PART_START: answer->start = date_text(row, text); break;
    case CA_PART_END: answer->end = date_text(row, text); break;
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
    case CA_PART_COMPLETED: return date_text(row, text);
    case CA_PART_BY:
    case CA_PART_OWNER:
    case CA_PART_VERIFIED_BY: return code_text(row, text);
    case CA_PART_GRADE: return grade_text(row, text);
    case CA_PART_STANDARD: return ca_without_blanks(row->arena, text);
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
    case CA_ABOUT_ID: row->id = code_text(row, text); break;
    case CA_ABOUT_CASE: row->case_ref = code_text(row, text); break;
    case CA_ABOUT_AUDIT_DATE: row->audit_date = date_text(row, text); break;
    case CA_ABOUT_AUDITOR: row->auditor = code_text(row, text); break;
    case CA_ABOUT_SELECTION: row->selection = selection_text(row, text); break;
    case CA_ABOUT_ATTRIBUTE:
        row->attributes[target->index] = attribute_text(row, text, target->index);
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
        text = cell_text(row);
        if (row->diags->errors > errors) {
            continue; /* it is told already what is wrong with it */
        } else if (text != NULL && ca_cell_is_error(text)) {
            unusable(row, "the spreadsheet shows the error '%s' here; mend its formula", text);
        } else if (text != NULL) {
            read_cell(row, text);
        } else if (row->source->skip_row) {
            ca_sheet_fault(row->sheet, number_of(row), row->source->column, row->diags,
                           CA_WARNING, "the cell is empty, so the row is passed over");
            return false;
        } else if (row->source->target.about >= CA_ABOUT_ID &&
                   row->source->target.about <= CA_ABOUT_AUDITOR) {
            unusable(row, "the cell is empty, and a return needs it");
        }
    }
    return true;
}

/* ---- what is said once ---- */

void ca_convert_tell(const struct ca_convert_notes *notes, const struct ca_mapping *mapping,
                     struct ca_diags *diags)
{
    char date[CA_DATE_SIZE];

    if (notes->short_year_row > 0)
        ca_diags_add(
            diags, CA_WARNING, CA_FAULT_RULE, notes->short_year_row, 1, NULL,
            "row %d: years of two digits are read as spreadsheets read them, 00 to 29 as "
            "2000 to 2029 and 30 to 99 as 1930 to 1999: '%s' is %s",
            notes->short_year_row, notes->short_year,
            ca_date_format(notes->short_year_date, date));
    if (notes->either_way_row > 0 && !notes->order_shown && !mapping->dates_said)
        ca_diags_add(
            diags, CA_WARNING, CA_FAULT_RULE, notes->either_way_row, 1, NULL,
            "row %d: nothing in the file shows whether its dates begin with the day or "
            "with the month; they are read with the day first, '%s' as %s; say "
            "dates=\"day-first\" or dates=\"month-first\" in a mapping file",
            notes->either_way_row, notes->either_way,
            ca_date_format(notes->either_way_date, date));
}

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
