#include "agency_read.h"

#include <stdlib.h>
#include <string.h>

#include "base/buf.h"
#include "base/bits.h"
#include "base/list.h"
#include "load/project_read.h"
#include "model/namespaces.h"

/* --- names and values --- */

/* The texts of an element's children, each in every language. */
static void
read_texts(struct config *config, const xmlNode *node, struct lang_text *label,
    const char *name)
{
	for (xmlNode *child = node_first_element(node); child != NULL;
	     child = node_next_element(child))
		config_read_label(config, label, child);
	config_check_languages(config, node, label, name);
}

static void
read_name(struct config *config, void *into, const xmlNode *node)
{
	struct agency *agency = into;

	config_read_label(config, &agency->name, node);
}

static void
read_phone(struct config *config, void *into, const xmlNode *node)
{
	static const struct config_attribute rows[] = {
		{ "number", CONFIG_TEXT,
		    offsetof(struct agency_phone, number) },
		{ "number", CONFIG_PLACE,
		    offsetof(struct agency_phone, place) },
		{ "source", CONFIG_TEXT,
		    offsetof(struct agency_phone, source) },
		{ "date", CONFIG_TEXT, offsetof(struct agency_phone, date) },
		{ "security", CONFIG_CLASS,
		    offsetof(struct agency_phone, rank) },
		{ .name = NULL },
	};
	struct agency *agency = into;
	struct agency_phone phone = { 0 };

	config_read_attributes(config, &phone, node, rows);
	read_texts(config, node, &phone.label, phone.number);
	*list_add(agency->phones, agency->phone_count, agency->phone_capacity) =
	    phone;
}

static void
read_parameter(struct config *config, void *into, const xmlNode *node)
{
	static const struct config_attribute rows[] = {
		{ "name", CONFIG_TEXT,
		    offsetof(struct agency_parameter, name) },
		{ "name", CONFIG_PLACE,
		    offsetof(struct agency_parameter, place) },
		{ "source", CONFIG_TEXT,
		    offsetof(struct agency_parameter, source) },
		{ "date", CONFIG_TEXT,
		    offsetof(struct agency_parameter, date) },
		{ .name = NULL },
	};
	struct agency *agency = into;
	struct agency_parameter parameter = { 0 };
	const struct agency_parameter *first;

	config_read_attributes(config, &parameter, node, rows);
	first = agency_parameter(agency, parameter.name);
	if (first != NULL)
		config_refuse_twice(config, parameter.place, first->place,
		    parameter.name);
	read_texts(config, node, &parameter.value, parameter.name);
	*list_add(agency->parameters, agency->parameter_count,
	    agency->parameter_capacity) = parameter;
}

/* --- names for what the axes declare --- */

/* A handbook that is called as its role goes on being so. */
static void
rename_handbooks(struct project *project, int value,
    const struct lang_text *old, const struct lang_text *new)
{
	for (size_t h = 0; h < project->handbook_count; h++) {
		struct lang_text *title = &project->handbooks[h].title;

		for (size_t i = 0; project->handbooks[h].head_role == value &&
		     i < title->count;
		     i++) {
			const char *lang = title->texts[i].lang;
			const char *was = lang_text_exact(old, lang);

			if (was != NULL &&
			    strcmp(was, title->texts[i].text) == 0)
				lang_text_set(title, lang,
				    lang_text_get(new, lang, was));
		}
	}
}

/* <rank axis="level" value="S"><title …/></rank>: what a class is called is
 * not the agency's to say. */
static void
read_rank(struct config *config, void *into, const xmlNode *node)
{
	struct axes *axes = &config->project->axes;
	int at = config_axis(config, node, CONFIG_AXES);
	const char *id = node_attribute(node, "value");
	struct lang_text label = { 0 };
	int value;

	(void)into;
	read_texts(config, node, &label, id);
	if (at != AXIS_NONE)
		free(config_values(config, &axes->axes[at], node, "value",
		    DIAG_AGENCY_AXIS_VALUE));
	if (config->failed) {
		lang_text_clear(&label);
		return;
	}
	value = axis_find_value(&axes->axes[at], id, strlen(id));
	if (at == axes->role)
		rename_handbooks(config->project, value,
		    &axes->axes[at].values[value].label, &label);
	lang_text_clear(&axes->axes[at].values[value].label);
	axes->axes[at].values[value].label = label;
}

/* --- adoption --- */

/* <adopt axis="module" values="C0 M1"/>; what the agency did not name, and has
 * all the same, is noted. */
