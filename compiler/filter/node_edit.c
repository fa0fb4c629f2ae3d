#include "node_edit.h"

#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include "base/alloc.h"
#include "base/bits.h"
#include "base/list.h"
#include "filter/protected.h"

/* --- handles --- */

void
node_edit_open(struct node_edit *tree, struct view *view,
    const struct map *elements)
{
	memset(tree, 0, sizeof(*tree));
	tree->view = view;
	tree->elements = elements;
	*list_add(tree->slots, tree->slot_count, tree->slot_capacity) =
	    (struct node_edit_slot){ 0 };
	if (view != NULL)
		tree->bin =
		    xmlNewDocNode(view->doc, NULL, BAD_CAST "bin", NULL);
}

void
node_edit_close(struct node_edit *tree)
{
	/* What was made and never used; its parts have parents. */
	for (size_t i = 0; i < tree->made_count; i++)
		if (tree->made[i]->parent == NULL)
			xmlAddChild(tree->bin, tree->made[i]);
	if (tree->bin != NULL)
		xmlFreeNode(tree->bin);
	map_clear(&tree->slots_by_node);
	free(tree->slots);
	free(tree->made);
	buf_clear(&tree->scratch);
	memset(tree, 0, sizeof(*tree));
}

struct node_handle
node_edit_handle(struct node_edit *tree, xmlNode *node)
{
	struct map_entry *entry;
	bool is_new;

	if (node == NULL)
		return (struct node_handle){ 0, 0 };
	entry = map_put(&tree->slots_by_node, &node, sizeof(node), &is_new);
	if (is_new) {
		entry->value = (uint32_t)tree->slot_count;
		*list_add(tree->slots, tree->slot_count, tree->slot_capacity) =
		    (struct node_edit_slot){ node, 1 };
	}
	return (struct node_handle){ entry->value,
		tree->slots[entry->value].generation };
}

static bool
is_alive(const void *context, struct node_handle handle)
{
	const struct node_edit *tree = context;

	return handle.index > 0 && handle.index < tree->slot_count &&
	    tree->slots[handle.index].node != NULL &&
	    tree->slots[handle.index].generation == handle.generation;
}

/* The element of a live handle. */
static xmlNode *
node_of(const struct node_edit *tree, struct node_handle handle)
{
	return tree->slots[handle.index].node;
}

/* Takes a subtree out; handles into it are dead from now on. */
static void
take_out(struct node_edit *tree, xmlNode *top)
{
	node_each(node, top) {
		const struct map_entry *entry =
		    map_get(&tree->slots_by_node, &node, sizeof(node));

		if (entry == NULL)
			continue;
		tree->slots[entry->value].node = NULL;
		tree->slots[entry->value].generation++;
	}
	xmlUnlinkNode(top);
	xmlAddChild(tree->bin, top);
}

/* --- what may be changed --- */

static bool
is_fixed_node(const xmlNode *node)
{
	while (node != NULL && node->type == XML_ELEMENT_NODE &&
	    !protected_warns(node))
		node = node->parent;
	return node != NULL && node->type == XML_ELEMENT_NODE;
}

static bool
holds_kept(const xmlNode *top)
{
	node_each(node, top)
		if (protected_keeps(node))
			return true;
	return false;
}

static const char *
refuse_removal(const struct node_edit *tree, const xmlNode *node)
{
	if (node == tree->view->root)
		return "the root of the document stays";
	if (is_fixed_node(node))
		return "warnings, cautions and safeguards stay as they are";
	if (holds_kept(node))
		return "steps, and what warns, stay: this is one or holds one";
	return NULL;
}

static size_t
depth_of(const xmlNode *node)
{
	size_t depth = 0;

	for (; node != NULL; node = node->parent)
		depth += node->type == XML_ELEMENT_NODE;
	return depth;
}

/* Elements on the longest way down. */
static size_t
height_of(const xmlNode *top)
{
	size_t height = 0;
	size_t depth = 0;
	const xmlNode *node = top;

	for (;;) {
		for (; node->type == XML_ELEMENT_NODE; node = node->children) {
			if (height < ++depth)
				height = depth;
			if (node->children == NULL)
				break;
		}
		while (node != top && node->next == NULL) {
			depth -= node->type == XML_ELEMENT_NODE;
			node = node->parent;
		}
		if (node == top)
			return height;
		depth -= node->type == XML_ELEMENT_NODE;
		node = node->next;
	}
}

static const char *
refuse_new(const struct node_edit *tree, const xmlNode *parent,
    const xmlNode *fresh)
{
	if (is_fixed_node(parent))
		return "warnings, cautions and safeguards stay as they are";
	if (fresh == NULL)
		return NULL;
	if (fresh == tree->view->root || fresh->parent != NULL)
		return "the element has a place already; make a new one";
	for (const xmlNode *up = parent; up != NULL; up = up->parent)
		if (up == fresh)
			return "an element cannot be inside itself";
	if (depth_of(parent) + height_of(fresh) > BOOK_DEEPEST)
		return "elements are nested more than 256 deep";
	return NULL;
}

