#include "epub.h"

#include <stdlib.h>
#include <string.h>

#include "base/list.h"
#include "base/embed.h"
#include "compose/edition_metadata.h"
#include "compose/xml_write.h"
#include "style/result_tree.h"
#include "format/page_rewrite.h"
#include "format/zip.h"
#include "model/book.h"

struct epub {
	const struct emit_job *job;
	xmlDoc *package; /* what epub.xsl makes the package of */
};

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
		"v-languages", "v-trail", "v-turn", "v-site", "v-fill", NULL };

	return result_has_class_of(node, classes) || result_is(node, "meta") ||
	    result_is(node, "link") || result_is(node, "script");
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
		    "href=\"" ORGANISATION_LOOK_CSS "\"/>");
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
note(xmlNode *chapter, const char *what)
{
	xmlSetProp(chapter, BAD_CAST what, BAD_CAST "yes");
}

static void
note_node(xmlNode *chapter, const xmlNode *node)
{
	if (result_is(node, "svg")) {
		note(chapter, "svg");
		if (lacks_words(node, "aria-label"))
			note(chapter, "untold");
	} else if (result_is(node, "img")) {
		note(chapter, "image");
		if (lacks_words(node, "alt"))
			note(chapter, "untold");
	} else if (result_is(node, "math")) {
		note(chapter, "math");
	} else if (result_has_class(node, "indexentry")) {
		note(chapter, "index");
	}
}

/* What the package says of a chapter, and of the book. */
static void
note_content(xmlNode *chapter, const xmlNode *page)
{
	const xmlNode *node = page;
	bool deeper = true;

	while ((node = node_walk(node, page, deeper)) != NULL) {
		deeper = !node_is_ours(node, "page") && !result_is(node, "svg");
		note_node(chapter, node);
	}
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
	for (size_t i = 0; i < rewrite->pages->count; i++) {
		struct buf path = { 0 };

		buf_add_text(&path, "EPUB/");
		add_page_name(&path,
		    result_attribute(rewrite->pages->nodes[i], "name"));
		if (write_chapter(rewrite, i, epub->job->look->has_css) != 0) {
			buf_clear(&path);
			return -1;
		}
		pack(epub, zip, path.data, rewrite->out.data,
		    rewrite->out.size);
		buf_clear(&rewrite->out);
		buf_clear(&path);
	}
	return 0;
}

/* --- the other files --- */

/* Two paths may hold the same image: is this the first with its name? */
static bool
is_first(const struct view *view, size_t asset)
{
	for (size_t i = 0; i < asset; i++)
		if (strcmp(view->assets[i].name, view->assets[asset].name) == 0)
			return false;
	return true;
}

static void
add_assets(const struct epub *epub, struct zip_writer *zip)
{
	const struct view *view = epub->job->view;

	for (size_t i = 0; i < view->asset_count; i++) {
		const struct asset *asset = &view->assets[i];
		char *path;

		if (!is_first(view, i))
			continue;
		path = mem_format("EPUB/assets/%s", asset->name);
		pack(epub, zip, path, asset->bytes, asset->size);
		free(path);
	}
}

/* A document of the result of epub.xsl. */
static void
add_document(const struct epub *epub, struct zip_writer *zip, const char *path,
    const char *head, xmlNode *node)
{
	xmlBuffer *bytes = xmlBufferCreate();

	xmlBufferCat(bytes,
	    BAD_CAST "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n");
	xmlBufferCat(bytes, BAD_CAST head);
	xmlNodeDump(bytes, node->doc, node, 0, 0);
	xmlBufferCat(bytes, BAD_CAST "\n");
	pack(epub, zip, path, xmlBufferContent(bytes),
	    (size_t)xmlBufferLength(bytes));
	xmlBufferFree(bytes);
}

static int
add_package(const struct epub *epub, struct zip_writer *zip, struct diag *diag)
{
	xmlDoc *result = stylesheet_run(epub->job->sheets[FORMAT_EPUB],
	    epub->package, NULL, diag);
	xmlNode *package;

	if (result == NULL)
		return -1;
	package = node_first_element(xmlDocGetRootElement(result));
	add_document(epub, zip, "EPUB/package.opf", "", package);
	add_document(epub, zip, "EPUB/nav.xhtml", "<!DOCTYPE html>\n",
	    node_next_element(package));
	xmlFreeDoc(result);
	return 0;
}

