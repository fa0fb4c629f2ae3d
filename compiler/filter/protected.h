/*
 * What no filter may change: the steps in their order, and the words of what
 * warns. Used by run_filters around every transform, and by node_edit to refuse
 * early.
 * Invariant: two equal guards mean that each step and each warning is the
 * same element with the same label and, for a warning, the same words.
 */
#ifndef VADE_FILTER_PROTECTED_H
#define VADE_FILTER_PROTECTED_H

#include "project/view.h"

struct protected_item {
	const xmlNode *source; /* NULL for what a filter made */
	const xmlNode *step;   /* the source of the step around it, or NULL */
	char *words;           /* of what warns; a step's label */
	bool warns;
};

struct protected_items {
	struct protected_item *items; /* in document order */
	size_t count;
	size_t capacity;
};

/* What protects by its words (model/protect.def): all of it but steps. */
bool protected_warns(const xmlNode *node);
/* A step, or what warns. */
bool protected_keeps(const xmlNode *node);

void protected_take(struct protected_items *guard, const struct view *view);
void protected_clear(struct protected_items *guard);
/* The first item of `before` that is not in `after` at the same place, else
 * the first one that is only in `after`; NULL if they are equal. */
const struct protected_item *protected_difference(
    const struct protected_items *before, const struct protected_items *after);

#endif
