/*
 * Gives back what an element must have and selection took: "None" where a
 * reader would miss something, "Untitled" for the words that name a thing, or
 * another name for the whole (a figure without its title is informal). After
 * copy, before anything reads the view.
 * Invariant: computed from the view alone, so that nothing tells what was
 * taken, or why. No readable word is lost. What only its author could name (a
 * section, a chapter) is left as it is, and found by check/view_validity.
 */
#include "project.h"

#include <stdint.h>

#include "base/alloc.h"
#include "base/list.h"
#include "base/text.h"
#include "model/ui.h"
#include "model/namespaces.h"

/* --- parts that are filled in --- */

/*
 * parent wants one of children ("!x": any that is no head and no x). If there
 * is none, the elements of path, each inside the last, with a word in the
 * innermost, are put before the first of `before`, else at its end; "" stands
 * for whatever is no head.
 */
static const struct part {
	const char *parent;
	const char *children[4];
	const char *path;
	const char *word;
	const char *before[3];
} parts[] = {
	{ "bibliodiv", { "biblioentry", "bibliomixed" }, "bibliomixed", "none",
	    { NULL } },
	{ "bibliography", { "bibliodiv", "biblioentry", "bibliomixed" },
	    "bibliomixed", "none", { NULL } },
	{ "bibliolist", { "biblioentry", "bibliomixed" }, "bibliomixed", "none",
	    { NULL } },
	{ "glossdef", { "!glossseealso" }, "para", "none", { "" } },
	{ "glossdiv", { "glossentry" }, "glossentry glossdef para", "none",
	    { NULL } },
	{ "glossentry", { "glossterm" }, "glossterm", "untitled", { "" } },
	{ "glosslist", { "glossentry" }, "glossentry glossdef para", "none",
	    { NULL } },
	{ "itemizedlist", { "listitem" }, "listitem para", "none", { NULL } },
	{ "orderedlist", { "listitem" }, "listitem para", "none", { NULL } },
	{ "qandadiv", { "qandadiv", "qandaentry" }, "qandaentry question para",
	    "none", { NULL } },
	{ "qandaentry", { "question" }, "question para", "untitled", { "" } },
	{ "qandaset", { "qandadiv", "qandaentry" }, "qandaentry question para",
	    "none", { NULL } },
	{ "refentry", { "refnamediv" }, "refnamediv refname", "untitled",
	    { "refsynopsisdiv", "refsection", "refsect1" } },
	{ "refnamediv", { "refname" }, "refname", "untitled",
	    { "refpurpose" } },
	{ "refnamediv", { "refpurpose" }, "refpurpose", "none",
	    { "refclass" } },
	{ "revision", { "date" }, "date", "untitled",
	    { "author", "revremark", "revdescription" } },
	{ "segmentedlist", { "segtitle" }, "segtitle", "untitled",
	    { "seglistitem" } },
	{ "task", { "procedure" }, "procedure para", "none",
	    { "example", "taskrelated" } },
	{ "variablelist", { "varlistentry" }, "varlistentry listitem para",
	    "none", { NULL } },
	{ "varlistentry", { "term" }, "term", "untitled", { "" } },
};

static bool
is_head(const xmlNode *node)
{
	return node_is(node, "title") || node_is(node, "titleabbrev") ||
	    node_is(node, "subtitle") || node_is(node, "info");
}

/* Is a child one of the names, as `parts` writes them? */
static bool
is_named(const xmlNode *child, const char *const *names, size_t count)
{
	for (size_t i = 0; i < count && names[i] != NULL; i++) {
		if (names[i][0] == '!' || names[i][0] == '\0') {
			if (!is_head(child) &&
			    (names[i][0] == '\0' ||
				!node_is(child, names[i] + 1)))
				return true;
		} else if (node_is(child, names[i])) {
			return true;
		}
	}
	return false;
}

