/*
 * Finds the forms that can be filled in, and tells procedures of those that
 * they cite. A form is a section[@role='form']; its fields are the rows of its
 * table[@role='fields'] (the first cell names the field, the others say what it
 * is for) and the items of its check-lists.
 * Invariant: told from the projected tree alone; a form without a field that
 * this handbook shows has no sheet.
 */
#include "compose.h"

#include <string.h>

#include "base/alloc.h"
#include "base/map.h"

/* A row of a table of fields that is no head, or an item to check. */
static bool
is_field(const xmlNode *node)
{
	if (node_is(node, "listitem"))
		return node_has_role(node->parent, "itemizedlist", "checklist");
	return node_is(node, "row") && node_is(node->parent, "tbody") &&
	    node_has_role(node->parent->parent->parent, NULL, "fields");
}

static bool
has_fields(const xmlNode *form)
{
	for (const xmlNode *node = node_walk(form, form, true); node != NULL;
	     node = node_walk(node, form, true))
		if (node->type == XML_ELEMENT_NODE && is_field(node))
			return true;
	return false;
}

/* The forms of the handbook, by the names of their pages. */
static void
find_forms(struct map *forms, struct view *view)
{
	node_each(node, view->root) {
		const char *page;

		if (!node_has_role(node, "section", "form"))
			continue;
		page = node_vade_attribute(node, "page");
		if (page == NULL || !has_fields(node))
			continue;
		/* No id begins with a digit, so no page is called so. */
		owned char *sheet = mem_format("0-%s", page);

		view_set_vade(view, node, "sheet", sheet);
		map_put_text(forms, page, NULL)->item = node;
	}
}

/* The number of the form that a link leads to, or SIZE_MAX. */
static size_t
find_cited(const struct map *forms, const xmlNode *node)
{
	const char *page = node->type == XML_ELEMENT_NODE
	    ? node_vade_attribute(node, "target-page")
	    : NULL;
	const struct map_entry *entry =
	    page != NULL ? map_get_text(forms, page) : NULL;

	return entry == NULL ? SIZE_MAX : (size_t)(entry - forms->entries);
}

static void
add_form(const struct view *view, const xmlNode *form, xmlNode *list)
{
	xmlNode *entry = view_add(view, list, "form");

	view_set(entry, "href", node_vade_attribute(form, "sheet"));
	view_set(entry, "title", node_vade_attribute(form, "heading"));
	if (node_id(form) != NULL)
		view_set(entry, "label", node_id(form));
}

/* last holds, for each form, the number of the last task that listed it. */
static void
list_cited(const struct map *forms, const struct view *view, xmlNode *task,
    size_t number, size_t *last)
{
	xmlNode *list = NULL;

	for (xmlNode *node = node_walk(task, task, true); node != NULL;
	     node = node_walk(node, task, true)) {
		size_t form = find_cited(forms, node);

		if (form == SIZE_MAX || last[form] == number)
			continue;
		last[form] = number;
		if (list == NULL)
			list = view_add(view, task, "forms");
		add_form(view, forms->entries[form].item, list);
	}
}

void
form_add(struct view *view)
{
	struct map forms = { 0 };
	size_t number = 0;

	if (view->root == NULL)
		return;
	find_forms(&forms, view);
	owned size_t *last = mem_array(forms.count, sizeof(*last));

	for (xmlNode *node = view->root; forms.count > 0 && node != NULL;
	     node = node_walk(node, view->root, true))
		if (node_is(node, "task"))
			list_cited(&forms, view, node, ++number, last);
	map_clear(&forms);
}
