#ifndef CA_STORE_AUTHORITY_H
#define CA_STORE_AUTHORITY_H

#include <stdbool.h>

/* Can an authority be called that? A token, such as those who belong together call themselves.
 */
bool ca_authority_fits(const char *name);
#define CA_AUTHORITY_CANNOT                                                                    \
    ("an authority cannot be called '%s': it has small letters, digits, '-' and '_'")

#endif
