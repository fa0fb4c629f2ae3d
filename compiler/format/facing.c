#include "facing.h"

#include <stdlib.h>
#include <string.h>

#include "base/text.h"
#include "base/buf.h"
#include "base/list.h"
#include "base/map.h"
#include "style/result_tree.h"
#include "model/book.h"
#include "model/namespaces.h"

/* A page being made of two. */
struct facing {
	xmlDoc *doc;
	const char *langs[2];
	struct map ids; /* of the left page */
};

/* How far a unit without an id is looked for among those of the other side
 * that nothing else claims. */
enum { FURTHEST = 12 };

/* --- what stands where --- */

/* Said once: of the frame, for scripts, or a way to another handbook. */
static bool
is_once(const xmlNode *node)
{
	static const char *const classes[] = { "v-skip", "v-tools",
		"v-outdated" };

	for (size_t i = 0; i < COUNT(classes); i++)
		if (result_has_class(node, classes[i]))
			return true;
	return node_is_ours(node, "page");
}

/* Leads to editions of one language: those may not be there. */
static bool
is_dropped(const xmlNode *node)
{
	return result_has_class(node, "v-languages") ||
	    result_has_class(node, "v-readers") ||
	    result_has_class(node, "v-fill");
}

static bool
is_blank(const xmlNode *node)
{
	return node->type == XML_TEXT_NODE &&
	    node->content[strspn((const char *)node->content, " \t\r\n")] ==
	    '\0';
}

/* Holds blocks and nothing else, so that they can be set side by side. */
static bool
is_container(const xmlNode *node)
{
	static const char *const names[] = { "article", "body", "div", "footer",
		"header", "li", "main", "nav", "ol", "section", "ul", NULL };
	static const char *const blocks[] = { "article", "aside", "blockquote",
		"div", "dl", "figure", "footer", "h1", "h2", "h3", "h4", "h5",
		"h6", "header", "li", "main", "nav", "ol", "p", "pre",
		"section", "table", "ul", NULL };

	if (!result_is_one_of(node, names) ||
	    result_has_class(node, "v-scroll") ||
	    result_has_class(node, "v-trail") ||
	    result_has_class(node, "v-turn"))
		return false;
	for (const xmlNode *child = node->children; child != NULL;
	     child = child->next)
		if (!is_blank(child) && !result_is_one_of(child, blocks) &&
		    !is_once(child))
			return false;
	return true;
}

/* --- copies --- */

static bool
cites_ids(const char *name)
{
	return text_is_one_of(name,
	    "for headers aria-describedby aria-labelledby");
}

/* Ids of the second side that the first has too. Those of the frame still
 * begin with "v-": a single file tells them by that. One id in a list of
 * several is seldom: then the list is left as it is. */
static void
rename_id(const struct facing *facing, xmlAttr *attribute, const char *before,
    const char *after)
{
	const char *value = attribute->children != NULL
	    ? (const char *)attribute->children->content
	    : "";
	size_t from = strlen(before);
	size_t len = strlen(value);
	char *id;

	if (len < from + strlen(after) || strncmp(value, before, from) != 0)
		return;
	id = mem_dup_len(value + from, len - from - strlen(after));
	if (map_get_text(&facing->ids, id) != NULL) {
		const char *frame = strncmp(id, "v-", 2) == 0 ? "v-" : "";
		char *text = mem_format("%s%s%s.%s%s", before, frame,
		    facing->langs[1], id + strlen(frame), after);

		xmlNodeSetContent(attribute->children, BAD_CAST text);
		free(text);
	}
	free(id);
}

static void
rename_ids(const struct facing *facing, xmlNode *top)
{
	for (xmlNode *node = top; node != NULL;
	     node = node_walk(node, top, true)) {
		if (node->type != XML_ELEMENT_NODE)
			continue;
		for (xmlAttr *a = node->properties; a != NULL; a = a->next) {
			const char *name = (const char *)a->name;

			if (strcmp(name, "id") == 0 || cites_ids(name))
				rename_id(facing, a, "", "");
			else
				rename_id(facing, a, "url(#", ")");
		}
	}
}

