/*
 * Places the callouts of a view: the marks of areas stand in the listing, and
 * each callout says the numbers of its marks.
 * Invariant: a mark has the number of number_view in the listing, in the list
 * and in every reference to it.
 */
#include "link.h"

#include <stdlib.h>

#include "base/list.h"
#include "base/alloc.h"
#include "base/buf.h"
#include "base/map.h"
#include "base/text.h"

/* --- areas become marks in their listing --- */

struct area {
	xmlNode *node;
	size_t line;   /* from 1 */
	size_t column; /* 0: at the end of the line */
	size_t order;  /* in the source */
};

struct areas {
	struct area *areas;
	size_t count;
	size_t capacity;
};

static void
add_area(struct areas *areas, xmlNode *node)
{
	const char *coords = node_attribute(node, "coords");
	char *end = NULL;
	unsigned long line = coords ? strtoul(coords, &end, 10) : 0;
	unsigned long column = end ? strtoul(end, NULL, 10) : 0;
	size_t order = areas->count;

	*list_add(areas->areas, areas->count, areas->capacity) =
	    (struct area){ node, line > 0 && line < 1000000 ? line : 1,
		    column < 1000 ? column : 0, order };
}

static int
compare_areas(const void *left, const void *right)
{
	const struct area *a = left;
	const struct area *b = right;

	if (a->line != b->line)
		return a->line < b->line ? -1 : 1;
	if (a->column != b->column)
		return a->column < b->column ? -1 : 1;
	return a->order < b->order ? -1 : 1;
}

static void
collect_areas(struct areas *areas, xmlNode *spec)
{
	node_each_element(node, spec) {
		if (node_is(node, "areaset"))
			collect_areas(areas, node);
		else if (node_is(node, "area"))
			add_area(areas, node);
	}
	if (areas->count > 1)
		qsort(areas->areas, areas->count, sizeof(*areas->areas),
		    compare_areas);
}

/* A set is known by its first mark. */
static void
keep_id(const struct view *view, xmlNode *set, xmlNode *mark)
{
	const char *id = node_id(set);

	if (!node_is(set, "areaset") || id == NULL || node_id(mark) != NULL)
		return;
	xmlNewNsProp(mark, xmlSearchNs(view->doc, view->root, BAD_CAST "xml"),
	    BAD_CAST "id", BAD_CAST id);
	mark->_private = set->_private;
	xmlUnsetNsProp(set, xmlSearchNs(view->doc, view->root, BAD_CAST "xml"),
	    BAD_CAST "id");
}

/* The area is the mark now: it keeps its id and its number. */
static void
put_mark(const struct view *view, const struct area *area, xmlNode *before,
    xmlNode *parent, size_t reached)
{
	scoped(buf_clear) struct buf blanks = { 0 };
	xmlNode *text;

	do
		buf_add_char(&blanks, ' ');
	while (reached + blanks.size + 1 < area->column);
	text = xmlNewDocText(view->doc, BAD_CAST buf_text(&blanks));
	keep_id(view, area->node->parent, area->node);
	xmlUnlinkNode(area->node);
	xmlNodeSetName(area->node, BAD_CAST "co");
	xmlUnsetProp(area->node, BAD_CAST "coords");
	xmlUnsetProp(area->node, BAD_CAST "units");
	if (before != NULL) {
		xmlAddPrevSibling(before, area->node);
		xmlAddPrevSibling(area->node, text);
	} else {
		xmlAddChild(parent, text);
		xmlAddChild(parent, area->node);
	}
}

/* Splits a text where a line ends: what follows is a node of its own. */
static xmlNode *
split_text(const struct view *view, xmlNode *text, const char *at)
{
	size_t len = (size_t)(at - (const char *)text->content);
	owned char *rest = mem_dup(at);
	owned char *first =
	    mem_format("%.*s", (int)len, (const char *)text->content);
	xmlNode *next = xmlNewDocText(view->doc, NULL);

	/* Not by xmlNodeSetContent, which reads references. */
	xmlFree(text->content);
	text->content = xmlStrdup(BAD_CAST first);
	next->content = xmlStrdup(BAD_CAST rest);
	next->parent = text->parent;
	next->next = text->next;
	next->prev = text;
	if (text->next != NULL)
		text->next->prev = next;
	else
		text->parent->last = next;
	text->next = next;
	return next;
}

