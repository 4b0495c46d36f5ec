/* Tags with too many attributes, found before libxml2 compares each with all others. */
#ifndef _GNU_SOURCE
#define _GNU_SOURCE /* memmem, memrchr */
#endif
#include <string.h>

#include "core/model/xml_private.h"

/* Counts the attributes of the tag that begins at '<'; where it ends in *end. */
static size_t count_attributes(const char *at, const char *limit, const char **end)
{
    size_t count = 0;

    for (at++; at < limit && *at != '>' && *at != '<'; at++) {
        if (*at != '"' && *at != '\'')
            continue;
        count++;
        at = memchr(at + 1, *at, (size_t)(limit - at - 1));
        if (at == NULL)
            at = limit - 1;
    }
    *end = at;
    return count;
}

/* Behind a comment, CDATA section or processing instruction at '<', or NULL. */
static const char *skip_special(const char *at, const char *limit)
{
    static const char *const pairs[][2] = {{"<!--", "-->"}, {"<![CDATA[", "]]>"}, {"<?", "?>"}};

    for (size_t i = 0; i < sizeof pairs / sizeof pairs[0]; i++) {
        size_t open = strlen(pairs[i][0]), close = strlen(pairs[i][1]);

        if ((size_t)(limit - at) < open || memcmp(at, pairs[i][0], open) != 0)
            continue;
        at = memmem(at + open, (size_t)(limit - at) - open, pairs[i][1], close);
        return at != NULL ? at + close : limit;
    }
    return NULL;
}

/* Walks all tags for one of more than max attributes; NULL if there is none. */
static const char *walk_tags(const char *bytes, size_t length, size_t max)
{
    const char *limit = bytes + length;
    const char *at = memchr(bytes, '<', length);

    while (at != NULL && at + 1 < limit) {
        const char *after = skip_special(at, limit);

        if (after == NULL && at[1] == '!')
            return NULL; /* a DOCTYPE or worse: the parser ends there */
        if (after == NULL && count_attributes(at, limit, &after) > max)
            return at;
        at = after < limit ? memchr(after, '<', (size_t)(limit - after)) : NULL;
    }
    return NULL;
}

/*
 * A tag that wide has many bytes without a '<'. Hopping backwards from window
 * to window finds such a stretch, or that there is none, by looking at very
 * little of the document; only then are the tags walked.
 */
const char *ca_xml_find_wide_tag(const char *bytes, size_t length, int attributes)
{
    size_t max = 2 * (size_t)attributes, window = max * strlen(" a=\"\"");
    size_t at = 0;

    while (at + window <= length) {
        const char *last = memrchr(bytes + at, '<', window);

        if (last == NULL)
            return walk_tags(bytes, length, max);
        at = (size_t)(last - bytes) + 1;
    }
    return NULL;
}
