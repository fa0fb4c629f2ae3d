/* Reads handbooks.xml (urn:vademecum:handbooks:1). */
#include <stdlib.h>
#include <string.h>

#include "base/bits.h"
#include "base/buf.h"
#include "base/list.h"
#include "base/text.h"
#include "load/project_read.h"
#include "model/format.h"

static enum projection
read_projection(const xmlNode *node)
{
	static const char *const names[] = {
		[PROJECTION_BRIEF] = "brief",
		[PROJECTION_OWN] = "own",
		[PROJECTION_FULL] = "full",
	};
	const char *value = node_attribute(node, "projection");
	enum projection projection = PROJECTION_BRIEF;

	while (value != NULL && strcmp(value, names[projection]) != 0)
		projection++;
	return projection;
}

/* The set that an attribute formats="…" names; `above` if it is not there. */
static uint32_t
read_formats(const xmlNode *node, uint32_t above)
{
	const char *at = node_attribute(node, "formats");
	const char *token;
	uint32_t set = at != NULL ? 0 : above;
	size_t len;

	while (at != NULL && (token = text_next_token(&at, &len)) != NULL)
		set |= (uint32_t)1 << format_find(token, len);
	return set;
}

static void
read_title(struct config *config, void *into, const xmlNode *node)
{
	struct handbook *handbook = into;

	config_read_label(config, &handbook->title, node);
}

/* Of an axis once, and none that security="…" speaks of. */
static void
read_values(struct config *config, void *into, const xmlNode *node)
{
	const struct axes *axes = &config->project->axes;
	struct handbook *handbook = into;
	int at = config_axis(config, node, CONFIG_AXES);

	if (at == AXIS_NONE)
		return;
	if (handbook->values[at] != NULL)
		config_refuse_value(config, node, "axis", "–");
	else
		handbook->values[at] =
		    config_leaves(config, &axes->axes[at], node, NULL);
}

static const struct config_child handbook_rows[] = {
	{ "title", read_title },
	{ "values", read_values },
	{ .name = NULL },
};

/* The one role whose leaf, or whose subtree, the handbook is for. */
static void
find_role(const struct axes *axes, struct handbook *handbook)
{
	const struct axis *axis = axes_role(axes);
	const uint64_t *leaves =
	    axis != NULL ? handbook->values[axes->role] : NULL;
	size_t first = 0;
	size_t count = 0;

	if (leaves == NULL)
		return;
	for (size_t i = axis->value_count; i-- > 0;)
		if (bits_get(leaves, i)) {
			first = i;
			count++;
		}
	for (size_t i = first; count > 1 && i < axis->values[first].subtree_end;
	     i++)
		if (!bits_get(leaves, i))
			return;
	if (count == 1)
		handbook->exact_role = (int)first;
	if (count == 1 || count == axis->values[first].subtree_end - first)
		handbook->head_role = (int)first;
}

static struct handbook *
add_handbook(struct project *project, size_t shelf, const char *id)
{
	struct handbook *handbook = list_add(project->handbooks,
	    project->handbook_count, project->handbook_capacity);

	*handbook = (struct handbook){ .id = mem_dup(id),
		.shelf = shelf,
		.values =
		    mem_array(project->axes.count + 1, sizeof(uint64_t *)),
		.exact_role = AXIS_NONE,
		.head_role = AXIS_NONE };
	return handbook;
}

/* What must hold of every handbook, however it was made. */
static void
finish_handbook(struct config *config, struct handbook *handbook,
    const xmlNode *node)
{
	const struct project *project = config->project;
	const struct axes *axes = &project->axes;
	const struct shelf *shelf = &project->shelves[handbook->shelf];
	const struct handbook *first = project_handbook(project, handbook->id);

	find_role(axes, handbook);
	if (handbook->title.count > 0)
		config_check_languages(config, node, &handbook->title,
		    handbook->id);
	if (!config_is_file_name(handbook->id))
		config_refuse_value(config, node, "id", CONFIG_NAME_FORM);
	if (first != handbook)
		config_refuse_twice(config, handbook->place, first->place,
		    handbook->id);
	if (handbook->clearance > shelf->clearance) {
		const struct axis_value *classes =
		    axes->axes[axes->clearance].values;

		diag_report_related(config->reader->diag,
		    DIAG_HANDBOOK_ABOVE_SHELF, handbook->place, shelf->place,
		    handbook->id, classes[handbook->clearance].id, shelf->id,
		    classes[shelf->clearance].id, NULL);
		config->failed = true;
	}
}

void
handbook_read(struct config *config, void *into, const xmlNode *node)
{
	static const struct config_attribute rows[] = {
		{ "security", CONFIG_CLASS,
		    offsetof(struct handbook, clearance) },
		{ "id", CONFIG_PLACE, offsetof(struct handbook, place) },
		{ .name = NULL },
	};
	const size_t *shelf = into;
	struct handbook *handbook =
	    add_handbook(config->project, *shelf, node_attribute(node, "id"));

	config_read_attributes(config, handbook, node, rows);
	handbook->projection = read_projection(node);
	handbook->formats =
	    read_formats(node, config->project->shelves[*shelf].formats);
	config_read_children(config, handbook, node, handbook_rows);
	finish_handbook(config, handbook, node);
}

