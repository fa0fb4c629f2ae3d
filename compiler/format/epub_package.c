#include "epub_package.h"

#include <string.h>

#include "compose/edition_metadata.h"
#include "compose/xml_write.h"
#include "model/book.h"
#include "model/ui.h"

/* --- metadata --- */

static void
add_meta(struct buf *out, const char *prefix, const char *property,
    const char *value)
{
	buf_add_format(out, "<meta property=\"%s%s\">", prefix, property);
	xml_write_add_text(out, value, false);
	buf_add_text(out, "</meta>\n");
}

/* A URN that stays the same as long as what the handbook says does. */
static void
add_identifier(const struct epub *epub, struct buf *out)
{
	const struct view *view = epub->job->view;

	buf_add_text(out, "<dc:identifier id=\"id\">urn:vademecum:");
	xml_write_add_text(out, view->edition->project->id, false);
	buf_add_format(out, ":%s:%s:%s</dc:identifier>\n", view->handbook->id,
	    view->lang, epub->job->code);
}

static void
add_notice(const struct view *view, struct buf *out)
{
	const struct notice *notice =
	    project_notice(view->edition->project, view->lang);

	if (notice == NULL)
		return;
	buf_add_text(out, "<dc:description>");
	xml_write_add_text(out, notice->title, false);
	buf_add_char(out, '.');
	for (size_t i = 0; i < notice->para_count; i++) {
		buf_add_char(out, ' ');
		xml_write_add_text(out, notice->paras[i], false);
	}
	buf_add_text(out, "</dc:description>\n<dc:rights>");
	xml_write_add_text(out, notice->line, false);
	buf_add_text(out, "</dc:rights>\n");
}

static bool
is_date(const char *text)
{
	return strlen(text) == 10 && text[4] == '-' && text[7] == '-' &&
	    strspn(text, "0123456789-") == 10;
}

/* When the edition came into force; no clock is read, so that the same
 * handbook is the same bytes. */
static void
add_dates(const struct project *project, struct buf *out)
{
	bool known = is_date(project->date);

	if (known)
		xml_write_add_element(out, "dc:date", project->date);
	buf_add_format(out,
	    "\n<meta property=\"dcterms:modified\">%sT00:00:00Z</meta>\n",
	    known ? project->date : "2000-01-01");
	if (project->version[0] != '\0')
		add_meta(out, "schema:", "version", project->version);
}

/* EPUB Accessibility 1.1, section 2: what was found in the content. */
static void
add_accessibility(const struct epub *epub, struct buf *out)
{
	const struct view *view = epub->job->view;
	bool described = !epub->holds.untold;
	bool visual = epub->holds.image || epub->holds.svg;
	const struct {
		bool holds;
		const char *property;
		const char *value;
	} facts[] = {
		{ true, "accessMode", "textual" },
		{ visual, "accessMode", "visual" },
		{ described, "accessModeSufficient", "textual" },
		{ !described, "accessModeSufficient", "textual,visual" },
		{ true, "accessibilityFeature", "tableOfContents" },
		{ epub->holds.index, "accessibilityFeature", "index" },
		{ true, "accessibilityFeature", "readingOrder" },
		{ true, "accessibilityFeature", "structuralNavigation" },
		{ true, "accessibilityFeature", "displayTransformability" },
		{ visual && described, "accessibilityFeature",
		    "alternativeText" },
		{ epub->holds.math, "accessibilityFeature", "MathML" },
		/* There is neither sound nor film nor script in it. */
		{ true, "accessibilityHazard", "none" },
		{ true, "accessibilitySummary",
		    ui_word(view->lang,
			described ? "epub-summary" : "epub-summary-images") },
	};

	for (size_t i = 0; i < sizeof(facts) / sizeof(*facts); i++)
		if (facts[i].holds)
			add_meta(out, "schema:", facts[i].property,
			    facts[i].value);
}

static void
add_metadata(const struct epub *epub, struct buf *out)
{
	const struct view *view = epub->job->view;
	const xmlNode *top = xmlDocGetRootElement(view->doc);
	const char *class_label = node_attribute(top, "class-label");

	buf_add_text(out,
	    "<metadata xmlns:dc=\"http://purl.org/dc/elements/1.1/\">\n");
	add_identifier(epub, out);
	buf_add_text(out, "<dc:title>");
	xml_write_add_text(out, node_attribute(top, "title"), false);
	if (!view->edition->project->is_lone) {
		buf_add_text(out, " – ");
		xml_write_add_text(out, node_attribute(top, "project-title"),
		    false);
	}
	buf_add_text(out, "</dc:title>\n");
	xml_write_add_element(out, "dc:language", view->lang);
	buf_add_char(out, '\n');
	add_notice(view, out);
	add_dates(view->edition->project, out);
	if (class_label != NULL)
		add_meta(out, "dcterms:", "accessRights", class_label);
	add_accessibility(epub, out);
	buf_add_text(out, "</metadata>\n");
}

