#include "participation.h"

#include <string.h>

#include "base/bits.h"
#include "base/text.h"
#include "model/axis_tokens.h"

const xmlNode *
participation_task(const xmlNode *source)
{
	while (source != NULL && !node_is(source, "task"))
		source = source->parent;
	return source;
}

const char *
participation_actors(const xmlNode *step)
{
	const xmlNode *node = step;

	for (; node != NULL && !node_is(node, "task"); node = node->parent) {
		const char *actor = node_vade_attribute(node, "actor");

		if (actor != NULL)
			return actor;
	}
	return node == NULL ? NULL : node_vade_attribute(node, "lead");
}

const char *
participation_standins(const xmlNode *step)
{
	const xmlNode *node = step;

	for (; node != NULL && !node_is(node, "task"); node = node->parent) {
		const char *standin = node_vade_attribute(node, "standin");

		if (standin != NULL || node_vade_attribute(node, "actor"))
			return standin;
	}
	return NULL;
}

bool
participation_names_reader(const struct view *view, const char *tokens)
{
	const struct axis *role = &view->edition->project->axes
				       .axes[view->edition->project->axes.role];
	const uint64_t *own =
	    view->handbook->values[view->edition->project->axes.role];

	token_each(token, tokens) {
		bool exact = token[0] == '=';
		int value =
		    axis_find_value(role, token + exact, strlen(token + exact));
		const struct axis_group *group =
		    axis_find_group(role, token, strlen(token));
		size_t end = 0;

		if (group != NULL && bits_meet(group->leaves, own, role->words))
			return true;
		if (value == AXIS_NONE)
			continue;
		end =
		    exact ? (size_t)value + 1 : role->values[value].subtree_end;
		for (size_t leaf = (size_t)value; leaf < end; leaf++)
			if (bits_get(own, leaf))
				return true;
	}
	return false;
}

enum use_for
participation_use_for(const struct view *view, const xmlNode *source)
{
	const struct axes *axes = &view->edition->project->axes;
	const struct axis *role = axes_role(axes);

	if (role == NULL || source == NULL ||
	    axis_tokens_of(role, source) == NULL)
		return USE_FOR_ANYBODY;
	return view->handbook->values[axes->role] != NULL ? USE_FOR_READER
							  : USE_FOR_OTHERS;
}

/* Does the handbook tell its own steps from others' in this task? Not if it
 * is for no roles, shows all in full, or its roles take no part. */
static bool
tells_apart(const struct view *view, const xmlNode *task)
{
	int role = view->edition->project->axes.role;

	return task != NULL && role != AXIS_NONE &&
	    view->handbook->projection != PROJECTION_FULL &&
	    view->handbook->values[role] != NULL &&
	    (participation_names_reader(view,
		 node_vade_attribute(task, "lead")) ||
		participation_names_reader(view,
		    node_vade_attribute(task, "with")));
}

static enum participation
direct_share(const struct view *view, const xmlNode *step)
{
	if (participation_names_reader(view, participation_actors(step)))
		return PARTICIPATION_MINE;
	if (participation_names_reader(view, participation_standins(step)))
		return PARTICIPATION_STANDIN;
	if (participation_names_reader(view, node_vade_attribute(step, "to")))
		return PARTICIPATION_RECEIVED;
	return PARTICIPATION_NONE;
}

static bool
must_show(const struct view *view, const xmlNode *node)
{
	if (node_is(node, "step"))
		return view_shows(view, node) &&
		    direct_share(view, node) != PARTICIPATION_NONE;
	return view->handbook->projection == PROJECTION_BRIEF &&
	    node_is_decision(node) && view_shows(view, node);
}

bool
participation_leads_on(const struct view *view, const xmlNode *list)
{
	bool must = false;

	for (const xmlNode *node = list; node != NULL && !must;
	     node = node_walk(node, list, !node_is(node, "warning")))
		must = must_show(view, node);
	return must;
}

/* Anywhere in it, also in its warnings. */
static bool
has_own_inside(const struct view *view, const xmlNode *step)
{
	const xmlNode *node = step;

	while ((node = node_walk(node, step, true)) != NULL)
		if (must_show(view, node))
			return true;
	return false;
}

enum participation
participation_of_step(const struct view *view, const xmlNode *step)
{
	enum participation share;

	if (!tells_apart(view, participation_task(step)))
		return PARTICIPATION_WHOLE;
	/* A branch belongs to its decision: of another's each is a line. */
	if (node_is_decision(step->parent)) {
		share = participation_of_step(view, step->parent->parent);
		if (share != PARTICIPATION_LINE)
			return share;
	}
	share = direct_share(view, step);
	if (share != PARTICIPATION_NONE)
		return share;
	return view->handbook->projection == PROJECTION_BRIEF ||
		node_is_decision(step->parent) || has_own_inside(view, step)
	    ? PARTICIPATION_LINE
	    : PARTICIPATION_NONE;
}

bool
participation_goes_along(const struct view *view, const xmlNode *step)
{
	enum participation share = participation_of_step(view, step);

	return node_is(step->parent, "stepalternatives") &&
	    share != PARTICIPATION_LINE &&
	    share == participation_of_step(view, step->parent->parent);
}
