/*
 * For LD_PRELOAD in tests: a kernel without Landlock, as far as a program can tell. What holds
 * then, seccomp holds alone. Nothing of it is in the program itself.
 */
#include <dlfcn.h>
#include <errno.h>
#include <stdarg.h>
#include <string.h>
#include <unistd.h>

enum { LANDLOCK_CREATE = 444, ARGUMENTS = 6 };

long syscall(long number, ...)
{
    long (*real)(long, ...) = NULL, a[ARGUMENTS];
    void *symbol = dlsym(RTLD_NEXT, "syscall");
    va_list args;

    va_start(args, number);
    for (int i = 0; i < ARGUMENTS; i++)
        a[i] = va_arg(args, long);
    va_end(args);
    if (number == LANDLOCK_CREATE) {
        errno = ENOSYS;
        return -1;
    }
    memcpy(&real, &symbol, sizeof real);
    return real(number, a[0], a[1], a[2], a[3], a[4], a[5]);
}
