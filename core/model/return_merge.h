#ifndef CA_MODEL_RETURN_MERGE_H
#define CA_MODEL_RETURN_MERGE_H

#include "core/model/return.h"

/*
 * Several agencies each fill in their part of one audit; this joins the parts into one
 * return. Nothing is chosen silently: what stands in two parts and differs is an error
 * that names both. What is the same in both stands once. Comments are left out.
 */
struct ca_merge_part {
    const char *file;
    struct ca_xml_doc doc; /* read by ca_return_parse without an error */
    struct ca_diags diags; /* what clashes with the parts before is added here */
};

/*
 * keep_first: where auditor, date, selection or an attribute differ, the first part's
 * stand, with a warning. Returns the root of the joined return, in arena, to be written
 * by ca_xml_write; NULL if something clashes.
 */
struct ca_xml_node *ca_return_merge(struct ca_arena *arena, struct ca_merge_part *parts,
                                    size_t count, bool keep_first);

#endif
