/* Reads handbooks.xml (urn:vademecum:handbooks:1). */
#include <stdlib.h>
#include <string.h>

#include "base/bits.h"
#include "base/buf.h"
#include "base/list.h"
#include "base/text.h"
#include "load/config_xml.h"
#include "load/project_read.h"
#include "model/axis_tokens.h"
#include "model/format.h"
#include "model/namespaces.h"

static const struct axis *
clearance_axis(const struct project *project)
{
	return project->axes.clearance == AXIS_NONE
	    ? NULL
	    : &project->axes.axes[project->axes.clearance];
}

/* The rank an attribute security="…" gives; the lowest if it is not there. */
int
clearance_read(struct config *config, const struct project *project,
    const xmlNode *node)
{
	const struct axis *axis = clearance_axis(project);
	const char *value = node_attribute(node, "security");
	struct axis_tokens_origin origin = { book_place(&config->book, node),
		"security" };
	int rank;

	if (value == NULL)
		return 0;
	if (axis == NULL) {
		config_refuse_value(config, node, "security", "–");
		return 0;
	}
	rank = axis_tokens_rank(axis, value, &origin, config->reader->diag);
	config->failed |= rank < 0;
	return rank < 0 ? 0 : rank;
}

static enum projection
read_projection(const xmlNode *node)
{
	static const char *const names[] = {
		[PROJECTION_BRIEF] = "brief",
		[PROJECTION_OWN] = "own",
		[PROJECTION_FULL] = "full",
	};
	const char *value = node_attribute(node, "projection");

	int i = PROJECTION_FULL;

	while (value != NULL && i > PROJECTION_BRIEF &&
	    strcmp(value, names[i]) != 0)
		i--;
	return value != NULL ? (enum projection)i : PROJECTION_BRIEF;
}

/* The set that an attribute formats="…" names; `above` if it is not there. */
static uint32_t
read_formats(const xmlNode *node, uint32_t above)
{
	const char *at = node_attribute(node, "formats");
	const char *token;
	uint32_t set = 0;
	size_t len;

	if (at == NULL)
		return above;
	while ((token = text_next_token(&at, &len)) != NULL)
		set |= (uint32_t)1 << format_find(token, len);
	return set;
}

/* An axis that is not declared, or that security="…" or another <values> of
 * the handbook has spoken of already. */
static void
refuse_axis(struct config *config, const struct project *project,
    const xmlNode *node)
{
	const struct axes *axes = &project->axes;
	struct buf names = { 0 };

	for (size_t i = 0; i < axes->count; i++) {
		if ((int)i == axes->clearance)
			continue;
		if (names.size > 0)
			buf_add_text(&names, ", ");
		buf_add_text(&names, axes->axes[i].id);
	}
	config_refuse_value(config, node, "axis", buf_text(&names));
	buf_clear(&names);
}

static void
read_values(struct config *config, const struct project *project,
    struct handbook *handbook, const xmlNode *node)
{
	const char *id = node_attribute(node, "axis");
	int at = axes_find(&project->axes, id);
	const struct axis *axis;
	struct axis_tokens_origin origin = {
		source_tag_place(config->reader->sources,
		    book_place(&config->book, node)),
		NULL
	};
	char *tokens = node_text_dup(node);

	if (at == AXIS_NONE || at == project->axes.clearance ||
	    handbook->values[at] != NULL) {
		refuse_axis(config, project, node);
		goto out;
	}
	axis = &project->axes.axes[at];
	handbook->values[at] = mem_array(axis->words, sizeof(uint64_t));
	if (axis->kind == AXIS_ORDERED) {
		int rank = axis_tokens_rank(axis, tokens, &origin,
		    config->reader->diag);

		config->failed |= rank < 0;
		if (rank >= 0)
			bits_set_range(handbook->values[at], 0,
			    (size_t)rank + 1);
	} else if (axis_tokens_parse(axis, tokens, true, &origin,
		       handbook->values[at], config->reader->diag) != 0) {
		config->failed = true;
	}
out:
	free(tokens);
}

static void
read_handbook_children(struct config *config, struct project *project,
    struct handbook *handbook, const xmlNode *node)
{
	for (xmlNode *child = node_first_element(node); child != NULL;
	     child = node_next_element(child)) {
		if (config_is(config, child, "title"))
			config_read_label(child, &handbook->title);
		else if (config_is(config, child, "values"))
			read_values(config, project, handbook, child);
	}
}

