/* What a framework says of a return or template: written down where it is, done where it is
 * not. See apart.h. */
#include <string.h>

#include "core/frameworks/apart.h"
#include "core/frameworks/services.h"
#include "core/scoring/settle.h"

/* Every call of the host that sets something, with what it takes: i, a number; t, a text;
 * d, days, as many as the number before. */
enum call {
    END, /* of one callback, with what it returned */
    FAULT,
    DERIVE_STATUS,
    DERIVE_TIMESCALE,
    DERIVE_TIMESCALE_DUE,
    DERIVE_FREQUENCY,
    DERIVE_EVENT_FREQUENCY,
    ADD_TIME,
    SET_SECTION,
    LIMIT_SECTION,
    SET_AGENCY,
    SET_OVERALL,
    SCORE_AS_TEMPLATE,
    LIMIT,
    MEASURE,
    NOTE,
    LOG
};

static const char *const signatures[] = {[END] = "i",
                                         [FAULT] = "iiit",
                                         [DERIVE_STATUS] = "ii",
                                         [DERIVE_TIMESCALE] = "iiiii",
                                         [DERIVE_TIMESCALE_DUE] = "iiii",
                                         [DERIVE_FREQUENCY] = "iiiiiid",
                                         [DERIVE_EVENT_FREQUENCY] = "iiiiit",
                                         [ADD_TIME] = "iiii",
                                         [SET_SECTION] = "iii",
                                         [LIMIT_SECTION] = "i",
                                         [SET_AGENCY] = "ii",
                                         [SET_OVERALL] = "ii",
                                         [SCORE_AS_TEMPLATE] = "",
                                         [LIMIT] = "itt",
                                         [MEASURE] = "iitt",
                                         [NOTE] = "iit",
                                         [LOG] = "t"};

enum { MOST_NUMBERS = 8, MOST_TEXTS = 2 };

struct arguments {
    int64_t numbers[MOST_NUMBERS];
    const char *texts[MOST_TEXTS];
    const caseaudit_date *days;
};

/* ---- where the framework is ---- */

/* What the handles point to there: the engine's own, and where it is written down. */
struct noted_diags {
    struct ca_diags diags;
    struct ca_buffer *out;
};

struct noted_pass {
    struct ca_pass pass;
    struct ca_buffer *out;
    const caseaudit_host *services; /* which do what is written down */
    bool scoring;                   /* all is derived */
    bool as_template;               /* was asked for, and is done when a figure is wanted */
};

struct noting_host {
    struct ca_host host;
    struct ca_host services;
};

static void say(struct ca_buffer *out, enum call call, const struct arguments *arguments)
{
    size_t number = 0, text = 0;

    if (out->length > CA_OPINION_BYTES)
        return; /* too long to be taken anyway */
    ca_pack_int(out, call);
    for (const char *s = signatures[call]; *s != '\0'; s++) {
        if (*s == 'i')
            ca_pack_int(out, arguments->numbers[number++]);
        else if (*s == 't')
            ca_pack_text(out, arguments->texts[text++]);
        else
            for (int64_t i = 0; i < arguments->numbers[number - 1]; i++)
                ca_pack_int(out, arguments->days[i]);
    }
}

#define SAY(out, call, ...) say((out), (call), &(const struct arguments){__VA_ARGS__})

static struct noted_pass *noted_in(caseaudit_scoring *s)
{
    return (struct noted_pass *)s;
}

static const caseaudit_host *services_of(const caseaudit_scoring *s)
{
    return ((const struct noted_pass *)s)->services;
}

static void note_fault(caseaudit_diagnostics *diagnostics, int severity, int place,
                       size_t index, const char *format, va_list args)
{
    struct noted_diags *noted = (struct noted_diags *)diagnostics;

    SAY(noted->out, FAULT, .numbers = {severity, place, (int64_t)index},
        .texts = {ca_arena_vprintf(noted->diags.arena, format, args)});
    noted->diags.errors += severity == CASEAUDIT_ERROR;
}

static void template_fault(caseaudit_diagnostics *diagnostics, const caseaudit_template *t,
                           int severity, int place, size_t index, const char *format, ...)
{
    va_list args;

    (void)t;
    va_start(args, format);
    note_fault(diagnostics, severity, place, index, format, args);
    va_end(args);
}

