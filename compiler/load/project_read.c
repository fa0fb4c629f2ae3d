#include "project_read.h"

#include <stdlib.h>
#include <string.h>

#include "base/list.h"
#include "load/config_xml.h"
#include "model/namespaces.h"

static void
read_title(struct config *config, void *into, const xmlNode *node)
{
	struct project *project = into;

	config_read_label(config, &project->title, node);
}

static void
read_edition(struct config *config, void *into, const xmlNode *node)
{
	static const struct config_attribute rows[] = {
		{ "version", CONFIG_TEXT, offsetof(struct project, version) },
		{ "date", CONFIG_TEXT, offsetof(struct project, date) },
		{ "review", CONFIG_TEXT, offsetof(struct project, review) },
		{ "review", CONFIG_PLACE,
		    offsetof(struct project, review_place) },
		{ .name = NULL },
	};
	struct project *project = into;

	config_read_attributes(config, project, node, rows);
	if (project->review == NULL ||
	    strcmp(project->review, project->date) >= 0)
		return;
	diag_report(config->reader->diag, DIAG_EDITION_REVIEW,
	    project->review_place, project->review, project->date, NULL);
	config->failed = true;
}

static void
read_source(struct config *config, void *into, const xmlNode *node)
{
	static const struct config_attribute rows[] = {
		CONFIG_FILE("href", struct source_tree, href, place),
		{ .name = NULL },
	};
	struct project *project = into;
	struct source_tree tree = { .lang = mem_dup(config_lang(node)) };

	for (size_t i = 0; i < project->tree_count; i++)
		if (strcmp(project->trees[i].lang, tree.lang) == 0)
			config_refuse_value(config, node, "xml:lang", "en, es");
	config_read_attributes(config, &tree, node, rows);
	if (tree.href == NULL)
		tree.href = mem_dup("");
	*list_add(project->trees, project->tree_count, project->tree_capacity) =
	    tree;
}

/* Another file of settings, read into the project. */
static void
read_file(struct config *config, const xmlNode *node, const char *ns,
    const char *root, config_reader *read)
{
	struct config other = { .reader = config->reader,
		.project = config->project,
		.ns = ns };
	char *path = config_path(config, node, "href");

	if (path != NULL &&
	    config_read(&other, path, config_place(config, node, "href"), root,
		read, config->project) != 0)
		config->failed = true;
	free(path);
}

static void
read_axes(struct config *config, void *into, const xmlNode *node)
{
	(void)into;
	read_file(config, node, NS_AXES, "axes", axes_read);
}

static void
read_handbooks(struct config *config, void *into, const xmlNode *node)
{
	(void)into;
	read_file(config, node, NS_HANDBOOKS, "handbooks", handbooks_read);
}

static void
read_select(struct config *config, void *into, const xmlNode *node)
{
	static const struct config_attribute rows[] = {
		CONFIG_FILE("href", struct filter_source, href, place),
		{ .name = NULL },
	};
	struct project *project = into;
	struct filter_source filter = { 0 };

	config_read_attributes(config, &filter, node, rows);
	if (filter.href != NULL)
		*list_add(project->filters, project->filter_count,
		    project->filter_capacity) = filter;
}

/* <transform href="…"/>, or <transform use="…"/>, which ships. */
static void
read_transform(struct config *config, void *into, const xmlNode *node)
{
	struct project *project = into;
	const char *use = node_attribute(node, "use");
	struct transform_source transform = {
		.name = use != NULL ? mem_format("%s.lua", use)
				    : config_path(config, node, "href"),
		.is_built_in = use != NULL,
		.place = config_place(config, node, use ? "use" : "href"),
	};

	if (transform.name != NULL)
		*list_add(project->transforms, project->transform_count,
		    project->transform_capacity) = transform;
}

void
filters_read_settings(struct config *config, void *into, const xmlNode *node)
{
	static const struct config_child rows[] = {
		{ "select", read_select },
		{ "transform", read_transform },
		{ .name = NULL },
	};

	(void)into;
	config_read_children(config, config->project, node, rows);
}

