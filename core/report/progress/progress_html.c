/* How far a sample has come, as a page. */
#include "core/report/progress/progress_html.h"

#include <stddef.h>
#include <stdlib.h>
#include <string.h>

#include "core/base/array.h"
#include "core/base/code.h"
#include "core/report/page/html.h"
#include "core/report/page/page.h"
#include "core/report/text/words.h"

struct progress_page {
    struct ca_page page;
    struct ca_arena *arena;
    const struct ca_progress *progress;
    const struct ca_stored_template *template;
};

/* An auditor, and the cases that are theirs. */
struct desk {
    const char *auditor; /* NULL: of nobody yet */
    size_t cases, returned, late;
};

/* ---- words ---- */

static const char *are(size_t count)
{
    return count == 1 ? "is" : "are";
}

static void add_date(struct ca_buffer *out, const char *before, ca_date date)
{
    ca_buffer_puts(out, before);
    ca_words_date(out, date);
}

static const char *case_of(const struct ca_progress_row *row)
{
    return row->of->of->id != NULL ? row->of->of->id : "(erased)";
}

static const char *grade_label(const struct progress_page *p, const char *grade)
{
    for (size_t i = 0; grade != NULL && i < p->template->grade_count; i++)
        if (strcmp(p->template->grades[i].id, grade) == 0)
            return p->template->grades[i].label;
    return grade != NULL ? grade : "Not graded";
}

/* ---- the answer ---- */

/* Cases by how far they are. */
struct strip {
    size_t moderated, returned, outstanding, late; /* each case in one of them */
};

static const struct {
    const char *class, *name;
    size_t offset;
} parts[] = {{"m", "moderated", offsetof(struct strip, moderated)},
             {"r", "returned", offsetof(struct strip, returned)},
             {"o", "outstanding", offsetof(struct strip, outstanding)},
             {"l", "late", offsetof(struct strip, late)}};

enum { PARTS = sizeof parts / sizeof *parts };

static size_t part_of(const struct strip *strip, size_t part)
{
    return *(const size_t *)((const char *)strip + parts[part].offset);
}

/* A bar; what it says stands beside it in words. */
static void add_strip(struct ca_buffer *out, const struct strip *strip)
{
    ca_buffer_puts(out, "<div class=strip aria-hidden=true>");
    for (size_t i = 0; i < PARTS; i++)
        if (part_of(strip, i) > 0)
            ca_buffer_printf(out, "<i class=%s style=\"flex-grow:%zu\"></i>", parts[i].class,
                             part_of(strip, i));
    ca_buffer_puts(out, "</div>");
}

static void add_key(struct ca_buffer *out, const struct strip *strip)
{
    ca_buffer_puts(out, "<p class=keys>");
    for (size_t i = 0; i < PARTS; i++)
        ca_html_printf(out, "<span><i class=\"key %s\"></i>%zu %s</span> ", parts[i].class,
                       part_of(strip, i), parts[i].name);
    ca_buffer_puts(out, "</p>\n");
}

static void tile(struct progress_page *p, const char *name, size_t count, size_t of,
                 const char *what)
{
    ca_html_printf(&p->page.body,
                   "<div class=tile><dt>%s</dt><dd><span class=big>%zu</span> "
                   "<span class=small>of %zu %s</span></dd></div>\n",
                   name, count, of, what);
}

static void answer(struct progress_page *p)
{
    const struct ca_progress *x = p->progress;
    const size_t outstanding = x->cases - x->returned;
    const struct strip strip = {x->moderated, x->returned - x->moderated, outstanding - x->late,
                                x->late};
    struct ca_buffer *out = &p->page.body;

    ca_html_printf(out, "<div class=\"answer wall\"><p>%zu of %zu cases %s returned.</p>\n",
                   x->returned, x->cases, are(x->returned));
    if (outstanding > 0 && x->late > 0)
        ca_html_printf(out, "<p>%zu %s outstanding, and %zu of them %s late.</p>\n",
                       outstanding, are(outstanding), x->late, are(x->late));
    else if (outstanding > 0)
        ca_html_printf(out, "<p>%zu %s outstanding, and none is late.</p>\n", outstanding,
                       are(outstanding));
    ca_buffer_puts(out, "</div>\n");
    add_strip(out, &strip);
    add_key(out, &strip);
    ca_buffer_puts(out, "<dl class=\"tiles pairs\">\n");
    tile(p, "Returned", x->returned, x->cases, "cases");
    tile(p, "Outstanding", outstanding, x->cases, "cases");
    tile(p, "Late", x->late, outstanding, "outstanding");
    tile(p, "Moderated", x->moderated, x->returned, "returned");
    ca_buffer_puts(out, "</dl>\n");
    p->page.opening = out->length;
}

