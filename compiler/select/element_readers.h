/*
 * The readers of an element, its reach: for whom it is, as its attributes and
 * its ancestors' say (DESIGN section 5, rules 1 to 4). Computed once for all
 * languages; used by mask, step_labels, project.
 * Invariant: a child's set on every axis is inside its parent's and its rank
 * is at least its parent's, so adding an attribute never adds a reader.
 */
#ifndef VADE_SELECT_ELEMENT_READERS_H
#define VADE_SELECT_ELEMENT_READERS_H

#include "base/diag.h"
#include "base/map.h"
#include "model/axes.h"
#include "model/book.h"

struct reaches {
	const struct axes *axes; /* lent */
	/* Per axis: distinct sets of leaves; the number of a set is its index
	 * among the entries, 0 = all leaves. Not used on the clearance axis.*/
	struct map *sets;
	/* Distinct reaches; a key is axes->count numbers: of the set, or on
	 * the clearance axis rank * 2 + (1 if a class was stated). */
	struct map all;
	struct map memo; /* axis, parent's set, tokens -> set */
};

void reaches_init(struct reaches *reaches, const struct axes *axes);
void reaches_clear(struct reaches *reaches);

/*
 * Sets element.reach of every element of the book. Linear in nodes; a token
 * list is parsed once per distinct parent's set. Returns 0, or -1 with V02xx
 * reported and nothing to be built.
 */
int
reach_compute(struct reaches *reaches, struct book *book, struct diag *diag);

/*
 * An element of one id is for the same readers in both books, by what is
 * around it too. 0, or -1 with V0120 reported. Linear in ids.
 */
int reach_compare(const struct reaches *reaches, const struct book *first,
    const struct book *other, struct diag *diag);

/* The number per axis of a reach: a set's number, or the clearance key. */
const uint32_t *reach_sets(const struct reaches *reaches, uint32_t reach);
/* The leaves of set number `set` on an axis. */
const uint64_t *
reach_leaves(const struct reaches *reaches, size_t axis, uint32_t set);
/* Rank on the clearance axis; 0 without one. */
int reach_rank(const struct reaches *reaches, uint32_t reach);

#endif
