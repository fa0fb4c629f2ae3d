/*
 * `v:accept="CODE …" v:reason="…"`: an author accepts a finding at one place
 * (DESIGN section 4). Used by the checks of lint.h; the form was checked by
 * load/accept_syntax.h.
 * Invariant: only what lint.h reports about an element can be accepted, and there
 * only; an acceptance that nothing needs is a finding itself.
 */
#ifndef VADE_CHECK_ACCEPT_H
#define VADE_CHECK_ACCEPT_H

#include "check/lint.h"

/* Is this finding accepted at the element? Then it is not to be reported. */
bool accept_covers(struct lint *lint, const xmlNode *node, enum diag_code code);

/* Reports every acceptance that covered nothing. */
void accept_report_stale(const struct lint *lint);

#endif
