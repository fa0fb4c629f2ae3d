#include "pages.h"

#include <stdlib.h>
#include <string.h>
#include <strings.h>

#include "base/alloc.h"
#include "base/list.h"
#include "base/map.h"
#include "base/text.h"
#include "link/reference_text.h"

/* By type, never by size (DESIGN section 8). */
static const struct {
	const char *name;
	const char *role; /* NULL = any */
} kinds[] = {
	{ "acknowledgements", NULL },
	{ "appendix", NULL },
	{ "article", NULL },
	{ "bibliography", NULL },
	{ "book", NULL },
	{ "chapter", NULL },
	{ "colophon", NULL },
	{ "dedication", NULL },
	{ "glossary", NULL },
	{ "index", NULL },
	{ "part", NULL },
	{ "preface", NULL },
	{ "refentry", NULL },
	{ "reference", NULL },
	{ "section", "form" },
	{ "section", "guideline" },
	{ "set", NULL },
	{ "task", NULL },
	{ "topic", NULL },
};

/* The second letters of those names, by their first: every walk asks this of
 * every node, and two letters tell nearly all elements apart. */
#define SECOND(letter) (1u << ((letter) - 'a'))
static const uint32_t second_letters['z' - 'a' + 1] = {
	['a' - 'a'] = SECOND('c') | SECOND('p') | SECOND('r'),
	['b' - 'a'] = SECOND('i') | SECOND('o'),
	['c' - 'a'] = SECOND('h') | SECOND('o'),
	['d' - 'a'] = SECOND('e'),
	['g' - 'a'] = SECOND('l'),
	['i' - 'a'] = SECOND('n'),
	['p' - 'a'] = SECOND('a') | SECOND('r'),
	['r' - 'a'] = SECOND('e'),
	['s' - 'a'] = SECOND('e'),
	['t' - 'a'] = SECOND('a') | SECOND('o'),
};

static bool
may_be_page(const xmlNode *node)
{
	unsigned first = (unsigned)node->name[0] - 'a';
	unsigned second = (unsigned)node->name[1] - 'a';

	return first <= 'z' - 'a' && second <= 'z' - 'a' &&
	    (second_letters[first] & (1u << second)) != 0;
}

bool
pages_is_page(const xmlNode *node)
{
	if (node->type != XML_ELEMENT_NODE || !may_be_page(node))
		return false;
	for (size_t i = 0; i < COUNT(kinds); i++) {
		if (!node_is(node, kinds[i].name))
			continue;
		if (kinds[i].role == NULL)
			return node_vade_attribute(node, "inline") == NULL;
		if (node_has_role(node, kinds[i].name, kinds[i].role))
			return true;
	}
	return false;
}

static bool
is_running_text(const xmlNode *node)
{
	return node_is(node, NULL) && !pages_is_page(node) &&
	    !node_is(node, "section") && !node_is(node, "sect1") &&
	    !node_is(node, "simplesect") && !node_is(node, "info") &&
	    !node_is(node, "title");
}

void
pages_keep_inline(struct view *view)
{
	if (!view->edition->project->is_lone || view->root == NULL)
		return;
	node_each(node, view->root) {
		bool is_before_text = false;

		if (node->type != XML_ELEMENT_NODE)
			continue;
		for (xmlNode *child = node->last; child != NULL;
		     child = child->prev) {
			if (is_before_text && node_is(child, "task"))
				view_set_vade(view, child, "inline", "yes");
			is_before_text |= is_running_text(child);
		}
	}
}

/* The file name of a page that goes by this; takes it. */
static char *
file_name_take(char *text)
{
	char *name = mem_format("%s.html", text);

	free(text);
	text_to_lower(name);
	for (char *p = name; *p != '\0'; p++)
		if ((*p < 'a' || *p > 'z') && (*p < '0' || *p > '9') &&
		    *p != '.' && *p != '_')
			*p = '-';
	if (name[0] == '.' || name[0] == '-')
		name[0] = 'x';
	return name;
}

/* Of the id, or of the number and kind of an element. No id begins with a
 * digit, so the two never meet. */
static char *
page_name(const xmlNode *node, size_t number)
{
	const char *id = node_id(node);

	/* The first page has that name; no number begins with two noughts. */
	if (id != NULL && strcasecmp(id, "index") == 0)
		return mem_dup("00-index.html");
	return file_name_take(id != NULL
		? mem_dup(id)
		: mem_format("%zu-%s", number, (const char *)node->name));
}

