#include "link.h"

#include <string.h>

#include "link/pages.h"

/* An empty twin of the footnote takes its place in the text. */
static void
move_footnote(const struct view *view, xmlNode *footnote, xmlNode *page,
    xmlNode **list)
{
	xmlNode *mark =
	    xmlNewDocNode(view->doc, view->docbook, BAD_CAST "footnote", NULL);

	view_set_vade(view, mark, "label",
	    node_vade_attribute(footnote, "label"));
	xmlReplaceNode(footnote, mark);
	if (*list == NULL)
		*list = view_add(view, page, "footnotes");
	xmlAddChild(*list, footnote);
}

/* The page element that a node stands in. */
static xmlNode *
page_of(const struct view *view, xmlNode *node)
{
	while (node != view->root && !pages_is_page(node))
		node = node->parent;
	return node;
}

static bool
is_list(const struct view *view, const xmlNode *node)
{
	return node->ns == view->vade &&
	    strcmp((const char *)node->name, "footnotes") == 0;
}

static xmlNode *
find_list(const struct view *view, const xmlNode *page)
{
	xmlNode *child = page->last;

	while (child != NULL && !is_list(view, child))
		child = child->prev;
	return child;
}

void
footnote_move(struct view *view)
{
	xmlNode *next;

	for (xmlNode *node = view->root; node != NULL; node = next) {
		bool done = is_list(view, node) || node_is(node, "footnote");
		xmlNode *page;
		xmlNode *list;

		next = node_walk(node, view->root, !done);
		if (!node_is(node, "footnote"))
			continue;
		page = page_of(view, node);
		list = find_list(view, page);
		move_footnote(view, node, page, &list);
	}
}
