/*
 * Conditions that do not do what they seem to: nobody can meet them, or they
 * take nobody away (DESIGN section 6); values, groups and parties that nothing
 * names. One of the checks of lint.h.
 * Invariant: decided by tokens, reaches and the handbooks' values, without
 * Lua: what a filter hides is no mistake in the text.
 */
#ifndef VADE_CHECK_CONDITIONS_H
#define VADE_CHECK_CONDITIONS_H

#include "check/lint.h"

/* Reports V0325 to V0328 for every element with an axis attribute. */
void conditions_check(struct lint *lint);

/* Reports V0329 for every name of axes.xml that neither the sources nor a
 * handbook uses. */
void unused_names_check(struct lint *lint);

#endif
