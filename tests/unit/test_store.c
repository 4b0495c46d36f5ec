#include <sqlite3.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "core/store/query.h"
#include "core/store/tables.h"
#include "tests/support/store_fixture.h"
#include "tests/unit/unit.h"

static char *folder;
static char path[512];
static struct ca_arena *arena;
static struct ca_error error;

static void setup(void)
{
    folder = unit_folder_new();
    snprintf(path, sizeof path, "%s/store.db", folder);
    arena = ca_arena_new();
}

static void teardown(void)
{
    ca_arena_free(arena);
    unit_folder_remove(folder);
    free(folder);
}

#define ck_assert_done(call)                                                                   \
    do {                                                                                       \
        enum ca_code code_ = (call);                                                           \
        ck_assert_msg(code_ == CA_OK, "%s", error.message);                                    \
    } while (0)

static struct ca_store *open_store(enum ca_store_mode mode)
{
    struct ca_store *store = NULL;

    ck_assert_done(ca_store_open(path, mode, "tester", &store, &error));
    return store;
}

static struct ca_store *new_store(void)
{
    struct ca_store *store = open_store(CA_STORE_CREATE);
    struct ca_template t = store_template("1");
    enum ca_loaded outcome;

    ck_assert_done(ca_store_load_template(store, &t, store_template_bytes,
                                          strlen(store_template_bytes), &outcome, &error));
    ck_assert_int_eq(outcome, CA_LOADED);
    return store;
}

static struct ca_put_outcome put(struct ca_store *store, const char *id, const char *document,
                                 ca_date date)
{
    struct ca_record record = store_record(id, document, date);
    struct ca_put_outcome outcome;

    ck_assert_done(ca_store_put(store, &record, 1, &outcome, &error));
    return outcome;
}

static void count_fault(void *context, bool fault, const char *sentence)
{
    (void)sentence;
    *(size_t *)context += fault;
}

static size_t faults_of(struct ca_store *store)
{
    size_t faults = 0;

    ck_assert_done(ca_store_check(store, NULL, 0, count_fault, &faults, &error));
    return faults;
}

/* ---- recording ---- */

START_TEST(test_put)
{
    struct ca_store *store = new_store();
    struct ca_put_outcome outcome = put(store, "R1", "one", 19600);

    ck_assert_int_eq(outcome.what, CA_PUT_RECORDED);
    ck_assert_int_eq(outcome.revision, 1);
    outcome = put(store, "R1", "one", 19600);
    ck_assert_int_eq(outcome.what, CA_PUT_UNCHANGED);
    outcome = put(store, "R1", "two", 19700);
    ck_assert_int_eq(outcome.what, CA_PUT_REVISION);
    ck_assert_int_eq(outcome.revision, 2);
    outcome = put(store, "R1", "two", 19700);
    ck_assert_int_eq(outcome.what, CA_PUT_UNCHANGED);
    ck_assert_int_eq(outcome.revision, 2);
    outcome = put(store, "R1", "one", 19600);
    ck_assert_int_eq(outcome.what, CA_PUT_REVISION);
    ck_assert_int_eq(outcome.revision, 3);
    ck_assert_uint_eq(faults_of(store), 0);
    ca_store_close(store);
}
END_TEST

START_TEST(test_put_refuses)
{
    struct ca_store *store = new_store();
    struct ca_record record = store_record("R1", "one", 19600);
    struct ca_template other = store_template("1");
    struct ca_put_outcome outcomes[2];
    struct ca_record both[2];
    enum ca_loaded loaded;

    both[0] = record;
    both[0].template_version = "2";
    both[1] = record;
    ck_assert_done(ca_store_put(store, both, 2, outcomes, &error));
    ck_assert_int_eq(outcomes[0].what, CA_PUT_REFUSED);
    ck_assert_int_eq(outcomes[1].what, CA_PUT_RECORDED);
    other.id = "u";
    ck_assert_done(ca_store_load_template(store, &other, "<u/>", 4, &loaded, &error));
    record = store_record("R1", "other", 19600);
    record.template_id = "u";
    ck_assert_done(ca_store_put(store, &record, 1, outcomes, &error));
    ck_assert_int_eq(outcomes[0].what, CA_PUT_REFUSED);
    ck_assert_ptr_nonnull(strstr(outcomes[0].reason, "'R1' is in the store already"));
    ck_assert_uint_eq(faults_of(store), 0);
    ca_store_close(store);
}
END_TEST

