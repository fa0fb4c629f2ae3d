/*
 * A procedure has the same steps in every language. Asked before attributes
 * are compared, so that a step that was not translated is told once, as what
 * it is.
 * Invariant: in a procedure that is reported here, elements without a
 * counterpart have the same cause, and are not reported again.
 */
#ifndef VADE_PARITY_STEPS_H
#define VADE_PARITY_STEPS_H

#include "base/diag.h"
#include "model/book.h"

/* Compares the procedures that two languages have; puts the ids of those with
 * more steps in one into uneven. 0, or -1 with V0126 reported, once a
 * procedure. Linear in nodes. */
int steps_check(const struct book *first, const struct book *other,
    struct map *uneven, struct diag *diag);

/* Is a node inside a procedure that steps_check found uneven? What it lacks
 * there was told. */
bool steps_are_uneven(const xmlNode *node, const struct map *uneven);

#endif
