#include "html.h"

#include <stdbool.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include "base/alloc.h"
#include "model/words.h"

/* Sorted: bsearch. Void ones are marked. */
static const struct tag {
	const char *name;
	bool is_void;
} tags[] = {
	{ "a", false },
	{ "abbr", false },
	{ "address", false },
	{ "article", false },
	{ "aside", false },
	{ "b", false },
	{ "bdi", false },
	{ "bdo", false },
	{ "blockquote", false },
	{ "body", false },
	{ "br", true },
	{ "button", false },
	{ "caption", false },
	{ "cite", false },
	{ "code", false },
	{ "col", true },
	{ "colgroup", false },
	{ "dd", false },
	{ "del", false },
	{ "dfn", false },
	{ "div", false },
	{ "dl", false },
	{ "dt", false },
	{ "em", false },
	{ "fieldset", false },
	{ "figcaption", false },
	{ "figure", false },
	{ "footer", false },
	{ "form", false },
	{ "h1", false },
	{ "h2", false },
	{ "h3", false },
	{ "h4", false },
	{ "h5", false },
	{ "h6", false },
	{ "head", false },
	{ "header", false },
	{ "hr", true },
	{ "html", false },
	{ "i", false },
	{ "img", true },
	{ "input", true },
	{ "ins", false },
	{ "kbd", false },
	{ "label", false },
	{ "legend", false },
	{ "li", false },
	{ "link", true },
	{ "main", false },
	{ "mark", false },
	{ "meta", true },
	{ "nav", false },
	{ "ol", false },
	{ "p", false },
	{ "pre", false },
	{ "q", false },
	{ "rp", false },
	{ "rt", false },
	{ "ruby", false },
	{ "s", false },
	{ "samp", false },
	{ "section", false },
	{ "small", false },
	{ "span", false },
	{ "strong", false },
	{ "sub", false },
	{ "sup", false },
	{ "table", false },
	{ "tbody", false },
	{ "td", false },
	{ "textarea", false },
	{ "tfoot", false },
	{ "th", false },
	{ "thead", false },
	{ "time", false },
	{ "title", false },
	{ "tr", false },
	{ "u", false },
	{ "ul", false },
	{ "var", false },
	{ "wbr", true },
};

/* Drawings and formulas of authors, without what loads, links or runs. */
static const struct tag drawing_tags[] = {
	{ "circle", false },
	{ "clipPath", false },
	{ "defs", false },
	{ "desc", false },
	{ "ellipse", false },
	{ "g", false },
	{ "line", false },
	{ "linearGradient", false },
	{ "marker", false },
	{ "math", false },
	{ "mfrac", false },
	{ "mi", false },
	{ "mn", false },
	{ "mo", false },
	{ "mover", false },
	{ "mrow", false },
	{ "msqrt", false },
	{ "mstyle", false },
	{ "msub", false },
	{ "msubsup", false },
	{ "msup", false },
	{ "mtable", false },
	{ "mtd", false },
	{ "mtext", false },
	{ "mtr", false },
	{ "munder", false },
	{ "path", false },
	{ "pattern", false },
	{ "polygon", false },
	{ "polyline", false },
	{ "radialGradient", false },
	{ "rect", false },
	{ "stop", false },
	{ "svg", false },
	{ "symbol", false },
	{ "text", false },
	{ "title", false },
	{ "tspan", false },
	{ "use", false },
};

static int
compare_tags(const void *key, const void *row)
{
	return strcmp(key, ((const struct tag *)row)->name);
}

/* Rows by the pointer of the name: names of a document are interned. */
struct memo {
	struct {
		const xmlChar *name;
		const struct tag *tag;
	} rows[64];
};

static const struct tag *
search_tag(const char *name)
{
	const struct tag *tag;

	tag = bsearch(name, tags, sizeof(tags) / sizeof(*tags), sizeof(*tags),
	    compare_tags);
	return tag != NULL ? tag
			   : bsearch(name, drawing_tags,
				 sizeof(drawing_tags) / sizeof(*drawing_tags),
				 sizeof(*drawing_tags), compare_tags);
}