static void
read_adopt(struct config *config, void *into, const xmlNode *node)
{
	struct agency *agency = into;
	int at = config_axis(config, node, CONFIG_SETS);
	const struct axis *axis;
	uint64_t *named;

	if (at == AXIS_NONE)
		return;
	axis = &config->project->axes.axes[at];
	named =
	    config_values(config, axis, node, "values", DIAG_AGENCY_AXIS_VALUE);
	agency->adopted_axis = at;
	agency->adopted = mem_array(axis->words, sizeof(*named));
	memcpy(agency->adopted, named, axis->words * sizeof(*named));
	agency_close_adoption(axis, agency->adopted);
	for (size_t i = 0; !config->failed && i < axis->value_count; i++)
		if (bits_get(agency->adopted, i) && !bits_get(named, i))
			diag_report(config->reader->diag, DIAG_AGENCY_ADOPTS,
			    config_place(config, node, "values"),
			    axis->values[i].id, NULL);
	free(named);
}

/* The handbook's values, inside what is adopted. False: nothing is left. */
static bool
narrow_handbook(const struct agency *agency, const struct axis *axis,
    struct handbook *handbook)
{
	uint64_t *old = handbook->values[agency->adopted_axis];
	uint64_t *both = mem_array(axis->words, sizeof(*both));

	for (size_t i = 0; i < axis->words; i++)
		both[i] = (old ? old[i] : ~UINT64_C(0)) & agency->adopted[i];
	handbook->unadopted = old;
	handbook->values[agency->adopted_axis] = both;
	return !bits_empty(both, axis->words);
}

static void
narrow_handbooks(struct config *config, const struct agency *agency)
{
	struct project *project = config->project;

	for (size_t i = 0;
	     agency->adopted_axis != AXIS_NONE && i < project->handbook_count;
	     i++) {
		struct handbook *handbook = &project->handbooks[i];

		if (narrow_handbook(agency,
			&project->axes.axes[agency->adopted_axis], handbook))
			continue;
		diag_report_related(config->reader->diag,
		    DIAG_AGENCY_HANDBOOK_EMPTY, handbook->place, agency->place,
		    handbook->id, NULL);
		config->failed = true;
	}
}

/* --- handbooks of its own --- */

/* A class that one of the roles may not read would raise it. */
static void
check_post(struct config *config, const struct handbook *post)
{
	const struct axes *axes = &config->project->axes;
	const struct axis *role = &axes->axes[axes->role];
	const struct axis *class = &axes->axes[axes->clearance];

	for (size_t i = 0;
	     axes->clearance != AXIS_NONE && i < role->value_count; i++) {
		int rank = axes_default_rank(axes, &role->values[i]);

		if (!bits_get(post->values[axes->role], i) ||
		    post->clearance <= rank)
			continue;
		diag_report_related(config->reader->diag, DIAG_AGENCY_CLASS,
		    post->place, role->values[i].place, post->id,
		    class->values[post->clearance].id, role->values[i].id,
		    class->values[rank].id, NULL);
		config->failed = true;
		return;
	}
}

/* The value names no shelf: these are there. */
static void
refuse_shelf(struct config *config, const xmlNode *node)
{
	const struct project *project = config->project;
	struct buf names = { 0 };

	for (size_t i = 0; i < project->shelf_count; i++)
		buf_add_format(&names, "%s%s", i > 0 ? " " : "",
		    project->shelves[i].id);
	config_refuse_value(config, node, "shelf", buf_text(&names));
	buf_clear(&names);
}

static void
read_post(struct config *config, void *into, const xmlNode *node)
{
	struct project *project = config->project;
	const char *id = node_attribute(node, "shelf");
	size_t shelf = 0;
	const struct handbook *post;

	(void)into;
	while (shelf < project->shelf_count &&
	    strcmp(project->shelves[shelf].id, id) != 0)
		shelf++;
	if (shelf == project->shelf_count) {
		refuse_shelf(config, node);
		return;
	}
	handbook_read(config, &shelf, node);
	post = &project->handbooks[project->handbook_count - 1];
	if (project->axes.role != AXIS_NONE &&
	    post->values[project->axes.role] != NULL)
		check_post(config, post);
	else
		config_refuse_lack(config, post->place, "post",
		    "values axis=\"role\"");
}

/* --- files --- */

/* A file that must be there. */
static void
check_file(struct config *config, const char *path, struct place place)
{
	enum file_result result = path == NULL
	    ? FILE_OK
	    : file_look(config->reader->root, path, SIZE_MAX);

	if (result == FILE_OK)
		return;
	xml_report_unread(config->reader, result, path, place);
	config->failed = true;
}

