#ifndef CA_CLI_INTERRUPT_H
#define CA_CLI_INTERRUPT_H

#include <stdbool.h>

/*
 * Ctrl-C and its like: long work asks now and then whether it is to stop, writes what is
 * done, and the process then ends by the signal after all, so that a shell's loop ends with
 * it. A second signal ends it at once.
 */
void ca_interrupt_catch(void);
bool ca_interrupted(void);
/* Ends the process by the signal, if there was one. */
void ca_interrupt_obey(void);

#endif
