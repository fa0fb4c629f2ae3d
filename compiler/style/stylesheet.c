#include "stylesheet.h"

#include <stdlib.h>
#include <string.h>

#include <libxml/parser.h>
#include <libxslt/imports.h>
#include <libxslt/documents.h>
#include <libxslt/extensions.h>
#include <libxslt/security.h>
#include <libxslt/templates.h>
#include <libxslt/transform.h>
#include <libxslt/xsltInternals.h>
#include <libxslt/xsltutils.h>

#include "base/alloc.h"
#include "base/list.h"
#include "base/embed.h"
#include "base/process_limits.h"
#include "model/book.h"
#include "model/namespaces.h"
#include "project/docbook_elements.h"

/* Of our sheets' own instruction, out:page, and question, out:is-container(). */
#define NS_OUT "urn:vademecum:out"

enum {
	/* Of our sheets the deepest elements want five each. */
	DEEPEST_TEMPLATE = 8 * BOOK_DEEPEST,
	MOST_VARIABLES = 64 * BOOK_DEEPEST,
	MOST_OPERATIONS = 500000000,
	/* Of a project's sheet, for one handbook or shelf. */
	FOREIGN_OPERATIONS = 20000000,
};

struct stylesheet {
	xsltStylesheet *style;
	xsltSecurityPrefs *forbid;
	char *name;    /* of an embedded sheet, or the project's path */
	uint32_t file; /* in sources; 0 = embedded */
};

/* Where library messages of one run go: the first one counts, and the line
 * that libxslt names before it. */
struct complaint {
	char *text;
	uint32_t line; /* of the sheet, from 1; 0 = not said */
	const char *name;
};

static void on_complaint(void *context, const char *format, ...)
    __attribute__((format(printf, 2, 3)));

/* "compilation error: file house.xsl line 7 element if" comes first. */
static bool
take_line(struct complaint *complaint, const char *text)
{
	const char *file = strstr(text, " file ");
	const char *line = file ? strstr(file, " line ") : NULL;
	size_t len = complaint->name ? strlen(complaint->name) : 0;

	if (line == NULL || strstr(text, "error") == NULL)
		return false;
	if (complaint->line == 0 && len == (size_t)(line - file) - 6 &&
	    memcmp(file + 6, complaint->name, len) == 0)
		complaint->line = (uint32_t)strtoul(line + 6, NULL, 10);
	return true;
}

static void
on_complaint(void *context, const char *format, ...)
{
	struct complaint *complaint = context;
	va_list args;
	char *text;

	if (complaint->text != NULL)
		return;
	va_start(args, format);
	text = mem_format_list(format, args);
	va_end(args);
	text[strcspn(text, "\n")] = '\0';
	if (text[0] == '\0' || take_line(complaint, text))
		free(text);
	else
		complaint->text = text;
}

/* Its stack of templates, after an error, tells an author nothing. */
static void
say_nothing(void *context, const char *format, ...)
{
	(void)context;
	(void)format;
}

/* Parsed with the dictionary of the sheet that asks for it, if one does:
 * libxslt compares the names of variables by their addresses in it. */
static xmlDoc *
parse_embedded(const char *name, xmlDict *dict)
{
	const struct embedded *file = embedded_find(name);
	xmlParserCtxt *parser = file != NULL ? xmlNewParserCtxt() : NULL;
	xmlDoc *doc;

	if (parser == NULL)
		return NULL;
	if (dict != NULL) {
		xmlDictFree(parser->dict);
		parser->dict = dict;
		xmlDictReference(dict);
	}
	doc = xmlCtxtReadMemory(parser, file->bytes, (int)file->size, name,
	    NULL, XML_PARSE_NONET | XML_PARSE_NOCDATA);
	xmlFreeParserCtxt(parser);
	return doc;
}

static const char *
embedded_name(const xmlChar *uri)
{
	const char *name = (const char *)uri;

	return strncmp(name, "vade:", 5) == 0 ? name + 5 : name;
}

/* xsl:include and xsl:import find embedded sheets, by their names or as
 * "vade:NAME"; document() finds nothing. */
static xmlDoc *
load_sheet(const xmlChar *uri, xmlDict *dict, int options, void *context,
    xsltLoadType type)
{
	(void)options;
	(void)context;
	return type == XSLT_LOAD_STYLESHEET
	    ? parse_embedded(embedded_name(uri), dict)
	    : NULL;
}

static xsltSecurityPrefs *
forbid_all(void)
{
	static const xsltSecurityOption options[] = {
		XSLT_SECPREF_READ_FILE,
		XSLT_SECPREF_WRITE_FILE,
		XSLT_SECPREF_CREATE_DIRECTORY,
		XSLT_SECPREF_READ_NETWORK,
		XSLT_SECPREF_WRITE_NETWORK,
	};
	xsltSecurityPrefs *prefs = xsltNewSecurityPrefs();

	for (size_t i = 0; i < COUNT(options); i++)
		xsltSetSecurityPrefs(prefs, options[i], xsltSecurityForbid);
	return prefs;
}

