#ifndef CA_CLI_SUMMARY_FORMATS_H
#define CA_CLI_SUMMARY_FORMATS_H

#include <stdbool.h>

#include "core/base/buffer.h"
#include "core/base/error.h"
#include "core/insight/summary.h"
#include "core/report/page/theme.h"

/* What the terminal, if it goes there, can show; and how pages look. */
struct ca_format_style {
    size_t width; /* columns; 0: not known */
    bool color;
    const struct ca_theme *theme; /* of formats that take one */
    bool brief;                   /* only what suffices, of formats that have it */
};

/* One format of the summary. A new one is a row in summary_formats.c and its name in the
 * option's list of words. */
struct ca_summary_format {
    const char *name;
    bool binary;  /* not for a terminal */
    bool briefly; /* can be the brief alone */
    enum ca_code (*write)(struct ca_buffer *out, const struct ca_summary *summary,
                          const struct ca_format_style *style, struct ca_error *error);
};

#define CA_SUMMARY_FORMATS "text|json|csv|html|xlsx|pdf"

/* NULL if there is none of that name. */
const struct ca_summary_format *ca_summary_format_find(const char *name);

#endif