static void
drop_pages(xmlNode *top)
{
	xmlNode *next;

	for (xmlNode *node = top->children; node != NULL; node = next) {
		next = node->next;
		if (node_is_ours(node, "page") || is_dropped(node)) {
			xmlUnlinkNode(node);
			xmlFreeNode(node);
		} else if (node->type == XML_ELEMENT_NODE) {
			drop_pages(node);
		}
	}
}

static xmlNode *
copy(const struct facing *facing, const xmlNode *node, int side)
{
	xmlNode *made = xmlDocCopyNode((xmlNode *)node, facing->doc, 1);

	if (made->type == XML_ELEMENT_NODE) {
		drop_pages(made);
		if (side == 1)
			rename_ids(facing, made);
	}
	return made;
}

/* The element without what is in it. */
static xmlNode *
add_shell(const struct facing *facing, xmlNode *parent, const xmlNode *node)
{
	xmlNode *made = xmlDocCopyNode((xmlNode *)node, facing->doc, 2);

	return xmlAddChild(parent, made);
}

/* --- two sides --- */

static xmlNode *
add_pair(const struct facing *facing, xmlNode *parent, xmlNode *sides[2])
{
	static const char *const classes[2] = { "v-left", "v-right" };
	xmlNode *pair = xmlNewChild(parent, NULL, BAD_CAST "div", NULL);

	xmlNewProp(pair, BAD_CAST "class", BAD_CAST "v-pair");
	for (int i = 0; i < 2; i++) {
		if (sides != NULL && sides[i] == NULL)
			continue;
		xmlNode *side = xmlNewChild(pair, NULL, BAD_CAST "div", NULL);

		xmlNewProp(side, BAD_CAST "class", BAD_CAST classes[i]);
		xmlNewProp(side, BAD_CAST "lang", BAD_CAST facing->langs[i]);
		if (sides != NULL)
			xmlAddChild(side, sides[i]);
	}
	return pair;
}

/* What stands in an item or a block of running text, beside each other. */
static void
pair_content(const struct facing *facing, xmlNode *parent,
    const xmlNode *nodes[2])
{
	xmlNode *pair = add_pair(facing, parent, NULL);
	xmlNode *side = pair->children;

	for (int i = 0; i < 2; i++, side = side->next)
		for (const xmlNode *child = nodes[i] ? nodes[i]->children
						     : NULL;
		     child != NULL; child = child->next)
			if (!node_is_ours(child, "page") && !is_dropped(child))
				xmlAddChild(side, copy(facing, child, i));
}

static void merge_children(const struct facing *facing, xmlNode *parent,
    const xmlNode *left, const xmlNode *right);

/* One unit: both sides of it, or the only one there is (the other is NULL). */
static void
merge(const struct facing *facing, xmlNode *parent, const xmlNode *left,
    const xmlNode *right)
{
	const xmlNode *nodes[2] = { left, right };
	const xmlNode *any = left != NULL ? left : right;
	bool deeper = (left == NULL || is_container(left)) &&
	    (right == NULL || is_container(right));

	if (any->type != XML_ELEMENT_NODE || is_dropped(any))
		return;
	if (is_once(any)) {
		if (left != NULL && !node_is_ours(any, "page"))
			xmlAddChild(parent, copy(facing, left, 0));
		return;
	}
	if (deeper) {
		merge_children(facing, add_shell(facing, parent, any), left,
		    right);
	} else if (result_is(any, "li")) {
		pair_content(facing, add_shell(facing, parent, any), nodes);
	} else {
		xmlNode *sides[2];

		for (int i = 0; i < 2; i++)
			sides[i] =
			    nodes[i] != NULL ? copy(facing, nodes[i], i) : NULL;
		add_pair(facing, parent, sides);
	}
}

/* The elements among the children of the right side. */
struct row {
	const xmlNode **nodes;
	bool *used;
	bool *claimed; /* has an id that the left side has too */
	size_t count;
	size_t next; /* the first that may be unused */
	struct map ids;
};

