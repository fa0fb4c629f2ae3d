#include "change.h"

#include <stdlib.h>
#include <string.h>

#include "base/list.h"
#include "diff/change_weight.h"
#include "diff/rising.h"

static const char *const op_names[] = {
#define OP(name, data) data,
#include "diff/change.def"
};
static const char *const class_names[] = {
#define CLASS(name, data) data,
#include "diff/change.def"
};
static const char *const flag_names[] = {
#define FLAG(name, data, critical) data,
#include "diff/change.def"
};
static const char *const urgency_names[] = {
#define URGENCY(name, data) data,
#include "diff/change.def"
};

const char *
change_op_name(enum change_op op)
{
	return op_names[op];
}

const char *change_class_name(enum change_class class)
{
	return class_names[class];
}

const char *
change_flag_name(enum change_flag flag)
{
	return flag_names[flag];
}

const char *
urgency_name(enum urgency urgency)
{
	return urgency_names[urgency];
}

/* --- a pair --- */

static const char *
value_of(const xmlAttr *attribute)
{
	return attribute->children == NULL
	    ? ""
	    : (const char *)attribute->children->content;
}

static const xmlAttr *
find_attribute(const xmlNode *node, const xmlAttr *like)
{
	for (const xmlAttr *at = node->properties; at != NULL; at = at->next)
		if (xmlStrEqual(at->name, like->name) &&
		    (at->ns == NULL) == (like->ns == NULL) &&
		    (at->ns == NULL ||
			xmlStrEqual(at->ns->href, like->ns->href)))
			return at;
	return NULL;
}

static void
add_attribute(struct changes *changes, struct change *change,
    const xmlAttr *old, const xmlAttr *new)
{
	struct attribute_change *made = list_add(change->attributes,
	    change->attribute_count, change->attribute_capacity);
	const struct axes *axes = changes->match->new->edition->reaches->axes;

	*made = (struct attribute_change){ old, new,
		change_attribute_class(axes, new != NULL ? new : old) };
	change->classes |= 1U << made->class;
	change->ops |=
	    1U << (strcmp((const char *)(new ? new : old)->name, "id") == 0
		    ? OP_RENAME
		    : OP_MARKUP);
}

static void
compare_attributes(struct changes *changes, struct change *change)
{
	const struct match *match = changes->match;
	const xmlNode *a = match->old->nodes[change->old_node].source;
	const xmlNode *b = match->new->nodes[change->new_node].source;

	for (const xmlAttr *at = a->properties; at != NULL; at = at->next) {
		const xmlAttr *other = find_attribute(b, at);

		if (other == NULL || strcmp(value_of(at), value_of(other)) != 0)
			add_attribute(changes, change, at, other);
	}
	for (const xmlAttr *at = b->properties; at != NULL; at = at->next)
		if (find_attribute(a, at) == NULL)
			add_attribute(changes, change, NULL, at);
}

/* A pair that differs is a change; one that does not leaves no trace. */
static void
compare_pair(struct changes *changes, uint32_t old_node, uint32_t new_node,
    bool same, bool moved)
{
	const struct match *match = changes->match;
	const struct version_node *a = &match->old->nodes[old_node];
	const struct version_node *b = &match->new->nodes[new_node];
	struct change change = { .old_node = old_node, .new_node = new_node };

	if (moved) {
		change.ops |= 1U << OP_MOVE;
		change.classes |= 1U << CLASS_STRUCTURE;
	}
	if (a->name != b->name) {
		change.ops |= 1U << OP_RETAG;
		change.classes |= 1U << CLASS_MARKUP;
	}
	if (!same || moved) {
		compare_attributes(changes, &change);
		change.hunks =
		    hunks_make(match->old, old_node, match->new, new_node);
		change_weigh_hunks(match, &change);
	}
	if (change.ops == 0)
		return;
	change_weigh(match, &change);
	*list_add(changes->items, changes->count, changes->capacity) = change;
}

/* --- what came and went --- */

static void
add_alone(struct changes *changes, uint32_t old_node, uint32_t new_node)
{
	struct change change = { .old_node = old_node, .new_node = new_node };

	change.ops = 1U << (old_node == NODE_NONE ? OP_INSERT : OP_DELETE);
	change_weigh(changes->match, &change);
	*list_add(changes->items, changes->count, changes->capacity) = change;
}

static void
compare_nodes(struct changes *changes, uint32_t new_node, bool moved);

