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

/*
 * Several templates, read before each is asked for by one process for all, which takes a
 * fraction of the time that one for each takes. If it does not live to answer, nothing is
 * known ahead and each is read by itself: so what one template does is told of that one alone.
 */
struct ca_template_ahead;

struct ca_template_document {
    const char *file;
    struct ca_buffer bytes; /* copied */
};

/*
 * A process that is asked and does not end with its answer, but goes on with the templates that
 * it read. ask has such a process do the work; it is false where there is none, and then one is
 * asked that ends. keep has each template that is good, there.
 */
struct ca_template_stay {
    bool (*ask)(void *context, void (*work)(void *context, struct ca_buffer *out),
                void *work_context, struct ca_buffer *answer);
    void *context;
    void (*keep)(void *keeper, const struct ca_template_document *document,
                 struct ca_template *t);
    void *keeper;
};

/* stay may be NULL. *stayed: the process that answered goes on. No templates of frameworks that
 * are kept apart are read by one that does. */
struct ca_template_ahead *ca_template_ahead_new(struct ca_registry *registry,
                                                const struct ca_template_stay *stay,
                                                const struct ca_template_document *documents,
                                                size_t count, bool *stayed);
void ca_template_ahead_free(struct ca_template_ahead *ahead);

/* All faults go to diags, the framework's own rules included, as ca_template_read has them.
 * ahead may be NULL; what is there of the same bytes is not asked for again. */
void ca_template_read_apart(struct ca_registry *registry, const struct ca_template_ahead *ahead,
                            const char *file, const char *bytes, size_t length,
                            struct ca_diags *diags, struct ca_read_apart *out);

#endif
