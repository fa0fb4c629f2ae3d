#include "schema_file_form.h"

#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <libxml/uri.h>
#include <libxml/valid.h>

#include "base/alloc.h"
#include "base/list.h"
#include "base/text.h"

enum { DEEPEST = 200 };

/* Where an element may stand, and what its children are. */
enum place_kind {
	IN_NONE = 0,
	IN_PATTERN = 1,
	IN_NAMES = 2,
	IN_GRAMMAR = 4,
	IN_INCLUDE = 8,
	IN_DATA = 16,
};

struct form {
	const char *name;
	unsigned places;
	unsigned children; /* 0: none; text if most is 0 and holds_text */
	int least;         /* of children */
	int most;          /* -1: any number */
	const char *needs; /* an attribute */
	const char *takes[2];
	bool holds_text;
};

#define MANY .least = 1, .most = -1
#define PATTERNS .places = IN_PATTERN, .children = IN_PATTERN, MANY

static const struct form forms[] = {
	{ "element", PATTERNS, .takes = { "name" } },
	{ "attribute", .places = IN_PATTERN, .children = IN_PATTERN, .most = 1,
	    .takes = { "name" } },
	{ "group", PATTERNS },
	{ "interleave", PATTERNS },
	{ "choice", PATTERNS },
	{ "choice", .places = IN_NAMES, .children = IN_NAMES, MANY },
	{ "optional", PATTERNS },
	{ "zeroOrMore", PATTERNS },
	{ "oneOrMore", PATTERNS },
	{ "list", PATTERNS },
	{ "mixed", PATTERNS },
	{ "ref", .places = IN_PATTERN, .needs = "name" },
	{ "parentRef", .places = IN_PATTERN, .needs = "name" },
	{ "empty", .places = IN_PATTERN },
	{ "text", .places = IN_PATTERN },
	{ "notAllowed", .places = IN_PATTERN },
	{ "value", .places = IN_PATTERN, .takes = { "type" },
	    .holds_text = true },
	{ "data", .places = IN_PATTERN, .children = IN_DATA, .most = -1,
	    .needs = "type" },
	{ "param", .places = IN_DATA, .needs = "name", .holds_text = true },
	{ "except", .places = IN_DATA, .children = IN_PATTERN, MANY },
	{ "externalRef", .places = IN_PATTERN, .needs = "href" },
	{ "grammar", .places = IN_PATTERN, .children = IN_GRAMMAR, .most = -1 },
	{ "start", .places = IN_GRAMMAR | IN_INCLUDE, .children = IN_PATTERN,
	    .least = 1, .most = 1, .takes = { "combine" } },
	{ "define", .places = IN_GRAMMAR | IN_INCLUDE, .children = IN_PATTERN,
	    MANY, .needs = "name", .takes = { "combine" } },
	{ "div", .places = IN_GRAMMAR, .children = IN_GRAMMAR, .most = -1 },
	{ "div", .places = IN_INCLUDE, .children = IN_INCLUDE, .most = -1 },
	{ "include", .places = IN_GRAMMAR, .children = IN_INCLUDE, .most = -1,
	    .needs = "href" },
	{ "name", .places = IN_NAMES, .holds_text = true },
	{ "anyName", .places = IN_NAMES, .children = IN_NAMES, .most = 1 },
	{ "nsName", .places = IN_NAMES, .children = IN_NAMES, .most = 1 },
	{ "except", .places = IN_NAMES, .children = IN_NAMES, MANY },
};

/* Of a file under way. */
struct check {
	const char *file;
	struct schema_fault *fault;
};

int
syntax_fault(struct schema_fault *fault, const char *file, const xmlNode *node,
    const char *format, ...)
{
	va_list args;

	va_start(args, format);
	snprintf(fault->file, sizeof(fault->file), "%s", file);
	fault->line = node != NULL ? (unsigned)xmlGetLineNo(node) : 0;
	vsnprintf(fault->text, sizeof(fault->text), format, args);
	va_end(args);
	return -1;
}

bool
syntax_is(const xmlNode *node, const char *name)
{
	return strcmp((const char *)node->name, name) == 0;
}

const char *
syntax_attribute(const xmlNode *node, const char *name)
{
	for (const xmlAttr *a = node->properties; a != NULL; a = a->next)
		if (a->ns == NULL && strcmp((const char *)a->name, name) == 0)
			return a->children != NULL
			    ? (const char *)a->children->content
			    : "";
	return NULL;
}

char *
syntax_text(const xmlNode *node)
{
	xmlChar *content = xmlNodeGetContent(node);
	char *text = mem_dup((const char *)content);

	xmlFree(content);
	return text;
}

