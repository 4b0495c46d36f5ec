#ifndef CA_FRAMEWORKS_CONTRACT_H
#define CA_FRAMEWORKS_CONTRACT_H

#include "core/frameworks/objection.h"

/*
 * The steps from magic on: whether what a plugin's entry returned is a
 * framework this engine can work with, named stem. *out gets as many bytes
 * of it as both sides know, over zeroes.
 */
bool ca_contract_check(const caseaudit_framework *descriptor, const char *stem,
                       caseaudit_framework *out, struct ca_objection *objection);

#endif
