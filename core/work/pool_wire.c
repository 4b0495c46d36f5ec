/* The worker's ends of what connects it with the parent. */
#include <errno.h>
#include <limits.h>
#include <string.h>
#include <sys/socket.h>
#include <unistd.h>

#include "core/work/pool_private.h"

bool ca_pool_receive(struct ca_buffer *requests)
{
    const size_t most = CA_POOL_REQUEST_BYTES + 8192;
    ssize_t length;

    requests->length = 0;
    do {
        length = recv(CA_WORKER_REQUESTS, ca_buffer_reserve(requests, most), most, 0);
    } while (length < 0 && errno == EINTR);
    if (length <= 0)
        return false;
    requests->length = (size_t)length;
    return true;
}

const char *ca_pool_next_request(const char *at, struct ca_pool_request *request)
{
    memcpy(request, at, sizeof *request);
    return at + sizeof *request + request->name_length + 1 +
           (request->why_length > 0 ? request->why_length + 1 : 0);
}

/* In pieces that any pipe holds, so that the bell never waits for whom it is to wake. */
bool ca_pool_write(struct ca_buffer *out)
{
    const char *bytes = out->data;
    size_t left = out->length;

    while (left > 0) {
        ssize_t written = write(CA_WORKER_REPLIES, bytes, left < PIPE_BUF ? left : PIPE_BUF);
        if (written < 0 && errno == EINTR)
            continue;
        if (written < 0)
            return false;
        bytes += written;
        left -= (size_t)written;
        if (left > 0)
            ca_pool_ring(); /* a pipe that fills up is to be emptied */
    }
    ca_buffer_clear(out);
    return true;
}

void ca_pool_ring(void)
{
    const uint64_t one = 1;

    (void)!write(CA_WORKER_BELL, &one, sizeof one);
}
