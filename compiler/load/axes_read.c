/* Reads axes.xml (urn:vademecum:axes:1). */
#include <stdlib.h>
#include <string.h>

#include "base/list.h"
#include "load/accept_syntax.h"
#include "load/project_read.h"

/* v:accept on a name that nothing uses yet. */
static void
read_accept(struct config *config, const xmlNode *node, struct place *accept)
{
	if (accept_syntax_of_name(node, book_place(&config->book, node), accept,
		config->reader->diag) != 0)
		config->failed = true;
}

/* The id of a name stands at another place too. */
static void
refuse_twice(struct config *config, const xmlNode *node, struct place first)
{
	config_refuse_twice(config, config_place(config, node, "id"), first,
	    node_attribute(node, "id"));
}

static void
read_value(struct config *config, struct axis *axis, const xmlNode *node,
    int parent)
{
	static const struct config_attribute rows[] = {
		{ "security", CONFIG_TEXT,
		    offsetof(struct axis_value, security) },
		{ "requires", CONFIG_TEXT,
		    offsetof(struct axis_value, requires) },
		{ "mark", CONFIG_TEXT, offsetof(struct axis_value, mark) },
		{ "levels", CONFIG_TEXT, offsetof(struct axis_value, levels) },
		{ .name = NULL },
	};
	size_t index = axis->value_count;
	struct place first;
	struct axis_value *value =
	    axis_add_value(axis, node_attribute(node, "id"), parent,
		config_place(config, node, "id"), &first);

	if (value == NULL) {
		refuse_twice(config, node, first);
		return;
	}
	config_read_attributes(config, value, node, rows);
	read_accept(config, node, &value->accept);
	for (xmlNode *child = node_first_element(node); child != NULL;
	     child = node_next_element(child))
		if (config_is(config, child, "label"))
			config_read_label(config, &axis->values[index].label,
			    child);
		else
			read_value(config, axis, child, (int)index);
	axis_end_value(axis, index);
}

static void
read_top_value(struct config *config, void *into, const xmlNode *node)
{
	read_value(config, into, node, AXIS_NONE);
}

static void
read_labels(struct config *config, const xmlNode *node, struct lang_text *label)
{
	static const struct config_child rows[] = {
		{ "label", config_read_label },
		{ .name = NULL },
	};

	config_read_children(config, label, node, rows);
}

static void
read_group(struct config *config, void *into, const xmlNode *node)
{
	struct place first;
	struct axis_group *group =
	    axis_add_group(into, node_attribute(node, "id"),
		book_place(&config->book, node), &first);

	if (group == NULL) {
		refuse_twice(config, node, first);
		return;
	}
	group->values = mem_dup(node_attribute(node, "values"));
	read_accept(config, node, &group->accept);
	read_labels(config, node, &group->label);
}

static void
read_party(struct config *config, void *into, const xmlNode *node)
{
	struct place first;
	struct axis_party *party =
	    axis_add_party(into, node_attribute(node, "id"),
		book_place(&config->book, node), &first);

	if (party == NULL) {
		refuse_twice(config, node, first);
		return;
	}
	read_accept(config, node, &party->accept);
	read_labels(config, node, &party->label);
}

static void
read_kind(struct config *config, struct axis *axis, const xmlNode *node)
{
	static const char *const names[] = {
		[AXIS_TREE] = "tree",
		[AXIS_SET] = "set",
		[AXIS_ORDERED] = "ordered",
	};
	const char *clearance = node_attribute(node, "clearance");

	while (strcmp(node_attribute(node, "kind"), names[axis->kind]) != 0)
		axis->kind++;
	axis->is_clearance = clearance != NULL && strcmp(clearance, "yes") == 0;
	/* Nobody orders DocBook's security attribute but to guard it. */
	if (axis->kind == AXIS_ORDERED && !axis->is_clearance &&
	    (clearance != NULL ||
		(!axis->is_vade && strcmp(axis->attribute, "security") == 0)))
		config_refuse_value(config, node, "clearance",
		    "yes (kind=\"ordered\")");
}

