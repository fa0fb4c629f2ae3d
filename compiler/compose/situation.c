/*
 * Writes the first page by situation: what the reader meets, each with the
 * procedure to open, urgent ones first; then whom to call; then planning. And,
 * at each procedure, the handbooks of the others who act in it.
 * Invariant: made of what the view shows, of the attributes of shown procedures
 * and of the list of handbooks; of nothing that the handbook may not read.
 */
#include "compose.h"

#include <ctype.h>
#include <stdlib.h>
#include <string.h>

#include "base/alloc.h"
#include "base/buf.h"
#include "base/list.h"
#include "base/text.h"
#include "compose/chapter_stage_chart.h"
#include "compose/edition_metadata.h"
#include "model/ui.h"
#include "project/participation.h"
#include "select/mask.h"

#define EMERGENCY_NUMBER "emergency-number" /* the v:param */

/* A procedure with a page of its own. */
struct entry {
	xmlNode *task;
	char *when; /* its "use when" lines, "" if it has none */
	bool is_situation;
	bool is_later; /* planning, programming */
	bool is_urgent;
};

struct situations {
	struct view *view;
	struct entry *entries; /* in the order of the book */
	size_t count;
	size_t capacity;
	const xmlNode *handoffs; /* their directory, NULL if there is none */
	char *number;            /* of the emergency services, NULL if unsaid */
};

/* --- what there is --- */

/* Words as they are read: references by the text that link gave them. */
static void
add_words(const xmlNode *node, struct buf *text)
{
	const char *given = node->type == XML_ELEMENT_NODE
	    ? node_vade_attribute(node, "text")
	    : NULL;

	if (given != NULL && node->children == NULL)
		buf_add_text(text, given);
	if (node->type == XML_TEXT_NODE)
		buf_add_text(text, (const char *)node->content);
	if (node_is(node, "footnote") || node_is(node, "indexterm") ||
	    node_is(node, "title"))
		return;
	node_each_child(child, node)
		add_words(child, text);
}

/* The "use when" lines of a procedure: what is written for the reader, and only
 * if nothing is the rest; "" if it has none. A filter may have made one. */
static char *
use_when_dup(const struct view *view, const xmlNode *task)
{
	const xmlNode *summary = node_child(task, "tasksummary");
	struct buf text = { 0 };
	enum use_for best = USE_FOR_ANYBODY;

	for (const xmlNode *node = summary ? node_first_element(summary) : NULL;
	     node != NULL; node = node_next_element(node)) {
		if (!node_has_role(node, "formalpara", "use-when"))
			continue;
		if (participation_use_for(view, view_source(node)) < best ||
		    text.size == 0) {
			best = participation_use_for(view, view_source(node));
			buf_clear(&text);
		}
		if (participation_use_for(view, view_source(node)) == best)
			add_words(node, &text);
	}
	return text.size > 0 ? buf_take(&text) : mem_dup("");
}

/* A number as it is dialled; "" for words. */
static char *
dial_dup(const char *text)
{
	struct buf digits = { 0 };

	for (; *text != '\0'; text++)
		if (isdigit((unsigned char)*text) ||
		    (*text == '+' && digits.size == 0))
			buf_add_char(&digits, *text);
	return digits.size > 0 ? buf_take(&digits) : mem_dup("");
}

static void
note_phrase(struct situations *situations, xmlNode *phrase)
{
	const xmlNode *source = view_source(phrase);
	const char *name = source ? node_vade_attribute(source, "param") : NULL;

	if (name == NULL || strcmp(name, EMERGENCY_NUMBER) != 0)
		return;
	owned char *text = node_text_dup(phrase);
	owned char *number = dial_dup(text);

	if (number[0] != '\0') {
		view_set_vade(situations->view, phrase, "tel", number);
		if (situations->number == NULL)
			situations->number = mem_dup(text);
	}
}

/* Without a stage, what says when it is used is a situation. */
static void
note_task(struct situations *situations, xmlNode *task)
{
	const struct axis *stages =
	    chapter_stage_chart_stages(situations->view);
	int stage = stages
	    ? chapter_stage_chart_stage(stages, view_source(task))
	    : AXIS_NONE;
	struct entry entry = { .task = task,
		.when = use_when_dup(situations->view, task) };

	if (stage == AXIS_NONE)
		entry.is_situation = entry.when[0] != '\0';
	else
		entry.is_situation =
		    strcmp(stages->values[stage].id, "oper") == 0;
	entry.is_later = stage != AXIS_NONE && !entry.is_situation;
	*list_add(situations->entries, situations->count,
	    situations->capacity) = entry;
}

/* The procedure a node stands in is the last one met: procedures do not
 * nest, and what follows them is no warning of theirs. */
static void
note_warning(struct situations *situations, const xmlNode *warning)
{
	struct entry *last;

	if (situations->count == 0)
		return;
	last = &situations->entries[situations->count - 1];
	for (const xmlNode *up = warning->parent; up != NULL; up = up->parent)
		if (up == last->task)
			last->is_urgent = true;
}

