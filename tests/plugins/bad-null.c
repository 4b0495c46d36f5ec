/* Has no descriptor to return. */
#include <caseaudit/framework.h>

const caseaudit_framework *caseaudit_framework_entry(void)
{
    return NULL;
}
