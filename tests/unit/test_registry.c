/*
 * Finding, trusting and loading frameworks: one bad plugin for each step, each
 * refused with a message of its own, and a sound one that loads beside it.
 */
#include <dlfcn.h>
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "core/base/buffer.h"
#include "core/base/file.h"
#include "core/frameworks/registry.h"
#include "tests/unit/unit.h"

static struct ca_host host = {.table = {.magic = CASEAUDIT_MAGIC,
                                        .abi_major = CASEAUDIT_ABI_MAJOR,
                                        .size = sizeof(caseaudit_host)}};

/* A folder with the sound framework in it, and a registry that looks there alone. */
static char *folder;
static struct ca_registry *registry;

static char *in(const char *directory, const char *name)
{
    char *path = NULL;

    ck_assert_int_ge(asprintf(&path, "%s/%s", directory, name), 0);
    return path;
}

/* Modes are set outright, so that the umask plays no part. */
static void write_file(const char *directory, const char *name, const char *bytes,
                       size_t length, mode_t mode)
{
    char *path = in(directory, name);
    FILE *file = fopen(path, "wb");

    ck_assert_ptr_nonnull(file);
    ck_assert_uint_eq(fwrite(bytes, 1, length, file), length);
    ck_assert_int_eq(fchmod(fileno(file), mode), 0);
    ck_assert_int_eq(fclose(file), 0);
    free(path);
}

/* Copies a built test framework NAME into a directory as file. */
static void copy(const char *name, const char *directory, const char *file, mode_t mode)
{
    struct ca_buffer bytes = {0};
    char *path = NULL;

    ck_assert_int_ge(asprintf(&path, "tests/plugins/.libs/%s.so", name), 0);
    ck_assert_msg(ca_file_read(path, 10000000, &bytes, NULL) == CA_OK, "cannot read %s", path);
    write_file(directory, file, bytes.data, bytes.length, mode);
    ca_buffer_free(&bytes);
    free(path);
}

static char *make_folder(const char *name, mode_t mode)
{
    char *path = in(folder, name), *real;

    ck_assert_int_eq(mkdir(path, 0755), 0);
    ck_assert_int_eq(chmod(path, mode), 0);
    real = realpath(path, NULL);
    free(path);
    return real;
}

static void setup(void)
{
    folder = unit_folder_new();
    registry = ca_registry_new(&host);
    ca_registry_add_path(registry, folder);
    copy("sound", folder, "sound.so", 0644);
}

static void teardown(void)
{
    ca_registry_free(registry);
    unit_folder_remove(folder);
    free(folder);
}

/* The registry has loaded `sound` and nothing else, and has refused one file, whose name
 * ends so, at this step and with a message that says this. */
static void expect_refused(const char *file, enum ca_load_step step, const char *text)
{
    const struct ca_refused *refused;

    ca_registry_load(registry);
    ck_assert_uint_eq(ca_registry_count(registry), 1);
    ck_assert_str_eq(ca_registry_at(registry, 0)->framework.name, "sound");
    ck_assert_uint_eq(ca_registry_refused_count(registry), 1);
    refused = ca_registry_refused_at(registry, 0);
    ck_assert_msg(strlen(refused->path) > strlen(file) &&
                      strcmp(refused->path + strlen(refused->path) - strlen(file), file) == 0,
                  "refused %s, not %s", refused->path, file);
    ck_assert_msg(refused->step == step, "refused at %s: %s", ca_load_step_name(refused->step),
                  refused->text);
    ck_assert_msg(strstr(refused->text, text) != NULL, "the message is: %s", refused->text);
}

/* ---- one thing wrong ---- */

static const struct {
    const char *name;
    enum ca_load_step step;
    const char *text;
} bad[] = {
    {"bad-entry", CA_STEP_ENTRY, "does not export caseaudit_framework_entry"},
    {"bad-null", CA_STEP_ENTRY, "returns no descriptor"},
    {"bad-magic", CA_STEP_MAGIC, "begins with 0x12345678"},
    {"bad-major", CA_STEP_MAJOR, "version 2 of the plugin interface, and this is version 1"},
    {"bad-size", CA_STEP_SIZE, "at least"},
    {"bad-callback", CA_STEP_CALLBACKS, "required callback check_return"},
    {"bad-name", CA_STEP_SAME_NAME, "calls itself 'good-name', and its file is bad-name.so"},
    {"bad-table", CA_STEP_TABLES, "option 'months' falls back to '13'"},
    {"bad-symbol", CA_STEP_OPEN, "caseaudit_function_nobody_has"},
};

