#include "repair.h"

#include <stdlib.h>
#include <string.h>

#include "base/buf.h"
#include "base/map.h"
#include "base/text.h"
#include "project/required.h"

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
	for (const xmlNode *node = view->root; node != NULL;
	     node = node_walk(node, view->root, true)) {
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

/* Leaves the areas that are there; false if none is. */
static bool
mend_callout(const struct map *ids, xmlNode *callout)
{
	const char *areas = node_attribute(callout, "arearefs");
	struct buf left = { 0 };
	const char *token;
	bool any;
	size_t len;

	while (areas != NULL && (token = text_next_token(&areas, &len)) != NULL)
		if (map_get(ids, token, len) != NULL) {
			buf_add_text(&left, left.size > 0 ? " " : "");
			buf_add(&left, token, len);
		}
	any = left.size > 0;
	if (any)
		xmlSetProp(callout, BAD_CAST "arearefs",
		    BAD_CAST buf_text(&left));
	buf_clear(&left);
	return any;
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
	if (node_is(node, "callout"))
		return mend_callout(&present->ids, node);
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
