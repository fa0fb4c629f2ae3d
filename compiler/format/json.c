#include "json.h"

#include <stdlib.h>
#include <string.h>

#include <jansson.h>

#include "base/list.h"
#include "base/map.h"
#include "base/text.h"
#include "model/book.h"
#include "model/ui.h"
#include "model/namespaces.h"
#include "project/participation.h"

/* The form of the file; a change that a reader must know of counts up. */
enum { FORM = 1 };

struct writer {
	const struct emit_job *job;
	const struct view *view;
	struct map ids;   /* that the handbook shows */
	json_t *handoffs; /* of all procedures */
	const char *task; /* id of the one being written, NULL */
};

static void
set_text(json_t *object, const char *key, const char *text)
{
	if (text != NULL && text[0] != '\0')
		json_object_set_new(object, key, json_string(text));
}

static void
set_list(json_t *object, const char *key, json_t *list)
{
	if (json_array_size(list) > 0)
		json_object_set(object, key, list);
	json_decref(list);
}

/* --- words --- */

static bool
is_silent(const xmlNode *node)
{
	static const char *const names[] = { "footnote", "indexterm", "alt",
		NULL };

	for (size_t i = 0; names[i] != NULL; i++)
		if (node_is(node, names[i]))
			return true;
	return node->type == XML_ELEMENT_NODE && !node_is(node, NULL);
}

static void
add_words(const xmlNode *node, struct buf *text)
{
	const char *instead;

	if (node->type == XML_TEXT_NODE || node->type == XML_CDATA_SECTION_NODE)
		buf_add_text(text, (const char *)node->content);
	if (node->type != XML_ELEMENT_NODE || is_silent(node))
		return;
	instead =
	    node->children == NULL ? node_vade_attribute(node, "text") : NULL;
	if (instead != NULL)
		buf_add_text(text, instead);
	for (const xmlNode *child = node->children; child != NULL;
	     child = child->next)
		add_words(child, text);
	/* Blocks do not run into each other. */
	if (node_is(node, "para") || node_is(node, "entry") ||
	    node_is(node, "title") || node_is(node, "term") ||
	    node_is(node, "member") || node_is(node, "td"))
		buf_add_char(text, ' ');
}

/* The words of an element, white space folded; the caller frees. */
static char *
words_dup(const xmlNode *node)
{
	struct buf raw = { 0 };
	struct buf text = { 0 };

	if (node != NULL)
		add_words(node, &raw);
	for (const char *at = buf_text(&raw); *at != '\0'; at++) {
		if (strchr(" \t\r\n", *at) == NULL)
			buf_add_char(&text, *at);
		else if (text.size > 0 && text.data[text.size - 1] != ' ')
			buf_add_char(&text, ' ');
	}
	while (text.size > 0 && text.data[text.size - 1] == ' ')
		text.data[--text.size] = '\0';
	buf_clear(&raw);
	return buf_take(&text);
}

static void
set_words(json_t *object, const char *key, const xmlNode *node)
{
	char *words = words_dup(node);

	set_text(object, key, words);
	free(words);
}

/* --- roles and classes --- */

/* [{"id": "guard", "label": "Guard"}]. */
static json_t *
list_roles(const struct writer *writer, const char *tokens)
{
	const struct axes *axes = &writer->view->edition->project->axes;
	json_t *list = json_array();
	const char *token;
	size_t len;

	while (axes->role != AXIS_NONE && tokens != NULL &&
	    (token = text_next_token(&tokens, &len)) != NULL) {
		/* "=guard" is the guard alone. */
		size_t skip = token[0] == '=';
		char *id = mem_dup_len(token + skip, len - skip);

		json_array_append_new(list,
		    json_pack("{s:s, s:s}", "id", id, "label",
			axis_label(&axes->axes[axes->role], id,
			    writer->view->lang)));
		free(id);
	}
	return list;
}

static void
set_class(const struct writer *writer, json_t *object, const xmlNode *node)
{
	const struct axis_value *value =
	    view_class(writer->view, view_rank(writer->view, node));

	if (value != NULL)
		json_object_set_new(object, "class",
		    json_pack("{s:s, s:s}", "id", value->id, "label",
			lang_text_get(&value->label, writer->view->lang,
			    value->id)));
}

/* --- steps --- */