START_TEST(each_bad_plugin_is_refused_at_its_step)
{
    char *file = NULL;

    ck_assert_int_ge(asprintf(&file, "%s.so", bad[_i].name), 0);
    copy(bad[_i].name, folder, file, 0644);
    expect_refused(file, bad[_i].step, bad[_i].text);
    ck_assert_ptr_null(ca_registry_find(registry, bad[_i].name));
    free(file);
}
END_TEST

START_TEST(all_bad_plugins_together_do_not_stop_the_others)
{
    size_t i, k, n = sizeof bad / sizeof bad[0];

    for (i = 0; i < n; i++) {
        char *file = NULL;

        ck_assert_int_ge(asprintf(&file, "%s.so", bad[i].name), 0);
        copy(bad[i].name, folder, file, 0644);
        free(file);
    }
    ca_registry_load(registry);
    ck_assert_ptr_nonnull(ca_registry_find(registry, "sound"));
    ck_assert_uint_eq(ca_registry_refused_count(registry), n);
    /* Each has a message that is not another's. */
    for (i = 0; i < n; i++)
        for (k = 0; k < i; k++)
            ck_assert_str_ne(ca_registry_refused_at(registry, i)->text,
                             ca_registry_refused_at(registry, k)->text);
}
END_TEST

START_TEST(junk_is_no_shared_object)
{
    write_file(folder, "junk.so", "not a program\n", 14, 0644);
    expect_refused("/junk.so", CA_STEP_OPEN, "cannot be opened as a shared object");
}
END_TEST

START_TEST(a_truncated_file_is_no_shared_object)
{
    write_file(folder, "cut.so", "\177ELF", 4, 0644);
    expect_refused("/cut.so", CA_STEP_OPEN, "cannot be opened as a shared object");
}
END_TEST

START_TEST(a_badly_named_file_is_refused)
{
    copy("sound", folder, "Sound_2.so", 0644);
    expect_refused("/Sound_2.so", CA_STEP_NAME, "is named with a-z, 0-9 and -");
}
END_TEST

START_TEST(other_files_are_not_looked_at)
{
    write_file(folder, "sound.la", "# libtool's own\n", 16, 0666);
    write_file(folder, ".hidden.so", "editor's backup\n", 16, 0666);
    write_file(folder, "README", "read me\n", 8, 0666);
    ca_registry_load(registry);
    ck_assert_uint_eq(ca_registry_refused_count(registry), 0);
    ck_assert_uint_eq(ca_registry_count(registry), 1);
}
END_TEST

/* ---- path ---- */

START_TEST(a_link_to_elsewhere_is_refused)
{
    char *elsewhere = make_folder("elsewhere", 0755), *target, *link = in(folder, "linked.so");

    copy("longer", elsewhere, "linked.so", 0644);
    target = in(elsewhere, "linked.so");
    ck_assert_int_eq(symlink(target, link), 0);
    expect_refused("/linked.so", CA_STEP_PATH, "outside its folder");
    free(elsewhere), free(target), free(link);
}
END_TEST

START_TEST(a_link_to_nothing_is_refused)
{
    char *link = in(folder, "linked.so");

    ck_assert_int_eq(symlink("nothing.so", link), 0);
    expect_refused("/linked.so", CA_STEP_PATH, "cannot be found");
    free(link);
}
END_TEST

START_TEST(a_link_within_the_folder_still_needs_the_name)
{
    char *link = in(folder, "linked.so");

    ck_assert_int_eq(symlink("sound.so", link), 0);
    expect_refused("/linked.so", CA_STEP_SAME_NAME, "calls itself 'sound'");
    free(link);
}
END_TEST

START_TEST(a_folder_in_place_of_a_file_is_refused)
{
    free(make_folder("folder.so", 0755));
    expect_refused("/folder.so", CA_STEP_PATH, "is not a regular file");
}
END_TEST

START_TEST(a_pipe_in_place_of_a_file_is_refused_and_not_waited_for)
{
    char *pipe_path = in(folder, "pipe.so");

    ck_assert_int_eq(mkfifo(pipe_path, 0600), 0);
    expect_refused("/pipe.so", CA_STEP_PATH, "is not a regular file");
    free(pipe_path);
}
END_TEST

