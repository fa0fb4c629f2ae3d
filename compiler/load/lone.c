#include "lone.h"

#include <limits.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "base/list.h"
#include "load/include.h"
#include "load/project_read.h"
#include "model/ui.h"

/* --- the project that includes it --- */

static bool
has_source(const struct sources *sources, const char *path)
{
	for (size_t i = 0; i < sources->count; i++)
		if (strcmp(sources->files[i]->path, path) == 0)
			return true;
	return false;
}

/* Reads all sources of the project; what is wrong with them is told when it
 * is checked. */
static int
read_sources(struct project *project, struct xml_reader *reader)
{
	int rc = project_read(project, reader, "vade.xml");

	for (size_t i = 0; rc == 0 && i < project->tree_count; i++) {
		struct book book = { 0 };

		rc = include_read(reader, &book, project->trees[i].href,
		    project->trees[i].place);
		book_clear(&book);
	}
	return rc;
}

static bool
includes(const char *folder, const char *path)
{
	struct project project = { .root = { .fd = -1 } };
	struct sources sources = { 0 };
	struct diag unsaid = { .sources = &sources };
	struct xml_reader reader;
	bool found = true;

	if (file_root_open(&project.root, folder) == 0) {
		xml_reader_init(&reader, &project.root, &sources, &unsaid);
		found = read_sources(&project, &reader) != 0 ||
		    has_source(&sources, path);
		xml_reader_clear(&reader);
	}
	project_clear(&project);
	diag_clear(&unsaid);
	sources_clear(&sources);
	return found;
}

/* A path as people would type it: from here, if it is below. Takes path. */
static char *
shorten_take(char *path)
{
	char *here = realpath(".", NULL);
	size_t len = here ? strlen(here) : 0;
	const char *rest = path + len;
	char *shorter = NULL;

	if (len > 0 && strncmp(path, here, len) == 0 &&
	    (*rest == '/' || *rest == '\0'))
		shorter = mem_dup(*rest == '/' ? rest + 1 : ".");
	free(here);
	if (shorter != NULL)
		free(path);
	return shorter ? shorter : path;
}

static bool
is_part_of(const char *folder, const char *path)
{
	char *settings = mem_format("%s/vade.xml", folder);
	bool there = access(settings, F_OK) == 0;

	free(settings);
	return there && includes(folder, path);
}

bool
lone_find_project(const char *folder, const char *file, char **project_folder,
    char **part)
{
	char *named = mem_format("%s/%s", folder, file);
	char *path = realpath(named, NULL);
	size_t len = path ? strlen(path) : 0;
	bool found = false;

	while (!found && len > 0) {
		char *above;

		while (path[--len] != '/')
			;
		above = len == 0 ? mem_dup("/") : mem_dup_len(path, len);
		found = is_part_of(above, path + len + 1);
		if (found) {
			*project_folder = shorten_take(above);
			*part = mem_dup(path + len + 1);
		} else {
			free(above);
		}
	}
	free(named);
	free(path);
	return found;
}

/* --- classes --- */

/* The first element with a class; NULL if there is none. */
static const xmlNode *
find_class(const struct book *book)
{
	const xmlNode *root = xmlDocGetRootElement(book->doc);
	const xmlNode *node = root;

	do
		if (node->type == XML_ELEMENT_NODE &&
		    xmlHasProp(node, (const xmlChar *)"security") != NULL)
			return node;
	while ((node = node_walk(node, root, true)) != NULL);
	return NULL;
}

/* What every page of every format says, in the languages that we speak. */
static void
add_notices(struct project *project)
{
	static const char *const langs[] = { "en", "es" };

	for (size_t i = 0; i < COUNT(langs); i++) {
		struct notice *notice;

		notice = list_add(project->notices, project->notice_count,
		    project->notice_capacity);
		*notice = (struct notice){
			.lang = mem_dup(langs[i]),
			.title = mem_dup(ui_word(langs[i], "all-classes")),
			.line = mem_dup(ui_word(langs[i], "all-classes-line")),
		};
	}
}

int
lone_check_classes(struct project *project, const struct book *book,
    bool all_classes, struct diag *diag)
{
	const xmlNode *node = find_class(book);

	if (node == NULL)
		return 0;
	if (all_classes) {
		add_notices(project);
		return 0;
	}
	return diag_report(diag, DIAG_LONE_CLASSES,
	    source_attribute_place(diag->sources, book_place(book, node),
		"security", NULL),
	    NULL);
}

/* --- its title --- */

void
lone_take_title(struct project *project, const struct book *book)
{
	const xmlNode *title = node_title(xmlDocGetRootElement(book->doc));
	char *words = title != NULL ? node_text_dup(title) : mem_dup("");

	if (words[0] != '\0') {
		lang_text_set(&project->title, book->lang, words);
		lang_text_set(&project->shelves[0].title, book->lang, words);
		lang_text_set(&project->handbooks[0].title, book->lang, words);
	}
	free(words);
}

/* --- findings --- */

static bool
concerns(const struct diag_record *record, const char *part)
{
	return record->path == NULL || strcmp(record->path, part) == 0 ||
	    (record->related_path != NULL &&
		strcmp(record->related_path, part) == 0);
}

void
lone_keep_findings(struct diag *diag, const char *part)
{
	size_t errors = 0;
	size_t others = 0;
	char *count;

	for (size_t i = diag->count; i-- > 0;) {
		if (concerns(&diag->records[i], part))
			continue;
		others++;
		errors += diag->records[i].severity == DIAG_ERROR;
		diag_drop(diag, i);
	}
	count = mem_format("%zu", others);
	if (errors > 0)
		diag_report_path(diag, DIAG_ELSEWHERE_ERROR, NULL, count, NULL);
	else if (others > 0)
		diag_report_path(diag, DIAG_ELSEWHERE, NULL, count, NULL);
	free(count);
}
