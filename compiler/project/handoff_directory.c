/*
 * Writes the directory of a handbook's hand-offs (DESIGN section 6): to whom
 * and from whom, for what, when, how and by when. Last part of project; a
 * section of the view like any other, so that every format has it.
 * Invariant: it is made of the view's own steps alone; its ids cannot be an
 * author's (load/index.c reserves them).
 */
#include "project.h"

#include <stdlib.h>
#include <string.h>

#include "base/list.h"
#include "base/alloc.h"
#include "base/buf.h"
#include "base/text.h"
#include "model/ui.h"
#include "model/namespaces.h"
#include "project/participation.h"
#include "select/step_labels.h"

enum direction { GIVEN, RECEIVED, DIRECTIONS };

/* A step that hands over, and one it is handed to or comes from. */
struct handoff {
	xmlNode *step;
	char *who;   /* label */
	char *key;   /* of who, to sort by */
	char *phone; /* "" if nobody has given one */
	size_t order;
};

struct directory {
	struct view *view;
	const struct axis *role;
	struct handoff *handoffs[DIRECTIONS];
	size_t counts[DIRECTIONS];
	size_t capacities[DIRECTIONS];
};

/* --- gathering --- */

/* "112 (2026-01-01)": the parameter phone-ROLE and the day of its value. */
static void
add_phone(const struct view *view, const char *role, struct buf *phones)
{
	owned char *name = mem_format("phone-%s", role + (role[0] == '='));
	const char *date = NULL;
	const char *value = view_parameter(view, name, &date);

	if (value != NULL) {
		buf_add_format(phones, "%s%s", phones->size > 0 ? "; " : "",
		    value);
		if (date != NULL && date[0] != '\0')
			buf_add_format(phones, " (%s)", date);
	}
}

static void
add_handoff(struct directory *directory, enum direction direction,
    xmlNode *step, struct buf *who, struct buf *phone)
{
	size_t order = directory->counts[direction];
	struct handoff *handoff = list_add(directory->handoffs[direction],
	    directory->counts[direction], directory->capacities[direction]);

	*handoff = (struct handoff){ .step = step,
		.who = buf_take(who),
		.phone = buf_take(phone),
		.order = order };
	handoff->key = text_collation_key(handoff->who);
}

/* One hand-off for all tokens (several who act together), or one for each. */
static void
add_parties(struct directory *directory, enum direction direction,
    xmlNode *step, const char *tokens, bool together)
{
	scoped(buf_clear) struct buf who = { 0 };
	scoped(buf_clear) struct buf phone = { 0 };

	token_each(id, tokens) {
		buf_add_format(&who, "%s%s", who.size > 0 ? "; " : "",
		    axis_label(directory->role, id, directory->view->lang));
		add_phone(directory->view, id, &phone);
		if (!together)
			add_handoff(directory, direction, step, &who, &phone);
	}
	if (together && who.size > 0)
		add_handoff(directory, direction, step, &who, &phone);
}

static void
gather_step(struct directory *directory, xmlNode *step)
{
	const xmlNode *source = view_source(step);
	const char *receivers =
	    source != NULL ? node_vade_attribute(source, "to") : NULL;

	if (receivers == NULL || participation_task(source) == NULL)
		return;
	if (participation_names_reader(directory->view,
		participation_actors(source)) ||
	    participation_names_reader(directory->view,
		participation_standins(source)))
		add_parties(directory, GIVEN, step, receivers, false);
	if (participation_names_reader(directory->view, receivers))
		add_parties(directory, RECEIVED, step,
		    participation_actors(source), true);
}

static int
compare_handoffs(const void *left, const void *right)
{
	const struct handoff *a = left;
	const struct handoff *b = right;
	int difference = strcmp(a->key, b->key);

	if (difference == 0)
		difference = (a->order > b->order) - (a->order < b->order);
	return difference;
}

/* --- writing --- */

static xmlNode *
add_element(const struct view *view, xmlNode *parent, const char *name,
    const char *words)
{
	xmlNode *node =
	    xmlNewDocNode(view->doc, view->docbook, BAD_CAST name, NULL);

	if (words != NULL)
		xmlAddChild(node, xmlNewDocText(view->doc, BAD_CAST words));
	return parent == NULL ? node : xmlAddChild(parent, node);
}

