#ifndef CA_BASE_REASON_H
#define CA_BASE_REASON_H

/* The words for an errno: plain where people meet it often, in English whatever the locale. */
const char *ca_reason(int number);

#endif
