/*
 * SVG: drawn elements and attributes by an allow-list. What editors leave
 * (metadata, comments, names of their own) and words that an <img> shows to
 * nobody (title, desc) go; what acts, refers outside or hides is refused.
 */
#include "picture.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

#include <libxml/parser.h>
#include <libxml/tree.h>

#include "base/alloc.h"
#include "base/text.h"
#include "painted_over_words.h"
#include "model/book.h"
#include "model/namespaces.h"

enum { DEEPEST = 100 };

/* Of what is as large as this part of itself, nothing is seen. */
static const double FLAT = 1e-6;

static const char *const elements[] = { "circle", "clipPath", "defs", "ellipse",
	"feBlend", "feColorMatrix", "feComposite", "feFlood", "feGaussianBlur",
	"feMerge", "feMergeNode", "feOffset", "filter", "g", "line",
	"linearGradient", "marker", "mask", "path", "pattern", "polygon",
	"polyline", "radialGradient", "rect", "stop", "svg", "switch", "symbol",
	"text", "textPath", "tspan", "use", NULL };

/* Left out with all in them: nobody who looks at the picture sees them. */
static const char *const unseen[] = { "desc", "metadata", "title", NULL };

/* Also the properties that style="" and no other rule may set. */
static const char *const properties[] = { "alignment-baseline",
	"baseline-shift", "clip-path", "clip-rule", "color",
	"color-interpolation", "color-interpolation-filters", "direction",
	"dominant-baseline", "fill", "fill-opacity", "fill-rule", "filter",
	"flood-color", "flood-opacity", "font-family", "font-size",
	"font-stretch", "font-style", "font-variant", "font-weight",
	"letter-spacing", "line-height", "marker-end", "marker-mid",
	"marker-start", "mask", "mix-blend-mode", "opacity", "paint-order",
	"shape-rendering", "stop-color", "stop-opacity", "stroke",
	"stroke-dasharray", "stroke-dashoffset", "stroke-linecap",
	"stroke-linejoin", "stroke-miterlimit", "stroke-opacity",
	"stroke-width", "text-align", "text-anchor", "text-decoration",
	"text-rendering", "unicode-bidi", "vector-effect", "white-space",
	"word-spacing", "writing-mode", NULL };

static const char *const attributes[] = { "clipPathUnits", "cx", "cy", "d",
	"dx", "dy", "edgeMode", "fr", "fx", "fy", "gradientTransform",
	"gradientUnits", "height", "href", "id", "in", "in2", "k1", "k2", "k3",
	"k4", "lengthAdjust", "markerHeight", "markerUnits", "markerWidth",
	"maskContentUnits", "maskUnits", "method", "mode", "offset", "operator",
	"orient", "patternContentUnits", "patternTransform", "patternUnits",
	"points", "preserveAspectRatio", "primitiveUnits", "r", "refX", "refY",
	"result", "rotate", "rx", "ry", "spacing", "spreadMethod",
	"startOffset", "stdDeviation", "textLength", "transform", "type",
	"values", "viewBox", "width", "x", "x1", "x2", "y", "y1", "y2", NULL };

/* Left out: for programs and for readers of the file itself. */
static bool
is_idle(const char *name)
{
	static const char *const idle[] = { "baseProfile", "class",
		"contentScriptType", "contentStyleType", "enable-background",
		"overflow", "role", "tabindex", "focusable", "version",
		"zoomAndPan", "-inkscape-stroke", "display", "visibility",
		"color-rendering", "image-rendering", "isolation",
		"solid-color", "solid-opacity", NULL };

	if (strncmp(name, "aria-", 5) == 0 || strncmp(name, "data-", 5) == 0 ||
	    strncmp(name, "-inkscape-", 10) == 0 ||
	    strncmp(name, "shape-", 6) == 0 ||
	    strncmp(name, "font-variant-", 13) == 0 ||
	    strncmp(name, "font-feature-", 13) == 0 ||
	    strncmp(name, "text-decoration-", 16) == 0)
		return true;
	for (size_t i = 0; idle[i] != NULL; i++)
		if (strcmp(idle[i], name) == 0)
			return true;
	return false;
}

static bool
is_svg(const xmlNode *node)
{
	return node->ns != NULL &&
	    strcmp((const char *)node->ns->href, NS_SVG) == 0;
}

static int
refuse(struct picture *picture, const xmlNode *node, const char *what,
    const char *value)
{
	return picture_refuse(picture, DIAG_IMAGE_ACTIVE,
	    "%.40s%s%.30s (line %ld)", what, value[0] != '\0' ? "=" : "", value,
	    xmlGetLineNo(node));
}

