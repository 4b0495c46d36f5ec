/* May this return replace the one that is stored under its id? */
#include "core/store/revision.h"

#include <string.h>

#include "core/base/code.h"

/* More than a year between the dates of what should be one audit. */
static bool far_apart(ca_date a, ca_date b)
{
    ca_date a_year_later;

    ca_date_add(a < b ? a : b, 1, CA_YEARS, &a_year_later);
    return (a < b ? b : a) > a_year_later;
}

/* "case 'C1' by template 'x' on 2024-06-03", with no more of it than differs. */
static void add_audit(struct ca_buffer *out, const struct ca_audited *audit, bool of_case,
                      bool by_template, bool on_date)
{
    char date[CA_DATE_SIZE];

    if (of_case)
        ca_buffer_printf(out, " of case '%s'", audit->case_ref);
    if (by_template)
        ca_buffer_printf(out, " by template '%s'", audit->template_id);
    if (on_date)
        ca_buffer_printf(out, " on %s", ca_date_format(audit->audit_date, date));
}

bool ca_is_same_audit(const struct ca_record *record, const struct ca_audited *before,
                      struct ca_buffer *why)
{
    const struct ca_audited now = {record->template_id, record->case_ref, record->audit_date};
    const bool other_case = !ca_same_code(now.case_ref, before->case_ref);
    const bool other_template = strcmp(now.template_id, before->template_id) != 0;
    const bool other_time = far_apart(now.audit_date, before->audit_date);

    if (!other_case && !other_template && !other_time)
        return true;
    ca_buffer_printf(why, "return '%s' is in the store already, as an audit",
                     record->return_id);
    add_audit(why, before, other_case, other_template, other_time);
    ca_buffer_puts(why, "; this one is an audit");
    add_audit(why, &now, other_case, other_template, other_time);
    ca_buffer_puts(why, ". Each audit needs an id of its own: the ID column of Microsoft Forms "
                        "begins at 1 in every form, so let 'convert' make the ids. If this "
                        "corrects the audit in the store, say so with --new-revision");
    return false;
}
