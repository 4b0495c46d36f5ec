/* What the program says beside results, on standard error, for pages, which have none. */
#include "core/base/json.h"
#include "core/embed/engine.h"
#include "core/model/return_dates.h"

const char *ca_saying_score(caseaudit_engine *engine, const char *name, const char *bytes,
                            const char *today, size_t length);

static void say(struct ca_buffer *out, const struct ca_diags *diags)
{
    for (size_t i = 0; i < diags->count; i++) {
        const struct ca_diag *diag = &diags->items[i];
        ca_json_open(out, '{');
        ca_json_key_string(out, "kind", diag->severity == CA_ERROR ? "error" : "warning");
        ca_json_key_integer(out, "line", diag->line);
        ca_json_key_string(out, "message", diag->message);
        ca_json_close(out, '}');
    }
}

/*
 * As caseaudit_engine_score, and on a line of its own what is said of the return, in the
 * program's order: [{"kind": "error" or "warning", "line": …, "message": …}, …]. No clock plays
 * a part in a result, so that today is told ("2026-12-01"): dates that cannot be are held
 * against it.
 */
const char *ca_saying_score(caseaudit_engine *engine, const char *name, const char *bytes,
                            const char *today, size_t length)
{
    const struct ca_scored *scored = &engine->scored;
    struct ca_diags doubts;
    ca_date day;

    caseaudit_engine_score(engine, name, bytes, length, 0);
    ca_buffer_puts(&engine->text, "\n");
    ca_json_open(&engine->text, '[');
    say(&engine->text, &scored->diags);
    if (scored->result != NULL && ca_date_parse(today, &day)) {
        ca_diags_init(&doubts, scored->result->audit->arena);
        ca_return_doubt_dates(scored->result->audit, day, &doubts);
        say(&engine->text, &doubts);
    }
    ca_json_close(&engine->text, ']');
    return engine->text.data;
}
