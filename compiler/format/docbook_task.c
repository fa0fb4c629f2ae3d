#include "docbook_task.h"

#include <stdlib.h>
#include <string.h>

#include "base/alloc.h"
#include "compose/xml_write.h"
#include "model/book.h"
#include "model/ui.h"
#include "model/namespaces.h"
#include "project/project.h"

static const char *
word(const struct docbook *docbook, const char *key)
{
	return ui_word(docbook->job->view->lang, key);
}

/* The child that C left on the element; NULL if none. */
static const xmlNode *
frame_child(const xmlNode *node, const char *name)
{
	const xmlNode *child = node->children;

	while (child != NULL &&
	    (child->type != XML_ELEMENT_NODE || child->ns == NULL ||
		strcmp((const char *)child->ns->href, NS_VADE) != 0 ||
		strcmp((const char *)child->name, name) != 0))
		child = child->next;
	return child;
}

static bool
has_role(const xmlNode *node, const char *role)
{
	const char *value = node_attribute(node, "role");

	return value != NULL && strcmp(value, role) == 0;
}

/* --- titles --- */

static bool
is_optional(const xmlNode *step)
{
	const char *performance = node_attribute(step, "performance");

	return performance != NULL && strcmp(performance, "optional") == 0;
}

/* "Step 1-R1", "Step 2 (Optional)". */
static void
add_step_label(struct docbook *docbook, const xmlNode *step)
{
	const char *label = node_vade_attribute(step, "label");
	bool is_branch = node_is(step->parent, "stepalternatives");

	buf_add_format(&docbook->out, "%s %s",
	    word(docbook, is_branch ? "branch" : "step"), label ? label : "");
	if (is_optional(step))
		buf_add_format(&docbook->out, " (%s)",
		    word(docbook, "optional"));
}

static bool
is_handoff(const xmlNode *node)
{
	return node_is(node, "variablelist") && has_role(node, "handoff");
}

/* "Hand-off: Teacher → Coordinator". */
static void
add_handoff_title(struct docbook *docbook, const xmlNode *list)
{
	const char *from = node_vade_attribute(list->parent, "actors");
	const char *to = node_vade_attribute(list->parent, "receivers");

	buf_add_text(&docbook->out, word(docbook, "handoff"));
	if (to == NULL)
		return;
	buf_add_text(&docbook->out, ": ");
	xml_write_add_text(&docbook->out, from ? from : "", false);
	buf_add_text(&docbook->out, from ? " → " : "→ ");
	xml_write_add_text(&docbook->out, to, false);
}

void
docbook_add_missing_title(struct docbook *docbook, const xmlNode *node)
{
	bool is_step = node_is(node, "step");
	bool is_safeguard =
	    node_is(node, "important") && has_role(node, "safeguard");

	if (node_title(node) != NULL ||
	    (!is_step && !is_safeguard && !is_handoff(node)))
		return;
	buf_add_text(&docbook->out, "<title>");
	if (is_step)
		add_step_label(docbook, node);
	else if (is_safeguard)
		buf_add_text(&docbook->out, word(docbook, "safeguard"));
	else
		add_handoff_title(docbook, node);
	buf_add_text(&docbook->out, "</title>\n");
}

void
docbook_begin_title(struct docbook *docbook, const xmlNode *title)
{
	const xmlNode *owner = title->parent;

	if (node_is(owner, "info"))
		owner = owner->parent;
	if (node_is(owner, "step")) {
		add_step_label(docbook, owner);
		buf_add_text(&docbook->out, ": ");
	}
	if (node_is(owner, "task") && node_id(owner) != NULL) {
		xml_write_add_text(&docbook->out, node_id(owner), false);
		buf_add_char(&docbook->out, ' ');
	}
	if (node_is(owner, "important") && has_role(owner, "safeguard"))
		buf_add_format(&docbook->out,
		    "%s: ", word(docbook, "safeguard"));
}

/* --- steps --- */

static void
add_who(struct docbook *docbook, const xmlNode *step)
{
	const char *from = node_vade_attribute(step, "actors");
	const char *to = node_vade_attribute(step, "receivers");
	const char *mode = node_vade_attribute(step, "mode");
	bool received = mode != NULL && strcmp(mode, "received") == 0;

	if (from == NULL && to == NULL)
		return;
	buf_add_text(&docbook->out, "<para role=\"who\">");
	if (from != NULL) {
		buf_add_format(&docbook->out,
		    "%s: ", word(docbook, received ? "receive-from" : "who"));
		xml_write_add_text(&docbook->out, from, false);
	}
	if (to != NULL) {
		buf_add_format(&docbook->out, "%s→ %s: ", from ? " " : "",
		    word(docbook, "hands-over"));
		xml_write_add_text(&docbook->out, to, false);
	}
	buf_add_text(&docbook->out, "</para>\n");
}

static void
begin_step(struct docbook *docbook, const xmlNode *step)
{
	if (node_vade_attribute(step, "default") != NULL)
		xml_write_add_element(&docbook->out, "para role=\"default\"",
		    word(docbook, "default-branch"));
	add_who(docbook, step);
}

/* Is there a line of ours in a step: who does it, the default branch? */
static bool
has_own_line(const xmlNode *step)
{
	return node_vade_attribute(step, "actors") != NULL ||
	    node_vade_attribute(step, "receivers") != NULL ||
	    node_vade_attribute(step, "default") != NULL;
}

