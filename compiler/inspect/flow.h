/*
 * The order in which the steps of a procedure can be done: which step comes
 * after which, along every branch of its decisions. Used by handoffs.c.
 * Invariant: an edge per way on; a step is linked with the first of its
 * substeps or with its branches, not with what comes after them.
 */
#ifndef VADE_INSPECT_FLOW_H
#define VADE_INSPECT_FLOW_H

#include "base/map.h"
#include "model/book.h"

struct flow_edge {
	uint32_t from; /* indexes into steps */
	uint32_t to;
};

struct flow {
	const xmlNode **steps; /* in document order */
	size_t count;
	struct flow_edge *edges; /* in the order of from */
	size_t edge_count;
	size_t edge_capacity;
	struct map numbers; /* a step's address to its index */
};

/* Reads the procedures of a task. Linear in its nodes. */
void flow_open(struct flow *flow, const struct book *book, const xmlNode *task);
void flow_close(struct flow *flow);

/* The procedure that a step goes to or calls, if it is another one; NULL. */
const xmlNode *flow_leaves_for(const struct book *book, const xmlNode *step,
    const char *attribute);

#endif
