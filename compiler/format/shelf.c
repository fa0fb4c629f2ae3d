#include "shelf.h"

#include <stdlib.h>
#include <string.h>

#include "base/alloc.h"
#include "compose/edition_metadata.h"
#include "format/site.h"
#include "model/ui.h"
#include "model/namespaces.h"

/* Before a sector's id: the id of its heading. */
#define SHELF_GROUP "g-"

/* The sector a handbook is listed under; NULL for those of no one role. */
static const struct axis_value *
sector_of(const struct project *project, const struct handbook *handbook)
{
	const struct axis *role;

	if (project->axes.role == AXIS_NONE || handbook->head_role == AXIS_NONE)
		return NULL;
	role = &project->axes.axes[project->axes.role];
	return &role->values[axis_sector(role, handbook->head_role)];
}

/* "1,4 MB"; whole kilobytes below one megabyte. */
static char *
format_size(size_t bytes, const char *lang)
{
	double megabytes = (double)bytes / 1e6;
	char *text;

	if (bytes < 1000000)
		return mem_format("%zu kB", (bytes + 999) / 1000);
	text = mem_format("%.1f MB", megabytes);
	if (ui_language(lang) == 1)
		text[strcspn(text, ".")] = ',';
	return text;
}

/* "English", or "English | Español". */
static void
set_language_name(xmlNode *node, const struct project *project,
    struct tongue tongue)
{
	const char *first = metadata_language(project->trees[tongue.tree].lang);
	char *name = tongue.beside == SIZE_MAX
	    ? mem_dup(first)
	    : mem_format("%s | %s", first,
		  metadata_language(project->trees[tongue.beside].lang));

	metadata_set(node, "name", name);
	free(name);
}

/* A handbook in a language: a link per format, with the size of a file. */
static void
add_language(xmlNode *item, const struct project *project, size_t index,
    size_t number, const struct shelf_offer *offer)
{
	struct tongue tongue = project_tongue(project, number);
	const char *lang = project->trees[tongue.tree].lang;
	uint32_t set = offer->formats(offer, index, number);
	char *folder;
	xmlNode *language;

	if (set == 0)
		return;
	folder = project_tongue_name(project, number);
	language = metadata_add(item, "language");
	metadata_set(language, "lang", lang);
	set_language_name(language, project, tongue);
	for (enum format i = 0; i < FORMAT_COUNT; i++) {
		bool is_folder = formats[i].suffix[0] == '\0';
		char *path =
		    format_path(i, project->handbooks[index].id, folder);
		char *href =
		    mem_format("%s%s", path, is_folder ? "/index.html" : "");
		char *size =
		    format_size(offer->size(offer, index, number, i), lang);
		xmlNode *link;

		if (format_in(set, i)) {
			link = metadata_add(language, "link");
			metadata_set(link, "format", formats[i].name);
			metadata_set(link, "name",
			    ui_word(lang, formats[i].word));
			metadata_set(link, "href", href);
			if (!is_folder)
				metadata_set(link, "size", size);
		}
		free(path);
		free(href);
		free(size);
	}
	free(folder);
}

static void
set_titles(xmlNode *node, const struct lang_text *titles, const char *lang,
    const char *name)
{
	metadata_set(node, "title", lang_text_get(titles, lang, name));
	for (size_t i = 0; i < titles->count; i++) {
		xmlNode *title = metadata_add(node, "title");

		metadata_set(title, "lang", titles->texts[i].lang);
		xmlNodeAddContent(title, BAD_CAST titles->texts[i].text);
	}
}

static void
add_item(xmlNode *group, const struct project *project, size_t index,
    const char *lang, const struct shelf_offer *offer)
{
	const struct handbook *handbook = &project->handbooks[index];
	xmlNode *item = metadata_add(group, "item");
	char *id = mem_format("%s%s", SHELF_ENTRY, handbook->id);

	metadata_set(item, "id", id);
	free(id);
	set_titles(item, &handbook->title, lang, handbook->id);
	for (size_t i = 0; i < project_tongue_count(project); i++)
		add_language(item, project, index, i, offer);
}

static bool
is_present(const struct project *project, size_t handbook,
    const struct shelf_offer *offer)
{
	for (size_t i = 0; i < project_tongue_count(project); i++)
		if (offer->formats(offer, handbook, i) != 0)
			return true;
	return false;
}

static void
set_group_title(xmlNode *group, const struct axis_value *sector,
    const char *lang)
{
	char *id =
	    mem_format("%s%s", SHELF_GROUP, sector ? sector->id : "editions");

	metadata_set(group, "id", id);
	free(id);
	if (sector != NULL)
		set_titles(group, &sector->label, lang, sector->id);
	else
		metadata_set(group, "title", ui_word(lang, "editions"));
}

/* The handbooks of one sector, in the order of handbooks.xml. */
static void
add_group(xmlNode *top, const struct project *project, size_t shelf,
    const struct axis_value *sector, const char *lang,
    const struct shelf_offer *offer)
{
	xmlNode *group = NULL;

	for (size_t i = 0; i < project->handbook_count; i++) {
		const struct handbook *handbook = &project->handbooks[i];

		if (handbook->shelf != shelf ||
		    sector_of(project, handbook) != sector ||
		    !is_present(project, i, offer))
			continue;
		if (group == NULL) {
			group = metadata_add(top, "group");
			set_group_title(group, sector, lang);
		}
		add_item(group, project, i, lang, offer);
	}
}

