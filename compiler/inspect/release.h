/*
 * What a release refuses: doubt. Used by the pipeline for --release.
 * Invariant: what cannot be decided counts as doubt, and all reasons are
 * listed at once.
 */
#ifndef VADE_INSPECT_RELEASE_H
#define VADE_INSPECT_RELEASE_H

#include "inspect/edition.h"

/*
 * Cited references that nobody verified and a review that is overdue today,
 * or on the day of SOURCE_DATE_EPOCH. 0, or -1 with V07xx reported.
 */
int release_check(const struct edition *edition);

#endif
