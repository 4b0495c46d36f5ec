/* Is what a plugin handed over a framework, and do its tables make sense? */
#include "core/frameworks/contract.h"

#include <string.h>

#include "core/base/decimal.h"
#include "core/base/utf8.h"

/* The length of the descriptor in the first version of this major. */
#define FIRST_SIZE                                                                             \
    (offsetof(caseaudit_framework, score) + sizeof(((caseaudit_framework *)0)->score))

/* No table is longer; a longer one has lost its end. */
enum { MAX_TABLE = 1000, MAX_NAME = 64 };

/* ---- the steps ---- */

static bool check_prefix(const caseaudit_framework *d, struct ca_objection *o)
{
    if (d->magic != CASEAUDIT_MAGIC)
        return ca_object(o, CA_STEP_MAGIC,
                         "is not a framework: its descriptor begins with %#x, not %#x",
                         d->magic, CASEAUDIT_MAGIC);
    if (d->abi_major != CASEAUDIT_ABI_MAJOR)
        return ca_object(
            o, CA_STEP_MAJOR,
            "was built for version %u of the plugin interface, and this is version "
            "%u; build it again with this version's header",
            d->abi_major, CASEAUDIT_ABI_MAJOR);
    if (d->size < FIRST_SIZE)
        return ca_object(
            o, CA_STEP_SIZE,
            "its descriptor has %u bytes; version %u of the plugin interface has at "
            "least %zu",
            d->size, CASEAUDIT_ABI_MAJOR, FIRST_SIZE);
    return true;
}

static bool check_callbacks(const caseaudit_framework *f, struct ca_objection *o)
{
    const char *missing = f->check_template == NULL ? "check_template"
                          : f->check_return == NULL ? "check_return"
                          : f->score == NULL        ? "score"
                                                    : NULL;

    if (missing != NULL)
        return ca_object(o, CA_STEP_CALLBACKS, "lacks the required callback %s", missing);
    return true;
}

static bool check_name(const caseaudit_framework *f, const char *stem, struct ca_objection *o)
{
    if (f->name == NULL || strcmp(f->name, stem) != 0)
        return ca_object(o, CA_STEP_SAME_NAME, "calls itself '%s', and its file is %s.so",
                         f->name != NULL ? f->name : "(nothing)", stem);
    return true;
}

/* ---- the tables ---- */

/* A name a template or return can say: [a-z0-9][a-z0-9._-]{0,63}. */
static bool is_id(const char *name)
{
    size_t length = strspn(name, "abcdefghijklmnopqrstuvwxyz0123456789._-");

    return length > 0 && length <= MAX_NAME && name[length] == '\0' &&
           strchr("._-", name[0]) == NULL;
}

/* It will stand in lists, results and on terminals. */
static bool is_printable(const char *text)
{
    size_t length;

    for (; *text != '\0'; text += length) {
        const uint32_t c = ca_utf8_next(text, &length);
        if (c == CA_REPLACEMENT || ca_character_steers(c))
            return false;
    }
    return true;
}

static bool check_texts(const caseaudit_framework *f, struct ca_objection *o)
{
    const struct {
        const char *member, *text;
    } texts[] = {{"title", f->title},
                 {"version", f->version},
                 {"author", f->author},
                 {"licence", f->licence}};

    for (size_t i = 0; i < sizeof texts / sizeof texts[0]; i++)
        if (texts[i].text == NULL || *texts[i].text == '\0' || !is_printable(texts[i].text))
            return ca_object(o, CA_STEP_TABLES, "its %s is missing or cannot be printed",
                             texts[i].member);
    if (f->unit != NULL && !is_id(f->unit))
        return ca_object(o, CA_STEP_TABLES, "its unit '%s' is no token", f->unit);
    if (f->look_back_months < 0)
        return ca_object(o, CA_STEP_TABLES, "its look-back is below 0 months");
    return true;
}

