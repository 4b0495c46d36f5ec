/* Exports the entry of something else. */
#define NAME  "bad-magic"
#define MAGIC 0x12345678u
#include "sound.h"

const caseaudit_framework *caseaudit_framework_entry(void)
{
    return &descriptor;
}