static void
read_logo(struct config *config, void *into, const xmlNode *node)
{
	static const struct config_attribute rows[] = {
		CONFIG_FILE("href", struct agency, logo, logo_place),
		{ .name = NULL },
	};
	struct agency *agency = into;

	config_read_attributes(config, agency, node, rows);
	check_file(config, agency->logo, agency->logo_place);
}

static void
read_local(struct config *config, void *into, const xmlNode *node)
{
	static const struct config_attribute rows[] = {
		CONFIG_FILE("href", struct agency, local, local_place),
		{ .name = NULL },
	};
	struct agency *agency = into;

	config_read_attributes(config, agency, node, rows);
	check_file(config, agency->local, agency->local_place);
}

/* In the place of the project's. */
static void
read_look(struct config *config, void *into, const xmlNode *node)
{
	struct agency *agency = into;
	struct look *look = &config->project->look;

	free(look->stylesheet);
	free(look->css);
	*look = (struct look){ 0 };
	agency->has_look = true;
	look_read_settings(config, NULL, node);
}

/* Its own place on the web, or its folder in the project's. */
static void
read_address(struct config *config, const xmlNode *root)
{
	struct project *project = config->project;
	char *url = project->base_url != NULL
	    ? mem_format("%s%s/", project->base_url, node_attribute(root, "id"))
	    : NULL;

	if (url != NULL)
		project_set_base_url(project, url);
	config_read_base_url(config, root);
	free(url);
}

/* Its folder in the output stands beside the shelves. */
static void
read_id(struct config *config, struct agency *agency, const xmlNode *root)
{
	const struct project *project = config->project;

	agency->id = mem_dup(node_attribute(root, "id"));
	agency->place = config_place(config, root, "id");
	if (!config_is_file_name(agency->id))
		config_refuse_value(config, root, "id", CONFIG_NAME_FORM);
	for (size_t i = 0; i < project->shelf_count; i++) {
		if (strcmp(project->shelves[i].id, agency->id) != 0)
			continue;
		diag_report_related(config->reader->diag, DIAG_AGENCY_ID_TAKEN,
		    agency->place, project->shelves[i].place, agency->id, NULL);
		config->failed = true;
	}
}

static void
read_root(struct config *config, void *into, const xmlNode *root)
{
	static const struct config_child rows[] = {
		{ "name", read_name },
		{ "logo", read_logo },
		{ "phone", read_phone },
		{ "parameter", read_parameter },
		{ "rank", read_rank },
		{ "adopt", read_adopt },
		{ "post", read_post },
		{ "filters", filters_read_settings },
		{ "look", read_look },
		{ "local", read_local },
		{ .name = NULL },
	};
	struct agency *agency = into;

	read_address(config, root);
	read_id(config, agency, root);
	config_read_children(config, agency, root, rows);
	config_check_languages(config, root, &agency->name, agency->id);
	narrow_handbooks(config, agency);
}

/* What is read is checked; what is not is the business of its own edition. */
static void
read_values(struct config *config, void *into, const xmlNode *root)
{
	static const struct config_child rows[] = {
		{ "name", read_name },
		{ "parameter", read_parameter },
		{ .name = NULL },
	};
	struct agency *agency = into;

	agency->id = mem_dup(node_attribute(root, "id"));
	config_read_children(config, agency, root, rows);
}

/* The agency.xml in a folder, by one of the two. The caller owns *agency. */
static int
read_agency(struct project *project, struct xml_reader *reader,
    const char *folder, struct place from, struct agency **agency,
    config_reader *read)
{
	struct config config = { .reader = reader,
		.project = project,
		.ns = NS_AGENCY };
	char *path = mem_format("%sagency.xml", folder);
	int rc;

	*agency = mem_array(1, sizeof(**agency));
	(*agency)->adopted_axis = AXIS_NONE;
	(*agency)->base_filters = project->filter_count;
	rc = config_read(&config, path, from, "agency", read, *agency);
	free(path);
	return rc;
}

int
agency_read(struct project *project, struct xml_reader *reader)
{
	return read_agency(project, reader, project->root.mount,
	    (struct place){ 0 }, &project->agency, read_root);
}

int
agency_read_values(struct project *project, struct xml_reader *reader)
{
	int rc = 0;

	for (size_t i = 0; i < project->agency_count; i++) {
		struct agency_source *source = &project->agencies[i];
		char *folder = mem_format("%s/", source->href);

		rc |= read_agency(project, reader, folder, source->place,
		    &source->values, read_values);
		free(folder);
	}
	return rc;
}
