/*
 * Says what a procedure says about roles, in the reader's words: facts, actors,
 * receivers, decisions, the RACI table.
 * Invariant: only elements that the view holds are spoken of.
 */
#include "project.h"

#include <string.h>

#include "base/alloc.h"
#include "base/list.h"
#include "base/buf.h"
#include "base/text.h"
#include "model/axis_tokens.h"
#include "model/ui.h"
#include "project/participation.h"
#include "select/step_labels.h"

/* "Teacher; Head teacher" for the tokens of an attribute; "" for none. */
static void
add_labels(const struct axis *axis, const char *tokens, const char *lang,
    struct buf *text)
{
	token_each(id, tokens) {
		if (text->size > 0)
			buf_add_text(text, "; ");
		buf_add_text(text, axis_label(axis, id, lang));
	}
}

/* --- facts --- */

static void
add_fact(const struct view *view, xmlNode *facts, const char *key,
    const char *name, const struct axis *axis, const char *tokens)
{
	struct buf text = { 0 };
	xmlNode *fact;

	if (axis == NULL || tokens == NULL)
		return;
	add_labels(axis, tokens, view->lang, &text);
	fact = view_add(view, facts, "fact");
	view_set(fact, "key", key);
	view_set(fact, "name", name);
	xmlNodeAddContent(fact, BAD_CAST buf_text(&text));
	buf_clear(&text);
}

static void
add_role_facts(const struct view *view, xmlNode *facts, const xmlNode *source)
{
	static const struct {
		const char *key;
		const char *word;
	} rows[] = {
		{ "lead", "fact-lead" },
		{ "with", "fact-with" },
		{ "informed", "fact-informed" },
		{ "partner", "fact-partner" },
	};

	for (size_t i = 0; i < COUNT(rows); i++)
		add_fact(view, facts, rows[i].key,
		    ui_word(view->lang, rows[i].word),
		    axes_role(&view->edition->project->axes),
		    node_vade_attribute(source, rows[i].key));
}

/* The other axes that the task itself carries, under their own labels. */
static void
add_axis_facts(const struct view *view, xmlNode *facts, const xmlNode *source)
{
	const struct axes *axes = &view->edition->project->axes;

	for (size_t i = 0; i < axes->count; i++) {
		const struct axis *axis = &axes->axes[i];
		const char *tokens = axis_tokens_of(axis, source);

		if ((int)i == axes->role)
			continue;
		if ((int)i == axes->clearance)
			tokens = view_class(view, view_rank(view, source))->id;
		add_fact(view, facts, axis->id,
		    lang_text_get(&axis->label, view->lang, axis->id), axis,
		    tokens);
	}
}

/* The earlier stages that the handbook shows too, by their ids. */
static void
add_follows(const struct view *view, xmlNode *facts, const xmlNode *source)
{
	scoped(buf_clear) struct buf text = { 0 };

	token_each(id, node_vade_attribute(source, "follows")) {
		const xmlNode *earlier = book_find_id(view->book, id);

		if (earlier != NULL && view_shows(view, earlier))
			buf_add_format(&text, "%s%s", text.size > 0 ? "; " : "",
			    id);
	}
	if (text.size > 0) {
		xmlNode *fact = view_add(view, facts, "fact");

		view_set(fact, "key", "follows");
		view_set(fact, "name", ui_word(view->lang, "fact-follows"));
		xmlNodeAddContent(fact, BAD_CAST buf_text(&text));
	}
}

static xmlNode *
add_facts(const struct view *view, xmlNode *task, const xmlNode *source)
{
	xmlNode *facts = view_add(view, task, "facts");

	add_role_facts(view, facts, source);
	add_axis_facts(view, facts, source);
	add_follows(view, facts, source);
	return facts;
}

/* --- steps --- */

static bool
is_exactly(const struct view *view, const char *tokens)
{
	const struct axis *role = axes_role(&view->edition->project->axes);
	size_t len;
	const char *token = text_next_token(&tokens, &len);
	size_t ignored;
	const char *id;

	if (token == NULL || view->handbook->exact_role == AXIS_NONE)
		return false;
	if (token[0] == '=') {
		token++;
		len--;
	}
	id = role->values[view->handbook->exact_role].id;
	return strlen(id) == len && memcmp(id, token, len) == 0 &&
	    text_next_token(&tokens, &ignored) == NULL;
}

