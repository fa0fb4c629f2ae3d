/*
 * Titles of steps: whoever does not do a step reads only its title, so in a
 * procedure of several roles every step has one. Used by front.c.
 * Invariant: it is asked of the sources, before anything is selected.
 */
#ifndef VADE_LOAD_STEPS_LACK_TITLES_H
#define VADE_LOAD_STEPS_LACK_TITLES_H

#include "base/diag.h"
#include "model/book.h"

/* Every step, substep and branch of a task in which two or more roles act has
 * a title with words. Of a valid book: what is no title says the schema better.
 * 0, or -1 with V0335 reported for each that has none. */
int untitled_steps_check(const struct book *book, struct diag *diag);

#endif