static void
collect(struct situations *situations)
{
	xmlNode *root = situations->view->root;

	node_each(node, root) {
		if (node->type != XML_ELEMENT_NODE)
			continue;
		if (node_is(node, "task") && view_source(node) != NULL &&
		    node_vade_attribute(node, "page") != NULL)
			note_task(situations, node);
		else if (node_has_role(node, "warning", "life"))
			note_warning(situations, node);
		else if (node_is(node, "phrase"))
			note_phrase(situations, node);
		else if (node_vade_attribute(node, "page") != NULL &&
		    node_id(node) != NULL &&
		    strcmp(node_id(node), "handoffs") == 0)
			situations->handoffs = node;
	}
}

/* --- what the first page says --- */

static void
set_link(const xmlNode *page, xmlNode *entry)
{
	view_set(entry, "href", node_vade_attribute(page, "page"));
	view_set(entry, "title", node_vade_attribute(page, "heading"));
	if (node_is(page, "task") && node_id(page) != NULL)
		view_set(entry, "label", node_id(page));
}

static void
add_situation(const struct situations *situations, const struct entry *entry,
    xmlNode *list)
{
	xmlNode *node = view_add(situations->view, list, "situation");

	set_link(entry->task, node);
	if (entry->is_urgent)
		view_set(node, "urgent", "yes");
	xmlNodeAddContent(node, BAD_CAST entry->when);
}

static void
add_situations(const struct situations *situations, xmlNode *top)
{
	xmlNode *list = NULL;

	for (int urgent = 1; urgent >= 0; urgent--)
		for (size_t i = 0; i < situations->count; i++) {
			const struct entry *entry = &situations->entries[i];

			if (!entry->is_situation ||
			    entry->is_urgent != (urgent == 1))
				continue;
			if (list == NULL)
				list = view_add(situations->view, top,
				    "situations");
			add_situation(situations, entry, list);
		}
}

static void
add_call(const struct situations *situations, xmlNode *top)
{
	xmlNode *call;

	if (situations->number == NULL)
		return;
	owned char *number = dial_dup(situations->number);

	call = view_add(situations->view, top, "call");
	view_set(call, "tel", number);
	view_set(call, "number", situations->number);
	view_set(call, "name", ui_word(situations->view->lang, "emergencies"));
}

static void
add_later(const struct situations *situations, xmlNode *top)
{
	xmlNode *list = NULL;

	for (size_t i = 0; i < situations->count; i++) {
		if (!situations->entries[i].is_later)
			continue;
		if (list == NULL)
			list = view_add(situations->view, top, "later");
		set_link(situations->entries[i].task,
		    view_add(situations->view, list, "entry"));
	}
}

/* --- the others --- */

/* A handbook of the shelf that is for this very role and shows the reach. */
static bool
is_reader(const struct view *view, size_t index, uint32_t reach, int role)
{
	const struct handbook *other =
	    &view->edition->project->handbooks[index];

	return index != view->handbook_index && role != AXIS_NONE &&
	    other->shelf == view->handbook->shelf &&
	    other->exact_role == role &&
	    masks_show(view->edition->masks, reach, index);
}

/* Whether the other handbook was built is not known here, nor may this one
 * depend on it. The shelf's index knows, and is always there: a link leads to
 * it, and a script from there straight to the page. */
static void
add_reader(const struct view *view, xmlNode **list, xmlNode *task,
    const struct handbook *other)
{
	xmlNode *reader;
	owned char *href =
	    mem_format("../../../index.html#%s%s", SHELF_ENTRY, other->id);
	owned char *page = mem_format("%s/%s/html/%s", other->id, view->lang,
	    node_vade_attribute(task, "page"));

	if (*list == NULL)
		*list = view_add(view, task, "readers");
	reader = view_add(view, *list, "reader");
	view_set(reader, "href", href);
	view_set(reader, "page", page);
	view_set(reader, "title",
	    lang_text_get(&other->title, view->lang, other->id));
}

/* Only those whom the procedure itself names: what its steps name may be
 * above this handbook's clearance. */
static void
add_readers(const struct view *view, xmlNode *task)
{
	static const char *const names[] = { "lead", "with", "partner" };
	const xmlNode *source = view_source(task);
	const struct axis *role;
	xmlNode *list = NULL;

	if (view->edition->project->axes.role == AXIS_NONE)
		return;
	role = &view->edition->project->axes
		    .axes[view->edition->project->axes.role];
	for (size_t i = 0; i < COUNT(names); i++) {
		token_each(token, node_vade_attribute(source, names[i]))
			for (size_t h = 0;
			     h < view->edition->project->handbook_count; h++)
				if (is_reader(view, h,
					book_element(view->book, source)->reach,
					axis_find_value(role, token,
					    strlen(token))))
					add_reader(view, &list, task,
					    &view->edition->project
						 ->handbooks[h]);
	}
}

void
situation_add(struct view *view)
{
	struct situations situations = { .view = view };
	xmlNode *top = view->root;

	if (top == NULL)
		return;
	collect(&situations);
	add_situations(&situations, top);
	add_call(&situations, top);
	if (situations.handoffs != NULL)
		set_link(situations.handoffs, view_add(view, top, "handoffs"));
	add_later(&situations, top);
	for (size_t i = 0; i < situations.count; i++) {
		add_readers(view, situations.entries[i].task);
		free(situations.entries[i].when);
	}
	free(situations.entries);
	free(situations.number);
}
