/* Numbers that options say. */
#include "core/cli/number_asked.h"

#include "core/base/decimal.h"
#include "core/cli/cli.h"

bool ca_number_asked(const struct ca_args *args, const char *option, int64_t least,
                     int64_t most, int64_t *out)
{
    const char *text = ca_args_get(args, option, NULL);

    if (text == NULL || ca_integer_parse(text, least, most, out))
        return true;
    (void)ca_misused(args->verb, "--%s cannot be '%s'; it is a whole number from %lld to %lld",
                     option, text, (long long)least, (long long)most);
    return false;
}
