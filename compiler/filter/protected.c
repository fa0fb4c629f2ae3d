#include "protected.h"

#include <stdlib.h>
#include <string.h>

#include "base/list.h"
#include "model/protect.h"

bool
protected_warns(const xmlNode *node)
{
	return protect_element(node) != NULL && !node_is(node, "step");
}

bool
protected_keeps(const xmlNode *node)
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
protected_take(struct protected_items *guard, const struct view *view)
{
	memset(guard, 0, sizeof(*guard));
	node_each(node, view->root) {
		bool warns = protected_warns(node);

		if (!warns && !node_is(node, "step"))
			continue;
		*list_add(guard->items, guard->count,
		    guard->capacity) = (struct protected_item){
			.source = view_source(node),
			.step = step_around(node),
			.words = warns ? node_text_dup(node) : label_dup(node),
			.warns = warns,
		};
	}
}

void
protected_clear(struct protected_items *guard)
{
	for (size_t i = 0; i < guard->count; i++)
		free(guard->items[i].words);
	free(guard->items);
	memset(guard, 0, sizeof(*guard));
}

static bool
is_same(const struct protected_item *a, const struct protected_item *b)
{
	return a->source == b->source && a->step == b->step &&
	    a->warns == b->warns && strcmp(a->words, b->words) == 0;
}

const struct protected_item *
protected_difference(const struct protected_items *before,
    const struct protected_items *after)
{
	for (size_t i = 0; i < before->count; i++)
		if (i >= after->count ||
		    !is_same(&before->items[i], &after->items[i]))
			return &before->items[i];
	return after->count > before->count ? &after->items[before->count]
					    : NULL;
}
