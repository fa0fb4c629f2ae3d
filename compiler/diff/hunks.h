/*
 * What differs between two sentences, word for word. Used by change.
 * Invariant: hunks stand in order and do not touch; every token outside of them
 * is the same in both sentences, in the same order.
 * Source: Bram Cohen's patience diff; research/diff.md section 3.5.
 */
#ifndef VADE_DIFF_HUNKS_H
#define VADE_DIFF_HUNKS_H

#include "diff/version_tokens.h"

/* Tokens a .. a_end of the old sentence became b .. b_end of the new one;
 * numbers of tokens in their versions. */
struct hunk {
	uint32_t a, a_end;
	uint32_t b, b_end;
};

struct hunks {
	struct hunk *items;
	size_t count;
	size_t capacity;
	bool coarse; /* they were too long to compare word for word */
};

/* The nodes' own sentences. The caller frees items. */
struct hunks hunks_make(const struct version *old, uint32_t old_node,
    const struct version *new, uint32_t new_node);

#endif
