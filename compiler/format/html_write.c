#include "html_write.h"

#include <stdbool.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include "compose/xml_write.h"
#include "base/list.h"
#include "base/text.h"
#include "model/book.h"
#include "model/namespaces.h"

/* What may stand in a page, and which of it has no end tag. */
static const char tags[] =
    "a abbr address article aside b bdi bdo blockquote body br button "
    "caption cite code col colgroup dd del dfn div dl dt em fieldset "
    "figcaption figure footer form h1 h2 h3 h4 h5 h6 head header hr html i "
    "img input ins kbd label legend li link main mark meta nav ol p pre q "
    "rp rt ruby s samp section small span strong sub sup table tbody td "
    "textarea tfoot th thead time title tr u ul var wbr";
static const char void_tags[] = "br col hr img input link meta wbr";

/* Drawings and formulas of authors, without what loads, links or runs. */
static const char drawing_tags[] =
    "circle clipPath defs desc ellipse g line linearGradient marker math "
    "menclose merror mfenced mfrac mi mlabeledtr mmultiscripts mn mo mover "
    "mpadded mphantom mprescripts mroot mrow ms mspace msqrt mstyle msub "
    "msubsup msup mtable mtd mtext mtr munder munderover none path pattern "
    "polygon polyline radialGradient rect semantics stop svg symbol text "
    "title tspan use";

enum { TAG_ALLOWED = 1, TAG_VOID = 2, TAG_DRAWS = 4 };

static unsigned
search_tag(const char *name)
{
	if (text_is_one_of(name, void_tags))
		return TAG_ALLOWED | TAG_VOID;
	if (text_is_one_of(name, tags))
		return TAG_ALLOWED;
	return text_is_one_of(name, drawing_tags) ? TAG_ALLOWED | TAG_DRAWS : 0;
}

/* What is known of an element, 0 if it may not stand in a page. */
static unsigned
find_tag(struct html_memo *memo, const xmlNode *node)
{
	size_t at = ((uintptr_t)node->name >> 3) % COUNT(memo->rows);

	if (node->ns != NULL)
		return 0;
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

/* Script has no place in these pages; an attribute that holds some neither,
 * nor one that says where a form is sent. Of drawings and formulas "form" and
 * "action" are no attributes of forms. */
static bool
has_handler(unsigned tag, const xmlNode *node)
{
	for (const xmlAttr *a = node->properties; a != NULL; a = a->next)
		if (strncmp((const char *)a->name, "on", 2) == 0 ||
		    ((tag & TAG_DRAWS) == 0 &&
			(strncmp((const char *)a->name, "form", 4) == 0 ||
			    strcmp((const char *)a->name, "action") == 0)))
			return true;
	return false;
}

enum html_place
html_place(struct html_memo *memo, const xmlNode *node)
{
	unsigned tag = find_tag(memo, node);

	if (tag == 0 && is_in_drawing(node))
		return HTML_LEFT_OUT;
	if (tag == 0 || has_handler(tag, node))
		return HTML_REFUSED;
	return (tag & TAG_VOID) != 0 ? HTML_VOID : HTML_WRITTEN;
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
