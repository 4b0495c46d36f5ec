/*
 * What looks like personal data in a text. All kinds but the email address begin at, or just
 * before, a run of digits: so a quick pass finds the next digit or '@', and only there is
 * anything looked at closely.
 */
#include "core/model/privacy.h"

#include <string.h>

#include "core/model/privacy_private.h"

static const char *const names[CA_PERSONAL_COUNT] = {
    [CA_PERSONAL_NHS_NUMBER] = "an NHS number",
    [CA_PERSONAL_UPN] = "a unique pupil number",
    [CA_PERSONAL_NI_NUMBER] = "a National Insurance number",
    [CA_PERSONAL_EMAIL] = "an email address",
    [CA_PERSONAL_TELEPHONE] = "a telephone number",
    [CA_PERSONAL_POSTCODE] = "a postcode",
    [CA_PERSONAL_BIRTH_DATE] = "a date of birth",
};

const char *ca_personal_name(enum ca_personal kind)
{
    return names[kind];
}

static const struct matcher {
    enum ca_personal kind;
    bool (*matches)(ca_place text, ca_place p, size_t run);
} matchers[] = {
    {CA_PERSONAL_NHS_NUMBER, ca_is_nhs_number}, {CA_PERSONAL_UPN, ca_is_upn},
    {CA_PERSONAL_NI_NUMBER, ca_is_ni_number},   {CA_PERSONAL_TELEPHONE, ca_is_telephone},
    {CA_PERSONAL_POSTCODE, ca_is_postcode},     {CA_PERSONAL_BIRTH_DATE, ca_is_birth_date},
};

static unsigned look_at(ca_place text, ca_place p, size_t run, unsigned found)
{
    for (size_t i = 0; i < sizeof(matchers) / sizeof(*matchers); i++) {
        const unsigned bit = 1u << matchers[i].kind;

        if ((found & bit) == 0 && matchers[i].matches(text, p, run))
            found |= bit;
    }
    return found;
}

enum { BLOCK = 32 };

static bool is_stop(unsigned char c)
{
    return ca_is_digit(c) || c == '@';
}

/* Is nothing in these BLOCK characters worth a stop? Without branches, so that a
 * compiler looks at many of them at once. */
static bool is_plain(ca_place p)
{
    unsigned char stop = 0;

    for (size_t i = 0; i < BLOCK; i++)
        stop |= (unsigned char)((unsigned char)(p[i] - '0') < 10) | (p[i] == '@');
    return stop == 0;
}

unsigned ca_personal_find(const char *string)
{
    const ca_place text = (ca_place)string, end = text + strlen(string);
    ca_place p = text;
    unsigned found = 0;
    size_t run;

    for (;;) {
        while (end - p >= BLOCK && is_plain(p))
            p += BLOCK;
        while (p < end && !is_stop(*p))
            p++;
        if (p == end)
            return found;
        if (*p == '@') {
            if (ca_is_email(text, p))
                found |= 1u << CA_PERSONAL_EMAIL;
            p++;
        } else {
            run = ca_digits_at(p);
            found = look_at(text, p, run, found);
            p += run;
        }
    }
}
