#include "search.h"

#include <stdlib.h>
#include <string.h>

#include "base/embed.h"
#include "base/list.h"
#include "model/ui.h"
#include "model/namespaces.h"

/* A place that can be found. */
struct place_found {
	const char *page;  /* lent */
	const char *id;    /* lent, "" = the page's top */
	bool is_procedure; /* a page of its own */
	struct buf title;  /* all four with white space folded */
	struct buf text;
	struct buf keywords;
	struct buf when; /* of a procedure, its situations */
};

enum { MEMO_ROWS = 64 };

struct search {
	const struct view *view;
	struct {
		const xmlChar *name;
		const xmlNs *ns;
		unsigned facts;
	} memo[MEMO_ROWS];
	struct place_found *places;
	size_t count;
	size_t capacity;
};

/* --- text --- */

/* Between blocks: words on both sides are no phrase, which the audit of a
 * release must not take them for. U+001E is the record separator. */
static void
add_break(struct buf *text)
{
	if (text->size > 0 && text->data[text->size - 1] != '\x1e')
		buf_add_char(text, '\x1e');
}

/* A string of JSON that may also stand inside <script>. */
static void
add_string(struct buf *script, const char *before, const char *words)
{
	static const char *const escapes[128] = { ['"'] = "\\u0022",
		['\\'] = "\\u005c",
		['<'] = "\\u003c",
		['&'] = "\\u0026",
		['\n'] = " ",
		['\r'] = " ",
		['\t'] = " ",
		['\x1e'] = "\\u001e" };

	buf_add_text(script, before);
	buf_add_char(script, '"');
	buf_add_escaped(script, words != NULL ? words : "", "\"\\<&\n\r\t\x1e",
	    escapes);
	buf_add_char(script, '"');
}

/* --- what is found, and what is not --- */

/* What the search knows of DocBook's elements, by name. */
enum {
	SEARCH_PLACE = 1,    /* a place of its own, if it has an id */
	SEARCH_LEFT_OUT = 2, /* not shown as text, or said once already */
	SEARCH_APART = 4,    /* a block: without a break two words become one */
};

static const struct {
	const char *name;
	unsigned facts;
} elements[] = {
	{ "alt", SEARCH_LEFT_OUT },
	{ "biblioentry", SEARCH_PLACE },
	{ "bibliomixed", SEARCH_PLACE },
	{ "entry", SEARCH_APART },
	{ "figure", SEARCH_PLACE },
	{ "footnote", SEARCH_LEFT_OUT },
	{ "footnoteref", SEARCH_LEFT_OUT },
	{ "glossentry", SEARCH_PLACE },
	{ "glossterm", SEARCH_APART },
	{ "indexterm", SEARCH_LEFT_OUT },
	{ "info", SEARCH_LEFT_OUT },
	{ "line", SEARCH_APART },
	{ "listitem", SEARCH_APART },
	{ "member", SEARCH_APART },
	{ "para", SEARCH_APART },
	{ "qandaentry", SEARCH_PLACE },
	{ "remark", SEARCH_LEFT_OUT },
	{ "sect1", SEARCH_PLACE },
	{ "sect2", SEARCH_PLACE },
	{ "sect3", SEARCH_PLACE },
	{ "sect4", SEARCH_PLACE },
	{ "sect5", SEARCH_PLACE },
	{ "section", SEARCH_PLACE },
	{ "simpara", SEARCH_APART },
	{ "step", SEARCH_PLACE | SEARCH_APART },
	{ "table", SEARCH_PLACE },
	{ "td", SEARCH_APART },
	{ "term", SEARCH_APART },
	{ "textobject", SEARCH_LEFT_OUT },
	{ "th", SEARCH_APART },
	{ "title", SEARCH_APART },
	{ "titleabbrev", SEARCH_LEFT_OUT },
};

