/* How far a sample has come: who has returned what. */
#include "core/year/progress.h"

#include "core/base/blank.h"
#include "core/base/map.h"
#include "core/store/allocated.h"

struct looking {
    struct ca_arena *arena;
    struct ca_map *places; /* of the rows, by their folded ids */
    struct ca_progress_row *rows;
};

static bool see_audit(void *context, const struct ca_stored_audit *audit)
{
    struct looking *looking = context;
    struct ca_progress_row *row;
    size_t place;

    if (audit->case_ref == NULL)
        return true;
    place = ca_map_get(looking->places, ca_folded(looking->arena, audit->case_ref));
    if (place == CA_NOT_FOUND)
        return true;
    row = &looking->rows[place];
    if (row->return_id != NULL && row->date > audit->audit_date)
        return true;
    row->return_id = ca_arena_strdup(looking->arena, audit->return_id);
    row->grade = audit->grade != NULL ? ca_arena_strdup(looking->arena, audit->grade) : NULL;
    row->by = audit->auditor != NULL ? ca_arena_strdup(looking->arena, audit->auditor) : NULL;
    row->date = audit->audit_date;
    row->moderated = audit->moderated;
    return true;
}

/* The cases that are to be audited. */
static void take_cases(struct looking *looking, struct ca_progress *progress)
{
    size_t count;
    const struct ca_standing *standing =
        ca_sample_standing(looking->arena, progress->sample, &count);

    looking->places = ca_map_new(looking->arena, count);
    looking->rows = CA_ARRAY(looking->arena, count, struct ca_progress_row);
    for (size_t i = 0; i < count && !standing[i].reserve; i++) {
        looking->rows[i] =
            (struct ca_progress_row){.of = &standing[i], .due = CA_NO_DATE, .date = CA_NO_DATE};
        if (standing[i].of->id != NULL)
            (void)ca_map_put(looking->places, ca_folded(looking->arena, standing[i].of->id), i);
        progress->cases++;
    }
    progress->rows = looking->rows;
}

/* Who has which case, and until when. */
static enum ca_code take_allocated(struct ca_store *store, const struct looking *looking,
                                   const struct ca_progress *progress, struct ca_error *error)
{
    const struct ca_sample *sample = progress->sample;
    struct ca_allocated allocated = {.due = CA_NO_DATE};
    enum ca_code code =
        ca_store_find_allocated(store, sample->name, looking->arena, &allocated, error);
    const char **auditors = CA_ARRAY(looking->arena, sample->case_count, const char *);

    for (size_t i = 0; i < allocated.count; i++)
        if (allocated.cases[i].place < sample->case_count)
            auditors[allocated.cases[i].place] = allocated.cases[i].auditor;
    for (size_t i = 0; i < progress->cases; i++) {
        struct ca_progress_row *row = &looking->rows[i];
        row->auditor = auditors[row->of->of - sample->cases];
        row->due = row->auditor != NULL ? allocated.due : CA_NO_DATE;
    }
    return code == CA_ERROR_NOT_FOUND ? CA_OK : code;
}

static void count(struct ca_progress_row *rows, struct ca_progress *progress)
{
    for (size_t i = 0; i < progress->cases; i++) {
        struct ca_progress_row *row = &rows[i];
        row->late =
            row->return_id == NULL && row->due != CA_NO_DATE && row->due < progress->as_of;
        progress->allocated += row->auditor != NULL;
        progress->returned += row->return_id != NULL;
        progress->moderated += row->moderated;
        progress->late += row->late;
    }
}

enum ca_code ca_progress_look(struct ca_store *store, struct ca_arena *arena,
                              const struct ca_sample *sample, ca_date as_of,
                              struct ca_progress *out, struct ca_error *error)
{
    struct ca_progress progress = {.sample = sample, .as_of = as_of};
    struct looking looking = {.arena = arena};
    const struct ca_audit_filter filter = {.query = {.template_ids = &sample->template_id,
                                                     .template_count = 1,
                                                     .from = sample->on,
                                                     .to = as_of}};
    enum ca_code code;

    take_cases(&looking, &progress);
    code = ca_store_each_audit(store, &filter, see_audit, &looking, error);
    if (code == CA_OK)
        code = take_allocated(store, &looking, &progress, error);
    count(looking.rows, &progress);
    if (code == CA_OK)
        *out = progress;
    return code;
}

/* ---- what to moderate next ---- */

enum { BY_CHANCE = 20 }; /* of a hundred */

static const struct ca_progress_row *row_of(const struct ca_progress *progress,
                                            const struct ca_map *rows, const char *return_id)
{
    size_t place = ca_map_get(rows, return_id);

    return place != CA_NOT_FOUND ? &progress->rows[place] : NULL;
}

static const struct ca_map *rows_by_return(struct ca_arena *arena,
                                           const struct ca_progress *progress)
{
    struct ca_map *rows = ca_map_new(arena, progress->cases);

    for (size_t i = 0; i < progress->cases; i++)
        if (progress->rows[i].return_id != NULL)
            (void)ca_map_put(rows, progress->rows[i].return_id, i);
    return rows;
}

struct ca_query ca_progress_audits(const struct ca_progress *progress)
{
    const struct ca_sample *sample = progress->sample;
    const bool timed = sample->period.id != NULL;

    return (struct ca_query){.template_ids = &sample->template_id,
                             .template_count = 1,
                             .from = timed ? sample->period.from : sample->on,
                             .to = timed ? sample->period.to : progress->as_of};
}

void ca_progress_queue(struct ca_arena *arena, const struct ca_progress *progress,
                       const struct ca_stored_grading *gradings, size_t audits,
                       struct ca_progress_next **out, size_t *count)
{
    const struct ca_sample *sample = progress->sample;
    const struct ca_map *rows = rows_by_return(arena, progress);
    struct ca_progress_next *next;
    struct ca_queue queue;

    ca_queue_make(arena, gradings, audits,
                  sample->period.id != NULL ? sample->period.id : sample->name, BY_CHANCE,
                  &queue);
    next = CA_ARRAY(arena, queue.count, struct ca_progress_next);
    *count = 0;
    for (size_t i = 0; i < queue.count; i++) {
        const struct ca_progress_row *row =
            row_of(progress, rows, queue.items[i].of->return_id);
        if (row != NULL)
            next[(*count)++] = (struct ca_progress_next){row, queue.items[i].reasons};
    }
    *out = next;
}