/* The hand-off block of a step: a member per field. */
static json_t *
read_handoff(const xmlNode *step)
{
	json_t *fields = json_object();

	for (const xmlNode *list = node_first_element(step); list != NULL;
	     list = node_next_element(list)) {
		const char *role = node_attribute(list, "role");

		if (!node_is(list, "variablelist") || role == NULL ||
		    strcmp(role, "handoff") != 0)
			continue;
		for (const xmlNode *entry = node_first_element(list);
		     entry != NULL; entry = node_next_element(entry)) {
			const char *field = node_vade_attribute(entry, "field");

			if (field != NULL)
				set_words(fields, field,
				    node_child(entry, "listitem"));
		}
	}
	return fields;
}

static void
add_handoff(struct writer *writer, json_t *object, const xmlNode *step)
{
	const xmlNode *source = view_source(step);
	json_t *to = list_roles(writer, node_vade_attribute(source, "to"));
	json_t *handoff;

	if (json_array_size(to) == 0) {
		json_decref(to);
		return;
	}
	json_object_set(object, "to", to);
	handoff = json_object();
	set_text(handoff, "procedure", writer->task);
	set_text(handoff, "step", node_id(step));
	set_text(handoff, "label", node_vade_attribute(step, "label"));
	set_list(handoff, "from",
	    list_roles(writer, participation_actors(source)));
	json_object_set_new(handoff, "to", to);
	json_object_set_new(handoff, "fields", read_handoff(step));
	json_array_append_new(writer->handoffs, handoff);
}

static bool
is_step_part(const xmlNode *node)
{
	const char *role = node_attribute(node, "role");

	return node_is(node, "title") || node_is(node, "info") ||
	    node_is(node, "substeps") || node_is(node, "stepalternatives") ||
	    (node_is(node, "variablelist") && role != NULL &&
		strcmp(role, "handoff") == 0);
}

/* A paragraph is what it stands in: "listitem", "warning"; else "para". */
static const char *
kind_of(const xmlNode *node)
{
	static const char *const plain[] = { "step", "tasksummary",
		"taskprerequisites", "taskrelated", "formalpara", NULL };

	if (!node_is(node, "para") && !node_is(node, "simpara"))
		return (const char *)node->name;
	for (size_t i = 0; plain[i] != NULL; i++)
		if (node_is(node->parent, plain[i]))
			return "para";
	return (const char *)node->parent->name;
}

/* What an element says, paragraph by paragraph, so that no two are read as
 * one: [{"kind": "warning", "text": "…"}]. */
static void
add_blocks(const struct writer *writer, json_t *blocks, const xmlNode *parent,
    bool is_step)
{
	struct element_memo *memo = &writer->job->view->memo;

	for (const xmlNode *node = node_first_element(parent); node != NULL;
	     node = node_next_element(node)) {
		char *words;

		if (is_silent(node) || (is_step && is_step_part(node)) ||
		    node_is(node, "info"))
			continue;
		if ((element_facts(memo, node) & ELEMENT_CONTAINER) != 0) {
			add_blocks(writer, blocks, node, false);
			continue;
		}
		words = words_dup(node);
		if (words[0] != '\0')
			json_array_append_new(blocks,
			    json_pack("{s:s, s:s}", "kind", kind_of(node),
				"text", words));
		free(words);
	}
}

static json_t *
list_blocks(const struct writer *writer, const xmlNode *node, bool is_step)
{
	json_t *blocks = json_array();

	add_blocks(writer, blocks, node, is_step);
	return blocks;
}

/* Where a branch goes on. An id only if the handbook shows what has it. */
static void
set_go(const struct writer *writer, json_t *object, const xmlNode *step)
{
	const char *go = node_vade_attribute(view_source(step), "go");
	const char *mode = node_vade_attribute(step, "mode");

	if (go == NULL)
		return;
	if (strcmp(go, "next") == 0 || strcmp(go, "stop") == 0 ||
	    map_get_text(&writer->ids, go) != NULL)
		set_text(object, "go", go);
	set_text(object, "go_text", node_vade_attribute(step, "go-text"));
	/* A line does not say which one is. */
	if (mode == NULL || strcmp(mode, "brief") != 0)
		json_object_set_new(object, "default",
		    json_boolean(node_vade_attribute(step, "default") != NULL));
}

static json_t *list_steps(struct writer *writer, const xmlNode *parent);

static void
add_alternatives(struct writer *writer, json_t *object, const xmlNode *step)
{
	const xmlNode *alternatives = node_child(step, "stepalternatives");

	if (alternatives == NULL)
		return;
	json_object_set_new(object, "decision",
	    json_boolean(node_is_decision(alternatives)));
	set_list(object, "branches", list_steps(writer, alternatives));
}

