/* Deeds that answer for others, or spoil what the process shares with the engine. */
#include <stdint.h>
#include <stdio.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/socket.h>
#include <unistd.h>

#include "core/work/pool_private.h"
#include "tests/plugins/hostile.h"

/* ---- forged replies ---- */

static int reply(const struct ca_pool_head *head, size_t count)
{
    const uint64_t one = 1;

    for (size_t i = 0; i < count; i++)
        if (write(REPLIES, head, sizeof *head) < 0)
            return REFUSED;
    return write(BELL, &one, sizeof one) < 0 ? REFUSED : REFUSED;
}

/* That a return is outstanding, whosever it is. */
static int forge_result(const struct scene *scene)
{
    (void)scene;
    return reply(&(struct ca_pool_head){.kind = CA_POOL_DONE, .offset = CA_POOL_INLINE}, 1);
}

/* About a return that nobody asked it about. */
static int forge_other(const struct scene *scene)
{
    (void)scene;
    return reply(&(struct ca_pool_head){.index = UINT64_MAX / 2,
                                        .kind = CA_POOL_ADVISED,
                                        .offset = CA_POOL_INLINE},
                 1);
}

/* About every return there can be. */
static int forge_all(const struct scene *scene)
{
    for (uint64_t i = 0; i < 1000; i++)
        (void)reply(&(struct ca_pool_head){.index = 999 - i,
                                           .kind = CA_POOL_ADVISED,
                                           .offset = CA_POOL_INLINE},
                    1);
    (void)scene;
    return REFUSED;
}

static int forge_want(const struct scene *scene)
{
    (void)scene;
    return reply(&(struct ca_pool_head){.kind = CA_POOL_WANTS, .offset = CA_POOL_INLINE}, 100);
}

static int forge_aside(const struct scene *scene)
{
    (void)scene;
    return reply(&(struct ca_pool_head){.kind = CA_POOL_ASIDE, .offset = CA_POOL_INLINE}, 1);
}

static int forge_length(const struct scene *scene)
{
    (void)scene;
    return reply(&(struct ca_pool_head){.kind = CA_POOL_ADVISED,
                                        .offset = CA_POOL_INLINE,
                                        .made_length = (uint64_t)60 << 20},
                 1);
}

/* Out of memory that an adviser does not even have. */
static int forge_place(const struct scene *scene)
{
    (void)scene;
    return reply(&(struct ca_pool_head){.kind = CA_POOL_ADVISED,
                                        .offset = 16,
                                        .made_length = UINT64_MAX - 8},
                 1);
}

static int forge_kind(const struct scene *scene)
{
    (void)scene;
    return reply(&(struct ca_pool_head){.kind = 77, .offset = CA_POOL_INLINE}, 1);
}

/* ---- the ways to the parent ---- */

static int close_descriptors(const struct scene *scene)
{
    (void)scene;
    for (int i = 0; i < 1024; i++)
        close(i);
    return REFUSED;
}

static int close_range_of_them(const struct scene *scene)
{
    (void)scene;
    return close_range(REQUESTS, 1000, 0) == 0 ? ALLOWED : REFUSED;
}

static int replace_replies(const struct scene *scene)
{
    (void)scene;
    return dup2(STDOUT_FILENO, REPLIES) >= 0 ? ALLOWED : REFUSED;
}

/* Wherever the way back to the parent is. */
static int write_everywhere(const struct scene *scene)
{
    char garbage[512];

    (void)scene;
    memset(garbage, 0x5A, sizeof garbage);
    for (int i = 3; i < 64; i++)
        if (write(i, garbage, sizeof garbage) < 0)
            continue;
    return REFUSED;
}

static int send_requests(const struct scene *scene)
{
    (void)scene;
    return send(REQUESTS, "again", 5, 0) >= 0 ? ALLOWED : REFUSED;
}

/* What was to be done next, which nobody will do. */
static int drop_requests(const struct scene *scene)
{
    char dropped[512];

    (void)scene;
    (void)!recv(REQUESTS, dropped, sizeof dropped, 0);
    return REFUSED;
}