/* ---- trust ---- */

START_TEST(a_file_its_group_may_write_is_refused)
{
    copy("longer", folder, "longer.so", 0664);
    expect_refused("/longer.so", CA_STEP_TRUST, "the file may be written by its group");
}
END_TEST

START_TEST(a_file_others_may_write_is_refused)
{
    copy("longer", folder, "longer.so", 0646);
    expect_refused("/longer.so", CA_STEP_TRUST, "the file may be written by others");
}
END_TEST

START_TEST(a_folder_others_may_write_is_refused)
{
    char *open_folder = make_folder("open", 0777);

    copy("longer", open_folder, "longer.so", 0644);
    ca_registry_add_path(registry, open_folder);
    expect_refused("/open/longer.so", CA_STEP_TRUST, "its folder may be written by others");
    free(open_folder);
}
END_TEST

/* Only root can give a file away; for anyone else there is nothing to try. */
START_TEST(a_file_of_somebody_else_is_refused)
{
    char *path = in(folder, "longer.so");

    copy("longer", folder, "longer.so", 0644);
    if (geteuid() == 0) {
        ck_assert_int_eq(chown(path, 12345, (gid_t)-1), 0);
        expect_refused("/longer.so", CA_STEP_TRUST, "the file belongs to user 12345");
    } else {
        ck_assert_ptr_nonnull(ca_registry_find(registry, "longer"));
    }
    free(path);
}
END_TEST

/* ---- duplicates, folders, laziness ---- */

START_TEST(the_first_match_wins_and_the_second_is_passed_over)
{
    char *second = make_folder("second", 0755);

    copy("sound", second, "sound.so", 0644);
    ca_registry_add_path(registry, second);
    expect_refused("/second/sound.so", CA_STEP_DUPLICATE, "/sound.so was found first");
    ck_assert_ptr_null(strstr(ca_registry_find(registry, "sound")->path, "second"));
    free(second);
}
END_TEST

START_TEST(a_refused_file_is_no_match)
{
    char *first = make_folder("first", 0755), *second = make_folder("second", 0755);
    const struct ca_plugin *plugin;

    write_file(first, "longer.so", "junk", 4, 0644);
    copy("longer", second, "longer.so", 0644);
    ca_registry_add_path(registry, first);
    ca_registry_add_path(registry, second);
    plugin = ca_registry_find(registry, "longer");
    ck_assert_ptr_nonnull(plugin);
    ck_assert_ptr_nonnull(strstr(plugin->path, "/second/longer.so"));
    ck_assert_uint_eq(ca_registry_refused_count(registry), 1);
    ck_assert_ptr_nonnull(strstr(ca_registry_refused_at(registry, 0)->path, "/first/"));
    free(first), free(second);
}
END_TEST

START_TEST(a_folder_that_is_not_there_is_named_and_the_rest_load)
{
    char *missing = in(folder, "missing");

    ca_registry_add_path(registry, missing);
    expect_refused("/missing", CA_STEP_PATH, "the folder cannot be used");
    free(missing);
}
END_TEST

START_TEST(the_same_folder_twice_is_one)
{
    char *again = in(folder, ".");

    ca_registry_add_path(registry, again);
    ca_registry_load(registry);
    ck_assert_uint_eq(ca_registry_count(registry), 1);
    ck_assert_uint_eq(ca_registry_refused_count(registry), 0); /* not even as a duplicate */
    free(again);
}
END_TEST

START_TEST(find_opens_the_one_file_that_is_asked_for)
{
    write_file(folder, "junk.so", "junk", 4, 0644);
    copy("longer", folder, "longer.so", 0644);
    ck_assert_ptr_nonnull(ca_registry_find(registry, "longer"));
    ck_assert_uint_eq(ca_registry_count(registry), 1);
    ck_assert_uint_eq(ca_registry_refused_count(registry), 0);

    /* Loading all of them later opens none of them twice. */
    ca_registry_load(registry);
    ck_assert_uint_eq(ca_registry_count(registry), 2);
    ck_assert_uint_eq(ca_registry_refused_count(registry), 1);
    ca_registry_load(registry);
    ck_assert_uint_eq(ca_registry_count(registry), 2);
    ck_assert_uint_eq(ca_registry_refused_count(registry), 1);
}
END_TEST

