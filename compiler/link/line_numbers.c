/*
 * Numbers the lines of listings that ask for it.
 * Invariant: they are text of the listing, so every format shows the same, and
 * the listing asks for them no more.
 */
#include "link.h"

#include <stdlib.h>
#include <string.h>

#include "base/alloc.h"
#include "base/buf.h"

static bool
is_numbered(const xmlNode *node)
{
	static const char *const names[] = { "literallayout", "programlisting",
		"screen", "synopsis", NULL };
	const char *numbering;

	if (node->type != XML_ELEMENT_NODE || node->properties == NULL ||
	    !node_is_one_of(node, names))
		return false;
	numbering = node_attribute(node, "linenumbering");
	return numbering != NULL && strcmp(numbering, "numbered") == 0;
}

static bool
is_text(const xmlNode *node)
{
	return node->type == XML_TEXT_NODE ||
	    node->type == XML_CDATA_SECTION_NODE;
}

static size_t
count_lines(const xmlNode *listing)
{
	size_t count = 1;

	node_each(node, listing)
		if (is_text(node))
			for (const char *at = (const char *)node->content;
			     *at != '\0'; at++)
				count += *at == '\n';
	return count;
}

static unsigned long
first_number(const xmlNode *listing, unsigned long last)
{
	const char *own = node_attribute(listing, "startinglinenumber");
	const char *continues = node_attribute(listing, "continuation");
	unsigned long number = own != NULL ? strtoul(own, NULL, 10) : 1;

	if (own == NULL && continues != NULL &&
	    strcmp(continues, "continues") == 0)
		number = last + 1;
	return number < 1000000000 ? number : 1;
}

static void
number_text(xmlNode *text, unsigned long *number, int width)
{
	scoped(buf_clear) struct buf with = { 0 };

	for (const char *at = (const char *)text->content; *at != '\0'; at++) {
		buf_add_char(&with, *at);
		if (*at == '\n')
			buf_add_format(&with, "%*lu ", width, ++*number);
	}
	xmlFree(text->content);
	text->content = xmlStrdup(BAD_CAST buf_text(&with));
}

/* Returns the last number. */
static unsigned long
number_listing(const struct view *view, xmlNode *listing, unsigned long last)
{
	unsigned long number = first_number(listing, last);
	owned char *digits =
	    mem_format("%lu", number + (unsigned long)count_lines(listing) - 1);
	int width = (int)strlen(digits);
	owned char *first = mem_format("%*lu ", width, number);

	node_each(node, listing)
		if (is_text(node))
			number_text(node, &number, width);
	if (listing->children != NULL)
		xmlAddPrevSibling(listing->children,
		    xmlNewDocText(view->doc, BAD_CAST first));
	xmlUnsetProp(listing, BAD_CAST "linenumbering");
	xmlUnsetProp(listing, BAD_CAST "startinglinenumber");
	xmlUnsetProp(listing, BAD_CAST "continuation");
	return number;
}

void
line_numbers_add(struct view *view)
{
	unsigned long last = 0;

	node_each(node, view->root)
		if (is_numbered(node))
			last = number_listing(view, node, last);
}
