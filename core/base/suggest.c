/* Did you mean: the name nearest to a mistyped word. */
#include "core/base/suggest.h"

#include <string.h>

#define LONGEST 64 /* an id's length; what is longer gets no suggestion */

/* So many slips are believable in a word of that length. */
static size_t slips(size_t length)
{
    if (length <= 2)
        return length / 2;
    return length <= 4 ? 1 : length <= 8 ? 2 : 3;
}

/* Ids are lower case; a capital is no slip worth counting. */
static char lower(char c)
{
    return c >= 'A' && c <= 'Z' ? (char)(c - 'A' + 'a') : c;
}

static size_t least(size_t a, size_t b)
{
    return a < b ? a : b;
}

/* Letters to insert, leave out, change or swap with their neighbour to make b of a. Three
 * rows of the table suffice: a swap looks two rows back. */
static size_t distance(const char *a, size_t a_length, const char *b, size_t b_length)
{
    size_t rows[3][LONGEST + 1];
    size_t cost;

    for (size_t j = 0; j <= b_length; j++)
        rows[0][j] = j;
    for (size_t i = 1; i <= a_length; i++) {
        size_t *row = rows[i % 3];
        const size_t *above = rows[(i + 2) % 3];
        const size_t *two_above = rows[(i + 1) % 3];

        row[0] = i;
        for (size_t j = 1; j <= b_length; j++) {
            cost = lower(a[i - 1]) != lower(b[j - 1]);
            row[j] = least(above[j - 1] + cost, least(above[j], row[j - 1]) + 1);
            if (i > 1 && j > 1 && lower(a[i - 1]) == lower(b[j - 2]) &&
                lower(a[i - 2]) == lower(b[j - 1]))
                row[j] = least(row[j], two_above[j - 2] + 1);
        }
    }
    return rows[a_length % 3][b_length];
}

const char *ca_suggest(const char *word, const char *const *candidates, size_t count)
{
    const size_t length = strnlen(word, LONGEST + 1);
    const char *best = NULL;
    size_t fewest = slips(length) + 1;
    size_t other, edits;

    if (length == 0 || length > LONGEST)
        return NULL;
    for (size_t i = 0; i < count; i++) {
        other = strnlen(candidates[i], LONGEST + 1);
        if (other > LONGEST || other + fewest <= length || length + fewest <= other)
            continue;
        edits = distance(word, length, candidates[i], other);
        if (edits < fewest) {
            fewest = edits;
            best = candidates[i];
        }
    }
    return best;
}

const char *ca_did_you_mean(struct ca_arena *arena, const char *word,
                            const char *const *candidates, size_t count)
{
    const char *near = ca_suggest(word, candidates, count);

    return near != NULL ? ca_arena_printf(arena, "; did you mean '%s'?", near) : "";
}
