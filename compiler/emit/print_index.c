/*
 * The index of a printed handbook.
 */
#include "print.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/alloc.h"
#include "base/buf.h"
#include "base/text.h"

enum { LEVELS = 3 };

/* One place, or one "see", of an entry. */
struct item {
	char *key; /* sorts; levels parted by the lowest byte */
	char *words[LEVELS];
	size_t levels;
	size_t order;
	const char *place; /* key of an element; NULL */
	char *see;         /* NULL */
	bool also;
};

struct list {
	struct item *items;
	size_t count;
	size_t capacity;
};

static char *
words_of(const xmlNode *node)
{
	xmlChar *text = xmlNodeGetContent(node);
	struct buf words = { 0 };
	const char *at = (const char *)text;

	while (*(at += strspn(at, " \t\r\n")) != '\0') {
		size_t len = strcspn(at, " \t\r\n");

		if (words.size > 0)
			buf_add_char(&words, ' ');
		buf_add(&words, at, len);
		at += len;
	}
	xmlFree(text);
	return buf_take(&words);
}

static struct item *
add_item(struct list *list)
{
	struct item *item;

	list->items = mem_grow(list->items, list->count, &list->capacity,
	    sizeof(*list->items));
	item = &list->items[list->count];
	*item = (struct item){ .order = list->count++ };
	return item;
}

/* Takes words. sort may be NULL. */
static void
add_level_take(struct item *item, char *words, const char *sort)
{
	char *own = text_collation_key(sort != NULL ? sort : words);
	char *key = item->key == NULL ? mem_dup(own)
				      : mem_format("%s\x01%s", item->key, own);

	item->words[item->levels++] = words;
	free(own);
	free(item->key);
	item->key = key;
}

/* --- what there is to list --- */

static void
copy_levels(struct item *item, const xmlNode *term)
{
	for (const xmlNode *child = term->children;
	     child != NULL && item->levels < LEVELS; child = child->next)
		if (print_is(child, "t"))
			add_level_take(item, words_of(child),
			    print_get(child, "sort"));
}

/* An author's term: a place, and what it says to look at. */
static void
add_term(struct list *list, xmlNode *term, size_t *keys)
{
	bool sees = false;

	for (const xmlNode *child = term->children; child != NULL;
	     child = child->next) {
		struct item *item;

		if (!print_is(child, "see") && !print_is(child, "also"))
			continue;
		item = add_item(list);
		copy_levels(item, term);
		item->see = words_of(child);
		item->also = print_is(child, "also");
		sees |= !item->also;
	}
	if (!sees) {
		struct item *item = add_item(list);

		copy_levels(item, term);
		item->place = print_key(term, keys);
	}
}

static void
add_plain(struct list *list, const xmlNode *named, xmlNode *place, size_t *keys)
{
	char *words = words_of(named);
	struct item *item;

	if (words[0] == '\0') {
		free(words);
		return;
	}
	item = add_item(list);
	add_level_take(item, words, NULL);
	item->place = print_key(place, keys);
}

static bool
has_class(const xmlNode *node, const char *class)
{
	const char *value = print_get(node, "class");

	return value != NULL && strcmp(value, class) == 0;
}

/* The headword of a glossary's entry, whatever form the text gives it. */
static void
collect_headwords(xmlNode *root, xmlNode **of_key, size_t count)
{
	for (xmlNode *node = root; node != NULL;
	     node = print_walk(node, root)) {
		const char *key =
		    print_is(node, "dl") && has_class(node, "glossentry")
		    ? print_get(node, "k")
		    : NULL;
		size_t number = key == NULL ? 0 : strtoul(key + 1, NULL, 10);

		if (number > 0 && number <= count)
			of_key[number] = node->children;
	}
}

static void
add_procedure(struct list *list, xmlNode *page, size_t *keys)
{
	for (const xmlNode *child = page->children; child != NULL;
	     child = child->next)
		if (print_is(child, "h")) {
			add_plain(list, child, page, keys);
			return;
		}
}

