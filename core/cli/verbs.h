#ifndef CA_CLI_VERBS_H
#define CA_CLI_VERBS_H

#include "core/cli/args.h"

/* One file a group of verbs: verb_score.c, verb_framework.c, verb_template.c … */
extern const struct ca_verb ca_verb_score;
extern const struct ca_verb ca_verb_framework_list, ca_verb_framework_show;
extern const struct ca_verb ca_verb_template_check;
extern const struct ca_verb ca_verb_template_form, ca_verb_template_blank;
extern const struct ca_verb ca_verb_workbench;
extern const struct ca_verb ca_verb_merge, ca_verb_convert;

extern const struct ca_verb ca_verb_record;
extern const struct ca_verb ca_verb_store_init, ca_verb_store_info, ca_verb_store_check,
    ca_verb_store_grant, ca_verb_store_revoke, ca_verb_store_roles, ca_verb_store_set,
    ca_verb_store_backup, ca_verb_store_export, ca_verb_store_import;
extern const struct ca_verb ca_verb_template_load, ca_verb_template_list, ca_verb_template_show,
    ca_verb_template_export, ca_verb_template_retire, ca_verb_template_diff;
extern const struct ca_verb ca_verb_allocate;
extern const struct ca_verb ca_verb_sample_draw;
extern const struct ca_verb ca_verb_sample_verify;
extern const struct ca_verb ca_verb_sample_replace;
extern const struct ca_verb ca_verb_sample_list;
extern const struct ca_verb ca_verb_sample_show;
extern const struct ca_verb ca_verb_sample_status;
extern const struct ca_verb ca_verb_population_set, ca_verb_benchmark_set,
    ca_verb_benchmark_list;
extern const struct ca_verb ca_verb_action_list, ca_verb_action_complete, ca_verb_action_verify,
    ca_verb_action_reopen;
extern const struct ca_verb ca_verb_history_import, ca_verb_indicator_import,
    ca_verb_indicator_show;

extern const struct ca_verb ca_verb_audit_list, ca_verb_audit_show, ca_verb_audit_history,
    ca_verb_audit_export, ca_verb_audit_withdraw, ca_verb_audit_restore, ca_verb_audit_erase,
    ca_verb_audit_expire;
extern const struct ca_verb ca_verb_ledger;
extern const struct ca_verb ca_verb_store_head, ca_verb_store_sign, ca_verb_store_key,
    ca_verb_store_publications;
extern const struct ca_verb ca_verb_population_list, ca_verb_history_list,
    ca_verb_indicator_list, ca_verb_template_history;

extern const struct ca_verb ca_verb_summary, ca_verb_moderation, ca_verb_moderation_next;
extern const struct ca_verb ca_verb_followup_list;

#endif
