#include "look.h"

#include <stdlib.h>
#include <string.h>

#include "base/alloc.h"
#include "base/buf.h"
#include "base/embed.h"
#include "base/text.h"
#include "emit/result.h"
#include "filter/guard.h"
#include "model/protect.h"
#include "model/words.h"

#define NS_XSLT "http://www.w3.org/1999/XSL/Transform"

/* --- what a stylesheet may not say --- */

static bool
is_xslt(const xmlNode *node, const char *name)
{
	return node->type == XML_ELEMENT_NODE && node->ns != NULL &&
	    strcmp((const char *)node->ns->href, NS_XSLT) == 0 &&
	    (name == NULL || strcmp((const char *)node->name, name) == 0);
}

static int
forbid(const struct book *sheet, const xmlNode *node, const char *what,
    struct diag *diag)
{
	return diag_report(diag, DIAG_LOOK_FORBIDDEN,
	    source_tag_place(diag->sources, book_place(sheet, node)), what,
	    NULL);
}

/* Only ours: other sheets, and sheets from the web, are not read. */
static int
check_import(const struct book *sheet, const xmlNode *node, struct diag *diag)
{
	const char *href = node_attribute(node, "href");

	if (href != NULL && strncmp(href, "vade:", 5) == 0)
		return 0;
	return forbid(sheet, node, href ? href : "xsl:import", diag);
}

static int
check_attributes(const struct book *sheet, const xmlNode *node,
    struct diag *diag)
{
	for (const xmlAttr *a = node->properties; a != NULL; a = a->next) {
		const char *value = a->children && a->children->content
		    ? (const char *)a->children->content
		    : "";

		if (strcmp((const char *)a->name,
			"extension-element-prefixes") == 0)
			return forbid(sheet, node, (const char *)a->name, diag);
		if (strstr(value, "document(") != NULL)
			return forbid(sheet, node, "document()", diag);
	}
	return 0;
}

static int
check_sheet(const struct book *sheet, struct diag *diag)
{
	const xmlNode *root = xmlDocGetRootElement(sheet->doc);
	bool imports = false;
	int rc = 0;

	for (const xmlNode *node = root; node != NULL;
	     node = node_walk(node, root, true)) {
		if (node->type != XML_ELEMENT_NODE)
			continue;
		rc |= check_attributes(sheet, node, diag);
		if (is_xslt(node, "document"))
			rc |= forbid(sheet, node, "xsl:document", diag);
		if (is_xslt(node, "import") || is_xslt(node, "include")) {
			rc |= check_import(sheet, node, diag);
			imports = true;
		}
	}
	if (rc == 0 && (!imports || !is_xslt(root, NULL)))
		rc = diag_report(diag, DIAG_LOOK_SHEET,
		    source_tag_place(diag->sources, book_place(sheet, root)),
		    sources_get(diag->sources, book_place(sheet, root).file)
			->path,
		    "<xsl:import href=\"vade:html.xsl\"/>?", NULL);
	return rc;
}

/* --- CSS --- */

/* Classes of ours hold a hyphen where they are no element of DocBook; those of
 * an organisation hold one and begin otherwise, so that none is both. */
static bool
is_own_class(const struct map *ours, const char *name, size_t len)
{
	return memchr(name, '-', len) != NULL &&
	    (len < 2 || name[1] != '-' || strchr("mrv", name[0]) == NULL) &&
	    map_get(ours, name, len) == NULL &&
	    protect_class(name, len) == NULL;
}

/* The classes that a stylesheet gives to boxes of its own. */
static void
gather_own(struct map *own, const struct map *ours, const xmlDoc *sheet)
{
	const xmlNode *root = xmlDocGetRootElement(sheet);

	for (const xmlNode *node = root; node != NULL;
	     node = node_walk(node, root, true)) {
		const char *names = node->type == XML_ELEMENT_NODE
		    ? result_attribute(node, "class")
		    : NULL;
		size_t len;
		const char *name;

		while (names != NULL &&
		    (name = text_next_token(&names, &len)) != NULL)
			if (is_own_class(ours, name, len))
				map_put(own, name, len, NULL);
	}
}

