#ifndef CA_FRAMEWORKS_SERVICES_PRIVATE_H
#define CA_FRAMEWORKS_SERVICES_PRIVATE_H

#include "core/frameworks/services.h"

/* Each fills in its part of the table. */
void ca_services_of_documents(caseaudit_host *host);
void ca_services_of_scoring(caseaudit_host *host);

#endif
