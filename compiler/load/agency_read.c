#include "agency_read.h"

#include <errno.h>
#include <stdlib.h>
#include <string.h>

#include "base/buf.h"
#include "base/bits.h"
#include "base/list.h"
#include "base/text.h"
#include "load/config_xml.h"
#include "load/project_read.h"
#include "model/namespaces.h"

/* An agency.xml being read. */
struct reading {
	struct config config;
	struct project *project;
	struct agency *agency;
};

static struct diag *
diag_of(const struct reading *reading)
{
	return reading->config.reader->diag;
}

/* The texts of an element's children. */
static void
read_texts(struct reading *reading, const xmlNode *node,
    struct lang_text *label, const char *name)
{
	config_read_labels(node, label);
	config_check_languages(&reading->config, reading->project, node, label,
	    name);
}

/* An href to a file that is there; NULL with a report. */
static char *
read_file_href(struct reading *reading, const xmlNode *node)
{
	struct config *config = &reading->config;
	char *path = config_href(config, node);
	enum file_result result;

	if (path == NULL)
		return NULL;
	result = file_look(config->reader->root, path, SIZE_MAX);
	if (result == FILE_OK)
		return path;
	diag_report(diag_of(reading),
	    result == FILE_MISSING       ? DIAG_FILE_MISSING
		: result == FILE_OUTSIDE ? DIAG_FILE_OUTSIDE
					 : DIAG_FILE_UNREADABLE,
	    config_place(config, node, "href"), path, strerror(errno), NULL);
	config->failed = true;
	free(path);
	return NULL;
}

/* --- the elements of agency.xml --- */

static void
read_name(struct reading *reading, const xmlNode *node)
{
	config_read_label(node, &reading->agency->name);
}

static void
read_logo(struct reading *reading, const xmlNode *node)
{
	free(reading->agency->logo);
	reading->agency->logo = read_file_href(reading, node);
	reading->agency->logo_place =
	    config_place(&reading->config, node, "href");
}

static void
read_phone(struct reading *reading, const xmlNode *node)
{
	struct agency *agency = reading->agency;
	struct config *config = &reading->config;
	const char *number = node_attribute(node, "number");
	struct agency_phone *phone;

	phone = list_add(agency->phones, agency->phone_count,
	    agency->phone_capacity);
	*phone = (struct agency_phone){ .number = mem_dup(number),
		.source = mem_dup(node_attribute(node, "source")),
		.date = mem_dup(node_attribute(node, "date")),
		.rank = clearance_read(config, reading->project, node),
		.place = config_place(config, node, "number") };
	read_texts(reading, node, &phone->label, phone->number);
}

static void
read_parameter(struct reading *reading, const xmlNode *node)
{
	struct agency *agency = reading->agency;
	struct config *config = &reading->config;
	const char *name = node_attribute(node, "name");
	const struct agency_parameter *first = agency_parameter(agency, name);
	struct place place = config_place(config, node, "name");
	struct agency_parameter *parameter;

	if (first != NULL)
		config_refuse_twice(config, place, first->place, name);
	parameter = list_add(agency->parameters, agency->parameter_count,
	    agency->parameter_capacity);
	*parameter = (struct agency_parameter){ .name = mem_dup(name),
		.source = mem_dup(node_attribute(node, "source")),
		.date = mem_dup(node_attribute(node, "date")),
		.place = place };
	read_texts(reading, node, &parameter->value, name);
}

/* --- names for what the axes declare --- */

/* The axis that an attribute axis="…" names; NULL with a report. What a class
 * is called is not the agency's to say. */
static struct axis *
find_axis(struct reading *reading, const xmlNode *node, bool sets_only)
{
	struct config *config = &reading->config;
	struct axes *axes = &reading->project->axes;
	const char *id = node_attribute(node, "axis");
	int at = axes_find(axes, id);

	if (at != AXIS_NONE && at != axes->clearance &&
	    (!sets_only || axes->axes[at].kind == AXIS_SET))
		return &axes->axes[at];
	config_refuse_value(config, node, "axis",
	    sets_only ? "kind=\"set\"" : "role, level …");
	return NULL;
}

static int
find_value(struct reading *reading, const xmlNode *node, const char *attribute,
    const struct axis *axis, const char *token, size_t len)
{
	int value = axis_find_value(axis, token, len);
	char *id;

	if (value != AXIS_NONE)
		return value;
	id = mem_dup_len(token, len);
	diag_report_related(diag_of(reading), DIAG_AGENCY_AXIS_VALUE,
	    source_attribute_place(reading->config.reader->sources,
		book_place(&reading->config.book, node), attribute, id),
	    axis->place, id, axis->id, axis_nearest(axis, id), NULL);
	reading->config.failed = true;
	free(id);
	return AXIS_NONE;
}

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

