/*
 * Numbers a view in one linear pass: parts, chapters, appendices, figures,
 * tables, examples and equations (by chapter), footnotes, questions, items of
 * lists, callouts. Sorted lists (glossary) too.
 * Invariant: they depend on the projected tree alone. Step labels are not made
 * here: they are the same in every handbook (select/step_labels).
 */
#include "link.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/alloc.h"
#include "base/buf.h"
#include "base/list.h"
#include "base/text.h"

/* What is counted, how it looks, and inside what it starts again. */
static const struct counter {
	const char *name;
	enum number_style style;
	const char *restarts; /* element */
	bool by_chapter;      /* "2.1": also starts again in each */
} counters[] = {
	{ "part", NUMBER_UPPER_ROMAN, "set", false },
	{ "chapter", NUMBER_ARABIC, "book", false },
	{ "appendix", NUMBER_UPPER_LETTER, "book", false },
	{ "figure", NUMBER_ARABIC, "book", true },
	{ "table", NUMBER_ARABIC, "book", true },
	{ "example", NUMBER_ARABIC, "book", true },
	{ "equation", NUMBER_ARABIC, "book", true },
	{ "footnote", NUMBER_ARABIC, "book", false },
	{ "question", NUMBER_ARABIC, "qandaset", false },
};
enum { COUNTERS = COUNT(counters) };

static char *
format_roman(unsigned number)
{
	static const struct {
		unsigned value;
		const char *text;
	} digits[] = { { 1000, "M" }, { 900, "CM" }, { 500, "D" },
		{ 400, "CD" }, { 100, "C" }, { 90, "XC" }, { 50, "L" },
		{ 40, "XL" }, { 10, "X" }, { 9, "IX" }, { 5, "V" }, { 4, "IV" },
		{ 1, "I" } };
	struct buf text = { 0 };

	for (size_t i = 0; i < COUNT(digits); i++)
		for (; number >= digits[i].value; number -= digits[i].value)
			buf_add_text(&text, digits[i].text);
	return buf_take(&text);
}

/* a … z, aa, ab … */
static char *
format_letters(unsigned number)
{
	char text[16];
	size_t at = sizeof(text);

	text[--at] = '\0';
	for (; number > 0 && at > 0; number = (number - 1) / 26)
		text[--at] = (char)('A' + (number - 1) % 26);
	return mem_dup(text + at);
}

char *
number_format(unsigned number, enum number_style style)
{
	char *text;

	if (style == NUMBER_ARABIC || number == 0 || number > 3999)
		return mem_format("%u", number);
	text = style == NUMBER_LOWER_LETTER || style == NUMBER_UPPER_LETTER
	    ? format_letters(number)
	    : format_roman(number);
	if (style == NUMBER_LOWER_LETTER || style == NUMBER_LOWER_ROMAN)
		text_to_lower(text);
	return text;
}

/* --- what is counted through the book --- */

struct counts {
	unsigned now[COUNTERS];
	const xmlNode *chapter; /* or appendix that is open; NULL if none */
};

static bool
is_chapter(const xmlNode *node)
{
	return node_is(node, "chapter") || node_is(node, "appendix");
}

static bool
is_inside(const xmlNode *node, const xmlNode *ancestor)
{
	while (node != NULL && node != ancestor)
		node = node->parent;
	return node != NULL;
}

/* Counters of chapters begin with each; what follows the last chapter, an
 * index or a colophon, is in none. */
static void
open_chapter(struct counts *counts, const xmlNode *node)
{
	if (!is_chapter(node))
		return;
	counts->chapter = node;
	for (size_t i = 0; i < COUNTERS; i++)
		if (counters[i].by_chapter)
			counts->now[i] = 0;
}

static void
count_node(struct view *view, struct counts *counts, size_t i, xmlNode *node)
{
	const char *own = node_attribute(node, "label");
	const char *chapter = NULL;

	if (node_is(node, "question") && node_child(node, "label") != NULL)
		return;
	if (counters[i].by_chapter && counts->chapter != NULL &&
	    is_inside(node, counts->chapter))
		chapter = node_vade_attribute(counts->chapter, "label");
	counts->now[i]++;
	owned char *number = number_format(counts->now[i], counters[i].style);
	owned char *text = own      ? mem_dup(own)
	    : chapter && chapter[0] ? mem_format("%s.%s", chapter, number)
				    : mem_dup(number);

	view_set_vade(view, node, "label", text);
}

static void
count_all(struct view *view)
{
	struct counts counts = { 0 };

	node_each(node, view->root) {
		for (size_t i = 0; i < COUNTERS; i++) {
			if (node_is(node, counters[i].restarts))
				counts.now[i] = 0;
			if (node_is(node, counters[i].name))
				count_node(view, &counts, i, node);
		}
		open_chapter(&counts, node);
	}
}

/* --- items of lists --- */

enum { MOST_DEPTH = 32 };

/* The last number given at each depth, for a list that continues one. */
struct lists {
	unsigned last[MOST_DEPTH];
	size_t depth;
};