static void
set_id(const struct view *view, xmlNode *node, const char *id)
{
	xmlNs *ns = xmlSearchNsByHref(view->doc, node, BAD_CAST NS_XML);

	xmlNewNsProp(node, ns, BAD_CAST "id", BAD_CAST id);
}

/* What must not be there twice. */
static bool
is_unique(const xmlNode *node)
{
	return node_is(node, "footnote") || node_is(node, "indexterm") ||
	    node_is(node, "anchor") || node_is(node, "remark");
}

/* A copy of words that stand elsewhere in the view too, without their ids. */
static void
copy_words(const struct view *view, const xmlNode *from, xmlNode *to)
{
	xmlNode *next;

	node_each_child(child, from)
		if (child->type == XML_ELEMENT_NODE ||
		    !text_is_blank((const char *)child->content))
			xmlAddChild(to,
			    xmlDocCopyNode((xmlNode *)(uintptr_t)child,
				view->doc, 1));
	for (xmlNode *node = to; node != NULL; node = next) {
		xmlAttr *id = node->type == XML_ELEMENT_NODE
		    ? xmlHasNsProp(node, BAD_CAST "id", BAD_CAST NS_XML)
		    : NULL;

		next = node_walk(node, to, !is_unique(node));
		if (id != NULL)
			xmlRemoveProp(id);
		if (is_unique(node)) {
			xmlUnlinkNode(node);
			xmlFreeNode(node);
		}
	}
}

/* The words of a field of the step's hand-off block; NULL if there are none. */
static const xmlNode *
find_field(const xmlNode *step, const char *field)
{
	node_each_element(list, step) {
		if (!node_has_role(list, "variablelist", "handoff"))
			continue;
		node_each_element(entry, list) {
			const char *own = node_vade_attribute(entry, "field");

			if (own != NULL && strcmp(own, field) == 0)
				return node_child(entry, "listitem");
		}
	}
	return NULL;
}

static xmlNode *
task_of(xmlNode *step)
{
	while (!node_is(step, "task"))
		step = step->parent;
	return step;
}

/* "EDU-O-01, step 2" as a link, and what the step is called. */
static void
write_subject(const struct view *view, xmlNode *row, xmlNode *step)
{
	xmlNode *para = add_element(view, add_element(view, row, "entry", NULL),
	    "para", NULL);
	xmlNode *task = task_of(step);
	const char *task_id = node_id(task);
	const char *id = node_id(step) ? node_id(step) : task_id;
	const xmlNode *title = node_title(step);
	char *words = mem_format("%s%s%s %s", task_id ? task_id : "",
	    task_id ? ", " : "", ui_word(view->lang, "step-ref"),
	    step_labels_get(view->book, view_source(step)));

	if (id == NULL)
		xmlNodeAddContent(para, BAD_CAST words);
	else
		view_set(add_element(view, para, "link", words), "linkend", id);
	free(words);
	if (title == NULL)
		return;
	words = node_text_dup(title);
	xmlNodeAddContent(para, BAD_CAST ": ");
	xmlNodeAddContent(para, BAD_CAST words);
	free(words);
}

static void
write_field(const struct view *view, xmlNode *row, const xmlNode *step,
    const char *field)
{
	const xmlNode *words = find_field(step, field);
	xmlNode *entry = add_element(view, row, "entry", NULL);

	if (words != NULL)
		copy_words(view, words, entry);
}

static void
write_row(const struct view *view, xmlNode *body, const struct handoff *handoff,
    bool phones)
{
	xmlNode *row = add_element(view, body, "row", NULL);

	add_element(view, add_element(view, row, "entry", NULL), "para",
	    handoff->who);
	write_subject(view, row, handoff->step);
	write_field(view, row, handoff->step, "trigger");
	write_field(view, row, handoff->step, "channel");
	write_field(view, row, handoff->step, "time");
	if (phones)
		add_element(view, add_element(view, row, "entry", NULL), "para",
		    handoff->phone);
}

