/*
 * Words of our drawings that an SVG cannot show in an accessible PDF: where a
 * letter is drawn from several signs (x́, Devanagari), joins its neighbours
 * (Arabic), or is a sign of several (a flag, a key), the engine finds no code
 * for what it has drawn, and refuses the whole document. Such a line of words is
 * taken out of the drawing and laid over it by the template, as all text of the
 * pages is.
 */
#include "document.h"

#include <stdlib.h>
#include <string.h>

#include "base/list.h"
#include "base/text.h"

/* Is a sign of these drawn alone, one glyph for one code? */
static const uint32_t alone[][2] = { { 0x20, 0x2FF }, { 0x370, 0x482 },
	{ 0x48A, 0x58F }, { 0x1E00, 0x200A }, { 0x2010, 0x2027 },
	{ 0x2030, 0x205E }, { 0x2070, 0x20CF }, { 0x2100, 0x2BFF } };

static bool
all_drawn_alone(const char *words)
{
	bool is_alone = true;
	uint32_t c;

	while (is_alone && *words != '\0') {
		words += text_decode(words, strlen(words), &c);
		is_alone = false;
		for (size_t i = 0; i < COUNT(alone); i++)
			is_alone |= c >= alone[i][0] && c <= alone[i][1];
	}
	return is_alone;
}

static double
number_of(const xmlNode *node, const char *name)
{
	const char *value = print_get(node, name);

	return value == NULL ? 0 : strtod(value, NULL);
}

/* Where a piece of a cut drawing (cut_drawings.c) has put the point. */
static void
leave_part(const xmlNode *part, double *x, double *y)
{
	const char *box = print_get(part, "viewBox");
	char *end;

	*x += number_of(part, "x");
	*y += number_of(part, "y");
	if (box != NULL) {
		*x -= strtod(box, &end);
		*y -= strtod(end, NULL);
	}
}

static void
copy_attribute(xmlNode *words, const xmlNode *text, const char *name)
{
	const char *value = print_get(text, name);

	if (value != NULL)
		xmlNewProp(words, BAD_CAST name, BAD_CAST value);
}

/* Outside a frame of the drawing it was not seen either. */
static void
lay_over(xmlNode *image, xmlNode *svg, xmlNode *text)
{
	double x = number_of(text, "x");
	double y = number_of(text, "y");
	xmlNode *words = xmlNewChild(image, NULL, BAD_CAST "words", NULL);

	for (const xmlNode *part = text->parent; part != svg;
	     part = part->parent)
		leave_part(part, &x, &y);
	print_set_number(words, "x", (int)x);
	print_set_number(words, "y", (int)y);
	copy_attribute(words, text, "text-anchor");
	copy_attribute(words, text, "font-weight");
	copy_attribute(words, text, "transform");
	xmlNodeAddContent(words, text->children->content);
	xmlUnlinkNode(text);
	xmlFreeNode(text);
}

void
print_drawn_words(xmlNode *image, xmlNode *svg)
{
	xmlNode *next;

	for (xmlNode *node = svg; node != NULL; node = next) {
		next = print_walk(node, svg);
		if (!print_is(node, "text") || node->children == NULL ||
		    all_drawn_alone((const char *)node->children->content))
			continue;
		next = print_walk(node->children, svg);
		lay_over(image, svg, node);
	}
	copy_attribute(image, svg, "width");
}
