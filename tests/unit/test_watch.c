/* How long another process has been at something. Nothing here depends on how quick anything
 * is: what must come to pass is waited for, and what must not is looked at once. */
#include <signal.h>
#include <sys/wait.h>
#include <unistd.h>

#include "core/work/watch.h"
#include "tests/unit/unit.h"

enum { AN_HOUR = 3600 * 1000 };

static volatile sig_atomic_t never;

static pid_t start(bool busy)
{
    pid_t pid = fork();

    if (pid == 0) {
        while (never == 0)
            if (!busy)
                (void)pause();
        _exit(0);
    }
    ck_assert_int_gt(pid, 0);
    return pid;
}

static void end(pid_t pid)
{
    (void)kill(pid, SIGKILL);
    ck_assert_int_eq(waitpid(pid, NULL, 0), pid);
}

static void wait_until_overdue(struct ca_watch *watch, int64_t limit)
{
    while (!ca_watch_overdue(watch, limit))
        (void)usleep(CA_WATCH_EVERY * 1000);
}

START_TEST(what_works_is_overdue_in_the_end)
{
    struct ca_watch watch;
    pid_t pid = start(true);

    ca_watch_begin(&watch, pid);
    wait_until_overdue(&watch, 50);
    ck_assert(!ca_watch_overdue(&watch, AN_HOUR));
    end(pid);
}
END_TEST

START_TEST(what_sleeps_is_too)
{
    struct ca_watch watch;
    pid_t pid = start(false);

    ca_watch_begin(&watch, pid);
    wait_until_overdue(&watch, 50);
    ck_assert(!ca_watch_overdue(&watch, AN_HOUR));
    end(pid);
}
END_TEST

/* As one that stops itself, which no alarm of its own would end. */
START_TEST(and_what_is_stopped)
{
    struct ca_watch watch;
    pid_t pid = start(true);

    ck_assert_int_eq(kill(pid, SIGSTOP), 0);
    ca_watch_begin(&watch, pid);
    wait_until_overdue(&watch, 50);
    end(pid);
}
END_TEST

START_TEST(something_new_begins_at_nothing)
{
    struct ca_watch watch;
    pid_t pid = start(true);

    ca_watch_begin(&watch, pid);
    wait_until_overdue(&watch, 50);
    ca_watch_again(&watch);
    ck_assert(!ca_watch_overdue(&watch, 50)); /* the first look only says from where on */
    wait_until_overdue(&watch, 50);
    end(pid);
}
END_TEST

/* Its parent was held up itself, and knows nothing of the time between. */
START_TEST(one_look_is_not_enough)
{
    struct ca_watch watch;
    pid_t pid = start(false);

    ca_watch_begin(&watch, pid);
    watch.looked -= (int64_t)AN_HOUR * 1000000;
    ck_assert(!ca_watch_overdue(&watch, 50));
    watch.looked -= (int64_t)AN_HOUR * 1000000;
    ck_assert(!ca_watch_overdue(&watch, 3 * CA_WATCH_EVERY));
    end(pid);
}
END_TEST

Suite *unit_suite(void)
{
    Suite *suite = suite_create("watch");

    UNIT_CASE(suite, "watch", what_works_is_overdue_in_the_end, what_sleeps_is_too,
              and_what_is_stopped, something_new_begins_at_nothing, one_look_is_not_enough);
    return suite;
}