/* The row of an element that may stand in a page, NULL if it may not. */
static const struct tag *
find_tag(struct memo *memo, const xmlNode *node)
{
	size_t at = ((uintptr_t)node->name >> 3) %
	    (sizeof(memo->rows) / sizeof(*memo->rows));

	if (node->ns != NULL)
		return NULL;
	if (memo->rows[at].name != node->name) {
		memo->rows[at].name = node->name;
		memo->rows[at].tag = search_tag((const char *)node->name);
	}
	return memo->rows[at].tag;
}

/* In a drawing, what is not allowed is left out; elsewhere it is an error. */
static bool
is_in_drawing(const xmlNode *node)
{
	for (node = node->parent;
	     node != NULL && node->type == XML_ELEMENT_NODE;
	     node = node->parent)
		if (strcmp((const char *)node->name, "svg") == 0 ||
		    strcmp((const char *)node->name, "math") == 0)
			return true;
	return false;
}

static bool
is_ours(const xmlNode *node, const char *name)
{
	return node->ns != NULL &&
	    strcmp((const char *)node->ns->href, NS_VADE) == 0 &&
	    strcmp((const char *)node->name, name) == 0;
}

/* Copies runs between the characters that need another form. */
static void
add_escaped(struct buf *bytes, const char *text, bool in_attribute)
{
	const char *special = in_attribute ? "&<\"" : "&<>";

	for (;;) {
		size_t len = strcspn(text, special);

		buf_add(bytes, text, len);
		text += len;
		if (*text == '\0')
			return;
		buf_add_text(bytes,
		    *text == '&'       ? "&amp;"
			: *text == '<' ? "&lt;"
			: *text == '>' ? "&gt;"
				       : "&quot;");
		text++;
	}
}

static void
add_attributes(struct buf *bytes, const xmlNode *node)
{
	for (const xmlAttr *a = node->properties; a != NULL; a = a->next) {
		buf_add_char(bytes, ' ');
		buf_add_text(bytes, (const char *)a->name);
		buf_add_text(bytes, "=\"");
		for (const xmlNode *text = a->children; text != NULL;
		     text = text->next)
			if (text->content != NULL)
				add_escaped(bytes, (const char *)text->content,
				    true);
		buf_add_char(bytes, '"');
	}
}

static void
add_code(struct html_page *page)
{
	page->codes = mem_grow(page->codes, page->code_count,
	    &page->code_capacity, sizeof(*page->codes));
	page->codes[page->code_count++] = page->bytes.size;
	buf_add(&page->bytes, "0000000000", HTML_CODE_SIZE);
}

/* Script has no place in these pages; an attribute that holds some neither,
 * nor one that says where a form is sent. */
static bool
has_handler(const xmlNode *node)
{
	for (const xmlAttr *a = node->properties; a != NULL; a = a->next)
		if (strncmp((const char *)a->name, "on", 2) == 0 ||
		    strncmp((const char *)a->name, "form", 4) == 0 ||
		    strcmp((const char *)a->name, "action") == 0)
			return true;
	return false;
}

static enum html_place
place_of(const struct tag *tag, const xmlNode *node)
{
	if (tag == NULL && is_in_drawing(node))
		return HTML_LEFT_OUT;
	if (tag == NULL || has_handler(node))
		return HTML_REFUSED;
	return tag->is_void ? HTML_VOID : HTML_WRITTEN;
}

enum html_place
html_place(const xmlNode *node)
{
	return place_of(node->ns != NULL ? NULL
					 : search_tag((const char *)node->name),
	    node);
}

/* Pages met on the way, written after the one they stand in. */
struct queue {
	struct memo memo;
	const xmlNode **nodes;
	size_t count;
	size_t capacity;
};

