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
#include "core/cli/exhausted.h"
#include "core/cli/cli.h"
#include "core/cli/complete.h"
#include "core/cli/formats.h"
#include "core/cli/interrupt.h"
#include "core/frameworks/services.h"
#include "core/store/password.h"
#include "core/store/store.h"
#include "core/work/template_apart.h"

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

/* Does the verb mean something else by the option than all others do? */
static bool has_own(const struct ca_verb *verb, const char *name)
{
    for (size_t i = 0; verb->options[i].name != NULL; i++)
        if (strcmp(verb->options[i].name, name) == 0)
            return true;
    return false;
}

/* The system's name for who runs this, and the role given; false, with a complaint, if that is
 * no code of a role. */
static bool find_who(const struct ca_args *args, struct ca_buffer *who)
{
    const char *as = has_own(args->verb, "as") ? NULL : ca_args_get(args, "as", NULL);
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
    ca_registry_keep_apart(cli->registry, ca_describe_apart, NULL);
    for (size_t i = 0; (folder = ca_args_nth(args, "plugin-dir", i)) != NULL; i++)
        ca_registry_add_path(cli->registry, folder);
    ca_registry_add_standard_paths(cli->registry);
}

/* Is the store named in a way that one can be, and can results go where they go? */
static bool fits(const struct ca_cli *cli, const struct ca_args *args)
{
    struct ca_error error;

    if ((cli->store == NULL || ca_store_look_at_uri(cli->store, &error) == CA_OK) &&
        ca_output_stdout_allowed(args, NULL, &error) == CA_OK)
        return true;
    ca_complain("%s", error.message);
    return false;
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
    status = fits(&cli, args) ? args->verb->run(&cli, args) : CA_EXIT_USAGE;
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

/* What was given, and with it the format that the name of the output decides. */
static bool understand(int argc, char **argv, struct ca_args *args)
{
    return ca_args_parse(argc, argv, args) &&
           (args->verb == NULL || ca_args_has(args, "help") || ca_args_settle_format(args));
}

/* The list of processes shows a command's words to everybody: no password stays in them.
 * Covered are what names a store, and a store's URI in any other place. */
static void cover_passwords(int argc, char **argv)
{
    static const char *const begins[] = {"postgresql://", "postgres://"};

    for (int i = 1; i < argc; i++) {
        char *uri = NULL;
        for (size_t k = 0; k < sizeof begins / sizeof *begins && uri == NULL; k++)
            uri = strcasestr(argv[i], begins[k]);
        if (uri == NULL && strcmp(argv[i - 1], "--store") == 0)
            uri = argv[i];
        else if (uri == NULL && strncmp(argv[i], "--store=", 8) == 0)
            uri = argv[i] + 8;
        if (uri != NULL)
            ca_password_cover(uri);
    }
}

int main(int argc, char **argv)
{
    struct ca_args args;
    int status;

    keep_standard_streams();
    set_characters();
    cover_passwords(argc, argv);
    ca_exhausted_catch();
    signal(SIGXFSZ, SIG_IGN); /* a file that may not grow is an error that is told in words */
    if (argc > 1 && strcmp(argv[1], "--complete") == 0)
        return flushed(ca_complete(argc - 2, argv + 2));
    status = understand(argc, argv, &args) ? run(&args) : CA_EXIT_USAGE;
    ca_args_free(&args);
    status = flushed(status);
    ca_interrupt_obey();
    return status;
}