static void return_fault(caseaudit_diagnostics *diagnostics, const caseaudit_return *r,
                         int severity, int place, size_t index, const char *format, ...)
{
    va_list args;

    (void)r;
    va_start(args, format);
    note_fault(diagnostics, severity, place, index, format, args);
    va_end(args);
}

/* Outcomes are settled before a return is scored, and what is derived then comes too late. */
static const caseaudit_host *deriving(caseaudit_scoring *s)
{
    struct noted_pass *noted = noted_in(s);

    if (noted->scoring)
        ca_settle(&noted->pass);
    return noted->services;
}

static void derive_status(caseaudit_scoring *s, size_t standard, int status)
{
    SAY(noted_in(s)->out, DERIVE_STATUS, .numbers = {(int64_t)standard, status});
    deriving(s)->derive_status(s, standard, status);
}

static void derive_timescale(caseaudit_scoring *s, size_t standard, caseaudit_date start,
                             int32_t n, int unit, caseaudit_date end)
{
    SAY(noted_in(s)->out, DERIVE_TIMESCALE,
        .numbers = {(int64_t)standard, start, n, unit, end});
    deriving(s)->derive_timescale(s, standard, start, n, unit, end);
}

static void derive_timescale_due(caseaudit_scoring *s, size_t standard, caseaudit_date start,
                                 caseaudit_date due, caseaudit_date end)
{
    SAY(noted_in(s)->out, DERIVE_TIMESCALE_DUE,
        .numbers = {(int64_t)standard, start, due, end});
    deriving(s)->derive_timescale_due(s, standard, start, due, end);
}

static void derive_frequency(caseaudit_scoring *s, size_t standard, caseaudit_date start,
                             caseaudit_date end, int32_t n, int unit,
                             const caseaudit_date *occurred, size_t count)
{
    SAY(noted_in(s)->out, DERIVE_FREQUENCY,
        .numbers = {(int64_t)standard, start, end, n, unit, (int64_t)count}, .days = occurred);
    deriving(s)->derive_frequency(s, standard, start, end, n, unit, occurred, count);
}

static void derive_event_frequency(caseaudit_scoring *s, size_t standard, caseaudit_date start,
                                   caseaudit_date end, int32_t n, int unit, const char *type)
{
    SAY(noted_in(s)->out, DERIVE_EVENT_FREQUENCY,
        .numbers = {(int64_t)standard, start, end, n, unit}, .texts = {type});
    deriving(s)->derive_event_frequency(s, standard, start, end, n, unit, type);
}

static int add_time(caseaudit_scoring *s, size_t standard, caseaudit_date date, int32_t n,
                    int unit, caseaudit_date *out)
{
    SAY(noted_in(s)->out, ADD_TIME, .numbers = {(int64_t)standard, date, n, unit});
    return deriving(s)->add_time(s, standard, date, n, unit, out);
}

/*
 * Most frameworks have the template's own roll-ups do all, and look at no figure. So figures
 * are there when the first is looked at, or set: until then it is enough to have written down
 * what was called.
 */
static caseaudit_scoring *with_figures(const caseaudit_scoring *s)
{
    struct noted_pass *noted = noted_in((caseaudit_scoring *)(uintptr_t)s);
    caseaudit_scoring *all = ca_pass_handle(&noted->pass);

    if (noted->scoring)
        ca_settle(&noted->pass);
    if (noted->as_template)
        noted->services->score_as_template(all);
    noted->as_template = false;
    return all;
}

static void outcome(const caseaudit_scoring *s, size_t standard, size_t agency,
                    struct caseaudit_outcome *out)
{
    services_of(s)->outcome(with_figures(s), standard, agency, out);
}

static caseaudit_score roll_up(const caseaudit_scoring *s, size_t section, size_t agency)
{
    return services_of(s)->roll_up(with_figures(s), section, agency);
}

static caseaudit_score section_score(const caseaudit_scoring *s, size_t section, size_t agency)
{
    return services_of(s)->section_score(with_figures(s), section, agency);
}

static caseaudit_score roll_up_overall(const caseaudit_scoring *s, const char *rollup,
                                       size_t agency)
{
    return services_of(s)->roll_up_overall(with_figures(s), rollup, agency);
}

static int band(const caseaudit_scoring *s, caseaudit_score score)
{
    return services_of(s)->band(with_figures(s), score);
}

static int rules(const caseaudit_scoring *s)
{
    return services_of(s)->rules(with_figures(s));
}

