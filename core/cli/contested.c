/* Return ids that several files of one run claim with different content. */
#include "core/cli/contested.h"

#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "core/base/array.h"
#include "core/base/buffer.h"
#include "core/base/code.h"
#include "core/base/file.h"
#include "core/base/map.h"

enum {
    HEAD_BYTES = 1024,           /* most root elements end within */
    LONG_HEAD_BYTES = 64 * 1024, /* for those with a long comment above */
    ID_BYTES = 128,
    SHOWN = 4
};

struct claim {
    size_t first, last, count; /* of its files, as indexes of inputs */
    const char *id, *files;    /* as the first spells it; files NULL unless contested */
};

struct ca_contested {
    struct ca_arena *arena;
    struct ca_map *ids; /* in small letters, to claims: R-1 and r-1 are one id to a person */
    struct claim *claims;
    size_t claim_count;
    size_t *next; /* of each input: the next one of the same id, or CA_NOT_FOUND */
};

/* ---- the id in a document's first bytes ---- */

static const char *skip_blank(const char *at)
{
    return at + strspn(at, " \t\r\n");
}

/* Over declaration, comments and instructions to the root element's '<', or NULL. */
static const char *find_root(const char *at)
{
    if (strncmp(at, "\xEF\xBB\xBF", 3) == 0 || strncmp(at, "\xFF\xFE", 2) == 0 ||
        strncmp(at, "\xFE\xFF", 2) == 0)
        at += *at == '\xEF' ? 3 : 2;
    for (at = skip_blank(at); *at == '<'; at = skip_blank(at)) {
        const char *end = strncmp(at, "<!--", 4) == 0 ? "-->" : "?>";
        if (at[1] != '?' && at[1] != '!')
            return at;
        at = strstr(at, end);
        if (at == NULL)
            return NULL;
        at += strlen(end);
    }
    return NULL;
}

/* Copies the value of an attribute, white space at its ends left out. */
static bool copy_value(const char *value, size_t length, char *id, size_t size)
{
    while (length > 0 && strchr(" \t\r\n", value[length - 1]) != NULL)
        length--;
    while (length > 0 && strchr(" \t\r\n", *value) != NULL) {
        value++;
        length--;
    }
    if (length == 0 || length >= size)
        return false;
    memcpy(id, value, length);
    id[length] = '\0';
    return true;
}

/* The id of the return whose document begins with text, in size bytes at most with its
 * terminator; false if it is none, or none that begins plainly. */
static bool find_id(const char *text, char *id, size_t size)
{
    const char *at = find_root(text), *colon;
    size_t length;

    if (at == NULL)
        return false;
    length = strcspn(++at, " \t\r\n/>");
    colon = memchr(at, ':', length);
    if (colon != NULL) {
        length -= (size_t)(colon + 1 - at);
        at = colon + 1;
    }
    if (length != strlen("return") || strncmp(at, "return", length) != 0)
        return false;
    for (at = skip_blank(at + length); *at != '\0' && *at != '>' && *at != '/';
         at = skip_blank(at)) {
        const char *name = at, *value, *end;
        length = strcspn(at, "= \t\r\n>");
        value = skip_blank(at + length);
        if (*value != '=')
            return false;
        value = skip_blank(value + 1);
        end = *value == '"' || *value == '\'' ? strchr(value + 1, *value) : NULL;
        if (end == NULL)
            return false;
        if (length == 2 && strncmp(name, "id", 2) == 0)
            return copy_value(value + 1, (size_t)(end - value) - 1, id, size);
        at = end + 1;
    }
    return false;
}

/* ---- who claims what ---- */

static bool read_id(const char *path, char *id)
{
    char head[HEAD_BYTES], *longer;
    bool found;

    ca_file_head(path, head, sizeof head);
    if (find_id(head, id, ID_BYTES))
        return true;
    if (strlen(head) < sizeof head / 4 || strchr(head, '<') == NULL)
        return false;
    longer = ca_xcalloc(LONG_HEAD_BYTES, 1);
    ca_file_head(path, longer, LONG_HEAD_BYTES);
    found = find_id(longer, id, ID_BYTES);
    free(longer);
    return found;
}

