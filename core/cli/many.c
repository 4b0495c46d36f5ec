/* Many returns through the pool of workers, with what commands that do so share. */
#include "core/cli/many.h"

#include <stdlib.h>
#include <string.h>

#include "core/cli/interrupt.h"
#include "core/cli/progress.h"
#include "core/model/return_dates.h"
#include "core/work/sandbox.h"

enum { SAID_BYTES = 16 * 1024 };

struct ca_many_work {
    struct ca_many *many;
    struct ca_pool_options inner; /* the command's own functions */
    struct ca_pool_options options;
    struct ca_pool *pool;
    struct ca_progress progress;
    size_t next;
};

/* ---- options ---- */

static bool whole_number(const struct ca_args *args, const char *name, unsigned long most,
                         unsigned *out)
{
    const char *text = ca_args_get(args, name, NULL);
    char *end;
    unsigned long value;

    if (text == NULL)
        return true;
    value = text[0] >= '0' && text[0] <= '9' ? strtoul(text, &end, 10) : 0;
    if (value == 0 || *end != '\0' || value > most) {
        ca_misused(args->verb, "--%s is a whole number from 1 to %lu, and not '%s'", name, most,
                   text);
        return false;
    }
    *out = (unsigned)value;
    return true;
}

bool ca_many_init(struct ca_many *many, struct ca_cli *cli, const struct ca_args *args)
{
    *many = (struct ca_many){.cli = cli};
    many->pool.registry = cli->registry;
    if (!whole_number(args, "jobs", CA_POOL_MAX_JOBS, &many->pool.jobs) ||
        !whole_number(args, "timeout", 24 * 60 * 60, &many->pool.timeout))
        return false;
    many->pool.timeout *= 1000;
    return true;
}

/* ---- between the pool and the command ---- */

static bool next(void *context, struct ca_pool_document *document)
{
    struct ca_many_work *work = context;
    const struct ca_inputs *inputs = work->many->inputs;

    if (work->next == inputs->count)
        return false;
    *document = (struct ca_pool_document){.name = inputs->paths[work->next++]};
    return true;
}

static void make(void *context, const struct ca_scored *scored, struct ca_pool_made *made)
{
    const struct ca_many_work *work = context;

    work->inner.make(work->inner.context, scored, made);
}

void ca_many_speak(struct ca_many *many)
{
    if (many->said.length > 0)
        (void)fwrite(many->said.data, 1, many->said.length, stderr);
    ca_buffer_clear(&many->said);
}

static bool take(void *context, const struct ca_pool_reply *reply)
{
    struct ca_many_work *work = context;

    ca_progress_hide(&work->progress); /* wherever something is written now */
    ca_buffer_add(&work->many->said, reply->said, reply->said_length);
    if (work->many->said.length > SAID_BYTES)
        ca_many_speak(work->many);
    work->many->done++;
    return work->inner.take(work->inner.context, reply);
}

static bool tick(void *context)
{
    struct ca_many_work *work = context;

    ca_progress_hide(&work->progress);
    ca_many_speak(work->many);
    if (work->inner.tick != NULL && !work->inner.tick(work->inner.context))
        return false;
    if (ca_interrupted()) {
        work->many->interrupted = true;
        return false;
    }
    ca_progress_show(&work->progress, work->many->done);
    return true;
}

/* ---- the whole ---- */

static void describe_sandbox(const struct ca_cli *cli)
{
    struct ca_sandbox sandbox;
    char text[256];

    if (!cli->verbose)
        return;
    ca_sandbox_probe(&sandbox);
    ca_sandbox_describe(&sandbox, text, sizeof text);
    ca_remark(cli, "%s", text);
}

void ca_many_open(struct ca_many *many)
{
    struct ca_many_work *work = ca_xcalloc(1, sizeof *work);

    *work = (struct ca_many_work){.many = many, .inner = many->pool, .options = many->pool};
    work->options.context = work;
    work->options.next = next;
    work->options.make = make;
    work->options.take = take;
    work->options.tick = tick;
    (void)fflush(NULL); /* nothing that waits to be written is in two processes */
    work->pool = ca_pool_open(&work->options);
    ca_pool_read_templates(work->pool, true);
    many->work = work;
}

void ca_many_close(struct ca_many *many)
{
    if (many->work == NULL)
        return;
    ca_pool_read_templates(many->work->pool, false);
    ca_pool_close(many->work->pool);
    free(many->work);
    many->work = NULL;
}

enum ca_code ca_many_run(struct ca_many *many, struct ca_error *error)
{
    struct ca_many_work *work;
    enum ca_code code;

    if (many->work == NULL)
        ca_many_open(many);
    work = many->work;
    work->options.count = many->inputs->count;
    describe_sandbox(many->cli);
    (void)fflush(NULL);
    ca_interrupt_catch();
    ca_progress_init(&work->progress, many->cli->progress, many->inputs->count);
    ca_pool_read_templates(work->pool, false);
    code = ca_pool_go(work->pool, error);
    ca_progress_hide(&work->progress);
    ca_many_speak(many);
    ca_buffer_free(&many->said);
    if (many->interrupted)
        ca_complain("stopped: %zu of %zu return%s done", many->done, many->inputs->count,
                    many->inputs->count == 1 ? " is" : "s are");
    ca_many_close(many);
    return code;
}

/* Beside the diagnostics and not among them: those stand in the result, too. */
static void say_doubts(const struct ca_cli *cli, const struct ca_scored *scored,
                       struct ca_buffer *out)
{
    struct ca_diags doubts;

    ca_diags_init(&doubts, scored->result->audit->arena);
    ca_return_doubt_dates(scored->result->audit, cli->today, &doubts);
    ca_say_diags(cli, scored->file, &doubts, out);
}

static void say_log(const struct ca_cli *cli, const struct ca_scored *scored,
                    struct ca_buffer *out)
{
    for (size_t i = 0; cli->verbose && i < scored->log_count; i++) {
        ca_safe_line(out, scored->file);
        ca_buffer_puts(out, ": framework logs: ");
        ca_safe_line(out, scored->log[i]);
        ca_buffer_putc(out, '\n');
    }
}

void ca_many_say(const struct ca_cli *cli, const struct ca_scored *scored,
                 struct ca_pool_made *made)
{
    say_log(cli, scored, made->said);
    ca_say_diags(cli, scored->file, &scored->diags, made->said);
    if (scored->result != NULL)
        say_doubts(cli, scored, made->said);
    for (size_t i = 0; scored->result != NULL && i < scored->result->alert_count; i++) {
        const struct ca_fired_alert *alert = &scored->result->alerts[i];
        if (alert->severity != CA_IMMEDIATE)
            continue;
        made->immediate++;
        ca_buffer_puts(made->said, "caseaudit: immediate alert: ");
        ca_safe_line(made->said, scored->file);
        ca_buffer_puts(made->said, ": return '");
        ca_safe_line(made->said, scored->return_id);
        ca_buffer_puts(made->said, "': ");
        ca_safe_line(made->said, alert->message);
        ca_buffer_putc(made->said, '\n');
    }
}
