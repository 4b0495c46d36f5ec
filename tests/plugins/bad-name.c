/* Calls itself by a name that is not its file's. */
#define NAME "good-name"
#include "sound.h"

const caseaudit_framework *caseaudit_framework_entry(void)
{
    return &descriptor;
}