/* <rank axis="level" value="S"><title …/></rank> */
static void
read_rank(struct reading *reading, const xmlNode *node)
{
	struct config *config = &reading->config;
	struct axis *axis = find_axis(reading, node, false);
	const char *id = node_attribute(node, "value");
	struct lang_text label = { 0 };
	int value = axis == NULL
	    ? AXIS_NONE
	    : find_value(reading, node, "value", axis, id, strlen(id));

	read_texts(reading, node, &label, id);
	if (value == AXIS_NONE || config->failed) {
		lang_text_clear(&label);
		return;
	}
	if (axis - reading->project->axes.axes == reading->project->axes.role)
		rename_handbooks(reading->project, value,
		    &axis->values[value].label, &label);
	lang_text_clear(&axis->values[value].label);
	axis->values[value].label = label;
}

/* --- adoption --- */

/* What the agency did not name, and has all the same. */
static void
note_growth(const struct reading *reading, const xmlNode *node,
    const struct axis *axis, const uint64_t *named)
{
	for (size_t i = 0; i < axis->value_count; i++)
		if (bits_get(reading->agency->adopted, i) &&
		    !bits_get(named, i))
			diag_report(diag_of(reading), DIAG_AGENCY_ADOPTS,
			    config_place(&reading->config, node, "values"),
			    axis->values[i].id, NULL);
}