static unsigned
look_up(const xmlNode *node)
{
	if (node->ns == NULL ||
	    strcmp((const char *)node->ns->href, NS_DOCBOOK) != 0)
		return SEARCH_LEFT_OUT;
	for (size_t i = 0; i < COUNT(elements); i++)
		if (node_is(node, elements[i].name))
			return elements[i].facts;
	return 0;
}

/* By the address of the name, and of the namespace: both are the document's
 * own, and few. */
static unsigned
facts_of(struct search *search, const xmlNode *node)
{
	size_t at = ((uintptr_t)node->name >> 3) % MEMO_ROWS;

	if (search->memo[at].name != node->name ||
	    search->memo[at].ns != node->ns) {
		search->memo[at].name = node->name;
		search->memo[at].ns = node->ns;
		search->memo[at].facts = look_up(node);
	}
	return search->memo[at].facts;
}

static bool
is_place(struct search *search, const xmlNode *node)
{
	return node_vade_attribute(node, "page") != NULL ||
	    ((facts_of(search, node) & SEARCH_PLACE) != 0 &&
		node_id(node) != NULL);
}

/* References have the text that link gave them. */
static void
add_words_below(struct search *search, struct buf *text, const xmlNode *top)
{
	for (const xmlNode *node = node_walk(top, top, true); node != NULL;
	     node = node_walk(node, top,
		 node->type != XML_ELEMENT_NODE ||
		     (facts_of(search, node) & SEARCH_LEFT_OUT) == 0)) {
		const char *given = node->type == XML_ELEMENT_NODE
		    ? node_vade_attribute(node, "text")
		    : NULL;

		if (given != NULL)
			buf_add_folded(text, given);
		if (node->type == XML_TEXT_NODE)
			buf_add_folded(text, (const char *)node->content);
	}
}

