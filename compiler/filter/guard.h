/*
 * What no filter may change: the steps in their order, and the words of what
 * warns. Used by apply around every transform, and by tree to refuse early.
 * Invariant: two equal guards mean that each step and each warning is the
 * same element with the same label and, for a warning, the same words.
 */
#ifndef VADE_FILTER_GUARD_H
#define VADE_FILTER_GUARD_H

#include "project/view.h"

struct guard_item {
	const xmlNode *source; /* NULL for what a filter made */
	const xmlNode *step;   /* the source of the step around it, or NULL */
	char *words;           /* of what warns; a step's label */
	bool warns;
};

struct guard {
	struct guard_item *items; /* in document order */
	size_t count;
	size_t capacity;
};

/* What protects by its words (model/protect.def): all of it but steps. */
bool guard_warns(const xmlNode *node);
/* A step, or what warns. */
bool guard_keeps(const xmlNode *node);

void guard_take(struct guard *guard, const struct view *view);
void guard_clear(struct guard *guard);
/* The first item of `before` that is not in `after` at the same place, else
 * the first one that is only in `after`; NULL if they are equal. */
const struct guard_item *
guard_difference(const struct guard *before, const struct guard *after);

#endif
