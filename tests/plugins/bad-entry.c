/* A shared object like any other, without the entry function. */
#define NAME "bad-entry"
#include "sound.h"

CASEAUDIT_EXPORT const caseaudit_framework *another_entry(void);
const caseaudit_framework *another_entry(void)
{
    return &descriptor;
}
