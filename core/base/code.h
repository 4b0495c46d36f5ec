#ifndef CA_BASE_CODE_H
#define CA_BASE_CODE_H

#include <stdbool.h>

/* Codes of roles and cases: letters and digits, then also . _ / -, at most 64 of them. */
bool ca_is_code(const char *text);

/* Do two codes name the same role or case? People write QA1 and qa1 for one. Capitals of
 * ASCII alone, whatever the locale; NULL is the same as nothing, not even NULL. */
bool ca_same_code(const char *a, const char *b);

/* The same in small letters, in place: what is equal then is one code. */
void ca_fold_code(char *code);

#endif
