/*
 * Copies what a handbook shows of a book into the document of its view.
 * Invariant: a node is copied only if its mask says so and its parent was
 * copied; what selection empties does not stay behind as a shell.
 */
#include "base/alloc.h"
#include "project.h"

#include <string.h>

#include "base/buf.h"
#include "base/text.h"
#include "model/namespaces.h"
#include "project/docbook_elements.h"
#include "project/participation.h"

/* v: attributes of the source that stylesheets read; the others are replaced
 * by labels in the reader's words. */
static const char kept[] = "field decision default param else was";

static bool
is_axis_attribute(const struct view *view, const xmlAttr *attribute)
{
	const struct axes *axes = &view->edition->project->axes;

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
	/* Where the agency gave the value, nothing is a default. */
	if (strcmp((const char *)attribute->name, "param") == 0 &&
	    attribute->children != NULL)
		return agency_parameter(view->edition->project->agency,
			   (const char *)attribute->children->content) == NULL;
	return text_is_one_of((const char *)attribute->name, kept);
}

/* The view's namespace node for one of the source's. */
static xmlNs *
map_namespace(const struct view *view, const xmlNs *ns)
{
	xmlNode *top = xmlDocGetRootElement(view->doc);
	const char *href;
	size_t count = 0;
	xmlNs *known;

	if (ns == NULL)
		return NULL;
	href = (const char *)ns->href;
	if (strcmp(href, NS_DOCBOOK) == 0)
		return view->docbook;
	if (strcmp(href, NS_VADE) == 0)
		return view->vade;
	known = xmlSearchNsByHref(view->doc, top, ns->href);
	if (known != NULL)
		return known;
	/* Prefixes are ours: the author's may mean something else here. */
	for (known = top->nsDef; known->next != NULL; known = known->next)
		count++;
	owned char *prefix = mem_format("n%zu", count);

	return xmlNewNs(top, ns->href, BAD_CAST prefix);
}

/* Which branch to choose in doubt is said to whoever decides. */
static bool
is_of_who_decides(const xmlAttr *attribute, enum participation share)
{
	return share == PARTICIPATION_LINE && attribute->ns != NULL &&
	    strcmp((const char *)attribute->name, "default") == 0;
}

static void
copy_attributes(const struct view *view, const xmlNode *source,
    enum participation share, xmlNode *copy)
{
	xmlAttr *last = NULL;

