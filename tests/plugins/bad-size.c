/* A descriptor that ends before its last required callback. */
#define NAME "bad-size"
#define SIZE offsetof(caseaudit_framework, score)
#include "sound.h"

const caseaudit_framework *caseaudit_framework_entry(void)
{
    return &descriptor;
}
