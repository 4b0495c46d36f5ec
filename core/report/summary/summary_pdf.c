/* The page of a summary printed as PDF. */
#include "core/report/summary/summary_pdf.h"

#include <errno.h>
#include <spawn.h>
#include <stdio.h>
#include <string.h>
#include <sys/wait.h>
#include <unistd.h>

#include "core/base/file.h"
#include "core/report/summary/summary_html.h"
#include "core/report/summary/temporary.h"

enum { PDF_BYTES = 256 << 20 };

extern char **environ;

/* Runs the program and waits; what it says goes to standard error, as ours does. */
static enum ca_code run(const char *const *arguments, struct ca_error *error)
{
    pid_t child;
    int status, failed;

    failed = posix_spawnp(&child, arguments[0], NULL, NULL, (char *const *)arguments, environ);
    if (failed == ENOENT)
        return ca_fail(error, CA_ERROR_NOT_FOUND,
                       "PDF is made with the program '%s', which is not installed; on Debian: "
                       "apt-get install %s. Or print --format html from a browser",
                       arguments[0], arguments[0]);
    if (failed != 0)
        return ca_fail(error, CA_ERROR_IO, "'%s' cannot be run: %s", arguments[0],
                       strerror(failed));
    while (waitpid(child, &status, 0) < 0)
        if (errno != EINTR)
            return ca_fail(error, CA_ERROR_IO, "'%s' was lost: %s", arguments[0],
                           strerror(errno));
    if (!WIFEXITED(status) || WEXITSTATUS(status) != 0)
        return ca_fail(error, CA_ERROR_IO, "'%s' failed", arguments[0]);
    return CA_OK;
}

static enum ca_code convert(const struct ca_buffer *page, const char *folder,
                            struct ca_buffer *bytes, struct ca_error *error)
{
    char html[CA_TEMPORARY_SIZE + 16], pdf[CA_TEMPORARY_SIZE + 16];
    /* The page refers to nothing outside it; the base is one that leads nowhere. The
     * identifier is fixed so that the same summary gives the same bytes. */
    const char *const arguments[] = {"weasyprint",
                                     "--quiet",
                                     "--encoding",
                                     "utf-8",
                                     "--base-url",
                                     "about:blank",
                                     "--pdf-variant",
                                     "pdf/ua-1",
                                     "--pdf-identifier",
                                     "caseaudit-summary",
                                     html,
                                     pdf,
                                     NULL};
    enum ca_code code;

    snprintf(html, sizeof html, "%s/page.html", folder);
    snprintf(pdf, sizeof pdf, "%s/page.pdf", folder);
    code = ca_file_write(html, page->data, page->length, error);
    if (code == CA_OK)
        code = run(arguments, error);
    if (code == CA_OK)
        code = ca_file_read(pdf, PDF_BYTES, bytes, error);
    return code;
}

enum ca_code ca_summary_pdf(struct ca_buffer *out, const struct ca_summary *s,
                            const struct ca_theme *theme, struct ca_error *error)
{
    struct ca_buffer page = {0}, bytes = {0};
    char folder[CA_TEMPORARY_SIZE];
    enum ca_code code = ca_temporary_new(folder, error);

    if (code != CA_OK)
        return code;
    ca_summary_html(&page, s, theme);
    code = convert(&page, folder, &bytes, error);
    ca_temporary_remove(folder);
    if (code == CA_OK)
        ca_buffer_add(out, bytes.data, bytes.length);
    ca_buffer_free(&page);
    ca_buffer_free(&bytes);
    return code;
}
