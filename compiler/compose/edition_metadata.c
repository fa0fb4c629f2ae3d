#include "edition_metadata.h"

#include <string.h>

#include "base/alloc.h"
#include "model/ui.h"

xmlNode *
metadata_add(xmlNode *parent, const char *name)
{
	xmlNode *node =
	    xmlNewDocNode(parent->doc, parent->ns, BAD_CAST name, NULL);

	xmlAddChild(parent, node);
	return node;
}

void
metadata_set(xmlNode *node, const char *name, const char *value)
{
	xmlNewProp(node, BAD_CAST name, BAD_CAST value);
}

void
metadata_notice(xmlNode *top, const struct notice *notice)
{
	xmlNode *node;

	if (notice == NULL)
		return;
	node = metadata_add(top, "notice");
	metadata_set(node, "lang", notice->lang);
	metadata_set(node, "title", notice->title);
	metadata_set(node, "line", notice->line);
	for (size_t i = 0; i < notice->para_count; i++)
		xmlNodeAddContent(metadata_add(node, "para"),
		    BAD_CAST notice->paras[i]);
}

void
metadata_words(xmlNode *top, const char *lang)
{
	xmlNode *words = metadata_add(top, "words");

	for (size_t i = 0; i < ui_count; i++)
		metadata_set(words, ui_rows[i].key,
		    ui_word(lang, ui_rows[i].key));
	xmlSetProp(words, BAD_CAST "language-name",
	    BAD_CAST metadata_language(lang));
}

void
metadata_edition(xmlNode *top, const struct project *project, const char *lang,
    int clearance, enum build_mode mode)
{
	static const char *const modes[] = {
		[MODE_DEFAULT] = "default",
		[MODE_DRAFT] = "draft",
		[MODE_RELEASE] = "release",
	};
	const struct axes *axes = &project->axes;

	metadata_set(top, "project-title",
	    lang_text_get(&project->title, lang, project->id));
	if (project->is_lone)
		metadata_set(top, "lone", "yes");
	if (project->version[0] != '\0')
		metadata_set(top, "version", project->version);
	if (project->date[0] != '\0')
		metadata_set(top, "date", project->date);
	if (project->review[0] != '\0')
		metadata_set(top, "review", project->review);
	if (project->look.css != NULL)
		metadata_set(top, "look", ORGANISATION_LOOK_CSS);
	metadata_set(top, "mode", modes[mode]);
	if (axes->clearance != AXIS_NONE) {
		const struct axis_value *value =
		    &axes->axes[axes->clearance].values[clearance];

		metadata_set(top, "class", value->id);
		metadata_set(top, "class-label",
		    lang_text_get(&value->label, lang, value->id));
	}
}

xmlNode *
metadata_agency(xmlNode *top, const struct project *project, const char *lang)
{
	const struct agency *agency = project->agency;
	xmlNode *node;

	if (agency == NULL)
		return NULL;
	node = metadata_add(top, "agency");
	metadata_set(node, "id", agency->id);
	metadata_set(node, "name",
	    lang_text_get(&agency->name, lang, agency->id));
	return node;
}

const char *
metadata_language(const char *lang)
{
	return ui_speaks(lang) == UI_NOT ? lang
					 : ui_word(lang, "language-name");
}

/* --- the handbook --- */

static void
add_translations(xmlNode *top, const struct view *view)
{
	const struct project *project = view->edition->project;

	for (size_t i = 0; i < project->tree_count; i++) {
		const char *lang = project->trees[i].lang;
		xmlNode *node;

		if (strcmp(lang, view->lang) == 0)
			continue;
		node = metadata_add(top, "translation");
		owned char *dir = mem_format("../../%s/html/", lang);

		metadata_set(node, "lang", lang);
		metadata_set(node, "name", metadata_language(lang));
		metadata_set(node, "dir", dir);
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
	    lang_text_get(&view->handbook->title, view->lang,
		view->handbook->id));
}

/* What a reader of the handbook may know of them. */
static void
add_phones(xmlNode *node, const struct view *view)
{
	const struct agency *agency = view->edition->project->agency;

	for (size_t i = 0; i < agency->phone_count; i++) {
		const struct agency_phone *phone = &agency->phones[i];
		xmlNode *entry;

		if (phone->rank > view->handbook->clearance)
			continue;
		entry = metadata_add(node, "phone");
		metadata_set(entry, "label",
		    lang_text_get(&phone->label, view->lang, phone->number));
		metadata_set(entry, "number", phone->number);
		metadata_set(entry, "source", phone->source);
		metadata_set(entry, "date", phone->date);
	}
}

/* The agency, and its logo where asset_collect has put it. */
static void
add_agency(xmlNode *top, const struct view *view)
{
	const struct agency *agency = view->edition->project->agency;
	xmlNode *node =
	    metadata_agency(top, view->edition->project, view->lang);

	if (node != NULL)
		add_phones(node, view);
	for (size_t i = 0;
	     node != NULL && agency->logo != NULL && i < view->asset_count;
	     i++) {
		if (strcmp(view->assets[i].path, agency->logo) != 0)
			continue;
		owned char *path =
		    mem_format("assets/%s", view->assets[i].name);

		metadata_set(node, "logo", path);
	}
}

void
metadata_view(struct view *view)
{
	const struct project *project = view->edition->project;
	const struct handbook *handbook = view->handbook;
	const struct shelf *shelf = &project->shelves[handbook->shelf];
	xmlNode *top = xmlDocGetRootElement(view->doc);

	if (view->root == NULL)
		add_empty_root(view);
	metadata_set(top, "lang", view->lang);
	metadata_set(top, "id", handbook->id);
	metadata_set(top, "title",
	    lang_text_get(&handbook->title, view->lang, handbook->id));
	metadata_set(top, "shelf-title",
	    lang_text_get(&shelf->title, view->lang, shelf->id));
	if (!project->is_lone)
		metadata_set(top, "shelf-href", "../../../index.html");
	metadata_edition(top, project, view->lang, handbook->clearance,
	    view->edition->mode);
	add_agency(top, view);
	metadata_notice(top, project_notice(project, view->lang));
	add_translations(top, view);
	metadata_words(top, view->lang);
	/* What describes comes before what is described. */
	xmlUnlinkNode(view->root);
	xmlAddChild(top, view->root);
}