/* --- reading --- */

static bool
is_element(const void *context, const char *name)
{
	const struct node_edit *tree = context;

	return map_get_text(tree->elements, name) != NULL;
}

static bool
is_fixed(const void *context, struct node_handle handle)
{
	return is_fixed_node(node_of(context, handle));
}

static const char *
name_of(const void *context, struct node_handle handle)
{
	return (const char *)node_of(context, handle)->name;
}

static const char *
attribute_of(void *context, struct node_handle handle, const char *name)
{
	const xmlNode *node = node_of(context, handle);
	const xmlNode *source = view_source(node);
	const char *value;

	if (strcmp(name, "xml:id") == 0)
		return node_id(node);
	if (strncmp(name, "v:", 2) != 0)
		return node_attribute(node, name);
	value = node_vade_attribute(node, name + 2);
	/* Of a parameter with an agency's value the copy has no mark. */
	if (value == NULL && source != NULL && strcmp(name, "v:param") == 0)
		value = node_vade_attribute(source, "param");
	return value;
}

static const char *
text_of(void *context, struct node_handle handle)
{
	struct node_edit *tree = context;
	owned char *text = node_text_dup(node_of(tree, handle));

	buf_clear(&tree->scratch);
	buf_add_text(&tree->scratch, text);
	return buf_text(&tree->scratch);
}

static struct place
place_of(const void *context, struct node_handle handle)
{
	const struct node_edit *tree = context;
	const xmlNode *origin = view_source(node_of(tree, handle));

	return origin != NULL ? book_place(tree->view->book, origin)
			      : (struct place){ 0 };
}

static xmlNode *
docbook_or_next(xmlNode *node)
{
	while (node != NULL && !node_is(node, NULL))
		node = node->next;
	return node;
}

static xmlNode *
following(xmlNode *node, const xmlNode *root)
{
	bool deeper = true;

	/* What we left on the tree for stylesheets is not the filter's. */
	while ((node = node_walk(node, root, deeper)) != NULL &&
	    !node_is(node, NULL))
		deeper = false;
	return node;
}

static struct node_handle
relative(void *context, struct node_handle handle, enum node_relation relation,
    struct node_handle root)
{
	struct node_edit *tree = context;
	xmlNode *node = node_of(tree, handle);

	switch (relation) {
	case NODE_PARENT:
		node = node->parent;
		if (node != NULL && !node_is(node, NULL))
			node = NULL;
		break;
	case NODE_FIRST:
		node = docbook_or_next(node->children);
		break;
	case NODE_NEXT:
		node = docbook_or_next(node->next);
		break;
	case NODE_FOLLOWING:
		node = following(node, node_of(tree, root));
		break;
	}
	return node_edit_handle(tree, node);
}

static const char *
axis_value_of(void *context, struct node_handle handle, const char *id,
    size_t *from, bool *known)
{
	struct node_edit *tree = context;
	const struct view *view = tree->view;
	const struct axes *axes = &view->edition->project->axes;
	int at = axes_find(axes, id);
	const xmlNode *source = view_source(node_of(tree, handle));
	const struct axis *axis;
	const uint64_t *leaves;
	uint32_t reach;

	*known = at != AXIS_NONE;
	if (!*known)
		return NULL;
	axis = &axes->axes[at];
	if (at == axes->clearance)
		return (*from)++ == 0 ? axis->values[view_rank(view, source)].id
				      : NULL;
	/* What a filter made is for whom the handbook is. */
	if (source == NULL)
		return NULL;
	reach = book_element(view->book, source)->reach;
	leaves = reach_leaves(view->edition->reaches, (size_t)at,
	    reach_sets(view->edition->reaches, reach)[at]);
	while (*from < axis->value_count)
		if (bits_get(leaves, (*from)++))
			return axis->values[*from - 1].id;
	return NULL;
}

/* --- changing --- */

static const char *
create(void *context, const char *name, struct node_handle *made)
{
	struct node_edit *tree = context;
	xmlNode *node;

	if (!is_element(tree, name))
		return "DocBook has no element of this name";
	if (strcmp(name, "step") == 0 || strcmp(name, "warning") == 0 ||
	    strcmp(name, "caution") == 0)
		return "steps, warnings and cautions are the author's";
	node = xmlNewDocNode(tree->view->doc, tree->view->docbook,
	    BAD_CAST name, NULL);
	*list_add(tree->made, tree->made_count, tree->made_capacity) = node;
	*made = node_edit_handle(tree, node);
	return NULL;
}

/* A name without a prefix: [A-Za-z_][A-Za-z0-9._-]* */
static bool
is_plain_name(const char *name)
{
	static const char letters[] =
	    "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ_";
	size_t first = strspn(name, letters);

	while (first > 0 && name[first] != '\0' &&
	    strchr("0123456789.-", name[first]) != NULL)
		first += 1 + strspn(name + first + 1, letters);
	return first > 0 && name[first] == '\0';
}

