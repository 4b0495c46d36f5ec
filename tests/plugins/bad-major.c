/* Built for an interface that is to come. */
#define NAME  "bad-major"
#define MAJOR (CASEAUDIT_ABI_MAJOR + 1)
#include "sound.h"

const caseaudit_framework *caseaudit_framework_entry(void)
{
    return &descriptor;
}
