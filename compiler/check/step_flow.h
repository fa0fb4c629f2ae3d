/*
 * The order in which the steps of a procedure can be done: which step comes
 * after which, along every branch of its decisions. Used by handoffs.c.
 * Invariant: an edge per way on; a step is linked with the first of its
 * substeps or with its branches, not with what comes after them.
 */
#ifndef VADE_CHECK_STEP_FLOW_H
#define VADE_CHECK_STEP_FLOW_H

#include "base/map.h"
#include "model/book.h"

struct step_flow_edge {
	uint32_t from; /* indexes into steps */
	uint32_t to;
};

struct step_flow {
	const xmlNode **steps; /* in document order */
	size_t count;
	struct step_flow_edge *edges; /* in the order of from */
	size_t edge_count;
	size_t edge_capacity;
	struct map numbers; /* a step's address to its index */
};

/* Reads the procedures of a task. Linear in its nodes. */
void step_flow_open(struct step_flow *flow, const struct book *book,
    const xmlNode *task);
void step_flow_close(struct step_flow *flow);

/* The procedure that a step goes to or calls, if it is another one; NULL. */
const xmlNode *step_flow_leaves_for(const struct book *book,
    const xmlNode *step, const char *attribute);

#endif
