#include "epub.h"

#include <stdlib.h>
#include <string.h>

#include "base/list.h"
#include "base/embed.h"
#include "compose/edition_metadata.h"
#include "format/epub_package.h"
#include "compose/xml_write.h"
#include "style/result_tree.h"
#include "format/page_rewrite.h"
#include "format/zip.h"
#include "model/book.h"

/* --- chapters --- */

/* "edu-o-01.html" is "edu-o-01.xhtml" here. */
static void
add_page_name(struct buf *out, const char *name)
{
	size_t len = strlen(name);

	if (len > 5 && strcmp(name + len - 5, ".html") == 0)
		len -= 5;
	buf_add(out, name, len);
	buf_add_text(out, ".xhtml");
}

static void
add_id(struct rewrite *rewrite, const char *id)
{
	xml_write_add_text(&rewrite->out, id, true);
}

static void
add_link(struct rewrite *rewrite, size_t to, const char *fragment)
{
	if (to != rewrite->page)
		add_page_name(&rewrite->out,
		    result_attribute(rewrite->pages->nodes[to], "name"));
	else if (fragment[0] == '\0')
		add_page_name(&rewrite->out,
		    result_attribute(rewrite->pages->nodes[to], "name"));
	xml_write_add_text(&rewrite->out, fragment, true);
}

static void
add_image(struct rewrite *rewrite, const struct asset *asset)
{
	buf_add_format(&rewrite->out, "assets/%s", asset->name);
}

/* A reading system has ways of its own to skip, turn and go up; and what
 * leads out of the book would lead nowhere. */
static bool
is_dropped(const xmlNode *node)
{
	static const char *const classes[] = { "v-running", "v-skip",
		"v-languages", "v-trail", "v-turn", "v-site", "v-fill" };

	for (size_t i = 0; i < COUNT(classes); i++)
		if (result_has_class(node, classes[i]))
			return true;
	return result_is(node, "meta") || result_is(node, "link") ||
	    result_is(node, "script");
}

static void
write_head(struct rewrite *rewrite, const char *title, bool has_look)
{
	buf_add_text(&rewrite->out,
	    "<head><meta charset=\"utf-8\"/>"
	    "<meta name=\"viewport\" "
	    "content=\"width=device-width, initial-scale=1\"/>");
	xml_write_add_element(&rewrite->out, "title", title);
	buf_add_text(&rewrite->out,
	    "<link rel=\"stylesheet\" type=\"text/css\" href=\"epub.css\"/>");
	if (has_look)
		buf_add_text(&rewrite->out,
		    "<link rel=\"stylesheet\" type=\"text/css\" "
		    "href=\"" HOUSE_STYLE_CSS "\"/>");
	buf_add_text(&rewrite->out, "</head>\n");
}

/* Takes the chapter's bytes out of rewrite->out. */
static int
write_chapter(struct rewrite *rewrite, size_t index, bool has_look)
{
	const xmlNode *page = rewrite->pages->nodes[index];
	const xmlNode *body = result_find(page, "body", NULL);
	struct buf title = { 0 };
	int rc;

	rewrite->page = index;
	rewrite_add_heading(rewrite, index, &title);
	buf_add_format(&rewrite->out,
	    "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<!DOCTYPE html>\n"
	    "<html xmlns=\"http://www.w3.org/1999/xhtml\" "
	    "xmlns:epub=\"http://www.idpf.org/2007/ops\" lang=\"%s\" "
	    "xml:lang=\"%s\">",
	    rewrite->view->lang, rewrite->view->lang);
	write_head(rewrite, buf_text(&title), has_look);
	buf_clear(&title);
	rc = body != NULL ? rewrite_node(rewrite, body) : 0;
	buf_add_text(&rewrite->out, "</html>\n");
	return rc;
}

static bool
lacks_words(const xmlNode *node, const char *attribute)
{
	const char *words = result_attribute(node, attribute);

	return words == NULL || words[0] == '\0';
}

static void
note_node(struct epub_content *holds, const xmlNode *node)
{
	if (result_is(node, "svg")) {
		holds->svg = true;
		holds->untold |= lacks_words(node, "aria-label");
	} else if (result_is(node, "img")) {
		holds->image = true;
		holds->untold |= lacks_words(node, "alt");
	} else if (result_is(node, "math")) {
		holds->math = true;
	} else if (result_has_class(node, "indexentry")) {
		holds->index = true;
	}
}

/* What the package says of a chapter, and of the book. */
static void
note_content(struct epub *epub, struct epub_chapter *chapter,
    const xmlNode *page)
{
	const xmlNode *node = page;
	bool deeper = true;

	while ((node = node_walk(node, page, deeper)) != NULL) {
		deeper =
		    !result_is_ours(node, "page") && !result_is(node, "svg");
		note_node(&chapter->holds, node);
	}
	epub->holds.svg |= chapter->holds.svg;
	epub->holds.image |= chapter->holds.image;
	epub->holds.math |= chapter->holds.math;
	epub->holds.index |= chapter->holds.index;
	epub->holds.untold |= chapter->holds.untold;
}

/* A file of the archive: shown to the audit, and packed. */
static void
pack(const struct epub *epub, struct zip_writer *zip, const char *path,
    const void *bytes, size_t size)
{
	struct sink *sink = epub->job->sink;
	char *inside = mem_format("%s/%s", epub->job->path, path);

	sink->part(sink, inside, bytes, size);
	zip_writer_add(zip, path, bytes, size, false);
	free(inside);
}