START_TEST(find_knows_no_name_that_is_no_name)
{
    ck_assert_ptr_null(ca_registry_find(registry, "../sound"));
    ck_assert_ptr_null(ca_registry_find(registry, ""));
    ck_assert_ptr_null(ca_registry_find(registry, "absent"));
    ck_assert_ptr_null(ca_registry_find(registry, "absent"));
    ck_assert_uint_eq(ca_registry_refused_count(registry), 0);
    ck_assert_ptr_eq(ca_registry_lookup(registry, "sound"),
                     &ca_registry_find(registry, "sound")->framework);
    ck_assert_ptr_null(ca_registry_lookup(registry, "absent"));
}
END_TEST

START_TEST(the_environment_adds_folders_behind_those_of_the_command_line)
{
    char *one = make_folder("one", 0755), *two = make_folder("two", 0755), *path = NULL;
    char *longer = in(one, "longer.so");

    copy("sound", one, "sound.so", 0644);
    copy("longer", one, "longer.so", 0644);
    copy("longer", two, "longer.so", 0644);
    ck_assert_int_ge(asprintf(&path, ":%s::%s", one, two), 0);
    ck_assert_int_eq(setenv("CASEAUDIT_PLUGIN_PATH", path, 1), 0);
    ca_registry_add_standard_paths(registry);
    ck_assert_int_eq(unsetenv("CASEAUDIT_PLUGIN_PATH"), 0);
    ck_assert_str_eq(ca_registry_find(registry, "longer")->path, longer);
    ck_assert_ptr_null(strstr(ca_registry_find(registry, "sound")->path, "/one/"));
    free(one), free(two), free(path), free(longer);
}
END_TEST

/* ---- what a loaded one is like ---- */

START_TEST(a_longer_descriptor_loads_with_what_both_sides_know)
{
    const struct ca_plugin *plugin;
    void *held;
    int *created;

    copy("longer", folder, "longer.so", 0644);
    plugin = ca_registry_find(registry, "longer");
    ck_assert_ptr_nonnull(plugin);
    ck_assert_uint_gt(plugin->framework.size, sizeof(caseaudit_framework));
    ck_assert_uint_eq(plugin->framework.abi_minor, CASEAUDIT_ABI_MINOR + 1);
    ck_assert_ptr_nonnull(plugin->framework.score);
    created = plugin->state;
    ck_assert_int_eq(*created, 1);

    /* Held open here, to see what is left of it once the registry is gone. */
    held = dlopen(plugin->path, RTLD_NOW | RTLD_LOCAL);
    ck_assert_ptr_nonnull(held);
    ca_registry_free(registry);
    registry = NULL;
    ck_assert_int_eq(*created, 0);
    dlclose(held);
}
END_TEST

START_TEST(the_digest_is_that_of_the_file_that_was_loaded)
{
    char *path = in(folder, "sound.so"), *command = NULL, expected[65] = "";
    const struct ca_plugin *plugin = ca_registry_find(registry, "sound");
    struct ca_error error = {0};
    FILE *pipe_end;

    ck_assert_ptr_nonnull(plugin);
    ck_assert_int_ge(asprintf(&command, "sha256sum '%s'", path), 0);
    pipe_end = popen(command, "r");
    ck_assert_ptr_nonnull(pipe_end);
    ck_assert_int_eq(fscanf(pipe_end, "%64s", expected), 1);
    pclose(pipe_end);
    ck_assert_str_eq(ca_registry_sha256(registry, plugin, &error), expected);
    ck_assert_int_eq(error.code, CA_OK);
    free(path), free(command);
}
END_TEST

START_TEST(a_file_that_changed_since_has_no_digest)
{
    const struct ca_plugin *plugin = ca_registry_find(registry, "sound");
    struct ca_error error = {0};
    char *path = in(folder, "sound.so");

    ck_assert_ptr_nonnull(plugin);
    ck_assert_int_eq(truncate(path, 1 << 20), 0);
    ck_assert_ptr_null(ca_registry_sha256(registry, plugin, &error));
    ck_assert_int_eq(error.code, CA_ERROR_PLUGIN);
    ck_assert_ptr_nonnull(strstr(error.message, "was changed after it was loaded"));
    free(path);
}
END_TEST