static bool check_rollups(const caseaudit_framework *f, struct ca_objection *o)
{
    static const char *const known[] = {"mean", "flat", "lowest", "median", "rules", "none"};
    size_t k, n = sizeof known / sizeof known[0];

    if (f->rollups == NULL || f->rollups[0] == NULL)
        return ca_object(o, CA_STEP_TABLES, "knows no roll-up");
    for (size_t i = 0; f->rollups[i] != NULL; i++) {
        for (k = 0; k < n && strcmp(known[k], f->rollups[i]) != 0; k++)
            ;
        if (k == n)
            return ca_object(o, CA_STEP_TABLES, "names a roll-up '%s', which there is not",
                             f->rollups[i]);
        if (i >= n)
            return ca_object(o, CA_STEP_TABLES, "its table of roll-ups has no end");
    }
    return true;
}

/* A table as seen by its names alone: its entries are stride bytes apart, and the name is
 * the first member of each. */
static const char *name_at(const void *table, size_t stride, size_t i)
{
    return *(const char *const *)(const void *)((const char *)table + i * stride);
}

/* What is said of an entry lies so far behind its name. */
static bool check_help(const void *table, size_t stride, size_t offset, size_t i,
                       struct ca_objection *o)
{
    const char *help = name_at((const char *)table + offset, stride, i);

    return help == NULL || is_printable(help) ||
           ca_object(o, CA_STEP_TABLES, "what it says of '%s' cannot be printed",
                     name_at(table, stride, i));
}

static bool check_names(const void *table, size_t stride, size_t help, const char *what,
                        struct ca_objection *o)
{
    if (table == NULL)
        return true;
    for (size_t i = 0; name_at(table, stride, i) != NULL; i++) {
        const char *name = name_at(table, stride, i);

        if (i >= MAX_TABLE)
            return ca_object(o, CA_STEP_TABLES, "its table of %ss has no end", what);
        if (!is_id(name))
            return ca_object(
                o, CA_STEP_TABLES,
                "has a badly formed %s '%s'; use a-z, 0-9 and -, at most %d of them", what,
                name, MAX_NAME);
        for (size_t k = 0; k < i; k++)
            if (strcmp(name_at(table, stride, k), name) == 0)
                return ca_object(o, CA_STEP_TABLES, "has the %s '%s' twice", what, name);
        if (!check_help(table, stride, help, i, o))
            return false;
    }
    return true;
}

#define CHECK_NAMES(table, entry, what, o)                                                     \
    check_names(table, sizeof(entry), offsetof(entry, help), what, o)

static bool check_option(const struct caseaudit_option *option, struct ca_objection *o)
{
    const char *value = option->fallback;
    int64_t number;

    if (option->type < CASEAUDIT_OPTION_INTEGER || option->type > CASEAUDIT_OPTION_BOOLEAN)
        return ca_object(o, CA_STEP_TABLES, "option '%s' has a type (%d) this version lacks",
                         option->name, option->type);
    if (value == NULL)
        return ca_object(o, CA_STEP_TABLES, "option '%s' has no fallback", option->name);
    if (option->type == CASEAUDIT_OPTION_INTEGER &&
        !ca_integer_parse(value, option->min, option->max, &number))
        return ca_object(o, CA_STEP_TABLES,
                         "option '%s' falls back to '%s', which is no integer from %d to %d",
                         option->name, value, (int)option->min, (int)option->max);
    if (option->type == CASEAUDIT_OPTION_GRADE && !is_id(value))
        return ca_object(o, CA_STEP_TABLES,
                         "option '%s' falls back to '%s', which cannot be a grade",
                         option->name, value);
    if (option->type == CASEAUDIT_OPTION_BOOLEAN && strcmp(value, "yes") != 0 &&
        strcmp(value, "no") != 0)
        return ca_object(o, CA_STEP_TABLES,
                         "option '%s' falls back to '%s', which is neither yes nor no",
                         option->name, value);
    return true;
}

/* At most one event opens a case, and one closes it, as often as that allows. */
static bool check_edge(const caseaudit_framework *f, unsigned flag, int occurs,
                       struct ca_objection *o)
{
    const struct caseaudit_event *known = NULL;

