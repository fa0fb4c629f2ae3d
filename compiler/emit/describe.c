#include "describe.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/alloc.h"
#include "base/buf.h"
#include "emit/look.h"
#include "model/ui.h"
#include "model/words.h"

xmlNode *
describe_add(xmlNode *parent, const char *name)
{
	xmlNode *node =
	    xmlNewDocNode(parent->doc, parent->ns, BAD_CAST name, NULL);

	xmlAddChild(parent, node);
	return node;
}

void
describe_set(xmlNode *node, const char *name, const char *value)
{
	xmlNewProp(node, BAD_CAST name, BAD_CAST value);
}

void
describe_notice(xmlNode *top, const struct notice *notice)
{
	xmlNode *node;

	if (notice == NULL)
		return;
	node = describe_add(top, "notice");
	describe_set(node, "lang", notice->lang);
	describe_set(node, "title", notice->title);
	describe_set(node, "line", notice->line);
	for (size_t i = 0; i < notice->para_count; i++)
		xmlNodeAddContent(describe_add(node, "para"),
		    BAD_CAST notice->paras[i]);
}

void
describe_words(xmlNode *top, const char *lang)
{
	xmlNode *words = describe_add(top, "words");

	for (size_t i = 0; i < ui_count; i++)
		describe_set(words, ui_rows[i].key,
		    ui_word(lang, ui_rows[i].key));
	xmlSetProp(words, BAD_CAST "language-name",
	    BAD_CAST describe_language(lang));
}

void
describe_edition(xmlNode *top, const struct project *project, const char *lang,
    int clearance, enum build_mode mode)
{
	static const char *const modes[] = {
		[MODE_DEFAULT] = "default",
		[MODE_DRAFT] = "draft",
		[MODE_RELEASE] = "release",
	};
	const struct axes *axes = &project->axes;

	describe_set(top, "project-title",
	    label_get(&project->title, lang, project->id));
	if (project->is_lone)
		describe_set(top, "lone", "yes");
	if (project->version[0] != '\0')
		describe_set(top, "version", project->version);
	if (project->date[0] != '\0')
		describe_set(top, "date", project->date);
	if (project->review[0] != '\0')
		describe_set(top, "review", project->review);
	if (project->look.css != NULL)
		describe_set(top, "look", LOOK_CSS);
	describe_set(top, "mode", modes[mode]);
	if (axes->clearance != AXIS_NONE) {
		const struct axis_value *value =
		    &axes->axes[axes->clearance].values[clearance];

		describe_set(top, "class", value->id);
		describe_set(top, "class-label",
		    label_get(&value->label, lang, value->id));
	}
}

xmlNode *
describe_agency(xmlNode *top, const struct project *project, const char *lang,
    int clearance)
{
	const struct agency *agency = project->agency;
	xmlNode *node;

	if (agency == NULL)
		return NULL;
	node = describe_add(top, "agency");
	describe_set(node, "id", agency->id);
	describe_set(node, "name", label_get(&agency->name, lang, agency->id));
	for (size_t i = 0; i < agency->phone_count; i++) {
		const struct agency_phone *phone = &agency->phones[i];
		xmlNode *entry;

		if (phone->rank > clearance)
			continue;
		entry = describe_add(node, "phone");
		describe_set(entry, "label",
		    label_get(&phone->label, lang, phone->number));
		describe_set(entry, "number", phone->number);
		describe_set(entry, "source", phone->source);
		describe_set(entry, "date", phone->date);
	}
	return node;
}

const char *
describe_language(const char *lang)
{
	return ui_speaks(lang) == UI_NOT ? lang
					 : ui_word(lang, "language-name");
}

/* --- the handbook --- */

static void
add_translations(xmlNode *top, const struct view *view)
{
	const struct project *project = view->project;

	for (size_t i = 0; i < project->tree_count; i++) {
		const char *lang = project->trees[i].lang;
		xmlNode *node;
		char *dir;

		if (strcmp(lang, view->lang) == 0)
			continue;
		node = describe_add(top, "translation");
		dir = mem_format("../../%s/html/", lang);
		describe_set(node, "lang", lang);
		describe_set(node, "name", describe_language(lang));
		describe_set(node, "dir", dir);
		free(dir);
	}
}

/* A handbook that shows nothing still has a first page that says whose it
 * is; without a language tree's root there is nothing else to show. */
static void
add_empty_root(struct view *view)
{
	xmlNode *top = xmlDocGetRootElement(view->doc);

	view->root =
	    xmlNewDocNode(view->doc, view->docbook, BAD_CAST "book", NULL);
	xmlAddChild(top, view->root);
	view_set_vade(view, view->root, "page", "index.html");
	view_set_vade(view, view->root, "front", "yes");
	view_set_vade(view, view->root, "heading",
	    label_get(&view->handbook->title, view->lang, view->handbook->id));
}

/* The agency, and its logo where asset_collect has put it. */
static void
add_agency(xmlNode *top, const struct view *view)
{
	const struct agency *agency = view->project->agency;
	xmlNode *node = describe_agency(top, view->project, view->lang,
	    view->handbook->clearance);

	for (size_t i = 0;
	     node != NULL && agency->logo != NULL && i < view->asset_count;
	     i++) {
		char *path;

		if (strcmp(view->assets[i].path, agency->logo) != 0)
			continue;
		path = mem_format("assets/%s", view->assets[i].name);
		describe_set(node, "logo", path);
		free(path);
	}
}

void
describe_view(struct view *view)
{
	const struct project *project = view->project;
	const struct handbook *handbook = view->handbook;
	const struct shelf *shelf = &project->shelves[handbook->shelf];
	xmlNode *top = xmlDocGetRootElement(view->doc);

	if (view->root == NULL)
		add_empty_root(view);
	describe_set(top, "lang", view->lang);
	describe_set(top, "id", handbook->id);
	describe_set(top, "title",
	    label_get(&handbook->title, view->lang, handbook->id));
	describe_set(top, "shelf-title",
	    label_get(&shelf->title, view->lang, shelf->id));
	if (!project->is_lone)
		describe_set(top, "shelf-href", "../../../index.html");
	describe_edition(top, project, view->lang, handbook->clearance,
	    view->mode);
	add_agency(top, view);
	describe_notice(top, project_notice(project, view->lang));
	add_translations(top, view);
	describe_words(top, view->lang);
	/* What describes comes before what is described. */
	xmlUnlinkNode(view->root);
	xmlAddChild(top, view->root);
}