static void
add_keywords(struct search *search, struct buf *keywords, const xmlNode *node)
{
	const xmlNode *info = node_child(node, "info");
	const xmlNode *set = info ? node_child(info, "keywordset") : NULL;

	if (set == NULL)
		return;
	for (const xmlNode *word = node_first_element(set); word != NULL;
	     word = node_next_element(word)) {
		buf_add_folded(keywords, " ");
		add_words_below(search, keywords, word);
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

	place = list_add(search->places, search->count, search->capacity);
	*place = (struct place_found){ .page = page,
		.id = node_id(node) ? node_id(node) : "",
		.is_procedure = node_is(node, "task") &&
		    node_vade_attribute(node, "page") != NULL };
	if (label != NULL && node_is(node, "step")) {
		buf_add_folded(&place->title, label);
		buf_add_folded(&place->title, " ");
	}
	if (title == NULL && node_is(node, "glossentry"))
		title = node_child(node, "glossterm");
	if (title != NULL)
		add_words_below(search, &place->title, title);
	else if (heading != NULL)
		buf_add_folded(&place->title, heading);
	add_keywords(search, &place->keywords, node);
	return search->count - 1;
}

/* When a procedure is used counts more than what it says. When it is not used
 * must lead nobody to it: no word of that is found. */
static bool
is_taken(struct search *search, const xmlNode *node, size_t place)
{
	const char *role =
	    node_is(node, "formalpara") ? node_attribute(node, "role") : NULL;
	struct place_found *into = &search->places[place];

	if (role == NULL)
		return false;
	if (strcmp(role, "use-when") == 0 && into->is_procedure) {
		add_break(&into->when);
		for (const xmlNode *child = node_first_element(node);
		     child != NULL; child = node_next_element(child))
			if (!node_is(child, "title"))
				add_words_below(search, &into->when, child);
		return true;
	}
	return strcmp(role, "do-not-use-when") == 0;
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
	if (is_place(search, node)) {
		place = add_place(search, node, page);
		title = node_title(node);
	}
	if (text != NULL)
		buf_add_folded(&search->places[place].text, text);
	for (const xmlNode *child = node->children; child != NULL;
	     child = child->next) {
		struct buf *into = &search->places[place].text;
		unsigned facts;

		if (child->type == XML_TEXT_NODE ||
		    child->type == XML_CDATA_SECTION_NODE)
			buf_add_folded(into, (const char *)child->content);
		if (child->type != XML_ELEMENT_NODE || child == title)
			continue;
		facts = facts_of(search, child);
		if ((facts & SEARCH_LEFT_OUT) != 0 ||
		    is_taken(search, child, place))
			continue;
		if ((facts & SEARCH_APART) != 0)
			add_break(into);
		gather(search, child, page, place);
		if ((facts & SEARCH_APART) != 0)
			add_break(&search->places[place].text);
	}
}

static void
add_script(struct buf *script, const char *name)
{
	const struct embedded *part = embedded_find(name);

	if (part != NULL)
		buf_add(script, part->bytes, part->size);
}

/* The stemmer of the language, if there is one: index and query go through
 * the same function, in the page. */
static void
add_stemmer(const struct view *view, struct buf *script)
{
	char *name = mem_format("stem-%.*s.js", (int)strcspn(view->lang, "-"),
	    view->lang);

	add_script(script, name);
	free(name);
}

/* A row; its empty ends are left out, and its page if it is that of LAST. */
static void
write_place(struct buf *script, struct place_found *place, const char *last)
{
	struct buf *const fields[] = { &place->title, &place->text,
		&place->keywords, &place->when };
	size_t count = COUNT(fields);

	while (
	    !place->is_procedure && count > 0 && fields[count - 1]->size == 0)
		count--;
	buf_add_format(script, "[\"%s\",\"%s\"",
	    strcmp(place->page, last) == 0 ? "" : place->page, place->id);
	for (size_t i = 0; i < COUNT(fields); i++) {
		if (i < count)
			add_string(script, ",", buf_text(fields[i]));
		buf_clear(fields[i]);
	}
	buf_add_char(script, ']');
}

/* What is said when nothing is found: what the first page says too. */
static void
write_help(const struct view *view, struct buf *script)
{
	const xmlNode *list = NULL;
	const xmlNode *call = NULL;
	const char *before = "[";

	for (const xmlNode *node = node_first_element(view->root); node != NULL;
	     node = node_next_element(node)) {
		list = node_is_ours(node, "situations") ? node : list;
		call = node_is_ours(node, "call") && !call ? node : call;
	}
	add_string(script, "{\"ask\":", ui_word(view->lang, "situations"));
	add_string(script,
	    ",\"instead\":", ui_word(view->lang, "search-instead"));
	buf_add_text(script, ",\"pages\":");
	for (const xmlNode *node = list ? node_first_element(list) : NULL;
	     node != NULL; node = node_next_element(node)) {
		add_string(script, before, node_attribute(node, "href"));
		before = ",";
	}
	buf_add_text(script, before[0] == '[' ? "[]" : "]");
	if (call != NULL) {
		add_string(script, ",\"call\":[", node_attribute(call, "tel"));
		add_string(script, ",", node_attribute(call, "number"));
		add_string(script, ",", node_attribute(call, "name"));
		buf_add_char(script, ']');
	}
	buf_add_char(script, '}');
}

static void
write_view(const struct view *view, struct buf *script)
{
	struct search search = { .view = view };
	const char *last = "";

	add_stemmer(view, script);
	/* The root is a page: the first place. */
	gather(&search, view->root, "index.html", 0);
	buf_add_format(script, "vadeIndex(\"%s\",[", view->lang);
	for (size_t i = 0; i < search.count; i++) {
		buf_add_text(script, i > 0 ? ",\n" : "");
		write_place(script, &search.places[i], last);
		last = search.places[i].page;
	}
	buf_add_text(script, "],");
	write_help(view, script);
	buf_add_text(script, ");\n");
	free(search.places);
}

const struct buf *
search_of(struct emit_job *job)
{
	if (job->search.size != 0)
		return &job->search;
	write_view(job->view, &job->search);
	if (job->beside != NULL)
		write_view(job->beside, &job->search);
	add_script(&job->search, "find.js");
	return &job->search;
}
