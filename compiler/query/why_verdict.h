/*
 * Why a handbook shows an element or not: a verdict per axis and filter, and
 * one in all. Used by why.
 * Invariant: the verdict in all agrees with the masks and the projection;
 * no filter is asked about what is above the handbook's clearance.
 */
#ifndef VADE_QUERY_WHY_VERDICT_H
#define VADE_QUERY_WHY_VERDICT_H

#include "project/edition.h"
#include "query/shown.h"

struct why_verdict {
	const char *name; /* of the axis, or the filter's file; lent */
	bool is_filter;
	bool shown;
	char *words;
};

struct why_verdicts {
	struct why_verdict *verdicts; /* axes in their order, then filters */
	size_t count;
	size_t capacity;
	bool selected; /* by all of them */
	enum shown_how how;
	char *words; /* in all: "not shown: …" */
};

/* Judges a node for a handbook. 0, or -1 with V05xx of a filter reported. */
int why_verdicts_judge(struct why_verdicts *verdicts,
    const struct edition *edition, const xmlNode *node, size_t handbook);
void why_verdicts_clear(struct why_verdicts *verdicts);

#endif