START_TEST(test_templates_never_change)
{
    struct ca_store *store = new_store();
    struct ca_template t = store_template("1");
    enum ca_loaded loaded;

    ck_assert_done(ca_store_load_template(store, &t, store_template_bytes,
                                          strlen(store_template_bytes), &loaded, &error));
    ck_assert_int_eq(loaded, CA_LOADED_ALREADY);
    ck_assert_int_eq(ca_store_load_template(store, &t, "<x/>", 4, &loaded, &error),
                     CA_ERROR_DATA);
    ck_assert_uint_eq(faults_of(store), 0);
    ca_store_close(store);
}
END_TEST

/* A batch that fails half way leaves nothing, also nothing in what the writer remembers. */
START_TEST(test_failed_batch_leaves_nothing)
{
    struct ca_store *store = new_store();
    struct ca_record records[2] = {store_record("R1", "one", 19600),
                                   store_record("R2", "two", 19600)};
    struct ca_put_outcome outcomes[2];
    struct ca_store_info info;
    int64_t pages;

    ck_assert_done(ca_sql_number(ca_tables_of(store), &error, 0, &pages,
                                 "SELECT page_count FROM pragma_page_count()", ""));
    records[1].document_length = (size_t)4 * 1024 * 1024;
    records[1].document = ca_xcalloc(1, records[1].document_length);
    sqlite3_exec(ca_tables_of(store)->db, "PRAGMA max_page_count = 60", NULL, NULL, NULL);
    ck_assert_int_eq(ca_store_put(store, records, 2, outcomes, &error), CA_ERROR_STORE);
    ck_assert_ptr_nonnull(strstr(error.message, "disk is full"));
    sqlite3_exec(ca_tables_of(store)->db, "PRAGMA max_page_count = 100000", NULL, NULL, NULL);
    ck_assert_done(ca_store_describe(store, &info, &error));
    ck_assert_int_eq(info.audits, 0);
    free(info.place);
    ck_assert_done(ca_store_put(store, records, 1, outcomes, &error));
    ck_assert_int_eq(outcomes[0].what, CA_PUT_RECORDED);
    ck_assert_uint_eq(faults_of(store), 0);
    free((void *)records[1].document);
    ca_store_close(store);
}
END_TEST

static int64_t audits_seen_by_others(void)
{
    struct ca_store *other = NULL;
    struct ca_store_info info;

    ck_assert_done(ca_store_open(path, CA_STORE_READ, "tester", &other, &error));
    ck_assert_done(ca_store_describe(other, &info, &error));
    free(info.place);
    ca_store_close(other);
    return info.audits;
}

/* Others see a batch when it has ended, and a piece that fails undoes those before it. */
START_TEST(test_put_in_pieces)
{
    struct ca_store *store = new_store();
    struct ca_record records[3] = {store_record("R1", "one", 19600),
                                   store_record("R2", "two", 19600),
                                   store_record("R3", "three", 19600)};
    struct ca_put_outcome outcome;

    ck_assert_done(ca_store_put_end(store, &error));
    ck_assert_done(ca_store_put_piece(store, &records[0], 1, &outcome, &error));
    ck_assert_int_eq(audits_seen_by_others(), 0);
    ck_assert_done(ca_store_put_piece(store, &records[1], 1, &outcome, &error));
    ck_assert_done(ca_store_put_end(store, &error));
    ck_assert_int_eq(audits_seen_by_others(), 2);

    ck_assert_done(ca_store_put_piece(store, &records[2], 1, &outcome, &error));
    sqlite3_exec(ca_tables_of(store)->db,
                 "CREATE TEMP TRIGGER no BEFORE INSERT ON main.result"
                 " BEGIN SELECT RAISE(FAIL, 'no'); END",
                 NULL, NULL, NULL);
    records[1].document = "another";
    records[1].document_length = strlen(records[1].document);
    records[1].sha256[0] ^= 1;
    ck_assert_int_eq(ca_store_put_piece(store, &records[1], 1, &outcome, &error),
                     CA_ERROR_STORE);
    sqlite3_exec(ca_tables_of(store)->db, "DROP TRIGGER temp.no", NULL, NULL, NULL);
    ck_assert_done(ca_store_put_end(store, &error));
    ck_assert_int_eq(audits_seen_by_others(), 2);
    ck_assert_uint_eq(faults_of(store), 0);
    ca_store_close(store);
}
END_TEST