static json_t *
write_step(struct writer *writer, const xmlNode *step)
{
	const xmlNode *source = view_source(step);
	json_t *object = json_object();
	const char *mode = node_vade_attribute(step, "mode");
	const char *performance = node_attribute(step, "performance");

	set_text(object, "id", node_id(step));
	set_text(object, "label", node_vade_attribute(step, "label"));
	set_words(object, "title", node_title(step));
	if (performance != NULL && strcmp(performance, "optional") == 0)
		json_object_set_new(object, "optional", json_true());
	set_text(object, "share", mode != NULL ? mode : "full");
	if (source == NULL)
		return object;
	set_class(writer, object, source);
	set_list(object, "actors",
	    list_roles(writer, participation_actors(source)));
	add_handoff(writer, object, step);
	set_go(writer, object, step);
	set_list(object, "blocks", list_blocks(writer, step, true));
	add_alternatives(writer, object, step);
	if (node_child(step, "substeps") != NULL)
		set_list(object, "steps",
		    list_steps(writer, node_child(step, "substeps")));
	return object;
}

static json_t *
list_steps(struct writer *writer, const xmlNode *parent)
{
	json_t *steps = json_array();

	for (const xmlNode *step = node_first_element(parent); step != NULL;
	     step = node_next_element(step))
		if (node_is(step, "step"))
			json_array_append_new(steps, write_step(writer, step));
	return steps;
}

/* --- procedures --- */

/* The child of v: that C left; NULL if none. */
static const xmlNode *
frame_child(const xmlNode *node, const char *name)
{
	const xmlNode *child = node_first_element(node);

	while (child != NULL &&
	    (node_is(child, NULL) || child->ns == NULL ||
		strcmp((const char *)child->name, name) != 0))
		child = node_next_element(child);
	return child;
}

static json_t *
list_facts(const xmlNode *task)
{
	const xmlNode *facts = frame_child(task, "facts");
	json_t *list = json_array();

	for (const xmlNode *fact = facts ? node_first_element(facts) : NULL;
	     fact != NULL; fact = node_next_element(fact)) {
		char *words = node_text_dup(fact);

		json_array_append_new(list,
		    json_pack("{s:s, s:s, s:s}", "key",
			node_attribute(fact, "key"), "name",
			node_attribute(fact, "name"), "value", words));
		free(words);
	}
	return list;
}

static json_t *
list_responsibilities(const xmlNode *task)
{
	static const struct {
		const char *attribute;
		const char *key;
	} columns[] = { { "label", "label" }, { "title", "title" },
		{ "r", "responsible" }, { "a", "accountable" },
		{ "c", "consulted" }, { "i", "informed" } };
	const xmlNode *raci = frame_child(task, "raci");
	json_t *list = json_array();

	for (const xmlNode *row = raci ? node_first_element(raci) : NULL;
	     row != NULL; row = node_next_element(row)) {
		json_t *object = json_object();

		for (size_t i = 0; i < COUNT(columns); i++)
			set_text(object, columns[i].key,
			    node_attribute(row, columns[i].attribute));
		json_array_append_new(list, object);
	}
	return list;
}

static void
set_participants(const struct writer *writer, json_t *object,
    const xmlNode *source)
{
	static const char *const keys[] = { "lead", "with", "informed",
		"partner" };

	for (size_t i = 0; i < COUNT(keys); i++)
		set_list(object, keys[i],
		    list_roles(writer, node_vade_attribute(source, keys[i])));
}

/* The parts before and after the steps. */
static void
set_parts(const struct writer *writer, json_t *object, const xmlNode *task)
{
	static const struct {
		const char *name;
		const char *key;
	} parts[] = { { "tasksummary", "summary" },
		{ "taskprerequisites", "prerequisites" },
		{ "taskrelated", "related" } };

	for (size_t i = 0; i < COUNT(parts); i++) {
		const xmlNode *part = node_child(task, parts[i].name);

		if (part != NULL)
			set_list(object, parts[i].key,
			    list_blocks(writer, part, false));
	}
}

static const xmlNode *
subtitle_of(const xmlNode *task)
{
	const xmlNode *info = node_child(task, "info");
	const xmlNode *subtitle = node_child(task, "subtitle");

	return subtitle != NULL || info == NULL ? subtitle
						: node_child(info, "subtitle");
}

