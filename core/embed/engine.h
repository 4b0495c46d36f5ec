#ifndef CA_EMBED_ENGINE_H
#define CA_EMBED_ENGINE_H

#include <caseaudit/caseaudit.h>

#include "core/base/buffer.h"
#include "core/embed/locked.h"

/* What an engine is made of, for what is made of it here and for pages. */

enum { CA_STRICT, CA_LENIENT, CA_WAYS };
enum { CA_RESULT, CA_EXPLANATION, CA_PAGE, CA_PIECES };

struct caseaudit_engine {
    struct ca_host host;
    struct ca_registry *registry;
    struct ca_catalogue *catalogue;
    struct ca_scorer *scorers[CA_WAYS]; /* NULL in a locked engine */
    struct ca_locked *locked[CA_WAYS][CA_PIECES];
    struct ca_scored scored; /* the return that was scored last, here */
    struct ca_buffer message, text;
};

#endif
