/* All the verbs, and the options that all of them have. */
#include "core/cli/verbs.h"

#include <stddef.h>

const struct ca_option_row ca_global_options[] = {
    {"store", 0, "URI", false, "the store, sqlite:PATH (also CASEAUDIT_STORE)"},
    {"plugin-dir", 0, "DIR", true, "look for frameworks here first"},
    {"as", 0, "CODE", false, "the role you act in, for the ledger beside your user name"},
    {"today", 0, "DATE", false, "the day that counts as today (default: this machine's date)"},
    {"quiet", 'q', NULL, false, "say nothing but results and errors"},
    {"verbose", 'v', NULL, false, "say more about what is done"},
    {"color", 0, "auto|always|never", false, "colour in the terminal (also NO_COLOR)"},
    {"no-progress", 0, NULL, false, "no progress bar"},
    {"help", 'h', NULL, false, "show this and stop"},
    {"version", 0, NULL, false, "show the version and stop"},
    {NULL, 0, NULL, false, NULL}};

const struct ca_verb *const ca_verbs[] = {
    &ca_verb_score,           &ca_verb_record,          &ca_verb_summary,
    &ca_verb_moderation,      &ca_verb_moderation_next, &ca_verb_followup_list,
    &ca_verb_framework_list,  &ca_verb_framework_show,  &ca_verb_template_check,
    &ca_verb_template_form,   &ca_verb_template_blank,  &ca_verb_merge,
    &ca_verb_convert,         &ca_verb_store_init,      &ca_verb_store_info,
    &ca_verb_store_check,     &ca_verb_store_set,       &ca_verb_store_backup,
    &ca_verb_store_head,      &ca_verb_store_key,       &ca_verb_store_sign,
    &ca_verb_store_export,    &ca_verb_store_import,    &ca_verb_template_load,
    &ca_verb_template_list,   &ca_verb_template_show,   &ca_verb_template_export,
    &ca_verb_template_retire, &ca_verb_template_diff,   &ca_verb_template_history,
    &ca_verb_sample_draw,     &ca_verb_sample_list,     &ca_verb_sample_show,
    &ca_verb_sample_status,   &ca_verb_population_set,  &ca_verb_population_list,
    &ca_verb_benchmark_set,   &ca_verb_benchmark_list,  &ca_verb_audit_list,
    &ca_verb_audit_show,      &ca_verb_audit_history,   &ca_verb_audit_export,
    &ca_verb_audit_withdraw,  &ca_verb_audit_restore,   &ca_verb_audit_erase,
    &ca_verb_audit_expire,    &ca_verb_ledger,          &ca_verb_action_list,
    &ca_verb_action_complete, &ca_verb_action_verify,   &ca_verb_action_reopen,
    &ca_verb_history_import,  &ca_verb_history_list,    &ca_verb_indicator_import,
    &ca_verb_indicator_list,  &ca_verb_indicator_show,  NULL, /* one a line */
};
