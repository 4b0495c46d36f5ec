#include <string.h>

#include "core/base/decimal.h"
#include "core/base/suggest.h"
#include "core/work/convert_private.h"

/* One row: its cells are read into a draft, and the draft becomes a return. */

/* ---- saying what is wrong ---- */

static const char *row_words(struct ca_arena *arena, const struct ca_csv *csv, size_t row,
                             size_t column)
{
    const char *where =
        row == CA_CSV_NONE ? "row 1" : ca_arena_printf(arena, "row %zu", row + 2);

    if (column == CA_CSV_NONE)
        return where;
    return ca_arena_printf(arena, "%s, column %zu '%s'", where, column + 1,
                           csv->header[column]);
}

void ca_convert_report(const struct ca_csv *csv, size_t row, size_t column,
                       struct ca_diags *diags, enum ca_severity severity, const char *format,
                       ...)
{
    const char *message;
    va_list args;

    va_start(args, format);
    message = ca_arena_vprintf(diags->arena, format, args);
    va_end(args);
    ca_diags_add(diags, severity, CA_FAULT_RULE, row == CA_CSV_NONE ? 1 : csv->rows[row].line,
                 column == CA_CSV_NONE ? 1 : (int)column + 1, NULL, "%s: %s",
                 row_words(diags->arena, csv, row, column), message);
}

static const char *unusable(struct ca_row_draft *row, const char *format, ...)
    __attribute__((format(printf, 2, 3)));
