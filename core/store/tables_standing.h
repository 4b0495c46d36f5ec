#ifndef CA_STORE_TABLES_STANDING_H
#define CA_STORE_TABLES_STANDING_H

#include "core/store/tables.h"

/* What the store knows already of a return's id. */
struct ca_standing {
    int64_t audit, latest, template; /* 0: nothing */
    char template_name[72], case_ref[72];
    ca_date audit_date;
    int newest; /* number of the latest revision */
    bool same;  /* it has the same bytes, but for line ends */
    bool withdrawn, erased;
};
enum ca_code ca_tables_find_standing(struct ca_tables *s, const struct ca_record *record,
                                     struct ca_standing *standing, struct ca_error *error);

/* The id of a return in the store that differs from the record's in capitals alone, as far as it is
 * written all small or all large; "": there is none. */
enum { CA_ID_BYTES = 72 };
enum ca_code ca_tables_find_twin(struct ca_tables *s, const struct ca_record *record,
                                 char twin[CA_ID_BYTES], struct ca_error *error);

/* Of returns that are stored together: which of their ids may stand in the store (then look),
 * and may any of their documents have been erased from it? */
struct ca_foreseen {
    bool *there; /* to be freed by the caller, whatever comes out */
    bool erased;
};
enum ca_code ca_tables_foresee(struct ca_tables *s, const struct ca_record *records,
                               size_t count, struct ca_foreseen *out, struct ca_error *error);

#endif