/* ---- reading ---- */

struct seen {
    size_t count;
    ca_date last;
    struct ca_tally tally;
    char team[16];
    bool overdue;
};

static bool see(void *context, const struct ca_tally *tally)
{
    struct seen *seen = context;

    ck_assert_int_ge(tally->audit_date, seen->last);
    seen->last = tally->audit_date;
    seen->tally = *tally;
    snprintf(seen->team, sizeof seen->team, "%s", tally->attributes[0]);
    ck_assert_uint_eq(tally->section_count, 1);
    ck_assert_int_eq(tally->sections[0].agency, -1);
    ck_assert_uint_eq(tally->measure_count, 1);
    ck_assert_str_eq(tally->template->measures.items[tally->measures[0].measure].id, "own");
    ck_assert_int_eq(tally->measures[0].numerator, 3);
    ck_assert_uint_eq(tally->alert_count, 1);
    ck_assert_uint_eq(tally->theme_count, 2);
    ck_assert_str_eq(tally->template->themes.items[tally->themes[0].theme].id, "voice");
    ck_assert_int_eq(tally->themes[1].theme, -1);
    ck_assert_uint_eq(tally->action_count, 1);
    seen->overdue = tally->actions[0].completed == CA_NO_DATE;
    seen->count++;
    return true;
}

static size_t read_templates(struct ca_store *store, struct ca_stored_template **templates)
{
    const struct ca_query all = {.from = CA_NO_DATE, .to = CA_NO_DATE};
    size_t count;

    ck_assert_done(ca_store_templates(store, &all, arena, templates, &count, &error));
    return count;
}

START_TEST(test_tallies)
{
    struct ca_store *store = new_store();
    struct ca_stored_template *templates;
    struct seen seen = {.last = INT32_MIN};
    ca_date first, last;
    size_t count;

    put(store, "R3", "three", 19800);
    put(store, "R1", "one", 19600);
    put(store, "R2", "two", 19700);
    put(store, "R2", "two, corrected", 19701);
    count = read_templates(store, &templates);
    ck_assert_uint_eq(count, 1);
    ck_assert_int_eq(templates[0].audits, 3);
    ck_assert_done(ca_store_begin_reading(store, &error));
    ck_assert_done(ca_store_each_tally(store, templates, count, CA_NO_DATE, CA_NO_DATE, see,
                                       &seen, &error));
    ck_assert_uint_eq(seen.count, 3);
    ck_assert_int_eq(seen.tally.grade, 0);
    ck_assert_int_eq(seen.tally.judged, 1);
    ck_assert_int_eq(seen.tally.selection, CA_SELECTION_RANDOM);
    ck_assert_str_eq(seen.team, "north");
    seen = (struct seen){.last = INT32_MIN};
    ck_assert_done(
        ca_store_each_tally(store, templates, count, 19601, 19799, see, &seen, &error));
    ck_assert_uint_eq(seen.count, 1);
    ck_assert_int_eq(seen.last, 19701);
    ck_assert_done(ca_store_span(store, templates, count, &first, &last, &error));
    ck_assert_int_eq(first, 19600);
    ck_assert_int_eq(last, 19800);
    ca_store_end_reading(store);
    ca_store_close(store);
}
END_TEST

struct scored {
    size_t count;
    int sections, agencies;
    int64_t sum;
};

static bool see_score(void *context, int section, int agency, int32_t score)
{
    struct scored *scored = context;

    scored->count++;
    scored->sections += section;
    scored->agencies += agency;
    scored->sum += score;
    return true;
}

