#include "organisation_look.h"

#include <stdio.h>
#include <string.h>

#include "base/alloc.h"
#include "base/list.h"
#include "base/embed.h"
#include "base/text.h"
#include "style/protection_kept.h"
#include "style/result_tree.h"
#include "model/book.h"
#include "model/protect.h"

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

/* A call of document(), which may have blanks before its bracket. */
static bool
calls_document(const char *value)
{
	for (const char *at = strstr(value, "document"); at != NULL;
	     at = strstr(at + 1, "document")) {
		const char *after = at + strlen("document");

		if (after[strspn(after, " \t\r\n")] == '(')
			return true;
	}
	return false;
}

static int
check_attributes(const struct book *sheet, const xmlNode *node,
    struct diag *diag)
{
	for (const xmlAttr *a = node->properties; a != NULL; a = a->next) {
		scoped(xml_drop) xmlChar *value =
		    xmlNodeListGetString(node->doc, a->children, 1);
		bool calls = value != NULL && calls_document((char *)value);

		if (strcmp((const char *)a->name,
			"extension-element-prefixes") == 0)
			return forbid(sheet, node, (const char *)a->name, diag);
		if (calls)
			return forbid(sheet, node, "document()", diag);
	}
	return 0;
}

/* The names of templates that our sheets have. */
static void
gather_templates(struct map *names)
{
	static const char start[] = "<xsl:template name=\"";

	for (size_t i = 0; i < embedded_count; i++) {
		const char *at = embedded_files[i].bytes;

		while ((at = strstr(at, start)) != NULL) {
			at += sizeof(start) - 1;
			map_put(names, at, strcspn(at, "\""), NULL);
		}
	}
}

static bool
is_called(const xmlNode *root, const char *name)
{
	node_each(node, root) {
		const char *called = is_xslt(node, "call-template")
		    ? result_attribute(node, "name")
		    : NULL;

		if (called != NULL && strcmp(called, name) == 0)
			return true;
	}
	return false;
}

/* A template that replaces none of ours and that nothing calls is a slip. */
static int
check_templates(const struct book *sheet, struct diag *diag)
{
	const xmlNode *root = xmlDocGetRootElement(sheet->doc);
	scoped(map_clear) struct map names = { 0 };
	int rc = 0;

	gather_templates(&names);
	node_each_child(node, root) {
		const char *name = is_xslt(node, "template")
		    ? result_attribute(node, "name")
		    : NULL;
		const char *near;

		if (name == NULL || map_get_text(&names, name) != NULL ||
		    is_called(root, name))
			continue;
		near = map_nearest(&names, name);
		rc |= diag_report(diag, DIAG_LOOK_TEMPLATE,
		    source_attribute_place(diag->sources,
			book_place(sheet, node), "name", NULL),
		    name,
		    near ? near : "overlay-head, overlay-banner, overlay-foot",
		    NULL);
	}
	return rc;
}