/* ---- what there is to do ---- */

static void days_late(struct ca_buffer *out, const struct ca_progress_row *row, ca_date as_of)
{
    add_date(out, "due on ", row->due);
    ca_buffer_puts(out, ", ");
    ca_words_count(out, as_of - row->due, "day", "days");
    ca_buffer_puts(out, " ago");
}

static int compare_due(const void *a, const void *b)
{
    const struct ca_progress_row *one = *(const struct ca_progress_row *const *)a;
    const struct ca_progress_row *other = *(const struct ca_progress_row *const *)b;

    if (one->due != other->due)
        return one->due < other->due ? -1 : 1;
    return strcmp(case_of(one), case_of(other));
}

static void late(struct progress_page *p)
{
    const struct ca_progress *x = p->progress;
    const struct ca_progress_row **rows =
        CA_ARRAY(p->arena, x->late, const struct ca_progress_row *);
    struct ca_buffer *out = &p->page.body, when = {0};
    size_t count = 0;

    for (size_t i = 0; i < x->cases; i++)
        if (x->rows[i].late)
            rows[count++] = &x->rows[i];
    if (count == 0)
        return;
    qsort(rows, count, sizeof *rows, compare_due);
    ca_page_section(&p->page, "late", "Late");
    ca_buffer_puts(out, "<ul class=todo>\n");
    for (size_t i = 0; i < count; i++) {
        ca_buffer_clear(&when);
        days_late(&when, rows[i], x->as_of);
        ca_html_printf(out, "<li class=late><b>%s</b> <span>%s</span> <span>%s</span></li>\n",
                       case_of(rows[i]), rows[i]->auditor != NULL ? rows[i]->auditor : "",
                       when.data);
    }
    ca_buffer_puts(out, "</ul>\n");
    ca_buffer_free(&when);
}

static void add_reasons(struct ca_buffer *out, unsigned reasons)
{
    const char *before = "";

    for (size_t i = 0; i < CA_QUEUE_REASONS; i++)
        if ((reasons >> i & 1) != 0) {
            ca_buffer_printf(out, "%s%s", before, ca_queue_words[i]);
            before = ", ";
        }
}

static void moderate(struct progress_page *p, const struct ca_progress_next *next, size_t count)
{
    struct ca_buffer *out = &p->page.body, why = {0}, audited = {0};

    if (count == 0)
        return;
    ca_page_section(&p->page, "moderate", "To moderate next");
    ca_buffer_puts(out, "<ol class=todo>\n");
    for (size_t i = 0; i < count; i++) {
        ca_buffer_clear(&why);
        ca_buffer_clear(&audited);
        add_reasons(&why, next[i].reasons);
        add_date(&audited, "audited on ", next[i].row->date);
        ca_html_printf(out, "<li><b>%s</b> <span>%s: %s</span> <span>case %s, %s</span></li>\n",
                       next[i].row->return_id, grade_label(p, next[i].row->grade), why.data,
                       case_of(next[i].row), audited.data);
    }
    ca_buffer_puts(out, "</ol>\n");
    ca_buffer_free(&why);
    ca_buffer_free(&audited);
}

/* ---- by auditor ---- */

static struct desk *desk_of(struct desk *desks, size_t count, const char *auditor)
{
    for (size_t i = 0; i < count; i++)
        if (auditor == NULL ? desks[i].auditor == NULL
                            : ca_same_code(desks[i].auditor, auditor))
            return &desks[i];
    return NULL;
}

static int compare_desks(const void *a, const void *b)
{
    const struct desk *one = a, *other = b;

    if ((one->auditor == NULL) != (other->auditor == NULL))
        return one->auditor == NULL ? 1 : -1;
    return one->auditor == NULL ? 0 : strcmp(one->auditor, other->auditor);
}

static struct desk *desks_of(const struct progress_page *p, size_t *count)
{
    struct desk *desks = NULL, *desk;

