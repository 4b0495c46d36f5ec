/* What is followed up: how audits were graded, what moderators changed, what is to be improved.
 */
#include "core/model/template.h"
#include "core/store/tables_query.h"

static struct ca_stored_grading take_grading(struct ca_statement *row)
{
    return (struct ca_stored_grading){.return_id = ca_sql_word(row, 0),
                                      .case_ref = ca_sql_word(row, 1),
                                      .auditor = ca_sql_word(row, 2),
                                      .template_id = ca_sql_word(row, 3),
                                      .template_version = ca_sql_word(row, 4),
                                      .audit_date = ca_sql_date(row, 5),
                                      .grade_id = ca_sql_text(row, 6),
                                      .attribute = ca_sql_text(row, 7),
                                      .grade = ca_sql_small(row, 8),
                                      .moderated = ca_sql_small(row, 9),
                                      .auditors = ca_sql_small(row, 10),
                                      .cap = ca_sql_small(row, 11),
                                      .worst = ca_sql_small(row, 12),
                                      .changed = (int)ca_sql_integer(row, 13) != 0,
                                      .diverges = (int)ca_sql_integer(row, 14) != 0,
                                      .capped = (int)ca_sql_integer(row, 15) != 0,
                                      .immediate = (int)ca_sql_integer(row, 16) != 0,
                                      .urgent = (int)ca_sql_integer(row, 17) != 0,
                                      .earlier = ca_sql_small(row, 18),
                                      .earlier_revision = (int)ca_sql_integer(row, 19)};
}

enum ca_code ca_tables_each_grading(struct ca_store *store, const struct ca_query *query,
                                    const char *attribute, ca_grading_visit visit,
                                    void *context, struct ca_error *error)
{
    struct ca_tables *s = ca_tables_of(store);
    struct ca_buffer names = {0};
    struct ca_stored_grading grading;
    struct ca_statement *row = ca_sql(s, error, ca_sql_list_gradings, "tttddt",
                                      CA_QUERY_VALUES(query, &names), attribute);
    enum ca_code code = CA_OK;
    bool going = true;

    while (going && ca_sql_row(s, row, &code, error)) {
        grading = take_grading(row);
        going = visit(context, &grading);
    }
    ca_buffer_free(&names);
    ca_sql_reset(row);
    return code;
}

/* The status, where there is no answer. */
static const char *answer_of(struct ca_statement *row, int column)
{
    const char *answer = ca_sql_text(row, column);
    int status = (int)ca_sql_integer(row, column + 1);

    if (answer != NULL)
        return answer;
    return status >= 0 && status <= CASEAUDIT_NOT_APPLYING
               ? ca_status_name((enum caseaudit_status)status)
               : "";
}

enum ca_code ca_tables_each_changed_answer(struct ca_store *store, const struct ca_query *query,
                                           ca_answer_visit visit, void *context,
                                           struct ca_error *error)
{
    struct ca_tables *s = ca_tables_of(store);
    struct ca_buffer names = {0};
    struct ca_statement *row =
        ca_sql(s, error, ca_sql_list_changed_answers, "tttdd", CA_QUERY_VALUES(query, &names));
    enum ca_code code = CA_OK;
    bool going = true;

    while (going && ca_sql_row(s, row, &code, error)) {
        const struct ca_stored_answer answer = {.template_id = ca_sql_word(row, 0),
                                                .template_version = ca_sql_word(row, 1),
                                                .standard = ca_sql_word(row, 2),
                                                .label = ca_sql_word(row, 3),
                                                .audited = ca_sql_word(row, 4),
                                                .answer = answer_of(row, 5),
                                                .score = ca_sql_small(row, 7)};
        going = visit(context, &answer);
    }
    ca_buffer_free(&names);
    ca_sql_reset(row);
    return code;
}

enum ca_code ca_tables_each_improvement(struct ca_store *store, const struct ca_query *query,
                                        ca_improvement_visit visit, void *context,
                                        struct ca_error *error)
{
    struct ca_tables *s = ca_tables_of(store);
    struct ca_buffer names = {0};
    struct ca_statement *row =
        ca_sql(s, error, ca_sql_list_improvements, "tttdd", CA_QUERY_VALUES(query, &names));
    enum ca_code code = CA_OK;
    bool going = true;

    while (going && ca_sql_row(s, row, &code, error))
        going = visit(context, ca_sql_word(row, 0), ca_sql_text(row, 1), ca_sql_text(row, 2));
    ca_buffer_free(&names);
    ca_sql_reset(row);
    return code;
}
