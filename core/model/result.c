/* Words of the result object. */
#include "core/model/result.h"

const char *ca_result_status_name(enum ca_result_status status)
{
    static const char *const names[] = {"scored", "not-graded", "rejected"};

    return names[status];
}