static void
read_label(struct config *config, void *into, const xmlNode *node)
{
	struct axis *axis = into;

	config_read_label(config, &axis->label, node);
}

static void
read_axis(struct config *config, void *into, const xmlNode *node)
{
	static const struct config_child rows[] = {
		{ "label", read_label },
		{ "value", read_top_value },
		{ "group", read_group },
		{ "party", read_party },
		{ .name = NULL },
	};
	struct axes *axes = into;
	const char *name = node_attribute(node, "attribute");
	bool is_vade = strncmp(name, "v:", 2) == 0;
	struct axis *axis = list_add(axes->axes, axes->count, axes->capacity);

	*axis = (struct axis){ .id = mem_dup(node_attribute(node, "id")),
		.attribute = mem_dup(name + (is_vade ? 2 : 0)),
		.is_vade = is_vade,
		.place = book_place(&config->book, node) };
	read_kind(config, axis, node);
	config_read_children(config, axis, node, rows);
	axis->words = (axis->value_count + 63) / 64;
}

/* Ids and attributes are one axis's own. */
static void
check_name(struct config *config, const struct axis *axis,
    const struct axis *first)
{
	const struct sources *sources = config->reader->sources;
	bool same_id = strcmp(axis->id, first->id) == 0;
	const char *name = same_id ? "id" : "attribute";

	if (same_id ||
	    (axis->is_vade == first->is_vade &&
		strcmp(axis->attribute, first->attribute) == 0))
		config_refuse_twice(config,
		    source_attribute_place(sources, axis->place, name, NULL),
		    source_attribute_place(sources, first->place, name, NULL),
		    same_id ? axis->id : axis->attribute);
}

/* The special axes are found. */
static void
check_axes(struct config *config, struct axes *axes)
{
	for (size_t i = 0; i < axes->count; i++) {
		const struct axis *axis = &axes->axes[i];

		for (size_t j = 0; j < i; j++)
			check_name(config, axis, &axes->axes[j]);
		if (axis->is_clearance && axes->clearance != AXIS_NONE)
			config_refuse_twice(config, axis->place,
			    axes->axes[axes->clearance].place, "clearance");
		if (axis->is_clearance)
			axes->clearance = (int)i;
		if (axis->kind == AXIS_TREE && strcmp(axis->id, "role") == 0)
			axes->role = (int)i;
	}
}

/* A value's default clearance and what it requires must be declared. */
static void
check_value(struct config *config, struct axis *axis, const xmlNode *node)
{
	static const struct config_attribute rows[] = {
		{ "security", CONFIG_CLASS, 0 },
		{ .name = NULL },
	};
	int rank;

	if (config->project->axes.clearance != AXIS_NONE)
		config_read_attributes(config, &rank, node, rows);
	if (node_attribute(node, "requires") != NULL)
		free(config_leaves(config, axis, node, "requires"));
}

/* What names values is read when all are known: groups, in their order, so
 * that one that names itself or a later one is not declared yet; then values. */
static void
check_names(struct config *config, struct axes *axes, const xmlNode *root,
    bool groups)
{
	struct axis *axis = axes->axes - 1;
	size_t group = 0;

	for (const xmlNode *node = root; node != NULL;
	     node = node_walk(node, root, true)) {
		if (config_is(config, node, "axis")) {
			axis++;
			group = 0;
		} else if (groups && config_is(config, node, "group")) {
			axis->groups[group].leaves =
			    config_leaves(config, axis, node, "values");
			group++;
		} else if (!groups && config_is(config, node, "value"))
			check_value(config, axis, node);
	}
}

void
axes_read(struct config *config, void *into, const xmlNode *root)
{
	static const struct config_child rows[] = {
		{ "axis", read_axis },
		{ .name = NULL },
	};
	struct axes *axes = &config->project->axes;

	(void)into;
	config_read_children(config, axes, root, rows);
	if (!config->failed)
		check_axes(config, axes);
	for (int groups = 1; groups >= 0 && !config->failed; groups--)
		check_names(config, axes, root, groups != 0);
}