/* The one role whose leaf, or whose subtree, the handbook is for. */
static void
find_role(const struct project *project, struct handbook *handbook)
{
	const struct axis *axis;
	const uint64_t *leaves;

	handbook->exact_role = AXIS_NONE;
	handbook->head_role = AXIS_NONE;
	if (project->axes.role == AXIS_NONE)
		return;
	axis = &project->axes.axes[project->axes.role];
	leaves = handbook->values[project->axes.role];
	if (leaves == NULL)
		return;
	for (size_t i = 0; i < axis->value_count; i++) {
		uint64_t *subtree;
		bool same;

		if (!bits_get(leaves, i))
			continue;
		subtree = mem_array(axis->words, sizeof(*subtree));
		bits_set(subtree, i);
		if (bits_inside(leaves, subtree, axis->words))
			handbook->exact_role = (int)i;
		bits_set_range(subtree, i, axis->values[i].subtree_end);
		same = bits_inside(leaves, subtree, axis->words) &&
		    bits_inside(subtree, leaves, axis->words);
		if (same || handbook->exact_role == (int)i)
			handbook->head_role = (int)i;
		free(subtree);
		return;
	}
}

static struct handbook *
add_handbook(struct project *project, size_t shelf, const char *id,
    struct place place)
{
	struct handbook *handbook;

	handbook = list_add(project->handbooks, project->handbook_count,
	    project->handbook_capacity);
	*handbook = (struct handbook){ .id = mem_dup(id),
		.shelf = shelf,
		.values =
		    mem_array(project->axes.count + 1, sizeof(uint64_t *)),
		.exact_role = AXIS_NONE,
		.head_role = AXIS_NONE,
		.place = place };
	return handbook;
}

/* What must hold of every handbook, however it was made. */
static void
finish_handbook(struct config *config, struct project *project,
    struct handbook *handbook, const xmlNode *node)
{
	const struct shelf *shelf = &project->shelves[handbook->shelf];
	const struct axis *axis = clearance_axis(project);
	const struct handbook *first = project_handbook(project, handbook->id);

	find_role(project, handbook);
	if (handbook->title.count > 0)
		config_check_languages(config, project, node, &handbook->title,
		    handbook->id);
	if (!config_is_file_name(handbook->id))
		config_refuse_value(config, node, "id", CONFIG_NAME_FORM);
	if (first != handbook)
		config_refuse_twice(config, handbook->place, first->place,
		    handbook->id);
	if (handbook->clearance > shelf->clearance) {
		diag_report_related(config->reader->diag,
		    DIAG_HANDBOOK_ABOVE_SHELF, handbook->place, shelf->place,
		    handbook->id, axis->values[handbook->clearance].id,
		    shelf->id, axis->values[shelf->clearance].id, NULL);
		config->failed = true;
	}
}

void
handbook_read(struct config *config, struct project *project, size_t shelf,
    const xmlNode *node)
{
	struct handbook *handbook;

	handbook = add_handbook(project, shelf, node_attribute(node, "id"),
	    config_place(config, node, "id"));
	handbook->clearance = clearance_read(config, project, node);
	handbook->projection = read_projection(node);
	handbook->formats = read_formats(node, project->shelves[shelf].formats);
	read_handbook_children(config, project, handbook, node);
	finish_handbook(config, project, handbook, node);
}