/* Does a transformation leave a line or a dot of what it draws? */
static bool
is_flat(const char *value)
{
	const char *scale = strstr(value, "scale");
	double x = 1;
	double y = 1;

	return scale != NULL &&
	    sscanf(scale, "scale ( %lf%*[ ,]%lf", &x, &y) >= 1 &&
	    fabs(x * y) < FLAT;
}

/* Values by which words are in the file and not in the picture. */
static bool
hides(const char *name, const char *value)
{
	char *end;
	double number = strtod(value, &end);
	bool is_number = end != value;

	if (strcmp(name, "display") == 0)
		return strncmp(value, "none", 4) == 0;
	if (strcmp(name, "visibility") == 0)
		return strncmp(value, "visible", 7) != 0;
	if (strcmp(name, "opacity") == 0)
		return is_number &&
		    (number < 0.1 || (*end == '%' && number < 10));
	if (strcmp(name, "transform") == 0)
		return is_flat(value);
	return strcmp(name, "font-size") == 0 && is_number && number < 1;
}

/* Refers to something in the same picture, or to nothing. */
static bool
is_local(const char *value)
{
	for (const char *at = value; *at != '\0'; at++)
		if (*at == '\\')
			return false;
	for (const char *at = strstr(value, "url"); at != NULL;
	     at = strstr(at + 3, "url"))
		if (strncmp(at, "url(#", 5) != 0)
			return false;
	return strstr(value, "image(") == NULL &&
	    strstr(value, "image-set(") == NULL &&
	    strstr(value, "src(") == NULL && strstr(value, "element(") == NULL;
}

static int
check_property(struct picture *picture, const xmlNode *node, const char *name,
    const char *value)
{
	owned char *lower = mem_dup(value);
	int rc = 0;

	text_to_lower(lower);
	if (hides(name, lower) || !is_local(lower))
		rc = refuse(picture, node, name, value);
	return rc;
}

/* --- style="" becomes attributes --- */

static int
take_property(struct picture *picture, xmlNode *node, char *name, char *value)
{
	name[strcspn(name, " \t\r\n")] = '\0';
	text_to_lower(name);
	value += strspn(value, " \t\r\n");
	if (check_property(picture, node, name, value) != 0)
		return -1;
	if (text_is_in(properties, name))
		xmlSetProp(node, BAD_CAST name, BAD_CAST value);
	else if (!is_idle(name))
		return refuse(picture, node, name, "");
	return 0;
}

static int
take_style(struct picture *picture, xmlNode *node, xmlAttr *style)
{
	scoped(xml_drop) xmlChar *text =
	    xmlNodeListGetString(node->doc, style->children, 1);
	char *at = text != NULL ? (char *)text : NULL;
	int rc = 0;

	while (rc == 0 && at != NULL) {
		char *next = strchr(at, ';');
		char *colon;

		if (next != NULL)
			*next++ = '\0';
		at += strspn(at, " \t\r\n");
		colon = strchr(at, ':');
		if (colon != NULL) {
			*colon = '\0';
			rc = take_property(picture, node, at, colon + 1);
		} else if (*at != '\0') {
			rc = refuse(picture, node, "style", at);
		}
		at = next;
	}
	xmlRemoveProp(style);
	return rc;
}

/* --- a tree --- */

static int
check_attribute(struct picture *picture, xmlNode *node, xmlAttr *a)
{
	const char *name = (const char *)a->name;
	scoped(xml_drop) xmlChar *held =
	    xmlNodeListGetString(node->doc, a->children, 1);
	const char *value = held ? (const char *)held : "";
	bool of_xlink =
	    a->ns != NULL && strcmp((const char *)a->ns->href, NS_XLINK) == 0;
	bool of_xml =
	    a->ns != NULL && strcmp((const char *)a->ns->href, NS_XML) == 0;
	int rc = 0;

	if (strncmp(name, "on", 2) == 0) {
		rc = refuse(picture, node, name, "");
	} else if (strcmp(name, "href") == 0 && (a->ns == NULL || of_xlink)) {
		if (value[0] != '#')
			rc = refuse(picture, node, name, value);
	} else if (a->ns != NULL) {
		/* An editor's own; of xml: only how blanks count. */
		if (!of_xml || strcmp(name, "space") != 0)
			xmlRemoveProp(a);
	} else if (strcmp(name, "style") == 0) {
		rc = take_style(picture, node, a);
	} else if (check_property(picture, node, name, value) != 0) {
		rc = -1;
	} else if (is_idle(name)) {
		xmlRemoveProp(a);
	} else if (!text_is_in(attributes, name) &&
	    !text_is_in(properties, name)) {
		rc = refuse(picture, node, name, "");
	}
	return rc;
}

