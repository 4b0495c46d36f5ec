/* What a framework is, as bytes: its descriptor without the callbacks. See apart.h. */
#include "core/frameworks/apart.h"

enum { MOST_ROWS = 1000 };

/* A table's rows begin with their names, and the last has none. */
static size_t count_rows(const void *table, size_t stride)
{
    size_t count = 0;

    while (table != NULL && count < MOST_ROWS &&
           *(const char *const *)(const void *)((const char *)table + count * stride) != NULL)
        count++;
    return count;
}

/* How many rows there are; and the table itself, to be filled, when unpacking. */
static void *begin_table(const struct ca_walk *walk, const void *table, size_t stride,
                         size_t *count)
{
    if (walk->out != NULL) {
        *count = count_rows(table, stride);
        ca_pack_int(walk->out, (int64_t)*count);
        return NULL;
    }
    *count = (size_t)ca_unpack_range(walk->in, 0, MOST_ROWS);
    return ca_arena_array(walk->arena, *count + 1, stride);
}

/* Walks a member of the descriptor that is a table, row by row. */
#define WALK_TABLE(walk, table, type, walk_row)                                                \
    do {                                                                                       \
        size_t count_;                                                                         \
        type *made_ = begin_table(walk, table, sizeof(type), &count_);                         \
        for (size_t i_ = 0; i_ < count_; i_++) {                                               \
            type row_ = made_ != NULL ? made_[i_] : (table)[i_];                               \
            walk_row(walk, &row_);                                                             \
            if (made_ != NULL)                                                                 \
                made_[i_] = row_;                                                              \
        }                                                                                      \
        if (made_ != NULL)                                                                     \
            (table) = made_;                                                                   \
    } while (0)

static void walk_rollup(const struct ca_walk *walk, const char **rollup)
{
    ca_walk_text(walk, rollup);
}

static void walk_option(const struct ca_walk *walk, struct caseaudit_option *option)
{
    ca_walk_text(walk, &option->name);
    ca_walk_int(walk, &option->type);
    ca_walk_text(walk, &option->fallback);
    ca_walk_int(walk, &option->min);
    ca_walk_int(walk, &option->max);
    ca_walk_text(walk, &option->help);
}

static void walk_focus(const struct ca_walk *walk, struct caseaudit_focus *focus)
{
    ca_walk_text(walk, &focus->name);
    ca_walk_unsigned(walk, &focus->flags);
    ca_walk_text(walk, &focus->help);
}

static void walk_event(const struct ca_walk *walk, struct caseaudit_event *event)
{
    ca_walk_text(walk, &event->name);
    ca_walk_int(walk, &event->occurs);
    ca_walk_unsigned(walk, &event->flags);
    ca_walk_text(walk, &event->help);
}

static void walk_derived(const struct ca_walk *walk, struct caseaudit_derived *derived)
{
    ca_walk_text(walk, &derived->name);
    ca_walk_int(walk, &derived->kind);
    ca_walk_text(walk, &derived->help);
    if (walk->in != NULL)
        derived->derive = ca_opinion_derive;
}

static void walk_framework(const struct ca_walk *walk, caseaudit_framework *f)
{
    ca_walk_unsigned(walk, &f->magic);
    ca_walk_unsigned(walk, &f->abi_major);
    ca_walk_unsigned(walk, &f->abi_minor);
    ca_walk_text(walk, &f->name);
    ca_walk_text(walk, &f->title);
    ca_walk_text(walk, &f->version);
    ca_walk_text(walk, &f->author);
    ca_walk_text(walk, &f->licence);
    ca_walk_unsigned(walk, &f->flags);
    ca_walk_text(walk, &f->unit);
    ca_walk_int(walk, &f->look_back_months);
    WALK_TABLE(walk, f->rollups, const char *, walk_rollup);
    WALK_TABLE(walk, f->options, struct caseaudit_option, walk_option);
    WALK_TABLE(walk, f->focus_words, struct caseaudit_focus, walk_focus);
    WALK_TABLE(walk, f->events, struct caseaudit_event, walk_event);
    WALK_TABLE(walk, f->derived, struct caseaudit_derived, walk_derived);
}

void ca_describe(const caseaudit_framework *framework, struct ca_buffer *out)
{
    caseaudit_framework copy = *framework; /* only its own pointers are written back */
    const struct ca_walk walk = {.out = out};

    walk_framework(&walk, &copy);
}

bool ca_described(const char *bytes, size_t length, struct ca_arena *arena,
                  caseaudit_framework *out)
{
    struct ca_unpack in = {bytes, bytes + length, true};
    const struct ca_walk walk = {.in = &in, .arena = arena};

    *out = (caseaudit_framework){.size = sizeof *out};
    walk_framework(&walk, out);
    ca_opinion_callbacks(out);
    return in.good && in.at == in.end;
}
