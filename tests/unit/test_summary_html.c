#include "tests/unit/unit.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "core/base/file.h"
#include "core/base/utf8.h"
#include "core/report/page/html.h"
#include "core/report/summary/summary_html.h"
#include "tests/support/summary_sample.h"

static struct ca_buffer rendered(const struct sample_shape *shape)
{
    struct ca_summary *s = sample_summary(shape);
    struct ca_buffer out = {0};

    ca_summary_html(&out, s, &ca_theme_plain);
    ca_summary_free(s);
    return out;
}

static bool has(const struct ca_buffer *out, const char *text)
{
    return strstr(out->data, text) != NULL;
}

START_TEST(the_answer_the_figures_and_the_notes_are_there)
{
    const struct sample_shape shape = {
        .periods = 3, .sections = 5, .months = 14, .audience = CA_OPERATIONAL};
    struct ca_buffer out = rendered(&shape);
    static const char *const wanted[] = {
        "33 files audited. 22 of 33 (67%) good or better.",
        "Wilson score intervals",
        "<html lang=en-GB>",
        "In brief",
        "To worry about",
        "Parts of the audit",
        "Of 40 actions raised in",
        "The loop is not closed yet",
        "Break in the series: from 14 November 2022 on",
        "178\xC2\xA0of\xC2\xA0"
        "1123 <b>16%</b>",
        "1 of 14 months differs by more than ordinary variation would give",
        "down is good",
        "of\xC2\xA0"
        "9 <b>78%</b>",
        "FICTION-1"};

    for (size_t i = 0; i < sizeof wanted / sizeof *wanted; i++)
        ck_assert_msg(has(&out, wanted[i]), "%s", wanted[i]);
    ca_buffer_free(&out);
}
END_TEST

START_TEST(strengths_come_before_improvements)
{
    const struct sample_shape shape = {.periods = 1, .sections = 2};
    struct ca_buffer out = rendered(&shape);
    const char *part = strstr(out.data, "<table id=t-themes");

    ck_assert_ptr_nonnull(part);
    ck_assert(strstr(part, "Strengths") < strstr(part, "Improvements"));
    ca_buffer_free(&out);
}
END_TEST

START_TEST(nothing_is_fetched_and_nothing_runs)
{
    const struct sample_shape shape = {
        .periods = 3, .sections = 5, .agencies = 3, .groups = 2, .months = 12, .hostile = true};
    struct ca_buffer out = rendered(&shape);
    static const char *const unwanted[] = {"<script", "<img",         "</style><",
                                           "src=",    "javascript:",  "@import",
                                           "url(",    "\xE2\x80\xAE", "\x07",
                                           "\x1B"};

    for (size_t i = 0; i < sizeof unwanted / sizeof *unwanted; i++) {
        const char *found = strstr(out.data, unwanted[i]);
        /* as text of an image's address it is harmless: no quote or angle stands before it */
        if (found != NULL && strcmp(unwanted[i], "src=") == 0)
            found = strstr(out.data, "<img src=");
        ck_assert_msg(found == NULL, "%s", unwanted[i]);
    }
    for (const char *p = out.data; *p != '\0';) {
        size_t length;
        ck_assert(ca_utf8_next(p, &length) != CA_REPLACEMENT || length == 3);
        p += length;
    }
    ca_buffer_free(&out);
}
END_TEST

START_TEST(a_large_template_stays_small)
{
    /* 40 standards in twice as many sections as usual, eight quarters */
    const struct sample_shape shape = {
        .periods = 8, .sections = 20, .months = 24, .audience = CA_OPERATIONAL};
    struct ca_buffer out = rendered(&shape);

    ck_assert_uint_lt(out.length, 150 * 1024);
    ca_buffer_free(&out);
}
END_TEST

START_TEST(what_is_withheld_is_not_drawn)
{
    const struct sample_shape shape = {.periods = 3, .sections = 5, .audience = CA_PUBLIC};
    struct ca_buffer out = rendered(&shape);

    /* What can be told is drawn in two parts; what cannot is no empty box. */
    ck_assert(has(&out, ">the rest "));
    ck_assert(!has(&out, "stroke-dasharray=\"4 3\""));
    ck_assert(has(&out, ">c\xC2\xA0of\xC2\xA0"));
    ck_assert(!has(&out, "Immediate alert"));
    ck_assert(!has(&out, "FICTION"));
    ca_buffer_free(&out);
}
END_TEST

START_TEST(no_audits_at_all)
{
    const struct sample_shape shape = {.periods = 1, .sections = 5, .empty = true};
    struct ca_buffer out = rendered(&shape);

    ck_assert(has(&out, "No files were audited."));
    ck_assert(!has(&out, "NaN"));
    ca_buffer_free(&out);
}
END_TEST

START_TEST(text_is_escaped)
{
    struct ca_buffer out = {0};

    ca_html_text(&out, "<a href=\"x\">&'\xE2\x80\xAE\x1B\xFF\n");
    ck_assert_str_eq(out.data, "&lt;a href=&quot;x&quot;&gt;&amp;&#39;" CA_REPLACEMENT_UTF8
                                   CA_REPLACEMENT_UTF8 CA_REPLACEMENT_UTF8 "\n");
    ca_buffer_clear(&out);
    ca_html_css_string(&out, "a\"</style>\\");
    ck_assert_str_eq(out.data, "a\\22 \\3c \\2f style\\3e \\5c ");
    ca_buffer_free(&out);
}
END_TEST

