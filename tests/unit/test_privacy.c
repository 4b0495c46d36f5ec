#include <stdlib.h>
#include <string.h>

#include "core/model/privacy.h"
#include "tests/unit/unit.h"

/* The numbers are made up, or the ones their owners publish as examples. */

enum {
    NONE = 0,
    NHS = 1 << CA_PERSONAL_NHS_NUMBER,
    UPN = 1 << CA_PERSONAL_UPN,
    NI = 1 << CA_PERSONAL_NI_NUMBER,
    EMAIL = 1 << CA_PERSONAL_EMAIL,
    PHONE = 1 << CA_PERSONAL_TELEPHONE,
    POSTCODE = 1 << CA_PERSONAL_POSTCODE,
    BIRTH = 1 << CA_PERSONAL_BIRTH_DATE
};

struct example {
    const char *text;
    unsigned found;
};

#define EXAMPLES(...)                                                                          \
    static const struct example examples[] = {__VA_ARGS__};                                    \
    check_all(examples, sizeof(examples) / sizeof(*examples))

static void check_all(const struct example *examples, size_t count)
{
    size_t i;

    for (i = 0; i < count; i++) {
        const unsigned found = ca_personal_find(examples[i].text);

        ck_assert_msg(found == examples[i].found, "\"%s\": found %#x, expected %#x",
                      examples[i].text, found, examples[i].found);
    }
}

START_TEST(test_plain_text)
{
    EXAMPLES(
        {"", NONE}, {"The plan was reviewed with the family.", NONE},
        {"Seen 3 times in 2023, last on 2023-10-02; case C10482, return 2023-Q3-0147", NONE},
        {"E12, A17, M02, QA1, TM4; 16/17 and 1.5 of 2.25; 10:30 to 11:45", NONE},
        {"@ 5 @home a@ @b a @ b", NONE}, {"20230102030405", NONE},
        {"born to be wild, DOB not given", NONE});
}
END_TEST

START_TEST(test_nhs_number)
{
    EXAMPLES({"9434765919", NHS}, {"NHS no 943 476 5919.", NHS}, {"(943-476-5919)", NHS},
             {"9434765919,4010232137", NHS}, {"x 401 023 2137 y", NHS},
             {"943\xC2\xA0"
              "476\xC2\xA0"
              "5919",
              NHS},
             {"\xE2\x80\x9C"
              "9434765919\xE2\x80\x9D",
              NHS},
             {"\xE2\x80\x93"
              "9434765919\xE2\x80\xA6",
              NHS},
             {"2023-9434765919", NHS},
             /* a wrong check digit; one whose check digit would be 10 */
             {"9434765918", NONE}, {"943 476 5918", NONE}, {"9000000050", NONE},
             {"9000000055", NONE},
             /* part of something longer */
             {"94347659190", NONE}, {"19434765919", NONE}, {"A9434765919", NONE},
             {"9434765919b", NONE}, {"12-943-476-5919", NONE}, {"943-476-5919-1", NONE},
             {"0.9434765919", NONE}, {"9434765919.5", NONE},
             {"\xC3\xA9"
              "9434765919",
              NONE},
             {"9434765919\xC3\xA9", NONE},
             /* grouped otherwise */
             {"9434 765 919", NONE}, {"943 4765919", NONE}, {"943  476  5919", NONE});
}
END_TEST

START_TEST(test_upn)
{
    EXAMPLES({"A123456789012", UPN}, {"UPN: h801200001001.", UPN}, {"U80120000100A", UPN},
             {"c82020001000x", UPN}, {"B123456789012", NONE}, {"A123456789013", NONE},
             {"U80120000100B", NONE}, {"U80120000100I", NONE}, {"AA123456789012", NONE},
             {"A1234567890123", NONE}, {"A123456789012B", NONE}, {"A 123456789012", NONE});
}
END_TEST

START_TEST(test_ni_number)
{
    EXAMPLES({"AB123456C", NI}, {"AB 12 34 56 C", NI}, {"NI AB-12-34-56-C, seen", NI},
             {"ab123456c", NI}, {"QQ123456C", NI}, {"AB 123456 C", NI}, {"AB123456 D", NI},
             {"AB\xC2\xA0"
              "12\xC2\xA0"
              "34\xC2\xA0"
              "56\xC2\xA0"
              "C",
              NI},
             {"AB123456E", NONE}, {"AB123456", NONE}, {"AB12345C", NONE}, {"AB1234567C", NONE},
             {"DA123456C", NONE}, {"AO123456C", NONE}, {"BG123456C", NONE}, {"ZZ123456C", NONE},
             {"XAB123456C", NONE}, {"AB123456CD", NONE}, {"by 200000 a year", NONE},
             {"at 12 34 56 a", NONE}, {"A 123456 C", NONE});
}
END_TEST

