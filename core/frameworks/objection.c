/* Why a framework was refused. */
#include "core/frameworks/objection.h"

#include <stdarg.h>
#include <stdio.h>

bool ca_object(struct ca_objection *objection, enum ca_load_step step, const char *format, ...)
{
    va_list args;

    objection->step = step;
    va_start(args, format);
    vsnprintf(objection->text, sizeof objection->text, format, args);
    va_end(args);
    return false;
}