/* The name that a page had under the next of its former ids; NULL at the end,
 * and for one it has today. */
static char *
next_former_name(const char **was, const char *today)
{
	char *id;

	while ((id = text_take_token(was)) != NULL) {
		char *name = file_name_take(id);

		if (strcmp(name, today) != 0)
			return name;
		free(name);
	}
	return NULL;
}

/* The names of a book's pages, and whose they are. */
struct names {
	struct map map;
	const struct book *book;
	struct diag *diag;
};

static int
check_name(struct names *names, const char *name, const xmlNode *node)
{
	const struct sources *sources = names->diag->sources;
	bool is_new;
	struct map_entry *entry = map_put_text(&names->map, name, &is_new);

	if (is_new) {
		entry->item = (void *)node;
		return 0;
	}
	return diag_report_related(names->diag, DIAG_NAME_COLLISION,
	    source_tag_place(sources, book_place(names->book, node)),
	    source_tag_place(sources, book_place(names->book, entry->item)),
	    name, NULL);
}

int
pages_check(const struct book *book, struct diag *diag)
{
	const xmlNode *root = xmlDocGetRootElement(book->doc);
	struct names names = { .book = book, .diag = diag };
	int rc = 0;

	node_each(node, root) {
		const char *was;
		char *former;

		if (node != root && !pages_is_page(node))
			continue;
		was = node_vade_attribute(node, "was");
		owned char *today =
		    node == root ? mem_dup("index.html") : page_name(node, 0);

		/* A number is of one view: there it is no other page's. */
		if (node == root || node_id(node) != NULL)
			rc |= check_name(&names, today, node);
		while ((former = next_former_name(&was, today)) != NULL) {
			rc |= check_name(&names, former, node);
			free(former);
		}
	}
	map_clear(&names.map);
	return rc;
}

static struct page *
add_page(struct pages *pages, const struct view *view, xmlNode *node,
    size_t parent)
{
	size_t number = pages->count;
	struct page *page =
	    list_add(pages->pages, pages->count, pages->capacity);

	*page = (struct page){ .node = node,
		.name = node == view->root ? mem_dup("index.html")
					   : page_name(node, number),
		.heading = reference_text_heading(view, node),
		.parent = parent,
		.end = number + 1 };
	return page;
}

/* Nowhere, for a page that a filter made. */
static struct place
place_of(const struct view *view, const struct page *page)
{
	const xmlNode *source = view_source(page->node);

	return source == NULL ? (struct place){ 0 }
			      : source_tag_place(view->edition->diag->sources,
				    book_place(view->book, source));
}

static int
check_names(const struct pages *pages, struct view *view)
{
	scoped(map_clear) struct map names = { 0 };
	int rc = 0;

	for (size_t i = 0; i < pages->count; i++) {
		const struct page *page = &pages->pages[i];
		bool is_new;
		struct map_entry *entry =
		    map_put_text(&names, page->name, &is_new);

		if (is_new) {
			entry->value = (uint32_t)i;
			continue;
		}
		rc = diag_report_related(view->edition->diag,
		    DIAG_NAME_COLLISION, place_of(view, page),
		    place_of(view, &pages->pages[entry->value]), page->name,
		    NULL);
	}
	return rc;
}

/* The page that is open where the walk leaves to: those that `node` is not
 * inside of end here. */
static size_t
close_pages(struct pages *pages, size_t open, const xmlNode *parent)
{
	while (open != 0) {
		const xmlNode *at = parent;

		while (at != NULL && at != pages->pages[open].node)
			at = at->parent;
		if (at != NULL)
			break;
		pages->pages[open].end = pages->count;
		open = pages->pages[open].parent;
	}
	return open;
}

int
pages_find(struct pages *pages, struct view *view)
{
	size_t open = 0;

	memset(pages, 0, sizeof(*pages));
	if (view->root == NULL)
		return 0;
	add_page(pages, view, view->root, 0);
	for (xmlNode *node = node_walk(view->root, view->root, true);
	     node != NULL; node = node_walk(node, view->root, true)) {
		if (node->type != XML_ELEMENT_NODE || !pages_is_page(node))
			continue;
		open = close_pages(pages, open, node->parent);
		add_page(pages, view, node, open);
		open = pages->count - 1;
	}
	close_pages(pages, open, NULL);
	pages->pages[0].end = pages->count;
	return check_names(pages, view);
}

