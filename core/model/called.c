/* What people call a thing by, where its id is wanted: its label, its abbreviation. */
#include "core/model/called.h"

#include <string.h>

#include "core/base/blank.h"
#include "core/model/template.h"

bool ca_is_id(const char *text)
{
    static const char others[] = "._-";
    size_t i;

    for (i = 0; text[i] != '\0'; i++) {
        const char c = text[i];
        const bool letter = (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9');

        if (i == 64 || !(letter || (i > 0 && strchr(others, c) != NULL)))
            return false;
    }
    return i > 0;
}

const char *ca_called_name(const struct ca_called *called, size_t row, size_t k)
{
    const char *name;

    memcpy(&name, (const char *)called->rows + row * called->stride + k * sizeof name,
           sizeof name);
    return name;
}

size_t ca_called_find(const struct ca_called *called, const char *word)
{
    size_t found = CA_NONE;

    for (size_t i = 0; i < called->count; i++) {
        bool same = false;
        for (size_t k = 0; !same && k < called->each; k++) {
            const char *name = ca_called_name(called, i, k);
            same = name != NULL && ca_same_text(name, word);
        }
        if (same && found != CA_NONE)
            return CA_NONE;
        if (same)
            found = i;
    }
    return found;
}

/* ---- statuses ---- */

/* Letters alone: "N / A", "n\a" and "N.A." are all "na". */
static const char *letters_of(struct ca_arena *arena, const char *text)
{
    char *letters = ca_arena_strdup(arena, ca_folded(arena, text)), *to = letters;

    for (const char *c = letters; *c != '\0'; c++)
        if ((*c >= 'a' && *c <= 'z') || (unsigned char)*c >= 0x80)
            *to++ = *c;
    *to = '\0';
    return letters;
}

const char *ca_status_called(struct ca_arena *arena, const char *text)
{
    static const char *const words[][2] = {{"na", "not-applicable"},
                                           {"notapplicable", "not-applicable"},
                                           {"nonapplicable", "not-applicable"},
                                           {"doesnotapply", "not-applicable"},
                                           {"notevidenced", "not-evidenced"},
                                           {"noevidence", "not-evidenced"}};
    const char *letters;

    if (strlen(text) > 64)
        return NULL;
    letters = letters_of(arena, text);
    for (size_t i = 0; i < sizeof words / sizeof *words; i++)
        if (strcmp(letters, words[i][0]) == 0)
            return words[i][1];
    return NULL;
}
