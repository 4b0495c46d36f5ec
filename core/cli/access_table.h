#ifndef CA_CLI_ACCESS_TABLE_H
#define CA_CLI_ACCESS_TABLE_H

/* Prints who sees what: for each output, whether it shows case, auditor, evidence, findings and
 * small counts. */
void ca_access_print(void);

#endif