/* NULL if there is none. */
static xmlNode *
find_named(const xmlNode *parent, const char *const *names, size_t count)
{
	xmlNode *child = node_first_element(parent);

	while (child != NULL && !is_named(child, names, count))
		child = node_next_element(child);
	return child;
}

/* The elements of a path, each inside the last, with a word in the innermost.
 * Returns the outermost. */
static xmlNode *
make_path(const struct view *view, const char *path, const char *word)
{
	xmlNode *top = NULL;
	xmlNode *at = NULL;

	token_each(name, path) {
		xmlNode *node = xmlNewDocNode(view->doc, view->docbook,
		    BAD_CAST name, NULL);

		if (at != NULL)
			xmlAddChild(at, node);
		else
			top = node;
		at = node;
	}
	xmlAddChild(at,
	    xmlNewDocText(view->doc, BAD_CAST ui_word(view->lang, word)));
	return top;
}

static void
fill(const struct view *view, xmlNode *parent, const struct part *part)
{
	xmlNode *made = make_path(view, part->path, part->word);
	xmlNode *before = find_named(parent, part->before, 3);

	if (before != NULL)
		xmlAddPrevSibling(before, made);
	else
		xmlAddChild(parent, made);
}

/* --- elements that become others --- */

static void
rename_to(xmlNode *node, const char *name)
{
	xmlNodeSetName(node, BAD_CAST name);
}

/* Without the title that makes it formal. A task has room for examples of
 * one kind only. */
static void
make_informal(const struct view *view, xmlNode *node)
{
	owned char *name = mem_format("informal%s", (const char *)node->name);

	if (node_is(node->parent, "task"))
		xmlAddPrevSibling(node->children,
		    make_path(view, "title", "untitled"));
	else
		rename_to(node, name);
}

/* The paragraph takes the place of what gave it a title. */
static void
dissolve_formalpara(const struct view *view, xmlNode *node)
{
	xmlNode *para = node_child(node, "para");
	xmlAttr *id = xmlHasNsProp(node, BAD_CAST "id", BAD_CAST NS_XML);

	(void)view;
	if (para == NULL)
		return;
	if (id != NULL && node_id(para) == NULL)
		xmlNewNsProp(para,
		    xmlSearchNsByHref(node->doc, node, BAD_CAST NS_XML),
		    BAD_CAST "id", id->children->content);
	xmlUnlinkNode(para);
	xmlReplaceNode(node, para);
	xmlFreeNode(node);
}

/* What introduced chapters that are gone is a chapter itself; with a title of
 * its own it is a section there. */
static void
make_chapter(const struct view *view, xmlNode *node)
{
	xmlNode *intro = node_child(node, "partintro");
	xmlNode *at = intro;

	(void)view;
	rename_to(node, "chapter");
	if (node_title(intro) != NULL) {
		rename_to(intro, "section");
		return;
	}
	while (intro->children != NULL) {
		xmlNode *child = intro->children;

		xmlUnlinkNode(child);
		at = xmlAddNextSibling(at, child);
	}
	xmlUnlinkNode(intro);
	xmlFreeNode(intro);
}

static bool
is_untitled(const xmlNode *node)
{
	/* A table of HTML has a caption instead. */
	return node_title(node) == NULL &&
	    (!node_is(node, "table") || node_child(node, "tgroup") != NULL ||
		node_child(node, "mediaobject") != NULL ||
		node_child(node, "caption") == NULL);
}

static bool
is_intro_alone(const xmlNode *node)
{
	node_each_element(child, node)
		if (!is_head(child) && !node_is(child, "partintro"))
			return false;
	return node_child(node, "partintro") != NULL;
}

static bool
is_without_callout(const xmlNode *node)
{
	return node_child(node, "callout") == NULL;
}

static void
make_sidebar(const struct view *view, xmlNode *node)
{
	(void)view;
	rename_to(node, "sidebar");
}

