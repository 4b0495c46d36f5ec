#ifndef CA_MODEL_PRIVACY_H
#define CA_MODEL_PRIVACY_H

#include <stddef.h>

/*
 * What looks like personal data, standing by itself in text: kinds in plain
 * words ("an NHS number"), never the value. One pass over the text, quick on
 * text without digits.
 */
enum ca_personal {
    CA_PERSONAL_NHS_NUMBER,
    CA_PERSONAL_UPN,
    CA_PERSONAL_NI_NUMBER,
    CA_PERSONAL_EMAIL,
    CA_PERSONAL_TELEPHONE,
    CA_PERSONAL_POSTCODE,
    CA_PERSONAL_BIRTH_DATE,
    CA_PERSONAL_COUNT
};

/* Bit k is set for each kind found. */
unsigned ca_personal_find(const char *text);
const char *ca_personal_name(enum ca_personal kind);

#endif