/* Where a listing is read: the marks before `next` are placed. */
struct reading {
	const struct view *view;
	const struct areas *areas;
	size_t next;
	size_t line;
	size_t reached; /* characters of this line */
};

/* Puts the marks of the lines that end in this text; returns the last node
 * that is read. */
static xmlNode *
mark_text(struct reading *reading, xmlNode *text)
{
	const char *at = (const char *)text->content;

	for (; *at != '\0'; at++) {
		const struct areas *areas = reading->areas;

		if (*at != '\n') {
			reading->reached += (*at & 0xC0) != 0x80;
			continue;
		}
		if (reading->next < areas->count &&
		    areas->areas[reading->next].line == reading->line) {
			text = split_text(reading->view, text, at);
			at = (const char *)text->content;
			while (reading->next < areas->count &&
			    areas->areas[reading->next].line == reading->line)
				put_mark(reading->view,
				    &areas->areas[reading->next++], text, NULL,
				    reading->reached);
		}
		reading->line++;
		reading->reached = 0;
	}
	return text;
}

static void
mark_listing(const struct view *view, xmlNode *listing,
    const struct areas *areas)
{
	struct reading reading = { .view = view, .areas = areas, .line = 1 };
	xmlNode *node = listing;

	while ((node = node_walk(node, listing, true)) != NULL)
		if (node->type == XML_TEXT_NODE ||
		    node->type == XML_CDATA_SECTION_NODE)
			node = mark_text(&reading, node);
	while (reading.next < areas->count)
		put_mark(view, &areas->areas[reading.next++], NULL, listing,
		    reading.reached);
}

/* A listing with marks in it and the list are all that is left, so the wrapper
 * goes; one that says more, or is pointed to, holds them as an example. */
static void
open_wrapper(xmlNode *wrapper)
{
	if (wrapper->properties != NULL) {
		xmlNodeSetName(wrapper, BAD_CAST "informalexample");
		return;
	}
	for (xmlNode *child; (child = wrapper->children) != NULL;) {
		xmlUnlinkNode(child);
		xmlAddPrevSibling(wrapper, child);
	}
	xmlUnlinkNode(wrapper);
	xmlFreeNode(wrapper);
}

static void
place_areas(const struct view *view, xmlNode *wrapper)
{
	xmlNode *spec = node_child(wrapper, "areaspec");
	xmlNode *listing = node_child(wrapper, "programlisting");
	struct areas areas = { 0 };

	listing = listing != NULL ? listing : node_child(wrapper, "screen");
	if (spec == NULL || listing == NULL)
		return;
	collect_areas(&areas, spec);
	mark_listing(view, listing, &areas);
	xmlUnlinkNode(spec);
	xmlFreeNode(spec);
	free(areas.areas);
	open_wrapper(wrapper);
}

/* --- callouts say their numbers --- */

static void
collect_labels(const struct view *view, struct map *labels)
{
	static const char *const marks[] = { "area", "areaset", "co", NULL };

	node_each(node, view->root)
		if (node->type == XML_ELEMENT_NODE &&
		    node_is_one_of(node, marks) && node_id(node) != NULL) {
			const char *label = node_vade_attribute(node, "label");

			map_put_text(labels, node_id(node), NULL)->value =
			    label ? (uint32_t)strtoul(label, NULL, 10) : 0;
		}
}

static void
set_labels(const struct view *view, const struct map *labels, xmlNode *node,
    const char *refs)
{
	scoped(buf_clear) struct buf text = { 0 };

	token_each(token, refs) {
		const struct map_entry *entry = map_get_text(labels, token);

		if (entry != NULL)
			buf_add_format(&text, "%s%u", text.size > 0 ? " " : "",
			    (unsigned)entry->value);
	}
	view_set_vade(view, node, "label", buf_text(&text));
}

void
callout_place(struct view *view)
{
	scoped(map_clear) struct map labels = { 0 };
	xmlNode *next;

	for (xmlNode *node = view->root; node != NULL; node = next) {
		bool is_wrapper = node_is(node, "programlistingco") ||
		    node_is(node, "screenco");

		next = node_walk(node, view->root, !is_wrapper);
		if (is_wrapper)
			place_areas(view, node);
	}
	collect_labels(view, &labels);
	node_each(node, view->root) {
		const char *refs = node_is(node, "callout")
		    ? node_attribute(node, "arearefs")
		    : NULL;

		if (refs != NULL)
			set_labels(view, &labels, node, refs);
	}
}
