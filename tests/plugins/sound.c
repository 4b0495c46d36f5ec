/* Nothing wrong with it. */
#define NAME "sound"
#include "sound.h"

const caseaudit_framework *caseaudit_framework_entry(void)
{
    return &descriptor;
}