/* Its own scores and no other result's; one that cannot be is not handed out. */
START_TEST(test_scores)
{
    struct ca_store *store = new_store();
    struct ca_stored_template *templates;
    struct scored scored = {0};
    struct ca_tally tally = {.result = 2};

    put(store, "R1", "one", 19600);
    put(store, "R2", "two", 19700);
    ck_assert_uint_eq(read_templates(store, &templates), 1);
    tally.template = templates;
    sqlite3_exec(ca_tables_of(store)->db,
                 "UPDATE result SET score = id * 10; UPDATE result_section SET score = result",
                 NULL, NULL, NULL);
    ck_assert_done(ca_store_each_score(store, &tally, see_score, &scored, &error));
    ck_assert_uint_eq(scored.count, 2);
    ck_assert_int_eq(scored.sections, -1); /* of it all, and of section 0 */
    ck_assert_int_eq(scored.agencies, -2);
    ck_assert_int_eq(scored.sum, 22);
    sqlite3_exec(ca_tables_of(store)->db, "UPDATE result_section SET section = 9", NULL, NULL,
                 NULL);
    ck_assert_int_eq(ca_store_each_score(store, &tally, see_score, &scored, &error),
                     CA_ERROR_STORE);
    ca_store_close(store);
}
END_TEST

/* What was read of one moment stays so, whatever others write meanwhile. */
START_TEST(test_reading_is_of_one_moment)
{
    struct ca_store *store = new_store(), *other = open_store(CA_STORE_WRITE);
    struct ca_stored_template *templates;
    struct ca_store_info info;

    put(store, "R1", "one", 19600);
    ck_assert_done(ca_store_begin_reading(store, &error));
    put(other, "R2", "two", 19600);
    read_templates(store, &templates);
    ck_assert_int_eq(templates[0].audits, 1);
    ca_store_end_reading(store);
    ck_assert_done(ca_store_describe(store, &info, &error));
    ck_assert_int_eq(info.audits, 2);
    free(info.place);
    ca_store_close(other);
    ca_store_close(store);
}
END_TEST

START_TEST(test_actions)
{
    struct ca_store *store = new_store();
    struct ca_stored_template *templates;
    struct seen seen = {.last = INT32_MIN};

    put(store, "R1", "one", 19600);
    ck_assert_int_eq(ca_store_verify_action(store, "R1", "1", "QA1", &error), CA_ERROR_DATA);
    ck_assert_int_eq(ca_store_complete_action(store, "R1", "2", 19650, &error),
                     CA_ERROR_NOT_FOUND);
    ck_assert_done(ca_store_complete_action(store, "R1", "1", 19650, &error));
    ck_assert_int_eq(ca_store_verify_action(store, "R1", "1", "TM1", &error), CA_ERROR_DATA);
    ck_assert_done(ca_store_verify_action(store, "R1", "1", "QA1", &error));
    put(store, "R1", "one, corrected", 19601);
    read_templates(store, &templates);
    ck_assert_done(
        ca_store_each_tally(store, templates, 1, CA_NO_DATE, CA_NO_DATE, see, &seen, &error));
    ck_assert(!seen.overdue);
    ck_assert_uint_eq(faults_of(store), 0);
    ca_store_close(store);
}
END_TEST

/* ---- checking ---- */

static void tamper(const char *sql)
{
    sqlite3 *db;

    ck_assert_int_eq(sqlite3_open(path, &db), SQLITE_OK);
    ck_assert_msg(sqlite3_exec(db, sql, NULL, NULL, NULL) == SQLITE_OK, "%s: %s", sql,
                  sqlite3_errmsg(db));
    ck_assert_int_ge(sqlite3_changes(db), 1);
    sqlite3_close(db);
}