/* "@" in a pattern becomes the value's id or label. */
static char *
expand(const char *pattern, const char *value)
{
	struct buf text = { 0 };

	for (; *pattern != '\0'; pattern++) {
		if (*pattern == '@')
			buf_add_text(&text, value);
		else
			buf_add_char(&text, *pattern);
	}
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
read_each_value(struct config *config, struct project *project, size_t shelf,
    const xmlNode *node, int axis_index, size_t index, uint32_t set)
{
	const struct axis *axis = &project->axes.axes[axis_index];
	const struct axis_value *value = &axis->values[index];
	const char *pattern = node_attribute(node, "id");
	const char *security = node_attribute(node, "security");
	const char *subtree = node_attribute(node, "subtree");
	char *id = expand(pattern ? pattern : "@", value->id);
	struct handbook *handbook = add_handbook(project, shelf, id,
	    config_place(config, node, "axis"));

	free(id);
	handbook->projection = read_projection(node);
	handbook->formats = set;
	handbook->values[axis_index] = mem_array(axis->words, sizeof(uint64_t));
	bits_set_range(handbook->values[axis_index], index,
	    subtree != NULL && strcmp(subtree, "yes") == 0 ? value->subtree_end
							   : index + 1);
	if (security == NULL || strcmp(security, "@") != 0) {
		handbook->clearance = clearance_read(config, project, node);
	} else if (value->security != NULL && clearance_axis(project)) {
		struct axis_tokens_origin origin = { value->place, NULL };
		int rank = axis_tokens_rank(clearance_axis(project),
		    value->security, &origin, config->reader->diag);

		config->failed |= rank < 0;
		handbook->clearance = rank < 0 ? 0 : rank;
	}
	read_handbook_children(config, project, handbook, node);
	expand_titles(handbook, value);
	finish_handbook(config, project, handbook, node);
}

/* The values named by a list attribute; a name that is none is an error. */
static bool *
read_value_list(struct config *config, const struct axis *axis,
    const xmlNode *node, const char *name)
{
	bool *listed = mem_array(axis->value_count, sizeof(*listed));
	const char *at = node_attribute(node, name);
	const char *token;
	size_t len;

	while (at != NULL && (token = text_next_token(&at, &len)) != NULL) {
		int value = axis_find_value(axis, token, len);
		char *id = mem_dup_len(token, len);

		if (value != AXIS_NONE) {
			listed[value] = true;
		} else {
			diag_report_related(config->reader->diag,
			    DIAG_TOKEN_UNKNOWN,
			    source_attribute_place(config->reader->sources,
				book_place(&config->book, node), name, id),
			    axis->place, id, axis->id, axis_nearest(axis, id),
			    NULL);
			config->failed = true;
		}
		free(id);
	}
	return listed;
}

static void
read_each(struct config *config, struct project *project, size_t shelf,
    const xmlNode *node)
{
	int at = axes_find(&project->axes, node_attribute(node, "axis"));
	const struct axis *axis;
	uint32_t set;
	bool *except;
	bool *only;

	set = read_formats(node, project->shelves[shelf].formats);
	if (at == AXIS_NONE || at == project->axes.clearance) {
		refuse_axis(config, project, node);
		return;
	}
	axis = &project->axes.axes[at];
	except = read_value_list(config, axis, node, "except");
	only = read_value_list(config, axis, node, "only");
	for (size_t i = 0; i < axis->value_count; i++)
		if (!except[i] &&
		    (only[i] || node_attribute(node, "only") == NULL))
			read_each_value(config, project, shelf, node, at, i,
			    set);
	free(except);
	free(only);
}

static void
read_shelf(struct config *config, struct project *project, xmlNode *node)
{
	struct shelf *shelf;
	size_t index = project->shelf_count;

	shelf = list_add(project->shelves, project->shelf_count,
	    project->shelf_capacity);
	*shelf = (struct shelf){ .id = mem_dup(node_attribute(node, "id")),
		.clearance = clearance_read(config, project, node),
		.formats = read_formats(node, 0),
		.place = config_place(config, node, "id") };
	if (!config_is_file_name(shelf->id))
		config_refuse_value(config, node, "id", CONFIG_NAME_FORM);
	for (size_t i = 0; i < index; i++)
		if (strcmp(project->shelves[i].id, shelf->id) == 0)
			config_refuse_twice(config, shelf->place,
			    project->shelves[i].place, shelf->id);
	for (xmlNode *child = node_first_element(node); child != NULL;
	     child = node_next_element(child)) {
		if (config_is(config, child, "title"))
			config_read_label(child,
			    &project->shelves[index].title);
		else if (config_is(config, child, "handbook"))
			handbook_read(config, project, index, child);
		else if (config_is(config, child, "each"))
			read_each(config, project, index, child);
	}
	shelf = &project->shelves[index];
	if (shelf->title.count > 0)
		config_check_languages(config, project, node, &shelf->title,
		    shelf->id);
}

int
handbooks_read(struct project *project, struct xml_reader *reader,
    const char *path, struct place from)
{
	struct config config;
	int rc =
	    config_open(&config, reader, path, from, NS_HANDBOOKS, "handbooks");

	if (rc == 0) {
		for (xmlNode *child = node_first_element(config_root(&config));
		     child != NULL; child = node_next_element(child)) {
			if (config_is(&config, child, "shelf"))
				read_shelf(&config, project, child);
		}
		rc = config.failed ? -1 : 0;
	}
	config_close(&config);
	return rc;
}

void
handbooks_default(struct project *project, const char *shelf, const char *id)
{
	struct handbook *handbook;
	struct shelf *only;

	only = list_add(project->shelves, project->shelf_count,
	    project->shelf_capacity);
	*only = (struct shelf){ .id = mem_dup(shelf) };
	handbook = add_handbook(project, project->shelf_count - 1, id,
	    (struct place){ 0 });
	handbook->projection = PROJECTION_FULL;
}
