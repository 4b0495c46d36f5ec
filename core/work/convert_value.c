/* What a cell says, as a value of the return: a date, reference, code or choice. */
#include <string.h>

#include "core/base/array.h"
#include "core/base/blank.h"
#include "core/base/code.h"
#include "core/base/decimal.h"
#include "core/base/suggest.h"
#include "core/work/convert_private.h"

/* ---- saying what is wrong ---- */

int ca_row_number(const struct ca_row_draft *row)
{
    return row->sheet->rows[row->index].number;
}

const char *ca_row_unusable(struct ca_row_draft *row, const char *format, ...)
{
    const char *message;
    va_list args;

    if (row->source->target.about == CA_ABOUT_STANDARD)
        ca_row_answer_to(row, &row->source->target)->unusable = true;
    if (!ca_diags_room(row->diags, CA_ERROR, format))
        return NULL;
    va_start(args, format);
    message = ca_arena_vprintf(row->arena, format, args);
    va_end(args);
    ca_diags_add(
        row->diags, CA_ERROR, CA_FAULT_RULE, ca_row_number(row),
        row->source->column == CA_NO_COLUMN ? 1 : (int)row->source->column + 1, NULL,
        row->source->column == CA_NO_COLUMN ? "%s: '%s': %s" : "%s: %.0s%s",
        ca_sheet_place(row->arena, row->sheet, ca_row_number(row), row->source->column),
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
            ca_buffer_int(&out, ca_row_number(row));
        else
            ca_buffer_puts(&out, row->sheet->rows[row->index].cells[piece->column]);
    }
    if (out.length > LONGEST_TEXT)
        ca_row_unusable(row, "the text has more than %d bytes", LONGEST_TEXT);
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
const char *ca_row_text(struct ca_row_draft *row)
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
const char *ca_row_choice(struct ca_row_draft *row, const char *text)
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
        notes->short_year_row = ca_row_number(row);
        notes->short_year = ca_arena_strdup(notes->arena, text);
        notes->short_year_date = date;
    }
    if ((shown & CA_DATE_EITHER_WAY) != 0 && notes->either_way_row == 0) {
        notes->either_way_row = ca_row_number(row);
        notes->either_way = ca_arena_strdup(notes->arena, text);
        notes->either_way_date = date;
    }
    if ((shown & (CA_DATE_DAY_FIRST | CA_DATE_MONTH_FIRST)) != 0)
        notes->order_shown = true;
}

const char *ca_row_date(struct ca_row_draft *row, const char *text)
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
    return ca_row_unusable(row, "'%s' is not a date such as 2023-11-14 or %s%s", text,
                           rule.month_first ? "11/14/2023" : "14/11/2023",
                           !ca_cell_date(row->arena, text, &other, &date, &ignored) ? ""
                           : rule.month_first
                               ? "; dates=\"day-first\" in the mapping file reads it"
                               : "; dates=\"month-first\" in a mapping file reads it");
}

/* ---- references ---- */

static const char *shortened(struct ca_row_draft *row, const char *text)
{
    return ca_row_unusable(
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
        return ca_row_unusable(row, "'%s' has no letter or digit to make a reference of", text);
    key = ca_arena_printf(notes->arena, "%d %s", (int)row->source->target.about, slug);
    place = ca_map_put(notes->references, key, notes->text_count);
    if (place == CA_NOT_FOUND) {
        *CA_ARENA_APPEND(notes->arena, notes->texts, notes->text_count) =
            (struct ca_made_reference){row->source->target.about,
                                       ca_arena_strdup(notes->arena, text),
                                       ca_arena_strdup(notes->arena, slug), ca_row_number(row)};
        return slug;
    }
    earlier = &notes->texts[place];
    if (ca_same_text(earlier->text, text))
        return slug;
    return ca_row_unusable(
        row,
        "'%s' would become the reference '%s', as '%s' in row %d does; if they are the "
        "same, write them alike, and otherwise tell them apart by letters or digits",
        text, slug, earlier->text, earlier->row);
}

/* Whoever acts has a code, and never a name: nobody is helped by a name that looks like one. */
static bool is_somebody(const struct ca_target *target)
{
    return target->about == CA_ABOUT_AUDITOR || target->part == CA_PART_BY ||
           target->part == CA_PART_OWNER || target->part == CA_PART_VERIFIED_BY;
}

const char *ca_row_code(struct ca_row_draft *row, const char *text)
{
    text = ca_without_blanks(row->arena, text);
    if (ca_is_code(text) && !ca_cell_is_shortened(text))
        return text;
    if (ca_cell_is_shortened(text))
        return shortened(row, text);
    if (is_somebody(&row->source->target))
        return ca_row_unusable(
            row,
            "'%s' is not a role code, such as A17: letters, digits and . _ / - without spaces, "
            "at most 64; names stay out of returns",
            text);
    return ca_row_unusable(
        row,
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
    ca_row_unusable(row, "'%s' is not %s; it is one of %s%s%s", text, what,
                    list.data != NULL ? list.data : "", count > 12 ? " …" : "",
                    ca_did_you_mean(row->arena, text, ids, count));
    ca_buffer_free(&list);
    return NULL;
}

static const char *several(struct ca_row_draft *row, const char *text)
{
    return ca_row_unusable(
        row,
        "'%s' stands for more than one choice of the template; write the id of the one "
        "that is meant",
        text);
}

const char *ca_row_answer(struct ca_row_draft *row, const char *text, size_t list,
                          const char *what)
{
    const struct ca_answer_list *answers = &row->t->lists[list];
    const char **ids;
    size_t which;

    text = ca_row_choice(row, text);
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

const char *ca_row_grade(struct ca_row_draft *row, const char *text)
{
    return ca_row_answer(row, text, 0, "a grade");
}

static const char *integer_text(struct ca_row_draft *row, const char *text)
{
    const char *digits = ca_cell_number(row->arena, text);
    int64_t number;

    if (digits == NULL || !ca_integer_parse(digits, -1000000000, 1000000000, &number))
        return ca_row_unusable(row, "'%s' is not a whole number", text);
    return ca_arena_printf(row->arena, "%lld", (long long)number);
}

static const char *value_text(struct ca_row_draft *row, const char *text,
                              const struct ca_choices *choices,
                              const struct ca_attribute_def *def)
{
    const char **ids;
    size_t which;

    text = ca_row_choice(row, text);
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

const char *ca_row_attribute(struct ca_row_draft *row, const char *text, size_t attribute)
{
    const struct ca_attribute_def *def = &row->t->attributes[attribute];

    if (def->type == CASEAUDIT_DATE)
        return ca_row_date(row, text);
    if (def->type == CASEAUDIT_INTEGER)
        return integer_text(row, text);
    if (row->mapping->values[attribute] != NULL)
        return value_text(row, text, row->mapping->values[attribute], def);
    return ca_without_blanks(row->arena, text);
}

const char *ca_row_selection(struct ca_row_draft *row, const char *text)
{
    static const char *const known[] = {"random", "targeted", "stratified"};

    text = ca_row_choice(row, text);
    for (size_t i = 0; i < 3; i++)
        if (ca_same_text(text, known[i]))
            return known[i];
    return no_such(row, text, "a way of choosing cases", (const char **)known, 3);
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
