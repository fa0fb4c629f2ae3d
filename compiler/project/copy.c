#include "copy.h"

#include <string.h>

#include "base/text.h"
#include "model/words.h"
#include "project/element.h"

/* v: attributes of the source that stylesheets read; the others are replaced
 * by labels in the reader's words. */
static const char *const kept[] = { "field", "decision", "default", "param",
	"else", "was" };

static bool
is_axis_attribute(const struct view *view, const xmlAttr *attribute)
{
	const struct axes *axes = &view->project->axes;

	for (size_t i = 0; i < axes->count; i++)
		if (strcmp((const char *)attribute->name,
			axes->axes[i].attribute) == 0)
			return true;
	return false;
}

static bool
is_kept(const struct view *view, const xmlAttr *attribute)
{
	if (attribute->ns == NULL)
		return !is_axis_attribute(view, attribute);
	if (strcmp((const char *)attribute->ns->href, NS_VADE) != 0)
		return true;
	for (size_t i = 0; i < sizeof(kept) / sizeof(*kept); i++)
		if (strcmp((const char *)attribute->name, kept[i]) == 0)
			return true;
	return false;
}

/* The view's namespace node for one of the source's. */
static xmlNs *
map_namespace(const struct view *view, const xmlNs *ns)
{
	xmlNode *top = xmlDocGetRootElement(view->doc);
	const char *href;

	if (ns == NULL)
		return NULL;
	href = (const char *)ns->href;
	if (strcmp(href, NS_DOCBOOK) == 0)
		return view->docbook;
	if (strcmp(href, NS_VADE) == 0)
		return view->vade;
	xmlNs *known = xmlSearchNsByHref(view->doc, top, ns->href);
	return known != NULL ? known : xmlNewNs(top, ns->href, ns->prefix);
}

static void
copy_attributes(const struct view *view, const xmlNode *source, xmlNode *copy)
{
	xmlAttr *last = NULL;

	for (const xmlAttr *a = source->properties; a != NULL; a = a->next) {
		const char *value = a->children && a->children->content
		    ? (const char *)a->children->content
		    : "";
		xmlAttr *attribute;

		if (!is_kept(view, a))
			continue;
		/* xmlNewNsProp searches for the end each time and registers
		 * ids; the copy needs neither. */
		attribute = xmlMalloc(sizeof(*attribute));
		memset(attribute, 0, sizeof(*attribute));
		attribute->type = XML_ATTRIBUTE_NODE;
		attribute->parent = copy;
		attribute->doc = view->doc;
		attribute->name = a->name;
		attribute->ns = map_namespace(view, a->ns);
		attribute->children = xmlNewDocText(view->doc, BAD_CAST value);
		attribute->children->parent = (xmlNode *)attribute;
		attribute->last = attribute->children;
		attribute->prev = last;
		if (last != NULL)
			last->next = attribute;
		else
			copy->properties = attribute;
		last = attribute;
	}
}

static void
append(xmlNode *parent, xmlNode *node)
{
	node->parent = parent;
	node->prev = parent->last;
	if (parent->last != NULL)
		parent->last->next = node;
	else
		parent->children = node;
	parent->last = node;
}

static xmlNode *copy_element(struct view *view, const xmlNode *source);

static bool
is_shown(const struct view *view, const xmlNode *source)
{
	if (node_is(source, "remark") && view->mode != MODE_DRAFT)
		return false;
	return view_shows(view, source);
}

/* What became of the children of an element. */
struct outcome {
	bool had_essential;
	bool has_essential;
	bool has_block; /* inside text */
};

static xmlNode *
copy_child(struct view *view, const xmlNode *source, unsigned facts,
    const xmlNode *child, struct outcome *outcome)
{
	unsigned child_facts = element_facts(&view->memo, child);
	bool cell = (child_facts & ELEMENT_CELL) != 0;
	bool essential = (facts & ELEMENT_CONTAINER) != 0 &&
	    element_is_essential(&view->memo, source, child);
	xmlNode *node = NULL;

	/* A cell that was empty before proves nothing. */
	if (cell)
		essential &= !element_is_hollow(child);
	outcome->had_essential |= essential;
	if (is_shown(view, child))
		node = copy_element(view, child);
	if (node == NULL)
		return NULL;
	outcome->has_essential |=
	    essential && !(cell && element_is_hollow(node));
	outcome->has_block |= (facts & ELEMENT_CONTAINER) == 0 &&
	    (child_facts & ELEMENT_BLOCK) != 0;
	return node;
}

/* Copies the children; false if the element became an empty shell. */
static bool
copy_children(struct view *view, const xmlNode *source, xmlNode *copy)
{
	unsigned facts = element_facts(&view->memo, source);
	struct outcome outcome = { 0 };

	for (const xmlNode *child = source->children; child != NULL;
	     child = child->next) {
		xmlNode *node = NULL;

		if (child->type == XML_ELEMENT_NODE)
			node = copy_child(view, source, facts, child, &outcome);
		else if (child->type == XML_TEXT_NODE &&
		    ((facts & ELEMENT_CONTAINER) == 0 ||
			!text_is_blank((const char *)child->content)))
			node = xmlNewDocText(view->doc, child->content);
		if (node != NULL)
			append(copy, node);
	}
	/* HTML knows no block inside a paragraph. */
	if (outcome.has_block &&
	    (node_is(copy, "para") || node_is(copy, "simpara")))
		view_set_vade(view, copy, "blocks", "yes");
	return outcome.has_essential || !outcome.had_essential;
}

/* The copy of a shown element, NULL if nothing of it is left. The names come
 * from the dictionary that both documents share. */
static xmlNode *
copy_element(struct view *view, const xmlNode *source)
{
	xmlNode *copy =
	    xmlNewDocNodeEatName(view->doc, map_namespace(view, source->ns),
		(xmlChar *)(uintptr_t)source->name, NULL);

	copy->_private = (void *)(uintptr_t)source;
	copy_attributes(view, source, copy);
	/* A book without content still says whose book it is. */
	if (copy_children(view, source, copy) ||
	    source->parent->type != XML_ELEMENT_NODE)
		return copy;
	xmlFreeNode(copy);
	return NULL;
}

void
copy_selected(struct view *view)
{
	const xmlNode *source = xmlDocGetRootElement(view->book->doc);
	xmlNode *top;

	view->doc = xmlNewDoc(BAD_CAST "1.0");
	view->doc->dict = view->book->doc->dict;
	xmlDictReference(view->doc->dict);
	top = xmlNewDocNode(view->doc, NULL, BAD_CAST "handbook", NULL);
	xmlDocSetRootElement(view->doc, top);
	view->docbook = xmlNewNs(top, BAD_CAST NS_DOCBOOK, NULL);
	view->vade = xmlNewNs(top, BAD_CAST NS_VADE, BAD_CAST "v");
	xmlSetNs(top, view->vade);
	if (view_shows(view, source))
		view->root = copy_element(view, source);
	if (view->root != NULL)
		append(top, view->root);
}
