/* An option falls back to a value that the option itself would refuse. */
#define NAME     "bad-table"
#define FALLBACK "13"
#include "sound.h"

const caseaudit_framework *caseaudit_framework_entry(void)
{
    return &descriptor;
}
