/* Reads <coverage> of vade.xml: the coverage rule of a project. */
#include <stdlib.h>

#include "base/list.h"
#include "base/text.h"
#include "load/project_read.h"

/* Which axis of the rule it is; axis_count if it is none of it. */
static size_t
find_axis(const struct coverage *coverage, int axis)
{
	size_t i = 0;

	while (i < coverage->axis_count && coverage->axes[i] != axis)
		i++;
	return i;
}

/* One axis or two, each once. */
static void
read_axes(struct config *config, const xmlNode *node)
{
	struct coverage *coverage = &config->project->coverage;
	const char *at = node_attribute(node, "axes");
	char *id;

	while ((id = text_take_token(&at)) != NULL) {
		int axis =
		    config_axis_of(config, node, "axes", id, CONFIG_UNORDERED);

		if (find_axis(coverage, axis) < coverage->axis_count)
			config_refuse_value(config, node, "axes", "–");
		else if (axis != AXIS_NONE)
			coverage->axes[coverage->axis_count++] = axis;
		free(id);
	}
}

/* <values axis="…">tokens</values>: of each axis of the rule once. */
static void
read_values(struct config *config, void *into, const xmlNode *node)
{
	const struct coverage *coverage = &config->project->coverage;
	struct coverage_except *except = into;
	const struct axes *axes = &config->project->axes;
	size_t i =
	    find_axis(coverage, axes_find(axes, node_attribute(node, "axis")));

	if (i == coverage->axis_count || except->values[i] != NULL)
		config_refuse_value(config, node, "axis",
		    node_attribute(node->parent->parent, "axes"));
	else
		except->values[i] = config_leaves(config,
		    &axes->axes[coverage->axes[i]], node, NULL);
}

static void
read_except(struct config *config, void *into, const xmlNode *node)
{
	static const struct config_child rows[] = {
		{ "values", read_values },
		{ .name = NULL },
	};
	struct coverage *coverage = into;
	struct coverage_except *except = list_add(coverage->excepts,
	    coverage->except_count, coverage->except_capacity);

	*except = (struct coverage_except){ .reason = mem_dup(
						node_attribute(node, "reason")),
		.place = config_place(config, node, "") };
	config_read_children(config, except, node, rows);
}

void
coverage_read_settings(struct config *config, void *into, const xmlNode *node)
{
	static const struct config_child rows[] = {
		{ "except", read_except },
		{ .name = NULL },
	};
	struct coverage *coverage = &config->project->coverage;

	(void)into;
	read_axes(config, node);
	coverage->place = config_place(config, node, "least");
	coverage->least = strtoul(node_attribute(node, "least"), NULL, 10);
	config_read_children(config, coverage, node, rows);
}
