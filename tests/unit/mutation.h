#ifndef CA_TESTS_MUTATION_H
#define CA_TESTS_MUTATION_H

#include <stdbool.h>
#include <stdint.h>

#include <libxml/tree.h>

/*
 * Changes to XML documents, each named by three numbers, so that a run over
 * all of them, or a drawn sample, is the same every time.
 */

struct mutation {
    unsigned element; /* in document order, from 0 */
    unsigned change;  /* below mutation_changes */
    unsigned variant; /* below mutation_variants(change) */
};

extern const unsigned mutation_changes;
unsigned mutation_variants(unsigned change);
unsigned mutation_elements(xmlDocPtr doc);

/* False, and nothing is changed, if there is nothing to change there. */
bool mutation_apply(xmlDocPtr doc, const struct mutation *mutation);

/* "rename (3) at element 7", to be freed. */
char *mutation_name(const struct mutation *mutation);

/* The next of a series of numbers that starts from *state. */
uint64_t mutation_draw(uint64_t *state);

#endif
