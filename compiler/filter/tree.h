/*
 * The tree of a view as filters work on it: handles for its elements, and
 * every change that a filter may make. Used by apply, which hands the
 * operations to script.
 * Invariant: an element that was taken out is kept until tree_close, so that
 * no address serves twice; steps, what warns, and what holds one of them stay
 * whatever an operation is asked.
 */
#ifndef VADE_FILTER_TREE_H
#define VADE_FILTER_TREE_H

#include "project/view.h"
#include "script/nodes.h"

/* Where an element is; NULL when it is gone. */
struct tree_slot {
	xmlNode *node;
	uint32_t generation;
};

struct tree {
	struct view *view;          /* lent */
	const struct map *elements; /* names that DocBook has; lent */
	struct map slots_by_node;   /* address -> index into slots */
	struct tree_slot *slots;    /* [0] is nobody */
	size_t slot_count;
	size_t slot_capacity;
	xmlNode *bin;   /* what was taken out */
	xmlNode **made; /* new elements, some not in the tree */
	size_t made_count;
	size_t made_capacity;
	struct buf scratch; /* the text last given */
};

extern const struct node_operations tree_operations;

/* view may be NULL: then only is_element can be asked. */
void
tree_open(struct tree *tree, struct view *view, const struct map *elements);
/* Frees what is not part of the view's document. */
void tree_close(struct tree *tree);
/* The handle of an element of the view. */
struct node_handle tree_handle(struct tree *tree, xmlNode *node);

#endif
