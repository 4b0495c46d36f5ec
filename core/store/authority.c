/* What an authority can be called. */
#include "core/store/authority.h"

#include <string.h>

bool ca_authority_fits(const char *name)
{
    return name[0] != '\0' && strlen(name) < 64 &&
           name[strspn(name, "abcdefghijklmnopqrstuvwxyz0123456789_-")] == '\0';
}