static int
check_sheet(const struct book *sheet, struct diag *diag)
{
	const xmlNode *root = xmlDocGetRootElement(sheet->doc);
	bool imports = false;
	int rc = 0;

	node_each(node, root) {
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
	if (rc == 0)
		rc = check_templates(sheet, diag);
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

	node_each(node, root) {
		token_each(name,
		    node->type == XML_ELEMENT_NODE
			? result_attribute(node, "class")
			: NULL)
			if (is_own_class(ours, name, strlen(name)))
				map_put(own, name, strlen(name), NULL);
	}
}

static int
read_css(struct organisation_look *files, const struct project *project,
    struct xml_reader *reader, struct diag *diag)
{
	uint32_t file =
	    xml_read_source(reader, project->look.css, project->look.css_place);

	files->has_css = true;
	return file != 0 ? css_read(&files->css, file, &files->own, diag) : -1;
}

/* --- reading --- */

static struct stylesheet *
read_sheet(struct organisation_look *files, const struct project *project,
    struct xml_reader *reader, struct diag *diag)
{
	scoped(book_clear) struct book sheet = { 0 };
	struct stylesheet *html = NULL;
	uint32_t file;

	sheet.doc = xml_read(reader, &sheet, project->look.stylesheet,
	    project->look.stylesheet_place);
	if (sheet.doc == NULL || check_sheet(&sheet, diag) != 0) {
		return NULL;
	}
	gather_own(&files->own, &files->ours, sheet.doc);
	file = book_place(&sheet, xmlDocGetRootElement(sheet.doc)).file;
	files->overlay = stylesheet_copy(sheet.doc);
	files->overlay_file = file;
	html = stylesheet_new_take(sheet.doc, file, diag);
	sheet.doc = NULL;
	return html;
}

static void
read_ours(struct map *ours)
{
	static const char *const names[] = { "vade.css", "epub.css" };

	for (size_t i = 0; i < COUNT(names); i++) {
		const struct embedded *css = embedded_find(names[i]);

		css_add_classes(ours, css->bytes, css->size);
	}
}

int
organisation_look_read(struct organisation_look *files,
    const struct project *project, struct xml_reader *reader, struct diag *diag)
{
	read_ours(&files->ours);
	files->plain = stylesheet_new("html.xsl", diag);
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

/* The two results of a view: 0 if they compare equal, 1 if they do not (with
 * *fault), -1 if ours failed, which is reported. */
static int
compare(const struct organisation_look *files, xmlDoc *doc, xmlDoc *pages,
    struct protection_fault *fault, struct diag *diag)
{
	struct protection_names names = { &files->ours, &files->css.painted };
	scoped(xml_drop_doc) xmlDoc *plain =
	    stylesheet_run(files->plain, doc, NULL, diag);
	bool holds;

	if (plain == NULL)
		return -1;
	holds = protection_kept(&names, plain, pages, fault);
	/* For messages: of a step or warning, the id that it or a box around it
	 * has in the sources. */
	for (const xmlNode *node = holds ? NULL : fault->node; node != NULL;
	     node = node->parent) {
		const char *id = node->type == XML_ELEMENT_NODE
		    ? result_attribute(node, "id")
		    : NULL;

		if (id != NULL) {
			snprintf(fault->id, sizeof(fault->id), "%s", id);
			break;
		}
	}
	fault->node = NULL;
	return holds ? 0 : 1;
}

/* Would the pages differ elsewhere, or not at all, without one of the
 * stylesheet's own parts? Then the difference is its doing. */
static bool
is_doing_of(const struct organisation_look *files, const xmlNode *part,
    xmlDoc *doc, const struct protection_fault *fault, struct diag *diag)
{
	scoped(diag_clear) struct diag quiet = { .sources = diag->sources };
	struct protection_fault other = { .at = fault->at };
	struct stylesheet *sheet = stylesheet_new_without(files->overlay, part,
	    files->overlay_file, &quiet);
	scoped(xml_drop_doc) xmlDoc *pages =
	    sheet ? stylesheet_run(sheet, doc, NULL, &quiet) : NULL;
	bool is_so = false;

	if (pages != NULL)
		is_so = compare(files, doc, pages, &other, &quiet) == 0 ||
		    other.at != fault->at ||
		    strcmp(other.page, fault->page) != 0 ||
		    strcmp(other.what, fault->what) != 0;
	stylesheet_free(sheet);
	return is_so;
}

/* The template, variable or other part of the stylesheet that makes a
 * difference; the place where the project names it if no one does alone. */
static struct place
find_doing(const struct organisation_look *files, const struct project *project,
    xmlDoc *doc, const struct protection_fault *fault, struct diag *diag)
{
	const xmlNode *root = xmlDocGetRootElement(files->overlay);

	node_each_child(part, root)
		if (part->type == XML_ELEMENT_NODE &&
		    !is_xslt(part, "import") && !is_xslt(part, "include") &&
		    is_doing_of(files, part, doc, fault, diag))
			return stylesheet_place(files->html, part, diag);
	return project->look.stylesheet_place;
}

static struct place
place_of_id(const struct view *view, const char *id)
{
	const xmlNode *node =
	    view != NULL ? book_find_id(view->book, id) : NULL;

	return node != NULL ? book_place(view->book, node)
			    : (struct place){ 0 };
}

int
organisation_look_check(const struct organisation_look *files,
    const struct project *project, const struct view *view, xmlDoc *doc,
    xmlDoc *pages, struct diag *diag)
{
	static const enum diag_code codes[] = {
		[PROTECTION_LOSES] = DIAG_LOOK_LOSES,
		[PROTECTION_HIDES] = DIAG_LOOK_HIDES,
		[PROTECTION_ADDS] = DIAG_LOOK_ADDS,
	};
	struct protection_fault fault;
	int rc;

	if (!stylesheet_is_foreign(files->html))
		return 0;
	rc = compare(files, doc, pages, &fault, diag);
	if (rc <= 0)
		return rc;
	return diag_report_related(diag, codes[fault.kind],
	    find_doing(files, project, doc, &fault, diag),
	    place_of_id(view, fault.id), fault.what, fault.page, NULL);
}
