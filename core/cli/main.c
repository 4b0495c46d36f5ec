/* The command line: find the verb, prepare its surroundings, run it. */
#include "config.h"

#include <errno.h>
#include <fcntl.h>
#include <locale.h>
#include <pwd.h>
#include <signal.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>
#include <unistd.h>

#include "core/base/code.h"
#include "core/cli/cli.h"
#include "core/cli/complete.h"
#include "core/cli/interrupt.h"
#include "core/cli/verbs.h"
#include "core/frameworks/services.h"

const struct ca_option_row ca_global_options[] = {
    {"store", 0, "URI", false, "the store, sqlite:PATH (also CASEAUDIT_STORE)"},
    {"plugin-dir", 0, "DIR", true, "look for frameworks here first"},
    {"as", 0, "CODE", false, "the role you act in, for the ledger beside your user name"},
    {"today", 0, "DATE", false, "the day that counts as today (default: this machine's date)"},
    {"quiet", 'q', NULL, false, "say nothing but results and errors"},
    {"verbose", 'v', NULL, false, "say more about what is done"},
    {"color", 0, "auto|always|never", false, "colour in the terminal (also NO_COLOR)"},
    {"no-progress", 0, NULL, false, "no progress bar"},
    {"help", 'h', NULL, false, "show this and stop"},
    {"version", 0, NULL, false, "show the version and stop"},
    {NULL, 0, NULL, false, NULL}};

const struct ca_verb *const ca_verbs[] = {
    &ca_verb_score,
    &ca_verb_record,
    &ca_verb_summary,
    &ca_verb_moderation,
    &ca_verb_framework_list,
    &ca_verb_framework_show,
    &ca_verb_template_check,
    &ca_verb_template_form,
    &ca_verb_template_blank,
    &ca_verb_merge,
    &ca_verb_convert,
    &ca_verb_store_init,
    &ca_verb_store_info,
    &ca_verb_store_check,
    &ca_verb_store_set,
    &ca_verb_store_backup,
    &ca_verb_store_head,
    &ca_verb_store_key,
    &ca_verb_store_sign,
    &ca_verb_store_export,
    &ca_verb_store_import,
    &ca_verb_template_load,
    &ca_verb_template_list,
    &ca_verb_template_show,
    &ca_verb_template_export,
    &ca_verb_template_retire,
    &ca_verb_template_diff,
    &ca_verb_template_history,
    &ca_verb_population_set,
    &ca_verb_population_list,
    &ca_verb_benchmark_set,
    &ca_verb_benchmark_list,
    &ca_verb_audit_list,
    &ca_verb_audit_show,
    &ca_verb_audit_history,
    &ca_verb_audit_export,
    &ca_verb_audit_withdraw,
    &ca_verb_audit_restore,
    &ca_verb_audit_erase,
    &ca_verb_audit_expire,
    &ca_verb_ledger,
    &ca_verb_action_list,
    &ca_verb_action_complete,
    &ca_verb_action_verify,
    &ca_verb_action_reopen,
    &ca_verb_history_import,
    &ca_verb_history_list,
    &ca_verb_indicator_import,
    &ca_verb_indicator_list,
    &ca_verb_indicator_show,
    NULL,
};

/* Widths of characters need a UTF-8 locale; everything else stays as in C, so that no
 * number or order depends on where the program runs. */
static void set_characters(void)
{
    const char *codeset;

    codeset = setlocale(LC_CTYPE, "");
    if (codeset == NULL ||
        (strstr(codeset, "UTF-8") == NULL && strstr(codeset, "utf8") == NULL))
        setlocale(LC_CTYPE, "C.UTF-8");
}

static bool coloured(const char *when, int descriptor)
{
    const char *no_color = getenv("NO_COLOR");
    const char *term = getenv("TERM");

    if (strcmp(when, "auto") != 0)
        return strcmp(when, "always") == 0;
    return isatty(descriptor) && (no_color == NULL || *no_color == '\0') &&
           (term == NULL || strcmp(term, "dumb") != 0);
}

/* Today where the user is, unless another day is said; false, with a complaint, if it is
 * none. */
static bool find_today(const struct ca_args *args, ca_date *today)
{
    const char *given = ca_args_get(args, "today", NULL);
    time_t now = time(NULL);
    struct tm local;

    if (given != NULL) {
        if (!ca_date_parse(given, today))
            ca_misused(args->verb, "--today '%s' is no date; write it as 2024-03-31", given);
        return ca_date_parse(given, today);
    }
    localtime_r(&now, &local);
    *today = ca_date_from_ymd(local.tm_year + 1900, local.tm_mon + 1, local.tm_mday);
    return true;
}