static enum number_style
list_style(const xmlNode *list, size_t depth)
{
	static const char *const names[] = { "arabic", "loweralpha",
		"upperalpha", "lowerroman", "upperroman" };
	/* Of a list that shows the number above its own, as docbook-xsl. */
	static const enum number_style nested[] = { NUMBER_ARABIC,
		NUMBER_LOWER_LETTER, NUMBER_LOWER_ROMAN, NUMBER_UPPER_LETTER,
		NUMBER_UPPER_ROMAN };
	const char *own = node_attribute(list, "numeration");
	const char *inherit = node_attribute(list, "inheritnum");

	for (size_t i = 0; own != NULL && i < 5; i++)
		if (strcmp(own, names[i]) == 0)
			return (enum number_style)i;
	return inherit != NULL && strcmp(inherit, "inherit") == 0
	    ? nested[depth % 5]
	    : NUMBER_ARABIC;
}

static unsigned
list_start(const struct lists *lists, const xmlNode *list)
{
	const char *own = node_attribute(list, "startingnumber");
	const char *continues = node_attribute(list, "continuation");
	unsigned long number = own != NULL ? strtoul(own, NULL, 10) : 1;

	if (own == NULL && continues != NULL &&
	    strcmp(continues, "continues") == 0 && lists->depth < MOST_DEPTH)
		number = lists->last[lists->depth] + 1UL;
	return number < 1000000 ? (unsigned)number : 1;
}

/* "1.a": what the item that the list stands in is called, if it is asked. */
static const char *
inherited_label(const xmlNode *list)
{
	const char *inherit = node_attribute(list, "inheritnum");
	const xmlNode *up = list->parent;

	if (inherit == NULL || strcmp(inherit, "inherit") != 0)
		return NULL;
	while (up != NULL && !node_is(up, "listitem"))
		up = up->parent;
	return up != NULL && node_is(up->parent, "orderedlist")
	    ? node_vade_attribute(up, "label")
	    : NULL;
}

static void
number_item(struct view *view, xmlNode *item, unsigned number,
    enum number_style style, const char *above)
{
	owned char *own = number_format(number, style);
	owned char *label =
	    above != NULL ? mem_format("%s.%s", above, own) : mem_dup(own);

	view_set_vade(view, item, "label", label);
	if (above != NULL)
		view_set_vade(view, item, "number", label);
}

static void
number_lists(struct view *view, struct lists *lists, xmlNode *parent);

static void
number_list(struct view *view, struct lists *lists, xmlNode *list)
{
	unsigned number = list_start(lists, list);
	enum number_style style = list_style(list, lists->depth);
	const char *above = inherited_label(list);
	size_t depth = lists->depth++;
	char text[16];

	snprintf(text, sizeof(text), "%u", number);
	if (number != 1)
		view_set_vade(view, list, "start", text);
	if (depth + 1 < MOST_DEPTH)
		lists->last[depth + 1] = 0;
	node_each_element(item, list) {
		if (node_is(item, "listitem"))
			number_item(view, item, number++, style, above);
		number_lists(view, lists, item);
	}
	lists->depth = depth;
	if (depth < MOST_DEPTH)
		lists->last[depth] = number - 1;
}

static void
number_lists(struct view *view, struct lists *lists, xmlNode *parent)
{
	xmlNode *node = parent;
	bool deeper = true;

	while ((node = node_walk(node, parent, deeper)) != NULL) {
		deeper = !node_is(node, "orderedlist");
		if (!deeper)
			number_list(view, lists, node);
	}
}

/* --- callouts --- */

static bool
begins_callouts(const xmlNode *node)
{
	static const char *const names[] = { "areaspec", "literallayout",
		"programlisting", "screen", "synopsis", NULL };

	return node->type == XML_ELEMENT_NODE && node_is_one_of(node, names);
}

/* Marks are counted in each listing; areas of a set share the set's. */
static void
number_callouts(struct view *view)
{
	unsigned count = 0;
	char text[16];

	node_each(node, view->root) {
		if (begins_callouts(node))
			count = 0;
		if (!node_is(node, "co") && !node_is(node, "area") &&
		    !node_is(node, "areaset"))
			continue;
		if (!node_is(node->parent, "areaset"))
			count++;
		snprintf(text, sizeof(text), "%u", count);
		view_set_vade(view, node, "label", text);
	}
}

void
number_view(struct view *view)
{
	struct lists lists = { 0 };

	if (view->root == NULL)
		return;
	count_all(view);
	number_lists(view, &lists, view->root);
	number_callouts(view);
}

struct sort_item {
	xmlNode *node;
	char *key;
};

static int
compare_items(const void *left, const void *right)
{
	const struct sort_item *a = left;
	const struct sort_item *b = right;

	return strcmp(a->key, b->key);
}

static void
sort_entries(xmlNode *list)
{
	owned struct sort_item *items = NULL;
	size_t count = 0;
	size_t capacity = 0;

	node_each_element(node, list) {
		xmlNode *term = node_child(node, "glossterm");

		if (!node_is(node, "glossentry"))
			continue;
		owned char *words = term ? node_text_dup(term) : mem_dup("");

		*list_add(items, count, capacity) =
		    (struct sort_item){ node, text_collation_key(words) };
	}
	if (count > 1)
		qsort(items, count, sizeof(*items), compare_items);
	for (size_t i = 0; i < count; i++) {
		xmlUnlinkNode(items[i].node);
		xmlAddChild(list, items[i].node);
		free(items[i].key);
	}
}

void
number_sort_glossaries(struct view *view)
{
	node_each(node, view->root)
		if (node_is(node, "glossary") || node_is(node, "glossdiv") ||
		    node_is(node, "glosslist"))
			sort_entries(node);
}
