/*
 * Keeps the former ids (v:was) of what a view shows: an anchor for each, where
 * its element begins, so that old links still land there in every format. That
 * a page had another file name is told by link/pages.
 * Invariant: an anchor stands where DocBook allows one, on the page of its
 * element.
 */
#include "link.h"

#include "base/text.h"
#include "link/pages.h"

/* What prints nothing where it stands: parts of an image or of a table, and
 * what is said in its stead. */
static bool
is_unprinted(const xmlNode *node)
{
	static const char *const names[] = { "alt", "area", "areaset",
		"areaspec", "audiodata", "audioobject", "col", "colgroup",
		"colspec", "imagedata", "imageobject", "info", "spanspec",
		"textdata", "textobject", "titleabbrev", "videodata",
		"videoobject", NULL };

	return node_is_one_of(node, names);
}

/* Elements of words, at whose start an anchor may stand. */
static bool
takes_anchor(const xmlNode *node)
{
	static const char *const names[] = { "bibliomixed", "bridgehead",
		"entry", "glossterm", "literallayout", "member", "para",
		"programlisting", "screen", "simpara", "synopsis", "td", "term",
		"th", "title", NULL };

	return node_is_one_of(node, names);
}

/* The first of the element's words that are printed; NULL if it has none. */
static xmlNode *
find_words(xmlNode *element)
{
	xmlNode *title = node_title(element);
	bool deeper = true;

	if (title != NULL)
		return title;
	for (xmlNode *node = element; node != NULL;
	     node = node_walk(node, element, deeper)) {
		deeper = node->type == XML_ELEMENT_NODE &&
		    (node == element ||
			(!is_unprinted(node) && !pages_is_page(node)));
		if (deeper && takes_anchor(node))
			return node;
	}
	return NULL;
}

/* An entry of a bibliography takes no anchor, but a phrase. */
static xmlNode *
new_anchor(const struct view *view, const xmlNode *words, const char *id)
{
	const char *name = words != NULL && node_is(words, "bibliomixed")
	    ? "phrase"
	    : "anchor";
	xmlNode *anchor =
	    xmlNewDocNode(view->doc, view->docbook, BAD_CAST name, NULL);
	xmlNs *xml = xmlSearchNs(view->doc, view->root, BAD_CAST "xml");

	xmlNewNsProp(anchor, xml, BAD_CAST "id", BAD_CAST id);
	return anchor;
}

/* At the start of its words, else before it, where its kind may stand; a page
 * without words is found by its former file name. */
static void
add_anchor(const struct view *view, xmlNode *element, const char *id)
{
	xmlNode *words;

	while (is_unprinted(element) && element->parent != NULL)
		element = element->parent;
	words = find_words(element);
	if (words == NULL && pages_is_page(element))
		return;
	if (words == NULL)
		xmlAddPrevSibling(element, new_anchor(view, words, id));
	else if (words->children == NULL)
		xmlAddChild(words, new_anchor(view, words, id));
	else
		xmlAddPrevSibling(words->children, new_anchor(view, words, id));
}

void
former_ids_add(struct view *view)
{
	node_each(node, view->root) {
		token_each(id, node_vade_attribute(node, "was")) {
			add_anchor(view, node, id);
		}
	}
}