/* Where a line of the project's sheet begins. */
static struct place
place_of_line(const struct stylesheet *sheet, uint32_t line, struct diag *diag)
{
	struct place place = { sheet->file, 0, 0 };
	const struct source *source;

	if (sheet->file == 0)
		return (struct place){ 0 };
	source = sources_get(diag->sources, sheet->file);
	for (; line > 1 && place.offset < source->size; place.offset++)
		line -= source->bytes[place.offset] == '\n';
	while (place.offset < source->size &&
	    (source->bytes[place.offset] == ' ' ||
		source->bytes[place.offset] == '\t'))
		place.offset++;
	return place;
}

static int
report(const struct stylesheet *sheet, const struct complaint *complaint,
    struct diag *diag)
{
	return diag_report(diag,
	    sheet->file == 0 ? DIAG_SHEET : DIAG_LOOK_SHEET,
	    place_of_line(sheet, complaint->line, diag), sheet->name,
	    complaint->text ? complaint->text : "no result", NULL);
}

/* Where a sheet of a project writes an element of this name; 0 = nowhere. */
static uint32_t
line_of_element(const struct stylesheet *sheet, const char *name)
{
	node_each(node, xmlDocGetRootElement(sheet->style->doc))
		if (node->type == XML_ELEMENT_NODE &&
		    strcmp((const char *)node->name, name) == 0)
			return (uint32_t)xmlGetLineNo(node);
	return 0;
}

int
stylesheet_refuse(const struct stylesheet *sheet, const char *what,
    struct diag *diag)
{
	struct complaint complaint = { .text = mem_format("<%s>", what),
		.line = line_of_element(sheet, what) };
	int rc = report(sheet, &complaint, diag);

	free(complaint.text);
	return rc;
}

bool
stylesheet_is_foreign(const struct stylesheet *sheet)
{
	return sheet->file != 0;
}

/* doc is taken; NULL gives no sheet. */
static struct stylesheet *
compile(xmlDoc *doc, const char *name, uint32_t file, struct diag *diag)
{
	struct stylesheet *sheet = mem_alloc(sizeof(*sheet));
	struct complaint complaint = { .name = name };

	*sheet = (struct stylesheet){ .name = mem_dup(name),
		.file = file,
		.forbid = forbid_all() };
	xsltSetLoaderFunc(load_sheet);
	xsltSetGenericErrorFunc(&complaint, on_complaint);
	duty_guest(diag->duty, file != 0 ? name : NULL);
	if (doc != NULL)
		sheet->style = xsltParseStylesheetDoc(doc);
	duty_guest(diag->duty, NULL);
	if (sheet->style == NULL || sheet->style->errors != 0) {
		if (sheet->style == NULL)
			xmlFreeDoc(doc);
		report(sheet, &complaint, diag);
		stylesheet_free(sheet);
		sheet = NULL;
	}
	free(complaint.text);
	xsltSetGenericErrorFunc(NULL, say_nothing);
	return sheet;
}

struct stylesheet *
stylesheet_new(const char *name, struct diag *diag)
{
	return compile(parse_embedded(name, NULL), name, 0, diag);
}

struct stylesheet *
stylesheet_new_take(xmlDoc *doc, uint32_t file, struct diag *diag)
{
	return compile(doc, sources_get(diag->sources, file)->path, file, diag);
}

/* Names of a sheet are compared by their addresses in its dictionary. */
xmlDoc *
stylesheet_copy(const xmlDoc *doc)
{
	xmlDoc *copy = xmlNewDoc(BAD_CAST "1.0");

	copy->dict = doc->dict;
	xmlDictReference(copy->dict);
	xmlDocSetRootElement(copy,
	    xmlDocCopyNode(xmlDocGetRootElement(doc), copy, 1));
	return copy;
}

struct stylesheet *
stylesheet_new_without(const xmlDoc *doc, const xmlNode *part, uint32_t file,
    struct diag *diag)
{
	xmlDoc *copy = stylesheet_copy(doc);
	xmlNode *theirs = xmlDocGetRootElement(copy)->children;
	const xmlNode *ours = xmlDocGetRootElement(doc)->children;

	for (; ours != part; ours = ours->next)
		theirs = theirs->next;
	xmlUnlinkNode(theirs);
	xmlFreeNode(theirs);
	return stylesheet_new_take(copy, file, diag);
}

struct place
stylesheet_place(const struct stylesheet *sheet, const xmlNode *node,
    struct diag *diag)
{
	return place_of_line(sheet, (uint32_t)xmlGetLineNo(node), diag);
}