static void set_section(caseaudit_scoring *s, size_t section, size_t agency,
                        caseaudit_score score)
{
    SAY(noted_in(s)->out, SET_SECTION, .numbers = {(int64_t)section, (int64_t)agency, score});
    services_of(s)->set_section(with_figures(s), section, agency, score);
}

static void limit_section(caseaudit_scoring *s, size_t section)
{
    SAY(noted_in(s)->out, LIMIT_SECTION, .numbers = {(int64_t)section});
    services_of(s)->limit_section(with_figures(s), section);
}

static void set_agency(caseaudit_scoring *s, size_t agency, caseaudit_score score)
{
    SAY(noted_in(s)->out, SET_AGENCY, .numbers = {(int64_t)agency, score});
    services_of(s)->set_agency(with_figures(s), agency, score);
}

static void set_overall(caseaudit_scoring *s, caseaudit_score score, int computed)
{
    SAY(noted_in(s)->out, SET_OVERALL, .numbers = {score, computed});
    services_of(s)->set_overall(with_figures(s), score, computed);
}

static void score_as_template(caseaudit_scoring *s)
{
    SAY(noted_in(s)->out, SCORE_AS_TEMPLATE, .numbers = {0});
    noted_in(s)->as_template = true;
}

static void limit(caseaudit_scoring *s, const char *id, int to, const char *reason)
{
    SAY(noted_in(s)->out, LIMIT, .numbers = {to}, .texts = {id, reason});
    noted_in(s)->services->limit(s, id, to, reason);
}

static void measure(caseaudit_scoring *s, const char *id, const char *label, int64_t numerator,
                    int64_t denominator)
{
    SAY(noted_in(s)->out, MEASURE, .numbers = {numerator, denominator}, .texts = {id, label});
    noted_in(s)->services->measure(s, id, label, numerator, denominator);
}

static void note(caseaudit_scoring *s, int place, size_t index, const char *format, ...)
{
    va_list args;

    va_start(args, format);
    SAY(noted_in(s)->out, NOTE, .numbers = {place, (int64_t)index},
        .texts = {ca_arena_vprintf(noted_in(s)->pass.arena, format, args)});
    va_end(args);
}

static void log_line(void *out, const char *text)
{
    SAY(out, LOG, .texts = {text});
}

/* The services, of which those that set something write it down as well. */
static void noting_host_init(struct noting_host *noting, struct ca_buffer *out)
{
    caseaudit_host *host = &noting->host.table;

    ca_host_init(&noting->services);
    ca_host_init(&noting->host);
    noting->host.log = log_line;
    noting->host.log_context = out;
    host->template_fault = template_fault;
    host->return_fault = return_fault;
    host->derive_status = derive_status;
    host->derive_timescale = derive_timescale;
    host->derive_timescale_due = derive_timescale_due;
    host->derive_frequency = derive_frequency;
    host->derive_event_frequency = derive_event_frequency;
    host->add_time = add_time;
    host->outcome = outcome;
    host->roll_up = roll_up;
    host->section_score = section_score;
    host->roll_up_overall = roll_up_overall;
    host->band = band;
    host->rules = rules;
    host->set_section = set_section;
    host->limit_section = limit_section;
    host->set_agency = set_agency;
    host->set_overall = set_overall;
    host->score_as_template = score_as_template;
    host->limit = limit;
    host->measure = measure;
    host->note = note;
}

/* Each derived standard to its own END, then the scoring to its. */
static void opinion_of_score(const struct ca_plugin *noting, const struct ca_return *audit,
                             bool changed, const caseaudit_host *services,
                             struct ca_buffer *out)
{
    const struct ca_template *t = audit->template;
    const struct ca_response *responses =
        changed ? ca_engine_responses_with_changes(audit) : audit->responses;
    struct ca_diags diags;
    struct noted_pass noted = {.out = out, .services = services};

    ca_diags_init(&diags, audit->arena);
    noted.pass = *ca_pass_new(audit->arena, audit, responses, changed, &diags);
    for (size_t i = 0; i < t->standard_count; i++) {
        if (t->standards[i].derived == NULL)
            continue;
        ca_engine_derive(noting, &noted.pass, i);
        SAY(out, END, .numbers = {0});
    }
    noted.scoring = true;
    const int code =
        noting->framework.score(noting->host, noting->state, ca_template_handle(t),
                                ca_return_handle(audit), ca_pass_handle(&noted.pass));
    SAY(out, END, .numbers = {code});
}

