#include "site.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <xxhash.h>

#include "base/alloc.h"
#include "base/embed.h"
#include "emit/html.h"
#include "model/ui.h"
#include "model/words.h"

static xmlNode *
add(xmlNode *parent, const char *name)
{
	xmlNode *node =
	    xmlNewDocNode(parent->doc, parent->ns, BAD_CAST name, NULL);

	xmlAddChild(parent, node);
	return node;
}

static void
set(xmlNode *node, const char *name, const char *value)
{
	xmlNewProp(node, BAD_CAST name, BAD_CAST value);
}

/* --- what handbook and shelf say alike --- */

static void
add_notice(xmlNode *top, const struct notice *notice)
{
	xmlNode *node;

	if (notice == NULL)
		return;
	node = add(top, "notice");
	set(node, "lang", notice->lang);
	set(node, "title", notice->title);
	set(node, "line", notice->line);
	for (size_t i = 0; i < notice->para_count; i++)
		xmlNodeAddContent(add(node, "para"), BAD_CAST notice->paras[i]);
}

static void
add_words(xmlNode *top, const char *lang)
{
	xmlNode *words = add(top, "words");

	for (size_t i = 0; i < ui_count; i++) {
		xmlNode *word = add(words, "word");

		set(word, "key", ui_rows[i].key);
		xmlNodeAddContent(word,
		    BAD_CAST ui_rows[i].texts[ui_language(lang)]);
	}
}

static void
set_edition(xmlNode *top, const struct project *project, const char *lang,
    int clearance, enum build_mode mode)
{
	static const char *const modes[] = {
		[MODE_DEFAULT] = "default",
		[MODE_DRAFT] = "draft",
		[MODE_RELEASE] = "release",
	};
	const struct axes *axes = &project->axes;

	set(top, "project-title",
	    label_get(&project->title, lang, project->id));
	if (project->version[0] != '\0')
		set(top, "version", project->version);
	if (project->date[0] != '\0')
		set(top, "date", project->date);
	if (project->review[0] != '\0')
		set(top, "review", project->review);
	set(top, "mode", modes[mode]);
	if (axes->clearance != AXIS_NONE) {
		const struct axis_value *value =
		    &axes->axes[axes->clearance].values[clearance];

		set(top, "class", value->id);
		set(top, "class-label",
		    label_get(&value->label, lang, value->id));
	}
}

/* What the words of a language are called in it: "Español". */
static const char *
language_name(const char *lang)
{
	return strcmp(lang, "en") != 0 && ui_language(lang) == 0
	    ? lang
	    : ui_word(lang, "language-name");
}

/* --- from the stylesheet's result to files --- */

static int
compare_pages(const void *left, const void *right)
{
	return strcmp(((const struct html_page *)left)->name,
	    ((const struct html_page *)right)->name);
}

static void
hash_file(XXH3_state_t *digest, const char *name, const void *bytes,
    size_t size)
{
	XXH3_128bits_update(digest, name, strlen(name) + 1);
	XXH3_128bits_update(digest, bytes, size);
}

/* The short code of what the site consists of, in every page's place. It
 * tells editions apart; that nothing was altered, SHA256SUMS proves. */
static void
fill_codes(struct html_pages *pages, const struct asset *assets,
    size_t asset_count, const struct embedded *css)
{
	XXH3_state_t *digest = XXH3_createState();
	XXH128_canonical_t canonical;
	char digits[HTML_CODE_SIZE + 1];

	XXH3_128bits_reset(digest);
	hash_file(digest, css->name, css->bytes, css->size);
	for (size_t i = 0; i < asset_count; i++)
		hash_file(digest, assets[i].name, assets[i].bytes,
		    assets[i].size);
	for (size_t i = 0; i < pages->count; i++)
		hash_file(digest, pages->pages[i].name,
		    pages->pages[i].bytes.data, pages->pages[i].bytes.size);
	XXH128_canonicalFromHash(&canonical, XXH3_128bits_digest(digest));
	XXH3_freeState(digest);
	for (size_t i = 0; i < HTML_CODE_SIZE / 2; i++)
		snprintf(digits + 2 * i, 3, "%02x", canonical.digest[i]);
	for (size_t i = 0; i < pages->count; i++)
		for (size_t j = 0; j < pages->pages[i].code_count; j++)
			memcpy(pages->pages[i].bytes.data +
				pages->pages[i].codes[j],
			    digits, HTML_CODE_SIZE);
}