	for (const xmlAttr *a = source->properties; a != NULL; a = a->next) {
		const char *value = a->children && a->children->content
		    ? (const char *)a->children->content
		    : "";
		xmlAttr *attribute;

		if (!is_kept(view, a) || is_of_who_decides(a, share))
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

/* The copy of an element, bare. The names come from the dictionary that both
 * documents share. */
static xmlNode *
copy_shell(const struct view *view, const xmlNode *source,
    enum participation share)
{
	xmlNode *copy =
	    xmlNewDocNodeEatName(view->doc, map_namespace(view, source->ns),
		(xmlChar *)(uintptr_t)source->name, NULL);

	copy->_private = (void *)(uintptr_t)source;
	copy_attributes(view, source, share, copy);
	return copy;
}

static xmlNode *copy_element(struct view *view, const xmlNode *source);

static bool
is_line(const struct view *view, const xmlNode *source)
{
	return node_is(source, "step") &&
	    participation_of_step(view, source) == PARTICIPATION_LINE;
}

/* Of the title of another's step only the words stay: it has no notes, and
 * the index leads to none of it. Of an info around it, only the title. */
static bool
is_beside_a_line(const struct view *view, const xmlNode *source)
{
	static const char *const asides[] = { "footnote", "footnoteref",
		"indexterm", NULL };
	const xmlNode *title = source->parent;

	if (node_is(title, "info"))
		return !node_is(source, "title") &&
		    is_line(view, title->parent);
	if (!node_is_one_of(source, asides))
		return false;
	while (title->type == XML_ELEMENT_NODE && !node_is(title, "title"))
		title = title->parent;
	if (title->type != XML_ELEMENT_NODE)
		return false;
	return is_line(view,
	    node_is(title->parent, "info") ? title->parent->parent
					   : title->parent);
}

static bool
is_shown(const struct view *view, const xmlNode *source)
{
	if (node_is(source, "remark") && view->edition->mode != MODE_DRAFT)
		return false;
	return view_shows(view, source) && !is_beside_a_line(view, source);
}

/* --- steps of others, in one line --- */

static bool
is_list_of_steps(const xmlNode *node)
{
	return node_is(node, "substeps") || node_is(node, "stepalternatives") ||
	    node_is(node, "procedure");
}

static xmlNode *copy_list(struct view *view, const xmlNode *source);

/*
 * What stays of another's step behind its title, wherever it stands, in the
 * order of the source: its warnings; and its lists of steps, but for those
 * that lead to nothing: so no step of the handbook's own is lost, and no
 * branch of a decision. Of such a list all steps stay, each as it is due.
 */
static void
copy_parts(struct view *view, const xmlNode *source, xmlNode *copy)
{
	const xmlNode *node = source;
	bool deeper = true;

	while ((node = node_walk(node, source, deeper)) != NULL) {
		xmlNode *part = NULL;

		deeper = false;
		if (node->type != XML_ELEMENT_NODE || !is_shown(view, node))
			continue;
		if (node_is(node, "warning") ||
		    (node->parent == source && node_is(node, "step")))
			part = copy_element(view, node);
		else if (is_list_of_steps(node) &&
		    participation_leads_on(view, node))
			part = copy_list(view, node);
		else
			deeper = true;
		if (part != NULL)
			append(copy, part);
	}
}

static xmlNode *
copy_list(struct view *view, const xmlNode *source)
{
	xmlNode *copy = copy_shell(view, source, PARTICIPATION_WHOLE);

	copy_parts(view, source, copy);
	if (copy->children != NULL)
		return copy;
	xmlFreeNode(copy);
	return NULL;
}

static void
copy_line(struct view *view, const xmlNode *source, xmlNode *copy)
{
	node_each_element(child, source) {
		xmlNode *title = NULL;

		if ((node_is(child, "title") || node_is(child, "info")) &&
		    is_shown(view, child))
			title = copy_element(view, child);
		if (title != NULL)
			append(copy, title);
	}
	copy_parts(view, source, copy);
}

/* --- everything else, in full --- */

/*
 * What became of the children of an element. What is above the clearance is
 * not counted: a shell is told by what the reader could read, as if the rest
 * had never been there.
 */
struct outcome {
	bool had_essential; /* readable, shown or not */
	bool has_essential;
	bool has_blank; /* a cell that was as empty for any reader */
	bool has_block; /* inside text */
};

static bool
may_read(const struct view *view, const xmlNode *source)
{
	return view_rank(view, source) <= view->handbook->clearance;
}

/* Has a source cell nothing in it that the clearance lets through? */
static bool
was_blank(const struct view *view, const xmlNode *cell)
{
	node_each_child(child, cell)
		if ((child->type == XML_ELEMENT_NODE &&
			may_read(view, child)) ||
		    (child->type == XML_TEXT_NODE &&
			!text_is_blank((const char *)child->content)))
			return false;
	return true;
}

static xmlNode *
copy_child(struct view *view, const xmlNode *source, unsigned facts,
    const xmlNode *child, struct outcome *outcome)
{
	unsigned child_facts = element_facts(&view->memo, child);
	bool cell = (child_facts & ELEMENT_CELL) != 0;
	bool blank = cell && was_blank(view, child);
	bool essential = (facts & ELEMENT_CONTAINER) != 0 &&
	    element_is_essential(&view->memo, source, child);
	xmlNode *node = NULL;

	/* A cell that was empty before proves nothing. */
	outcome->had_essential |= essential && !blank && may_read(view, child);
	if (is_shown(view, child))
		node = copy_element(view, child);
	if (node == NULL)
		return NULL;
	outcome->has_blank |= blank;
	outcome->has_essential |=
	    essential && !(cell && element_is_hollow(node));
	outcome->has_block |= (facts & ELEMENT_CONTAINER) == 0 &&
	    (child_facts & ELEMENT_BLOCK) != 0;
	return node;
}

/*
 * Words between two copied elements, as one node: what stood among them and
 * is not shown must not show in how they are cut.
 */
struct run {
	const xmlChar *first; /* lent; NULL = no words */
	struct buf all;       /* of more than one node */
};

static void
run_add(struct run *run, const xmlNode *text)
{
	if (run->first == NULL) {
		run->first = text->content;
		return;
	}
	if (run->all.size == 0)
		buf_add_text(&run->all, (const char *)run->first);
	buf_add_text(&run->all, (const char *)text->content);
}

static void
run_end(const struct view *view, struct run *run, xmlNode *copy)
{
	if (run->first == NULL)
		return;
	append(copy,
	    xmlNewDocText(view->doc,
		run->all.size > 0 ? BAD_CAST buf_text(&run->all) : run->first));
	buf_clear(&run->all);
	*run = (struct run){ 0 };
}

/* Is anything left of an element whose children became this? */
static bool
is_whole(const xmlNode *source, unsigned facts, const struct outcome *outcome)
{
	if (outcome->has_essential || (facts & ELEMENT_CONTAINER) == 0)
		return true;
	return !outcome->had_essential &&
	    (outcome->has_blank || element_may_be_empty(source));
}

/* Copies the children; false if the element became an empty shell. */
static bool
copy_children(struct view *view, const xmlNode *source, xmlNode *copy)
{
	unsigned facts = element_facts(&view->memo, source);
	bool container = (facts & ELEMENT_CONTAINER) != 0;
	struct outcome outcome = { 0 };
	struct run run = { 0 };

	node_each_child(child, source) {
		xmlNode *node = NULL;

		if (child->type == XML_ELEMENT_NODE)
			node = copy_child(view, source, facts, child, &outcome);
		else if (child->type == XML_TEXT_NODE &&
		    (!container ||
			!text_is_blank((const char *)child->content))) {
			run_add(&run, child);
			outcome.has_essential |= container;
		}
		if (node == NULL)
			continue;
		run_end(view, &run, copy);
		append(copy, node);
	}
	run_end(view, &run, copy);
	/* HTML knows no block inside a paragraph. */
	if (outcome.has_block &&
	    (node_is(copy, "para") || node_is(copy, "simpara")))
		view_set_vade(view, copy, "blocks", "yes");
	return is_whole(source, facts, &outcome);
}

/* The copy of a shown element, NULL if nothing of it is left. */
static xmlNode *
copy_element(struct view *view, const xmlNode *source)
{
	enum participation share = node_is(source, "step")
	    ? participation_of_step(view, source)
	    : PARTICIPATION_WHOLE;
	xmlNode *copy;

	if (share == PARTICIPATION_NONE)
		return NULL;
	copy = copy_shell(view, source, share);
	if (share == PARTICIPATION_LINE) {
		copy_line(view, source, copy);
		return copy;
	}
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
	/* With a prefix that no source chose: the plain DocBook keeps it. */
	xmlNewNs(top, BAD_CAST NS_XLINK, BAD_CAST "xlink");
	xmlSetNs(top, view->vade);
	if (view_shows(view, source))
		view->root = copy_element(view, source);
	if (view->root != NULL)
		append(top, view->root);
}
