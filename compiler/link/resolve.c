/*
 * Resolves the links of a view: where each leads, and what it says when its
 * target is not in this handbook.
 * Invariant: no link dangles and none names what is above the handbook's
 * clearance.
 */
#include "link.h"

#include <stdlib.h>
#include <string.h>
#include <strings.h>

#include "base/alloc.h"
#include "base/list.h"
#include "base/bits.h"
#include "base/buf.h"
#include "base/map.h"
#include "link/reference_text.h"
#include "model/ui.h"
#include "model/namespaces.h"
#include "project/participation.h"
#include "select/step_labels.h"

/* Where the ids of a view are. */
struct targets {
	struct view *view;
	const struct pages *pages;
	struct map ids;       /* id -> element, and index of its page */
	struct map summaries; /* id of a procedure -> the same of its summary */
};

static void
note_target(struct map *map, const char *id, xmlNode *node, uint32_t page)
{
	struct map_entry *entry = map_put_text(map, id, NULL);

	entry->item = node;
	entry->value = page;
}

/* A public summary stands for the procedure it names where that is absent. */
static void
note_summary(struct targets *targets, xmlNode *node, uint32_t page)
{
	const xmlNode *source = view_source(node);
	const char *of =
	    source ? node_vade_attribute(source, "summary-of") : NULL;

	if (of != NULL)
		note_target(&targets->summaries, of, node, page);
}

static void
collect_ids(struct targets *targets)
{
	const xmlNode *root = targets->view->root;
	size_t next_page = 0;
	size_t open = 0;

	for (xmlNode *node = (xmlNode *)(uintptr_t)root; node != NULL;
	     node = node_walk(node, root, true)) {
		const char *id;

		if (node->type != XML_ELEMENT_NODE)
			continue;
		while (next_page < targets->pages->count &&
		    targets->pages->pages[next_page].node == node)
			open = next_page++;
		id = node_id(node);
		if (id == NULL)
			continue;
		/* After a nested page its parent goes on. */
		while (open != 0) {
			const xmlNode *up = node;

			while (up != NULL &&
			    up != targets->pages->pages[open].node)
				up = up->parent;
			if (up != NULL)
				break;
			open = targets->pages->pages[open].parent;
		}
		note_target(&targets->ids, id, node, (uint32_t)open);
		note_summary(targets, node, (uint32_t)open);
	}
}

/* The element of an id in one of the maps, and its page; NULL if it is not
 * shown. */
static xmlNode *
find_target(const struct map *map, const char *id, size_t *page)
{
	const struct map_entry *entry = map_get_text(map, id);

	if (entry == NULL)
		return NULL;
	*page = entry->value;
	return entry->item;
}

/* --- what a reference says --- */

/* Shown by the handbook, or as readable as the unit that is cited: its title
 * may be named where the unit itself is not shown. */
static bool
is_readable(const struct view *view, const xmlNode *node, const xmlNode *unit)
{
	return view_shows(view, node) ||
	    (view_rank(view, node) <= view->handbook->clearance &&
		book_element(view->book, node)->reach ==
		    book_element(view->book, unit)->reach);
}

/* The words of a unit's title that the handbook may read; "" if none. */
static char *
readable_text_dup(const struct view *view, const xmlNode *title,
    const xmlNode *unit)
{
	struct buf text = { 0 };
	const xmlNode *at = title;
	bool deeper = is_readable(view, title, unit);

	while ((at = node_walk(at, title, deeper)) != NULL) {
		deeper = true;
		if (at->type == XML_ELEMENT_NODE)
			deeper = is_readable(view, at, unit) &&
			    !node_is(at, "footnote") &&
			    !node_is(at, "indexterm") && !node_is(at, "remark");
		else if (at->type == XML_TEXT_NODE)
			buf_add_folded(&text, (const char *)at->content);
	}
	if (text.size > 0 && text.data[text.size - 1] == ' ')
		text.data[--text.size] = '\0';
	return buf_take(&text);
}

/* Procedures, forms and guidelines have ids that people know. */
static bool
is_cited_by_id(const xmlNode *source)
{
	return node_is(source, "task") ||
	    (node_is(source, "section") && pages_is_page(source));
}