/* Another in its place is not what was loaded, and what was is still there. */
START_TEST(the_digest_is_not_that_of_a_file_put_in_its_place)
{
    const struct ca_plugin *plugin = ca_registry_find(registry, "sound");
    struct ca_registry *other = ca_registry_new(&host);
    struct ca_error error = {0};
    char *path = in(folder, "sound.so");
    const char *before;

    ck_assert_ptr_nonnull(plugin);
    ck_assert_int_eq(unlink(path), 0);
    copy("longer", folder, "sound.so", 0644);
    before = ca_registry_sha256(registry, plugin, &error);
    ck_assert_ptr_nonnull(before);
    ck_assert_int_eq(unlink(path), 0);
    copy("sound", folder, "sound.so", 0644);
    ca_registry_add_path(other, folder);
    plugin = ca_registry_find(other, "sound");
    ck_assert_ptr_nonnull(plugin);
    ck_assert_str_eq(ca_registry_sha256(other, plugin, &error), before);
    ca_registry_free(other);
    free(path);
}
END_TEST

/* Whoever may rename a folder above decides what lies in the one below. */
START_TEST(a_folder_above_that_others_may_write_is_refused)
{
    char *above = make_folder("above", 0755), *below = in(above, "below");

    ck_assert_int_eq(mkdir(below, 0755), 0);
    copy("longer", below, "longer.so", 0644);
    ck_assert_int_eq(chmod(above, 0777), 0);
    ca_registry_add_path(registry, below);
    expect_refused("/below/longer.so", CA_STEP_TRUST,
                   "/above' above it may be written by others");
    free(above), free(below);
}
END_TEST

/* As in /tmp: others may make files there, and cannot move those that are not theirs. */
START_TEST(a_sticky_folder_above_will_do)
{
    char *above = make_folder("above", 0755), *below = in(above, "below");

    ck_assert_int_eq(mkdir(below, 0755), 0);
    copy("longer", below, "longer.so", 0644);
    ck_assert_int_eq(chmod(above, 01777), 0);
    ca_registry_add_path(registry, below);
    ck_assert_ptr_nonnull(ca_registry_find(registry, "longer"));
    free(above), free(below);
}
END_TEST

static void add(Suite *suite, const char *name, const TTest *const *tests)
{
    TCase *tcase = tcase_create(name);

    tcase_add_checked_fixture(tcase, setup, teardown);
    for (; *tests != NULL; tests++)
        tcase_add_test(tcase, *tests);
    suite_add_tcase(suite, tcase);
}
#define CASE(suite, name, ...) add((suite), (name), (const TTest *const[]){__VA_ARGS__, NULL})

Suite *unit_suite(void)
{
    Suite *suite = suite_create("registry");
    TCase *steps = tcase_create("steps");

    tcase_add_checked_fixture(steps, setup, teardown);
    tcase_add_loop_test(steps, each_bad_plugin_is_refused_at_its_step, 0,
                        (int)(sizeof bad / sizeof bad[0]));
    suite_add_tcase(suite, steps);
    CASE(suite, "files", all_bad_plugins_together_do_not_stop_the_others,
         junk_is_no_shared_object, a_truncated_file_is_no_shared_object,
         a_badly_named_file_is_refused, other_files_are_not_looked_at);
    CASE(suite, "path", a_link_to_elsewhere_is_refused, a_link_to_nothing_is_refused,
         a_link_within_the_folder_still_needs_the_name, a_folder_in_place_of_a_file_is_refused,
         a_pipe_in_place_of_a_file_is_refused_and_not_waited_for);
    CASE(suite, "trust", a_file_its_group_may_write_is_refused,
         a_file_others_may_write_is_refused, a_folder_others_may_write_is_refused,
         a_file_of_somebody_else_is_refused, a_folder_above_that_others_may_write_is_refused,
         a_sticky_folder_above_will_do);
    CASE(suite, "search", the_first_match_wins_and_the_second_is_passed_over,
         a_refused_file_is_no_match, a_folder_that_is_not_there_is_named_and_the_rest_load,
         the_same_folder_twice_is_one, find_opens_the_one_file_that_is_asked_for,
         find_knows_no_name_that_is_no_name,
         the_environment_adds_folders_behind_those_of_the_command_line);
    CASE(suite, "loaded", a_longer_descriptor_loads_with_what_both_sides_know,
         the_digest_is_that_of_the_file_that_was_loaded,
         a_file_that_changed_since_has_no_digest,
         the_digest_is_not_that_of_a_file_put_in_its_place);
    return suite;
}
