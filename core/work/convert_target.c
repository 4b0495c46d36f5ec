/* What a column of a spreadsheet can be mapped to. */
#include <stdlib.h>
#include <string.h>

#include "core/base/array.h"
#include "core/base/blank.h"
#include "core/base/suggest.h"
#include "core/work/convert.h"

/* What a column is about, from the words that name it. */

enum naming {
    NAMES_NOTHING,
    NAMES_ATTRIBUTE,
    NAMES_EVENT,
    NAMES_STANDARD,
    NAMES_THEME,
    NAMES_NUMBER
};

static const struct subject {
    const char *word;
    enum ca_about about;
    enum naming naming; /* what the next word names */
    bool parts;         /* a part may follow */
} subjects[] = {
    {"ignore", CA_ABOUT_NOTHING, NAMES_NOTHING, false},
    {"row-id", CA_ABOUT_ROW_ID, NAMES_NOTHING, false},
    {"return-id", CA_ABOUT_ID, NAMES_NOTHING, false},
    {"case", CA_ABOUT_CASE, NAMES_NOTHING, false},
    {"audit-date", CA_ABOUT_AUDIT_DATE, NAMES_NOTHING, false},
    {"auditor", CA_ABOUT_AUDITOR, NAMES_NOTHING, false},
    {"selection", CA_ABOUT_SELECTION, NAMES_NOTHING, false},
    {"attribute", CA_ABOUT_ATTRIBUTE, NAMES_ATTRIBUTE, false},
    {"event", CA_ABOUT_EVENT, NAMES_EVENT, false},
    {"standard", CA_ABOUT_STANDARD, NAMES_STANDARD, true},
    {"agency", CA_ABOUT_AGENCY, NAMES_NOTHING, true},
    {"judgement", CA_ABOUT_JUDGEMENT, NAMES_NOTHING, true},
    {"strength", CA_ABOUT_STRENGTH, NAMES_THEME, false},
    {"improvement", CA_ABOUT_IMPROVEMENT, NAMES_THEME, false},
    {"action", CA_ABOUT_ACTION, NAMES_NUMBER, true},
};
enum { LONGEST_WORDS = 300 }; /* no heading that names something is longer */
enum { SUBJECTS = sizeof subjects / sizeof *subjects };

static const struct part {
    enum ca_about about;
    const char *word;
    enum ca_part part;
} parts[] = {
    {CA_ABOUT_STANDARD, "date", CA_PART_DATE},
    {CA_ABOUT_STANDARD, "start", CA_PART_START},
    {CA_ABOUT_STANDARD, "end", CA_PART_END},
    {CA_ABOUT_STANDARD, "occurred", CA_PART_OCCURRED},
    {CA_ABOUT_STANDARD, "reason", CA_PART_REASON},
    {CA_ABOUT_STANDARD, "evidence", CA_PART_EVIDENCE},
    {CA_ABOUT_STANDARD, "evidence-ref", CA_PART_EVIDENCE_REF},
    {CA_ABOUT_AGENCY, "grade", CA_PART_GRADE},
    {CA_ABOUT_AGENCY, "by", CA_PART_BY},
    {CA_ABOUT_JUDGEMENT, "by", CA_PART_BY},
    {CA_ABOUT_JUDGEMENT, "date", CA_PART_DATE},
    {CA_ABOUT_JUDGEMENT, "rationale", CA_PART_RATIONALE},
    {CA_ABOUT_ACTION, "owner", CA_PART_OWNER},
    {CA_ABOUT_ACTION, "due", CA_PART_DUE},
    {CA_ABOUT_ACTION, "completed", CA_PART_COMPLETED},
    {CA_ABOUT_ACTION, "verified-by", CA_PART_VERIFIED_BY},
    {CA_ABOUT_ACTION, "standard", CA_PART_STANDARD},
    {CA_ABOUT_ACTION, "theme", CA_PART_THEME},
};
enum { PARTS = sizeof parts / sizeof *parts };

/* Headings as people write them. "ID" in capitals is what Forms and others call their own
 * number of the row, which begins with 1 in every form. */
static const struct {
    const char *heading, *words;
} aliases[] = {{"return id", "return-id"},
               {"id", "row-id"},
               {"response id", "row-id"},
               {"respondent id", "row-id"},
               {"submission id", "row-id"},
               {"case ref", "case"},
               {"case reference", "case"},
               {"case number", "case"},
               {"case id", "case"},
               {"audit date", "audit-date"},
               {"date audited", "audit-date"},
               {"auditor code", "auditor"},
               {"date of audit", "audit-date"},
               {"overall grade", "judgement"},
               {"overall judgement", "judgement"}};

