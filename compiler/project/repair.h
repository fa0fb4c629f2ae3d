/*
 * Mends what a view's elements say of each other when one of two is gone:
 * index ranges, callouts, references to footnotes; then what an element must
 * have (project/required). After copy.
 * Invariant: computed from the view alone.
 */
#ifndef VADE_PROJECT_REPAIR_H
#define VADE_PROJECT_REPAIR_H

#include "project/view.h"

/* Linear in nodes. */
void repair_view(struct view *view);

#endif
