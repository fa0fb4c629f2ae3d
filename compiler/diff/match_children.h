/*
 * Pairs the children of two nodes that are a pair, and theirs. Used by match.
 * Invariant: children keep their order among those paired here; what moved is
 * paired by id or text before.
 */
#ifndef VADE_DIFF_MATCH_CHILDREN_H
#define VADE_DIFF_MATCH_CHILDREN_H

#include "diff/match.h"

/* How often each term of the vocabulary stands somewhere; all zero between two
 * uses. */
struct bag {
	int *counts;
};

void match_pair(struct match *match, uint32_t old_node, uint32_t new_node);
/*
 * How alike two nodes are, 0 to 1: twice the words in common by all words. Long
 * ones are judged by their beginning.
 */
double match_alike(struct bag *bag, const struct version *old,
    uint32_t old_node, const struct version *new, uint32_t new_node);
/* May one become the other: elements of the same name, or that authors turn
 * into each other (a note into a warning, a bulleted list into a numbered)? */
bool
match_is_kin(const struct match *match, uint32_t old_node, uint32_t new_node);

/* From the root down. */
void match_children(struct match *match, struct bag *bag);

#endif