static void
set_labels(const struct view *view, xmlNode *step, const char *name,
    const char *tokens)
{
	struct buf text = { 0 };

	if (tokens == NULL || axes_role(&view->edition->project->axes) == NULL)
		return;
	add_labels(axes_role(&view->edition->project->axes), tokens, view->lang,
	    &text);
	view_set_vade(view, step, name, buf_text(&text));
	buf_clear(&text);
}

/* What the handbook has to do with the step, for stylesheets. */
static void
set_mode(const struct view *view, xmlNode *step, enum participation share)
{
	static const char *const modes[] = {
		[PARTICIPATION_MINE] = "mine",
		[PARTICIPATION_STANDIN] = "standin",
		[PARTICIPATION_RECEIVED] = "received",
		[PARTICIPATION_LINE] = "brief",
		[PARTICIPATION_NONE] = NULL,
	};

	if (modes[share] != NULL)
		view_set_vade(view, step, "mode", modes[share]);
}

/* "If Teacher cannot be reached, you do this", or who does it then. */
static void
say_standins(const struct view *view, xmlNode *step, const char *actors,
    enum participation share)
{
	const struct axis *role = axes_role(&view->edition->project->axes);
	const char *standins =
	    node_vade_attribute(view_source(step), "standin");
	const char *sentence = ui_word(view->lang,
	    share == PARTICIPATION_STANDIN ? "standin-you" : "standin");
	struct buf who[2] = { { 0 }, { 0 } };
	struct buf text = { 0 };
	size_t filled = 0;

	if (standins == NULL || share == PARTICIPATION_LINE || role == NULL)
		return;
	add_labels(role, actors, view->lang, &who[0]);
	add_labels(role, standins, view->lang, &who[1]);
	for (; *sentence != '\0'; sentence++)
		if (*sentence == '%')
			buf_add_text(&text, buf_text(&who[filled++]));
		else
			buf_add_char(&text, *sentence);
	view_set_vade(view, step, "in-absence", buf_text(&text));
	buf_clear(&who[0]);
	buf_clear(&who[1]);
	buf_clear(&text);
}

static void
annotate_step(const struct view *view, xmlNode *step)
{
	const xmlNode *source = view_source(step);
	const char *actors = participation_actors(source);
	bool is_branch = node_is(source->parent, "stepalternatives");
	bool goes_along = participation_goes_along(view, source);
	enum participation share = participation_of_step(view, source);

	if (!goes_along)
		set_mode(view, step, share);
	/* The actor is printed unless the handbook is exactly that role; of
	 * branches once, at the decision. */
	if (actors != NULL && !is_exactly(view, actors) &&
	    !(is_branch && (goes_along || share == PARTICIPATION_LINE))) {
		set_labels(view, step, "actors", actors);
		view_set_vade(view, step, "who",
		    ui_word(view->lang,
			share == PARTICIPATION_RECEIVED ? "receive-from"
							: "who"));
	}
	say_standins(view, step, actors, share);
	set_labels(view, step, "receivers", node_vade_attribute(source, "to"));
}

/* --- RACI (DESIGN section 4) --- */

static int
first_role(const struct axis *role, const char *tokens)
{
	size_t len;
	const char *token =
	    tokens == NULL ? NULL : text_next_token(&tokens, &len);

	return token == NULL ? AXIS_NONE : axis_find_value(role, token, len);
}

/* A = v:accountable, else the actor if its sector is not the lead's, else
 * the lead. Exactly one. */
static const char *
accountable_of(const struct axis *role, const xmlNode *step, const char *actors,
    const char *lead)
{
	const char *accountable = node_vade_attribute(step, "accountable");
	int actor = first_role(role, actors);
	int leader = first_role(role, lead);

	if (accountable != NULL)
		return accountable;
	if (actor == AXIS_NONE || leader == AXIS_NONE ||
	    axis_sector(role, actor) == axis_sector(role, leader))
		return lead;
	return role->values[actor].id;
}

