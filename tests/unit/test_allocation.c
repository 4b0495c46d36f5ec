/* Who may audit what: the auditors' file, the rules, and what is said where they cannot all be
 * kept. How the fairest way is found is test_share.c's. */
#include <string.h>

#include "core/year/allocation.h"
#include "tests/unit/unit.h"

static struct ca_arena *arena;
static struct ca_diags diags;
static struct ca_auditors auditors;

static void setup(void)
{
    arena = ca_arena_new();
    ca_diags_init(&diags, arena);
}

static void teardown(void)
{
    ca_arena_free(arena);
}

static bool read_auditors(const char *csv)
{
    const struct ca_sheet_options none = {0};
    struct ca_sheet sheet;

    ck_assert(ca_sheet_read(arena, csv, strlen(csv), &none, &sheet, &diags));
    return ca_auditors_read(arena, &sheet, &auditors, &diags);
}

/* ---- the auditors' file ---- */

START_TEST(test_file)
{
    ck_assert(read_auditors("Team;AUDITOR;most;Not;name\n"
                            "north;A2;;;Ann\n"
                            ";;;;\n"
                            ";A1;3; south ;Bob\n"
                            "north;A10;0;\"south;; old  town \";Cay\n"));
    ck_assert_uint_eq(diags.count, 0);
    ck_assert_uint_eq(auditors.count, 3);
    ck_assert(auditors.teams);
    ck_assert_str_eq(auditors.items[0].code, "A1");
    ck_assert_str_eq(auditors.items[0].team, "");
    ck_assert_int_eq(auditors.items[0].most, 3);
    ck_assert_str_eq(auditors.items[0].not_from[0], "south");
    ck_assert_ptr_null(auditors.items[0].not_from[1]);
    ck_assert_str_eq(auditors.items[1].code, "A10");
    ck_assert_int_eq(auditors.items[1].most, 0);
    ck_assert_str_eq(auditors.items[1].not_from[1], "old  town");
    ck_assert_ptr_null(auditors.items[1].not_from[2]);
    ck_assert_int_eq(auditors.items[2].most, CA_NO_MOST);
    ck_assert_ptr_null(auditors.items[2].not_from[0]);
}
END_TEST

START_TEST(test_faults_of_the_file_are_told_in_one_go)
{
    ck_assert(!read_auditors("auditor,most\nA1,2\n,1\na1,x\nAnn Lee,-1\n"));
    ck_assert_uint_eq(diags.errors, 5);
    ck_assert_ptr_nonnull(strstr(diags.items[0].message, "row 3, column 1 'auditor'"));
    ck_assert_ptr_nonnull(strstr(diags.items[1].message, "row 4, column 2 'most': 'x'"));
    ck_assert_ptr_nonnull(strstr(diags.items[2].message, "in row 2 already"));
    ck_assert_ptr_nonnull(strstr(diags.items[3].message, "'-1' is no number"));
    ck_assert_ptr_nonnull(strstr(diags.items[4].message, "'Ann Lee' is no role code"));
}
END_TEST

START_TEST(test_columns_of_the_file)
{
    ck_assert(!read_auditors("auditors,team\nA1,a\n"));
    ck_assert_ptr_nonnull(strstr(diags.items[0].message, "did you mean 'auditors'?"));
    ca_diags_init(&diags, arena);
    ck_assert(!read_auditors("auditor\n"));
    ca_diags_init(&diags, arena);
    ck_assert(!read_auditors("auditor,team,Team\nA1,a,b\n"));
    ca_diags_init(&diags, arena);
    ck_assert(read_auditors("auditor,mots\nA1,2\n"));
    ck_assert_uint_eq(diags.count, 1);
    ck_assert_ptr_nonnull(strstr(diags.items[0].message, "did you mean 'most'?"));
}
END_TEST

/* ---- the rules ---- */

enum { MOST_CASES = 8 };

/* What is shared out; a case's auditor is who returned it. */
static struct ca_allocation allocation;
static struct ca_allocation_case cases[MOST_CASES];
static const char *why;

static bool share_out(const char *csv, const struct ca_allocation_case *given, size_t count,
                      const struct ca_audited *audited, size_t audited_count)
{
    ck_assert(read_auditors(csv));
    memcpy(cases, given, count * sizeof *cases);
    allocation = (struct ca_allocation){.seed = "s",
                                        .auditors = &auditors,
                                        .cases = cases,
                                        .case_count = count,
                                        .audited = audited,
                                        .audited_count = audited_count};
    return ca_allocation_make(arena, &allocation, &why);
}