/* "@" in a pattern becomes the value's id or label. The caller frees. */
static char *
expand(const char *pattern, const char *value)
{
	struct buf text = { 0 };

	for (; *pattern != '\0'; pattern++)
		if (*pattern == '@')
			buf_add_text(&text, value);
		else
			buf_add_char(&text, *pattern);
	return buf_take(&text);
}

static void
expand_titles(struct handbook *handbook, const struct axis_value *value)
{
	for (size_t i = 0; i < handbook->title.count; i++) {
		struct label_text *title = &handbook->title.texts[i];
		char *text = expand(title->text,
		    lang_text_get(&value->label, title->lang, value->id));

		free(title->text);
		title->text = text;
	}
}

/* The handbook of one value of an <each>. */
static void
read_each_value(struct config *config, size_t shelf, const xmlNode *node,
    int axis_index, size_t index)
{
	static const struct config_attribute rows[] = {
		{ "security", CONFIG_CLASS,
		    offsetof(struct handbook, clearance) },
		{ .name = NULL },
	};
	const struct axes *axes = &config->project->axes;
	const struct axis *axis = &axes->axes[axis_index];
	const struct axis_value *value = &axis->values[index];
	const char *pattern = node_attribute(node, "id");
	const char *security = node_attribute(node, "security");
	const char *subtree = node_attribute(node, "subtree");
	char *id = expand(pattern ? pattern : "@", value->id);
	struct handbook *handbook = add_handbook(config->project, shelf, id);

	free(id);
	handbook->place = config_place(config, node, "axis");
	handbook->projection = read_projection(node);
	handbook->formats =
	    read_formats(node, config->project->shelves[shelf].formats);
	handbook->values[axis_index] = mem_array(axis->words, sizeof(uint64_t));
	bits_set_range(handbook->values[axis_index], index,
	    subtree != NULL && strcmp(subtree, "yes") == 0 ? value->subtree_end
							   : index + 1);
	if (security != NULL && strcmp(security, "@") == 0)
		handbook->clearance = axes_default_rank(axes, value);
	else
		config_read_attributes(config, handbook, node, rows);
	config_read_children(config, handbook, node, handbook_rows);
	expand_titles(handbook, value);
	finish_handbook(config, handbook, node);
}

static void
read_each(struct config *config, void *into, const xmlNode *node)
{
	int at = config_axis(config, node, CONFIG_AXES);
	bool is_only = node_attribute(node, "only") != NULL;
	const size_t *shelf = into;
	const struct axis *axis;
	uint64_t *named;

	if (at == AXIS_NONE)
		return;
	axis = &config->project->axes.axes[at];
	named = config_values(config, axis, node, is_only ? "only" : "except",
	    DIAG_TOKEN_UNKNOWN);
	for (size_t i = 0; i < axis->value_count; i++)
		if (bits_get(named, i) == is_only)
			read_each_value(config, *shelf, node, at, i);
	free(named);
}

static void
read_shelf_title(struct config *config, void *into, const xmlNode *node)
{
	const size_t *shelf = into;

	config_read_label(config, &config->project->shelves[*shelf].title,
	    node);
}

static void
read_shelf(struct config *config, void *into, const xmlNode *node)
{
	static const struct config_attribute attributes[] = {
		{ "id", CONFIG_TEXT, offsetof(struct shelf, id) },
		{ "id", CONFIG_PLACE, offsetof(struct shelf, place) },
		{ "security", CONFIG_CLASS, offsetof(struct shelf, clearance) },
		{ .name = NULL },
	};
	static const struct config_child children[] = {
		{ "title", read_shelf_title },
		{ "handbook", handbook_read },
		{ "each", read_each },
		{ .name = NULL },
	};
	struct project *project = into;
	size_t index = project->shelf_count;
	struct shelf *shelf = list_add(project->shelves, project->shelf_count,
	    project->shelf_capacity);

	*shelf = (struct shelf){ .formats = read_formats(node, 0) };
	config_read_attributes(config, shelf, node, attributes);
	if (!config_is_file_name(shelf->id))
		config_refuse_value(config, node, "id", CONFIG_NAME_FORM);
	for (size_t i = 0; i < index; i++)
		if (strcmp(project->shelves[i].id, shelf->id) == 0)
			config_refuse_twice(config, shelf->place,
			    project->shelves[i].place, shelf->id);
	config_read_children(config, &index, node, children);
	shelf = &project->shelves[index];
	if (shelf->title.count > 0)
		config_check_languages(config, node, &shelf->title, shelf->id);
}

void
handbooks_read(struct config *config, void *into, const xmlNode *root)
{
	static const struct config_child rows[] = {
		{ "shelf", read_shelf },
		{ .name = NULL },
	};

	config_read_children(config, into, root, rows);
}

void
handbooks_default(struct project *project, const char *shelf, const char *id)
{
	struct shelf *only = list_add(project->shelves, project->shelf_count,
	    project->shelf_capacity);

	*only = (struct shelf){ .id = mem_dup(shelf) };
	add_handbook(project, project->shelf_count - 1, id)->projection =
	    PROJECTION_FULL;
}
