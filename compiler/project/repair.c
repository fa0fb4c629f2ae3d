/*
 * Mends what a view's elements say of each other when one of two is gone: index
 * ranges, callouts, references to footnotes; then what an element must have
 * (project/required). After copy.
 * Invariant: computed from the view alone.
 */
#include "project.h"

#include <string.h>

#include "base/alloc.h"
#include "base/buf.h"
#include "base/map.h"
#include "base/text.h"

struct present {
	struct map ids;  /* of the view */
	struct map ends; /* ids of ranges that an end names */
};

static bool
has_class(const xmlNode *node, const char *name)
{
	const char *own = node_attribute(node, "class");

	return own != NULL && strcmp(own, name) == 0;
}

static void
collect(const struct view *view, struct present *present)
{
	node_each(node, view->root) {
		const char *id =
		    node->type == XML_ELEMENT_NODE ? node_id(node) : NULL;
		const char *start = node_is(node, "indexterm")
		    ? node_attribute(node, "startref")
		    : NULL;

		if (id != NULL)
			map_put_text(&present->ids, id, NULL);
		if (start != NULL)
			map_put_text(&present->ends, start, NULL);
	}
}

static bool
has_id(const struct map *ids, const char *id)
{
	return id != NULL && map_get_text(ids, id) != NULL;
}

/* Leaves of an attribute the ids that are there; false if none is. */
static bool
keep_ids(const struct map *ids, xmlNode *node, const char *name)
{
	scoped(buf_clear) struct buf left = { 0 };
	bool any;

	token_each(token, node_attribute(node, name))
		if (map_get_text(ids, token) != NULL) {
			buf_add_text(&left, left.size > 0 ? " " : "");
			buf_add(&left, token, strlen(token));
		}
	any = left.size > 0;
	if (any)
		xmlSetProp(node, BAD_CAST name, BAD_CAST buf_text(&left));
	return any;
}

/* Attributes that name elements, for no link of ours: what is not in the view
 * is named nowhere. (link/resolve says what becomes of links.) */
static void
forget_absent(const struct map *ids, xmlNode *node)
{
	static const char *const names[] = { "headers", "annotates",
		"annotations" };

	for (size_t i = 0; i < sizeof(names) / sizeof(*names); i++)
		if (node_attribute(node, names[i]) != NULL &&
		    !keep_ids(ids, node, names[i]))
			xmlUnsetProp(node, BAD_CAST names[i]);
}

/* A symbol whose production is not there is its words: it must name one. */
static bool
has_production(const struct map *ids, xmlNode *symbol)
{
	const char *def = node_attribute(symbol, "def");

	if (def == NULL || def[0] != '#' || has_id(ids, def + 1))
		return true;
	while (symbol->children != NULL)
		xmlAddPrevSibling(symbol, symbol->children);
	return false;
}

/* A range without its end is a place. */
static void
end_range(const struct present *present, xmlNode *term)
{
	if (has_class(term, "startofrange") &&
	    !has_id(&present->ends, node_id(term)))
		xmlUnsetProp(term, BAD_CAST "class");
}

/* Does the element mean anything still? */
static bool
is_sound(const struct present *present, xmlNode *node)
{
	if (node->properties != NULL)
		forget_absent(&present->ids, node);
	if (node_is(node, "callout"))
		return keep_ids(&present->ids, node, "arearefs");
	if (node_is(node, "nonterminal"))
		return has_production(&present->ids, node);
	if (node_is(node, "footnoteref"))
		return has_id(&present->ids, node_attribute(node, "linkend"));
	if (node_is(node, "indexterm") && has_class(node, "endofrange"))
		return has_id(&present->ids, node_attribute(node, "startref"));
	if (node_is(node, "indexterm"))
		end_range(present, node);
	return true;
}

/* A list of callouts goes with its last. */
static void
drop(xmlNode *node)
{
	xmlNode *parent = node->parent;

	xmlUnlinkNode(node);
	xmlFreeNode(node);
	if (node_is(parent, "calloutlist") &&
	    node_child(parent, "callout") == NULL) {
		xmlUnlinkNode(parent);
		xmlFreeNode(parent);
	}
}

void
repair_view(struct view *view)
{
	struct present present = { 0 };
	xmlNode *node = view->root;

	collect(view, &present);
	while (node != NULL) {
		bool sound =
		    node->type != XML_ELEMENT_NODE || is_sound(&present, node);
		xmlNode *next = node_walk(node, view->root, sound);

		if (!sound)
			drop(node);
		node = next;
	}
	map_clear(&present.ids);
	map_clear(&present.ends);
	required_mend(view);
}