static char *
format_step(const struct view *view, const xmlNode *source)
{
	const xmlNode *task = participation_task(source);
	const char *label = step_labels_get(view->book, source);

	if (task == NULL || node_id(task) == NULL)
		return mem_format("%s %s", ui_word(view->lang, "step-ref"),
		    label);
	return mem_format("%s, %s %s", node_id(task),
	    ui_word(view->lang, "step-ref"), label);
}

static char *
format_entry(const struct view *view, const xmlNode *source)
{
	xmlNode *abbrev = node_child(source, "abbrev");
	owned char *words =
	    abbrev ? readable_text_dup(view, abbrev, source) : mem_dup("");

	return mem_format("[%s]", words[0] != '\0' ? words : node_id(source));
}

static const xmlNode *
find_title(const xmlNode *node)
{
	return node_is(node, "glossentry") ? node_child(node, "glossterm")
					   : node_title(node);
}

/* The words of the title of what is not shown, pruned; the kind of what has
 * none is said in words, never by an id that no reader knows. */
static char *
absent_words(const struct view *view, const xmlNode *source)
{
	const xmlNode *title = find_title(source);
	char *words = title != NULL ? readable_text_dup(view, title, source)
				    : mem_dup("");

	if (words[0] != '\0' || is_cited_by_id(source))
		return words;
	free(words);
	return mem_dup(ui_word(view->lang, "untitled"));
}

/* What an xref to id prints. source is the element that has it, or stands for
 * it: a part of what selection dissolved, a summary; NULL for what a filter
 * made. target is its copy or NULL. style is the link's own, or NULL. */
static char *
format_reference(const struct view *view, const xmlNode *source,
    const xmlNode *target, const char *style)
{
	const xmlNode *node = source != NULL ? source : target;
	const char *xreflabel = node_attribute(node, "xreflabel");
	char *text;

	if (xreflabel != NULL)
		return mem_dup(xreflabel);
	if (source != NULL && node_is(source, "step"))
		return format_step(view, source);
	if (node_is(node, "bibliomixed") || node_is(node, "biblioentry"))
		return format_entry(view, node);
	if (target != NULL && node_is(target, "footnote"))
		return mem_dup(node_vade_attribute(target, "label"));
	if (target != NULL && !is_cited_by_id(node))
		return reference_text_make(view, target, style);
	owned char *words = target != NULL
	    ? reference_text_heading(view, target)
	    : absent_words(view, source);

	if (is_cited_by_id(node) && node_id(node) != NULL)
		text = mem_format("%s %s", node_id(node), words);
	else
		text = mem_dup(words);
	return text;
}

/* Is the element in any handbook of this build? */
static bool
is_adopted(const struct view *view, const xmlNode *source)
{
	const struct masks *masks = view->edition->masks;
	uint32_t reach = book_element(view->book, source)->reach;

	return !bits_empty(masks->bits + reach * masks->words, masks->words);
}

/* Adds the titles of at most three handbooks that show the element: those of
 * one role, on the same shelf, for a shelf names nothing beyond itself. */
static size_t
add_holders(const struct view *view, const xmlNode *source, struct buf *text)
{
	const struct project *project = view->edition->project;
	uint32_t reach = book_element(view->book, source)->reach;
	size_t count = 0;

	for (size_t h = 0; h < project->handbook_count && count < 3; h++) {
		const struct handbook *handbook = &project->handbooks[h];

		if (handbook->shelf != view->handbook->shelf ||
		    handbook->exact_role == AXIS_NONE ||
		    handbook->clearance > view->handbook->clearance ||
		    !masks_show(view->edition->masks, reach, h))
			continue;
		buf_add_text(text, count == 0 ? "" : ", ");
		buf_add_text(text,
		    lang_text_get(&handbook->title, view->lang, handbook->id));
		count++;
	}
	return count;
}

/* A reference, and in brackets what to know of its target. */
static char *
format_aside(const struct view *view, const xmlNode *source, const char *aside)
{
	owned char *reference = format_reference(view, source, NULL, NULL);

	return mem_format("%s (%s)", reference, aside);
}