/* --- annotations --- */

static bool
is_ours(const xmlNode *node)
{
	return node->type == XML_ELEMENT_NODE && node->ns != NULL &&
	    strcmp((const char *)node->ns->href, RNG_NAMESPACE) == 0;
}

static bool
is_text(const xmlNode *node)
{
	return node->type == XML_TEXT_NODE ||
	    node->type == XML_CDATA_SECTION_NODE;
}

static bool
holds_text(const xmlNode *node)
{
	return syntax_is(node, "name") || syntax_is(node, "value") ||
	    syntax_is(node, "param");
}

static bool
is_superfluous(const xmlNode *child)
{
	if (is_text(child))
		return !holds_text(child->parent) &&
		    text_is_blank((const char *)child->content);
	return !is_ours(child) &&
	    !(child->type == XML_ELEMENT_NODE && holds_text(child->parent));
}

static void
take_out_annotations(xmlNode *node)
{
	xmlNode *next;

	for (xmlNode *child = node->children; child != NULL; child = next) {
		next = child->next;
		if (is_superfluous(child)) {
			xmlUnlinkNode(child);
			xmlFreeNode(child);
		} else if (child->type == XML_ELEMENT_NODE)
			take_out_annotations(child);
	}
}

/* Blanks around the text of an attribute. */
static void
trim_attributes(xmlNode *node)
{
	for (xmlAttr *a = node->properties; a != NULL; a = a->next) {
		xmlChar *text =
		    a->children != NULL ? a->children->content : NULL;
		size_t start;
		size_t end;

		if (a->ns != NULL || text == NULL ||
		    strcmp((const char *)a->name, "ns") == 0 ||
		    strcmp((const char *)a->name, "datatypeLibrary") == 0)
			continue;
		start = strspn((char *)text, " \t\r\n");
		end = strlen((char *)text);
		while (end > start && strchr(" \t\r\n", text[end - 1]) != NULL)
			end--;
		text[end] = '\0';
		memmove(text, text + start, end - start + 1);
	}
}

/* --- one element --- */

static const struct form *
find_form(const xmlNode *node, unsigned place)
{
	for (size_t i = 0; i < COUNT(forms); i++)
		if ((forms[i].places & place) != 0 &&
		    syntax_is(node, forms[i].name))
			return &forms[i];
	return NULL;
}

static bool
is_same(const char *a, const char *b)
{
	return a != NULL && strcmp(a, b) == 0;
}

static bool
takes(const struct form *form, const char *name)
{
	return strcmp(name, "ns") == 0 ||
	    strcmp(name, "datatypeLibrary") == 0 ||
	    is_same(form->needs, name) || is_same(form->takes[0], name) ||
	    is_same(form->takes[1], name);
}

/* An absolute URI without a fragment, or none at all. */
static bool
is_library(const char *text)
{
	xmlURI *uri = xmlParseURI(text);
	bool is = uri != NULL && uri->scheme != NULL && uri->fragment == NULL &&
	    strchr(text, '#') == NULL && strchr(text, ':')[1] != '\0';

	xmlFreeURI(uri);
	return is || text[0] == '\0';
}

static bool
is_href(const char *text)
{
	xmlURI *uri = xmlParseURI(text);
	bool is = uri != NULL && strchr(text, '#') == NULL;

	xmlFreeURI(uri);
	return is;
}

static bool
is_combine(const char *text)
{
	return strcmp(text, "choice") == 0 || strcmp(text, "interleave") == 0;
}

static bool
is_ncname(const char *text)
{
	return xmlValidateNCName(BAD_CAST text, 0) == 0;
}

static bool
is_qname(const char *text)
{
	return xmlValidateQName(BAD_CAST text, 0) == 0;
}

/* What an attribute's text must be; name is a QName where it is that of an
 * element or attribute, free in param. */
static bool
is_good(const struct form *form, const char *name, const char *text)
{
	static const struct {
		const char *name;
		bool (*is_good)(const char *text);
	} rules[] = {
		{ "combine", is_combine },
		{ "datatypeLibrary", is_library },
		{ "href", is_href },
		{ "type", is_ncname },
	};

	if (strcmp(name, "name") == 0)
		return is_same(form->needs, "name") ? is_ncname(text)
						    : is_qname(text);
	for (size_t i = 0; i < COUNT(rules); i++)
		if (strcmp(rules[i].name, name) == 0)
			return rules[i].is_good(text);
	return true;
}

