/* What is said of how processes are locked: no more than this kernel gives. That it holds is in
 * tests/cli/contain.sh. */
#include <string.h>

#include "core/work/sandbox.h"
#include "tests/unit/unit.h"

static void expect(struct ca_sandbox sandbox, const char *words, const char *not_these)
{
    char text[512];

    ca_sandbox_describe(&sandbox, text, sizeof text);
    ck_assert_msg(strstr(text, words) != NULL, "said: %s", text);
    ck_assert_msg(not_these == NULL || strstr(text, not_these) == NULL, "said: %s", text);
}

START_TEST(each_kernel_is_told_as_it_is)
{
    expect(
        (struct ca_sandbox){.seccomp = true, .landlock = 6, .opening = true},
        "can open, start and reach nothing (seccomp; Landlock 6: files, network and signals)",
        "refused");
    expect((struct ca_sandbox){.seccomp = true, .landlock = 4, .opening = true},
           "Landlock 4: files and network, not signals", NULL);
    expect((struct ca_sandbox){.seccomp = true, .landlock = 2, .opening = true},
           "Landlock 2: files, not network or signals", NULL);
    expect((struct ca_sandbox){.seccomp = true, .opening = true},
           "this kernel has no Landlock)", "refused");
    expect((struct ca_sandbox){.seccomp = true},
           "it cannot open frameworks of others for such a process, so these are refused",
           NULL);
    expect((struct ca_sandbox){.landlock = 2, .opening = true},
           "can open no file (Landlock 2: files, not network or signals)", "start");
    expect((struct ca_sandbox){.opening = true}, "not locked", "can open");
    expect((struct ca_sandbox){.relaxed = true}, "not locked", "can open");
}
END_TEST

/* What a tool watches is not locked, and nothing is claimed of it. */
START_TEST(this_one_is_probed)
{
    struct ca_sandbox sandbox;
    char text[512];

    ca_sandbox_probe(&sandbox);
    ca_sandbox_describe(&sandbox, text, sizeof text);
    ck_assert_uint_eq(sandbox.memory, CA_SANDBOX_MEMORY);
    ck_assert_int_eq(strstr(text, "seccomp;") != NULL, sandbox.seccomp);
    ck_assert(!sandbox.relaxed || (!sandbox.seccomp && sandbox.landlock == 0));
}
END_TEST

Suite *unit_suite(void)
{
    Suite *suite = suite_create("sandbox");

    UNIT_CASE(suite, "sandbox", each_kernel_is_told_as_it_is, this_one_is_probed);
    return suite;
}