static const char *const tamperings[] = {
    "UPDATE document SET bytes = CAST('uno' AS BLOB) WHERE bytes = CAST('one' AS BLOB)",
    "UPDATE result SET grade = 1",
    "UPDATE result SET audit_date = audit_date + 1",
    "UPDATE result SET auditor = 'A2'",
    "UPDATE result SET plugin = 2",
    "UPDATE result_section SET score = 99",
    "UPDATE result_standard SET answer = 'poor'",
    "UPDATE result_measure SET numerator = 4",
    "UPDATE result_alert SET severity = 0",
    "UPDATE result_action SET owner = NULL",
    "UPDATE result_action_theme SET theme = theme + 1",
    "DELETE FROM result_action_theme",
    "UPDATE result_finding SET text = 'Not heard'",
    "UPDATE result_attribute SET value = 'south'",
    "UPDATE tally SET facts = x'00'",
    "UPDATE tally SET actions = x''",
    "UPDATE tally SET audit_date = 1",
    "DELETE FROM tally",
    "UPDATE audit SET return_id = 'R9'",
    "UPDATE plugin SET sha256 = '11'",
    "UPDATE template SET title = 'U'",
    "UPDATE part SET label = 'Better' WHERE kind = 0 AND position = 0",
    "UPDATE part SET label = 'Not its own' WHERE kind = 6",
    "UPDATE setting SET value = '5'",
    "UPDATE population SET count = 1",
    "UPDATE benchmark SET first = 1",
    "UPDATE action_update SET completed = completed + 1",
    "UPDATE retirement SET retired_on = 1",
    "DELETE FROM setting",
    "INSERT INTO setting VALUES(99, 'year-start', '5')",
    "UPDATE ledger SET at = '2000-01-01T00:00:00Z' WHERE sequence = 2",
    "UPDATE ledger SET hash = replace(hash, 'a', 'b') WHERE sequence = 2",
    "UPDATE ledger SET document = NULL WHERE kind = 'record'",
    "UPDATE ledger SET who = 'nobody' WHERE sequence = 2",
    "UPDATE ledger SET detail = '{}' WHERE sequence = 2",
    "UPDATE ledger SET salt = NULL, subject = NULL, detail = NULL WHERE sequence = 2",
    "UPDATE ledger SET commitment = randomblob(32) WHERE sequence = 2",
    "DELETE FROM ledger WHERE sequence = (SELECT max(sequence) FROM ledger)",
    "DELETE FROM ledger WHERE sequence = 3",
    "DELETE FROM result_section",
};

START_TEST(test_check_finds_tampering)
{
    const struct ca_population population = {
        true, "plain", {"2023-24", 19448, 19813}, 40, NULL};
    const struct ca_benchmark benchmark = {"first", "t", {"2023-24", 19448, 19813}};
    struct ca_store *store = new_store();

    put(store, "R1", "one", 19600);
    ck_assert_done(ca_store_set(store, "year-start", "4", &error));
    ck_assert_done(ca_store_set_population(store, &population, &error));
    ck_assert_done(ca_store_set_benchmark(store, &benchmark, &error));
    ck_assert_done(ca_store_complete_action(store, "R1", "1", 19650, &error));
    ck_assert_done(ca_store_retire_template(store, "t", "1", 19999, &error));
    ck_assert_uint_eq(faults_of(store), 0);
    ca_store_close(store);
    tamper(tamperings[_i]);
    store = open_store(CA_STORE_READ);
    ck_assert_msg(faults_of(store) > 0, "not found: %s", tamperings[_i]);
    ca_store_close(store);
}
END_TEST

/* Of two who know of the same settings one is first, and the other is told. */
START_TEST(test_set_once)
{
    struct ca_store *store = new_store();
    struct ca_buffer value = {0};

    ck_assert_done(ca_store_set_once(store, "p:", 0, "one", "first", &error));
    ck_assert_int_eq(ca_store_set_once(store, "p:", 0, "two", "x", &error), CA_ERROR_BUSY);
    ck_assert_int_eq(ca_store_set_once(store, "p:", 1, "one", "x", &error), CA_ERROR_DATA);
    ck_assert_int_eq(ca_store_setting(store, "p:two", &value, &error), CA_ERROR_NOT_FOUND);
    ck_assert_done(ca_store_set(store, "q:two", "of another kind", &error));
    ck_assert_done(ca_store_set_once(store, "p:", 1, "two", "second", &error));
    ck_assert_done(ca_store_setting(store, "p:one", &value, &error));
    ck_assert_str_eq(value.data, "first");
    ca_buffer_free(&value);
    ck_assert_uint_eq(faults_of(store), 0);
    ca_store_close(store);
}
END_TEST

START_TEST(test_same_result)
{
    struct ca_store *store = new_store();
    struct ca_record record = store_record("R1", "one", 19600);
    struct ca_record_standard changed = record.standards[0];
    bool same = false;

    put(store, "R1", "one", 19600);
    record.plugin = "built again";
    ck_assert_done(ca_store_same_result(store, 1, &record, &same, &error));
    ck_assert(same);
    changed.score = 99;
    record.standards = &changed;
    ck_assert_done(ca_store_same_result(store, 1, &record, &same, &error));
    ck_assert(!same);
    ca_store_close(store);
}
END_TEST