static int
send(struct sink *sink, const char *folder, const char *name, const void *bytes,
    size_t size)
{
	char *path = mem_format("%s%s", folder, name);
	int rc = sink->file(sink, path, bytes, size);

	free(path);
	return rc;
}

static int
send_site(struct html_pages *pages, const struct asset *assets,
    size_t asset_count, const char *folder, struct sink *sink)
{
	const struct embedded *css = embedded_find("vade.css");
	int rc;

	qsort(pages->pages, pages->count, sizeof(*pages->pages), compare_pages);
	fill_codes(pages, assets, asset_count, css);
	rc = send(sink, folder, css->name, css->bytes, css->size);
	for (size_t i = 0; rc == 0 && i < asset_count; i++) {
		char *name = mem_format("assets/%s", assets[i].name);
		/* Two paths may hold the same image: one file then. */
		bool repeated = false;

		for (size_t j = 0; j < i; j++)
			repeated |= strcmp(assets[i].name, assets[j].name) == 0;
		if (!repeated)
			rc = send(sink, folder, name, assets[i].bytes,
			    assets[i].size);
		free(name);
	}
	for (size_t i = 0; rc == 0 && i < pages->count; i++)
		rc = send(sink, folder, pages->pages[i].name,
		    pages->pages[i].bytes.data, pages->pages[i].bytes.size);
	return rc;
}

/* Transforms doc, cuts it, sends the files. */
static int
make_site(xmlDoc *doc, const struct sheet *html, const struct asset *assets,
    size_t asset_count, const char *folder, struct sink *sink,
    struct diag *diag)
{
	xmlDoc *result = sheet_run(html, doc, diag);
	struct html_pages pages;
	const char *bad = NULL;
	int rc;

	if (result == NULL)
		return -1;
	rc = html_cut(&pages, result, &bad);
	if (rc != 0)
		diag_report(diag, DIAG_SHEET, (struct place){ 0 }, "html.xsl",
		    bad, NULL);
	else
		rc = send_site(&pages, assets, asset_count, folder, sink);
	/* Nothing is freed: the worker's process ends after its one job. */
	return rc;
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
		node = add(top, "translation");
		dir = mem_format("../../%s/html/", lang);
		set(node, "lang", lang);
		set(node, "name", language_name(lang));
		set(node, "dir", dir);
		free(dir);
	}
}

static void
describe_handbook(const struct view *view)
{
	const struct project *project = view->project;
	const struct handbook *handbook = view->handbook;
	const struct shelf *shelf = &project->shelves[handbook->shelf];
	xmlNode *top = xmlDocGetRootElement(view->doc);
	xmlNode *content = view->root;

	set(top, "lang", view->lang);
	set(top, "id", handbook->id);
	set(top, "title",
	    label_get(&handbook->title, view->lang, handbook->id));
	set(top, "shelf-title",
	    label_get(&shelf->title, view->lang, shelf->id));
	set(top, "shelf-href", "../../../index.html");
	set_edition(top, project, view->lang, handbook->clearance, view->mode);
	add_notice(top, project_notice(project, view->lang));
	add_translations(top, view);
	add_words(top, view->lang);
	/* What describes comes before what is described. */
	if (content != NULL) {
		xmlUnlinkNode(content);
		xmlAddChild(top, content);
	}
}

/* A handbook that shows nothing still has a first page that says whose it
 * is; without a language tree's root there is nothing else to show. */
static void
add_empty_root(struct view *view)
{
	xmlNode *top = xmlDocGetRootElement(view->doc);
	xmlNode *root =
	    xmlNewDocNode(view->doc, view->docbook, BAD_CAST "book", NULL);

	xmlAddChild(top, root);
	view_set_vade(view, root, "page", "index.html");
	view_set_vade(view, root, "front", "yes");
	view_set_vade(view, root, "heading",
	    label_get(&view->handbook->title, view->lang, view->handbook->id));
}

int
site_emit(const struct emit_job *job, struct diag *diag)
{
	struct view *view = job->view;
	char *folder =
	    mem_format("%s/%s/html/", view->handbook->id, view->lang);
	int rc;

	describe_handbook(view);
	if (view->root == NULL)
		add_empty_root(view);
	rc = make_site(view->doc, job->html, view->assets, view->asset_count,
	    folder, job->sink, diag);
	free(folder);
	return rc;
}