static json_t *
write_procedure(struct writer *writer, const xmlNode *task)
{
	const xmlNode *source = view_source(task);
	const xmlNode *procedure = node_child(task, "procedure");
	json_t *object = json_object();

	writer->task = node_id(task);
	set_text(object, "id", writer->task);
	set_words(object, "title", node_title(task));
	if (subtitle_of(task) != NULL)
		set_words(object, "subtitle", subtitle_of(task));
	set_text(object, "page", node_vade_attribute(task, "page"));
	if (source != NULL) {
		set_class(writer, object, source);
		set_participants(writer, object, source);
	}
	set_list(object, "facts", list_facts(task));
	set_parts(writer, object, task);
	json_object_set_new(object, "steps",
	    procedure ? list_steps(writer, procedure) : json_array());
	set_list(object, "responsibilities", list_responsibilities(task));
	return object;
}

static json_t *
list_procedures(struct writer *writer)
{
	json_t *list = json_array();

	for (const xmlNode *node = writer->view->root; node != NULL;
	     node = node_walk(node, writer->view->root, true))
		if (node_is(node, "task"))
			json_array_append_new(list,
			    write_procedure(writer, node));
	return list;
}

/* --- the edition --- */

/* Where the same handbook is in each language; ids are the same in all. */
static json_t *
list_languages(const struct view *view)
{
	json_t *languages = json_object();

	for (size_t i = 0; i < view->edition->project->tree_count; i++) {
		const char *lang = view->edition->project->trees[i].lang;
		char *name = mem_format("../%s/%s.%s%s", lang,
		    view->handbook->id, lang, formats[FORMAT_JSON].suffix);

		json_object_set_new(languages, lang, json_string(name));
		free(name);
	}
	return languages;
}

static json_t *
edition_json(const struct writer *writer)
{
	const struct project *project = writer->view->edition->project;
	static const char *const modes[] = {
		[MODE_DEFAULT] = "default",
		[MODE_DRAFT] = "draft",
		[MODE_RELEASE] = "release",
	};
	json_t *edition = json_object();

	set_text(edition, "version", project->version);
	set_text(edition, "in_force", project->date);
	set_text(edition, "review", project->review);
	set_text(edition, "mode", modes[writer->view->edition->mode]);
	set_text(edition, "code", writer->job->code);
	set_text(edition, "copy", ui_word(writer->view->lang, "uncontrolled"));
	return edition;
}

static json_t *
notice_json(const struct view *view)
{
	const struct notice *notice =
	    project_notice(view->edition->project, view->lang);
	json_t *paras = json_array();

	if (notice == NULL) {
		json_decref(paras);
		return NULL;
	}
	for (size_t i = 0; i < notice->para_count; i++)
		json_array_append_new(paras, json_string(notice->paras[i]));
	return json_pack("{s:s, s:s, s:o}", "title", notice->title, "line",
	    notice->line, "text", paras);
}

static json_t *
write_handbook(struct writer *writer)
{
	const struct view *view = writer->view;
	json_t *object = json_object();
	json_t *notice = notice_json(view);

	json_object_set_new(object, "form", json_integer(FORM));
	set_text(object, "project", view->edition->project->id);
	set_text(object, "handbook", view->handbook->id);
	set_text(object, "title",
	    lang_text_get(&view->handbook->title, view->lang,
		view->handbook->id));
	set_text(object, "lang", view->lang);
	json_object_set_new(object, "languages", list_languages(view));
	set_class(writer, object, NULL);
	json_object_set_new(object, "edition", edition_json(writer));
	if (notice != NULL)
		json_object_set_new(object, "notice", notice);
	json_object_set_new(object, "procedures", list_procedures(writer));
	json_object_set(object, "handoffs", writer->handoffs);
	return object;
}

static void
find_ids(struct writer *writer)
{
	const xmlNode *root = writer->view->root;

	for (const xmlNode *node = root; node != NULL;
	     node = node_walk(node, root, true))
		if (node_is(node, NULL) && node_id(node) != NULL)
			map_put_text(&writer->ids, node_id(node), NULL);
}

int
json_emit(struct emit_job *job, struct diag *diag)
{
	struct writer writer = { .job = job,
		.view = job->view,
		.handoffs = json_array() };
	json_t *object;
	char *text;
	int rc;

	(void)diag;
	find_ids(&writer);
	object = write_handbook(&writer);
	text = json_dumps(object, JSON_INDENT(1));
	/* Sources are UTF-8, so there is nothing it could refuse. */
	rc = job->sink->file(job->sink, job->path, text, strlen(text));
	free(text);
	json_decref(object);
	json_decref(writer.handoffs);
	map_clear(&writer.ids);
	return rc;
}