void
look_read_settings(struct config *config, void *into, const xmlNode *node)
{
	static const struct config_attribute rows[] = {
		CONFIG_FILE("stylesheet", struct look, stylesheet,
		    stylesheet_place),
		CONFIG_FILE("css", struct look, css, css_place),
		{ .name = NULL },
	};

	(void)into;
	config_read_attributes(config, &config->project->look, node, rows);
}

static void
read_notice(struct config *config, void *into, const xmlNode *node)
{
	struct project *project = into;
	struct notice notice = { .lang = mem_dup(config_lang(node)) };

	for (xmlNode *child = node_first_element(node); child != NULL;
	     child = node_next_element(child)) {
		char *text = node_text_dup(child);

		if (config_is(config, child, "title"))
			notice.title = text;
		else if (config_is(config, child, "line"))
			notice.line = text;
		else
			*list_add(notice.paras, notice.para_count,
			    notice.para_capacity) = text;
	}
	*list_add(project->notices, project->notice_count,
	    project->notice_capacity) = notice;
}

static void
read_agency(struct config *config, void *into, const xmlNode *node)
{
	static const struct config_attribute rows[] = {
		CONFIG_FILE("href", struct agency_source, href, place),
		{ .name = NULL },
	};
	struct project *project = into;
	struct agency_source agency = { 0 };

	config_read_attributes(config, &agency, node, rows);
	if (agency.href != NULL)
		*list_add(project->agencies, project->agency_count,
		    project->agency_capacity) = agency;
}

/* What names axes is read when they are known, wherever they stand. */
static void
read_root(struct config *config, void *into, const xmlNode *root)
{
	static const struct config_child first[] = {
		{ "title", read_title },
		{ "edition", read_edition },
		{ "source", read_source },
		{ "axes", read_axes },
		{ "agency", read_agency },
		{ "filters", filters_read_settings },
		{ "look", look_read_settings },
		{ "notice", read_notice },
		{ .name = NULL },
	};
	static const struct config_child second[] = {
		{ "handbooks", read_handbooks },
		{ "coverage", coverage_read_settings },
		{ .name = NULL },
	};
	struct project *project = into;

	config_read_base_url(config, root);
	project->id = mem_dup(node_attribute(root, "id"));
	config_read_children(config, project, root, first);
	if (!config->failed)
		config_read_children(config, project, root, second);
	config_check_languages(config, root, &project->title, "project");
	if (!config->failed && project->handbook_count == 0)
		handbooks_default(project, "book", "book");
}

static void
fill_gaps(struct project *project)
{
	char **const texts[] = { &project->version, &project->date,
		&project->review };

	for (size_t i = 0; i < COUNT(texts); i++)
		if (*texts[i] == NULL)
			*texts[i] = mem_dup("");
}

int
project_read(struct project *project, struct xml_reader *reader,
    const char *path)
{
	struct config config = { .reader = reader,
		.project = project,
		.ns = NS_PROJECT };
	int rc;

	axes_init(&project->axes);
	rc = config_read(&config, path, (struct place){ 0 }, "project",
	    read_root, project);
	fill_gaps(project);
	return rc;
}

/* A file name made of what may stand in one. */
static char *
stem_of(const char *path)
{
	const char *slash = strrchr(path, '/');
	char *stem = mem_dup(slash ? slash + 1 : path);
	char *dot = strrchr(stem, '.');

	if (dot != NULL && dot != stem)
		*dot = '\0';
	if (strlen(stem) > CONFIG_LONGEST_NAME)
		stem[CONFIG_LONGEST_NAME] = '\0';
	for (char *p = stem; *p != '\0'; p++) {
		if (*p >= 'A' && *p <= 'Z')
			*p = (char)(*p - 'A' + 'a');
		else if ((*p < 'a' || *p > 'z') && (*p < '0' || *p > '9'))
			*p = '-';
	}
	if (stem[0] == '-')
		stem[0] = 'x';
	return stem;
}

void
project_of_file(struct project *project, const char *path)
{
	struct source_tree *tree;
	char *stem = stem_of(path);

	axes_init(&project->axes);
	project->is_lone = true;
	project->id = mem_dup(stem);
	tree = list_add(project->trees, project->tree_count,
	    project->tree_capacity);
	*tree =
	    (struct source_tree){ .lang = mem_dup(""), .href = mem_dup(path) };
	fill_gaps(project);
	handbooks_default(project, "book", stem);
	free(stem);
}