static void
row_read(struct row *row, const xmlNode *parent)
{
	size_t capacity = 0;

	for (const xmlNode *child = parent ? parent->children : NULL;
	     child != NULL; child = child->next) {
		const char *id;

		if (child->type != XML_ELEMENT_NODE)
			continue;
		id = result_attribute(child, "id");
		if (id != NULL)
			map_put_text(&row->ids, id, NULL)->value =
			    (uint32_t)row->count;
		*list_add(row->nodes, row->count, capacity) = child;
	}
	row->used = mem_array(row->count + 1, sizeof(*row->used));
	row->claimed = mem_array(row->count + 1, sizeof(*row->claimed));
}

static void
row_claim(struct row *row, const xmlNode *left)
{
	for (const xmlNode *child = left ? left->children : NULL; child != NULL;
	     child = child->next) {
		const char *id = child->type == XML_ELEMENT_NODE
		    ? result_attribute(child, "id")
		    : NULL;
		const struct map_entry *entry =
		    id != NULL ? map_get_text(&row->ids, id) : NULL;

		if (entry != NULL)
			row->claimed[entry->value] = true;
	}
}

static bool
is_same_kind(const xmlNode *left, const xmlNode *right)
{
	const char *a = result_attribute(left, "class");
	const char *b = result_attribute(right, "class");

	return strcmp((const char *)left->name, (const char *)right->name) ==
	    0 &&
	    strcmp(a ? a : "", b ? b : "") == 0;
}

/* The counterpart of a unit of the left side: SIZE_MAX if there is none. */
static size_t
row_find(const struct row *row, const xmlNode *left)
{
	const char *id = result_attribute(left, "id");
	const struct map_entry *entry =
	    id != NULL ? map_get_text(&row->ids, id) : NULL;
	size_t seen = 0;

	if (entry != NULL)
		return entry->value;
	for (size_t i = row->next; i < row->count && seen < FURTHEST; i++) {
		if (row->used[i])
			continue;
		/* What both sides have by name parts what has none. */
		if (row->claimed[i])
			return SIZE_MAX;
		if (is_same_kind(left, row->nodes[i]))
			return i;
		seen++;
	}
	return SIZE_MAX;
}

/* What only the right side has, up to its next unit that has a counterpart. */
static void
merge_lonely(const struct facing *facing, xmlNode *parent, struct row *row,
    size_t end)
{
	for (; row->next < end; row->next++) {
		if (row->used[row->next])
			continue;
		if (row->claimed[row->next])
			return;
		merge(facing, parent, NULL, row->nodes[row->next]);
	}
}

static void
merge_children(const struct facing *facing, xmlNode *parent,
    const xmlNode *left, const xmlNode *right)
{
	struct row row = { 0 };

	row_read(&row, right);
	row_claim(&row, left);
	for (const xmlNode *child = left ? left->children : NULL; child != NULL;
	     child = child->next) {
		size_t at;

		if (child->type != XML_ELEMENT_NODE)
			continue;
		at = row_find(&row, child);
		if (at == SIZE_MAX) {
			merge(facing, parent, child, NULL);
			continue;
		}
		merge_lonely(facing, parent, &row, at);
		row.used[at] = true;
		merge(facing, parent, child, row.nodes[at]);
	}
	/* All that is claimed is used by now. */
	merge_lonely(facing, parent, &row, row.count);
	map_clear(&row.ids);
	free(row.nodes);
	free(row.used);
	free(row.claimed);
}

/* --- pages --- */

static void
read_ids(struct map *ids, const xmlNode *page)
{
	const xmlNode *node = page;
	bool deeper = true;

	while ((node = node_walk(node, page, deeper)) != NULL) {
		const char *id = node->type == XML_ELEMENT_NODE
		    ? result_attribute(node, "id")
		    : NULL;

		deeper = !node_is_ours(node, "page");
		if (deeper && id != NULL)
			map_put_text(ids, id, NULL);
	}
}