void ca_opinion_of_return(const struct ca_plugin *plugin, const struct ca_return *audit,
                          bool good, struct ca_buffer *out)
{
    struct noting_host host;
    struct ca_plugin noting = *plugin;
    struct noted_diags noted = {.out = out};

    noting_host_init(&host, out);
    noting.host = &host.host.table;
    ca_diags_init(&noted.diags, audit->arena);
    noting.framework.check_return(noting.host, noting.state,
                                  ca_template_handle(audit->template), ca_return_handle(audit),
                                  ca_diags_handle(&noted.diags));
    SAY(out, END, .numbers = {0});
    if (!good || noted.diags.errors > 0)
        return;
    opinion_of_score(&noting, audit, false, &host.services.table, out);
    if (audit->change_count > 0)
        opinion_of_score(&noting, audit, true, &host.services.table, out);
}

void ca_opinion_none(struct ca_buffer *out)
{
    SAY(out, END, .numbers = {0});
}

void ca_opinion_fault(const char *text, struct ca_buffer *out)
{
    SAY(out, FAULT, .numbers = {CASEAUDIT_ERROR, CASEAUDIT_AT_DOCUMENT}, .texts = {text});
    SAY(out, END, .numbers = {0});
}

void ca_opinion_of_template(const struct ca_plugin *plugin, const struct ca_template *t,
                            struct ca_buffer *out)
{
    struct noting_host host;
    struct ca_arena *arena = ca_arena_new();
    struct noted_diags noted = {.out = out};

    noting_host_init(&host, out);
    ca_diags_init(&noted.diags, arena);
    plugin->framework.check_template(&host.host.table, plugin->state, ca_template_handle(t),
                                     ca_diags_handle(&noted.diags));
    SAY(out, END, .numbers = {0});
    ca_arena_free(arena);
}

/* ---- where it is not ---- */

struct ca_opinion ca_opinion_open(const char *framework, const char *bytes, size_t length)
{
    /* of none there is no beginning either, and to that nothing may be added */
    return (struct ca_opinion){framework, {bytes, length == 0 ? bytes : bytes + length, true}};
}

static const caseaudit_date *read_days(struct ca_unpack *in, struct ca_arena *arena,
                                       int64_t count)
{
    caseaudit_date *days;

    if (count < 0 || count > in->end - in->at) {
        in->good = false;
        return NULL;
    }
    days = CA_ARRAY(arena, (size_t)count, caseaudit_date);
    for (int64_t i = 0; i < count; i++)
        days[i] = (caseaudit_date)ca_unpack_range(in, INT32_MIN, INT32_MAX);
    return days;
}

/* Most calls take numbers of 32 bits; what does not fit is an index of nothing. */
static bool next_call(struct ca_opinion *opinion, struct ca_arena *arena, enum call *call,
                      struct arguments *a)
{
    struct ca_unpack *in = &opinion->in;
    size_t number = 0, text = 0;

    *call = (enum call)ca_unpack_range(in, END, LOG);
    *a = (struct arguments){0};
    for (const char *s = signatures[*call]; in->good && *s != '\0'; s++) {
        if (*s == 'i') {
            a->numbers[number++] = ca_unpack_int(in);
        } else if (*s == 't') {
            a->texts[text] = ca_unpack_text(in);
            in->good &= a->texts[text++] != NULL;
        } else {
            a->days = read_days(in, arena, a->numbers[number - 1]);
        }
    }
    if (*call != MEASURE)
        for (size_t i = 0; i < number; i++)
            in->good &= a->numbers[i] >= INT32_MIN && a->numbers[i] <= INT32_MAX;
    return in->good && *call != END;
}