static int
read_css(struct look_files *files, const struct project *project,
    struct xml_reader *reader, struct diag *diag)
{
	uint32_t file =
	    xml_read_source(reader, project->look.css, project->look.css_place);

	files->has_css = true;
	return file != 0 ? css_read(&files->css, file, &files->own, diag) : -1;
}

/* --- reading --- */

static struct sheet *
read_sheet(struct look_files *files, const struct project *project,
    struct xml_reader *reader, struct diag *diag)
{
	struct book sheet = { 0 };
	struct sheet *html = NULL;
	uint32_t file;

	sheet.doc = xml_read(reader, &sheet, project->look.stylesheet,
	    project->look.stylesheet_place);
	if (sheet.doc == NULL || check_sheet(&sheet, diag) != 0) {
		book_clear(&sheet);
		return NULL;
	}
	gather_own(&files->own, &files->ours, sheet.doc);
	file = book_place(&sheet, xmlDocGetRootElement(sheet.doc)).file;
	html = sheet_new_take(sheet.doc, file, diag);
	sheet.doc = NULL;
	book_clear(&sheet);
	return html;
}

static void
read_ours(struct map *ours)
{
	static const char *const names[] = { "vade.css", "epub.css" };

	for (size_t i = 0; i < sizeof(names) / sizeof(*names); i++) {
		const struct embedded *css = embedded_find(names[i]);

		css_add_classes(ours, css->bytes, css->size);
	}
}

int
look_read(struct look_files *files, const struct project *project,
    struct xml_reader *reader, struct diag *diag)
{
	read_ours(&files->ours);
	files->plain = sheet_new("html.xsl", diag);
	files->html = project->look.stylesheet != NULL
	    ? read_sheet(files, project, reader, diag)
	    : files->plain;
	if (files->html == NULL || files->plain == NULL)
		return -1;
	return project->look.css != NULL
	    ? read_css(files, project, reader, diag)
	    : 0;
}

/* --- what must not be missing --- */

/* Adds the letters of a text, without white space. */
static void
add_letters(struct buf *letters, const xmlNode *text)
{
	for (const char *c = (const char *)text->content; *c != '\0'; c++)
		if (strchr(" \t\r\n", *c) == NULL)
			buf_add_char(letters, *c);
}

/* Letters of a document, and how far a search in them has come. */
struct letters {
	struct buf all;
	size_t at;
};

static bool
is_text(const xmlNode *node)
{
	return node->type == XML_TEXT_NODE ||
	    node->type == XML_CDATA_SECTION_NODE;
}

/* Drawings repeat titles, so they do not count. */
static void
gather(struct letters *letters, const xmlDoc *doc)
{
	const xmlNode *root = xmlDocGetRootElement(doc);

	for (const xmlNode *node = root; node != NULL;
	     node = node_walk(node, root,
		 strcmp((const char *)node->name, "svg") != 0))
		if (is_text(node))
			add_letters(&letters->all, node);
}

/* Mostly what is looked for stands after what was found last. */
static bool
find(struct letters *letters, const char *wanted)
{
	const char *all = buf_text(&letters->all);
	const char *found = strstr(all + letters->at, wanted);

	if (found == NULL)
		found = strstr(all, wanted);
	if (found != NULL)
		letters->at = (size_t)(found - all);
	return found != NULL;
}

static bool
is_made(const xmlNode *node, const char *name)
{
	return node->type == XML_ELEMENT_NODE && node->ns != NULL &&
	    strcmp((const char *)node->ns->href, NS_VADE) == 0 &&
	    strcmp((const char *)node->name, name) == 0;
}

static int
lose(const struct project *project, const char *what, struct place related,
    struct diag *diag)
{
	return diag_report_related(diag, DIAG_LOOK_LOSES,
	    project->look.stylesheet_place, related, what, NULL);
}