static void
end_step(struct docbook *docbook, const xmlNode *step)
{
	const char *text = node_vade_attribute(step, "go-text");
	const char *href = node_vade_attribute(step, "go-href");
	const char *hash = href ? strchr(href, '#') : NULL;
	const struct map_entry *id =
	    hash ? map_get_text(&docbook->ids, hash + 1) : NULL;

	if (id == NULL && href != NULL && hash == NULL) {
		id = map_get_text(&docbook->pages, href);
		if (id != NULL)
			id = &docbook->ids.entries[id->value];
	}
	if (text != NULL) {
		buf_add_text(&docbook->out, "<para role=\"go\">→ ");
		if (id != NULL) {
			buf_add_text(&docbook->out, "<link");
			xml_write_add_attribute(&docbook->out, "linkend",
			    id->key);
			buf_add_char(&docbook->out, '>');
		}
		xml_write_add_text(&docbook->out, text, false);
		buf_add_text(&docbook->out,
		    id ? "</link></para>\n" : "</para>\n");
	} else if (schema_filler_wants(step) != NULL && !has_own_line(step)) {
		buf_add_text(&docbook->out, "<para/>");
	}
}

void
docbook_write_alternatives(struct docbook *docbook, const xmlNode *node)
{
	bool decides = node_is_decision(node);

	const char *mode = node_vade_attribute(node->parent, "mode");

	/* Whoever does not choose is not told to. */
	if (mode == NULL || strcmp(mode, "brief") != 0)
		xml_write_add_element(&docbook->out, "para role=\"decide\"",
		    word(docbook, decides ? "decide" : "do-one"));
	docbook_write_plain(docbook, node);
}

/* --- tasks --- */

static void
add_facts(struct docbook *docbook, const xmlNode *task)
{
	const xmlNode *facts = frame_child(task, "facts");

	if (facts == NULL || node_first_element(facts) == NULL)
		return;
	buf_add_text(&docbook->out, "<variablelist role=\"facts\">\n");
	for (const xmlNode *fact = node_first_element(facts); fact != NULL;
	     fact = node_next_element(fact)) {
		char *words = node_text_dup(fact);

		buf_add_text(&docbook->out, "<varlistentry>");
		xml_write_add_element(&docbook->out, "term",
		    node_attribute(fact, "name"));
		buf_add_text(&docbook->out, "<listitem>");
		xml_write_add_element(&docbook->out, "para", words);
		buf_add_text(&docbook->out, "</listitem></varlistentry>\n");
		free(words);
	}
	buf_add_text(&docbook->out, "</variablelist>\n");
}

static void
add_raci_row(struct docbook *docbook, const xmlNode *row)
{
	static const char *const columns[] = { "r", "a", "c", "i" };
	char *step = mem_format("%s %s", node_attribute(row, "label"),
	    node_attribute(row, "title"));

	buf_add_text(&docbook->out, "<row>");
	xml_write_add_element(&docbook->out, "entry", step);
	for (size_t i = 0; i < 4; i++)
		xml_write_add_element(&docbook->out, "entry",
		    node_attribute(row, columns[i]));
	buf_add_text(&docbook->out, "</row>\n");
	free(step);
}

/* Who is responsible, accountable, consulted, informed. */
static void
add_raci(struct docbook *docbook, const xmlNode *task)
{
	static const char *const heads[] = { "step", "responsible",
		"accountable", "consulted", "informed" };
	const xmlNode *raci = frame_child(task, "raci");

	buf_add_format(&docbook->out,
	    "<para role=\"raci\"><emphasis role=\"strong\">%s</emphasis>"
	    "</para>\n<informaltable role=\"raci\"><tgroup cols=\"5\">\n"
	    "<thead><row>",
	    word(docbook, "raci"));
	for (size_t i = 0; i < 5; i++)
		xml_write_add_element(&docbook->out, "entry",
		    word(docbook, heads[i]));
	buf_add_text(&docbook->out, "</row></thead>\n<tbody>\n");
	for (const xmlNode *row = node_first_element(raci); row != NULL;
	     row = node_next_element(row))
		add_raci_row(docbook, row);
	buf_add_text(&docbook->out, "</tbody></tgroup></informaltable>\n");
}

static bool
has_raci(const xmlNode *task)
{
	const xmlNode *raci = frame_child(task, "raci");

	return raci != NULL && node_first_element(raci) != NULL;
}

void
docbook_begin_block(struct docbook *docbook, const xmlNode *node)
{
	if (node_is(node, "step"))
		begin_step(docbook, node);
	else if (node_is(node, "tasksummary"))
		add_facts(docbook, node->parent);
	else if (node_is(node, "task") && frame_child(node, "facts") != NULL &&
	    node_first_element(frame_child(node, "facts")) != NULL &&
	    node_child(node, "tasksummary") == NULL) {
		buf_add_text(&docbook->out, "<tasksummary>");
		add_facts(docbook, node);
		buf_add_text(&docbook->out, "</tasksummary>\n");
	}
}

void
docbook_end_block(struct docbook *docbook, const xmlNode *node)
{
	if (node_is(node, "step"))
		end_step(docbook, node);
	else if (schema_filler_wants(node) != NULL)
		buf_add_text(&docbook->out,
		    node_is(node, "procedure") ? "<step><para/></step>\n"
					       : "<para/>\n");
	else if (node_is(node, "taskrelated") && has_raci(node->parent))
		add_raci(docbook, node->parent);
	else if (node_is(node, "task") && has_raci(node) &&
	    node_child(node, "taskrelated") == NULL) {
		buf_add_text(&docbook->out, "<taskrelated>\n");
		add_raci(docbook, node);
		buf_add_text(&docbook->out, "</taskrelated>\n");
	}
}
