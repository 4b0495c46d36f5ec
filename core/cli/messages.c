#include "core/cli/cli.h"

#include <stdarg.h>
#include <wchar.h>
#include <wctype.h>

/* ---- text that comes from documents ---- */

/* Characters that steer a terminal, or the direction of writing, never reach it. */
static bool harmless(unsigned c)
{
    if (c < 0x20)
        return c == '\n' || c == '\t';
    return c != 0x7F && !(c >= 0x80 && c <= 0x9F) && c != 0x061C &&
           !(c >= 0x200E && c <= 0x200F) && !(c >= 0x202A && c <= 0x202E) &&
           !(c >= 0x2066 && c <= 0x2069) && c != 0xFEFF;
}

/* One character of UTF-8; *length bytes. Bytes that are none stand for U+FFFD. */
static unsigned decode(const unsigned char *text, size_t *length)
{
    static const unsigned least[] = {0, 0, 0x80, 0x800, 0x10000};
    size_t n = text[0] < 0x80   ? 1
               : text[0] < 0xC0 ? 0
               : text[0] < 0xE0 ? 2
               : text[0] < 0xF0 ? 3
               : text[0] < 0xF8 ? 4
                                : 0;
    unsigned c = n == 1 ? text[0] : n == 0 ? 0 : text[0] & (0x7Fu >> n);

    *length = 1;
    for (size_t i = 1; i < n; i++) {
        if ((text[i] & 0xC0) != 0x80)
            return 0xFFFD;
        c = c << 6 | (text[i] & 0x3Fu);
    }
    if (n == 0 || c < least[n] || c > 0x10FFFF || (c >= 0xD800 && c <= 0xDFFF))
        return 0xFFFD;
    *length = n;
    return c;
}

void ca_print_safe(FILE *out, const char *text)
{
    const unsigned char *p = (const unsigned char *)text;
    size_t length;

    for (; *p != '\0'; p += length) {
        unsigned c = decode(p, &length);
        if (c == 0xFFFD || !harmless(c))
            fputs("\xEF\xBF\xBD", out);
        else
            fwrite(p, 1, length, out);
    }
}

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

int ca_misused(const struct ca_verb *verb, const char *format, ...)
{
    char message[1024];
    va_list args;

    va_start(args, format);
    vsnprintf(message, sizeof message, format, args);
    va_end(args);
    ca_complain("%s; see 'caseaudit %s%s--help'", message, verb ? verb->name : "",
                verb ? " " : "");
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

void ca_print_diags(const struct ca_cli *cli, const char *file, const struct ca_diags *diags)
{
    for (size_t i = 0; i < diags->count; i++) {
        const struct ca_diag *diag = &diags->items[i];
        bool error = diag->severity == CA_ERROR;
        const char *colour = error ? "\033[1;31m" : "\033[1;35m";
        if (!error && cli->quiet)
            continue;
        ca_print_safe(stderr, file);
        fprintf(stderr, ":%d:%d: %s%s:%s ", diag->line, diag->column,
                cli->color_err ? colour : "", error ? "error" : "warning",
                cli->color_err ? "\033[0m" : "");
        ca_print_safe(stderr, diag->message);
        fputc('\n', stderr);
    }
}
