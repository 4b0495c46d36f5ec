/* Options of the verbs that add up, and where their text goes. */
#include "core/cli/asked.h"

#include <string.h>
#include <sys/ioctl.h>
#include <unistd.h>

#include "core/base/decimal.h"
#include "core/cli/apart.h"
#include "core/insight/disclosure.h"
#include "core/report/text/layout.h"

static void ask_templates(struct ca_asked *asked, const char *list)
{
    const char **ids = CA_ARRAY(asked->arena, strlen(list) + 1, const char *);
    size_t count = 0;

    for (const char *at = list; *at != '\0'; at += *at == ',') {
        size_t length = strcspn(at, ",");
        if (length > 0)
            ids[count++] = ca_arena_strndup(asked->arena, at, length);
        at += length;
    }
    asked->request.templates = ids;
    asked->request.template_count = count;
}

/* Which audits: one way of choosing at most. */
static bool ask_which(struct ca_asked *asked, const struct ca_args *args)
{
    static const char *const ways[] = {"template", "framework", "series"};
    size_t given = 0;

    for (size_t i = 0; i < sizeof ways / sizeof *ways; i++)
        given += ca_args_has(args, ways[i]);
    if (given > 1) {
        ca_misused(args->verb, "give one of --template, --framework and --series");
        return false;
    }
    asked->request.framework = ca_args_get(args, "framework", NULL);
    if (ca_args_has(args, "template")) {
        const char **id = CA_ARRAY(asked->arena, 1, const char *);
        *id = ca_args_get(args, "template", "");
        asked->request.templates = id;
        asked->request.template_count = 1;
    }
    if (!ca_args_has(args, "series"))
        return true;
    ask_templates(asked, ca_args_get(args, "series", ""));
    if (asked->request.template_count < 2)
        ca_misused(args->verb, "--series joins two templates or more, as in --series old,new");
    return asked->request.template_count >= 2;
}

static bool ask_numbers(struct ca_asked *asked, const struct ca_args *args)
{
    const char *as_of = ca_args_get(args, "as-of", NULL);
    const char *threshold = ca_args_get(args, "threshold", NULL);
    int64_t most;

    asked->request.as_of = CA_NO_DATE;
    if (as_of != NULL && !ca_date_parse(as_of, &asked->request.as_of)) {
        ca_misused(args->verb, "--as-of '%s' is no date; write it as 2024-03-31", as_of);
        return false;
    }
    if (threshold == NULL)
        return true;
    if (!ca_integer_parse(threshold, 1, 1000, &most)) {
        ca_misused(args->verb, "--threshold '%s' is no number from 1 to 1000", threshold);
        return false;
    }
    asked->request.threshold = most;
    return true;
}

bool ca_ask(struct ca_asked *asked, const struct ca_args *args)
{
    struct ca_summary_request *request = &asked->request;
    const char **by = CA_ARRAY(asked->arena, args->option_count, const char *);
    const char *value;

    request->period = ca_args_get(args, "period", NULL);
    request->periods = ca_args_get(args, "periods", NULL);
    request->compare = ca_args_get(args, "compare", NULL);
    request->authority = ca_args_get(args, "authority", NULL);
    for (size_t i = 0; (value = ca_args_nth(args, "by", i)) != NULL; i++)
        by[request->by_count++] = value;
    request->by = by;
    request->apart = ca_cli_apart;
    ca_audience_parse(ca_args_get(args, "audience", "operational"), &request->audience);
    return ask_which(asked, args) && ask_numbers(asked, args);
}

/* ---- writing ---- */

size_t ca_page_width(const char *path)
{
    struct winsize size;

    if (path != NULL && strcmp(path, "-") != 0)
        return CA_LAYOUT_WIDTH;
    if (!isatty(STDOUT_FILENO) || ioctl(STDOUT_FILENO, TIOCGWINSZ, &size) != 0 ||
        size.ws_col == 0)
        return CA_LAYOUT_WIDTH;
    return size.ws_col < CA_LAYOUT_NARROWEST ? CA_LAYOUT_NARROWEST
           : size.ws_col < CA_LAYOUT_WIDEST  ? size.ws_col
                                             : CA_LAYOUT_WIDEST;
}