/* ---- other files ---- */

START_TEST(test_other_files_are_refused)
{
    static const char *const scripts[] = {"CREATE TABLE t(x)", "PRAGMA user_version = 1",
                                          ("PRAGMA application_id = 1128355140;"
                                           "PRAGMA user_version = 99; CREATE TABLE t(x)")};
    struct ca_store *store = NULL;
    sqlite3 *db;

    ck_assert_int_eq(ca_store_open(path, CA_STORE_WRITE, "tester", &store, &error),
                     CA_ERROR_NOT_FOUND);
    ck_assert_int_eq(
        ca_store_open("mysql://u:canary@x", CA_STORE_WRITE, "tester", &store, &error),
        CA_ERROR_USAGE);
    ck_assert_ptr_null(strstr(error.message, "canary"));
    for (size_t i = 0; i < sizeof scripts / sizeof *scripts; i++) {
        unlink(path);
        sqlite3_open(path, &db);
        sqlite3_exec(db, scripts[i], NULL, NULL, NULL);
        sqlite3_close(db);
        for (int mode = CA_STORE_READ; mode <= (int)CA_STORE_CREATE; mode++)
            ck_assert_int_eq(
                ca_store_open(path, (enum ca_store_mode)mode, "tester", &store, &error),
                CA_ERROR_STORE);
    }
    ck_assert_ptr_null(store);
}
END_TEST

/* ---- what is followed up ---- */

struct followed {
    size_t count;
    int auditors, moderated, earlier, worst;
    bool changed, urgent;
    char attribute[16], id[16];
};

static bool follow_grading(void *context, const struct ca_stored_grading *grading)
{
    struct followed *f = context;

    f->count++;
    f->auditors = grading->auditors;
    f->moderated = grading->moderated;
    f->earlier = grading->earlier;
    f->worst = grading->worst;
    f->changed = grading->changed;
    f->urgent = grading->urgent;
    ck_assert(!grading->diverges && !grading->capped && !grading->immediate);
    ck_assert_str_eq(grading->case_ref, "C1");
    ck_assert_str_eq(grading->grade_id, "good");
    snprintf(f->id, sizeof f->id, "%s", grading->return_id);
    snprintf(f->attribute, sizeof f->attribute, "%s",
             grading->attribute != NULL ? grading->attribute : "-");
    return true;
}

static bool follow_answer(void *context, const struct ca_stored_answer *answer)
{
    struct followed *f = context;

    f->count++;
    ck_assert_str_eq(answer->standard, "s.1");
    ck_assert_str_eq(answer->audited, "poor");
    ck_assert_str_eq(answer->answer, "good");
    ck_assert_int_eq(answer->score, 100);
    return true;
}

static bool follow_improvement(void *context, const char *return_id, const char *theme,
                               const char *label)
{
    struct followed *f = context;

    f->count++;
    ck_assert_str_eq(return_id, "R2");
    ck_assert_ptr_null(theme);
    ck_assert_ptr_null(label);
    return true;
}

/* R1 in another period and by no moderator; R2 moderated in its second revision. */
START_TEST(test_followed_up)
{
    const struct ca_query query = {.from = 19650, .to = 19750};
    struct ca_store *store = new_store();
    struct ca_record record = store_record("R2", "three", 19700);
    struct ca_record_standard changed = record.standards[0];
    struct ca_put_outcome outcome;
    struct followed f = {0};

    put(store, "R1", "one", 19600);
    put(store, "R2", "two", 19700);
    record.moderated = 0;
    record.recomputed = 1;
    changed.audited = "poor";
    record.standards = &changed;
    ck_assert_done(ca_store_put(store, &record, 1, &outcome, &error));
    ck_assert_done(ca_store_each_grading(store, &query, "team", follow_grading, &f, &error));
    ck_assert_uint_eq(f.count, 1);
    ck_assert_str_eq(f.id, "R2");
    ck_assert_str_eq(f.attribute, "north");
    ck_assert_int_eq(f.moderated, 0);
    ck_assert_int_eq(f.earlier, 0);
    ck_assert_int_eq(f.worst, 1);
    ck_assert(f.changed && f.urgent);
    ck_assert_done(ca_store_each_grading(store, &query, NULL, follow_grading, &f, &error));
    ck_assert_str_eq(f.attribute, "-");
    f.count = 0;
    ck_assert_done(ca_store_each_changed_answer(store, &query, follow_answer, &f, &error));
    ck_assert_uint_eq(f.count, 1);
    f.count = 0;
    ck_assert_done(ca_store_each_improvement(store, &query, follow_improvement, &f, &error));
    ck_assert_uint_eq(f.count, 1);
    ck_assert_uint_eq(faults_of(store), 0);
    ca_store_close(store);
}
END_TEST

