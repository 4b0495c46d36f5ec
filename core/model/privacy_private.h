#ifndef CA_MODEL_PRIVACY_PRIVATE_H
#define CA_MODEL_PRIVACY_PRIVATE_H

#include <stdbool.h>
#include <stddef.h>

/*
 * What the matchers of personal data share; private to core/model/privacy*.c.
 * Each matcher is given the text, a place in it where run digits begin (none of
 * them before it), and answers whether its kind stands there by itself: nothing of
 * a word or of a longer number runs into it or goes on behind it.
 */
typedef const unsigned char *ca_place;

bool ca_is_nhs_number(ca_place text, ca_place p, size_t run);
bool ca_is_upn(ca_place text, ca_place p, size_t run);
bool ca_is_ni_number(ca_place text, ca_place p, size_t run);
bool ca_is_telephone(ca_place text, ca_place p, size_t run);
bool ca_is_postcode(ca_place text, ca_place p, size_t run);
bool ca_is_birth_date(ca_place text, ca_place p, size_t run);
/* p is an '@'. */
bool ca_is_email(ca_place text, ca_place p);

static inline bool ca_is_digit(unsigned char c)
{
    return c >= '0' && c <= '9';
}

static inline bool ca_is_letter(unsigned char c)
{
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z');
}

static inline bool ca_is_lower(unsigned char c)
{
    return c >= 'a' && c <= 'z';
}

static inline unsigned char ca_upper(unsigned char c)
{
    return ca_is_lower(c) ? (unsigned char)(c - 'a' + 'A') : c;
}

/* Does a character of a word begin at p (ASCII or beyond)? */
bool ca_is_word_at(ca_place p);

/* The character before p, at or after text; NULL at the beginning. */
ca_place ca_before(ca_place text, ca_place p);

/* Does nothing of a word, and no decimal fraction, run into p from the left, or go on
 * behind p? */
bool ca_starts_alone(ca_place text, ca_place p);
bool ca_ends_alone(ca_place p);

size_t ca_digits_at(ca_place p);

/* One separator within a grouped number: its length, 0 for none; *kind is ' ' or '-'. */
size_t ca_separator(ca_place p, char *kind);

/* A hyphen joins grouped digits before or behind it to one longer number. */
bool ca_hyphen_before(ca_place text, ca_place p);
bool ca_hyphen_behind(ca_place p);

/* Is *p a separator and a group of exactly n digits? Then *p moves behind it, and *hyphen
 * becomes true if the separator was a hyphen. */
bool ca_next_group(ca_place *p, size_t n, bool *hyphen);

#endif
