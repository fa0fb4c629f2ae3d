#include "docbook_elements.h"

#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include "base/list.h"
#include "base/text.h"
#include "model/book.h"

/* Sorted: bsearch. */
static const char *const containers[] = { "abstract", "acknowledgements",
	"annotation", "answer", "appendix", "areaset", "areaspec", "article",
	"audioobject", "author", "authorgroup", "bibliodiv", "bibliography",
	"bibliolist", "blockquote", "book", "callout", "calloutlist", "caution",
	"chapter", "cmdsynopsis", "colophon", "dedication", "editor",
	"epigraph", "equation", "example", "figure", "footnote", "formalpara",
	"glossary", "glossdef", "glossdiv", "glossentry", "glosslist", "group",
	"imageobject", "important", "index", "indexterm", "info",
	"informalequation", "informalexample", "informalfigure",
	"informaltable", "inlinemediaobject", "itemizedlist", "keycombo",
	"keywordset", "legalnotice", "listitem", "mediaobject", "menuchoice",
	"msgset", "note", "orderedlist", "othercredit", "part", "partintro",
	"personname", "preface", "primaryie", "procedure", "programlistingco",
	"qandadiv", "qandaentry", "qandaset", "question", "refentry",
	"reference", "refmeta", "refnamediv", "refsect1", "refsect2",
	"refsect3", "refsection", "refsynopsisdiv", "revhistory", "row",
	"screenco", "screenshot", "sect1", "sect2", "sect3", "sect4", "sect5",
	"section", "seglistitem", "segmentedlist", "set", "sidebar",
	"simplelist", "simplesect", "step", "stepalternatives", "subject",
	"subjectset", "substeps", "synopfragment", "table", "task",
	"taskprerequisites", "taskrelated", "tasksummary", "tbody",
	"textobject", "tfoot", "tgroup", "thead", "tip", "toc", "tocdiv",
	"topic", "tr", "variablelist", "varlistentry", "videoobject",
	"warning" };

/* What an element is nothing without, where that is not "any child but a
 * title". NULL ends a row. */
static const struct {
	const char *parent;
	const char *children[5];
} essentials[] = {
	{ "formalpara", { "para", NULL } },
	{ "glossentry", { "glossdef", "glosssee", NULL } },
	{ "informaltable", { "tgroup", "tbody", "tr", "mediaobject", NULL } },
	{ "programlistingco", { "programlisting", NULL } },
	{ "qandaentry", { "question", "answer", NULL } },
	{ "refentry", { "refsection", "refsect1", NULL } },
	{ "refmeta", { "refentrytitle", NULL } },
	{ "screenco", { "screen", NULL } },
	{ "stepalternatives", { "step", NULL } },
	{ "substeps", { "step", NULL } },
	{ "table", { "tgroup", "tbody", "tr", "mediaobject", NULL } },
	{ "tgroup", { "tbody", NULL } },
	{ "varlistentry", { "listitem", NULL } },
};

static const char *const decoration[] = { "title", "titleabbrev", "subtitle",
	"info", "indexterm", "colspec", "spanspec", "remark", "col", "colgroup",
	"alt", "attribution", "caption", "label", "segtitle" };

static int
compare_names(const void *key, const void *row)
{
	return strcmp(key, *(const char *const *)row);
}

/* Blocks that hold text of their own, so that they are no containers. */
static const char *const text_blocks[] = { "address", "classsynopsis",
	"funcsynopsis", "literallayout", "programlisting", "screen",
	"synopsis" };

static const char *const cells[] = { "entry", "entrytbl", "td", "th" };

/* Containers that stand in a line of text. */
static const char *const inline_containers[] = { "author", "editor", "footnote",
	"group", "indexterm", "inlinemediaobject", "keycombo", "menuchoice",
	"othercredit", "personname", "primaryie", "synopfragment" };

static bool
is_listed(const char *name, const char *const *names, size_t count)
{
	for (size_t i = 0; i < count && names[i] != NULL; i++)
		if (strcmp(name, names[i]) == 0)
			return true;
	return false;
}

static unsigned
find_facts(const xmlNode *node)
{
	const char *name = (const char *)node->name;
	unsigned facts = 0;

	if (bsearch(name, containers, sizeof(containers) / sizeof(*containers),
		sizeof(*containers), compare_names) != NULL)
		facts |= ELEMENT_CONTAINER | ELEMENT_BLOCK;
	if (is_listed(name, inline_containers,
		sizeof(inline_containers) / sizeof(*inline_containers)))
		facts &= ~(unsigned)ELEMENT_BLOCK;
	if (is_listed(name, text_blocks,
		sizeof(text_blocks) / sizeof(*text_blocks)))
		facts |= ELEMENT_BLOCK;
	if (is_listed(name, cells, sizeof(cells) / sizeof(*cells)))
		facts |= ELEMENT_CELL;
	if (is_listed(name, decoration,
		sizeof(decoration) / sizeof(*decoration)))
		facts |= ELEMENT_DECORATION;
	return facts;
}

unsigned
element_facts(struct element_memo *memo, const xmlNode *node)
{
	size_t at = ((uintptr_t)node->name >> 3) % 256;

	if (!node_is(node, NULL))
		return 0;
	if (memo->rows[at].name != node->name) {
		memo->rows[at].name = node->name;
		memo->rows[at].facts = find_facts(node);
	}
	return memo->rows[at].facts;
}

bool
element_is_essential(struct element_memo *memo, const xmlNode *parent,
    const xmlNode *child)
{
	const char *name = (const char *)child->name;
	enum { ROWS = sizeof(essentials) / sizeof(*essentials) };

	/* Of an info every part counts, its title above all; a step that a
	 * reader may see must not vanish while it has a title. */
	if (node_is(parent, "info") ||
	    (node_is(parent, "step") &&
		(node_is(child, "title") || node_is(child, "info"))))
		return true;
	for (size_t i = 0; i < ROWS; i++)
		if (node_is(parent, essentials[i].parent))
			return is_listed(name, essentials[i].children, 5);
	return (element_facts(memo, child) & ELEMENT_DECORATION) == 0;
}

bool
element_may_be_empty(const xmlNode *node)
{
	static const char *const names[] = { "index", "setindex", "toc" };
	const char *class_name;

	if (!node_is(node, "indexterm"))
		return is_listed((const char *)node->name, names,
		    sizeof(names) / sizeof(*names));
	class_name = node_attribute(node, "class");
	return class_name != NULL && strcmp(class_name, "endofrange") == 0;
}

bool
element_is_hollow(const xmlNode *node)
{
	for (const xmlNode *child = node->children; child != NULL;
	     child = child->next)
		if (child->type == XML_ELEMENT_NODE ||
		    (child->type == XML_TEXT_NODE &&
			!text_is_blank((const char *)child->content)))
			return false;
	return true;
}

bool
element_attribute_refers(const xmlAttr *attribute)
{
	static const char *const names[] = { "linkend", "linkends", "endterm",
		"startref", "zone", "arearefs", "otherterm", "go", "calls",
		"follows", "summary-of" };

	for (size_t i = 0; i < COUNT(names); i++)
		if (strcmp((const char *)attribute->name, names[i]) == 0)
			return true;
	return false;
}
