/*
 * Hand-offs: whoever acts was handed the work, whoever receives does
 * something with it, and between agencies it is written how (DESIGN section
 * 6). One of the checks of lint.h.
 * Invariant: time is linear in the steps of a procedure, whatever its
 * decisions; what cannot be decided in a few passes is not reported.
 */
#ifndef VADE_CHECK_HANDOFFS_H
#define VADE_CHECK_HANDOFFS_H

#include "check/lint.h"

/* Reports V0320 to V0323 for every procedure of the book. */
void handoffs_check(struct lint *lint);

/* The hand-off block of a step after another, first after the step itself;
 * not those of steps inside it. NULL if there is none. Lent. */
const xmlNode *handoffs_block(const xmlNode *step, const xmlNode *after);

#endif
