/* Reads axes.xml (urn:vademecum:axes:1). */
#include <stdlib.h>
#include <string.h>

#include "base/list.h"
#include "load/accept_syntax.h"
#include "load/config_xml.h"
#include "load/project_read.h"
#include "model/axis_tokens.h"
#include "model/namespaces.h"

static const char *const kind_names[] = {
	[AXIS_TREE] = "tree",
	[AXIS_SET] = "set",
	[AXIS_ORDERED] = "ordered",
};

static char *
dup_or_null(const char *text)
{
	return text == NULL ? NULL : mem_dup(text);
}

/* v:accept on a name that nothing uses yet. */
static void
read_accept(struct config *config, const xmlNode *node, struct place *accept)
{
	if (accept_syntax_of_name(node, book_place(&config->book, node), accept,
		config->reader->diag) != 0)
		config->failed = true;
}

static void
read_value(struct config *config, struct axis *axis, xmlNode *node, int parent);

/* Labels of a value, and in a tree the values below it. */
static void
read_value_children(struct config *config, struct axis *axis, xmlNode *node,
    size_t index)
{
	for (xmlNode *child = node_first_element(node); child != NULL;
	     child = node_next_element(child)) {
		if (config_is(config, child, "label"))
			config_read_label(child, &axis->values[index].label);
		else if (config_is(config, child, "value") &&
		    axis->kind == AXIS_TREE)
			read_value(config, axis, child, (int)index);
	}
}

static void
read_value(struct config *config, struct axis *axis, xmlNode *node, int parent)
{
	const char *id = node_attribute(node, "id");
	struct place place = config_place(config, node, "id");
	struct place first;
	struct axis_value *value;
	size_t index = axis->value_count;

	value = axis_add_value(axis, id, parent, place, &first);
	if (value == NULL) {
		config_refuse_twice(config, config_place(config, node, "id"),
		    first, id);
		return;
	}
	value->security = dup_or_null(node_attribute(node, "security"));
	value->requires = dup_or_null(node_attribute(node, "requires"));
	value->mark = dup_or_null(node_attribute(node, "mark"));
	value->levels = dup_or_null(node_attribute(node, "levels"));
	read_accept(config, node, &value->accept);
	read_value_children(config, axis, node, index);
	axis_end_value(axis, index);
}

static void
read_group(struct config *config, struct axis *axis, xmlNode *node)
{
	const char *id = node_attribute(node, "id");
	const char *values = node_attribute(node, "values");
	struct place first;
	struct axis_group *group =
	    axis_add_group(axis, id, book_place(&config->book, node), &first);

	if (group == NULL) {
		config_refuse_twice(config, config_place(config, node, "id"),
		    first, id);
		return;
	}
	group->values = mem_dup(values);
	read_accept(config, node, &group->accept);
	config_read_labels(node, &group->label);
}

static void
read_party(struct config *config, struct axis *axis, xmlNode *node)
{
	const char *id = node_attribute(node, "id");
	struct place first;
	struct axis_party *party =
	    axis_add_party(axis, id, book_place(&config->book, node), &first);

	if (party == NULL) {
		config_refuse_twice(config, config_place(config, node, "id"),
		    first, id);
		return;
	}
	read_accept(config, node, &party->accept);
	config_read_labels(node, &party->label);
}

static void
read_kind(struct config *config, struct axis *axis, xmlNode *node)
{
	const char *kind = node_attribute(node, "kind");
	const char *clearance = node_attribute(node, "clearance");

	while (strcmp(kind, kind_names[axis->kind]) != 0)
		axis->kind++;
	axis->is_clearance = clearance != NULL && strcmp(clearance, "yes") == 0;
	/* Nobody orders DocBook's security attribute but to guard it. */
	if (clearance == NULL
		? axis->kind == AXIS_ORDERED && !axis->is_vade &&
		    strcmp(axis->attribute, "security") == 0
		: !axis->is_clearance || axis->kind != AXIS_ORDERED)
		config_refuse_value(config, node, "clearance",
		    "yes (kind=\"ordered\")");
}

static void
read_attribute_name(struct axis *axis, xmlNode *node)
{
	const char *name = node_attribute(node, "attribute");

	axis->is_vade = strncmp(name, "v:", 2) == 0;
	axis->attribute = mem_dup(name + (axis->is_vade ? 2 : 0));
}

/* Groups are read when all values are known. */
static void
resolve_groups(struct config *config, struct axis *axis)
{
	for (size_t i = 0; i < axis->group_count; i++) {
		struct axis_group *group = &axis->groups[i];
		struct axis_tokens_origin origin = { group->place, "values" };

		uint64_t *leaves = mem_array(axis->words, sizeof(*leaves));

		/* Until then group->leaves is NULL: a group that names itself
		 * or a later one is not declared yet. */
		if (axis_tokens_parse(axis, group->values, false, &origin,
			leaves, config->reader->diag) != 0)
			config->failed = true;
		group->leaves = leaves;
	}
}

