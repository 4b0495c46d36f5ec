#ifndef CA_WORK_CATALOGUE_H
#define CA_WORK_CATALOGUE_H

#include "core/base/buffer.h"
#include "core/frameworks/registry.h"
#include "core/model/template.h"
#include "core/work/template_apart.h"

/*
 * The templates at hand for scoring: read from files as asked for, or from
 * elsewhere (the store) when a return names one that is not there yet. A template
 * that was refused is remembered with its reason, so that each return that
 * needs it can say so.
 */
struct ca_catalogue;

/* Where a template that is not at hand may be found: fills bytes and name (of the
 * place, for messages) and returns true, or false if it is unknown there. version
 * NULL asks for the newest; retired_on is CA_NO_DATE unless retired. */
struct ca_template_source {
    void *context;
    bool (*find)(void *context, const char *id, const char *version, struct ca_buffer *bytes,
                 struct ca_buffer *name, ca_date *retired_on);
    /* The version in force at the latest, for "an unknown version names the newest";
     * false if the id is unknown. */
    bool (*newest)(void *context, const char *id, struct ca_buffer *version);
    /* Why there is no such template, when whoever was asked for it has answered; NULL: not
     * known. Both this and newest may be NULL themselves. */
    const char *(*why)(void *context);
};

/*
 * Where the registry keeps frameworks apart, templates are not read in this process either:
 * what is at hand of one is then its outline (template_outline.h). A locked process that
 * was forked from this one says that it reads, and has the whole when it finds one.
 */
void ca_catalogue_read_here(struct ca_catalogue *catalogue);

struct ca_catalogue *ca_catalogue_new(struct ca_registry *registry,
                                      const struct ca_template_source *source);
/* From now on templates that are not at hand come from here; NULL: from nowhere. */
void ca_catalogue_set_source(struct ca_catalogue *catalogue,
                             const struct ca_template_source *source);
bool ca_catalogue_has_source(const struct ca_catalogue *catalogue);
void ca_catalogue_free(struct ca_catalogue *catalogue);

/* These are likely to be added next: where templates are read apart, all are read now, by one
 * process. None: what is known of earlier ones is given up. */
void ca_catalogue_read_ahead(struct ca_catalogue *catalogue,
                             const struct ca_template_document *documents, size_t count);

/*
 * Until further notice (ask NULL), templates that are read apart are read by a process that
 * goes on with them: each such reading asks for one, where it can (ca_template_stay).
 */
void ca_catalogue_stay(struct ca_catalogue *catalogue,
                       bool (*ask)(void *context,
                                   void (*work)(void *work_context, struct ca_buffer *out),
                                   void *work_context, struct ca_buffer *answer),
                       void *context);
bool ca_catalogue_stays(const struct ca_catalogue *catalogue);
/* Does the process that answered last have the templates that are here, and no others? What was
 * refused, retired or added since is not known there. */
bool ca_catalogue_stayed(const struct ca_catalogue *catalogue);

/*
 * Reads and checks a template, the framework's own rules included. diags has
 * what was found; the template is NULL if refused, and is owned by the
 * catalogue. The same id and version twice is an error of the second.
 */
const struct ca_template *ca_catalogue_add(struct ca_catalogue *catalogue, const char *file,
                                           const char *bytes, size_t length,
                                           struct ca_diags *diags);

/* A template of the catalogue turns out to be unusable after all: it counts as refused. */
void ca_catalogue_refuse(struct ca_catalogue *catalogue, const struct ca_template *t);
/* Audits dated after the day are refused by it. */
void ca_catalogue_retire(struct ca_catalogue *catalogue, const struct ca_template *t,
                         ca_date on);

/* NULL, with *why in arena, where there is no such template or it was refused. */
const struct ca_template *ca_catalogue_find(struct ca_catalogue *catalogue, const char *id,
                                            const char *version, struct ca_arena *arena,
                                            const char **why);

/* The bytes it was read from; it is one of the catalogue's. */
const struct ca_buffer *ca_catalogue_document(const struct ca_catalogue *catalogue,
                                              const struct ca_template *t);

size_t ca_catalogue_count(const struct ca_catalogue *catalogue);
const struct ca_template *ca_catalogue_at(const struct ca_catalogue *catalogue, size_t i);

#endif
