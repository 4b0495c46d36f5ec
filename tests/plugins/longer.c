/*
 * Built with a header that is to come: a newer minor, and a member behind the
 * last one. It must load all the same. Its state is the number of times it
 * was created and not destroyed.
 */
#define NAME "longer"
#include "sound.h"

struct longer_framework {
    caseaudit_framework known;
    const char *member_to_come;
};

static int created;

static void *create(const caseaudit_host *host)
{
    created += host != NULL && host->magic == CASEAUDIT_MAGIC;
    return &created;
}

static void destroy(void *state)
{
    if (state == &created)
        created--;
}

static const struct longer_framework longer = {{SOUND}, "to come"};

const caseaudit_framework *caseaudit_framework_entry(void)
{
    static struct longer_framework answer;

    answer = longer;
    answer.known.abi_minor = CASEAUDIT_ABI_MINOR + 1;
    answer.known.size = sizeof answer;
    answer.known.create = create;
    answer.known.destroy = destroy;
    return &answer.known;
}
