#include "project.h"

#include <stdlib.h>
#include <string.h>

#include "base/alloc.h"

static void
clear_handbook(struct handbook *handbook, size_t axes)
{
	for (size_t i = 0; handbook->values != NULL && i < axes; i++)
		free(handbook->values[i]);
	free(handbook->values);
	free(handbook->unadopted);
	free(handbook->id);
	lang_text_clear(&handbook->title);
}

static void
clear_notice(struct notice *notice)
{
	for (size_t i = 0; i < notice->para_count; i++)
		free(notice->paras[i]);
	free(notice->paras);
	free(notice->lang);
	free(notice->title);
	free(notice->line);
}

static void
clear_coverage(struct coverage *coverage)
{
	for (size_t i = 0; i < coverage->except_count; i++) {
		for (size_t a = 0; a < COVERAGE_AXES; a++)
			free(coverage->excepts[i].values[a]);
		free(coverage->excepts[i].reason);
	}
	free(coverage->excepts);
}

static void
clear_agency_source(struct agency_source *source)
{
	agency_free(source->values);
	free(source->href);
}

static void
clear_parts(struct project *project)
{
	for (size_t i = 0; i < project->tree_count; i++) {
		free(project->trees[i].lang);
		free(project->trees[i].href);
	}
	for (size_t i = 0; i < project->filter_count; i++)
		free(project->filters[i].href);
	for (size_t i = 0; i < project->transform_count; i++)
		free(project->transforms[i].name);
	for (size_t i = 0; i < project->agency_count; i++)
		clear_agency_source(&project->agencies[i]);
	for (size_t i = 0; i < project->notice_count; i++)
		clear_notice(&project->notices[i]);
	for (size_t i = 0; i < project->handbook_count; i++)
		clear_handbook(&project->handbooks[i], project->axes.count);
	for (size_t i = 0; i < project->shelf_count; i++) {
		free(project->shelves[i].id);
		lang_text_clear(&project->shelves[i].title);
	}
}

void
project_clear(struct project *project)
{
	clear_parts(project);
	free(project->trees);
	free(project->filters);
	free(project->transforms);
	free(project->agencies);
	agency_free(project->agency);
	clear_coverage(&project->coverage);
	free(project->notices);
	free(project->handbooks);
	free(project->shelves);
	axes_clear(&project->axes);
	lang_text_clear(&project->title);
	free(project->id);
	free(project->base_url);
	free(project->version);
	free(project->date);
	free(project->look.stylesheet);
	free(project->look.css);
	free(project->review);
	file_root_close(&project->root);
	memset(project, 0, sizeof(*project));
	project->root.fd = -1;
}

const struct notice *
project_notice(const struct project *project, const char *lang)
{
	for (size_t i = 0; i < project->notice_count; i++)
		if (strcmp(project->notices[i].lang, lang) == 0)
			return &project->notices[i];
	return project->notice_count > 0 ? &project->notices[0] : NULL;
}

const struct handbook *
project_handbook(const struct project *project, const char *id)
{
	for (size_t i = 0; i < project->handbook_count; i++)
		if (strcmp(project->handbooks[i].id, id) == 0)
			return &project->handbooks[i];
	return NULL;
}

bool
project_is_address(const char *text)
{
	size_t scheme = strncmp(text, "https://", 8) == 0 ? 8
	    : strncmp(text, "http://", 7) == 0            ? 7
							  : 0;

	if (scheme == 0 || text[scheme] == '\0' || strlen(text) > 300)
		return false;
	for (const char *c = text; *c != '\0'; c++)
		if (*c <= ' ' || *c > '~' || *c == '<' || *c == '>')
			return false;
	return true;
}

void
project_set_base_url(struct project *project, const char *url)
{
	size_t len = strlen(url);

	free(project->base_url);
	project->base_url =
	    mem_format("%s%s", url, url[len - 1] == '/' ? "" : "/");
}

size_t
project_tongue_count(const struct project *project)
{
	return project->tree_count * project->tree_count;
}

/* After the trees, the second sides of the first tree, of the second … */
struct tongue
project_tongue(const struct project *project, size_t index)
{
	size_t trees = project->tree_count;
	size_t pair = index - trees;
	struct tongue tongue = { index, SIZE_MAX };

	if (index < trees)
		return tongue;
	tongue.tree = pair / (trees - 1);
	tongue.beside = pair % (trees - 1);
	tongue.beside += tongue.beside >= tongue.tree;
	return tongue;
}

char *
project_tongue_name(const struct project *project, size_t index)
{
	struct tongue tongue = project_tongue(project, index);
	const char *lang = project->trees[tongue.tree].lang;

	return tongue.beside == SIZE_MAX
	    ? mem_dup(lang)
	    : mem_format("%s+%s", lang, project->trees[tongue.beside].lang);
}