/* --- manifest and order --- */

bool
epub_is_first(const struct view *view, size_t asset)
{
	for (size_t i = 0; i < asset; i++)
		if (strcmp(view->assets[i].name, view->assets[asset].name) == 0)
			return false;
	return true;
}

/* An item of the manifest. Its id is a letter and a number; properties are
 * NULL where there are none. */
static void
add_item(struct buf *out, char letter, size_t number, const char *folder,
    const char *name, const char *type, const char *properties)
{
	buf_add_format(out,
	    "<item id=\"%c%zu\" href=\"%s%s\" media-type=\"%s\"", letter,
	    number, folder, name, type);
	if (properties != NULL)
		buf_add_format(out, " properties=\"%s\"", properties);
	buf_add_text(out, "/>\n");
}

static const char *
chapter_properties(const struct epub_chapter *chapter)
{
	if (chapter->holds.math)
		return chapter->holds.svg ? "mathml svg" : "mathml";
	return chapter->holds.svg ? "svg" : NULL;
}

static void
add_manifest(const struct epub *epub, struct buf *out)
{
	static const char page[] = "application/xhtml+xml";
	const struct view *view = epub->job->view;

	buf_add_text(out, "<manifest>\n");
	add_item(out, 'n', 0, "", "nav.xhtml", page, "nav");
	add_item(out, 's', 0, "", "epub.css", "text/css", NULL);
	if (epub->job->look->has_css)
		add_item(out, 's', 1, "", HOUSE_STYLE_CSS, "text/css", NULL);
	for (size_t i = 0; i < epub->chapter_count; i++)
		add_item(out, 'c', i, "", epub->chapters[i].name, page,
		    chapter_properties(&epub->chapters[i]));
	for (size_t i = 0; i < view->asset_count; i++)
		if (epub_is_first(view, i))
			add_item(out, 'a', i, "assets/", view->assets[i].name,
			    xml_write_media_type(view->assets[i].name), NULL);
	buf_add_text(out, "</manifest>\n<spine>\n");
	for (size_t i = 0; i < epub->chapter_count; i++)
		buf_add_format(out, "<itemref idref=\"c%zu\"/>\n", i);
	buf_add_text(out, "</spine>\n");
}

void
epub_write_package(const struct epub *epub, struct buf *out)
{
	const char *lang = epub->job->view->lang;

	buf_add_format(out,
	    "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n"
	    "<package xmlns=\"http://www.idpf.org/2007/opf\" version=\"3.0\" "
	    "unique-identifier=\"id\" xml:lang=\"%s\" "
	    "prefix=\"schema: http://schema.org/\">\n",
	    lang);
	add_metadata(epub, out);
	add_manifest(epub, out);
	buf_add_text(out, "</package>\n");
}

/* --- navigation --- */

/* Nested lists by depth, which grows by one at most. */
static void
add_contents(const struct epub *epub, struct buf *out)
{
	size_t depth = 0;

	for (size_t i = 0; i < epub->chapter_count; i++) {
		const struct epub_chapter *chapter = &epub->chapters[i];

		if (i == 0 || chapter->depth > depth)
			buf_add_text(out, "<ol>");
		for (; i > 0 && depth > chapter->depth; depth--)
			buf_add_text(out, "</li></ol>");
		if (i > 0 && chapter->depth <= depth &&
		    epub->chapters[i - 1].depth >= chapter->depth)
			buf_add_text(out, "</li>");
		depth = chapter->depth;
		buf_add_format(out, "\n<li><a href=\"%s\">", chapter->name);
		xml_write_add_text(out, chapter->title, false);
		buf_add_text(out, "</a>");
	}
	for (size_t i = 0; i <= depth; i++)
		buf_add_text(out, "</li></ol>");
}

void
epub_write_nav(const struct epub *epub, struct buf *out)
{
	const char *lang = epub->job->view->lang;

	buf_add_format(out,
	    "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<!DOCTYPE html>\n"
	    "<html xmlns=\"http://www.w3.org/1999/xhtml\" "
	    "xmlns:epub=\"http://www.idpf.org/2007/ops\" lang=\"%s\" "
	    "xml:lang=\"%s\"><head><meta charset=\"utf-8\"/>",
	    lang, lang);
	xml_write_add_element(out, "title", ui_word(lang, "contents"));
	buf_add_text(out,
	    "<link rel=\"stylesheet\" type=\"text/css\" href=\"epub.css\"/>"
	    "</head>\n<body><nav epub:type=\"toc\" id=\"toc\">");
	xml_write_add_element(out, "h1", ui_word(lang, "contents"));
	add_contents(epub, out);
	buf_add_text(out, "</nav></body></html>\n");
}