struct parser {
    struct ca_arena *arena;
    const struct ca_template *t;
    struct ca_target *out;
    const char **why;
};

static bool refuse(struct parser *parser, const char *format, ...)
    __attribute__((format(printf, 2, 3)));
static bool refuse(struct parser *parser, const char *format, ...)
{
    va_list args;

    va_start(args, format);
    *parser->why = ca_arena_vprintf(parser->arena, format, args);
    va_end(args);
    return false;
}

/* The next word as it stands; NULL at the end. */
static char *next_word(char **rest)
{
    char *word = *rest + strspn(*rest, " \t\n\r");

    if (*word == '\0')
        return NULL;
    *rest = word + strcspn(word, " \t\n\r");
    if (**rest != '\0')
        *(*rest)++ = '\0';
    return word;
}

/* ---- what a word names ---- */

static bool name_event(struct parser *parser, const char *word)
{
    const struct caseaudit_framework *f = parser->t->framework;
    const struct caseaudit_event *events = f != NULL ? f->events : NULL;

    for (size_t i = 0; events != NULL && events[i].name != NULL; i++)
        if (strcmp(events[i].name, word) == 0) {
            parser->out->index = i;
            return true;
        }
    return refuse(parser, "'%s' is not an event of framework '%s'", word,
                  parser->t->framework_name);
}

static bool name_theme(struct parser *parser, const char *word)
{
    const struct ca_template *t = parser->t;

    if (word == NULL && t->theme_count > 0)
        return refuse(parser, "name the theme, such as 'strength %s'", t->themes[0].id);
    if (t->theme_count > 0 && ca_map_get(t->theme_map, word) == CA_NOT_FOUND)
        return refuse(parser, "'%s' is not a theme of template '%s'", word, t->id);
    parser->out->theme = word;
    return true;
}

static bool name_with_map(struct parser *parser, const char *word, const struct ca_map *map,
                          const char *kind)
{
    size_t index = ca_map_get(map, word);

    if (index == CA_NOT_FOUND)
        return refuse(parser, "'%s' is not %s of template '%s'", word, kind, parser->t->id);
    parser->out->index = index;
    return true;
}

/* "action 2": which of several; none is the first. */
static void name_number(struct parser *parser, char **rest)
{
    const char *digits = *rest + strspn(*rest, " ");
    size_t length = strspn(digits, "0123456789");
    char *end;
    long number;

    if (length == 0 || (digits[length] != ' ' && digits[length] != '\0'))
        return;
    number = strtol(digits, &end, 10);
    if (number < 1 || number > CA_MOST_ACTIONS)
        return;
    parser->out->index = (size_t)number - 1;
    *rest = end;
}

static bool name_subject(struct parser *parser, enum naming naming, const char *word)
{
    if (naming == NAMES_NUMBER)
        return true;
    if (naming == NAMES_NOTHING || naming == NAMES_THEME)
        return naming == NAMES_NOTHING || name_theme(parser, word);
    if (word == NULL)
        return refuse(parser, "the id of what is meant is missing");
    if (naming == NAMES_EVENT)
        return name_event(parser, word);
    return naming == NAMES_ATTRIBUTE
               ? name_with_map(parser, word, parser->t->attribute_map, "an attribute")
               : name_with_map(parser, word, parser->t->standard_map, "a standard");
}

static bool name_part(struct parser *parser, const char *word)
{
    enum ca_about about = parser->out->about;

    for (size_t i = 0; i < PARTS; i++)
        if (parts[i].about == about && strcmp(parts[i].word, word) == 0) {
            parser->out->part = parts[i].part;
            return true;
        }
    return refuse(parser, "'%s' is nothing that can be said of it", word);
}

/* ---- agencies ---- */

static bool answers(const struct ca_template *t, size_t standard, size_t agency)
{
    return agency == CA_NONE || ((t->standards[standard].agencies >> agency) & 1u);
}

static bool check_agency(struct parser *parser)
{
    const struct ca_template *t = parser->t;
    struct ca_target *out = parser->out;
    bool owned = out->about == CA_ABOUT_STANDARD || out->about == CA_ABOUT_AGENCY;

    if (owned && t->agency_count > 0 && out->agency == CA_NONE)
        return refuse(parser, "name the agency before it, such as '%s:standard …'",
                      t->agencies[0].id);
    if (out->about == CA_ABOUT_AGENCY && (t->agency_count == 0 || out->part == CA_PART_MAIN))
        return refuse(parser, "it is AGENCY:agency grade, or AGENCY:agency by");
    if (out->about == CA_ABOUT_STANDARD && !answers(t, out->index, out->agency))
        return refuse(parser, "standard '%s' is not for agency '%s' to answer",
                      t->standards[out->index].id, t->agencies[out->agency].id);
    return true;
}