static void
add_title(xmlNode *head, const xmlNode *pages[2])
{
	struct buf text = { 0 };

	for (int i = 0; i < 2; i++) {
		const xmlNode *title =
		    pages[i] ? result_find(pages[i], "title", NULL) : NULL;

		if (title == NULL)
			continue;
		if (text.size > 0)
			buf_add_text(&text, " | ");
		result_add_words(title, &text);
	}
	xmlNodeAddContent(xmlNewChild(head, NULL, BAD_CAST "title", NULL),
	    BAD_CAST buf_text(&text));
	buf_clear(&text);
}

/* The head of the first side, with the titles of both. */
static void
add_head(const struct facing *facing, xmlNode *html, const xmlNode *pages[2])
{
	const xmlNode *any = pages[0] != NULL ? pages[0] : pages[1];
	const xmlNode *from = result_find(any, "head", NULL);
	xmlNode *head = xmlNewChild(html, NULL, BAD_CAST "head", NULL);

	for (const xmlNode *child = from ? from->children : NULL; child != NULL;
	     child = child->next)
		if (result_is(child, "title"))
			add_title(head, pages);
		else
			xmlAddChild(head, copy(facing, child, 0));
}

static void
add_body(const struct facing *facing, xmlNode *html, const xmlNode *pages[2])
{
	const xmlNode *bodies[2];
	xmlNode *body;

	for (int i = 0; i < 2; i++)
		bodies[i] =
		    pages[i] ? result_find(pages[i], "body", NULL) : NULL;
	body =
	    add_shell(facing, html, bodies[0] != NULL ? bodies[0] : bodies[1]);
	xmlSetProp(body, BAD_CAST "class", BAD_CAST "v-facing");
	merge_children(facing, body, bodies[0], bodies[1]);
}

/* One page, below the first one. */
static void
add_page(struct facing *facing, const xmlNode *left, const xmlNode *right)
{
	const xmlNode *pages[2] = { left, right };
	const xmlNode *any = left != NULL ? left : right;
	xmlNode *root = xmlDocGetRootElement(facing->doc);
	xmlNode *page = xmlDocCopyNode((xmlNode *)any, facing->doc, 2);
	xmlNode *html;

	if (root == NULL)
		xmlDocSetRootElement(facing->doc, page);
	else
		xmlAddChild(root, page);
	html = xmlNewChild(page, NULL, BAD_CAST "html", NULL);
	xmlSetNs(html, NULL);
	xmlNewProp(html, BAD_CAST "lang",
	    BAD_CAST facing->langs[left != NULL ? 0 : 1]);
	if (left != NULL)
		read_ids(&facing->ids, left);
	add_head(facing, html, pages);
	add_body(facing, html, pages);
	map_clear(&facing->ids);
}

/* Those of the first side in its order, then what only the second has. */
static void
add_pages(struct facing *facing, const xmlDoc *left, const xmlDoc *right,
    const char *only)
{
	struct result_pages sides[2];

	result_list_pages(&sides[0], left, only);
	result_list_pages(&sides[1], right, only);
	for (size_t i = 0; i < sides[0].count; i++) {
		const struct map_entry *entry = map_get_text(&sides[1].names,
		    result_attribute(sides[0].nodes[i], "name"));

		add_page(facing, sides[0].nodes[i],
		    entry != NULL ? sides[1].nodes[entry->value] : NULL);
	}
	for (size_t i = 0; i < sides[1].count; i++)
		if (map_get_text(&sides[0].names,
			result_attribute(sides[1].nodes[i], "name")) == NULL)
			add_page(facing, NULL, sides[1].nodes[i]);
	result_pages_clear(&sides[0]);
	result_pages_clear(&sides[1]);
}

xmlDoc *
facing_new(const xmlDoc *left, const char *left_lang, const xmlDoc *right,
    const char *right_lang)
{
	struct facing facing = { xmlNewDoc(BAD_CAST "1.0"),
		{ left_lang, right_lang }, { 0 } };

	add_pages(&facing, left, right, NULL);
	/* Where pages were before. */
	add_pages(&facing, left, right, "moved");
	return facing.doc;
}