/*
 * What may be said by name of what is not shown: "EDU-O-01 Report … (not
 * adopted here)", "EDU-O-01 Report … (in the handbook of: Teacher)". NULL if
 * no handbook that shows it may be named.
 */
static char *
format_elsewhere(const struct view *view, const xmlNode *source)
{
	struct buf aside = { 0 };
	char *text = NULL;

	/* The mark of an entry says enough, and what the reader may read was
	 * but left out by the projection. */
	if (node_is(source, "bibliomixed") || node_is(source, "biblioentry") ||
	    view_shows(view, source))
		return format_reference(view, source, NULL, NULL);
	if (!is_adopted(view, source))
		return format_aside(view, source,
		    ui_word(view->lang, "not-adopted"));
	buf_add_format(&aside, "%s: ", ui_word(view->lang, "handbook-of"));
	if (add_holders(view, source, &aside) > 0)
		text = format_aside(view, source, buf_text(&aside));
	buf_clear(&aside);
	return text;
}

/*
 * What is said of a target that this handbook does not hold, in the order of
 * DESIGN section 6, and where it leads: to its public summary, or nowhere.
 * What is above the clearance is not named.
 */
static char *
format_absent(const struct targets *targets, const xmlNode *link,
    const char *id, xmlNode **summary, size_t *page)
{
	const struct view *view = targets->view;
	const xmlNode *source = book_find_id(view->book, id);
	const char *instead = node_vade_attribute(link, "else");
	bool named = source != NULL &&
	    view_rank(view, source) <= view->handbook->clearance;
	char *text = named ? format_elsewhere(view, source) : NULL;

	*summary = NULL;
	if (text != NULL)
		return text;
	*summary = find_target(&targets->summaries, id, page);
	if (*summary != NULL)
		return format_reference(view, view_source(*summary), *summary,
		    "select: title");
	if (instead != NULL)
		return mem_dup(instead);
	if (named)
		return format_aside(view, source,
		    ui_word(view->lang, "elsewhere"));
	return mem_dup(ui_word(view->lang, "not-here"));
}

/* --- the links --- */

static bool
says_by_itself(const xmlNode *link)
{
	return link->children != NULL;
}

/* Where a link leads: the id of the target, its page unless that is the link's
 * own, and what marks it on its page unless it is the page. */
static void
set_target(struct targets *targets, xmlNode *link, bool is_branch,
    const xmlNode *target, size_t page, size_t from)
{
	static const char *const names[][3] = {
		{ "target", "target-page", "target-mark" },
		{ "go-target", "go-target-page", "go-target-mark" },
	};
	const char *const *name = names[is_branch];
	const struct page *to = &targets->pages->pages[page];
	const struct view *view = targets->view;
	owned char *mark = node_is(target, "footnote")
	    ? mem_format("v-fn-%s", node_vade_attribute(target, "label"))
	    : mem_dup(node_id(target));

	view_set_vade(view, link, name[0], node_id(target));
	if (page != from || to->node == target)
		view_set_vade(view, link, name[1], to->name);
	if (to->node != target)
		view_set_vade(view, link, name[2], mark);
}

/* The value of xlink:href; NULL without one. Lent. */
static const char *
linked_address(const xmlNode *link)
{
	for (const xmlAttr *a = link->properties; a != NULL; a = a->next)
		if (a->ns != NULL && a->children != NULL &&
		    strcmp((const char *)a->ns->href, NS_XLINK) == 0 &&
		    strcmp((const char *)a->name, "href") == 0)
			return (const char *)a->children->content;
	return NULL;
}

/* The id that a link leads to; an address "#id" is a link into this book. */
static const char *
linked_id(const xmlNode *link)
{
	const char *id = node_attribute(link, "linkend");
	const char *address = id == NULL ? linked_address(link) : NULL;

	if (node_is(link, "glosssee") || node_is(link, "glossseealso"))
		return node_attribute(link, "otherterm");
	return address != NULL && address[0] == '#' ? address + 1 : id;
}