static void
set_row(const struct view *view, xmlNode *row, const char *name,
    const char *tokens, const char *more)
{
	scoped(buf_clear) struct buf text = { 0 };

	add_labels(axes_role(&view->edition->project->axes), tokens, view->lang,
	    &text);
	add_labels(axes_role(&view->edition->project->axes), more, view->lang,
	    &text);
	view_set(row, name, buf_text(&text));
}

static void
add_raci_row(const struct view *view, xmlNode *raci, const xmlNode *step,
    const xmlNode *task)
{
	const xmlNode *source = view_source(step);
	const char *actors = participation_actors(source);
	const char *lead = node_vade_attribute(task, "lead");
	xmlNode *title = node_title(step);
	owned char *words = title ? node_text_dup(title) : mem_dup("");
	const char *accountable = accountable_of(
	    axes_role(&view->edition->project->axes), source, actors, lead);
	xmlNode *row = view_add(view, raci, "row");

	view_set(row, "label", step_labels_get(view->book, source));
	view_set(row, "title", words);
	if (node_id(step) != NULL) {
		owned char *href = mem_format("#%s", node_id(step));

		view_set(row, "href", href);
	}
	set_row(view, row, "r", actors, NULL);
	set_row(view, row, "a", accountable, NULL);
	set_row(view, row, "c", node_vade_attribute(source, "consult"), NULL);
	set_row(view, row, "i", node_vade_attribute(source, "to"),
	    node_vade_attribute(task, "informed"));
}

/* One row per step of the procedure itself; branches belong to theirs. */
static void
add_raci(const struct view *view, xmlNode *task, const xmlNode *source)
{
	xmlNode *procedure = node_child(task, "procedure");
	xmlNode *raci;

	if (procedure == NULL || node_child(procedure, "step") == NULL ||
	    axes_role(&view->edition->project->axes) == NULL ||
	    node_vade_attribute(source, "lead") == NULL)
		return;
	raci = view_add(view, task, "raci");
	node_each_element(step, procedure)
		if (node_is(step, "step"))
			add_raci_row(view, raci, step, source);
}

/* --- when it is used --- */

/* What says it to the reader by name comes before what says it to anybody. */
static void
put_own_use_first(const struct view *view, xmlNode *task)
{
	const xmlNode *summary = node_child(task, "tasksummary");
	xmlNode *first = NULL; /* of those for anybody */
	xmlNode *next;

	for (xmlNode *node = summary ? node_first_element(summary) : NULL;
	     node != NULL; node = next) {
		next = node_next_element(node);
		if (!node_has_role(node, "formalpara", "use-when"))
			continue;
		if (participation_use_for(view, view_source(node)) !=
		    USE_FOR_READER)
			first = first != NULL ? first : node;
		else if (first != NULL)
			xmlAddPrevSibling(first, node);
	}
}

/* --- all --- */

static void
annotate_task(const struct view *view, xmlNode *task)
{
	const xmlNode *source = view_source(task);
	xmlNode *facts;
	xmlNode *next;

	for (xmlNode *node = task; node != NULL; node = next) {
		next = node_walk(node, task, true);
		if (node_is(node, "step"))
			annotate_step(view, node);
	}
	put_own_use_first(view, task);
	facts = add_facts(view, task, source);
	if (task->children != facts) {
		xmlUnlinkNode(facts);
		xmlAddPrevSibling(task->children, facts);
	}
	add_raci(view, task, source);
}

/* A class above the one around it is marked where it begins. */
static void
mark_class(const struct view *view, xmlNode *node)
{
	const xmlNode *source = view_source(node);
	int rank = view_rank(view, source);

	if (source->parent == NULL ||
	    source->parent->type != XML_ELEMENT_NODE ||
	    rank <= view_rank(view, source->parent))
		return;
	view_set_vade(view, node, "class-label",
	    lang_text_get(&view_class(view, rank)->label, view->lang,
		view_class(view, rank)->id));
}

void
task_annotate(struct view *view)
{
	node_each(node, view->root) {
		const char *label;

		if (node->type != XML_ELEMENT_NODE || !view_source(node))
			continue;
		if (view->edition->project->axes.clearance != AXIS_NONE)
			mark_class(view, node);
		label = step_labels_get(view->book, view_source(node));
		if (label[0] != '\0')
			view_set_vade(view, node, "label", label);
		if (node_is(node, "task"))
			annotate_task(view, node);
	}
}
