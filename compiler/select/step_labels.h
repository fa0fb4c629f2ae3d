/*
 * The stable labels of steps (DESIGN section 6), computed on the whole tree
 * so that a step has the same label in every handbook and language.
 * Invariant: the label of a step depends only on siblings and ancestors of
 * its own class or lower, so content above a reader's clearance moves no
 * label that the reader sees.
 */
#ifndef VADE_SELECT_STEP_LABELS_H
#define VADE_SELECT_STEP_LABELS_H

#include "select/element_readers.h"

/* Sets element.label of every step. Needs reach_compute before. */
void step_labels_compute(const struct reaches *reaches, struct book *book);
/* The label of a step ("5.1", "5a", "1-C2"); "" for other elements. Lent. */
const char *step_labels_get(const struct book *book, const xmlNode *step);

#endif
