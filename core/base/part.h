#ifndef CA_BASE_PART_H
#define CA_BASE_PART_H

/*
 * Parts of the engine that lie in libraries of their own, because the libraries they need
 * take longer to load than everything else that happens before the first return is scored.
 * They are loaded when they are asked for, and stay loaded.
 *
 * What `symbol` of `library` points to; NULL if the part is missing: see dlerror().
 */
void *ca_part_find(const char *library, const char *symbol);

#endif
