/*
 * Makes the index of a handbook from A to Z: what authors' index terms say, the
 * glossary's terms where they are used, and the procedures and forms.
 * Invariant: made of the projected tree alone, in the dictionaries' order
 * (text_collation_key).
 */
#include "compose.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/alloc.h"
#include "base/list.h"
#include "base/map.h"
#include "base/text.h"
#include "model/ui.h"
#include "model/namespaces.h"

enum { LEVELS = 3 };

/* One place, or one "see", of an entry. */
struct item {
	char *key; /* sorts; levels parted by the lowest byte */
	char *words[LEVELS];
	size_t levels;
	char letter[8]; /* under which it stands */
	size_t order;
	xmlNode *place; /* NULL */
	char *see;      /* NULL */
	bool also;
};

struct list {
	const struct view *view;
	struct map headwords; /* id of a glossary's entry -> its term */
	struct item *items;
	size_t count;
	size_t capacity;
};

static struct item *
add_item(struct list *list)
{
	size_t order = list->count;
	struct item *item = list_add(list->items, list->count, list->capacity);

	*item = (struct item){ .order = order };
	return item;
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

/* Takes words. sort, which may be NULL, is what they are sorted as. */
static void
add_level_take(struct item *item, char *words, const char *sort)
{
	owned char *own = text_collation_key(sort != NULL ? sort : words);
	char *key = item->key == NULL ? mem_dup(own)
				      : mem_format("%s\x01%s", item->key, own);

	if (item->levels == 0)
		letter_of(sort != NULL ? sort : words, item->letter);
	item->words[item->levels++] = words;
	free(item->key);
	item->key = key;
}

/* --- what there is to list --- */

static void
copy_levels(struct item *item, const xmlNode *term)
{
	static const char *const names[LEVELS] = { "primary", "secondary",
		"tertiary" };

	for (size_t i = 0; i < LEVELS; i++) {
		xmlNode *level = node_child(term, names[i]);

		if (level != NULL)
			add_level_take(item, node_text_dup(level),
			    node_attribute(level, "sortas"));
	}
}

/* An author's term: a place, and what it says to look at. The end of a range
 * says nothing. */
static void
add_term(struct list *list, xmlNode *term)
{
	bool sees = false;

	if (node_child(term, "primary") == NULL)
		return;
	node_each_element(child, term) {
		struct item *item;

		if (!node_is(child, "see") && !node_is(child, "seealso"))
			continue;
		item = add_item(list);
		copy_levels(item, term);
		item->see = node_text_dup(child);
		item->also = node_is(child, "seealso");
		sees |= !item->also;
	}
	if (!sees) {
		struct item *item = add_item(list);

		copy_levels(item, term);
		item->place = term;
	}
}

static void
add_plain(struct list *list, const xmlNode *named, xmlNode *place)
{
	char *words = node_text_dup(named);
	struct item *item;

	if (words[0] == '\0') {
		free(words);
		return;
	}
	item = add_item(list);
	add_level_take(item, words, NULL);
	item->place = place;
}

/* The headword of a glossary's entry, whatever form the text gives it. */
static void
collect_headwords(struct list *list)
{
	const xmlNode *root = list->view->root;

	node_each(node, root) {
		xmlNode *term = node_is(node, "glossentry")
		    ? node_child(node, "glossterm")
		    : NULL;

		if (term != NULL && node_id(node) != NULL)
			map_put_text(&list->headwords, node_id(node), NULL)
			    ->item = term;
	}
}

/* A term of the glossary where it is used. */
static void
add_used(struct list *list, xmlNode *node)
{
	const char *id = node_attribute(node, "linkend");
	const struct map_entry *entry =
	    id == NULL ? NULL : map_get_text(&list->headwords, id);

	if (entry != NULL)
		add_plain(list, entry->item, node);
}

/* Procedures and forms go by their titles too. */
static bool
is_titled(const xmlNode *node)
{
	return (node_is(node, "task") ||
		   node_has_role(node, "section", "form")) &&
	    node_title(node) != NULL;
}

static void
collect(struct list *list)
{
	xmlNode *root = list->view->root;

	collect_headwords(list);
	node_each(node, root) {
		if (node_is(node, "indexterm"))
			add_term(list, node);
		else if (is_titled(node))
			add_plain(list, node_title(node), node);
		else if (node_is(node, "glossterm") ||
		    node_is(node, "firstterm"))
			add_used(list, node);
	}
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

/* The entry at the end of the index that an item belongs to, by levels. */
struct open_entries {
	xmlNode *index;
	xmlNode *letter;
	xmlNode *levels[LEVELS];
	const char *name; /* of the letter */
};

static void
open_level(const struct view *view, struct open_entries *open,
    const struct item *item, size_t level)
{
	if (level == 0 &&
	    (open->letter == NULL || strcmp(item->letter, open->name) != 0)) {
		open->letter = view_add(view, open->index, "letter");
		view_set(open->letter, "name", item->letter);
		open->name = item->letter;
	}
	open->levels[level] = view_add(view,
	    level == 0 ? open->letter : open->levels[level - 1], "entry");
	view_set(open->levels[level], "words", item->words[level]);
}

static void
add_place(const struct view *view, xmlNode *entry, const struct item *item)
{
	char number[24];

	if (item->see != NULL) {
		xmlNodeAddContent(
		    view_add(view, entry, item->also ? "also" : "see"),
		    BAD_CAST item->see);
		return;
	}
	snprintf(number, sizeof(number), "%zu", item->order);
	view_set(view_add(view, entry, "place"), "number", number);
	view_set_vade(view, item->place, "place", number);
}

static void
write_entries(const struct list *list, xmlNode *index)
{
	struct open_entries open = { .index =
					 view_add(list->view, index, "index") };
	const struct item *before = NULL;

	for (size_t i = 0; i < list->count; i++) {
		const struct item *item = &list->items[i];
		size_t level = before == NULL ? 0 : shared_levels(before, item);

		for (; level < item->levels; level++)
			open_level(list->view, &open, item, level);
		add_place(list->view, open.levels[item->levels - 1], item);
		before = item;
	}
}

/* --- where it stands --- */

static bool
is_empty_index(const xmlNode *node)
{
	return (node_is(node, "index") || node_is(node, "setindex")) &&
	    node_child(node, "indexentry") == NULL &&
	    node_child(node, "indexdiv") == NULL;
}

static xmlNode *
make_index(const struct view *view)
{
	xmlNode *parent = view->root;
	xmlNode *index;
	xmlNode *title;

	for (xmlNode *node = parent; node_is(parent, "set"); node = parent) {
		node_each_element(child, node)
			if (node_is(child, "book") || node_is(child, "set"))
				parent = child;
		if (parent == node)
			return NULL;
	}
	if (!node_is(parent, "book") && !node_is(parent, "article") &&
	    !node_is(parent, "part"))
		return NULL;
	index = xmlNewChild(parent, view->docbook, BAD_CAST "index", NULL);
	xmlNewNsProp(index,
	    xmlSearchNsByHref(view->doc, index, BAD_CAST NS_XML), BAD_CAST "id",
	    BAD_CAST TERM_INDEX_ID);
	title = xmlNewChild(index, view->docbook, BAD_CAST "title", NULL);
	xmlNodeAddContent(title, BAD_CAST ui_word(view->lang, "index-title"));
	return index;
}

static xmlNode *
find_index(const struct view *view)
{
	node_each(node, view->root)
		if (is_empty_index(node))
			return node;
	return make_index(view);
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
	map_clear(&list->headwords);
}

void
term_index_add(struct view *view)
{
	struct list list = { .view = view };
	xmlNode *index;

	if (view->root == NULL)
		return;
	collect(&list);
	index = list.count > 0 ? find_index(view) : NULL;
	if (index != NULL) {
		qsort(list.items, list.count, sizeof(*list.items),
		    compare_items);
		write_entries(&list, index);
	}
	clear_list(&list);
}

/* --- its links --- */

/* Where a place of the text is. */
struct spot {
	const xmlNode *page;
	const char *id; /* of a part of the page; NULL */
};

struct spots {
	struct spot *spots; /* by number */
	size_t count;
	size_t capacity;
};

/* The nearest step or section that a link can lead to. */
static struct spot
spot_of(const xmlNode *node)
{
	struct spot spot = { .page = node };

	while (spot.page != NULL && spot.page->type == XML_ELEMENT_NODE &&
	    node_vade_attribute(spot.page, "page") == NULL) {
		if (spot.id == NULL &&
		    (node_is(spot.page, "step") ||
			node_is(spot.page, "section")))
			spot.id = node_id(spot.page);
		spot.page = spot.page->parent;
	}
	if (spot.page != NULL && spot.page->type != XML_ELEMENT_NODE)
		spot.page = NULL;
	return spot;
}

static void
collect_spots(struct spots *spots, const struct view *view)
{
	node_each(node, view->root) {
		const char *value = node_vade_attribute(node, "place");
		size_t number = value ? strtoul(value, NULL, 10) : 0;

		if (value == NULL)
			continue;
		while (spots->count <= number) {
			*list_add(spots->spots, spots->count, spots->capacity) =
			    (struct spot){ 0 };
		}
		if (spots->spots[number].page == NULL)
			spots->spots[number] = spot_of(node);
	}
}

/* "EDU-O-01", "0.2 Rights and limits of powers". The caller frees. */
static char *
page_text(const xmlNode *page)
{
	const char *heading = node_vade_attribute(page, "heading");
	const char *label = node_vade_attribute(page, "label");

	if ((node_is(page, "task") || node_is(page, "section")) &&
	    node_id(page) != NULL)
		return mem_dup(node_id(page));
	return label != NULL ? mem_format("%s %s", label, heading)
			     : mem_dup(heading);
}

static void
link_place(const struct spot *spot, xmlNode *place, const struct spot *before)
{
	owned char *href =
	    mem_format("%s%s%s", node_vade_attribute(spot->page, "page"),
		spot->id ? "#" : "", spot->id ? spot->id : "");
	owned char *text = page_text(spot->page);

	view_set(place, "href", href);
	view_set(place, "text", text);
	if (before != NULL && before->page == spot->page)
		view_set(place, "again", "yes");
}

/* Depth is that of entries: LEVELS and two. */
static void
link_below(const struct spots *spots, xmlNode *parent)
{
	const struct spot *before = NULL;
	xmlNode *next;

	for (xmlNode *node = parent->children; node != NULL; node = next) {
		const char *value = node_attribute(node, "number");
		size_t number = value ? strtoul(value, NULL, 10) : 0;

		next = node->next;
		if (value == NULL) {
			link_below(spots, node);
			continue;
		}
		if (number >= spots->count ||
		    spots->spots[number].page == NULL) {
			xmlUnlinkNode(node);
			xmlFreeNode(node);
			continue;
		}
		link_place(&spots->spots[number], node, before);
		before = &spots->spots[number];
	}
}

void
term_index_link(struct view *view)
{
	struct spots spots = { 0 };

	if (view->root == NULL)
		return;
	collect_spots(&spots, view);
	node_each(node, view->root)
		for (xmlNode *child = is_empty_index(node) ? node->children
							   : NULL;
		     child != NULL; child = child->next)
			if (child->type == XML_ELEMENT_NODE &&
			    strcmp((const char *)child->name, "index") == 0)
				link_below(&spots, child);
	free(spots.spots);
}
