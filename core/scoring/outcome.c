/* From one response to its status, answer and score: scoring rules, section 2.1. */
#include "core/scoring/outcome.h"

#include <stdlib.h>

#include "core/base/decimal.h"

struct ca_outcome ca_outcome_status(enum caseaudit_status status)
{
    return (struct ca_outcome){.status = status,
                               .present = true,
                               .score = -1,
                               .due = CA_NO_DATE,
                               .days = -1,
                               .start = CA_NO_DATE,
                               .end = CA_NO_DATE};
}

/* The first late row that reaches the days decides; beyond all of them: no marks. */
static int32_t late_score(const struct ca_standard *s, int32_t days_late)
{
    for (size_t i = 0; i < s->late_count; i++)
        if (days_late <= s->late[i].up_to)
            return s->late[i].score;
    return 0;
}

struct ca_outcome ca_outcome_timescale(const struct ca_template *t, const struct ca_standard *s,
                                       ca_date start, ca_date due, ca_date end, ca_date today)
{
    struct ca_outcome o = ca_outcome_status(CASEAUDIT_ANSWERED);

    o.due = due;
    o.start = start;
    o.end = end;
    if (end == CA_NO_DATE) {
        o.status = today <= due ? CASEAUDIT_NOT_YET_DUE : CASEAUDIT_OVERDUE;
        o.score = today <= due ? -1 : 0;
        return o;
    }
    o.days = end - start;
    if (end <= due) {
        o.answer = "met";
        o.score = t->full_marks;
    } else {
        o.answer = "late";
        o.late_days = end - due;
        o.score = late_score(s, o.late_days);
    }
    return o;
}

static int by_date(const void *a, const void *b)
{
    ca_date x = *(const ca_date *)a, y = *(const ca_date *)b;

    return (x > y) - (x < y);
}

bool ca_outcome_frequency(const struct ca_template *t, struct ca_arena *arena, ca_date start,
                          ca_date until, int32_t n, enum ca_unit unit, ca_date *points,
                          size_t count, struct ca_outcome *out)
{
    ca_date last = start, limit;
    int32_t kept = 0, gaps = 0;
    size_t distinct = 0;

    if (count > 1)
        qsort(points, count, sizeof *points, by_date);
    for (size_t i = 0; i < count; i++) {
        if (points[i] <= last)
            continue; /* the same day again */
        if (!ca_date_add(last, n, unit, &limit))
            return false;
        gaps++;
        kept += points[i] <= limit;
        last = points[distinct++] = points[i];
    }
    if (!ca_date_add(last, n, unit, &limit))
        return false;
    gaps += until > limit; /* the open gap counts once it is too long */

    *out = ca_outcome_status(gaps > 0 ? CASEAUDIT_ANSWERED : CASEAUDIT_NOT_YET_DUE);
    out->start = start;
    out->end = until;
    out->span = n;
    out->unit = unit;
    out->points = points;
    out->point_count = distinct;
    if (gaps > 0) {
        out->kept = kept;
        out->gaps = gaps;
        out->answer = ca_arena_printf(arena, "%d/%d", kept, gaps);
        out->score = (int32_t)ca_mean((__int128)kept * t->full_marks, gaps);
    }
    return true;
}

static int32_t band_score(const struct ca_standard *s, int64_t value)
{
    int32_t score = 0;

    for (size_t i = 0; i < s->band_count && s->bands[i].from <= value; i++)
        score = s->bands[i].score;
    return score;
}

static int32_t points_score(const struct ca_template *t, const struct ca_standard *s,
                            int64_t value)
{
    int32_t score = (int32_t)ca_mean((__int128)value * t->full_marks, s->points);

    return s->faults ? t->full_marks - score : score;
}

static struct ca_outcome value_outcome(const struct ca_template *t, struct ca_arena *arena,
                                       const struct ca_standard *s, int64_t value)
{
    struct ca_outcome o = ca_outcome_status(CASEAUDIT_ANSWERED);
    char text[CA_DECIMAL_SIZE];

    o.has_value = true;
    o.value = value;
    o.answer = ca_arena_strdup(arena, ca_decimal_short(value, 3, text));
    o.score = s->type == CA_TYPE_NUMBER ? band_score(s, value) : points_score(t, s, value);
    return o;
}

bool ca_outcome_answered(const struct ca_template *t, struct ca_arena *arena,
                         const struct ca_standard *s, const struct ca_response *response,
                         ca_date today, struct ca_outcome *out)
{
    ca_date due;

    switch (s->type) {
    case CA_TYPE_ANSWERS: {
        const struct ca_answer *answer = &t->lists[s->list].answers[response->answer];
        *out = ca_outcome_status(CASEAUDIT_ANSWERED);
        out->answer = answer->id;
        out->score = answer->score;
        return true;
    }
    case CA_TYPE_TIMESCALE:
        if (!ca_date_add(response->start, s->span, s->unit, &due))
            return false;
        *out = ca_outcome_timescale(t, s, response->start, due, response->end, today);
        out->span = s->span;
        out->unit = s->unit;
        return true;
    case CA_TYPE_FREQUENCY:
        return ca_outcome_frequency(
            t, arena, response->start, response->end == CA_NO_DATE ? today : response->end,
            s->span, s->unit, response->occurred, response->occurred_count, out);
    case CA_TYPE_NUMBER:
    case CA_TYPE_POINTS: *out = value_outcome(t, arena, s, response->value); return true;
    case CA_TYPE_TEXT: *out = ca_outcome_status(CASEAUDIT_ANSWERED); return true;
    }
    return false;
}