static int
add_chapters(struct epub *epub, struct rewrite *rewrite, struct zip_writer *zip)
{
	for (size_t i = 0; i < epub->chapter_count; i++) {
		struct epub_chapter *chapter = &epub->chapters[i];
		char *path = mem_format("EPUB/%s", chapter->name);

		if (write_chapter(rewrite, i, epub->job->look->has_css) != 0) {
			free(path);
			return -1;
		}
		pack(epub, zip, path, rewrite->out.data, rewrite->out.size);
		buf_clear(&rewrite->out);
		free(path);
	}
	return 0;
}

/* --- the other files --- */

static void
add_assets(const struct epub *epub, struct zip_writer *zip)
{
	const struct view *view = epub->job->view;

	for (size_t i = 0; i < view->asset_count; i++) {
		const struct asset *asset = &view->assets[i];
		char *path;

		if (!epub_is_first(view, i))
			continue;
		path = mem_format("EPUB/assets/%s", asset->name);
		pack(epub, zip, path, asset->bytes, asset->size);
		free(path);
	}
}

static void
add_text(const struct epub *epub, struct zip_writer *zip, const char *path,
    struct buf *text)
{
	pack(epub, zip, path, buf_text(text), text->size);
	buf_clear(text);
}

static void
add_frame(struct epub *epub, struct zip_writer *zip)
{
	static const char container[] =
	    "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n"
	    "<container version=\"1.0\" "
	    "xmlns=\"urn:oasis:names:tc:opendocument:xmlns:container\">"
	    "<rootfiles><rootfile full-path=\"EPUB/package.opf\" "
	    "media-type=\"application/oebps-package+xml\"/></rootfiles>"
	    "</container>\n";
	const struct embedded *css = embedded_find("epub.css");
	struct buf text = { 0 };

	zip_writer_add(zip, "META-INF/container.xml", container,
	    sizeof(container) - 1, false);
	epub_write_package(epub, &text);
	add_text(epub, zip, "EPUB/package.opf", &text);
	epub_write_nav(epub, &text);
	add_text(epub, zip, "EPUB/nav.xhtml", &text);
	zip_writer_add(zip, "EPUB/epub.css", css->bytes, css->size, false);
	if (epub->job->look->has_css)
		zip_writer_add(zip, "EPUB/" HOUSE_STYLE_CSS,
		    buf_text(&epub->job->look->css.book),
		    epub->job->look->css.book.size, false);
}

static void
list_chapters(struct epub *epub, const struct rewrite *rewrite)
{
	const struct result_pages *pages = rewrite->pages;

	epub->chapter_count = pages->count;
	epub->chapters = mem_array(pages->count, sizeof(*epub->chapters));
	for (size_t i = 0; i < pages->count; i++) {
		struct epub_chapter *chapter = &epub->chapters[i];
		struct buf name = { 0 };
		struct buf title = { 0 };

		add_page_name(&name, result_attribute(pages->nodes[i], "name"));
		rewrite_add_heading(rewrite, i, &title);
		chapter->name = buf_take(&name);
		chapter->title = buf_take(&title);
		for (const xmlNode *up = pages->nodes[i]->parent; up != NULL;
		     up = up->parent)
			chapter->depth += result_is_ours(up, "page");
		note_content(epub, chapter, pages->nodes[i]);
	}
}

static int
write_book(struct epub *epub, struct rewrite *rewrite, struct buf *out,
    struct diag *diag)
{
	static const char mimetype[] = "application/epub+zip";
	struct zip_writer *zip = zip_writer_new();
	char *why = NULL;
	int rc;

	/* First, and stored: so a reader knows the file by its first bytes. */
	zip_writer_add(zip, "mimetype", mimetype, sizeof(mimetype) - 1, true);
	list_chapters(epub, rewrite);
	add_frame(epub, zip);
	rc = add_chapters(epub, rewrite, zip);
	add_assets(epub, zip);
	if (rc != 0)
		stylesheet_refuse(epub->job->look->html, rewrite->bad, diag);
	if (zip_writer_finish(zip, out, &why) != 0)
		rc = diag_report_path(diag, DIAG_BUG, NULL, "epub", why, NULL);
	free(why);
	return rc;
}

int
epub_emit(struct emit_job *job, struct diag *diag)
{
	struct result_pages pages;
	struct rewrite rewrite = { .xhtml = true,
		.view = job->view,
		.pages = &pages,
		.add_id = add_id,
		.add_link = add_link,
		.add_image = add_image,
		.is_dropped = is_dropped };
	struct epub epub = { .job = job };
	struct buf out = { 0 };
	int rc;

	result_list_pages(&pages, job->pages, NULL);
	rc = write_book(&epub, &rewrite, &out, diag);
	if (rc == 0)
		rc = job->sink->file(job->sink, job->path, out.data, out.size);
	for (size_t i = 0; i < epub.chapter_count; i++) {
		free(epub.chapters[i].name);
		free(epub.chapters[i].title);
	}
	free(epub.chapters);
	buf_clear(&out);
	buf_clear(&rewrite.out);
	result_pages_clear(&pages);
	return rc;
}