static bool
is_without_areas(const xmlNode *node)
{
	return node_child(node, "areaspec") == NULL;
}

/* The text without its marks. */
static void
dissolve_marked(const struct view *view, xmlNode *node)
{
	xmlNode *text = node_child(node, "programlisting");

	(void)view;
	if (text == NULL)
		text = node_child(node, "screen");
	if (text == NULL)
		return;
	xmlUnlinkNode(text);
	xmlReplaceNode(node, text);
	xmlFreeNode(node);
}

static void
drop(const struct view *view, xmlNode *node)
{
	(void)view;
	xmlUnlinkNode(node);
	xmlFreeNode(node);
}

/* What may be broken, and what it becomes; `goes` says that the element itself
 * may be no more, and that nothing in it needs mending. */
static const struct change {
	const char *name;
	bool (*is_broken)(const xmlNode *node);
	void (*mend)(const struct view *view, xmlNode *node);
	bool goes;
} changes[] = {
	{ "caption", element_is_hollow, drop, true },
	{ "calloutlist", is_without_callout, make_sidebar, false },
	{ "example", is_untitled, make_informal, false },
	{ "figure", is_untitled, make_informal, false },
	{ "formalpara", is_untitled, dissolve_formalpara, true },
	{ "part", is_intro_alone, make_chapter, false },
	{ "programlistingco", is_without_areas, dissolve_marked, true },
	{ "reference", is_intro_alone, make_chapter, false },
	{ "screenco", is_without_areas, dissolve_marked, true },
	{ "table", is_untitled, make_informal, false },
};

/* --- all --- */

/* The names that the tables speak of, roughly: most elements are told apart by
 * their first letters, and every element is asked about. */
struct names {
	uint64_t bits[4];
};

static unsigned
hash_name(const char *name)
{
	enum { TELLING = 4 };
	unsigned hash = 0;

	for (size_t i = 0; i < TELLING && name[i] != '\0'; i++)
		hash = hash * 7 + (unsigned char)name[i];
	return hash % 256;
}

static void
names_add(struct names *names, const char *name)
{
	unsigned hash = hash_name(name);

	names->bits[hash / 64] |= UINT64_C(1) << hash % 64;
}

static bool
names_may_have(const struct names *names, const char *name)
{
	unsigned hash = hash_name(name);

	return (names->bits[hash / 64] >> hash % 64 & 1) != 0;
}

static const struct change *
find_change(const xmlNode *node)
{
	for (size_t i = 0; i < COUNT(changes); i++)
		if (node_is(node, changes[i].name))
			return changes[i].is_broken(node) ? &changes[i] : NULL;
	return NULL;
}

/* Mends an element; returns the next of the walk, which what was filled in
 * belongs to, for it may want something too. */
static xmlNode *
mend(const struct view *view, xmlNode *node)
{
	const struct change *change = find_change(node);
	xmlNode *next = NULL;

	if (change != NULL && change->goes)
		next = node_walk(node, view->root, false);
	for (size_t i = 0; i < COUNT(parts); i++)
		if (node_is(node, parts[i].parent) &&
		    find_named(node, parts[i].children, 4) == NULL)
			fill(view, node, &parts[i]);
	if (change != NULL)
		change->mend(view, node);
	return change != NULL && change->goes
	    ? next
	    : node_walk(node, view->root, true);
}

void
required_mend(struct view *view)
{
	struct names names = { 0 };
	xmlNode *node = view->root;

	for (size_t i = 0; i < COUNT(parts); i++)
		names_add(&names, parts[i].parent);
	for (size_t i = 0; i < COUNT(changes); i++)
		names_add(&names, changes[i].name);
	while (node != NULL) {
		bool deeper = node->type == XML_ELEMENT_NODE;

		if (deeper)
			table_mend(view, node);
		node =
		    deeper && names_may_have(&names, (const char *)node->name)
		    ? mend(view, node)
		    : node_walk(node, view->root, deeper);
	}
}