static void note(struct ca_contested *contested, size_t input, const char *id)
{
    char *folded = ca_arena_strdup(contested->arena, id);
    size_t known;

    ca_fold_code(folded);
    known = ca_map_get(contested->ids, folded);
    contested->next[input] = CA_NOT_FOUND;
    if (known != CA_NOT_FOUND) {
        struct claim *claim = &contested->claims[known];
        contested->next[claim->last] = input;
        claim->last = input;
        claim->count++;
        return;
    }
    id = ca_arena_strdup(contested->arena, id);
    ca_map_put(contested->ids, folded, contested->claim_count);
    *CA_ARENA_APPEND(contested->arena, contested->claims, contested->claim_count) =
        (struct claim){.first = input, .last = input, .count = 1, .id = id};
}

static bool same_bytes(const char *a, const char *b)
{
    struct ca_buffer one = {0}, other = {0};
    struct ca_error error;
    bool same = ca_file_read(a, SIZE_MAX - 1, &one, &error) == CA_OK &&
                ca_file_read(b, SIZE_MAX - 1, &other, &error) == CA_OK &&
                one.length == other.length && memcmp(one.data, other.data, one.length) == 0;

    ca_buffer_free(&one);
    ca_buffer_free(&other);
    return same;
}

static bool all_the_same(const struct ca_contested *contested, const struct ca_inputs *inputs,
                         const struct claim *claim)
{
    const char *first = inputs->paths[claim->first];

    for (size_t i = contested->next[claim->first]; i != CA_NOT_FOUND; i = contested->next[i])
        if (strcmp(first, inputs->paths[i]) != 0 && !same_bytes(first, inputs->paths[i]))
            return false;
    return true;
}

static const char *list_files(const struct ca_contested *contested,
                              const struct ca_inputs *inputs, const struct claim *claim)
{
    struct ca_buffer list = {0};
    const char *files;
    size_t shown = 0;

    for (size_t i = claim->first; i != CA_NOT_FOUND && shown < SHOWN; i = contested->next[i]) {
        const char *link = shown == 0 ? "" : shown + 1 == claim->count ? " and " : ", ";
        ca_buffer_printf(&list, "%s'%s'", link, inputs->paths[i]);
        shown++;
    }
    if (claim->count > shown)
        ca_buffer_printf(&list, " and %zu more", claim->count - shown);
    files = ca_arena_strdup(contested->arena, list.data);
    ca_buffer_free(&list);
    return files;
}

struct ca_contested *ca_contested_find(const struct ca_inputs *inputs)
{
    struct ca_contested *contested = ca_xcalloc(1, sizeof *contested);
    char id[ID_BYTES];

    contested->arena = ca_arena_new();
    contested->ids = ca_map_new(contested->arena, inputs->count);
    if (inputs->count < 2)
        return contested;
    contested->next = CA_ARRAY(contested->arena, inputs->count, size_t);
    for (size_t i = 0; i < inputs->count; i++)
        if (strcmp(inputs->paths[i], "-") != 0 && read_id(inputs->paths[i], id))
            note(contested, i, id);
    for (size_t i = 0; i < contested->claim_count; i++) {
        struct claim *claim = &contested->claims[i];
        if (claim->count > 1 && !all_the_same(contested, inputs, claim))
            claim->files = list_files(contested, inputs, claim);
    }
    return contested;
}

void ca_contested_free(struct ca_contested *contested)
{
    if (contested == NULL)
        return;
    ca_arena_free(contested->arena);
    free(contested);
}

const char *ca_contested_reason(const struct ca_contested *contested, const char *id,
                                const char *done, struct ca_arena *arena)
{
    char folded[ID_BYTES];
    size_t claim;

    if (contested == NULL || id == NULL)
        return NULL;
    (void)snprintf(folded, sizeof folded, "%s", id);
    ca_fold_code(folded);
    claim = ca_map_get(contested->ids, folded);
    if (claim == CA_NOT_FOUND || contested->claims[claim].files == NULL)
        return NULL;
    return ca_arena_printf(arena,
                           "%s have the same id '%s' and differ; it is not clear which of them "
                           "counts, so none is %s. Keep the one that does, or give the others "
                           "ids of their own",
                           contested->claims[claim].files, id, done);
}

const char *ca_contested_next(const struct ca_contested *contested, size_t *at)
{
    while (*at < contested->claim_count) {
        const struct claim *claim = &contested->claims[(*at)++];
        if (claim->files != NULL)
            return claim->id;
    }
    return NULL;
}
