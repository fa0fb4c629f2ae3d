#include "docbook_elements.h"

#include <stdint.h>
#include <string.h>

#include "base/list.h"

#include "base/text.h"
#include "model/book.h"

/* Sorted: bsearch. */
static const char containers[] =
    "abstract acknowledgements annotation answer appendix areaset areaspec "
    "article audioobject author authorgroup bibliodiv bibliography bibliolist "
    "blockquote book callout calloutlist caution chapter cmdsynopsis colophon "
    "dedication editor epigraph equation example figure footnote formalpara "
    "glossary glossdef glossdiv glossentry glosslist group imageobject "
    "important index indexterm info informalequation informalexample "
    "informalfigure informaltable inlinemediaobject itemizedlist keycombo "
    "keywordset legalnotice listitem mediaobject menuchoice msgset note "
    "orderedlist othercredit part partintro personname preface primaryie "
    "procedure programlistingco qandadiv qandaentry qandaset question refentry "
    "reference refmeta refnamediv refsect1 refsect2 refsect3 refsection "
    "refsynopsisdiv revhistory row screenco screenshot sect1 sect2 sect3 sect4 "
    "sect5 section seglistitem segmentedlist set sidebar simplelist simplesect "
    "step stepalternatives subject subjectset substeps synopfragment table "
    "task taskprerequisites taskrelated tasksummary tbody textobject tfoot "
    "tgroup thead tip toc tocdiv topic tr variablelist varlistentry "
    "videoobject warning";

/* What an element is nothing without, where that is not "any child but a
 * title". */
static const struct {
	const char *parent;
	const char *children;
} essentials[] = {
	{ "formalpara", "para" },
	{ "glossentry", "glossdef glosssee" },
	{ "informaltable", "tgroup tbody tr mediaobject" },
	{ "programlistingco", "programlisting" },
	{ "qandaentry", "question answer" },
	{ "refentry", "refsection refsect1" },
	{ "refmeta", "refentrytitle" },
	{ "screenco", "screen" },
	{ "stepalternatives", "step" },
	{ "substeps", "step" },
	{ "table", "tgroup tbody tr mediaobject" },
	{ "tgroup", "tbody" },
	{ "varlistentry", "listitem" },
};

static const char decoration[] =
    "title titleabbrev subtitle info indexterm colspec spanspec remark col "
    "colgroup alt attribution caption label segtitle";

/* Blocks that hold text of their own, so that they are no containers. */
static const char text_blocks[] =
    "address classsynopsis funcsynopsis literallayout programlisting screen "
    "synopsis";

static const char cells[] = "entry entrytbl td th";

/* Containers that stand in a line of text. */
static const char inline_containers[] =
    "author editor footnote group indexterm inlinemediaobject keycombo "
    "menuchoice othercredit personname primaryie synopfragment";

static unsigned
find_facts(const xmlNode *node)
{
	const char *name = (const char *)node->name;
	unsigned facts = 0;

	if (text_is_one_of(name, containers))
		facts |= ELEMENT_CONTAINER | ELEMENT_BLOCK;
	if (text_is_one_of(name, inline_containers))
		facts &= ~(unsigned)ELEMENT_BLOCK;
	if (text_is_one_of(name, text_blocks))
		facts |= ELEMENT_BLOCK;
	if (text_is_one_of(name, cells))
		facts |= ELEMENT_CELL;
	if (text_is_one_of(name, decoration))
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
			return text_is_one_of(name, essentials[i].children);
	return (element_facts(memo, child) & ELEMENT_DECORATION) == 0;
}

bool
element_may_be_empty(const xmlNode *node)
{
	const char *class_name;

	if (!node_is(node, "indexterm"))
		return text_is_one_of((const char *)node->name,
		    "index setindex toc");
	class_name = node_attribute(node, "class");
	return class_name != NULL && strcmp(class_name, "endofrange") == 0;
}

bool
element_is_hollow(const xmlNode *node)
{
	node_each_child(child, node)
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
	const char *name = (const char *)attribute->name;

	for (size_t i = 0; i < COUNT(names); i++)
		if (name[0] == names[i][0] && strcmp(name, names[i]) == 0)
			return true;
	return false;
}
