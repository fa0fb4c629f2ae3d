#include "acting_roles.h"

#include <stdlib.h>
#include <string.h>

#include "base/alloc.h"
#include "base/bits.h"
#include "base/text.h"
#include "model/axis_tokens_format.h"
#include "project/participation.h"

static unsigned *
cell(const struct acting_roles *acting, size_t role, size_t stage, size_t level)
{
	return &acting->acts[(role * acting->stages + stage) * acting->levels +
	    level];
}

unsigned
acting_roles_count(const struct acting_roles *acting, size_t role, size_t stage,
    size_t level)
{
	return *cell(acting, role, stage, level);
}

static const struct axis *
find_axis(const struct edition *edition, const char *id)
{
	int index = axes_find(&edition->project->axes, id);

	return index == AXIS_NONE ||
		edition->project->axes.axes[index].kind == AXIS_ORDERED
	    ? NULL
	    : &edition->project->axes.axes[index];
}

const char *
acting_roles_id(const struct axis *axis, size_t index)
{
	return axis == NULL ? "" : axis->values[index].id;
}

/* --- who acts in a procedure --- */

/* The lead, and the actors of its steps. */
static void
collect_actors(const struct axis *role, const xmlNode *task, uint64_t *leaves)
{
	axis_tokens_add_list(role, node_vade_attribute(task, "lead"), leaves);
	node_each(node, task)
		if (node_is(node, "step"))
			axis_tokens_add_list(role, participation_actors(node),
			    leaves);
}

bool
acting_roles_is_for(const struct edition *edition, const xmlNode *task,
    const struct axis *axis, size_t value)
{
	const struct reaches *reaches = edition->reaches;
	uint32_t reach = book_element(edition_book(edition), task)->reach;
	size_t index = (size_t)(axis - reaches->axes->axes);

	return bits_get(
	    reach_leaves(reaches, index, reach_sets(reaches, reach)[index]),
	    value);
}

void
acting_roles_lead_sectors(const struct edition *edition, const xmlNode *task,
    uint64_t *sectors)
{
	const struct axis *role = axes_role(&edition->project->axes);
	owned uint64_t *lead = mem_array(role->words, sizeof(*lead));

	axis_tokens_add_list(role, node_vade_attribute(task, "lead"), lead);
	for (size_t i = 0; i < role->value_count; i++)
		if (bits_get(lead, i))
			bits_set(sectors, (size_t)axis_sector(role, (int)i));
}

static bool
is_in_column(const struct acting_roles *acting, const xmlNode *task,
    const struct axis *axis, size_t value)
{
	return axis == NULL ||
	    acting_roles_is_for(acting->edition, task, axis, value);
}

static void
count_actor(struct acting_roles *acting, const xmlNode *task, size_t role)
{
	acting->in_all[role]++;
	for (size_t s = 0; s < acting->stages; s++)
		for (size_t l = 0; l < acting->levels; l++)
			if (is_in_column(acting, task, acting->stage, s) &&
			    is_in_column(acting, task, acting->level, l))
				(*cell(acting, role, s, l))++;
}

static void
count_task(struct acting_roles *acting, const xmlNode *task)
{
	owned uint64_t *actors =
	    mem_array(acting->role->words, sizeof(*actors));

	collect_actors(acting->role, task, actors);
	for (size_t i = 0; i < acting->role->value_count; i++)
		if (bits_get(actors, i))
			count_actor(acting, task, i);
}

/* --- which roles and sectors are looked at --- */

bool
acting_roles_is_counted(const struct edition *edition, size_t role)
{
	const struct project *project = edition->project;

	if (axes_role(&edition->project->axes)->values[role].subtree_end ==
	    role + 1)
		return true;
	for (size_t i = 0; i < project->handbook_count; i++)
		if (project->handbooks[i].exact_role == (int)role)
			return true;
	return false;
}

void
acting_roles_sectors(const struct edition *edition, uint64_t *sectors)
{
	const struct axis *role = axes_role(&edition->project->axes);
	const struct axis_group *group =
	    axis_find_group(role, "all-sectors", strlen("all-sectors"));

	for (size_t i = 0; i < role->value_count; i++)
		if (acting_roles_is_counted(edition, i) &&
		    (group == NULL || bits_get(group->leaves, i)))
			bits_set(sectors, (size_t)axis_sector(role, (int)i));
}

/* A role that names its levels has gaps on them alone. */
static bool
is_expected(const struct acting_roles *acting, size_t role, size_t level)
{
	const char *levels = acting->role->values[role].levels;

	if (acting->level == NULL || levels == NULL)
		return true;
	token_each(token, levels)
		if (axis_find_value(acting->level, token, strlen(token)) ==
		    (int)level)
			return true;
	return false;
}

bool
acting_roles_is_gap(const struct acting_roles *acting, size_t role,
    size_t stage, size_t level)
{
	return acting_roles_count(acting, role, stage, level) == 0 &&
	    is_expected(acting, role, level);
}

void
acting_roles_open(struct acting_roles *acting, const struct edition *edition)
{
	size_t roles;

	*acting = (struct acting_roles){ .edition = edition,
		.role = axes_role(&edition->project->axes),
		.stage = find_axis(edition, "stage"),
		.level = find_axis(edition, "level") };
	roles = acting->role->value_count;
	acting->stages = acting->stage ? acting->stage->value_count : 1;
	acting->levels = acting->level ? acting->level->value_count : 1;
	acting->acts = mem_array(roles * acting->stages * acting->levels,
	    sizeof(*acting->acts));
	acting->in_all = mem_array(roles, sizeof(*acting->in_all));
	node_each(node, book_root(edition_book(edition)))
		if (node_is(node, "task"))
			count_task(acting, node);
}

void
acting_roles_close(struct acting_roles *acting)
{
	free(acting->acts);
	free(acting->in_all);
}