static bool
is_axis_attribute(const struct node_edit *tree, const char *name)
{
	const struct axes *axes = &tree->view->edition->project->axes;

	for (size_t i = 0; i < axes->count; i++)
		if (!axes->axes[i].is_vade &&
		    strcmp(axes->axes[i].attribute, name) == 0)
			return true;
	return false;
}

static const char *
set(void *context, struct node_handle handle, const char *name,
    const char *value)
{
	struct node_edit *tree = context;
	xmlNode *node = node_of(tree, handle);

	if (!is_plain_name(name) || strcmp(name, "xmlns") == 0)
		return "only attributes without a prefix can be set";
	if (is_axis_attribute(tree, name))
		return "the attributes of axes are the author's";
	if (is_fixed_node(node))
		return "warnings, cautions and safeguards stay as they are";
	if (node_is(node, "important") && strcmp(name, "role") == 0 &&
	    strcmp(value, "safeguard") == 0)
		return "safeguards are the author's";
	xmlSetProp(node, BAD_CAST name, BAD_CAST value);
	return NULL;
}

static const char *
replace_text(void *context, struct node_handle handle, const char *text)
{
	struct node_edit *tree = context;
	xmlNode *node = node_of(tree, handle);
	const char *refusal = NULL;

	if (is_fixed_node(node))
		return "warnings, cautions and safeguards stay as they are";
	if (node_is(node, "step"))
		return "a step has no text of its own";
	for (xmlNode *child = node->children; child != NULL && refusal == NULL;
	     child = child->next)
		if (holds_kept(child))
			refusal = "steps, and what warns, stay: this holds one";
	if (refusal != NULL)
		return refusal;
	while (node->children != NULL)
		take_out(tree, node->children);
	xmlAddChild(node, xmlNewDocText(tree->view->doc, BAD_CAST text));
	return NULL;
}

static const char *
append(void *context, struct node_handle parent, struct node_handle child)
{
	const struct node_edit *tree = context;
	const char *refusal =
	    refuse_new(tree, node_of(tree, parent), node_of(tree, child));

	if (refusal == NULL)
		xmlAddChild(node_of(tree, parent), node_of(tree, child));
	return refusal;
}

static const char *
append_text(void *context, struct node_handle parent, const char *text)
{
	const struct node_edit *tree = context;
	const char *refusal = refuse_new(tree, node_of(tree, parent), NULL);

	if (refusal == NULL)
		xmlAddChild(node_of(tree, parent),
		    xmlNewDocText(tree->view->doc, BAD_CAST text));
	return refusal;
}

static const char *
refuse_beside(const struct node_edit *tree, const xmlNode *anchor,
    const xmlNode *fresh)
{
	if (anchor == tree->view->root || anchor->parent == NULL)
		return "nothing can stand beside this element";
	return refuse_new(tree, anchor->parent, fresh);
}

static void
put(xmlNode *anchor, xmlNode *fresh, bool after)
{
	if (after)
		xmlAddNextSibling(anchor, fresh);
	else
		xmlAddPrevSibling(anchor, fresh);
}

static const char *
insert(void *context, struct node_handle anchor, struct node_handle fresh,
    bool after)
{
	const struct node_edit *tree = context;
	const char *refusal =
	    refuse_beside(tree, node_of(tree, anchor), node_of(tree, fresh));

	if (refusal == NULL)
		put(node_of(tree, anchor), node_of(tree, fresh), after);
	return refusal;
}

static const char *
insert_text(void *context, struct node_handle anchor, const char *text,
    bool after)
{
	const struct node_edit *tree = context;
	const char *refusal = refuse_beside(tree, node_of(tree, anchor), NULL);

	if (refusal == NULL)
		put(node_of(tree, anchor),
		    xmlNewDocText(tree->view->doc, BAD_CAST text), after);
	return refusal;
}

static const char *
remove_node(void *context, struct node_handle handle)
{
	struct node_edit *tree = context;
	const char *refusal = refuse_removal(tree, node_of(tree, handle));

	if (refusal == NULL)
		take_out(tree, node_of(tree, handle));
	return refusal;
}

static const char *
discard(void *context, struct node_handle handle)
{
	struct node_edit *tree = context;

	if (node_of(tree, handle) == tree->view->root)
		return "the root of the document stays";
	take_out(tree, node_of(tree, handle));
	return NULL;
}

const struct node_operations tree_operations = {
	.is_element = is_element,
	.is_alive = is_alive,
	.is_fixed = is_fixed,
	.name = name_of,
	.attribute = attribute_of,
	.text = text_of,
	.place = place_of,
	.relative = relative,
	.axis = axis_value_of,
	.create = create,
	.set = set,
	.replace_text = replace_text,
	.append = append,
	.append_text = append_text,
	.insert = insert,
	.insert_text = insert_text,
	.remove = remove_node,
	.discard = discard,
};