/* "police:" in front; *text moves behind it. */
static bool take_agency(struct parser *parser, char **text)
{
    char *colon = strchr(*text, ':'), *word = *text;
    size_t index;

    parser->out->agency = CA_NONE;
    if (colon == NULL || parser->t->agency_count == 0)
        return true;
    *colon = '\0';
    word += strspn(word, " ");
    index = ca_map_get(parser->t->agency_map, word);
    if (index == CA_NOT_FOUND)
        return refuse(parser, "'%s' is not an agency of template '%s'", word, parser->t->id);
    parser->out->agency = index;
    *text = colon + 1;
    return true;
}

/* ---- the whole ---- */

static bool parse_words(struct parser *parser, const struct subject *subject, char *rest)
{
    char *word = NULL;

    parser->out->about = subject->about;
    if (subject->naming == NAMES_NUMBER)
        name_number(parser, &rest);
    else if (subject->naming != NAMES_NOTHING)
        word = next_word(&rest);
    if (!name_subject(parser, subject->naming, word))
        return false;
    word = next_word(&rest);
    if (word != NULL && (!subject->parts || !name_part(parser, word)))
        return *parser->why != NULL ? false : refuse(parser, "'%s' is too much", word);
    if (next_word(&rest) != NULL)
        return refuse(parser, "there are too many words");
    return check_agency(parser);
}

bool ca_target_parse(struct ca_arena *arena, const struct ca_template *t, const char *text,
                     struct ca_target *out, const char **why)
{
    struct ca_target target = {.theme = NULL};
    struct parser parser = {arena, t, &target, why};
    const char *words[SUBJECTS];
    char *rest = ca_arena_strdup(arena, text), *word;

    *why = NULL;
    if (!take_agency(&parser, &rest))
        return false;
    word = next_word(&rest);
    for (size_t i = 0; word != NULL && i < SUBJECTS; i++) {
        words[i] = subjects[i].word;
        if (strcmp(subjects[i].word, word) != 0)
            continue;
        if (!parse_words(&parser, &subjects[i], rest))
            return false;
        *out = target;
        return true;
    }
    if (word == NULL)
        return refuse(&parser, "nothing is named");
    return refuse(&parser, "'%s' is nothing a return holds%s", word,
                  ca_did_you_mean(arena, word, words, SUBJECTS));
}

/* ---- headings that nobody mapped ---- */

struct ca_target_names {
    const struct ca_template *t;
    struct ca_choices *texts; /* labels and questions, folded */
    struct ca_target *targets;
    const char **words; /* all that may be meant, for hints */
    size_t target_count, word_count;
};

static void add_name(struct ca_arena *arena, struct ca_target_names *names, const char *text,
                     const struct ca_target *target)
{
    size_t last = names->target_count;

    if (text == NULL)
        return;
    if (last == 0 || names->targets[last - 1].about != target->about ||
        names->targets[last - 1].index != target->index)
        *CA_ARENA_APPEND(arena, names->targets, names->target_count) = *target;
    ca_choices_add(names->texts, text, names->target_count - 1);
    *CA_ARENA_APPEND(arena, names->words, names->word_count) = text;
}

struct ca_target_names *ca_target_names_new(struct ca_arena *arena, const struct ca_template *t)
{
    struct ca_target_names *names = CA_NEW(arena, struct ca_target_names);

    names->t = t;
    names->texts = ca_choices_new(arena, t->standard_count + t->attribute_count);
    for (size_t i = 0; i < t->standard_count && t->agency_count == 0; i++) {
        struct ca_target target = {CA_ABOUT_STANDARD, CA_PART_MAIN, i, CA_NONE, NULL};
        add_name(arena, names, t->standards[i].label, &target);
        add_name(arena, names, t->standards[i].question, &target);
    }
    for (size_t i = 0; i < t->attribute_count; i++) {
        struct ca_target target = {CA_ABOUT_ATTRIBUTE, CA_PART_MAIN, i, CA_NONE, NULL};
        add_name(arena, names, t->attributes[i].label, &target);
    }
    for (size_t i = 0; i < SUBJECTS; i++)
        if (subjects[i].naming == NAMES_NOTHING && subjects[i].about != CA_ABOUT_NOTHING)
            *CA_ARENA_APPEND(arena, names->words, names->word_count) = subjects[i].word;
    for (size_t i = 0; i < t->standard_count; i++)
        *CA_ARENA_APPEND(arena, names->words, names->word_count) = t->standards[i].id;
    return names;
}