    *count = 0;
    for (size_t i = 0; i < p->progress->cases; i++) {
        const struct ca_progress_row *row = &p->progress->rows[i];
        desk = desk_of(desks, *count, row->auditor);
        if (desk == NULL) {
            desk = CA_ARENA_APPEND(p->arena, desks, *count);
            desk->auditor = row->auditor;
        }
        desk->cases++;
        desk->returned += row->return_id != NULL;
        desk->late += row->late;
    }
    if (*count > 0)
        qsort(desks, *count, sizeof *desks, compare_desks);
    return desks;
}

static void desk_bar(struct progress_page *p, const struct desk *desk)
{
    const struct strip strip = {.returned = desk->returned,
                                .outstanding = desk->cases - desk->returned - desk->late,
                                .late = desk->late};
    struct ca_buffer *out = &p->page.body, words = {0};

    ca_buffer_printf(&words, "%zu of %zu returned", desk->returned, desk->cases);
    if (desk->late > 0)
        ca_buffer_printf(&words, ", %zu late", desk->late);
    ca_html_printf(out,
                   "<div class=bar><p><span><b>%s</b></span> <span>%s</span></p><div class=c>",
                   desk->auditor != NULL ? desk->auditor : "Nobody yet", words.data);
    add_strip(out, &strip);
    ca_buffer_puts(out, "</div></div>\n");
    ca_buffer_free(&words);
}

static void by_auditor(struct progress_page *p)
{
    size_t count;
    const struct desk *desks = desks_of(p, &count);

    if (count == 0 || (count == 1 && desks->auditor == NULL))
        return;
    ca_page_section(&p->page, "auditors", "Who has returned what");
    for (size_t i = 0; i < count; i++)
        desk_bar(p, &desks[i]);
}

/* ---- all cases ---- */

static const char *state_of(const struct ca_progress_row *row)
{
    return row->moderated           ? "Moderated"
           : row->return_id != NULL ? "Returned"
           : row->late              ? "Late"
                                    : "Outstanding";
}

static const char *date_text(const struct progress_page *p, ca_date date)
{
    struct ca_buffer text = {0};
    const char *copy = "";

    if (date == CA_NO_DATE)
        return copy;
    ca_words_date(&text, date);
    copy = ca_arena_strdup(p->arena, text.data);
    ca_buffer_free(&text);
    return copy;
}

static void all_cases(struct progress_page *p)
{
    static const char *const headings[] = {"Case", "Is", "Auditor", "Due", "Audited", "Grade"};
    struct ca_tables tables = {.arena = p->arena};
    struct ca_table *table =
        ca_table_add(&tables, "cases", "In the order in which they were drawn");

    for (size_t i = 0; i < sizeof headings / sizeof *headings; i++)
        (void)ca_table_column(&tables, table, CA_COLUMN_TEXT, headings[i]);
    table->heads = 1;
    for (size_t i = 0; i < p->progress->cases; i++) {
        const struct ca_progress_row *row = &p->progress->rows[i];
        ca_table_text(&tables, table, case_of(row));
        ca_table_text(&tables, table, state_of(row));
        ca_table_text(&tables, table, row->auditor != NULL ? row->auditor : "");
        ca_table_text(&tables, table, date_text(p, row->due));
        ca_table_text(&tables, table, date_text(p, row->date));
        ca_table_text(&tables, table, row->return_id != NULL ? grade_label(p, row->grade) : "");
    }
    ca_page_section(&p->page, "all", "All cases");
    ca_page_table(&p->page, table);
}

void ca_progress_html(struct ca_buffer *out, const struct ca_progress *progress,
                      const struct ca_stored_template *template,
                      const struct ca_progress_next *next, size_t next_count,
                      const struct ca_theme *theme)
{
    struct progress_page p = {
        .arena = ca_arena_new(), .progress = progress, .template = template};
    struct ca_buffer title = {0}, when = {0}, lead = {0};

    ca_page_init(&p.page, theme);
    answer(&p);
    late(&p);
    moderate(&p, next, next_count);
    by_auditor(&p);
    all_cases(&p);
    ca_buffer_printf(&title, "Sample %s", progress->sample->name);
    add_date(&when, "Drawn on ", progress->sample->on);
    add_date(&when, ", as of ", progress->as_of);
    ca_html_printf(&lead, "<p>%s</p><p>%s</p>", template->title, when.data);
    ca_page_finish(&p.page, out, title.data, lead.data);
    ca_buffer_free(&title);
    ca_buffer_free(&when);
    ca_buffer_free(&lead);
    ca_arena_free(p.arena);
}
