/* What an answer was worth before a moderator changed it. */
#include "core/cli/audited_score.h"

#include <stdlib.h>
#include <string.h>

#include "core/base/decimal.h"
#include "core/scoring/outcome.h"

static const struct ca_standard *standard_of(const struct ca_template *t, const char *id)
{
    for (size_t i = 0; i < t->standard_count; i++)
        if (strcmp(t->standards[i].id, id) == 0)
            return &t->standards[i];
    return NULL;
}

/* A status that stands in place of an answer. */
static int32_t score_of_status(const struct ca_standard *s, const char *word)
{
    const bool none = s->type == CA_TYPE_TEXT ||
                      (strcmp(word, ca_status_name(CASEAUDIT_NOT_EVIDENCED)) != 0 &&
                       strcmp(word, ca_status_name(CASEAUDIT_OVERDUE)) != 0);

    return none ? -1 : 0;
}

static int32_t fewest_late(const struct ca_standard *s)
{
    int32_t fewest = s->late_count > 0 ? s->late[0].score : 0;

    for (size_t i = 1; i < s->late_count; i++)
        if (s->late[i].score < fewest)
            fewest = s->late[i].score;
    return fewest;
}

/* The response that the words of an answer come from, as far as they tell. */
static bool response_of(const struct ca_template *t, const struct ca_standard *s,
                        const char *words, struct ca_response *out)
{
    switch (s->type) {
    case CA_TYPE_ANSWERS:
        out->answer = ca_find_answer(&t->lists[s->list], words);
        return out->answer != CA_NONE;
    case CA_TYPE_NUMBER:
    case CA_TYPE_POINTS: return ca_decimal_parse(words, 3, true, &out->value);
    default: return false;
    }
}

static int32_t score_of(const struct ca_template *t, const struct ca_standard *s,
                        struct ca_arena *arena, const char *words)
{
    struct ca_response response = {0};
    struct ca_outcome outcome;

    if (response_of(t, s, words, &response))
        return ca_outcome_answered(t, arena, s, &response, CA_NO_DATE, &outcome) ? outcome.score
                                                                                 : -1;
    if (s->type == CA_TYPE_TIMESCALE && strcmp(words, "met") == 0)
        return t->full_marks;
    if (s->type == CA_TYPE_TIMESCALE && strcmp(words, "late") == 0)
        return fewest_late(s);
    if (s->type == CA_TYPE_FREQUENCY && strchr(words, '/') != NULL)
        return (int32_t)ca_mean((__int128)atoi(words) * t->full_marks,
                                atoi(strchr(words, '/') + 1));
    return score_of_status(s, words);
}

int32_t ca_audited_score(struct ca_catalogue *catalogue, const struct ca_stored_answer *answer)
{
    struct ca_arena *arena = ca_arena_new();
    const struct ca_template *t;
    const struct ca_standard *s;
    int32_t score = -1;
    const char *why;

    t = ca_catalogue_find(catalogue, answer->template_id, answer->template_version, arena,
                          &why);
    s = t != NULL ? standard_of(t, answer->standard) : NULL;
    if (s != NULL)
        score = score_of(t, s, arena, answer->audited);
    ca_arena_free(arena);
    return score;
}