static int
add_frame(struct epub *epub, struct zip_writer *zip, struct diag *diag)
{
	static const char container[] =
	    "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n"
	    "<container version=\"1.0\" "
	    "xmlns=\"urn:oasis:names:tc:opendocument:xmlns:container\">"
	    "<rootfiles><rootfile full-path=\"EPUB/package.opf\" "
	    "media-type=\"application/oebps-package+xml\"/></rootfiles>"
	    "</container>\n";
	const struct embedded *css = embedded_find("epub.css");

	zip_writer_add(zip, "META-INF/container.xml", container,
	    sizeof(container) - 1, false);
	if (add_package(epub, zip, diag) != 0)
		return -1;
	zip_writer_add(zip, "EPUB/epub.css", css->bytes, css->size, false);
	if (epub->job->look->has_css)
		zip_writer_add(zip, "EPUB/" ORGANISATION_LOOK_CSS,
		    buf_text(&epub->job->look->css.book),
		    epub->job->look->css.book.size, false);
	return 0;
}

/* --- what epub.xsl makes the package of --- */

/* The handbook's own facts, its notice and the words of its language. */
static xmlNode *
describe_edition(const struct emit_job *job, xmlDoc *doc)
{
	xmlNode *top = xmlDocGetRootElement(job->view->doc);
	xmlNode *root = xmlDocCopyNode(top, doc, 2);

	xmlDocSetRootElement(doc, root);
	for (xmlNode *child = node_first_element(top); child != NULL;
	     child = node_next_element(child))
		if (node_is_ours(child, "words") ||
		    node_is_ours(child, "notice"))
			xmlAddChild(root, xmlDocCopyNode(child, doc, 1));
	xmlSetProp(root, BAD_CAST "project",
	    BAD_CAST job->view->edition->project->id);
	if (job->look->has_css)
		xmlSetProp(root, BAD_CAST "css",
		    BAD_CAST ORGANISATION_LOOK_CSS);
	return root;
}

static const xmlNode *
page_around(const xmlNode *page)
{
	for (page = page->parent; page != NULL; page = page->parent)
		if (node_is_ours(page, "page"))
			return page;
	return NULL;
}

/* In no namespace, which xmlNewChild would inherit. */
static xmlNode *
add_plain(xmlNode *parent, const char *name)
{
	return xmlAddChild(parent,
	    xmlNewDocNode(parent->doc, NULL, BAD_CAST name, NULL));
}

/* A chapter stands in that of the page around its own. */
static void
describe_chapters(const struct rewrite *rewrite, xmlNode *root)
{
	const struct result_pages *pages = rewrite->pages;
	xmlNode *last = root;
	const xmlNode *open = NULL; /* the page of `last` */

	for (size_t i = 0; i < pages->count; i++) {
		const xmlNode *page = pages->nodes[i];
		struct buf name = { 0 };
		struct buf title = { 0 };

		for (; open != page_around(page); open = page_around(open))
			last = last->parent;
		last = add_plain(last, "chapter");
		open = page;
		add_page_name(&name, result_attribute(page, "name"));
		rewrite_add_heading(rewrite, i, &title);
		xmlSetProp(last, BAD_CAST "name", BAD_CAST buf_text(&name));
		xmlSetProp(last, BAD_CAST "title", BAD_CAST buf_text(&title));
		note_content(last, page);
		buf_clear(&name);
		buf_clear(&title);
	}
}

static void
describe_assets(const struct view *view, xmlNode *root)
{
	for (size_t i = 0; i < view->asset_count; i++) {
		const char *name = view->assets[i].name;
		xmlNode *asset;

		if (!is_first(view, i))
			continue;
		asset = add_plain(root, "asset");
		xmlSetProp(asset, BAD_CAST "name", BAD_CAST name);
		xmlSetProp(asset, BAD_CAST "type",
		    BAD_CAST xml_write_media_type(name));
	}
}

static xmlDoc *
describe_package(const struct emit_job *job, const struct rewrite *rewrite)
{
	xmlDoc *doc = xmlNewDoc(BAD_CAST "1.0");
	xmlNode *root = describe_edition(job, doc);

	describe_chapters(rewrite, root);
	describe_assets(job->view, root);
	return doc;
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
	rc = add_frame(epub, zip, diag);
	if (rc == 0 && (rc = add_chapters(epub, rewrite, zip)) != 0)
		stylesheet_refuse(epub->job->look->html, rewrite->bad, diag);
	add_assets(epub, zip);
	if (zip_writer_finish(zip, out, &why) != 0)
		rc = diag_report_path(diag, DIAG_BUG, NULL, "epub", why, NULL);
	free(why);
	return rc;
}

int
epub_emit(struct emit_job *job, struct diag *diag)
{
	struct rewrite rewrite = { .xhtml = true,
		.view = job->view,
		.pages = &job->pages,
		.add_id = add_id,
		.add_link = add_link,
		.add_image = add_image,
		.is_dropped = is_dropped };
	struct epub epub = { .job = job };
	struct buf out = { 0 };
	int rc;

	epub.package = describe_package(job, &rewrite);
	rc = write_book(&epub, &rewrite, &out, diag);
	if (rc == 0)
		rc = job->sink->file(job->sink, job->path, out.data, out.size);
	xmlFreeDoc(epub.package);
	buf_clear(&out);
	buf_clear(&rewrite.out);
	return rc;
}
