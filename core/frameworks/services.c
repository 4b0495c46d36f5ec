/* The table of services, and the log. */
#include "core/frameworks/services.h"

#include "core/base/buffer.h"
#include "core/frameworks/services_private.h"

static void log_line(const caseaudit_host *table, const char *format, ...)
{
    const struct ca_host *host = (const struct ca_host *)table; /* its first member */
    struct ca_buffer line = {0};
    va_list args;

    if (host->log == NULL)
        return;
    va_start(args, format);
    ca_buffer_vprintf(&line, format, args);
    va_end(args);
    host->log(host->log_context, line.data);
    ca_buffer_free(&line);
}

void ca_host_init(struct ca_host *host)
{
    *host = (struct ca_host){.table = {.magic = CASEAUDIT_MAGIC,
                                       .abi_major = CASEAUDIT_ABI_MAJOR,
                                       .abi_minor = CASEAUDIT_ABI_MINOR,
                                       .size = sizeof(caseaudit_host),
                                       .log = log_line}};
    ca_services_of_documents(&host->table);
    ca_services_of_scoring(&host->table);
}