/* Does a text hold the label of some class? A page may be of a lower one than
 * its handbook. */
static bool
has_class(const struct project *project, const char *lang, const char *text)
{
	const struct axes *axes = &project->axes;
	const struct axis *classes =
	    axes->clearance == AXIS_NONE ? NULL : &axes->axes[axes->clearance];

	for (size_t i = 0; classes != NULL && i < classes->value_count; i++)
		if (strstr(text,
			label_get(&classes->values[i].label, lang,
			    classes->values[i].id)) != NULL)
			return true;
	return classes == NULL;
}

/* The mark that a page lacks, NULL if it has all: those of its notices, its
 * class and its code. */
static const char *
find_missing(const struct project *project, const xmlNode *top,
    const xmlNode *page)
{
	struct buf text = { 0 };
	const char *missing = "v:code";

	for (const xmlNode *node = page; node != NULL;
	     node = node_walk(node, page,
		 node == page || !is_made(node, "page"))) {
		if (is_made(node, "code"))
			missing = NULL;
		if (node->type == XML_TEXT_NODE)
			buf_add_text(&text, (const char *)node->content);
	}
	for (const xmlNode *node = top->children; node != NULL;
	     node = node->next)
		if (is_made(node, "notice") &&
		    !strstr(buf_text(&text), node_attribute(node, "line")))
			missing = node_attribute(node, "line");
	if (!has_class(project, node_attribute(top, "lang"), buf_text(&text)))
		missing = node_attribute(top, "class-label");
	buf_clear(&text);
	return missing;
}

/* The step or warning around a text, NULL if there is none. */
static const xmlNode *
find_kept(const xmlNode *text)
{
	const xmlNode *node = text->parent;

	while (node != NULL && node->type == XML_ELEMENT_NODE &&
	    !guard_keeps(node))
		node = node->parent;
	return node != NULL && node->type == XML_ELEMENT_NODE ? node : NULL;
}

/* All words of steps and warnings that our sheet shows stand in the pages. */
static int
check_words(const struct view *view, const xmlDoc *plain, const xmlDoc *pages,
    struct diag *diag)
{
	struct letters ours = { 0 };
	struct letters theirs = { 0 };
	int rc = 0;

	gather(&ours, plain);
	gather(&theirs, pages);
	for (const xmlNode *node = view->root; node != NULL && rc == 0;
	     node = node_walk(node, view->root, true)) {
		const xmlNode *kept = is_text(node) ? find_kept(node) : NULL;
		struct buf wanted = { 0 };

		if (kept != NULL)
			add_letters(&wanted, node);
		if (wanted.size > 0 && find(&ours, buf_text(&wanted)) &&
		    !find(&theirs, buf_text(&wanted)))
			rc = lose(view->project, (const char *)kept->name,
			    view_source(kept)
				? book_place(view->book, view_source(kept))
				: (struct place){ 0 },
			    diag);
		buf_clear(&wanted);
	}
	buf_clear(&ours.all);
	buf_clear(&theirs.all);
	return rc;
}

int
look_check(const struct look_files *files, const struct project *project,
    const struct view *view, xmlDoc *doc, const xmlDoc *pages,
    struct diag *diag)
{
	const xmlNode *root = xmlDocGetRootElement(pages);
	const char *missing = NULL;
	xmlDoc *plain;
	int rc;

	if (!sheet_is_foreign(files->html))
		return 0;
	for (const xmlNode *node = root; node != NULL && missing == NULL;
	     node = node_walk(node, root, true))
		if (is_made(node, "page"))
			missing = find_missing(project,
			    xmlDocGetRootElement(doc), node);
	if (missing != NULL)
		return lose(project, missing, (struct place){ 0 }, diag);
	if (view == NULL)
		return 0;
	plain = sheet_run(files->plain, doc, NULL, diag);
	if (plain == NULL)
		return -1;
	rc = check_words(view, plain, pages, diag);
	xmlFreeDoc(plain);
	return rc;
}