START_TEST(test_teams_are_kept_apart)
{
    static const struct ca_allocation_case given[] = {
        {.id = "C1", .team = "North"}, {.id = "C2", .team = "south"}, {.id = "C3", .team = ""}};

    ck_assert(share_out("auditor,team,not\nA1,north,\nA2,,SOUTH\nA3,south,north\n", given, 3,
                        NULL, 0));
    ck_assert_str_eq(cases[0].auditor, "A2");
    ck_assert_str_eq(cases[1].auditor, "A1");
    ck_assert_str_eq(cases[2].auditor, "A3"); /* nobody's team: the fairest */
    ck_assert_int_eq(allocation.loads[0], 1);
    ck_assert_int_eq(allocation.loads[2], 1);
}
END_TEST

START_TEST(test_nobody_audits_what_they_audited_lately)
{
    static const struct ca_allocation_case given[] = {{.id = "C1", .team = ""},
                                                      {.id = "C2", .team = ""}};
    static const struct ca_audited before[] = {
        {"c1", "a1"}, {"C2", "A2"}, {"C9", "A1"}, {"C2", "A9"}};

    ck_assert(share_out("auditor\nA1\nA2\n", given, 2, before, 4));
    ck_assert_str_eq(cases[0].auditor, "A2");
    ck_assert_str_eq(cases[1].auditor, "A1");
}
END_TEST

START_TEST(test_what_is_returned_counts_and_stays)
{
    static const struct ca_allocation_case given[] = {
        {.id = "C1", .team = "", .returned = true, .auditor = "a1"},
        {.id = "C2", .team = "", .returned = true, .auditor = "A1"},
        {.id = "C3", .team = "", .returned = true, .auditor = "A9"},
        {.id = "C4", .team = ""},
        {.id = "C5", .team = ""}};

    ck_assert(share_out("auditor,most\nA1,2\nA2,\n", given, 5, NULL, 0));
    ck_assert_str_eq(cases[0].auditor, "a1");
    ck_assert_str_eq(cases[2].auditor, "A9");
    ck_assert_str_eq(cases[3].auditor, "A2");
    ck_assert_str_eq(cases[4].auditor, "A2");
    ck_assert_int_eq(allocation.loads[0], 2);
    ck_assert_int_eq(allocation.loads[1], 2);
}
END_TEST

/* ---- what cannot be done ---- */

/* What would help is said behind every one. */
static void ck_assert_why(const char *words)
{
    const char *help = ". Add an auditor who may take them, or let the others have more";
    const size_t length = strlen(words);

    ck_assert_msg(strncmp(why, words, length) == 0 && strcmp(why + length, help) == 0, "%s",
                  why);
}

START_TEST(test_shortages_in_words)
{
    static const struct ca_allocation_case north[] = {{.id = "C3", .team = "north"},
                                                      {.id = "C7", .team = "north"},
                                                      {.id = "C9", .team = "North"},
                                                      {.id = "C1", .team = "south"}},
                                           mixed[] = {{.id = "C1", .team = "north"},
                                                      {.id = "C2", .team = ""},
                                                      {.id = "C3", .team = ""}},
                                           returned[] = {{.id = "C1",
                                                          .team = "",
                                                          .returned = true,
                                                          .auditor = "A4"},
                                                         {.id = "C2", .team = "north"},
                                                         {.id = "C3", .team = "north"}};
    static const struct ca_audited before[] = {{"C1", "A1"}};

    ck_assert(!share_out("auditor,team,most\nA1,north,\nA4,south,2\n", north, 4, NULL, 0));
    ck_assert_why("C3, C7 and C9 are all of team north; outside it only A4 may take "
                  "them, at most 2");
    ck_assert(!share_out("auditor,team,most\nA1,,1\nA4,,1\n", mixed, 3, NULL, 0));
    ck_assert_why("C1, C2 and C3 compete: only A1 and A4 may take them, at most 2 "
                  "together");
    ck_assert(!share_out("auditor,team\nA1,north\n", north, 1, NULL, 0));
    ck_assert_why("C3 is of team north; outside it nobody may take it");
    ck_assert(!share_out("auditor\nA1\n", mixed, 1, before, 1));
    ck_assert_ptr_nonnull(strstr(why, "nobody may take it"));
    ck_assert(!share_out("auditor,most\nA4,2\n", returned, 3, NULL, 0));
    ck_assert_why("C2 and C3 are both of team north; outside it only A4 may take them, "
                  "at most 2 with the 1 returned");
}
END_TEST

Suite *unit_suite(void)
{
    Suite *suite = suite_create("allocation");
    TCase *tcase = tcase_create("allocation");

    tcase_add_checked_fixture(tcase, setup, teardown);
    tcase_add_test(tcase, test_file);
    tcase_add_test(tcase, test_faults_of_the_file_are_told_in_one_go);
    tcase_add_test(tcase, test_columns_of_the_file);
    tcase_add_test(tcase, test_teams_are_kept_apart);
    tcase_add_test(tcase, test_nobody_audits_what_they_audited_lately);
    tcase_add_test(tcase, test_what_is_returned_counts_and_stays);
    tcase_add_test(tcase, test_shortages_in_words);
    suite_add_tcase(suite, tcase);
    return suite;
}
