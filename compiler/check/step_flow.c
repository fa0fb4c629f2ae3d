#include "step_flow.h"

#include <stdlib.h>
#include <string.h>

#include "base/list.h"
#include "project/participation.h"

static void
add_edge(struct step_flow *flow, const xmlNode *from, const xmlNode *to)
{
	const struct map_entry *a =
	    map_get(&flow->numbers, &from, sizeof(from));
	const struct map_entry *b = map_get(&flow->numbers, &to, sizeof(to));

	if (a == NULL || b == NULL)
		return;
	*list_add(flow->edges, flow->edge_count, flow->edge_capacity) =
	    (struct step_flow_edge){ a->value, b->value };
}

static const xmlNode *
first_step(const xmlNode *list)
{
	return list == NULL ? NULL : node_child(list, "step");
}

static const xmlNode *
next_step(const xmlNode *step)
{
	const xmlNode *next = node_next_element(step);

	while (next != NULL && !node_is(next, "step"))
		next = node_next_element(next);
	return next;
}

/*
 * The edge out of a step that is done: where it sends on; else to the next one
 * of its list; after the last one, and after a branch, the step around it is
 * done too.
 */
static void
link_end(struct step_flow *flow, const struct book *book, const xmlNode *step)
{
	for (const xmlNode *at = step; node_is(at, "step");
	     at = at->parent->parent) {
		const char *go = node_vade_attribute(at, "go");
		const xmlNode *next = node_is(at->parent, "stepalternatives")
		    ? NULL
		    : next_step(at);

		if (go != NULL && strcmp(go, "next") != 0)
			next = book_find_id(book, go);
		if (next != NULL)
			add_edge(flow, step, next);
		if (next != NULL || (go != NULL && strcmp(go, "stop") == 0))
			return;
	}
}

static void
link_step(struct step_flow *flow, const struct book *book, const xmlNode *step)
{
	const xmlNode *choices = node_child(step, "stepalternatives");
	const xmlNode *first = first_step(node_child(step, "substeps"));
	const xmlNode *branch = first_step(choices);

	if (first != NULL)
		add_edge(flow, step, first);
	for (; branch != NULL; branch = next_step(branch))
		add_edge(flow, step, branch);
	if (first == NULL && first_step(choices) == NULL)
		link_end(flow, book, step);
}

void
step_flow_open(struct step_flow *flow, const struct book *book,
    const xmlNode *task)
{
	size_t capacity = 0;

	memset(flow, 0, sizeof(*flow));
	node_each(node, task) {
		if (!node_is(node, "step"))
			continue;
		map_put(&flow->numbers, &node, sizeof(node), NULL)->value =
		    (uint32_t)flow->count;
		*list_add(flow->steps, flow->count, capacity) = node;
	}
	for (size_t i = 0; i < flow->count; i++)
		link_step(flow, book, flow->steps[i]);
}

void
step_flow_close(struct step_flow *flow)
{
	free(flow->steps);
	free(flow->edges);
	map_clear(&flow->numbers);
}

const xmlNode *
step_flow_leaves_for(const struct book *book, const xmlNode *step,
    const char *attribute)
{
	const char *id = node_vade_attribute(step, attribute);
	const xmlNode *target = id == NULL ? NULL : book_find_id(book, id);
	const xmlNode *task =
	    target == NULL ? NULL : participation_task(target);

	return task == participation_task(step) ? NULL : task;
}