/* What was elsewhere before and is now in something new. */
static void
compare_moved_into(struct changes *changes, uint32_t inserted)
{
	const struct match *match = changes->match;
	uint32_t end = match->new->nodes[inserted].end;

	for (uint32_t n = inserted + 1; n < end;)
		if (match->to_old[n] != NODE_NONE) {
			compare_nodes(changes, n, true);
			n = match->new->nodes[n].end;
		} else {
			n++;
		}
}

/* --- the children of a pair --- */

struct order {
	uint32_t *nodes; /* new children whose partners are children too */
	bool *kept;      /* the order, or it moved */
	size_t count;
};

static uint32_t *
partners_of(const struct match *match, uint32_t new_node, struct order *order,
    uint32_t **weights)
{
	const struct version *new = match->new;
	uint32_t old_node = match->to_old[new_node];
	size_t most = new->nodes[new_node].end - new_node;
	uint32_t *places = mem_array(most + 1, sizeof(*places));

	order->nodes = mem_array(most + 1, sizeof(*order->nodes));
	order->kept = mem_array(most + 1, sizeof(*order->kept));
	*weights = mem_array(most + 1, sizeof(**weights));
	for (uint32_t at = version_first_child(new, new_node); at != NODE_NONE;
	     at = version_next_sibling(new, at)) {
		uint32_t partner = match->to_old[at];

		if (partner == NODE_NONE ||
		    match->old->nodes[partner].parent != old_node)
			continue;
		order->nodes[order->count] = at;
		places[order->count] = partner;
		(*weights)[order->count++] = new->nodes[at].weight + 1;
	}
	return places;
}

static void
find_order(const struct match *match, uint32_t new_node, struct order *order)
{
	uint32_t *weights;
	uint32_t *places = partners_of(match, new_node, order, &weights);

	rising_find(places, weights, order->count, order->kept);
	free(places);
	free(weights);
}

/* Old children from *at up to `until` that have no partner are gone. */
static void
add_gone(struct changes *changes, uint32_t *at, uint32_t until)
{
	const struct match *match = changes->match;

	for (; *at != NODE_NONE && *at != until;
	     *at = version_next_sibling(match->old, *at))
		if (match->to_new[*at] == NODE_NONE)
			add_alone(changes, *at, NODE_NONE);
}

static void
compare_children(struct changes *changes, uint32_t new_node)
{
	const struct match *match = changes->match;
	uint32_t old_at =
	    version_first_child(match->old, match->to_old[new_node]);
	struct order order = { 0 };
	size_t next = 0;

	find_order(match, new_node, &order);
	for (uint32_t at = version_first_child(match->new, new_node);
	     at != NODE_NONE; at = version_next_sibling(match->new, at)) {
		if (match->to_old[at] == NODE_NONE) {
			add_alone(changes, NODE_NONE, at);
			compare_moved_into(changes, at);
		} else if (next < order.count && order.nodes[next] == at) {
			bool kept = order.kept[next++];

			if (kept)
				add_gone(changes, &old_at, match->to_old[at]);
			compare_nodes(changes, at, !kept);
		} else {
			compare_nodes(changes, at, true);
		}
	}
	add_gone(changes, &old_at, NODE_NONE);
	free(order.nodes);
	free(order.kept);
}

/* Books are at most BOOK_DEEPEST deep. */
static void
compare_nodes(struct changes *changes, uint32_t new_node, bool moved)
{
	const struct match *match = changes->match;
	uint32_t old_node = match->to_old[new_node];
	bool same = version_is_same(match->old, old_node, match->new, new_node);

	compare_pair(changes, old_node, new_node, same, moved);
	if (!same)
		compare_children(changes, new_node);
}

void
changes_make(struct changes *changes, const struct match *match)
{
	*changes = (struct changes){ .match = match };
	if (match->new->count > 0 && match->old->count > 0)
		compare_nodes(changes, 0, false);
	else if (match->new->count > 0)
		add_alone(changes, NODE_NONE, 0);
	else if (match->old->count > 0)
		add_alone(changes, 0, NODE_NONE);
}

void
changes_clear(struct changes *changes)
{
	for (size_t i = 0; i < changes->count; i++) {
		free(changes->items[i].hunks.items);
		free(changes->items[i].attributes);
	}
	free(changes->items);
	*changes = (struct changes){ 0 };
}
