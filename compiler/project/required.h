/*
 * Gives back what an element must have and selection took: "None" where a
 * reader would miss something, "Untitled" for the words that name a thing, or
 * another name for the whole (a figure without its title is informal). After
 * copy, before anything reads the view.
 * Invariant: computed from the view alone, so that nothing tells what was
 * taken, or why. No readable word is lost. What only its author could name (a
 * section, a chapter) is left as it is, and found by inspect/projected.
 */
#ifndef VADE_PROJECT_REQUIRED_H
#define VADE_PROJECT_REQUIRED_H

#include "project/view.h"

/* Linear in nodes. */
void required_mend(struct view *view);

#endif
