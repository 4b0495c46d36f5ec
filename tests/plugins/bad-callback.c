/* Lacks a callback that is required. */
#define NAME         "bad-callback"
#define CHECK_RETURN NULL
#include "sound.h"

const caseaudit_framework *caseaudit_framework_entry(void)
{
    return &descriptor;
}