/* What a framework logs outside the workers: while it is loaded, of templates. */
static void remark_logged(void *context, const char *text)
{
    const struct ca_cli *cli = context;

    if (cli->verbose)
        ca_remark(cli, "framework logs: %s", text);
}

/* The system's name for who runs this, and the role given; false, with a complaint, if that is
 * no code of a role. */
static bool find_who(const struct ca_args *args, struct ca_buffer *who)
{
    const char *as = ca_args_get(args, "as", NULL);
    const struct passwd *user = getpwuid(geteuid());

    if (as != NULL && !ca_is_code(as)) {
        ca_misused(args->verb, "--as '%s' is no role code, such as QA1", as);
        return false;
    }
    if (user != NULL)
        ca_buffer_puts(who, user->pw_name);
    else
        ca_buffer_printf(who, "uid %ld", (long)geteuid());
    if (as != NULL)
        ca_buffer_printf(who, " as %s", as);
    return true;
}

static void prepare(struct ca_cli *cli, const struct ca_args *args)
{
    const char *when = ca_args_get(args, "color", "auto"), *folder;

    cli->quiet = ca_args_has(args, "quiet");
    cli->verbose = ca_args_has(args, "verbose");
    cli->progress = !cli->quiet && !ca_args_has(args, "no-progress") && isatty(STDERR_FILENO);
    cli->color_out = coloured(when, STDOUT_FILENO);
    cli->color_err = coloured(when, STDERR_FILENO);
    cli->store = ca_args_get(args, "store", getenv("CASEAUDIT_STORE"));
    ca_host_init(&cli->host);
    cli->host.log = remark_logged;
    cli->host.log_context = cli;
    cli->registry = ca_registry_new(&cli->host);
    for (size_t i = 0; (folder = ca_args_nth(args, "plugin-dir", i)) != NULL; i++)
        ca_registry_add_path(cli->registry, folder);
    ca_registry_add_standard_paths(cli->registry);
}

/* What was printed must have arrived: a full disk is no success. */
static int flushed(int status)
{
    errno = 0;
    if (fflush(stdout) == 0 && !ferror(stdout))
        return status;
    /* A write that failed earlier has left no reason but the likeliest. */
    ca_complain("cannot write to standard output: %s", ca_reason(errno ? errno : ENOSPC));
    return CA_EXIT_FAILED;
}

static int run(const struct ca_args *args)
{
    struct ca_cli cli = {0};
    struct ca_buffer who = {0};
    int status;

    if (ca_args_has(args, "help") || args->group != NULL) {
        ca_print_help(stdout, args->verb, args->group);
        return CA_EXIT_DONE;
    }
    if (ca_args_has(args, "version")) {
        puts(PACKAGE_STRING);
        return CA_EXIT_DONE;
    }
    if (args->verb == NULL) {
        ca_print_help(stderr, NULL, NULL);
        return CA_EXIT_USAGE;
    }
    if (!find_today(args, &cli.today) || !find_who(args, &who)) {
        ca_buffer_free(&who);
        return CA_EXIT_USAGE;
    }
    cli.who = who.data;
    prepare(&cli, args);
    status = args->verb->run(&cli, args);
    ca_registry_free(cli.registry);
    ca_buffer_free(&who);
    return status;
}

/* A closed standard stream would give its number to the next file that is opened, and
 * results would end up there. What stands in its place refuses to be used. */
static void keep_standard_streams(void)
{
    for (int descriptor = STDIN_FILENO; descriptor <= STDERR_FILENO; descriptor++)
        if (fcntl(descriptor, F_GETFD) < 0 &&
            open("/dev/null", descriptor == STDIN_FILENO ? O_WRONLY : O_RDONLY) < 0)
            _exit(CA_EXIT_FAILED);
}

int main(int argc, char **argv)
{
    struct ca_args args;
    int status;

    keep_standard_streams();
    set_characters();
    signal(SIGXFSZ, SIG_IGN); /* a file that may not grow is an error that is told in words */
    if (argc > 1 && strcmp(argv[1], "--complete") == 0)
        return flushed(ca_complete(argc - 2, argv + 2));
    status = ca_args_parse(argc, argv, &args) ? run(&args) : CA_EXIT_USAGE;
    ca_args_free(&args);
    status = flushed(status);
    ca_interrupt_obey();
    return status;
}
