#include "html_write.h"

#include <stdbool.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "compose/xml_write.h"
#include "base/list.h"
#include "model/book.h"
#include "model/namespaces.h"

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
	{ "menclose", false },
	{ "merror", false },
	{ "mfenced", false },
	{ "mfrac", false },
	{ "mi", false },
	{ "mlabeledtr", false },
	{ "mmultiscripts", false },
	{ "mn", false },
	{ "mo", false },
	{ "mover", false },
	{ "mpadded", false },
	{ "mphantom", false },
	{ "mprescripts", false },
	{ "mroot", false },
	{ "mrow", false },
	{ "ms", false },
	{ "mspace", false },
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
	{ "munderover", false },
	{ "none", false },
	{ "path", false },
	{ "pattern", false },
	{ "polygon", false },
	{ "polyline", false },
	{ "radialGradient", false },
	{ "rect", false },
	{ "semantics", false },
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

static const struct tag *
search_tag(const char *name)
{
	const struct tag *tag;

	tag = bsearch(name, tags, COUNT(tags), sizeof(*tags), compare_tags);
	return tag != NULL ? tag
			   : bsearch(name, drawing_tags, COUNT(drawing_tags),
				 sizeof(*drawing_tags), compare_tags);
}

/* The row of an element that may stand in a page, NULL if it may not. */
static const struct tag *
find_tag(struct html_memo *memo, const xmlNode *node)
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

static void
add_attributes(struct buf *bytes, const xmlNode *node)
{
	for (const xmlAttr *a = node->properties; a != NULL; a = a->next) {
		xml_write_open_attribute(bytes, (const char *)a->name);
		for (const xmlNode *text = a->children; text != NULL;
		     text = text->next)
			if (text->content != NULL)
				xml_write_add_escaped(bytes,
				    (const char *)text->content, "&<\"");
		buf_add_char(bytes, '"');
	}
}

/* Of drawings and formulas "form" and "action" are no attributes of forms. */
static bool
is_drawing_tag(const struct tag *tag)
{
	return tag >= drawing_tags && tag < drawing_tags + COUNT(drawing_tags);
}

/* Script has no place in these pages; an attribute that holds some neither,
 * nor one that says where a form is sent. */
static bool
has_handler(const struct tag *tag, const xmlNode *node)
{
	for (const xmlAttr *a = node->properties; a != NULL; a = a->next)
		if (strncmp((const char *)a->name, "on", 2) == 0 ||
		    (!is_drawing_tag(tag) &&
			(strncmp((const char *)a->name, "form", 4) == 0 ||
			    strcmp((const char *)a->name, "action") == 0)))
			return true;
	return false;
}

enum html_place
html_place(struct html_memo *memo, const xmlNode *node)
{
	const struct tag *tag = find_tag(memo, node);

	if (tag == NULL && is_in_drawing(node))
		return HTML_LEFT_OUT;
	if (tag == NULL || has_handler(tag, node))
		return HTML_REFUSED;
	return tag->is_void ? HTML_VOID : HTML_WRITTEN;
}

/* 0, or -1 with *bad set to the element that may not stand there. */
static int
add_node(struct html_page *page, struct html_memo *memo, const xmlNode *node,
    const char **bad)
{
	enum html_place place;

	if (node->type == XML_TEXT_NODE ||
	    node->type == XML_CDATA_SECTION_NODE) {
		xml_write_add_escaped(&page->bytes, (const char *)node->content,
		    "&<>");
		return 0;
	}
	if (node->type != XML_ELEMENT_NODE || node_is_ours(node, "page"))
		return 0;
	/* The one script there is, and nobody else can ask for another. */
	if (node_is_ours(node, "script")) {
		buf_add_text(&page->bytes,
		    "<script src=\"vade.js\" defer></script>");
		return 0;
	}
	place = html_place(memo, node);
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
		if (add_node(page, memo, child, bad) != 0)
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

void
html_add(struct html_pages *pages, const xmlNode *node)
{
	xmlChar *name = xmlGetNoNsProp(node, BAD_CAST "name");
	const char *bad = is_page_name(name) ? NULL : "v:page";
	struct html_page *page;

	if (pages->bad != NULL || bad != NULL) {
		if (pages->bad == NULL)
			pages->bad = mem_dup(bad);
		xmlFree(name);
		return;
	}
	page = list_add(pages->pages, pages->count, pages->capacity);
	*page = (struct html_page){ .name = mem_dup((const char *)name) };
	xmlFree(name);
	buf_add_text(&page->bytes, "<!DOCTYPE html>\n");
	for (const xmlNode *child = node->children; child != NULL;
	     child = child->next)
		if (add_node(page, &pages->memo, child, &bad) != 0) {
			pages->bad = mem_dup(bad);
			return;
		}
	buf_add_char(&page->bytes, '\n');
}

int
html_cut(struct html_pages *pages, const xmlDoc *result)
{
	const xmlNode *root = xmlDocGetRootElement(result);

	if (root == NULL || !node_is_ours(root, "page")) {
		pages->bad = mem_dup(root ? (const char *)root->name : "–");
		return -1;
	}
	for (const xmlNode *node = root; node != NULL;
	     node = node_walk(node, root, true))
		if (node->type == XML_ELEMENT_NODE &&
		    node_is_ours(node, "page"))
			html_add(pages, node);
	return pages->bad == NULL ? 0 : -1;
}

static int
compare_pages(const void *left, const void *right)
{
	return strcmp(((const struct html_page *)left)->name,
	    ((const struct html_page *)right)->name);
}

void
html_sort(struct html_pages *pages)
{
	qsort(pages->pages, pages->count, sizeof(*pages->pages), compare_pages);
}

void
html_clear(struct html_pages *pages)
{
	for (size_t i = 0; i < pages->count; i++) {
		free(pages->pages[i].name);
		buf_clear(&pages->pages[i].bytes);
	}
	free(pages->pages);
	free(pages->bad);
	memset(pages, 0, sizeof(*pages));
}