static void
add_groups(xmlNode *top, const struct project *project, size_t shelf,
    const char *lang, const struct shelf_offer *offer)
{
	const struct axis *role = axes_role(&project->axes);

	add_group(top, project, shelf, NULL, lang, offer);
	for (size_t i = 0; role != NULL && i < role->value_count; i++)
		add_group(top, project, shelf, &role->values[i], lang, offer);
}

/* Those that only other builds make: links of handbooks land there too. */
static void
add_absent(xmlNode *top, const struct project *project, size_t shelf,
    const char *lang, const struct shelf_offer *offer)
{
	xmlNode *absent = NULL;

	for (size_t i = 0; i < project->handbook_count; i++) {
		if (project->handbooks[i].shelf != shelf ||
		    is_present(project, i, offer))
			continue;
		if (absent == NULL)
			absent = metadata_add(top, "absent");
		add_item(absent, project, i, lang, offer);
	}
}

/* {"edu-teacher":["en","es"]}: ids and languages hold nothing to escape. */
static void
add_site(struct buf *script, const struct project *project, size_t index,
    const struct shelf_offer *offer)
{
	const char *before = "";
	struct buf langs = { 0 };

	for (size_t i = 0; i < project_tongue_count(project); i++) {
		char *name = project_tongue_name(project, i);

		if (format_in(offer->formats(offer, index, i), FORMAT_HTML)) {
			buf_add_format(&langs, "%s\"%s\"", before, name);
			before = ",";
		}
		free(name);
	}
	if (langs.size > 0)
		buf_add_format(script, "%s\"%s\":[%s]",
		    script->data[script->size - 1] == '{' ? "" : ",",
		    project->handbooks[index].id, langs.data);
	buf_clear(&langs);
}

static int
send_sites(const struct project *project, size_t shelf,
    const struct shelf_offer *offer, struct sink *sink)
{
	struct buf script = { 0 };
	int rc;

	buf_add_text(&script, "vadeShelf({");
	for (size_t i = 0; i < project->handbook_count; i++)
		if (project->handbooks[i].shelf == shelf)
			add_site(&script, project, i, offer);
	buf_add_text(&script, "});\n");
	rc = sink->file(sink, "shelf.js", script.data, script.size);
	buf_clear(&script);
	return rc;
}

/* A page with what every page says; the caller adds what it lists. */
static xmlNode *
page_new(const struct project *project, const char *id,
    const struct lang_text *titles, int clearance, enum build_mode mode)
{
	const char *lang = project->trees[0].lang;
	xmlDoc *doc = xmlNewDoc(BAD_CAST "1.0");
	xmlNode *top = xmlNewDocNode(doc, NULL, BAD_CAST "shelf", NULL);

	xmlDocSetRootElement(doc, top);
	xmlSetNs(top, xmlNewNs(top, BAD_CAST NS_VADE, BAD_CAST "v"));
	metadata_set(top, "lang", lang);
	metadata_set(top, "id", id);
	metadata_edition(top, project, lang, clearance, mode);
	set_titles(top, titles, lang, id);
	metadata_agency(top, project, lang);
	for (size_t i = 0; i < project->notice_count; i++)
		metadata_notice(top, &project->notices[i]);
	metadata_words(top, lang);
	return top;
}

/* Sends the page, and frees it. */
static int
page_send(xmlNode *top, const struct project *project,
    const struct organisation_look *look, struct sink *sink, struct diag *diag)
{
	struct html_pages pages = { 0 };
	struct site site = { .folder = "", .look = look, .pages = &pages };
	int rc;

	edition_code_add(top);
	rc = site_make(look, project, NULL, top->doc, &pages, NULL, diag);
	if (rc == 0)
		rc = site_send(&site, sink);
	html_clear(&pages);
	xmlFreeDoc(top->doc);
	return rc;
}

int
shelf_emit(const struct project *project, size_t shelf, enum build_mode mode,
    const struct shelf_offer *offer, const struct organisation_look *look,
    struct sink *sink, struct diag *diag)
{
	const struct shelf *own = &project->shelves[shelf];
	const char *lang = project->trees[0].lang;
	xmlNode *top =
	    page_new(project, own->id, &own->title, own->clearance, mode);
	int rc;

	add_groups(top, project, shelf, lang, offer);
	add_absent(top, project, shelf, lang, offer);
	rc = page_send(top, project, look, sink, diag);
	if (rc == 0 &&
	    (project->axes.role != AXIS_NONE || project->tree_count > 1))
		rc = send_sites(project, shelf, offer, sink);
	return rc;
}

int
shelf_emit_root(const struct project *project, const bool *listed,
    enum build_mode mode, const struct organisation_look *look,
    struct sink *sink, struct diag *diag)
{
	const char *lang = project->trees[0].lang;
	xmlNode *top = page_new(project, project->id, &project->title, 0, mode);

	for (size_t i = 0; i < project->shelf_count; i++) {
		const struct shelf *shelf = &project->shelves[i];
		xmlNode *door;
		char *href;

		if (!listed[i])
			continue;
		door = metadata_add(top, "door");
		href = mem_format("%s/index.html", shelf->id);
		metadata_set(door, "href", href);
		free(href);
		set_titles(door, &shelf->title, lang, shelf->id);
	}
	for (size_t i = 0; i < project->tree_count; i++) {
		const char *tongue = project->trees[i].lang;
		xmlNode *para = metadata_add(top, "others");

		metadata_set(para, "lang", tongue);
		xmlNodeAddContent(para,
		    BAD_CAST ui_word(tongue, "other-shelves"));
	}
	return page_send(top, project, look, sink, diag);
}