static bool follow_theme(void *context, const struct ca_stored_action *action)
{
    struct followed *f = context;

    f->count++;
    ck_assert_str_eq(action->standard, "s.1");
    ck_assert_ptr_null(action->agency);
    ck_assert_uint_eq(strlen(action->changed), strlen("2024-03-31T16:02:11Z"));
    snprintf(f->id, sizeof f->id, "%s", action->theme != NULL ? action->theme : "-");
    return true;
}

/* A theme that no template names is kept like that of a finding; what is erased has none. */
START_TEST(test_theme_of_an_action)
{
    const struct ca_action_filter all = {.query = {.from = CA_NO_DATE, .to = CA_NO_DATE},
                                         .overdue = CA_NO_DATE};
    struct ca_store *store = new_store();
    struct ca_record record = store_record("R1", "one", 19600);
    struct ca_record_action action = record.actions[0];
    const char *const ids[] = {"R1"};
    struct ca_put_outcome outcome;
    struct followed f = {0};

    action.theme = "drift";
    record.actions = &action;
    ck_assert_done(ca_store_put(store, &record, 1, &outcome, &error));
    ck_assert_done(ca_store_each_action(store, &all, follow_theme, &f, &error));
    ck_assert_uint_eq(f.count, 1);
    ck_assert_str_eq(f.id, "drift");
    put(store, "R1", "two", 19600);
    ck_assert_done(ca_store_each_action(store, &all, follow_theme, &f, &error));
    ck_assert_str_eq(f.id, "voice");
    ck_assert_done(ca_store_put(store, &record, 1, &outcome, &error));
    ck_assert_done(ca_store_erase(
        store,
        &(struct ca_erasing){.return_ids = ids, .count = 1, .why = "request", .keep = true},
        &error));
    ck_assert_uint_eq(faults_of(store), 0);
    ca_store_close(store);
    sqlite3 *db;
    sqlite3_stmt *row;
    ck_assert_int_eq(sqlite3_open(path, &db), SQLITE_OK);
    ck_assert_int_eq(
        sqlite3_prepare_v2(db, "SELECT count(*) FROM result_action_theme", -1, &row, NULL),
        SQLITE_OK);
    ck_assert_int_eq(sqlite3_step(row), SQLITE_ROW);
    ck_assert_int_eq(sqlite3_column_int(row, 0), 0);
    sqlite3_finalize(row);
    sqlite3_close(db);
}
END_TEST

Suite *unit_suite(void)
{
    Suite *suite = suite_create("store");
    TCase *tcase = tcase_create("store");

    tcase_add_checked_fixture(tcase, setup, teardown);
    tcase_add_test(tcase, test_put);
    tcase_add_test(tcase, test_put_refuses);
    tcase_add_test(tcase, test_templates_never_change);
    tcase_add_test(tcase, test_failed_batch_leaves_nothing);
    tcase_add_test(tcase, test_put_in_pieces);
    tcase_add_test(tcase, test_tallies);
    tcase_add_test(tcase, test_scores);
    tcase_add_test(tcase, test_reading_is_of_one_moment);
    tcase_add_test(tcase, test_actions);
    tcase_add_test(tcase, test_followed_up);
    tcase_add_test(tcase, test_theme_of_an_action);
    tcase_add_loop_test(tcase, test_check_finds_tampering, 0,
                        (int)(sizeof tamperings / sizeof *tamperings));
    tcase_add_test(tcase, test_set_once);
    tcase_add_test(tcase, test_same_result);
    tcase_add_test(tcase, test_other_files_are_refused);
    suite_add_tcase(suite, tcase);
    return suite;
}
