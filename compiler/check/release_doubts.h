/*
 * What a release refuses: doubt. Used by the front for --release.
 * Invariant: what cannot be decided counts as doubt, and all reasons are
 * listed at once.
 */
#ifndef VADE_CHECK_RELEASE_DOUBTS_H
#define VADE_CHECK_RELEASE_DOUBTS_H

#include "project/edition.h"

/*
 * Cited references that nobody verified and a review that is overdue today,
 * or on the day of SOURCE_DATE_EPOCH. 0, or -1 with V07xx reported.
 */
int release_doubts_check(const struct edition *edition);

#endif