static const char *unusable(struct ca_row_draft *row, const char *format, ...)
{
    const char *message;
    va_list args;

    va_start(args, format);
    message = ca_arena_vprintf(row->arena, format, args);
    va_end(args);
    ca_convert_report(row->csv, row->index, row->source->column, row->diags, CA_ERROR, "%s%s",
                      row->source->column == CA_CSV_NONE
                          ? ca_arena_printf(row->arena, "'%s': ", row->source->name)
                          : "",
                      message);
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

/* "{row}" and "{heading}" in a text that is set. */
static const char *filled_in(struct ca_row_draft *row, const char *text)
{
    struct ca_buffer out = {0};
    const char *filled, *close;

    for (; *text != '\0'; text++) {
        size_t column = 0;
        close = *text == '{' ? strchr(text, '}') : NULL;
        const char *name =
            close != NULL ? ca_arena_strndup(row->arena, text + 1, (size_t)(close - text - 1))
                          : "";
        while (column < row->csv->columns && !ca_cell_same(row->csv->header[column], name))
            column++;
        if (close != NULL && strcmp(name, "row") == 0)
            ca_buffer_int(&out, (int64_t)row->index + 2);
        else if (close != NULL && column < row->csv->columns)
            ca_buffer_puts(&out, row->csv->rows[row->index].cells[column]);
        else
            close = NULL;
        if (close != NULL)
            text = close;
        else
            ca_buffer_putc(&out, *text);
    }
    filled = ca_arena_strdup(row->arena, out.data != NULL ? out.data : "");
    ca_buffer_free(&out);
    return filled;
}

static const char *replaced(const struct ca_synonym *synonyms, size_t count, const char *text)
{
    for (size_t i = 0; i < count; i++)
        if (ca_cell_same(synonyms[i].from, text))
            return synonyms[i].to;
    return NULL;
}

/* The text of the source for this row; NULL for none. */
static const char *cell_text(struct ca_row_draft *row)
{
    const struct ca_source *source = row->source;
    const char *text = source->column == CA_CSV_NONE
                           ? filled_in(row, source->value)
                           : row->csv->rows[row->index].cells[source->column];
    const char *other;

    if (*text == '\0' && source->if_empty != NULL)
        text = source->if_empty;
    if (*text == '\0')
        return NULL;
    other = replaced(source->synonyms, source->synonym_count, text);
    text = cleaned(row, other != NULL ? other : text);
    if (source->slug)
        text = ca_cell_slug(row->arena, text);
    return *text != '\0' ? text : NULL;
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
    const char *other = replaced(row->mapping->synonyms, row->mapping->synonym_count, choice);

    return other != NULL ? other : choice;
}

static const char *date_text(struct ca_row_draft *row, const char *text)
{
    bool month_first = row->mapping->month_first;
    char written[CA_DATE_SIZE];
    ca_date date;

    if (ca_cell_date(text, month_first, &date))
        return ca_arena_strdup(row->arena, ca_date_format(date, written));
    return unusable(row, "'%s' is not a date such as 2023-11-14 or %s%s", text,
                    month_first ? "11/14/2023" : "14/11/2023",
                    !ca_cell_date(text, !month_first, &date) ? ""
                    : month_first ? "; dates=\"day-first\" in the mapping file reads it"
                                  : "; dates=\"month-first\" in a mapping file reads it");
}

static const char *code_text(struct ca_row_draft *row, const char *text)
{
    static const char allowed[] = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz"
                                  "0123456789._/-";
    size_t length = strlen(text);

    if (strspn(text, allowed) == length && length <= 64 && strchr("._/-", text[0]) == NULL)
        return text;
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

static const char *answer_text(struct ca_row_draft *row, const char *text,
                               const struct ca_answer_list *list, const char *what)
{
    const char **ids = CA_ARRAY(row->arena, list->count, const char *);

    text = choice_text(row, text);
    for (size_t i = 0; i < list->count; i++) {
        ids[i] = list->answers[i].id;
        if (ca_cell_same(text, ids[i]) || ca_cell_same(text, list->answers[i].label))
            return ids[i];
    }
    return no_such(row, text, what, ids, list->count);
}

static const char *grade_text(struct ca_row_draft *row, const char *text)
{
    const struct ca_template *t = row->t;

    for (size_t i = 0; i < t->grade_count; i++)
        if (t->grades[i].abbrev != NULL &&
            ca_cell_same(choice_text(row, text), t->grades[i].abbrev))
            return t->grades[i].id;
    return answer_text(row, text, &t->lists[0], "a grade");
}

static const char *attribute_text(struct ca_row_draft *row, const char *text,
                                  const struct ca_attribute_def *def)
{
    const char **ids = CA_ARRAY(row->arena, def->value_count, const char *);
    int64_t number;

    if (def->type == CASEAUDIT_DATE)
        return date_text(row, text);
    if (def->type == CASEAUDIT_INTEGER &&
        !ca_integer_parse(text, -1000000000, 1000000000, &number))
        return unusable(row, "'%s' is not a whole number", text);
    if (def->value_count == 0)
        return text;
    text = choice_text(row, text);
    for (size_t i = 0; i < def->value_count; i++) {
        ids[i] = def->values[i].id;
        if (ca_cell_same(text, ids[i]) || ca_cell_same(text, def->values[i].label))
            return ids[i];
    }
    return no_such(row, text, "one of its choices", ids, def->value_count);
}

static const char *selection_text(struct ca_row_draft *row, const char *text)
{
    static const char *const known[] = {"random", "targeted", "stratified"};

    text = choice_text(row, text);
    for (size_t i = 0; i < 3; i++)
        if (ca_cell_same(text, known[i]))
            return known[i];
    return no_such(row, text, "a way of choosing cases", (const char **)known, 3);
}

/* ---- a standard ---- */

static const char *status_text(const char *text)
{
    static const struct ca_synonym words[] = {{"not-evidenced", "not-evidenced"},
                                              {"not evidenced", "not-evidenced"},
                                              {"no evidence", "not-evidenced"},
                                              {"not-applicable", "not-applicable"},
                                              {"not applicable", "not-applicable"},
                                              {"n/a", "not-applicable"},
                                              {"na", "not-applicable"}};

    return replaced(words, sizeof words / sizeof *words, text);
}

static bool lists_answer(const struct ca_template *t, const struct ca_standard *s,
                         const char *text)
{
    const struct ca_answer_list *list = &t->lists[s->list];

    for (size_t i = 0; s->type == CA_TYPE_ANSWERS && i < list->count; i++)
        if (ca_cell_same(text, list->answers[i].id) ||
            ca_cell_same(text, list->answers[i].label))
            return true;
    return false;
}

static void read_main(struct ca_row_draft *row, const struct ca_standard *s, const char *text,
                      struct ca_cell_answer *answer)
{
    const char *status = status_text(choice_text(row, text));
    int64_t value;

    if (status != NULL && s->type != CA_TYPE_TEXT &&
        !lists_answer(row->t, s, choice_text(row, text))) {
        answer->status = status;
        return;
    }
    if (s->derived != NULL || s->type == CA_TYPE_TIMESCALE || s->type == CA_TYPE_FREQUENCY)
        unusable(row, "'%s' can only be 'not applicable'%s", text,
                 s->derived != NULL
                     ? ": the standard is worked out from the events"
                     : " or 'not evidenced'; its dates have columns of their own");
    else if (s->type == CA_TYPE_ANSWERS)
        answer->answer = answer_text(row, text, &row->t->lists[s->list],
                                     ca_arena_printf(row->arena, "an answer of '%s'", s->id));
    else if (s->type == CA_TYPE_TEXT)
        answer->text = text;
    else if (ca_decimal_parse(text, 3, true, &value))
        answer->value = text;
    else
        unusable(row, "'%s' is not a number with at most three decimals", text);
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
        char *end = piece + strlen(piece);
        const char *date;
        piece += strspn(piece, " \t");
        while (end > piece && (end[-1] == ' ' || end[-1] == '\t'))
            *--end = '\0';
        if (*piece != '\0' && (date = date_text(row, piece)) != NULL)
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
    default: return text;
    }
}

static void read_cell(struct ca_row_draft *row, const char *text)
{
    const struct ca_target *target = &row->source->target;

    switch (target->about) {
    case CA_ABOUT_NOTHING: break;
    case CA_ABOUT_ID: row->id = code_text(row, text); break;
    case CA_ABOUT_CASE: row->case_ref = code_text(row, text); break;
    case CA_ABOUT_AUDIT_DATE: row->audit_date = date_text(row, text); break;
    case CA_ABOUT_AUDITOR: row->auditor = code_text(row, text); break;
    case CA_ABOUT_SELECTION: row->selection = selection_text(row, text); break;
    case CA_ABOUT_ATTRIBUTE:
        row->attributes[target->index] =
            attribute_text(row, text, &row->t->attributes[target->index]);
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
    case CA_ABOUT_ACTION: row->action[target->part] = part_text(row, target->part, text); break;
    }
}

/* False if the row is passed over. */
static bool read_cells(struct ca_row_draft *row)
{
    for (size_t i = 0; i < row->mapping->source_count; i++) {
        const char *text;
        row->source = &row->mapping->sources[i];
        text = cell_text(row);
        if (text != NULL) {
            read_cell(row, text);
        } else if (row->source->skip_row) {
            ca_convert_report(row->csv, row->index, row->source->column, row->diags, CA_WARNING,
                              "the cell is empty, so the row is passed over");
            return false;
        } else if (row->source->target.about >= CA_ABOUT_ID &&
                   row->source->target.about <= CA_ABOUT_AUDITOR) {
            unusable(row, "the cell is empty, and a return needs it");
        }
    }
    return true;
}

void ca_convert_row(struct ca_arena *arena, const struct ca_template *t,
                    const struct ca_mapping *mapping, const struct ca_csv *csv, size_t i,
                    struct ca_diags *diags, struct ca_converted *out)
{
    struct ca_row_draft row = {.arena = arena,
                               .t = t,
                               .mapping = mapping,
                               .csv = csv,
                               .index = i,
                               .diags = diags,
                               .columns = t->agency_count > 0 ? t->agency_count : 1};

    row.attributes = CA_ARRAY(arena, t->attribute_count, const char *);
    row.answers = CA_ARRAY(arena, t->standard_count * row.columns, struct ca_cell_answer);
    row.said = CA_ARRAY(arena, t->standard_count * row.columns, bool);
    row.agency_grade = CA_ARRAY(arena, row.columns, const char *);
    row.agency_by = CA_ARRAY(arena, row.columns, const char *);
    out->skipped = !read_cells(&row);
    out->id = row.id;
    out->root = ca_row_return(&row);
}
