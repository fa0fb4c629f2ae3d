#include "project_read.h"

#include <stdlib.h>
#include <string.h>

#include "base/list.h"
#include "load/config_xml.h"
#include "model/namespaces.h"

static void
read_title(struct config *config, struct project *project, const xmlNode *node)
{
	(void)config;
	config_read_label(node, &project->title);
}

static void
read_edition(struct config *config, struct project *project,
    const xmlNode *node)
{
	const char *review = node_attribute(node, "review");

	project->version = mem_dup(node_attribute(node, "version"));
	project->date = mem_dup(node_attribute(node, "date"));
	project->review = mem_dup(review != NULL ? review : "");
	project->review_place = config_place(config, node, "review");
	if (review == NULL || strcmp(review, project->date) >= 0)
		return;
	diag_report(config->reader->diag, DIAG_EDITION_REVIEW,
	    project->review_place, review, project->date, NULL);
	config->failed = true;
}

static void
read_source(struct config *config, struct project *project, const xmlNode *node)
{
	struct source_tree *tree;
	char *path;
	const char *lang = config_lang(node);

	path = config_href(config, node);
	if (!config_is_file_name(lang))
		config_refuse_value(config, node, "xml:lang", "en, es");
	for (size_t i = 0; i < project->tree_count; i++)
		if (strcmp(project->trees[i].lang, lang) == 0)
			config_refuse_value(config, node, "xml:lang", "en, es");
	tree = list_add(project->trees, project->tree_count,
	    project->tree_capacity);
	tree->lang = mem_dup(lang);
	tree->href = path ? path : mem_dup("");
	tree->place = config_place(config, node, "href");
}

static void
read_axes(struct config *config, struct project *project, const xmlNode *node)
{
	char *path = config_href(config, node);

	/* Handbooks hold one set per axis: the table has the axes first. */
	if (path != NULL &&
	    axes_read(&project->axes, config->reader, path,
		config_place(config, node, "href")) != 0)
		config->failed = true;
	free(path);
}

static void
read_handbooks(struct config *config, struct project *project,
    const xmlNode *node)
{
	char *path = config_href(config, node);

	if (path != NULL &&
	    handbooks_read(project, config->reader, path,
		config_place(config, node, "href")) != 0)
		config->failed = true;
	free(path);
}

static void
read_select(struct config *config, struct project *project, const xmlNode *node)
{
	struct filter_source *filter;
	char *path;

	path = config_href(config, node);
	if (path == NULL)
		return;
	filter = list_add(project->filters, project->filter_count,
	    project->filter_capacity);
	filter->href = path;
	filter->place = config_place(config, node, "href");
}

/* The file name of a transform that ships; NULL with a report. */
static char *
resolve_use(struct config *config, const xmlNode *node)
{
	static const char *const shipped[] = { "checklist", "acronyms",
		"parameters" };
	const char *use = node_attribute(node, "use");

	for (size_t i = 0; i < COUNT(shipped); i++)
		if (strcmp(use, shipped[i]) == 0)
			return mem_format("%s.lua", use);
	config_refuse_value(config, node, "use",
	    "checklist, acronyms, parameters");
	return NULL;
}

/* <transform href="…"/> or <transform use="…"/>. */
static void
read_transform(struct config *config, struct project *project,
    const xmlNode *node)
{
	bool is_built_in = node_attribute(node, "use") != NULL;
	struct transform_source *transform;
	char *name;

	name =
	    is_built_in ? resolve_use(config, node) : config_href(config, node);
	if (name == NULL)
		return;
	transform = list_add(project->transforms, project->transform_count,
	    project->transform_capacity);
	*transform = (struct transform_source){ name, is_built_in,
		config_place(config, node, is_built_in ? "use" : "href") };
}

void
filters_read_settings(struct config *config, struct project *project,
    const xmlNode *node)
{
	for (xmlNode *child = node_first_element(node); child != NULL;
	     child = node_next_element(child))
		if (config_is(config, child, "select"))
			read_select(config, project, child);
		else if (config_is(config, child, "transform"))
			read_transform(config, project, child);
}

/* <look stylesheet="…" css="…"/> */
void
look_read_settings(struct config *config, struct project *project,
    const xmlNode *node)
{
	struct look *look = &project->look;

	if (node_attribute(node, "stylesheet") != NULL)
		look->stylesheet = config_path(config, node, "stylesheet");
	if (node_attribute(node, "css") != NULL)
		look->css = config_path(config, node, "css");
	look->stylesheet_place = config_place(config, node, "stylesheet");
	look->css_place = config_place(config, node, "css");
}

static void
read_notice(struct config *config, struct project *project, const xmlNode *node)
{
	struct notice *notice;

	notice = list_add(project->notices, project->notice_count,
	    project->notice_capacity);
	memset(notice, 0, sizeof(*notice));
	notice->lang = mem_dup(config_lang(node));
	for (xmlNode *child = node_first_element(node); child != NULL;
	     child = node_next_element(child)) {
		char *text = node_text_dup(child);

		if (config_is(config, child, "title"))
			notice->title = text;
		else if (config_is(config, child, "line"))
			notice->line = text;
		else
			*list_add(notice->paras, notice->para_count,
			    notice->para_capacity) = text;
	}
}

static void
read_agency(struct config *config, struct project *project, const xmlNode *node)
{
	struct agency_source *agency;
	char *path;

	path = config_href(config, node);
	if (path == NULL)
		return;
	agency = list_add(project->agencies, project->agency_count,
	    project->agency_capacity);
	*agency = (struct agency_source){ path,
		config_place(config, node, "href"), NULL };
}

static const struct {
	const char *name;
	bool needs_axes;
	void (*read)(struct config *, struct project *, const xmlNode *);
} readers[] = {
	{ "title", false, read_title },
	{ "edition", false, read_edition },
	{ "source", false, read_source },
	{ "axes", false, read_axes },
	{ "handbooks", true, read_handbooks },
	{ "agency", false, read_agency },
	{ "coverage", true, coverage_read_settings },
	{ "filters", false, filters_read_settings },
	{ "look", false, look_read_settings },
	{ "notice", false, read_notice },
};

/* In the order of the table, which is no matter of theirs: what names axes is
 * read when they are known. */
static void
read_children(struct config *config, struct project *project)
{
	const xmlNode *root = config_root(config);

	for (size_t i = 0; i < COUNT(readers); i++)
		for (const xmlNode *child = node_first_element(root);
		     child != NULL; child = node_next_element(child))
			if (config_is(config, child, readers[i].name) &&
			    (!readers[i].needs_axes || !config->failed))
				readers[i].read(config, project, child);
}

static void
fill_gaps(struct project *project)
{
	if (project->version == NULL)
		project->version = mem_dup("");
	if (project->date == NULL)
		project->date = mem_dup("");
	if (project->review == NULL)
		project->review = mem_dup("");
}

int
project_read(struct project *project, struct xml_reader *reader,
    const char *path)
{
	struct config config;
	int rc = config_open(&config, reader, path, (struct place){ 0 },
	    NS_PROJECT, "project");

	axes_init(&project->axes);
	if (rc == 0) {
		xmlNode *root = config_root(&config);

		config_read_base_url(root, project);
		project->id = mem_dup(node_attribute(root, "id"));
		read_children(&config, project);
		config_check_languages(&config, project, root, &project->title,
		    "project");
		if (config.failed)
			rc = -1;
		if (rc == 0 && project->handbook_count == 0)
			handbooks_default(project, "book", "book");
	}
	fill_gaps(project);
	config_close(&config);
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
