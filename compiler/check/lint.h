/*
 * The checks that `check` and a release make beyond what every build needs:
 * what is allowed, but seldom meant (DESIGN section 6). Used by the front;
 * the checks themselves are handoffs.c, stages.c, conditions.c, usage.c and
 * coverage_rule.c.
 * Invariant: read only. One language is enough for what attributes say, for
 * parity has compared them.
 */
#ifndef VADE_CHECK_LINT_H
#define VADE_CHECK_LINT_H

#include "base/map.h"
#include "project/edition.h"

struct lint {
	const struct edition *edition;
	const struct book *book;
	const struct axis *role; /* NULL = the project declares none */
	struct map met;          /* acceptances that met a finding */
};

/* Everything, for all handbooks; the gaps of roles if they are asked for. 0,
 * or -1 with an error reported; warnings and notes are reported and no
 * failure. */
int lint_check(const struct edition *edition, bool with_gaps);

/* The place of an attribute of an element, or of a token in it; of the
 * element's name if the attribute is NULL or not written. */
struct place lint_place(const struct lint *lint, const xmlNode *node,
    const char *attribute, const char *token);

#endif
