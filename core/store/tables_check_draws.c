/* Samples: are their cases those that were drawn, and is only erased what is told to be? */
#include "core/store/tables_check.h"
#include "core/store/tables_draws.h"

static void check_content(struct ca_check *check)
{
    struct ca_statement *row = ca_check_query(check, ca_sql_check_draws);
    bool good;

    while (ca_check_next(check, row)) {
        if (ca_tables_check_draw(check->s, ca_sql_integer(row, 0), &good, &check->error) !=
            CA_OK)
            ca_check_fault(check, "%s", check->error.message);
        else if (!good)
            ca_check_fault(check, "the cases or fingerprints of sample '%s' were changed",
                           ca_sql_word(row, 1));
    }
}

static void check_allocations(struct ca_check *check)
{
    struct ca_statement *row = ca_check_query(check, ca_sql_check_allocations);
    bool good;

    while (ca_check_next(check, row)) {
        if (ca_tables_check_allocation(check->s, ca_sql_integer(row, 0), &good,
                                       &check->error) != CA_OK)
            ca_check_fault(check, "%s", check->error.message);
        else if (!good)
            ca_check_fault(check, "who audits which case of sample '%s' was changed",
                           ca_sql_word(row, 1));
    }
}

/* Columns: the sample, salt, NULL, why, commitment. */
static void check_reasons(struct ca_check *check)
{
    struct ca_statement *row = ca_check_query(check, ca_sql_check_replacements);

    while (ca_check_next(check, row))
        if (!ca_tables_is_sealed(row, 1))
            ca_check_fault(check, "why a case of sample '%s' was replaced was changed",
                           ca_sql_word(row, 0));
}

static void check_blanks(struct ca_check *check)
{
    struct ca_statement *row = ca_check_query(check, ca_sql_check_forgotten);

    while (ca_check_next(check, row))
        ca_check_fault(check,
                       "cases of sample '%s' have no content and were not erased, or were "
                       "erased and are there",
                       ca_sql_word(row, 0));
}

void ca_check_draws(struct ca_check *check)
{
    check_content(check);
    check_allocations(check);
    check_reasons(check);
    check_blanks(check);
}