/* The value of an attribute on the nearest element that has it; the caller
 * frees it. */
static xmlChar *
inherited(const xmlNode *node, const char *name)
{
	xmlChar *value = NULL;

	for (; value == NULL && node != NULL && node->type == XML_ELEMENT_NODE;
	     node = node->parent)
		value = xmlGetNoNsProp(node, BAD_CAST name);
	return value;
}

/* Words inside these are not drawn where they stand, or not at all. */
static const xmlNode *
find_store(const xmlNode *node)
{
	static const char *const stores[] = { "clipPath", "defs", "marker",
		"mask", "pattern", "switch", "symbol", NULL };

	while (node != NULL && node->type == XML_ELEMENT_NODE &&
	    !text_is_in(stores, (const char *)node->name))
		node = node->parent;
	return node != NULL && node->type == XML_ELEMENT_NODE ? node : NULL;
}

/* Do words begin where the picture has ended? What is moved is not judged. */
static bool
is_outside(const xmlNode *node)
{
	scoped(xml_drop) xmlChar *box = inherited(node, "viewBox");
	scoped(xml_drop) xmlChar *moved = inherited(node, "transform");
	scoped(xml_drop) xmlChar *at_x = xmlGetNoNsProp(node, BAD_CAST "x");
	scoped(xml_drop) xmlChar *at_y = xmlGetNoNsProp(node, BAD_CAST "y");
	double b[4] = { 0 };
	bool is_judged = box != NULL && moved == NULL &&
	    sscanf((char *)box, "%lf%*[ ,]%lf%*[ ,]%lf%*[ ,]%lf", &b[0], &b[1],
		&b[2], &b[3]) == 4;
	double x =
	    at_x != NULL && is_judged ? strtod((char *)at_x, NULL) : b[0];
	double y =
	    at_y != NULL && is_judged ? strtod((char *)at_y, NULL) : b[1];

	return is_judged &&
	    (x < b[0] - b[2] || x > b[0] + b[2] || y < b[1] ||
		y > b[1] + 2 * b[3]);
}

/* What lies over words so that nobody can tell whether they are seen. */
static const char *
find_veil(const xmlNode *node)
{
	static const char *const veils[] = { "mask", "filter", "clip-path" };
	xmlChar *veil = NULL;
	size_t i = 3;

	while (veil == NULL && i > 0)
		veil = inherited(node, veils[--i]);
	xmlFree(veil);
	return veil != NULL ? veils[i] : NULL;
}

/* Words that are drawn in no colour are in the file and not in the picture. */
static int
check_words(struct picture *picture, const xmlNode *node)
{
	scoped(xml_drop) xmlChar *fill = inherited(node, "fill");
	scoped(xml_drop) xmlChar *opacity = inherited(node, "fill-opacity");
	scoped(xml_drop) xmlChar *stroke = inherited(node, "stroke");
	bool unseen_fill =
	    (fill != NULL &&
		(xmlStrEqual(fill, BAD_CAST "none") ||
		    xmlStrEqual(fill, BAD_CAST "transparent"))) ||
	    (opacity != NULL && strtod((char *)opacity, NULL) < 0.1);
	int rc = 0;

	if (find_store(node) != NULL)
		rc = refuse(picture, node, (const char *)node->name,
		    (const char *)find_store(node)->name);
	else if (find_veil(node) != NULL)
		rc = refuse(picture, node, (const char *)node->name,
		    find_veil(node));
	else if (is_outside(node))
		rc = refuse(picture, node, (const char *)node->name, "viewBox");
	else if (unseen_fill &&
	    (stroke == NULL || xmlStrEqual(stroke, BAD_CAST "none")))
		rc = refuse(picture, node, (const char *)node->name, "fill");
	return rc;
}

static int clean_children(struct picture *picture, xmlNode *node, int depth);

