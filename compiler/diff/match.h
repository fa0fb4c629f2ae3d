/*
 * Which node of one version is which of the other. Made from two versions that
 * share a vocabulary; read by change.
 * Invariant: a node has at most one partner, and that one has it as its own;
 * pairs are of equal hashes, or alike; that nothing differs says no hash alone
 * (version_is_same). Time is linear in nodes but for
 * gaps of children, whose comparisons have a limit; what is over it is paired
 * more coarsely, and told in `coarse`.
 * Source: research/diff.md section 3.2; ids first, as authors keep them.
 */
#ifndef VADE_DIFF_MATCH_H
#define VADE_DIFF_MATCH_H

#include "diff/version_tokens.h"

struct match {
	const struct version *old; /* lent */
	const struct version *new; /* lent */
	uint32_t *to_new;          /* per old node: its partner, NODE_NONE */
	uint32_t *to_old;
	uint32_t *coarse; /* new nodes whose children were too many to weigh */
	size_t coarse_count;
	size_t coarse_capacity;
};

/* match_clear frees. */
void match_make(struct match *match, const struct version *old,
    const struct version *new);
/*
 * The same match of what one reader sees of both versions: an element that he
 * sees in one of them alone has no partner. The vocabulary is the same; the
 * versions are other ones, of the same books.
 */
void match_project(struct match *match, const struct match *whole,
    const struct version *old, const struct version *new);
void match_clear(struct match *match);

#endif
