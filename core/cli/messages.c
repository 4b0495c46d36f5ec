/* What is said on standard error. */
#include "core/cli/cli.h"

#include <stdarg.h>
#include <string.h>

#include "core/cli/safe.h"

/* ---- messages ---- */

void ca_complain(const char *format, ...)
{
    char message[2048];
    va_list args;

    va_start(args, format);
    vsnprintf(message, sizeof message, format, args);
    va_end(args);
    fputs("caseaudit: ", stderr);
    ca_print_safe(stderr, message);
    fputc('\n', stderr);
}

void ca_complain_of(const char *file, const char *format, ...)
{
    char message[2048];
    va_list args;

    va_start(args, format);
    vsnprintf(message, sizeof message, format, args);
    va_end(args);
    ca_print_safe(stderr, file);
    fputs(":1:1: error: ", stderr);
    ca_print_safe(stderr, message);
    fputc('\n', stderr);
}

int ca_misused(const struct ca_verb *verb, const char *format, ...)
{
    char message[1024];
    va_list args;

    va_start(args, format);
    vsnprintf(message, sizeof message, format, args);
    va_end(args);
    ca_complain("%s%s see 'caseaudit %s%s--help'", message,
                strchr("?", message[strlen(message) - (*message != '\0')]) ? "" : ";",
                verb ? verb->name : "", verb ? " " : "");
    return CA_EXIT_USAGE;
}

void ca_remark(const struct ca_cli *cli, const char *format, ...)
{
    char message[2048];
    va_list args;

    if (cli->quiet)
        return;
    va_start(args, format);
    vsnprintf(message, sizeof message, format, args);
    va_end(args);
    ca_print_safe(stderr, message);
    fputc('\n', stderr);
}

void ca_say_diags(const struct ca_cli *cli, const char *file, const struct ca_diags *diags,
                  struct ca_buffer *out)
{
    for (size_t i = 0; i < diags->count; i++) {
        const struct ca_diag *diag = &diags->items[i];
        bool error = diag->severity == CA_ERROR;
        const char *colour = error ? "\033[1;31m" : "\033[1;35m";
        if (!error && cli->quiet)
            continue;
        ca_safe_line(out, file);
        ca_buffer_printf(out, ":%d:%d: %s%s:%s ", diag->line, diag->column,
                         cli->color_err ? colour : "", error ? "error" : "warning",
                         cli->color_err ? "\033[0m" : "");
        ca_safe_line(out, diag->message);
        ca_buffer_putc(out, '\n');
    }
}

void ca_print_diags(const struct ca_cli *cli, const char *file, const struct ca_diags *diags)
{
    struct ca_buffer text = {0};

    ca_say_diags(cli, file, diags, &text);
    if (text.length > 0)
        fwrite(text.data, 1, text.length, stderr);
    ca_buffer_free(&text);
}
