/* The worker's side of record: may the return be stored, and what is to be stored of it? */
#include "core/cli/recorded.h"
#include "core/cli/recording.h"
#include "core/model/return_dates.h"
#include "core/report/text/words.h"
#include "core/base/pack.h"

void ca_recording_refuse(struct ca_scored *scored, enum ca_fault fault, const char *reason)
{
    ca_diags_add(&scored->diags, CA_ERROR, fault, 1, 1, "return", "%s", reason);
    scored->result = NULL;
}

void ca_recording_write(const struct ca_recording *recording, const struct ca_scored *scored,
                        struct ca_buffer *out)
{
    const struct ca_scored_writer *writer = &recording->writer;

    if (writer->format != CA_SCORED_TEXT || (writer->explain && scored->result != NULL))
        ca_scored_write(writer, scored, out);
}

static bool has_fault(const struct ca_diags *diags, enum ca_fault fault)
{
    for (size_t i = 0; i < diags->count; i++)
        if (diags->items[i].fault == fault)
            return true;
    return false;
}

/* A day that is still to come may be meant, for a test; one that cannot be is mistyped. */
static void judge_dates(const struct ca_recording *recording, struct ca_scored *scored)
{
    struct ca_diags doubts;

    ca_diags_init(&doubts, scored->result->audit->arena);
    ca_return_doubt_dates(scored->result->audit, recording->cli->today, &doubts);
    if (!recording->future && has_fault(&doubts, CA_FAULT_TIME))
        ca_recording_refuse(
            scored, CA_FAULT_TIME,
            "the return tells of a day that is still to come (see the warnings); correct the "
            "date, or say --allow-future if it is meant");
    else if (has_fault(&doubts, CA_FAULT_DATE))
        ca_recording_refuse(scored, CA_FAULT_DATE,
                            "the return holds a date that cannot be (see the warnings); "
                            "correct it, and record the return again");
}

/* Is it one of those that an import of history counts? */
static bool is_counted_already(const struct ca_recording *recording, struct ca_scored *scored)
{
    const struct ca_return *audit = scored->result->audit;
    const struct ca_history *history =
        ca_known_history_of(recording->known, scored->result->template->id, audit->audit_date);
    char date[CA_DATE_SIZE];

    if (history == NULL)
        return false;
    ca_recording_refuse(
        scored, CA_FAULT_RULE,
        ca_arena_printf(
            audit->arena,
            "audits by template '%s' in %s are counted already, by an import of history, and "
            "this one, of %s, would count twice; if history is to give way, import it again "
            "with counts of 0",
            history->template_id, history->period.id, ca_date_format(audit->audit_date, date)));
    return true;
}

static void judge(const struct ca_recording *recording, struct ca_scored *scored)
{
    if (scored->result == NULL || is_counted_already(recording, scored))
        return;
    if (!scored->result->complete)
        ca_recording_refuse(
            scored, CA_FAULT_RULE,
            "the return is incomplete, and only complete ones are stored; score --explain "
            "says what is missing");
    else if (!recording->personal_data && has_fault(&scored->diags, CA_FAULT_PRIVACY))
        ca_recording_refuse(
            scored, CA_FAULT_PRIVACY,
            "the return holds what looks like personal data (see the warnings); take it out, "
            "or say --allow-personal-data if it is none");
    else
        judge_dates(recording, scored);
}

/* Id and text; for those that may be stored grade and record; otherwise no grade. */
void ca_recording_make(void *context, const struct ca_scored *scored, struct ca_pool_made *made)
{
    const struct ca_recording *recording = context;
    struct ca_scored judged = *scored, said;
    struct ca_buffer text = {0};

    judge(recording, &judged);
    said = judged;
    said.result = scored->result; /* an alert is raised whether or not it is stored */
    ca_many_say(recording->cli, &said, made);
    ca_buffer_clear(&text);
    ca_recording_write(recording, &judged, &text);
    ca_pack_text(made->made, judged.return_id);
    ca_pack_text(made->made, text.data);
    ca_buffer_free(&text);
    ca_pack_text(made->made, judged.result != NULL
                                 ? ca_words_grade(judged.result->template, judged.result->grade)
                                 : NULL);
    if (judged.result != NULL)
        ca_recorded_pack(&judged, made->made);
}