void
stylesheet_free(struct stylesheet *sheet)
{
	if (sheet == NULL)
		return;
	xsltFreeStylesheet(sheet->style);
	xsltFreeSecurityPrefs(sheet->forbid);
	free(sheet->name);
	free(sheet);
}

/* What a transformation is asked for besides its result: ctxt->_private. */
struct run {
	struct page_taker *taker;
	struct element_memo memo;
};

/* out:is-container(): is the node one of DocBook's that hold no text of their
 * own? */
static void
answer_container(xmlXPathParserContext *parser, int count)
{
	xsltTransformContext *ctxt = xsltXPathGetTransformContext(parser);
	struct run *run = ctxt->_private;
	unsigned facts = element_facts(&run->memo, parser->context->node);

	if (count != 0)
		xmlXPathErr(parser, XPATH_INVALID_ARITY);
	else
		valuePush(parser,
		    xmlXPathNewBoolean((facts & ELEMENT_CONTAINER) != 0));
}

/* <out:page name="…" only="…">: a v:page in the result, given away when it is whole. */
static void
make_page(xsltTransformContext *ctxt, xmlNode *node, xmlNode *instruction,
    xsltElemPreComp *unused)
{
	struct page_taker *taker = ((struct run *)ctxt->_private)->taker;
	xmlNode *around = ctxt->insert;
	xmlNode *page =
	    xmlNewDocNode(ctxt->output, NULL, BAD_CAST "page", NULL);
	scoped(xml_drop) xmlChar *name =
	    xsltEvalAttrValueTemplate(ctxt, instruction, BAD_CAST "name", NULL);
	scoped(xml_drop) xmlChar *only =
	    xmlGetNoNsProp(instruction, BAD_CAST "only");

	(void)unused;
	xmlSetNs(page, xmlNewNs(page, BAD_CAST NS_VADE, BAD_CAST "v"));
	if (name != NULL)
		xmlNewProp(page, BAD_CAST "name", name);
	if (only != NULL)
		xmlNewProp(page, BAD_CAST "only", only);
	xmlAddChild(around, page);
	ctxt->insert = page;
	xsltApplyOneTemplate(ctxt, node, instruction->children, NULL, NULL);
	ctxt->insert = around;
	if (taker == NULL || ctxt->state != XSLT_STATE_OK)
		return;
	taker->take(taker, page);
	if (!taker->keep) {
		xmlUnlinkNode(page);
		xmlFreeNode(page);
		/* It may have been the text that libxslt adds to. */
		ctxt->lasttext = NULL;
	}
}

xmlDoc *
stylesheet_run(const struct stylesheet *sheet, xmlDoc *doc,
    struct page_taker *taker, struct diag *diag)
{
	struct complaint complaint = { .name = sheet->name };
	struct run run = { .taker = taker };
	int operations =
	    sheet->file == 0 ? MOST_OPERATIONS : FOREIGN_OPERATIONS;
	xsltTransformContext *ctxt = xsltNewTransformContext(sheet->style, doc);
	xmlDoc *result = NULL;

	xsltSetTransformErrorFunc(ctxt, &complaint, on_complaint);
	ctxt->maxTemplateDepth = DEEPEST_TEMPLATE;
	ctxt->maxTemplateVars = MOST_VARIABLES;
	ctxt->opLimit = (unsigned long)operations;
	ctxt->xpathCtxt->opLimit = (unsigned long)operations;
	ctxt->xinclude = 0;
	ctxt->_private = &run;
	xsltRegisterExtElement(ctxt, BAD_CAST "page", BAD_CAST NS_OUT,
	    make_page);
	xsltRegisterExtFunction(ctxt, BAD_CAST "is-container", BAD_CAST NS_OUT,
	    answer_container);
	duty_guest(diag->duty, sheet->file != 0 ? sheet->name : NULL);
	if (xsltSetCtxtSecurityPrefs(sheet->forbid, ctxt) == 0)
		result = xsltApplyStylesheetUser(sheet->style, doc, NULL, NULL,
		    NULL, ctxt);
	duty_guest(diag->duty, NULL);
	if (result != NULL && ctxt->state != XSLT_STATE_OK) {
		xmlFreeDoc(result);
		result = NULL;
	}
	/* What libxslt was doing when it ran out is no cause. */
	if (result == NULL &&
	    (ctxt->opCount >= ctxt->opLimit ||
		ctxt->xpathCtxt->opCount >= ctxt->xpathCtxt->opLimit)) {
		free(complaint.text);
		complaint = (struct complaint){
			.text =
			    mem_format("more than %d operations", operations)
		};
	}
	xsltFreeTransformContext(ctxt);
	if (result == NULL)
		report(sheet, &complaint, diag);
	free(complaint.text);
	return result;
}
