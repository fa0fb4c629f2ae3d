#include "number.h"

#include <stdlib.h>
#include <string.h>

#include "base/alloc.h"
#include "base/buf.h"
#include "base/text.h"

enum style { ARABIC, ROMAN, LETTER };

/* What is counted, how it looks, and inside what it starts again. */
static const struct {
	const char *name;
	enum style style;
	const char *restarts; /* element */
} counters[] = {
	{ "part", ROMAN, "set" },
	{ "chapter", ARABIC, "book" },
	{ "appendix", LETTER, "book" },
	{ "figure", ARABIC, "book" },
	{ "table", ARABIC, "book" },
	{ "example", ARABIC, "book" },
	{ "equation", ARABIC, "book" },
	{ "footnote", ARABIC, "book" },
};
enum { COUNTERS = sizeof(counters) / sizeof(*counters) };

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

	for (size_t i = 0; i < sizeof(digits) / sizeof(*digits); i++)
		for (; number >= digits[i].value; number -= digits[i].value)
			buf_add_text(&text, digits[i].text);
	return buf_take(&text);
}

static char *
format_number(unsigned number, enum style style)
{
	if (style == ROMAN)
		return format_roman(number);
	if (style == LETTER && number <= 26)
		return mem_format("%c", 'A' + (char)(number - 1));
	return mem_format("%u", number);
}

void
number_view(struct view *view)
{
	unsigned counts[COUNTERS] = { 0 };

	for (xmlNode *node = view->root; node != NULL;
	     node = node_walk(node, view->root, true)) {
		for (size_t i = 0; i < COUNTERS; i++) {
			const char *own;
			char *text;

			if (node_is(node, counters[i].restarts))
				counts[i] = 0;
			if (!node_is(node, counters[i].name))
				continue;
			own = node_attribute(node, "label");
			counts[i]++;
			text = own
			    ? mem_dup(own)
			    : format_number(counts[i], counters[i].style);
			view_set_vade(view, node, "label", text);
			free(text);
		}
	}
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
	struct sort_item *items = NULL;
	size_t count = 0;
	size_t capacity = 0;

	for (xmlNode *node = node_first_element(list); node != NULL;
	     node = node_next_element(node)) {
		xmlNode *term = node_child(node, "glossterm");
		char *words;

		if (!node_is(node, "glossentry"))
			continue;
		words = term ? node_text_dup(term) : mem_dup("");
		items = mem_grow(items, count, &capacity, sizeof(*items));
		items[count++] =
		    (struct sort_item){ node, text_collation_key(words) };
		free(words);
	}
	if (count > 1)
		qsort(items, count, sizeof(*items), compare_items);
	for (size_t i = 0; i < count; i++) {
		xmlUnlinkNode(items[i].node);
		xmlAddChild(list, items[i].node);
		free(items[i].key);
	}
	free(items);
}

void
number_sort_glossaries(struct view *view)
{
	for (xmlNode *node = view->root; node != NULL;
	     node = node_walk(node, view->root, true))
		if (node_is(node, "glossary") || node_is(node, "glossdiv") ||
		    node_is(node, "glosslist"))
			sort_entries(node);
}
