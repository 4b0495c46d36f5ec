#ifndef CA_FRAMEWORKS_OWN_H
#define CA_FRAMEWORKS_OWN_H

#include <stdbool.h>

/*
 * Did the frameworks in this folder (absolute, links resolved) come with the engine? The
 * folder is the one that was compiled in, or it lies where that belongs beside the library
 * this very code was loaded from: whoever can write there could change the engine itself.
 */
bool ca_folder_is_own(const char *folder);

#endif
