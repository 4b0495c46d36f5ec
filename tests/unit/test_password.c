/* Passwords in a store's name: where libpq would read one, and where people write one. */
#include "tests/unit/unit.h"

#include <stdio.h>
#include <string.h>

#include "core/store/password.h"

START_TEST(a_name_with_a_password_is_refused_and_covered)
{
    static const char *const names[] = {
        "postgresql://amira:CANARY@h/audits",
        "postgres://amira:CANARY@h:5432/audits?schema=a",
        "POSTGRESQL://amira:CANARY@h",
        "mysql://amira:CANARY@h",
        "postgresql://amira@tenant:CANARY@h",
        "postgresql://amira:9CANARY@h",
        "postgresql://amira:9/CANARY@h",
        "postgresql://amira:9?CANARY@h",
        "postgresql://amira:CANARY/h",
        "postgresql://amira:CANARY",
        "postgresql://amira@h/audits?password=CANARY",
        "postgresql://amira@h/audits?sslmode=require&sslpassword=CANARY&schema=a",
        "postgresql://amira@h/audits?p%61ss%77ord=CANARY",
        "postgresql:///?PASSWORD=CANARY",
        "host=h user=amira password=CANARY",
        "password = 'CANARY AND MORE' host=h",
        "sqlite:postgresql://amira:CANARY@h",
    };
    char name[128];
    struct ca_error error;

    for (size_t i = 0; i < sizeof names / sizeof *names; i++) {
        snprintf(name, sizeof name, "%s", names[i]);
        ck_assert_int_eq(ca_password_refuse(name, &error), CA_ERROR_USAGE);
        ck_assert_ptr_null(strstr(error.message, "CANARY"));
        ca_password_cover(name);
        ck_assert_msg(strstr(name, "CANARY") == NULL, "%s", names[i]);
        ck_assert_int_eq(ca_password_refuse(name, &error), CA_ERROR_USAGE);
    }
}
END_TEST

START_TEST(a_name_without_one_stays_as_it_is)
{
    static const char *const names[] = {
        "postgresql://amira@h/audits",
        "postgresql://h:5432/audits?user=amira@tenant",
        "postgresql://h1:5432,h2:5433/audits",
        "postgresql://amira@[::1]:5432/audits",
        "postgresql://[::1]:5432/audits?user=a@b",
        "postgresql://h1,[::1]:5432/audits",
        "postgresql:///audits?host=/run/x&passfile=/home/amira/.pgpass",
        "postgresql://u%3Ax@h/audits",
        "postgresql://h:/audits",
        "sqlite:/srv/audits.db",
        "sqlite:/srv/password=1/audits.db",
        "/srv/a:b@c/audits.db",
        "password.db",
        "",
    };
    char name[128];
    struct ca_error error;

    for (size_t i = 0; i < sizeof names / sizeof *names; i++) {
        snprintf(name, sizeof name, "%s", names[i]);
        ck_assert_msg(ca_password_refuse(name, &error) == CA_OK, "%s", names[i]);
        ca_password_cover(name);
        ck_assert_str_eq(name, names[i]);
    }
}
END_TEST

Suite *unit_suite(void)
{
    Suite *suite = suite_create("password");

    UNIT_CASE(suite, "names", a_name_with_a_password_is_refused_and_covered,
              a_name_without_one_stays_as_it_is);
    return suite;
}