/* One standard or attribute, and only one, has this label or question. */
static bool guess_by_words(struct ca_arena *arena, const struct ca_target_names *names,
                           const char *heading, struct ca_target *out)
{
    size_t which;

    if (ca_choices_find(names->texts, arena, heading, &which) != CA_CHOICE_ONE)
        return false;
    *out = names->targets[which];
    return true;
}

/* "First visit start", "First visit: start": a label or question, and a part of its response.
 */
static bool guess_part_by_words(struct ca_arena *arena, const struct ca_target_names *names,
                                const char *heading, struct ca_target *out)
{
    char *front = ca_arena_strdup(arena, ca_folded(arena, heading));
    char *blank = strrchr(front, ' ');
    struct ca_target target;

    if (blank == NULL)
        return false;
    for (char *end = blank; end > front && strchr(" :-", *end) != NULL; end--)
        *end = '\0';
    if (!guess_by_words(arena, names, front, &target) || target.about != CA_ABOUT_STANDARD)
        return false;
    for (size_t i = 0; i < PARTS; i++)
        if (parts[i].about == CA_ABOUT_STANDARD && strcmp(parts[i].word, blank + 1) == 0) {
            target.part = parts[i].part;
            *out = target;
            return true;
        }
    return false;
}

/* "plan.clear evidence" for "standard plan.clear evidence", "team" for "attribute team". */
static bool guess_by_id(struct ca_arena *arena, const struct ca_template *t,
                        const char *heading, struct ca_target *out)
{
    const char *colon = t->agency_count > 0 ? strchr(heading, ':') : NULL;
    int agency = colon != NULL ? (int)(colon + 1 - heading) : 0;
    struct ca_target standard, attribute;
    const char *why;
    bool is_standard = ca_target_parse(
        arena, t, ca_arena_printf(arena, "%.*sstandard %s", agency, heading, heading + agency),
        &standard, &why);
    bool is_attribute = ca_target_parse(
        arena, t, ca_arena_printf(arena, "attribute %s", heading), &attribute, &why);

    if (is_standard == is_attribute)
        return false;
    *out = is_standard ? standard : attribute;
    return true;
}

bool ca_target_guess(struct ca_arena *arena, const struct ca_target_names *names,
                     const char *heading, struct ca_target *out)
{
    const char *words = ca_folded(arena, heading), *why;

    if (strlen(words) > LONGEST_WORDS)
        return guess_by_words(arena, names, heading, out);
    if (strcmp(ca_without_blanks(arena, heading), "id") == 0)
        words = "return-id";
    for (size_t i = 0; i < sizeof aliases / sizeof *aliases; i++)
        if (strcmp(words, aliases[i].heading) == 0)
            words = aliases[i].words;
    return ca_target_parse(arena, names->t, words, out, &why) ||
           guess_by_id(arena, names->t, words, out) ||
           guess_by_words(arena, names, heading, out) ||
           guess_part_by_words(arena, names, heading, out);
}

const char *ca_target_hint(struct ca_arena *arena, const struct ca_target_names *names,
                           const char *heading)
{
    return ca_did_you_mean(arena, heading, names->words, names->word_count);
}

const char *ca_target_words(struct ca_arena *arena, const struct ca_template *t,
                            const struct ca_target *target)
{
    const char *agency = "", *named = "", *part = "";
    size_t i = 0;

    while (subjects[i].about != target->about)
        i++;
    for (size_t k = 0; k < PARTS; k++)
        if (parts[k].about == target->about && parts[k].part == target->part)
            part = ca_arena_printf(arena, " %s", parts[k].word);
    if (target->about == CA_ABOUT_STANDARD)
        named = t->standards[target->index].id;
    else if (target->about == CA_ABOUT_ATTRIBUTE)
        named = t->attributes[target->index].id;
    else if (target->about == CA_ABOUT_EVENT)
        named = t->framework->events[target->index].name;
    else if (target->about == CA_ABOUT_ACTION && target->index > 0)
        named = ca_arena_printf(arena, "%zu", target->index + 1);
    else if (target->theme != NULL)
        named = target->theme;
    if (target->agency != CA_NONE)
        agency = ca_arena_printf(arena, "%s:", t->agencies[target->agency].id);
    return ca_arena_printf(arena, "%s%s%s%s%s", agency, subjects[i].word, *named ? " " : "",
                           named, part);
}

bool ca_target_repeats(const struct ca_target *target)
{
    return target->about == CA_ABOUT_NOTHING || target->about == CA_ABOUT_EVENT ||
           target->about == CA_ABOUT_STRENGTH || target->about == CA_ABOUT_IMPROVEMENT ||
           target->part == CA_PART_OCCURRED || target->part == CA_PART_EVIDENCE;
}