/* --- the shelf --- */

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

static void
add_item(xmlNode *group, const struct project *project, size_t index,
    const char *lang, const struct site_presence *presence)
{
	const struct handbook *handbook = &project->handbooks[index];
	xmlNode *item = add(group, "item");

	set(item, "title", label_get(&handbook->title, lang, handbook->id));
	for (size_t i = 0; i < handbook->title.count; i++) {
		xmlNode *title = add(item, "title");

		set(title, "lang", handbook->title.texts[i].lang);
		xmlNodeAddContent(title,
		    BAD_CAST handbook->title.texts[i].text);
	}
	for (size_t i = 0; i < project->tree_count; i++) {
		const char *tree = project->trees[i].lang;
		xmlNode *link;
		char *href;

		if (!presence->is_there(presence, index, tree))
			continue;
		link = add(item, "link");
		href = mem_format("%s/%s/html/index.html", handbook->id, tree);
		set(link, "lang", tree);
		set(link, "name", language_name(tree));
		set(link, "href", href);
		free(href);
	}
}

static bool
is_present(const struct project *project, size_t handbook,
    const struct site_presence *presence)
{
	for (size_t i = 0; i < project->tree_count; i++)
		if (presence->is_there(presence, handbook,
			project->trees[i].lang))
			return true;
	return false;
}

static void
set_group_title(xmlNode *group, const struct axis_value *sector,
    const char *lang)
{
	set(group, "title",
	    sector ? label_get(&sector->label, lang, sector->id)
		   : ui_word(lang, "editions"));
	for (size_t i = 0; sector && i < sector->label.count; i++) {
		xmlNode *title = add(group, "title");

		set(title, "lang", sector->label.texts[i].lang);
		xmlNodeAddContent(title, BAD_CAST sector->label.texts[i].text);
	}
}

/* The handbooks of one sector, in the order of handbooks.xml. */
static void
add_group(xmlNode *top, const struct project *project, size_t shelf,
    const struct axis_value *sector, const char *lang,
    const struct site_presence *presence)
{
	xmlNode *group = NULL;

	for (size_t i = 0; i < project->handbook_count; i++) {
		const struct handbook *handbook = &project->handbooks[i];

		if (handbook->shelf != shelf ||
		    sector_of(project, handbook) != sector ||
		    !is_present(project, i, presence))
			continue;
		if (group == NULL) {
			group = add(top, "group");
			set_group_title(group, sector, lang);
		}
		add_item(group, project, i, lang, presence);
	}
}

static void
add_groups(xmlNode *top, const struct project *project, size_t shelf,
    const char *lang, const struct site_presence *presence)
{
	const struct axis *role = project->axes.role == AXIS_NONE
	    ? NULL
	    : &project->axes.axes[project->axes.role];

	add_group(top, project, shelf, NULL, lang, presence);
	for (size_t i = 0; role != NULL && i < role->value_count; i++)
		add_group(top, project, shelf, &role->values[i], lang,
		    presence);
}

int
site_emit_shelf(const struct project *project, size_t shelf,
    enum build_mode mode, const struct site_presence *presence,
    const struct sheet *html, struct sink *sink, struct diag *diag)
{
	const struct shelf *own = &project->shelves[shelf];
	const char *lang = project->trees[0].lang;
	xmlDoc *doc = xmlNewDoc(BAD_CAST "1.0");
	xmlNode *top = xmlNewDocNode(doc, NULL, BAD_CAST "shelf", NULL);
	int rc;

	xmlDocSetRootElement(doc, top);
	xmlSetNs(top, xmlNewNs(top, BAD_CAST NS_VADE, BAD_CAST "v"));
	set(top, "lang", lang);
	set(top, "id", own->id);
	set(top, "title", label_get(&own->title, lang, own->id));
	set_edition(top, project, lang, own->clearance, mode);
	for (size_t i = 0; i < own->title.count; i++) {
		xmlNode *title = add(top, "title");

		set(title, "lang", own->title.texts[i].lang);
		xmlNodeAddContent(title, BAD_CAST own->title.texts[i].text);
	}
	for (size_t i = 0; i < project->notice_count; i++)
		add_notice(top, &project->notices[i]);
	add_words(top, lang);
	add_groups(top, project, shelf, lang, presence);
	rc = make_site(doc, html, NULL, 0, "", sink, diag);
	xmlFreeDoc(doc);
	return rc;
}