static int
add_node(struct html_page *page, struct queue *queue, const xmlNode *node,
    const char **bad)
{
	enum html_place place;

	if (node->type == XML_TEXT_NODE ||
	    node->type == XML_CDATA_SECTION_NODE) {
		add_escaped(&page->bytes, (const char *)node->content, false);
		return 0;
	}
	if (node->type != XML_ELEMENT_NODE)
		return 0;
	if (is_ours(node, "page")) {
		queue->nodes = mem_grow(queue->nodes, queue->count,
		    &queue->capacity, sizeof(*queue->nodes));
		queue->nodes[queue->count++] = node;
		return 0;
	}
	if (is_ours(node, "code")) {
		add_code(page);
		return 0;
	}
	/* The one script there is, and nobody else can ask for another. */
	if (is_ours(node, "script")) {
		buf_add_text(&page->bytes,
		    "<script src=\"vade.js\" defer></script>");
		return 0;
	}
	place = place_of(find_tag(&queue->memo, node), node);
	if (place == HTML_LEFT_OUT)
		return 0;
	if (place == HTML_REFUSED) {
		*bad = (const char *)node->name;
		return -1;
	}
	buf_add_char(&page->bytes, '<');
	buf_add_text(&page->bytes, (const char *)node->name);
	add_attributes(&page->bytes, node);
	buf_add_char(&page->bytes, '>');
	if (place == HTML_VOID)
		return 0;
	for (const xmlNode *child = node->children; child != NULL;
	     child = child->next)
		if (add_node(page, queue, child, bad) != 0)
			return -1;
	buf_add_text(&page->bytes, "</");
	buf_add_text(&page->bytes, (const char *)node->name);
	buf_add_char(&page->bytes, '>');
	return 0;
}

static bool
is_page_name(const xmlChar *name)
{
	const char *text = (const char *)name;

	return name != NULL && text[0] != '\0' && text[0] != '.' &&
	    text[strspn(text, "abcdefghijklmnopqrstuvwxyz0123456789._-")] ==
	    '\0';
}

static int
write_page(struct html_pages *pages, struct queue *queue, const xmlNode *node,
    const char **bad)
{
	xmlChar *name = xmlGetNoNsProp(node, BAD_CAST "name");
	struct html_page *page;

	if (!is_page_name(name)) {
		*bad = "v:page";
		xmlFree(name);
		return -1;
	}
	pages->pages = mem_grow(pages->pages, pages->count, &pages->capacity,
	    sizeof(*page));
	page = &pages->pages[pages->count++];
	*page = (struct html_page){ .name = mem_dup((const char *)name) };
	xmlFree(name);
	buf_add_text(&page->bytes, "<!DOCTYPE html>\n");
	for (const xmlNode *child = node->children; child != NULL;
	     child = child->next)
		if (add_node(page, queue, child, bad) != 0)
			return -1;
	buf_add_char(&page->bytes, '\n');
	return 0;
}

int
html_cut(struct html_pages *pages, const xmlDoc *result, const char **bad)
{
	const xmlNode *root = xmlDocGetRootElement(result);
	struct queue queue = { .count = 0 };
	int rc = 0;

	memset(pages, 0, sizeof(*pages));
	if (root == NULL || !is_ours(root, "page")) {
		*bad = root ? (const char *)root->name : "–";
		return -1;
	}
	rc = write_page(pages, &queue, root, bad);
	for (size_t i = 0; rc == 0 && i < queue.count; i++)
		rc = write_page(pages, &queue, queue.nodes[i], bad);
	free(queue.nodes);
	return rc;
}

void
html_clear(struct html_pages *pages)
{
	for (size_t i = 0; i < pages->count; i++) {
		free(pages->pages[i].name);
		buf_clear(&pages->pages[i].bytes);
		free(pages->pages[i].codes);
	}
	free(pages->pages);
	memset(pages, 0, sizeof(*pages));
}