/* ---- themes ---- */

static const char logo[] =
    "<svg xmlns='http://www.w3.org/2000/svg' viewBox='0 0 9 9' onload='x()'>"
    "<script>alert(1)</script><image href='http://example.org/a.png'/>"
    "<style>*{fill:url(http://example.org)}</style>"
    "<path id='p' d='M0 0h9' style='fill:#123456;stroke:url(http://x.org)'/>"
    "<g fill='url(#p)' onclick='x()'><rect width='3' height='3'/></g>"
    "<g fill='URL(x)' stroke='url(#p) url(x)' id='url(x)' clip-path='//example.org/x'>"
    "<rect transform='rotate(45)' x='Image(y)' fill='\\\\example.org\\x' rx='src(y)' "
    "stroke='rgb(1,2,3)'/></g></svg>";

static enum ca_code theme_of(const char *text, struct ca_theme *theme, struct ca_error *error)
{
    char *folder = unit_folder_new();
    char path[512];
    enum ca_code code;

    snprintf(path, sizeof path, "%s/logo.svg", folder);
    unit_write(path, logo, strlen(logo));
    snprintf(path, sizeof path, "%s/theme", folder);
    unit_write(path, text, strlen(text));
    code = ca_theme_read(path, theme, error);
    unit_folder_remove(folder);
    free(folder);
    return code;
}

START_TEST(a_theme_is_read)
{
    struct ca_theme theme;
    struct ca_error error;

    ck_assert_int_eq(
        theme_of("# ours\nname = Exampleshire\n\ncolour=#12436D\naccent = #28A197\n"
                 "target.plan = 90\r\ntarget.mean = 2.5",
                 &theme, &error),
        CA_OK);
    ck_assert_str_eq(theme.name, "Exampleshire");
    ck_assert_ptr_null(theme.logo);
    ck_assert_uint_eq(theme.target_count, 2);
    ck_assert_str_eq(theme.targets[0].measure, "plan");
    ck_assert_int_eq(theme.targets[0].thousandths, 90000);
    ck_assert_int_eq(theme.targets[1].thousandths, 2500);
    ca_theme_free(&theme);
}
END_TEST

START_TEST(a_logo_keeps_nothing_but_shapes)
{
    struct ca_theme theme;
    struct ca_error error;

    ck_assert_int_eq(theme_of("name = A \"B\"\nlogo = logo.svg", &theme, &error), CA_OK);
    ck_assert_str_eq(
        theme.logo, "<svg class=\"logo\" role=\"img\" aria-label=\"A &quot;B&quot;\" "
                    "viewBox=\"0 0 9 9\"><path id=\"logo-p\" d=\"M0 0h9\" fill=\"#123456\">"
                    "</path><g fill=\"url(#logo-p)\"><rect width=\"3\" height=\"3\"></rect></g>"
                    "<g><rect transform=\"rotate(45)\" stroke=\"rgb(1,2,3)\"></rect></g>"
                    "</svg>");
    ca_theme_free(&theme);
}
END_TEST

START_TEST(a_theme_that_cannot_be_used_says_why)
{
    static const struct {
        const char *text, *why;
    } rows[] = {
        {"colour = #F46A25", "contrast of 3.02 to 1"},
        {"accent = #FFFFFF", "contrast of 1.00 to 1"},
        {"\n\ncolour = red", ":3: colour 'red' is no colour"},
        {"size = 3", "'size' is unknown"},
        {"name", "WORD = VALUE"},
        {"name =", "has no value"},
        {"target.plan = often", "is no number"},
        {"logo = missing.svg", "missing.svg"},
        {"logo = theme", "logo"},
    };
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
        struct ca_theme theme;
        struct ca_error error = {0};
        enum ca_code code = theme_of(rows[i].text, &theme, &error);

        ck_assert_msg(code != CA_OK, "%s", rows[i].text);
        ck_assert_msg(strstr(error.message, rows[i].why) != NULL, "%s", error.message);
    }
}
END_TEST

START_TEST(contrast_is_that_of_the_guidelines)
{
    ck_assert_int_eq(ca_contrast_with_white("#000000"), 2100);
    ck_assert_int_eq(ca_contrast_with_white("#ffffff"), 100);
    ck_assert_int_eq(ca_contrast_with_white("#767676"), 454);
    ck_assert_int_eq(ca_contrast_with_white("#777777"), 447);
    ck_assert_int_eq(ca_contrast_with_white("#12345"), 0);
    ck_assert_int_eq(ca_contrast_with_white("#12345g"), 0);
}
END_TEST

Suite *unit_suite(void)
{
    Suite *suite = suite_create("summary page");

    UNIT_CASE(suite, "page", the_answer_the_figures_and_the_notes_are_there,
              strengths_come_before_improvements, nothing_is_fetched_and_nothing_runs,
              a_large_template_stays_small, what_is_withheld_is_not_drawn, no_audits_at_all,
              text_is_escaped);
    UNIT_CASE(suite, "theme", a_theme_is_read, a_logo_keeps_nothing_but_shapes,
              a_theme_that_cannot_be_used_says_why, contrast_is_that_of_the_guidelines);
    return suite;
}
