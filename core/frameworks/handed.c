/* Every value a framework hands over, held to what it can be. */
#include "core/frameworks/handed.h"

#include <inttypes.h>
#include <string.h>

#include "core/base/buffer.h"
#include "core/base/utf8.h"

enum {
    MOST_TEXT = 4096,       /* bytes */
    MOST_COUNTED = 1000000, /* of a measure: far more than a return has standards */
    MOST_OF_ITS_OWN = 100,  /* limits, measures */
    MOST_NOTES = 1000,
    MOST_SPAN = 100000,
    FIRST_DAY = -719162, /* 0001-01-01 */
    LAST_DAY = 2932896   /* 9999-12-31 */
};

__attribute__((format(printf, 2, 3))) static bool misused(struct ca_pass *pass,
                                                          const char *format, ...)
{
    va_list args;

    if (pass->misused)
        return false;
    pass->misused = true;
    va_start(args, format);
    const char *what = ca_arena_vprintf(pass->arena, format, args);
    va_end(args);
    ca_return_report(pass->audit, pass->audit->audit_offset, pass->diags, CA_ERROR, "return",
                     "framework '%s' handed over %s", pass->template->framework_name, what);
    return false;
}

bool ca_handed_standard(struct ca_pass *pass, size_t standard)
{
    return standard < pass->template->standard_count ||
           misused(pass, "standard number %zu, and the template has %zu", standard,
                   pass->template->standard_count);
}

bool ca_handed_section(struct ca_pass *pass, size_t section)
{
    return section < pass->template->section_count ||
           misused(pass, "section number %zu, and the template has %zu", section,
                   pass->template->section_count);
}

bool ca_handed_agency(struct ca_pass *pass, size_t agency)
{
    return agency == CASEAUDIT_JOINT || agency < pass->template->agency_count ||
           misused(pass, "agency number %zu, and the template has %zu", agency,
                   pass->template->agency_count);
}

bool ca_handed_score(struct ca_pass *pass, caseaudit_score score)
{
    return (score >= CASEAUDIT_NO_SCORE && score <= pass->template->full_marks) ||
           misused(pass, "a score of %d hundredths; full marks are %d", (int)score,
                   (int)pass->template->full_marks);
}

bool ca_handed_status(struct ca_pass *pass, int status)
{
    return (status >= CASEAUDIT_ANSWERED && status <= CASEAUDIT_NOT_APPLYING) ||
           misused(pass, "a status (%d) that there is not", status);
}

bool ca_handed_date(struct ca_pass *pass, caseaudit_date date)
{
    return date == CASEAUDIT_NO_DATE || (date >= FIRST_DAY && date <= LAST_DAY) ||
           misused(pass, "a day (%d) outside the calendar", (int)date);
}

bool ca_handed_span(struct ca_pass *pass, int32_t n, int unit)
{
    return (n >= -MOST_SPAN && n <= MOST_SPAN && unit >= CASEAUDIT_DAYS &&
            unit <= CASEAUDIT_YEARS) ||
           misused(pass, "a span of %d (unit %d) that makes no sense", (int)n, unit);
}

bool ca_handed_days(struct ca_pass *pass, size_t count)
{
    return count <= CA_MAX_DATES ||
           misused(pass, "%zu days for one frequency; the limit is %d", count, CA_MAX_DATES);
}

/* [A-Za-z0-9._-]{1,64}, as the ids of templates. */
static bool is_id(const char *id)
{
    size_t length = id != NULL ? strspn(id, "abcdefghijklmnopqrstuvwxyz"
                                            "ABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789._-")
                               : 0;

    return length > 0 && length <= 64 && id[length] == '\0';
}

bool ca_handed_limit(struct ca_pass *pass, const char *id)
{
    if (!is_id(id))
        return misused(pass, "a limit whose id is none");
    if (pass->own_limit_count >= MOST_OF_ITS_OWN)
        return misused(pass, "more than %d limits", MOST_OF_ITS_OWN);
    for (size_t i = 0; i < pass->own_limit_count; i++)
        if (strcmp(pass->own_limits[i].id, id) == 0)
            return misused(pass, "limit '%s' twice", id);
    return true;
}

static bool has_measure(const struct ca_pass *pass, const char *id)
{
    for (size_t i = 0; i < pass->template->measure_count; i++)
        if (strcmp(pass->template->measures[i].id, id) == 0)
            return true;
    for (size_t i = 0; i < pass->own_measure_count; i++)
        if (strcmp(pass->own_measures[i].id, id) == 0)
            return true;
    return false;
}

bool ca_handed_measure(struct ca_pass *pass, const char *id, int64_t numerator,
                       int64_t denominator)
{
    if (!is_id(id))
        return misused(pass, "a measure whose id is none");
    if (pass->own_measure_count >= MOST_OF_ITS_OWN)
        return misused(pass, "more than %d measures", MOST_OF_ITS_OWN);
    if (has_measure(pass, id))
        return misused(pass, "measure '%s', which there is already", id);
    if (numerator < 0 || numerator > denominator || denominator > MOST_COUNTED)
        return misused(pass,
                       "measure '%s' as %" PRId64 " of %" PRId64
                       "; it must be a part of a whole of at most %d",
                       id, numerator, denominator, MOST_COUNTED);
    return true;
}

static bool handed_place(struct ca_pass *pass, int place, size_t index)
{
    switch (place) {
    case CASEAUDIT_AT_DOCUMENT: return true;
    case CASEAUDIT_AT_SECTION: return ca_handed_section(pass, index);
    case CASEAUDIT_AT_STANDARD: return ca_handed_standard(pass, index);
    case CASEAUDIT_AT_AGENCY:
        return index == CASEAUDIT_JOINT ? misused(pass, "a note on no agency")
                                        : ca_handed_agency(pass, index);
    default: return misused(pass, "a note on a place (%d) that can have none", place);
    }
}

bool ca_handed_note(struct ca_pass *pass, int place, size_t index)
{
    if (pass->note_count >= MOST_NOTES)
        return misused(pass, "more than %d notes", MOST_NOTES);
    return handed_place(pass, place, index);
}

/* Where a text is cut: not inside a character. */
static size_t cut(const char *text, size_t most)
{
    size_t length = strnlen(text, most + 1);

    if (length <= most)
        return length;
    for (length = most; length > 0 && ((unsigned char)text[length] & 0xC0) == 0x80;)
        length--;
    return length;
}

const char *ca_handed_text(struct ca_arena *arena, const char *text)
{
    struct ca_buffer safe = {0};
    const char *kept;

    if (text == NULL)
        return "";
    ca_utf8_add_harmless(&safe, ca_arena_strndup(arena, text, cut(text, MOST_TEXT)), false);
    kept = ca_arena_strndup(arena, safe.length > 0 ? safe.data : "", safe.length);
    ca_buffer_free(&safe);
    return kept;
}
