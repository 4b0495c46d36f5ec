#ifndef CA_STORE_REVISION_H
#define CA_STORE_REVISION_H

#include "core/base/buffer.h"
#include "core/store/record.h"

/*
 * A return's id belongs to one audit for good. Another audit that comes with it, because
 * somebody numbered from 1 again, must not take the place of the first as its revision.
 */

/* The revision that counts now, as far as it tells of which audit it is. */
struct ca_audited {
    const char *template_id, *case_ref;
    ca_date audit_date;
};

/* Is the record a correction of the same audit? A case or template may not change, nor the
 * audit date by more than a year. If not, why says both, and what would be right. */
bool ca_is_same_audit(const struct ca_record *record, const struct ca_audited *before,
                      struct ca_buffer *why);

#endif