static int
clean_element(struct picture *picture, xmlNode *node, int depth)
{
	xmlAttr *next;

	if (!text_is_in(elements, (const char *)node->name))
		return refuse(picture, node, (const char *)node->name, "");
	if (depth > DEEPEST)
		return refuse(picture, node, "depth", "");
	for (xmlAttr *a = node->properties; a != NULL; a = next) {
		next = a->next;
		/* What style="" adds is at the end, and is looked at too. */
		if (check_attribute(picture, node, a) != 0)
			return -1;
	}
	if ((strcmp((const char *)node->name, "text") == 0 ||
		strcmp((const char *)node->name, "tspan") == 0) &&
	    check_words(picture, node) != 0)
		return -1;
	return clean_children(picture, node, depth + 1);
}

static bool
holds_words(const xmlNode *node)
{
	static const char *const names[] = { "text", "tspan", "textPath",
		NULL };

	return text_is_in(names, (const char *)node->name);
}

static int
clean_children(struct picture *picture, xmlNode *node, int depth)
{
	xmlNode *next;

	for (xmlNode *child = node->children; child != NULL; child = next) {
		bool is_element = child->type == XML_ELEMENT_NODE;
		bool is_words = child->type == XML_TEXT_NODE &&
		    (holds_words(node) ||
			text_is_blank((const char *)child->content));

		next = child->next;
		if (is_element && is_svg(child) &&
		    !text_is_in(unseen, (const char *)child->name)) {
			if (clean_element(picture, child, depth) != 0)
				return -1;
		} else if (!is_words) {
			xmlUnlinkNode(child);
			xmlFreeNode(child);
		}
	}
	return 0;
}

/* Words under what is painted later are in the file and not in the picture. */
static int
check_covers(struct picture *picture, const xmlNode *root)
{
	struct picture_cover found;
	char what[48];

	if (!picture_find_cover(&found, root))
		return 0;
	if (found.over == NULL)
		snprintf(what, sizeof(what), "too much drawn");
	else
		snprintf(what, sizeof(what), "%.16s, line %ld",
		    (const char *)found.over->name, xmlGetLineNo(found.over));
	return refuse(picture, found.words, (const char *)found.words->name,
	    what);
}

static int
clean_document(struct picture *picture, xmlDoc *doc)
{
	xmlNode *root = xmlDocGetRootElement(doc);
	xmlNs **next;

	if (xmlGetIntSubset(doc) != NULL)
		return picture_refuse(picture, DIAG_IMAGE_ACTIVE, "DOCTYPE");
	if (!is_svg(root) || strcmp((const char *)root->name, "svg") != 0)
		return picture_refuse(picture, DIAG_IMAGE_BROKEN,
		    "xmlns=\"" NS_SVG "\"?");
	if (clean_element(picture, root, 0) != 0 ||
	    check_covers(picture, root) != 0)
		return -1;
	/* Prefixes of what has gone. */
	for (next = &root->nsDef; *next != NULL;) {
		xmlNs *ns = *next;

		if (strcmp((const char *)ns->href, NS_SVG) == 0 ||
		    strcmp((const char *)ns->href, NS_XLINK) == 0) {
			next = &ns->next;
			continue;
		}
		*next = ns->next;
		xmlFreeNs(ns);
	}
	return 0;
}

static void
write_document(struct picture *picture, xmlDoc *doc)
{
	xmlBuffer *text = xmlBufferCreate();

	xmlNodeDump(text, doc, xmlDocGetRootElement(doc), 0, 0);
	buf_add(&picture->bytes, xmlBufferContent(text),
	    (size_t)xmlBufferLength(text));
	buf_add_char(&picture->bytes, '\n');
	xmlBufferFree(text);
}

int
picture_clean_svg(struct picture *picture, const char *bytes, size_t size)
{
	xmlParserCtxt *parser;
	int rc;

	/* An entity could make much of little: none is read. */
	if (strstr(bytes, "<!DOCTYPE") != NULL ||
	    strstr(bytes, "<!ENTITY") != NULL)
		return picture_refuse(picture, DIAG_IMAGE_ACTIVE, "DOCTYPE");
	parser = xmlNewParserCtxt();
	scoped(xml_drop_doc) xmlDoc *doc =
	    xmlCtxtReadMemory(parser, bytes, (int)size, "picture.svg", "UTF-8",
		XML_PARSE_NONET | XML_PARSE_NOCDATA | XML_PARSE_NOERROR |
		    XML_PARSE_NOWARNING);

	rc = doc == NULL || parser->wellFormed == 0
	    ? picture_refuse(picture, DIAG_IMAGE_BROKEN, "XML, line %d",
		  parser->lastError.line)
	    : clean_document(picture, doc);
	if (rc == 0)
		write_document(picture, doc);
	xmlFreeParserCtxt(parser);
	return rc;
}
