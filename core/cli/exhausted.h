#ifndef CA_CLI_EXHAUSTED_H
#define CA_CLI_EXHAUSTED_H

/*
 * Where memory runs out the program ends at once (ca_out_of_memory): with a message, the exit
 * status of surroundings that failed, and without the file that it was just writing.
 */
void ca_exhausted_catch(void);

/* The file that is removed then; NULL: none. Borrowed until the next call. */
void ca_exhausted_removes(const char *path);

#endif
