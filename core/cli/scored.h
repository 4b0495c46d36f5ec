#ifndef CA_CLI_SCORED_H
#define CA_CLI_SCORED_H

#include "core/cli/args.h"
#include "core/report/text/layout.h"
#include "core/work/scorer.h"

/* How results are written: --format, --explain, and how wide. */
struct ca_scored_writer {
    enum { CA_SCORED_TEXT, CA_SCORED_NDJSON, CA_SCORED_XML, CA_SCORED_HTML } format;
    bool explain;
    int width;
    struct ca_buffer head; /* of a page, with its theme */
};

/* False, with a complaint, where the options do not go together or the theme cannot be
 * used. Freed by ca_scored_writer_free, in any case. */
bool ca_scored_writer_init(struct ca_scored_writer *writer, const struct ca_args *args);
void ca_scored_writer_free(struct ca_scored_writer *writer);

/* One result, appended to out: bytes in, bytes out, so it can be done anywhere. */
void ca_scored_write(const struct ca_scored_writer *writer, const struct ca_scored *scored,
                     struct ca_buffer *out);

/* What stands before the first result, and after the last. */
const char *ca_scored_head(const struct ca_scored_writer *writer);
const char *ca_scored_tail(const struct ca_scored_writer *writer);

#endif
