/*
 * The coverage rule of a project (`<coverage>` of vade.xml): every sector, and
 * every value of another axis, has its procedures. Used by checks, and by
 * `vade roles coverage`, which shows the same counts.
 * Invariant: of what the rule asks nothing is passed over but what it excepts
 * with a reason; an exception that is needed no longer is a finding itself.
 */
#ifndef VADE_CHECK_COVERAGE_RULE_H
#define VADE_CHECK_COVERAGE_RULE_H

#include "project/sources_and_readers.h"

/* One place of the table that the rule wants filled. */
struct coverage_cell {
	size_t values[COVERAGE_AXES]; /* of the rule's axes */
	unsigned procedures;
	const struct coverage_except *except; /* NULL = none. Lent. */
};

struct coverage_table {
	const struct edition *edition;
	const struct coverage *rule;
	struct coverage_cell *cells; /* in the order of the axes */
	size_t count;
};

/* Counts what a rule (lent) asks for; no cells if it names no axes. */
void coverage_rule_open(struct coverage_table *table,
    const struct edition *edition, const struct coverage *rule);
void coverage_rule_close(struct coverage_table *table);
/* The value of one of the rule's axes; "" if it has no such axis. Lent. */
const char *coverage_rule_id(const struct coverage_table *table,
    const struct coverage_cell *cell, size_t axis);
/* The rule of a project that declares roles; without one, two procedures for
 * every sector and stage. Its parts are the project's. */
struct coverage coverage_rule_or_default(const struct project *project);

#endif