static void
collect(struct list *list, xmlNode *root, size_t *keys)
{
	size_t count = *keys;
	xmlNode **headwords = mem_array(count + 1, sizeof(*headwords));

	collect_headwords(root, headwords, count);
	for (xmlNode *node = root; node != NULL;
	     node = print_walk(node, root)) {
		const char *to;
		size_t number;

		if (print_is(node, "term"))
			add_term(list, node, keys);
		else if (print_is(node, "page") &&
		    strcmp(print_get(node, "kind"), "task") == 0)
			add_procedure(list, node, keys);
		if (!print_is(node, "a") || !has_class(node, "term"))
			continue;
		to = print_get(node, "to");
		number = to == NULL ? 0 : strtoul(to + 1, NULL, 10);
		if (number > 0 && number <= count && headwords[number] != NULL)
			add_plain(list, headwords[number], node, keys);
	}
	free(headwords);
}

/* --- the entries --- */

static int
compare_items(const void *left, const void *right)
{
	const struct item *a = left;
	const struct item *b = right;
	int order = strcmp(a->key, b->key);

	if (order != 0)
		return order;
	return a->order < b->order ? -1 : 1;
}

static size_t
shared_levels(const struct item *a, const struct item *b)
{
	size_t same = 0;

	while (same < a->levels && same < b->levels &&
	    strcmp(a->words[same], b->words[same]) == 0)
		same++;
	return same;
}

/* The letter under which an entry stands: "#" for what is none. */
static void
letter_of(const char *words, char letter[8])
{
	uint32_t c;
	size_t len = text_decode(words, strlen(words), &c);
	char base = text_base_letter(c);

	if (c == 0xf1 || c == 0xd1)
		strcpy(letter, "\xc3\x91");
	else if (base != 0)
		snprintf(letter, 8, "%c", base - 'a' + 'A');
	else if (c < 0x80 && c >= 'a' && c <= 'z')
		snprintf(letter, 8, "%c", (char)(c - 'a' + 'A'));
	else if ((c < 0x80 && c >= 'A' && c <= 'Z') || c > 0x17f)
		snprintf(letter, 8, "%.*s", (int)len, words);
	else
		strcpy(letter, "#");
}

static xmlNode *
add_entry(xmlNode *index, const struct item *item, size_t level, char last[8])
{
	xmlNode *entry = xmlNewChild(index, NULL, BAD_CAST "e", NULL);
	char *text = mem_format("%zu", level);
	char letter[8];

	letter_of(item->words[0], letter);
	xmlNewProp(entry, BAD_CAST "level", BAD_CAST text);
	xmlNewProp(entry, BAD_CAST "words", BAD_CAST item->words[level]);
	if (level == 0 && strcmp(letter, last) != 0) {
		xmlNewProp(entry, BAD_CAST "letter", BAD_CAST letter);
		strcpy(last, letter);
	}
	free(text);
	return entry;
}

static void
write_entries(const struct list *list, xmlNode *index)
{
	const struct item *before = NULL;
	xmlNode *entry = NULL;
	char letter[8] = "";

	for (size_t i = 0; i < list->count; i++) {
		const struct item *item = &list->items[i];
		size_t level = before == NULL ? 0 : shared_levels(before, item);
		xmlNode *place;

		if (level < item->levels || before->levels > item->levels)
			for (level = level < item->levels ? level
							  : item->levels - 1;
			     level < item->levels; level++)
				entry = add_entry(index, item, level, letter);
		place = xmlNewChild(entry, NULL,
		    BAD_CAST(item->see == NULL ? "r"
			    : item->also       ? "also"
					       : "see"),
		    NULL);
		if (item->see != NULL)
			xmlNodeAddContent(place, BAD_CAST item->see);
		else
			xmlNewProp(place, BAD_CAST "to", BAD_CAST item->place);
		before = item;
	}
}

static xmlNode *
find_index(xmlNode *root)
{
	for (xmlNode *node = root; node != NULL; node = print_walk(node, root))
		if (print_is(node, "index"))
			return node;
	return xmlNewChild(root, NULL, BAD_CAST "index", NULL);
}

static void
clear_list(struct list *list)
{
	for (size_t i = 0; i < list->count; i++) {
		for (size_t j = 0; j < list->items[i].levels; j++)
			free(list->items[i].words[j]);
		free(list->items[i].key);
		free(list->items[i].see);
	}
	free(list->items);
}

void
print_index(xmlDoc *doc, size_t *keys)
{
	xmlNode *root = xmlDocGetRootElement(doc);
	struct list list = { 0 };

	collect(&list, root, keys);
	if (list.count > 1)
		qsort(list.items, list.count, sizeof(*list.items),
		    compare_items);
	if (list.count > 0)
		write_entries(&list, find_index(root));
	clear_list(&list);
}