void
pages_clear(struct pages *pages)
{
	for (size_t i = 0; i < pages->count; i++) {
		free(pages->pages[i].name);
		free(pages->pages[i].heading);
	}
	free(pages->pages);
	memset(pages, 0, sizeof(*pages));
}

/* --- what is left on the tree --- */

static void
set_if(const struct view *view, xmlNode *node, const char *name,
    const char *value)
{
	if (value != NULL && value[0] != '\0')
		view_set_vade(view, node, name, value);
}

static void
add_crumbs(const struct view *view, const struct pages *pages, size_t index,
    xmlNode *trail)
{
	const struct page *page = &pages->pages[index];
	xmlNode *crumb;

	if (index != 0)
		add_crumbs(view, pages, page->parent, trail);
	crumb = view_add(view, trail, "crumb");
	view_set(crumb, "href", page->name);
	view_set(crumb, "title", page->heading);
}

/* The first page speaks for the whole handbook, so it has its clearance. */
static void
set_class(const struct view *view, xmlNode *node)
{
	const struct axis_value *value = view_class(view,
	    node == view->root ? view->handbook->clearance
			       : view_rank(view, view_source(node)));

	if (value == NULL)
		return;
	view_set_vade(view, node, "class", value->id);
	view_set_vade(view, node, "class-label",
	    lang_text_get(&value->label, view->lang, value->id));
}

static void
add_entry(const struct view *view, const struct page *page, xmlNode *parent)
{
	const char *label = node_vade_attribute(page->node, "label");
	const struct axis_value *value =
	    view_class(view, view_rank(view, view_source(page->node)));
	const char *id =
	    node_is(page->node, "task") || node_is(page->node, "section")
	    ? node_id(page->node)
	    : NULL;
	xmlNode *entry = view_add(view, parent, "entry");

	view_set(entry, "href", page->name);
	view_set(entry, "title", page->heading);
	if (label != NULL || id != NULL)
		view_set(entry, "label", label ? label : id);
	if (value != NULL && value != view_class(view, 0))
		view_set(entry, "class-label",
		    lang_text_get(&value->label, view->lang, value->id));
}

/* The pages inside page `index`, as nested entries; a page is listed once per
 * page around it, so the whole is pages times depth. */
static void
add_contents(const struct view *view, const struct pages *pages, size_t index,
    xmlNode *contents)
{
	xmlNode *parent = contents;
	size_t open = index;

	for (size_t i = index + 1; i < pages->pages[index].end; i++) {
		while (open != pages->pages[i].parent) {
			open = pages->pages[open].parent;
			parent = parent->parent;
		}
		add_entry(view, &pages->pages[i], parent);
		parent = parent->last;
		open = i;
	}
}

static void
prepend(xmlNode *node, xmlNode *child)
{
	if (node->children == child)
		return;
	xmlUnlinkNode(child);
	xmlAddPrevSibling(node->children, child);
}

/* Where the page was: a page there will lead to this one. */
static void
add_former(const struct view *view, const struct page *page)
{
	const char *was = node_vade_attribute(page->node, "was");
	char *name;

	while ((name = next_former_name(&was, page->name)) != NULL) {
		view_set(view_add(view, page->node, "former"), "name", name);
		free(name);
	}
}

static void
annotate_page(const struct pages *pages, size_t index, struct view *view)
{
	const struct page *page = &pages->pages[index];
	const struct page *previous = index > 0 ? page - 1 : NULL;
	const struct page *next = index + 1 < pages->count ? page + 1 : NULL;
	xmlNode *node = page->node;

	view_set_vade(view, node, "page", page->name);
	view_set_vade(view, node, "heading", page->heading);
	set_class(view, node);
	if (index == 0)
		view_set_vade(view, node, "front", "yes");
	set_if(view, node, "prev", previous ? previous->name : NULL);
	set_if(view, node, "prev-title", previous ? previous->heading : NULL);
	set_if(view, node, "next", next ? next->name : NULL);
	set_if(view, node, "next-title", next ? next->heading : NULL);
	if (page->end > index + 1) {
		xmlNode *contents = view_add(view, node, "contents");

		add_contents(view, pages, index, contents);
		prepend(node, contents);
	}
	if (index > 0) {
		xmlNode *trail = view_add(view, node, "trail");

		add_crumbs(view, pages, page->parent, trail);
		prepend(node, trail);
	}
	add_former(view, page);
}

void
pages_annotate(const struct pages *pages, struct view *view)
{
	for (size_t i = 0; i < pages->count; i++)
		annotate_page(pages, i, view);
}