static int print(const struct scene *scene)
{
    (void)scene;
    puts("{\"schema\":\"forged\"}");
    fputs("forged\n", stderr);
    fflush(NULL);
    return REFUSED;
}

/* ---- memory ---- */

/* What is known of the return lies where the parent has put it. */
static char *in_brief(const struct scene *scene)
{
    return (char *)(uintptr_t)scene->host->attribute(scene->r, "deed");
}

static void *page_of(char *at)
{
    return at - (uintptr_t)at % (uintptr_t)sysconf(_SC_PAGESIZE);
}

static int write_brief(const struct scene *scene)
{
    in_brief(scene)[0] = '!';
    return ALLOWED;
}

static int unprotect_brief(const struct scene *scene)
{
    return mprotect(page_of(in_brief(scene)), 4096, PROT_READ | PROT_WRITE) == 0 ? ALLOWED
                                                                                 : REFUSED;
}

/* So that the returns after it would be read as nothing. */
static int cover_brief(const struct scene *scene)
{
    return mmap(page_of(in_brief(scene)), 4096, PROT_READ | PROT_WRITE,
                MAP_PRIVATE | MAP_ANONYMOUS | MAP_FIXED, -1, 0) != MAP_FAILED
               ? ALLOWED
               : REFUSED;
}

/* The same by moving other memory there. */
static int move_over_brief(const struct scene *scene)
{
    void *other = mmap(NULL, 4096, PROT_READ | PROT_WRITE, MAP_PRIVATE | MAP_ANONYMOUS, -1, 0);

    return mremap(other, 4096, 4096, MREMAP_MAYMOVE | MREMAP_FIXED, page_of(in_brief(scene))) !=
                   MAP_FAILED
               ? ALLOWED
               : REFUSED;
}

/* So that there is no memory where the next brief will be. */
static int unmap_brief(const struct scene *scene)
{
    (void)munmap(page_of(in_brief(scene)), 4096);
    return REFUSED;
}

/* Or nothing in it. */
static int empty_brief(const struct scene *scene)
{
    char *page = page_of(in_brief(scene));

    (void)munmap(page, 4096);
    (void)mmap(page, 4096, PROT_READ | PROT_WRITE, MAP_PRIVATE | MAP_ANONYMOUS, -1, 0);
    return REFUSED;
}

/* Whether there was another return before that did this. */
static int remember(const struct scene *scene)
{
    static int times;

    (void)scene;
    return times++ > 0 ? ALLOWED : REFUSED;
}

static int make_code(const struct scene *scene)
{
    void *memory = mmap(NULL, 4096, PROT_READ | PROT_WRITE | PROT_EXEC,
                        MAP_PRIVATE | MAP_ANONYMOUS, -1, 0);

    (void)scene;
    return memory != MAP_FAILED ? ALLOWED : REFUSED;
}

const struct deed hostile_answers[] = {{"forge-result", forge_result},
                                       {"forge-other", forge_other},
                                       {"forge-all", forge_all},
                                       {"forge-want", forge_want},
                                       {"forge-aside", forge_aside},
                                       {"forge-length", forge_length},
                                       {"forge-place", forge_place},
                                       {"forge-kind", forge_kind},
                                       {"close-descriptors", close_descriptors},
                                       {"close-range", close_range_of_them},
                                       {"replace-replies", replace_replies},
                                       {"write-everywhere", write_everywhere},
                                       {"send-requests", send_requests},
                                       {"drop-requests", drop_requests},
                                       {"print", print},
                                       {"write-brief", write_brief},
                                       {"unprotect-brief", unprotect_brief},
                                       {"cover-brief", cover_brief},
                                       {"move-over-brief", move_over_brief},
                                       {"unmap-brief", unmap_brief},
                                       {"empty-brief", empty_brief},
                                       {"remember", remember},
                                       {"make-code", make_code},
                                       {NULL, NULL}};