static void
read_axis(struct config *config, struct axes *axes, xmlNode *node)
{
	struct axis *axis;

	axis = list_add(axes->axes, axes->count, axes->capacity);
	memset(axis, 0, sizeof(*axis));
	axis->place = book_place(&config->book, node);
	axis->id = mem_dup(node_attribute(node, "id"));
	read_attribute_name(axis, node);
	read_kind(config, axis, node);
	for (xmlNode *child = node_first_element(node); child != NULL;
	     child = node_next_element(child)) {
		if (config_is(config, child, "label"))
			config_read_label(child, &axis->label);
		else if (config_is(config, child, "value"))
			read_value(config, axis, child, AXIS_NONE);
		else if (config_is(config, child, "group"))
			read_group(config, axis, child);
		else if (config_is(config, child, "party"))
			read_party(config, axis, child);
	}
	axis->words = (axis->value_count + 63) / 64;
}

static void
report_axis_twice(struct config *config, const struct axis *axis,
    const struct axis *first)
{
	const struct sources *sources = config->reader->sources;
	bool same_id = strcmp(axis->id, first->id) == 0;
	const char *name = same_id ? "id" : "attribute";

	config_refuse_twice(config,
	    source_attribute_place(sources, axis->place, name, NULL),
	    source_attribute_place(sources, first->place, name, NULL),
	    same_id ? axis->id : axis->attribute);
}

/* Ids and attributes are one axis's own; the special axes are found. */
static void
check_axes(struct config *config, struct axes *axes)
{
	for (size_t i = 0; i < axes->count; i++) {
		const struct axis *axis = &axes->axes[i];

		for (size_t j = 0; j < i; j++) {
			const struct axis *other = &axes->axes[j];

			if (strcmp(axis->id, other->id) != 0 &&
			    (axis->is_vade != other->is_vade ||
				strcmp(axis->attribute, other->attribute)))
				continue;
			report_axis_twice(config, axis, other);
		}
		if (axis->is_clearance && axes->clearance != AXIS_NONE)
			config_refuse_twice(config, axis->place,
			    axes->axes[axes->clearance].place, "clearance");
		if (axis->is_clearance)
			axes->clearance = (int)i;
		if (axis->kind == AXIS_TREE && strcmp(axis->id, "role") == 0)
			axes->role = (int)i;
	}
}

/* The start tag that a place in one of its attributes is in. */
static struct place
tag_around(const struct config *config, struct place place)
{
	const struct source *source =
	    sources_get(config->reader->sources, place.file);

	while (place.offset > 0 && source->bytes[place.offset] != '<')
		place.offset--;
	place.len = 0;
	return place;
}

/* A value's default clearance and what it requires must be declared. */
static void
check_values(struct config *config, struct axes *axes, struct axis *axis)
{
	for (size_t i = 0; i < axis->value_count; i++) {
		const struct axis_value *value = &axis->values[i];
		struct place tag = tag_around(config, value->place);
		struct axis_tokens_origin origin = { tag, "security" };
		uint64_t *leaves;

		if (value->security != NULL && axes->clearance != AXIS_NONE &&
		    axis_tokens_rank(&axes->axes[axes->clearance],
			value->security, &origin, config->reader->diag) < 0)
			config->failed = true;
		if (value->requires == NULL)
			continue;
		origin.attribute = "requires";
		leaves = mem_array(axis->words, sizeof(*leaves));
		if (axis_tokens_parse(axis, value->requires, false, &origin,
			leaves, config->reader->diag) != 0)
			config->failed = true;
		free(leaves);
	}
}

int
axes_read(struct axes *axes, struct xml_reader *reader, const char *path,
    struct place from)
{
	struct config config;
	int rc = config_open(&config, reader, path, from, NS_AXES, "axes");

	if (rc != 0)
		goto out;
	for (xmlNode *child = node_first_element(config_root(&config));
	     child != NULL; child = node_next_element(child)) {
		if (config_is(&config, child, "axis"))
			read_axis(&config, axes, child);
	}
	if (!config.failed)
		check_axes(&config, axes);
	for (size_t i = 0; !config.failed && i < axes->count; i++) {
		resolve_groups(&config, &axes->axes[i]);
		check_values(&config, axes, &axes->axes[i]);
	}
	rc = config.failed ? -1 : 0;
out:
	config_close(&config);
	return rc;
}
