/* Calls a function that nobody has; linked without the flags that would say so. */
#define NAME "bad-symbol"
#include "sound.h"

extern void caseaudit_function_nobody_has(void);

const caseaudit_framework *caseaudit_framework_entry(void)
{
    caseaudit_function_nobody_has();
    return &descriptor;
}
