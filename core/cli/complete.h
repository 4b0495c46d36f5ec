#ifndef CA_CLI_COMPLETE_H
#define CA_CLI_COMPLETE_H

/*
 * What may stand for the last of these words of a command line, for the shell's
 * completion: candidates on standard output, one a line, each with its explanation after
 * a tab; ":files" or ":folders" for file names. From the same tables as --help.
 */
int ca_complete(int count, char **words);

#endif