static void
resolve_link(struct targets *targets, xmlNode *link, size_t from)
{
	struct view *view = targets->view;
	const char *id = linked_id(link);
	const char *endterm = node_attribute(link, "endterm");
	const xmlNode *term =
	    endterm ? book_find_id(view->book, endterm) : NULL;
	size_t page = 0;
	xmlNode *target;
	char *text = NULL;

	if (id == NULL)
		return;
	target = find_target(&targets->ids, id, &page);
	if (says_by_itself(link))
		;
	else if (target == NULL)
		text = format_absent(targets, link, id, &target, &page);
	else if (term != NULL && view_shows(view, term))
		text = readable_text_dup(view, term, term);
	else
		text = format_reference(view, view_source(target), target,
		    node_attribute(link, "xrefstyle"));
	if (target != NULL)
		set_target(targets, link, false, target, page, from);
	if (text != NULL)
		view_set_vade(view, link, "text", text);
	free(text);
}

/* Nothing that runs, and no file of the reader's machine. */
static bool
is_web_address(const char *address)
{
	static const char *const schemes[] = { "http:", "https:", "mailto:",
		"tel:" };

	for (size_t i = 0; i < COUNT(schemes); i++)
		if (strncasecmp(address, schemes[i], strlen(schemes[i])) == 0)
			return true;
	return false;
}

/* An address on the web as it stands. */
static void
resolve_address(struct targets *targets, xmlNode *link)
{
	const char *address = linked_address(link);

	if (address != NULL && is_web_address(address))
		view_set_vade(targets->view, link, "href", address);
}

/* Where a branch of a decision goes on, or which procedure a step runs. What
 * is another's, in one line, runs it by itself, and going on with the next
 * step is nothing to say of it. NULL if nowhere. */
static const char *
where_to(const xmlNode *step)
{
	const char *go = node_vade_attribute(view_source(step), "go");
	const char *mode = node_vade_attribute(step, "mode");

	if (mode != NULL && strcmp(mode, "brief") == 0)
		return go != NULL && strcmp(go, "next") != 0 ? go : NULL;
	return go != NULL ? go
			  : node_vade_attribute(view_source(step), "calls");
}

static void
resolve_branch(struct targets *targets, xmlNode *step, const char *go,
    size_t from)
{
	struct view *view = targets->view;
	size_t page = 0;
	xmlNode *target;
	char *text;

	if (strcmp(go, "next") == 0 || strcmp(go, "stop") == 0) {
		view_set_vade(view, step, "go-text",
		    ui_word(view->lang, go[0] == 'n' ? "go-next" : "go-stop"));
		return;
	}
	target = find_target(&targets->ids, go, &page);
	if (target == NULL) {
		text = format_absent(targets, view_source(step), go, &target,
		    &page);
	} else if (node_is(target, "step") && page == from) {
		text = mem_format("%s %s", ui_word(view->lang, "go-step"),
		    step_labels_get(view->book, view_source(target)));
	} else {
		owned char *reference =
		    format_reference(view, view_source(target), target, NULL);

		text = mem_format("%s %s", ui_word(view->lang, "go-task"),
		    reference);
	}
	view_set_vade(view, step, "go-text", text);
	free(text);
	if (target != NULL)
		set_target(targets, step, true, target, page, from);
}

static void
resolve_page(struct targets *targets, size_t index)
{
	const struct page *page = &targets->pages->pages[index];
	xmlNode *node = page->node;
	bool deeper = true;

	while ((node = node_walk(node, page->node, deeper)) != NULL) {
		const xmlNode *source;

		/* Pages inside have their own turn. */
		deeper = !pages_is_page(node);
		if (!deeper || node->type != XML_ELEMENT_NODE)
			continue;
		source = view_source(node);
		/* A filter's links have no source, but are DocBook's. */
		if (source == NULL && !node_is(node, NULL))
			continue;
		resolve_link(targets, node, index);
		if (node->properties != NULL)
			resolve_address(targets, node);
		if (source != NULL && node_is(node, "step") &&
		    where_to(node) != NULL)
			resolve_branch(targets, node, where_to(node), index);
	}
}

void
resolve_links(struct view *view, const struct pages *pages)
{
	struct targets targets = { .view = view, .pages = pages };

	if (view->root == NULL)
		return;
	collect_ids(&targets);
	for (size_t i = 0; i < pages->count; i++)
		resolve_page(&targets, i);
	map_clear(&targets.ids);
	map_clear(&targets.summaries);
}