START_TEST(test_email)
{
    EXAMPLES({"jo@example.org", EMAIL}, {"Mail to <jo.smith+1@mail.example.co.uk>.", EMAIL},
             {"JO_S@EXAMPLE.UK", EMAIL}, {"zo\xC3\xAB@example.org", EMAIL},
             {"jo@example", NONE}, {"@example.org", NONE}, {"jo @example.org", NONE},
             {"jo@ example.org", NONE}, {"jo@.org", NONE}, {"jo@example.1", NONE},
             {"jo@example.x", NONE}, {"seen @ 10.30", NONE}, {"4@4.4.4", NONE});
}
END_TEST

START_TEST(test_telephone)
{
    EXAMPLES({"01632960001", PHONE}, {"01632 960001", PHONE}, {"01632 960 001", PHONE},
             {"(01632) 960001", PHONE}, {"020 7946 0958", PHONE}, {"020-7946-0958", PHONE},
             {"(020) 7946 0958", PHONE}, {"(020)79460958", PHONE}, {"0161.496.0000", PHONE},
             {"07700 900123", PHONE}, {"0169772345", PHONE}, {"+447700900123", PHONE},
             {"+44 7700 900123", PHONE}, {"+44 (0)7700 900123", PHONE},
             {"+44 (0) 20 7946 0958", PHONE}, {"(+44) 20 7946 0958", PHONE},
             {"+44-20-7946-0958", PHONE}, {"ring 07700 900123 or 9 to 5", PHONE},
             {"020\xC2\xA0"
              "7946\xC2\xA0"
              "0958",
              PHONE},
             /* too short, too long, not from here, part of something */
             {"016329600", NONE}, {"016329600012", NONE}, {"07700 9001", NONE},
             {"+44 7700 9001234", NONE}, {"+33 7700 900123", NONE}, {"00 33 1 234 5678", NONE},
             {"0033123456", NONE}, {"A01632960001", NONE}, {"01632960001x", NONE},
             {"2023-01632-960001", NONE}, {"0.1632960001", NONE}, {"01 02 03 04 05", NONE},
             {"17700900123", NONE}, {"2023-01-02 2023-01-03", NONE}, {"+44", NONE},
             {"+44 (0", NONE}, {"+44(", NONE});
}
END_TEST

START_TEST(test_postcode)
{
    EXAMPLES({"M1 1AE", POSTCODE}, {"B33 8TH", POSTCODE}, {"CR2 6XH", POSTCODE},
             {"DN55 1PT", POSTCODE}, {"W1A 0AX", POSTCODE}, {"EC1A 1BB", POSTCODE},
             {"lives at 1 High St, SW1A 1AA.", POSTCODE}, {"ec1a 1bb", POSTCODE},
             {"M11AE", POSTCODE}, {"B338TH", POSTCODE}, {"DN551PT", POSTCODE},
             {"EC1A1BB", POSTCODE}, {"W1A0AX", POSTCODE},
             {"M1\xC2\xA0"
              "1AE",
              POSTCODE},
             /* half of one; letters that are never there */
             {"the M1 area", NONE}, {"SW1A", NONE}, {"1AA", NONE}, {"QN55 1PT", NONE},
             {"VN55 1PT", NONE}, {"DI55 1PT", NONE}, {"DN55 1CT", NONE}, {"DN55 1PO", NONE},
             {"W1I 0AX", NONE}, {"EC1C 1BB", NONE}, {"DNX55 1PT", NONE}, {"DN555 1PT", NONE},
             {"DN55 11PT", NONE}, {"DN55 1PTX", NONE}, {"DN55 1PT2", NONE}, {"DN55-1PT", NONE},
             {"DN55  1PT", NONE},
             /* what auditors write */
             {"P3 2nd visit", NONE}, {"b2 1st", NONE}, {"e1 3rd", NONE}, {"A17 4th", NONE},
             {"Q3 5th", NONE}, {"R2D2 and 3 others", NONE});
}
END_TEST

