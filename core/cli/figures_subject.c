/* What a population or benchmark is set for. */
#include "core/cli/figures_subject.h"

#include "core/cli/store_access.h"

const char *ca_figures_subject_name(const struct ca_figures_subject *subject)
{
    return subject->template != NULL ? subject->template : subject->framework;
}

/* What begins next quarter may be planned for; what begins in years is mistyped. */
static void warn_of_far(const struct ca_cli *cli, const struct ca_period *period)
{
    char from[CA_DATE_SIZE];
    ca_date most;

    if (ca_date_add(cli->today, 1, CA_YEARS, &most) && period->from > most)
        ca_remark(cli,
                  "warning: %s begins on %s, more than a year from now; is the year right?",
                  period->id, ca_date_format(period->from, from));
}

enum ca_code ca_figures_subject_find(const struct ca_cli *cli, struct ca_store *store,
                                     const char *when, struct ca_figures_subject *subject,
                                     struct ca_error *error)
{
    const struct ca_query query = {.template_ids = &subject->template,
                                   .template_count = subject->template != NULL,
                                   .framework = subject->framework,
                                   .from = CA_NO_DATE,
                                   .to = CA_NO_DATE};
    enum ca_code code;

    if (when != NULL && !ca_cli_period(store, when, &subject->period, error))
        return error->code;
    code = ca_store_templates(store, &query, subject->arena, &subject->templates,
                              &subject->template_count, error);
    if (code == CA_OK && subject->template_count == 0)
        code = ca_fail(
            error, CA_ERROR_NOT_FOUND, "no template %s'%s' is in the store; %s",
            subject->template != NULL ? "" : "of framework ", ca_figures_subject_name(subject),
            subject->template != NULL ? ca_cli_templates_there_are(store, subject->arena)
                                      : ca_cli_frameworks_there_are(store, subject->arena));
    if (code == CA_OK && when != NULL) {
        ca_cli_say_year(cli, &subject->period);
        warn_of_far(cli, &subject->period);
    }
    return code;
}

struct ca_stored_period ca_figures_subject_period(const struct ca_figures_subject *subject)
{
    return (struct ca_stored_period){subject->period.id, subject->period.from,
                                     subject->period.to};
}
