#include "guard.h"

#include <stdlib.h>
#include <string.h>

#include "base/alloc.h"
#include "model/protect.h"

bool
guard_warns(const xmlNode *node)
{
	return protect_element(node) != NULL && !node_is(node, "step");
}

bool
guard_keeps(const xmlNode *node)
{
	return protect_element(node) != NULL;
}

static const xmlNode *
step_around(const xmlNode *node)
{
	do
		node = node->parent;
	while (node != NULL && !node_is(node, "step"));
	return node == NULL ? NULL : view_source(node);
}

static char *
label_dup(const xmlNode *step)
{
	const char *label = node_vade_attribute(step, "label");

	return mem_dup(label ? label : "");
}

void
guard_take(struct guard *guard, const struct view *view)
{
	memset(guard, 0, sizeof(*guard));
	for (const xmlNode *node = view->root; node != NULL;
	     node = node_walk(node, view->root, true)) {
		bool warns = guard_warns(node);

		if (!warns && !node_is(node, "step"))
			continue;
		guard->items = mem_grow(guard->items, guard->count,
		    &guard->capacity, sizeof(*guard->items));
		guard->items[guard->count++] = (struct guard_item){
			.source = view_source(node),
			.step = step_around(node),
			.words = warns ? node_text_dup(node) : label_dup(node),
			.warns = warns,
		};
	}
}

void
guard_clear(struct guard *guard)
{
	for (size_t i = 0; i < guard->count; i++)
		free(guard->items[i].words);
	free(guard->items);
	memset(guard, 0, sizeof(*guard));
}

static bool
is_same(const struct guard_item *a, const struct guard_item *b)
{
	return a->source == b->source && a->step == b->step &&
	    a->warns == b->warns && strcmp(a->words, b->words) == 0;
}

const struct guard_item *
guard_difference(const struct guard *before, const struct guard *after)
{
	for (size_t i = 0; i < before->count; i++)
		if (i >= after->count ||
		    !is_same(&before->items[i], &after->items[i]))
			return &before->items[i];
	return after->count > before->count ? &after->items[before->count]
					    : NULL;
}
