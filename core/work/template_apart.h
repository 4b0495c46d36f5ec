#ifndef CA_WORK_TEMPLATE_APART_H
#define CA_WORK_TEMPLATE_APART_H

#include "core/frameworks/registry.h"
#include "core/model/template.h"

/*
 * Reading templates, and finding out what frameworks are, without doing either in this
 * process: locked ones are asked (ask.h). One without a stranger's framework reads the
 * template; what a framework kept apart says of it comes from a process of that
 * framework's own.
 */

/* For ca_registry_keep_apart; context is not used. */
bool ca_describe_apart(void *context, const struct ca_candidate *candidate,
                       struct ca_buffer *out, char why[512]);

struct ca_read_apart {
    bool good;
    struct ca_template *outline; /* if good; the caller's */
    int line, column;            /* of its root element */
    char *id, *version;          /* of one that was refused, if they can be read (malloc) */
};

/* All faults go to diags, the framework's own rules included, as ca_template_read has them. */
void ca_template_read_apart(struct ca_registry *registry, const char *file, const char *bytes,
                            size_t length, struct ca_diags *diags, struct ca_read_apart *out);

#endif