START_TEST(test_birth_date)
{
    EXAMPLES({"DOB 2010-03-12", BIRTH}, {"DOB: 12/03/2010", BIRTH}, {"D.O.B. 12.3.10", BIRTH},
             {"d.o.b 12.3.10", BIRTH}, {"Date of Birth 12 March 2010", BIRTH},
             {"date  of\nbirth: 1/1/10", BIRTH}, {"She was born on 12th March 2010.", BIRTH},
             {"born 12 Mar 10", BIRTH}, {"Born 1 sept. 2010", BIRTH},
             {"born 1st of May 2010", BIRTH}, {"dob12/03/2010", BIRTH},
             {"BORN 12-03-2010", BIRTH}, {"born (2010-03-12)", BIRTH},
             {"date\xC2\xA0of birth 12 March 2010", BIRTH},
             /* the reach: 20 characters between the two, not bytes */
             {"born xxxxxxxxxxxxxxxxxx 12/03/2010", BIRTH},
             {"born xxxxxxxxxxxxxxxxxxx 12/03/2010", NONE},
             {"born \xC3\xA9\xC3\xA9\xC3\xA9\xC3\xA9\xC3\xA9\xC3\xA9\xC3\xA9\xC3\xA9\xC3\xA9"
              "\xC3\xA9\xC3\xA9\xC3\xA9\xC3\xA9\xC3\xA9\xC3\xA9\xC3\xA9\xC3\xA9\xC3\xA9 1/3/10",
              BIRTH},
             /* not after it, no date, no such word */
             {"12/03/2010 born", NONE}, {"born in 2010", NONE}, {"born 12 March", NONE},
             {"born 32/03/2010", NONE}, {"born 12/13/2010", NONE}, {"born 12/03/20100", NONE},
             {"born 12/03-2010", NONE}, {"born 12.3.10.4", NONE}, {"born 112/03/2010", NONE},
             {"stubborn 12/03/2010", NONE}, {"borne 12/03/2010", NONE},
             {"newborn 12/03/2010", NONE}, {"adobe 12/03/2010", NONE},
             {"date of visit 12/03/2010", NONE}, {"born 12 Marches 2010", NONE},
             {"visited 12 March 2010", NONE}, {"born x12/03/2010", NONE},
             {"\xC3\xA9"
              "born 12/03/2010",
              NONE});
}
END_TEST

START_TEST(test_several_kinds)
{
    EXAMPLES({"jo@example.org, 07700 900123, SW1A 1AA, DOB 12/03/2010, AB123456C, "
              "A123456789012, 9434765919",
              NHS | UPN | NI | EMAIL | PHONE | POSTCODE | BIRTH},
             {"9434765918 then 9434765919", NHS}, {"020 7946 then 07700 900123", PHONE});
}
END_TEST

START_TEST(test_names)
{
    int kind;

    for (kind = 0; kind < CA_PERSONAL_COUNT; kind++)
        ck_assert_uint_gt(strlen(ca_personal_name((enum ca_personal)kind)), 4);
    ck_assert_str_eq(ca_personal_name(CA_PERSONAL_NHS_NUMBER), "an NHS number");
}
END_TEST

/* Every end of a text is looked behind: each piece in memory of just its size. */
START_TEST(test_every_ending)
{
    static const char text[] =
        "+44 (0)20 7946 0958 DOB 12th Sept. 2010 AB 12 34 56 C U80120000100A "
        "EC1A 1BB jo@example.org 943 476 5919\xC2\xA0 D.O.B. 12.3.10";
    size_t from, length;
    char *piece;

    for (from = 0; from + 1 < sizeof(text); from++) {
        for (length = 0; from + length < sizeof(text); length++) {
            piece = malloc(length + 1);
            memcpy(piece, text + from, length);
            piece[length] = '\0';
            ck_assert_uint_lt(ca_personal_find(piece), 1u << CA_PERSONAL_COUNT);
            free(piece);
        }
    }
}
END_TEST

/* Each text of 256 KiB is of a kind that would be slow if anything were looked at
 * again and again. */
START_TEST(test_no_text_is_slow)
{
    static const char *const units[] = {"0",      "01 ",          "01632-",    "a@",
                                        "1.1.1 ", "born 1.1.10 ", "AB12",      "of birth ",
                                        " ",      "\xC3\xA9",     "1 of 1 of "};
    const size_t size = 256 * 1024;
    char *text = malloc(size + 1);
    clock_t begun = clock();
    size_t i, at, n;

    for (i = 0; i < sizeof(units) / sizeof(*units); i++) {
        n = strlen(units[i]);
        for (at = 0; at + n <= size; at += n)
            memcpy(text + at, units[i], n);
        text[at] = '\0';
        ca_personal_find(text);
    }
    free(text);
    unit_assert_quick(begun, 10);
}
END_TEST

Suite *unit_suite(void)
{
    Suite *suite = suite_create("privacy");

    UNIT_CASE(suite, "kinds", test_plain_text, test_nhs_number, test_upn, test_ni_number,
              test_email, test_telephone, test_postcode, test_birth_date, test_several_kinds,
              test_names);
    UNIT_CASE(suite, "texts", test_every_ending, test_no_text_is_slow);
    return suite;
}