static int
check_attributes(const struct check *check, const struct form *form,
    xmlNode *node)
{
	trim_attributes(node);
	for (const xmlAttr *a = node->properties; a != NULL; a = a->next) {
		const char *name = (const char *)a->name;
		const char *text =
		    a->children ? (const char *)a->children->content : "";

		if (a->ns != NULL &&
		    strcmp((const char *)a->ns->href, RNG_NAMESPACE) != 0)
			continue;
		if (a->ns != NULL || !takes(form, name))
			return syntax_fault(check->fault, check->file, node,
			    "%s takes no attribute %s", form->name, name);
		if (!is_good(form, name, text))
			return syntax_fault(check->fault, check->file, node,
			    "%s=\"%s\" of %s is not of that form", name, text,
			    form->name);
	}
	if (form->needs != NULL && syntax_attribute(node, form->needs) == NULL)
		return syntax_fault(check->fault, check->file, node,
		    "%s lacks its attribute %s", form->name, form->needs);
	return 0;
}

static int check_element(const struct check *check, xmlNode *node,
    unsigned place, unsigned depth);

/* The name class that stands first in an element or attribute without a name;
 * *child is what follows it. */
static int
check_name_class(const struct check *check, const struct form *form,
    xmlNode **child, unsigned depth)
{
	xmlNode *node = *child;

	if (form->places != IN_PATTERN || !is_same(form->takes[0], "name") ||
	    syntax_attribute((*child)->parent, "name") != NULL)
		return 0;
	*child = node->next;
	if (is_text(node))
		return 0; /* it is told as text */
	return check_element(check, node, IN_NAMES, depth);
}

/* Of data: parameters, then one exception. */
static bool
is_in_order(const xmlNode *child)
{
	return child->prev == NULL || !syntax_is(child->prev, "except") ||
	    !syntax_is(child->parent, "data");
}

static bool
is_only_except(const struct form *form, const xmlNode *child)
{
	return !(is_same(form->name, "anyName") ||
		   is_same(form->name, "nsName")) ||
	    syntax_is(child, "except");
}

static bool
is_stray_except(const struct form *form, const xmlNode *child)
{
	return syntax_is(child, "except") && form->places == IN_NAMES &&
	    !is_same(form->name, "anyName") && !is_same(form->name, "nsName");
}

static int
check_children(const struct check *check, const struct form *form,
    xmlNode *node, unsigned depth)
{
	xmlNode *child = node->children;
	int count = 0;

	if (child != NULL && check_name_class(check, form, &child, depth) != 0)
		return -1;
	if (child == node->children && is_same(form->takes[0], "name") &&
	    syntax_attribute(node, "name") == NULL)
		return syntax_fault(check->fault, check->file, node,
		    "%s has no name", form->name);
	for (; child != NULL; child = child->next, count++) {
		if (is_text(child))
			return syntax_fault(check->fault, check->file, node,
			    "text in %s", form->name);
		if (!is_in_order(child) || !is_only_except(form, child) ||
		    is_stray_except(form, child))
			return syntax_fault(check->fault, check->file, child,
			    "%s cannot stand here", child->name);
		if (check_element(check, child, form->children, depth) != 0)
			return -1;
	}
	if (count < form->least || (form->most >= 0 && count > form->most))
		return syntax_fault(check->fault, check->file, node,
		    "%s has %d in it", form->name, count);
	return 0;
}

static int
check_text(const struct check *check, const xmlNode *node)
{
	for (const xmlNode *c = node->children; c != NULL; c = c->next)
		if (!is_text(c))
			return syntax_fault(check->fault, check->file, c,
			    "%s in %s, which holds text", c->name, node->name);
	return 0;
}

static int
check_element(const struct check *check, xmlNode *node, unsigned place,
    unsigned depth)
{
	const struct form *form = find_form(node, place);

	if (form == NULL)
		return syntax_fault(check->fault, check->file, node,
		    "%s cannot stand here", node->name);
	if (depth > DEEPEST)
		return syntax_fault(check->fault, check->file, node,
		    "nested more than %d deep", DEEPEST);
	if (check_attributes(check, form, node) != 0)
		return -1;
	return form->holds_text ? check_text(check, node)
				: check_children(check, form, node, depth + 1);
}

int
syntax_check(xmlDoc *doc, const char *file, struct schema_fault *fault)
{
	const struct check check = { file, fault };
	xmlNode *root = xmlDocGetRootElement(doc);

	if (!is_ours(root))
		return syntax_fault(fault, file, root,
		    "%s is no element of RELAX NG", root->name);
	take_out_annotations(root);
	return check_element(&check, root, IN_PATTERN, 0);
}
