/*
 * The tree of a view as filters work on it: handles for its elements, and
 * every change that a filter may make. Used by run_filters, which hands the
 * operations to script.
 * Invariant: an element that was taken out is kept until node_edit_close, so that
 * no address serves twice; steps, what warns, and what holds one of them stay
 * whatever an operation is asked.
 */
#ifndef VADE_FILTER_NODE_EDIT_H
#define VADE_FILTER_NODE_EDIT_H

#include "project/view.h"
#include "script/nodes.h"

/* Where an element is; NULL when it is gone. */
struct node_edit_slot {
	xmlNode *node;
	uint32_t generation;
};

struct node_edit {
	struct view *view;            /* lent */
	const struct map *elements;   /* names that DocBook has; lent */
	struct map slots_by_node;     /* address -> index into slots */
	struct node_edit_slot *slots; /* [0] is nobody */
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
void node_edit_open(struct node_edit *tree, struct view *view,
    const struct map *elements);
/* Frees what is not part of the view's document. */
void node_edit_close(struct node_edit *tree);
/* The handle of an element of the view. */
struct node_handle node_edit_handle(struct node_edit *tree, xmlNode *node);

#endif
