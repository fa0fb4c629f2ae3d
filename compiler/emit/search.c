#include "search.h"

#include <stdlib.h>
#include <string.h>

#include "base/alloc.h"
#include "model/words.h"

/* A place that can be found. */
struct place_found {
	const char *page; /* lent */
	const char *id;   /* lent, "" = the page's top */
	struct buf title; /* all three as JSON, without quotes */
	struct buf text;
	struct buf keywords;
};

struct search {
	const struct view *view;
	struct place_found *places;
	size_t count;
	size_t capacity;
};

/* --- text --- */

/* What JSON and HTML do not take as it is in a string of a script. */
static bool
is_special(unsigned char c)
{
	return c < ' ' || c == '"' || c == '\\' || c == '<' || c == '&';
}

/* White space becomes one blank; none at the start. */
static void
add_blank(struct buf *text)
{
	if (text->size > 0 && text->data[text->size - 1] != ' ')
		buf_add_char(text, ' ');
}

/* Between blocks: words on both sides are no phrase, which the audit of a
 * release must not take them for. U+001E is the record separator. */
static void
add_break(struct buf *text)
{
	static const char separator[] = "\\u001e";
	size_t len = sizeof(separator) - 1;

	if (text->size > 0 &&
	    (text->size < len ||
		memcmp(text->data + text->size - len, separator, len) != 0))
		buf_add(text, separator, len);
}

static void
add_text(struct buf *text, const char *words)
{
	while (*words != '\0') {
		size_t len = 0;

		while (words[len] != '\0' && words[len] != ' ' &&
		    !is_special((unsigned char)words[len]))
			len++;
		buf_add(text, words, len);
		words += len;
		if (*words == '\0')
			return;
		if (*words == ' ' || *words == '\n' || *words == '\t' ||
		    *words == '\r')
			add_blank(text);
		else
			buf_add_format(text, "\\u%04x",
			    (unsigned)(unsigned char)*words);
		words++;
	}
}

/* --- what is found, and what is not --- */

/* Places of their own, if they have an id. */
static bool
is_place(const xmlNode *node)
{
	static const char *const names[] = { "biblioentry", "bibliomixed",
		"glossentry", "qandaentry", "sect1", "sect2", "sect3", "sect4",
		"sect5", "section", "step", "table", "figure" };

	if (node_vade_attribute(node, "page") != NULL)
		return true;
	for (size_t i = 0; i < sizeof(names) / sizeof(*names); i++)
		if (node_is(node, names[i]))
			return node_id(node) != NULL;
	return false;
}

/* Not shown as text where it stands, or said once already. */
static bool
is_left_out(const xmlNode *node)
{
	static const char *const names[] = { "alt", "footnoteref", "indexterm",
		"info", "remark", "textobject", "titleabbrev" };

	if (node->ns == NULL ||
	    strcmp((const char *)node->ns->href, NS_DOCBOOK) != 0)
		return true;
	for (size_t i = 0; i < sizeof(names) / sizeof(*names); i++)
		if (node_is(node, names[i]))
			return true;
	return false;
}

static void
add_words_below(struct buf *text, const xmlNode *top)
{
	for (const xmlNode *node = node_walk(top, top, true); node != NULL;
	     node = node_walk(node, top,
		 node->type != XML_ELEMENT_NODE || !is_left_out(node)))
		if (node->type == XML_TEXT_NODE)
			add_text(text, (const char *)node->content);
}

static void
add_keywords(struct buf *keywords, const xmlNode *node)
{
	const xmlNode *info = node_child(node, "info");
	const xmlNode *set = info ? node_child(info, "keywordset") : NULL;

	if (set == NULL)
		return;
	for (const xmlNode *word = node_first_element(set); word != NULL;
	     word = node_next_element(word)) {
		add_blank(keywords);
		add_words_below(keywords, word);
	}
}

/* Returns its number: places move as they grow in number. */
static size_t
add_place(struct search *search, const xmlNode *node, const char *page)
{
	const xmlNode *title = node_title(node);
	const char *label = node_vade_attribute(node, "label");
	const char *heading = node_vade_attribute(node, "heading");
	struct place_found *place;

	search->places = mem_grow(search->places, search->count,
	    &search->capacity, sizeof(*search->places));
	place = &search->places[search->count++];
	*place = (struct place_found){ .page = page,
		.id = node_id(node) ? node_id(node) : "" };
	if (label != NULL && node_is(node, "step")) {
		add_text(&place->title, label);
		add_blank(&place->title);
	}
	if (title == NULL && node_is(node, "glossentry"))
		title = node_child(node, "glossterm");
	if (title != NULL)
		add_words_below(&place->title, title);
	else if (heading != NULL)
		add_text(&place->title, heading);
	add_keywords(&place->keywords, node);
	return search->count - 1;
}

/* Blocks: without a break two words would become one. */
static bool
is_apart(const xmlNode *node)
{
	static const char *const names[] = { "para", "simpara", "title", "term",
		"listitem", "entry", "td", "th", "step", "member", "glossterm",
		"line" };

	for (size_t i = 0; i < sizeof(names) / sizeof(*names); i++)
		if (node_is(node, names[i]))
			return true;
	return false;
}

/* Depth is bounded by the depth of the sources. */
static void
gather(struct search *search, const xmlNode *node, const char *page,
    size_t place)
{
	const char *own = node_vade_attribute(node, "page");
	const char *text = node_vade_attribute(node, "text");
	const xmlNode *title = NULL;

	page = own != NULL ? own : page;
	if (is_place(node)) {
		place = add_place(search, node, page);
		title = node_title(node);
	}
	if (text != NULL)
		add_text(&search->places[place].text, text);
	for (const xmlNode *child = node->children; child != NULL;
	     child = child->next) {
		struct buf *into = &search->places[place].text;

		if (child->type == XML_TEXT_NODE ||
		    child->type == XML_CDATA_SECTION_NODE)
			add_text(into, (const char *)child->content);
		if (child->type != XML_ELEMENT_NODE || child == title ||
		    is_left_out(child))
			continue;
		if (is_apart(child))
			add_break(into);
		gather(search, child, page, place);
		if (is_apart(child))
			add_break(&search->places[place].text);
	}
}

void
search_write(const struct view *view, struct buf *script)
{
	struct search search = { .view = view };

	/* The root is a page: the first place. */
	gather(&search, view->root, "index.html", 0);
	buf_add_format(script, "vadeIndex(\"%s\",[", view->lang);
	for (size_t i = 0; i < search.count; i++) {
		struct place_found *place = &search.places[i];

		buf_add_format(script, "%s[\"%s\",\"%s\",\"%s\",\"",
		    i > 0 ? ",\n" : "", place->page, place->id,
		    buf_text(&place->title));
		buf_add(script, buf_text(&place->text), place->text.size);
		buf_add_format(script, "\",\"%s\"]",
		    buf_text(&place->keywords));
		buf_clear(&place->title);
		buf_clear(&place->text);
		buf_clear(&place->keywords);
	}
	buf_add_text(script, "]);\n");
	free(search.places);
}
