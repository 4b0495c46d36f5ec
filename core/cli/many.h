#ifndef CA_CLI_MANY_H
#define CA_CLI_MANY_H

#include "core/cli/cli.h"
#include "core/cli/inputs.h"
#include "core/work/pool.h"

/*
 * What every command does that goes over many returns: worker processes (--jobs,
 * --timeout), a progress bar, a clean stop when the user asks for one.
 */
struct ca_many {
    struct ca_cli *cli;
    const struct ca_inputs *inputs;
    /* To be filled by the command: registry, catalogue, engine, digests, context, make,
     * take, and tick if it wants one; the rest is seen to here. */
    struct ca_pool_options pool;
    bool interrupted; /* by Ctrl-C; what was taken before is done */
    size_t done;
    struct ca_buffer said;     /* what waits to be written on standard error */
    struct ca_many_work *work; /* between open and run; NULL */
};

/* From --jobs and --timeout. False, with a complaint, if they make no sense. */
bool ca_many_init(struct ca_many *many, struct ca_cli *cli, const struct ca_args *args);

/*
 * Before the templates are added: they are read by the process that will read the first return.
 * All that the command's make needs is there already; the inputs need not be. To be closed,
 * whether it runs or not.
 */
void ca_many_open(struct ca_many *many);
void ca_many_close(struct ca_many *many);

/* Over all inputs, open or not. What a reply says goes to standard error before it is taken. */
enum ca_code ca_many_run(struct ca_many *many, struct ca_error *error);

/* Writes what waits, for a command that has something of its own to say behind it. */
void ca_many_speak(struct ca_many *many);

/* For a command's make: diagnostics and immediate alerts, as they are to be said. */
void ca_many_say(const struct ca_cli *cli, const struct ca_scored *scored,
                 struct ca_pool_made *made);

#define CA_MANY_OPTIONS                                                                        \
    {"jobs", 'j', "N", false, "processes at work (default: one a processor)"},                 \
    {                                                                                          \
        "timeout", 0, "SECONDS", false, "give up on a return after so long (default 10)"       \
    }

#endif
