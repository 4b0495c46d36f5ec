/* What this build cannot do: pages in which nothing is worked out, for want of the engine. */
#include "core/cli/lacking.h"

#include <stddef.h>

#include "core/report/form/form.h"
#include "core/report/workbench/workbench.h"

#define WITHOUT_ENGINE(so)                                                                     \
    ("this program was built without the engine for web pages, so " so                         \
     "; './quickstart' installs what that needs, and builds it anew")

const char *ca_lacking_workbench(void)
{
    return ca_workbench_possible() ? NULL : WITHOUT_ENGINE("there is no workbench");
}

const char *ca_lacking_grades(void)
{
    return ca_form_grades_possible() ? NULL : WITHOUT_ENGINE("forms show no grade");
}