/* <adopt axis="module" values="C0 M1"/> */
static void
read_adopt(struct reading *reading, const xmlNode *node)
{
	struct config *config = &reading->config;
	struct agency *agency = reading->agency;
	struct axis *axis = find_axis(reading, node, true);
	const char *at = node_attribute(node, "values");
	const char *token;
	uint64_t *named;
	size_t len;

	if (axis == NULL)
		return;
	agency->adopted_axis = (int)(axis - reading->project->axes.axes);
	agency->adopted = mem_array(axis->words, sizeof(uint64_t));
	while ((token = text_next_token(&at, &len)) != NULL) {
		int value =
		    find_value(reading, node, "values", axis, token, len);

		if (value != AXIS_NONE)
			bits_set(agency->adopted, (size_t)value);
	}
	named = mem_array(axis->words, sizeof(*named));
	memcpy(named, agency->adopted, axis->words * sizeof(*named));
	agency_close_adoption(axis, agency->adopted);
	if (!config->failed)
		note_growth(reading, node, axis, named);
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
narrow_handbooks(struct reading *reading)
{
	struct project *project = reading->project;
	const struct agency *agency = reading->agency;

	for (size_t i = 0;
	     agency->adopted_axis != AXIS_NONE && i < project->handbook_count;
	     i++) {
		struct handbook *handbook = &project->handbooks[i];
		const struct axis *axis =
		    &project->axes.axes[agency->adopted_axis];

		if (narrow_handbook(agency, axis, handbook))
			continue;
		diag_report_related(diag_of(reading),
		    DIAG_AGENCY_HANDBOOK_EMPTY, handbook->place, agency->place,
		    handbook->id, NULL);
		reading->config.failed = true;
	}
}

/* --- handbooks of its own --- */

/* The rank that a role reads by itself; the lowest if it says none. */
static int
rank_of_role(const struct project *project, const struct axis *role, size_t at)
{
	const char *security = role->values[at].security;

	if (project->axes.clearance == AXIS_NONE || security == NULL)
		return 0;
	return axis_find_value(&project->axes.axes[project->axes.clearance],
	    security, strlen(security));
}

/* A class that one of the roles may not read would raise it. */
static void
check_post(struct reading *reading, const struct handbook *post)
{
	struct project *project = reading->project;
	const struct axis *role = &project->axes.axes[project->axes.role];
	const struct axis *class = &project->axes.axes[project->axes.clearance];

	for (size_t i = 0;
	     project->axes.clearance != AXIS_NONE && i < role->value_count;
	     i++) {
		int rank = rank_of_role(project, role, i);

		if (!bits_get(post->values[project->axes.role], i) ||
		    post->clearance <= rank)
			continue;
		diag_report_related(diag_of(reading), DIAG_AGENCY_CLASS,
		    post->place, role->values[i].place, post->id,
		    class->values[post->clearance].id, role->values[i].id,
		    class->values[rank].id, NULL);
		reading->config.failed = true;
		return;
	}
}

/* The value names no shelf: these are there. */
static void
refuse_shelf(struct config *config, const struct project *project,
    const xmlNode *node)
{
	struct buf names = { 0 };

	for (size_t i = 0; i < project->shelf_count; i++)
		buf_add_format(&names, "%s%s", i > 0 ? " " : "",
		    project->shelves[i].id);
	config_refuse_value(config, node, "shelf", buf_text(&names));
	buf_clear(&names);
}

static void
read_post(struct reading *reading, const xmlNode *node)
{
	struct project *project = reading->project;
	struct config *config = &reading->config;
	const char *id = node_attribute(node, "shelf");
	size_t shelf = 0;
	const struct handbook *post;

	while (shelf < project->shelf_count &&
	    strcmp(project->shelves[shelf].id, id) != 0)
		shelf++;
	if (shelf == project->shelf_count) {
		refuse_shelf(config, project, node);
		return;
	}
	handbook_read(config, project, shelf, node);
	post = &project->handbooks[project->handbook_count - 1];
	if (project->axes.role != AXIS_NONE &&
	    post->values[project->axes.role] != NULL) {
		check_post(reading, post);
		return;
	}
	config_refuse_lack(config, post->place, "post", "values axis=\"role\"");
}

/* --- files --- */

static void
read_filters(struct reading *reading, const xmlNode *node)
{
	filters_read_settings(&reading->config, reading->project, node);
}

/* In the place of the project's. */
static void
read_look(struct reading *reading, const xmlNode *node)
{
	struct look *look = &reading->project->look;

	if (!reading->agency->has_look) {
		free(look->stylesheet);
		free(look->css);
		*look = (struct look){ 0 };
	}
	reading->agency->has_look = true;
	look_read_settings(&reading->config, reading->project, node);
}

static void
read_local(struct reading *reading, const xmlNode *node)
{
	free(reading->agency->local);
	reading->agency->local = read_file_href(reading, node);
	reading->agency->local_place =
	    config_place(&reading->config, node, "href");
}

static const struct {
	const char *name;
	void (*read)(struct reading *, const xmlNode *);
} readers[] = {
	{ "name", read_name },
	{ "logo", read_logo },
	{ "phone", read_phone },
	{ "parameter", read_parameter },
	{ "rank", read_rank },
	{ "adopt", read_adopt },
	{ "post", read_post },
	{ "filters", read_filters },
	{ "look", read_look },
	{ "local", read_local },
};

static void
read_children(struct reading *reading)
{
	struct config *config = &reading->config;

	for (xmlNode *child = node_first_element(config_root(config));
	     child != NULL; child = node_next_element(child)) {
		size_t i = 0;

		while (!config_is(config, child, readers[i].name))
			i++;
		readers[i].read(reading, child);
	}
}

/* Its own place on the web, or its folder in the project's. */
static void
read_address(struct reading *reading, const xmlNode *root, const char *id)
{
	struct project *project = reading->project;

	if (node_attribute(root, "base-url") == NULL &&
	    project->base_url != NULL) {
		char *url = mem_format("%s%s/", project->base_url, id);

		project_set_base_url(project, url);
		free(url);
	}
	config_read_base_url(root, project);
}

/* Its folder in the output stands beside the shelves. */
static void
read_id(struct reading *reading)
{
	struct project *project = reading->project;
	struct config *config = &reading->config;
	const xmlNode *root = config_root(config);
	const char *id = node_attribute(root, "id");

	reading->agency->id = mem_dup(id);
	read_address(reading, root, id);
	reading->agency->place = config_place(config, root, "id");
	if (!config_is_file_name(id))
		config_refuse_value(config, root, "id", CONFIG_NAME_FORM);
	for (size_t i = 0; i < project->shelf_count; i++) {
		if (strcmp(project->shelves[i].id, id) != 0)
			continue;
		diag_report_related(diag_of(reading), DIAG_AGENCY_ID_TAKEN,
		    reading->agency->place, project->shelves[i].place, id,
		    NULL);
		config->failed = true;
	}
}

int
agency_read(struct project *project, struct xml_reader *reader)
{
	struct reading reading = { .project = project };
	char *path = mem_format("%sagency.xml", project->root.mount);
	int rc;

	reading.agency = mem_array(1, sizeof(*reading.agency));
	reading.agency->adopted_axis = AXIS_NONE;
	reading.agency->base_filters = project->filter_count;
	project->agency = reading.agency;
	rc = config_open(&reading.config, reader, path, (struct place){ 0 },
	    NS_AGENCY, "agency");
	if (rc == 0) {
		read_id(&reading);
		read_children(&reading);
		config_check_languages(&reading.config, project,
		    config_root(&reading.config), &reading.agency->name,
		    reading.agency->id);
		narrow_handbooks(&reading);
		rc = reading.config.failed ? -1 : 0;
	}
	config_close(&reading.config);
	free(path);
	return rc;
}

/* What is read is checked; what is not is the business of its own edition. */
static int
read_values(struct reading *reading, struct xml_reader *reader,
    const struct agency_source *source)
{
	struct config *config = &reading->config;
	char *path = mem_format("%s/agency.xml", source->href);
	int rc = config_open(config, reader, path, source->place, NS_AGENCY,
	    "agency");

	if (rc == 0) {
		reading->agency->id =
		    mem_dup(node_attribute(config_root(config), "id"));
		for (xmlNode *child = node_first_element(config_root(config));
		     child != NULL; child = node_next_element(child))
			if (config_is(config, child, "name"))
				read_name(reading, child);
			else if (config_is(config, child, "parameter"))
				read_parameter(reading, child);
		rc = config->failed ? -1 : 0;
	}
	config_close(config);
	free(path);
	return rc;
}

int
agency_read_values(struct project *project, struct xml_reader *reader)
{
	int rc = 0;

	for (size_t i = 0; i < project->agency_count; i++) {
		struct reading reading = { .project = project };

		reading.agency = mem_array(1, sizeof(*reading.agency));
		project->agencies[i].values = reading.agency;
		rc |= read_values(&reading, reader, &project->agencies[i]);
	}
	return rc;
}
