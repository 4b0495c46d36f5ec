/* A theme file, a zero byte, and its logo: the page that is made of them may hold no
 * address. */
#include "tests/fuzz/fuzz.h"

#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <strings.h>
#include <sys/mman.h>
#include <unistd.h>

#include "core/report/result/result_html.h"

/* What is written of a logo refers to its own parts alone: each opening bracket is that of
 * url(#logo- or of a word that fetches nothing. */
static void look_at(const char *markup)
{
    static const char reference[] = "url(#logo-";

    for (const char *at = markup; (at = strcasestr(at, "url(")) != NULL; at++)
        if (strncmp(at, reference, sizeof reference - 1) != 0)
            abort();
    if (strstr(markup, "//") != NULL || strchr(markup, '\\') != NULL)
        abort();
}

static void read_logo(const struct fuzz_part *logo)
{
    struct ca_buffer markup = {0};
    struct ca_error error;

    if (ca_logo_write(&markup, logo->bytes, logo->length, "Logo", &error) == CA_OK)
        look_at(markup.data);
    ca_buffer_free(&markup);
}

static void read_theme(const struct fuzz_part *text)
{
    int file = memfd_create("theme", MFD_CLOEXEC);
    struct ca_buffer page = {0};
    struct ca_theme theme;
    struct ca_error error;
    char path[64];

    snprintf(path, sizeof path, "/proc/self/fd/%d", file);
    if (file < 0 || write(file, text->bytes, text->length) != (ssize_t)text->length)
        abort();
    if (ca_theme_read(path, &theme, &error) == CA_OK) {
        ca_result_html_head(&page, &theme);
        ca_theme_free(&theme);
    }
    ca_buffer_free(&page);
    close(file);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    struct fuzz_part parts[2];

    fuzz_split(data, size, parts, 2);
    read_theme(&parts[0]);
    read_logo(&parts[1]);
    return 0;
}
