/*
 * Readers that a procedure gained for nothing: whom v:with or audience names,
 * though no step has to do with them. One of the checks of lint.h.
 * Invariant: only procedures above the lowest class are looked at; those of
 * the lowest anybody may read.
 */
#ifndef VADE_CHECK_NEEDLESS_READERS_H
#define VADE_CHECK_NEEDLESS_READERS_H

#include "check/lint.h"

/* Reports V0336 for every such token, with the handbooks that show the
 * procedure because of it. */
void needless_readers_check(struct lint *lint);

#endif
