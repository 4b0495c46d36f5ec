#ifndef CA_CLI_FIGURES_SUBJECT_H
#define CA_CLI_FIGURES_SUBJECT_H

#include "core/cli/cli.h"
#include "core/insight/period.h"
#include "core/store/query.h"

/* What a population or benchmark is set for: a template or a framework, and a period. */
struct ca_figures_subject {
    struct ca_arena *arena;
    const char *template, *framework; /* one of them */
    struct ca_stored_template *templates;
    size_t template_count;
    struct ca_period period;
};

const char *ca_figures_subject_name(const struct ca_figures_subject *subject);

/* Finds the templates and the period that `when` says (NULL: none), and says how that is taken.
 * What nobody knows is a slip of the pen: CA_ERROR_NOT_FOUND, with what there is. */
enum ca_code ca_figures_subject_find(const struct ca_cli *cli, struct ca_store *store,
                                     const char *when, struct ca_figures_subject *subject,
                                     struct ca_error *error);

struct ca_stored_period ca_figures_subject_period(const struct ca_figures_subject *subject);

/* The same first and last day, whatever they are called. */
static inline bool ca_same_days(const struct ca_stored_period *a,
                                const struct ca_stored_period *b)
{
    return a->from == b->from && a->to == b->to;
}

#endif