    for (const struct caseaudit_event *e = f->events; e->name != NULL; e++) {
        if ((e->flags & flag) == 0)
            continue;
        if (known != NULL)
            return ca_object(o, CA_STEP_TABLES, "events '%s' and '%s' both %s the case",
                             known->name, e->name,
                             flag == CASEAUDIT_EVENT_OPENS ? "open" : "close");
        if (e->occurs != occurs)
            return ca_object(o, CA_STEP_TABLES, "event '%s' %s the case, so it must happen %s",
                             e->name, flag == CASEAUDIT_EVENT_OPENS ? "opens" : "closes",
                             occurs == CASEAUDIT_EXACTLY_ONE ? "exactly once" : "at most once");
        known = e;
    }
    return true;
}

static bool check_events(const caseaudit_framework *f, struct ca_objection *o)
{
    const unsigned all =
        CASEAUDIT_EVENT_OPENS | CASEAUDIT_EVENT_CLOSES | CASEAUDIT_EVENT_BEFOREHAND;

    if (f->events == NULL)
        return true;
    for (const struct caseaudit_event *e = f->events; e->name != NULL; e++) {
        if (e->occurs < CASEAUDIT_ANY_NUMBER || e->occurs > CASEAUDIT_EXACTLY_ONE)
            return ca_object(o, CA_STEP_TABLES, "event '%s' occurs as nothing known (%d)",
                             e->name, e->occurs);
        if ((e->flags & ~all) != 0)
            return ca_object(o, CA_STEP_TABLES, "event '%s' has flags (%#x) this version lacks",
                             e->name, e->flags);
    }
    return check_edge(f, CASEAUDIT_EVENT_OPENS, CASEAUDIT_EXACTLY_ONE, o) &&
           check_edge(f, CASEAUDIT_EVENT_CLOSES, CASEAUDIT_AT_MOST_ONE, o);
}

static bool check_derived(const struct caseaudit_derived *derived, struct ca_objection *o)
{
    if (derived->kind < CASEAUDIT_DERIVED_TIMESCALE ||
        derived->kind > CASEAUDIT_DERIVED_FREQUENCY)
        return ca_object(o, CA_STEP_TABLES, "derived standard '%s' is of no known kind (%d)",
                         derived->name, derived->kind);
    if (derived->derive == NULL)
        return ca_object(o, CA_STEP_TABLES, "derived standard '%s' lacks its derive",
                         derived->name);
    return true;
}

static bool check_entries(const caseaudit_framework *f, struct ca_objection *o)
{
    for (size_t i = 0; f->options != NULL && f->options[i].name != NULL; i++)
        if (!check_option(&f->options[i], o))
            return false;
    for (size_t i = 0; f->derived != NULL && f->derived[i].name != NULL; i++)
        if (!check_derived(&f->derived[i], o))
            return false;
    return check_events(f, o);
}

static bool check_tables(const caseaudit_framework *f, struct ca_objection *o)
{
    return check_texts(f, o) && check_rollups(f, o) &&
           CHECK_NAMES(f->options, struct caseaudit_option, "option", o) &&
           CHECK_NAMES(f->focus_words, struct caseaudit_focus, "focus word", o) &&
           CHECK_NAMES(f->events, struct caseaudit_event, "event", o) &&
           CHECK_NAMES(f->derived, struct caseaudit_derived, "derived standard", o) &&
           check_entries(f, o);
}

bool ca_contract_check(const caseaudit_framework *descriptor, const char *stem,
                       caseaudit_framework *out, struct ca_objection *objection)
{
    caseaudit_framework copy;

    if (!check_prefix(descriptor, objection))
        return false;
    memset(&copy, 0, sizeof copy);
    memcpy(&copy, descriptor, descriptor->size < sizeof copy ? descriptor->size : sizeof copy);
    if (!check_callbacks(&copy, objection) || !check_name(&copy, stem, objection) ||
        !check_tables(&copy, objection))
        return false;
    *out = copy;
    return true;
}