/* The titles of the columns; how many there are. */
static void
write_head(const struct view *view, xmlNode *group, const char *who,
    bool phones)
{
	const char *columns[] = { who, "handoffs-for", "handoffs-when",
		"handoffs-channel", "handoffs-time", "handoffs-phone" };
	size_t count = phones ? 6 : 5;
	char text[24];
	xmlNode *row;

	view_set(group, "cols", phones ? "6" : "5");
	for (size_t i = 0; i < count; i++) {
		snprintf(text, sizeof(text), "c%zu", i + 1);
		view_set(add_element(view, group, "colspec", NULL), "colname",
		    text);
	}
	row = add_element(view, add_element(view, group, "thead", NULL), "row",
	    NULL);
	for (size_t i = 0; i < count; i++)
		add_element(view, row, "entry",
		    ui_word(view->lang, columns[i]));
}

static void
write_direction(const struct directory *directory, enum direction direction,
    xmlNode *parent)
{
	static const struct {
		const char *id;
		const char *title;
		const char *who;
	} rows[] = {
		[GIVEN] = { "v-handoffs-to", "handoffs-to", "handoffs-whom" },
		[RECEIVED] = { "v-handoffs-from", "receive-from",
		    "handoffs-by" },
	};
	const struct view *view = directory->view;
	const struct handoff *handoffs = directory->handoffs[direction];
	size_t count = directory->counts[direction];
	bool phones = false;
	xmlNode *section;
	xmlNode *group;
	xmlNode *body;

	if (count == 0)
		return;
	for (size_t i = 0; i < count; i++)
		phones |= handoffs[i].phone[0] != '\0';
	section = add_element(view, parent, "section", NULL);
	set_id(view, section, rows[direction].id);
	add_element(view, section, "title",
	    ui_word(view->lang, rows[direction].title));
	group = add_element(view,
	    add_element(view, section, "informaltable", NULL), "tgroup", NULL);
	write_head(view, group, rows[direction].who, phones);
	body = add_element(view, group, "tbody", NULL);
	for (size_t i = 0; i < count; i++)
		write_row(view, body, &handoffs[i], phones);
}

/* --- where it stands --- */

static const xmlNode *
last_book(const xmlNode *set)
{
	const xmlNode *book = NULL;

	node_each_element(child, set)
		if (node_is(child, "book") || node_is(child, "set"))
			book = child;
	return book;
}

/* Its empty section; NULL where the root has no place for it. */
static xmlNode *
open_section(const struct view *view)
{
	xmlNode *parent = view->root;
	xmlNode *section;

	while (parent != NULL && node_is(parent, "set"))
		parent = (xmlNode *)(uintptr_t)last_book(parent);
	if (parent == NULL ||
	    (!node_is(parent, "book") && !node_is(parent, "part") &&
		!node_is(parent, "article")))
		return NULL;
	section = add_element(view, parent, "appendix", NULL);
	set_id(view, section, HANDOFFS_ID);
	view_set(section, "role", "handoffs");
	add_element(view, section, "title", ui_word(view->lang, "handoffs"));
	add_element(view, section, "para",
	    ui_word(view->lang, "handoffs-intro"));
	return section;
}

static void
directory_clear(struct directory *directory)
{
	for (size_t i = 0; i < DIRECTIONS; i++) {
		for (size_t j = 0; j < directory->counts[i]; j++) {
			free(directory->handoffs[i][j].who);
			free(directory->handoffs[i][j].key);
			free(directory->handoffs[i][j].phone);
		}
		free(directory->handoffs[i]);
	}
}

void
handoff_directory_add(struct view *view)
{
	const struct axes *axes = &view->edition->project->axes;
	struct directory directory = { .view = view };
	xmlNode *section = NULL;

	if (axes->role == AXIS_NONE ||
	    view->handbook->values[axes->role] == NULL)
		return;
	directory.role = &axes->axes[axes->role];
	node_each(node, view->root)
		if (node_is(node, "step"))
			gather_step(&directory, node);
	if (directory.counts[GIVEN] + directory.counts[RECEIVED] > 0)
		section = open_section(view);
	for (size_t i = 0; section != NULL && i < DIRECTIONS; i++) {
		if (directory.counts[i] > 1)
			qsort(directory.handoffs[i], directory.counts[i],
			    sizeof(*directory.handoffs[i]), compare_handoffs);
		write_direction(&directory, (enum direction)i, section);
	}
	directory_clear(&directory);
}