static void do_call(const caseaudit_host *host, caseaudit_scoring *s, enum call call,
                    const struct arguments *a)
{
    const int64_t *n = a->numbers;
    const size_t first = (size_t)n[0], second = (size_t)n[1];
    const int32_t m[] = {(int32_t)n[0], (int32_t)n[1], (int32_t)n[2],
                         (int32_t)n[3], (int32_t)n[4], (int32_t)n[5]};
    caseaudit_date due;

    switch (call) {
    case DERIVE_STATUS: host->derive_status(s, first, m[1]); break;
    case DERIVE_TIMESCALE: host->derive_timescale(s, first, m[1], m[2], m[3], m[4]); break;
    case DERIVE_TIMESCALE_DUE: host->derive_timescale_due(s, first, m[1], m[2], m[3]); break;
    case DERIVE_FREQUENCY:
        host->derive_frequency(s, first, m[1], m[2], m[3], m[4], a->days, (size_t)n[5]);
        break;
    case DERIVE_EVENT_FREQUENCY:
        host->derive_event_frequency(s, first, m[1], m[2], m[3], m[4], a->texts[0]);
        break;
    case ADD_TIME: (void)host->add_time(s, first, m[1], m[2], m[3], &due); break;
    case SET_SECTION: host->set_section(s, first, second, m[2]); break;
    case LIMIT_SECTION: host->limit_section(s, first); break;
    case SET_AGENCY: host->set_agency(s, first, m[1]); break;
    case SET_OVERALL: host->set_overall(s, m[0], m[1]); break;
    case SCORE_AS_TEMPLATE: host->score_as_template(s); break;
    case LIMIT: host->limit(s, a->texts[0], m[0], a->texts[1]); break;
    case MEASURE: host->measure(s, a->texts[0], a->texts[1], n[0], n[1]); break;
    case NOTE: host->note(s, m[0], second, "%s", a->texts[0]); break;
    case LOG: host->log(host, "%s", a->texts[0]); break;
    case END:
    case FAULT: break;
    }
}

/* Before a return is scored, and of a template, faults alone may be said, and lines logged. */
static bool next_fault(struct ca_opinion *opinion, const caseaudit_host *host,
                       struct ca_arena *arena, struct arguments *a)
{
    enum call call;

    while (next_call(opinion, arena, &call, a)) {
        if (call != LOG) {
            opinion->in.good &= call == FAULT;
            return opinion->in.good;
        }
        host->log(host, "%s", a->texts[0]);
    }
    return false;
}

static void check_template(const caseaudit_host *host, void *state, const caseaudit_template *t,
                           caseaudit_diagnostics *diagnostics)
{
    struct ca_opinion *opinion = state;
    struct ca_arena *arena = ((struct ca_diags *)diagnostics)->arena;
    struct arguments a;

    while (next_fault(opinion, host, arena, &a))
        host->template_fault(diagnostics, t, (int)a.numbers[0], (int)a.numbers[1],
                             (size_t)a.numbers[2], "%s", a.texts[0]);
    if (!opinion->in.good || opinion->in.at != opinion->in.end)
        host->template_fault(diagnostics, t, CASEAUDIT_ERROR, CASEAUDIT_AT_DOCUMENT, 0,
                             "what framework '%s' says of this template makes no sense",
                             opinion->framework);
}

static void check_return(const caseaudit_host *host, void *state, const caseaudit_template *t,
                         const caseaudit_return *r, caseaudit_diagnostics *diagnostics)
{
    struct ca_opinion *opinion = state;
    struct ca_arena *arena = ((struct ca_diags *)diagnostics)->arena;
    struct arguments a;

    (void)t;
    while (next_fault(opinion, host, arena, &a))
        host->return_fault(diagnostics, r, (int)a.numbers[0], (int)a.numbers[1],
                           (size_t)a.numbers[2], "%s", a.texts[0]);
    if (!opinion->in.good)
        host->return_fault(diagnostics, r, CASEAUDIT_ERROR, CASEAUDIT_AT_DOCUMENT, 0,
                           "what framework '%s' says of this return makes no sense",
                           opinion->framework);
}

/* To the END; what the callback returned, and -1 if that cannot be known. */
static int do_calls(struct ca_opinion *opinion, const caseaudit_host *host,
                    caseaudit_scoring *s)
{
    struct ca_arena *arena = ((struct ca_pass *)s)->arena;
    struct arguments a;
    enum call call;

    while (next_call(opinion, arena, &call, &a))
        do_call(host, s, call, &a);
    return opinion->in.good && call == END && a.numbers[0] == 0 ? 0 : -1;
}

/* One that makes no sense spoils the scoring that follows. */
void ca_opinion_derive(const struct caseaudit_deriving *d)
{
    struct ca_opinion *opinion = d->state;

    opinion->in.good &= do_calls(opinion, d->host, d->s) == 0;
}

static int score(const caseaudit_host *host, void *state, const caseaudit_template *t,
                 const caseaudit_return *r, caseaudit_scoring *s)
{
    (void)t, (void)r;
    return do_calls(state, host, s);
}

void ca_opinion_callbacks(caseaudit_framework *framework)
{
    framework->create = NULL;
    framework->destroy = NULL;
    framework->check_template = check_template;
    framework->check_return = check_return;
    framework->score = score;
}
