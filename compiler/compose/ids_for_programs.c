/*
 * Leaves the ids behind what the view says in words, for formats that programs
 * read. After the edition's code, which is of what readers see.
 * Invariant: an id is left only of what the handbook names or shows.
 */
#include "compose.h"

#include <string.h>

#include "base/list.h"
#include "base/text.h"
#include "project/participation.h"

struct ids_for_programs {
	const struct view *view;
	xmlNode *names; /* v:names */
	struct map lists;
};

static xmlNode *
add_name(const struct ids_for_programs *ids, xmlNode *parent, const char *kind,
    const char *id, const char *label)
{
	xmlNode *node = view_add(ids->view, parent, kind);

	view_set(node, "id", id);
	if (label != NULL)
		view_set(node, "label", label);
	return node;
}

/* What each of a list of roles is called, once for every list. */
static void
name_roles(struct ids_for_programs *ids, const char *tokens)
{
	const struct axis *axis = axes_role(&ids->view->edition->project->axes);
	xmlNode *list;
	bool is_new;

	map_put_text(&ids->lists, tokens, &is_new);
	if (!is_new)
		return;
	list = add_name(ids, ids->names, "roles", tokens, NULL);
	token_each(token, tokens) {
		/* "=guard" is the guard alone. */
		const char *id = token + (token[0] == '=');

		add_name(ids, list, "role", id,
		    axis_label(axis, id, ids->view->lang));
	}
}

static void
set_roles(struct ids_for_programs *ids, xmlNode *node, const char *name,
    const char *tokens)
{
	if (tokens == NULL ||
	    axes_role(&ids->view->edition->project->axes) == NULL)
		return;
	view_set_vade(ids->view, node, name, tokens);
	name_roles(ids, tokens);
}

/* The classes up to the handbook's own. */
static void
name_classes(const struct ids_for_programs *ids)
{
	const struct view *view = ids->view;

	if (view_class(view, 0) == NULL)
		return;
	for (int rank = 0; rank <= view->handbook->clearance; rank++) {
		const struct axis_value *value = view_class(view, rank);

		add_name(ids, ids->names, "class", value->id,
		    lang_text_get(&value->label, view->lang, value->id));
	}
}

/* Where a branch goes on; "" if to what the handbook does not show. */
static void
set_go(const struct view *view, xmlNode *step, const char *go)
{
	const char *target = node_vade_attribute(step, "go-target");

	if (go == NULL)
		return;
	if (strcmp(go, "next") != 0 && strcmp(go, "stop") != 0 &&
	    (target == NULL || strcmp(go, target) != 0))
		go = "";
	view_set_vade(view, step, "go", go);
}

static void
add_ids(struct ids_for_programs *ids, xmlNode *node, const xmlNode *source)
{
	static const char *const parts[] = { "lead", "with", "informed",
		"partner" };
	const struct axis_value *value =
	    view_class(ids->view, view_rank(ids->view, source));

	if (value != NULL)
		view_set_vade(ids->view, node, "own-class", value->id);
	if (node_is(node, "task")) {
		for (size_t i = 0; i < COUNT(parts); i++)
			set_roles(ids, node, parts[i],
			    node_vade_attribute(source, parts[i]));
		return;
	}
	set_roles(ids, node, "actor", participation_actors(source));
	set_roles(ids, node, "standin", participation_standins(source));
	set_roles(ids, node, "to", node_vade_attribute(source, "to"));
	set_go(ids->view, node, node_vade_attribute(source, "go"));
}

void
ids_for_programs_add(struct view *view)
{
	const struct project *project = view->edition->project;
	xmlNode *top = xmlDocGetRootElement(view->doc);
	struct ids_for_programs ids = { .view = view,
		.names = view_add(view, top, "names") };

	view_set(ids.names, "project", project->id);
	for (size_t i = 0; i < project->tree_count; i++)
		add_name(&ids, ids.names, "language", project->trees[i].lang,
		    NULL);
	name_classes(&ids);
	node_each(node, view->root)
		if ((node_is(node, "task") || node_is(node, "step")) &&
		    view_source(node) != NULL)
			add_ids(&ids, node, view_source(node));
	map_clear(&ids.lists);
}
