#ifndef CA_BASE_NAMELESS_H
#define CA_BASE_NAMELESS_H

#include <stdbool.h>

/*
 * A file that has no name until it is whole: a process that is killed leaves nothing of it.
 * Where the file system cannot do that, it is called PATH.part until then, and the next one
 * takes its place. For its owner alone.
 */
struct ca_nameless {
    int fd;       /* open for reading and writing; -1 and errno if it could not be made */
    char *part;   /* its name meanwhile, or NULL */
    char way[32]; /* a path that opens it again in this process */
};

struct ca_nameless ca_nameless_open(const char *path);
/*
 * Makes it durable and gives it its name. With replace it takes the place of a file that is
 * there; without, that is EEXIST. False and errno if that failed. Closed in any case.
 */
bool ca_nameless_name(struct ca_nameless *file, const char *path, bool replace);
/* Gives it up. */
void ca_nameless_close(struct ca_nameless *file);

#endif
