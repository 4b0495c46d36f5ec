#ifndef CA_CLI_LACKING_H
#define CA_CLI_LACKING_H

/* What this build cannot do, told by --help and by the command itself: a sentence, or NULL of a
 * build that lacks nothing for it. */
const char *ca_lacking_workbench(void);
const char *ca_lacking_grades(void); /* of forms */

#endif
