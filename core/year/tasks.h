#ifndef CA_YEAR_TASKS_H
#define CA_YEAR_TASKS_H

#include "core/base/arena.h"
#include "core/store/query.h"

/* What has become of an action on a day: completed later than that it was still open. */
enum ca_task_state { CA_TASK_OPEN, CA_TASK_OVERDUE, CA_TASK_COMPLETED, CA_TASK_VERIFIED };

enum ca_task_state ca_task_state_of(const struct ca_stored_action *action, ca_date as_of);
/* "open", "overdue", "completed", "verified" */
const char *ca_task_state_name(enum ca_task_state state);

/* ---- counted by whose they are, or what they are about ---- */

enum ca_task_group { CA_TASK_BY_OWNER, CA_TASK_BY_AGENCY, CA_TASK_BY_THEME };

struct ca_task_count {
    const char *value; /* NULL: of none. Of several spellings the first by its bytes */
    const char *label; /* as people call it, or NULL */
    int64_t raised, open, overdue, completed, verified; /* open: overdue ones too; completed:
                                                         * verified ones too */
    int64_t improvements;                               /* findings of the theme */
    int64_t closed; /* of those, that their audit has a verified action of the theme */
};

struct ca_task_counts;

/* Lives in arena; texts are copied. */
struct ca_task_counts *ca_task_counts_new(struct ca_arena *arena, enum ca_task_group by,
                                          ca_date as_of);
void ca_task_counts_add(struct ca_task_counts *counts, const struct ca_stored_action *action);
/* By theme: first every action, whether it is counted or not, then the improvements. One
 * without a theme is never closed: nothing says what it was that was done for it. */
void ca_task_counts_note(struct ca_task_counts *counts, const struct ca_stored_action *action);
void ca_task_counts_improvement(struct ca_task_counts *counts, const char *return_id,
                                const char *theme, const char *label);
/* By the bytes of their values, that of none last. */
const struct ca_task_count *ca_task_counts_of(struct ca_task_counts *counts, size_t *count);

#endif
