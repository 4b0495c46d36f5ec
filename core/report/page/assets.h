#ifndef CA_REPORT_ASSETS_H
#define CA_REPORT_ASSETS_H

/* Styles and scripts of pages and forms as strings; scripts/embed makes them when building. */
extern const char ca_asset_form_html[], ca_asset_form_css[];
extern const char ca_asset_form_rules_js[], ca_asset_form_privacy_js[],
    ca_asset_form_return_js[], ca_asset_form_draft_js[], ca_asset_form_check_js[],
    ca_asset_form_view_js[], ca_asset_form_cases_js[], ca_asset_form_provisional_js[],
    ca_asset_form_facts_js[], ca_asset_form_engine_js[], ca_asset_form_worker_js[],
    ca_asset_form_grade_js[], ca_asset_form_js[];
extern const char ca_asset_workbench_html[], ca_asset_workbench_css[];
extern const char ca_asset_workbench_worker_js[], ca_asset_workbench_files_js[],
    ca_asset_workbench_list_js[], ca_asset_workbench_sum_js[], ca_asset_workbench_edit_js[],
    ca_asset_workbench_results_js[], ca_asset_workbench_js[];
extern const char ca_asset_page_css[], ca_asset_dom_js[], ca_asset_watch_js[],
    ca_asset_watched_js[];

/* The engine for web pages: the script that drives it, and the module, packed by gzip and
 * written as base64; the workbench's makes summaries, too. "" in a program that was built
 * without. */
extern const char ca_asset_engine_js[], ca_asset_engine_gz_b64[], ca_asset_workbench_gz_b64[];

#endif
