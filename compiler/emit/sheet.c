#include "sheet.h"

#include <stdlib.h>
#include <string.h>

#include <libxml/parser.h>
#include <libxslt/imports.h>
#include <libxslt/documents.h>
#include <libxslt/security.h>
#include <libxslt/transform.h>
#include <libxslt/xsltInternals.h>
#include <libxslt/xsltutils.h>

#include "base/alloc.h"
#include "base/embed.h"

enum {
	DEEPEST_TEMPLATE = 1000,
	MOST_VARIABLES = 15000,
	MOST_OPERATIONS = 500000000,
};

struct sheet {
	xsltStylesheet *style;
	xsltSecurityPrefs *forbid;
	char *name;
};

/* Where library messages of one run go: the first one counts. */
struct complaint {
	char *text;
};

static void on_complaint(void *context, const char *format, ...)
    __attribute__((format(printf, 2, 3)));

static void
on_complaint(void *context, const char *format, ...)
{
	struct complaint *complaint = context;
	va_list args;

	if (complaint->text != NULL)
		return;
	va_start(args, format);
	if (vasprintf(&complaint->text, format, args) < 0)
		abort();
	va_end(args);
	complaint->text[strcspn(complaint->text, "\n")] = '\0';
}

static xmlDoc *
parse_embedded(const char *name)
{
	const struct embedded *file = embedded_find(name);

	return file == NULL ? NULL
			    : xmlReadMemory(file->bytes, (int)file->size, name,
				  NULL, XML_PARSE_NONET | XML_PARSE_NOCDATA);
}

/* xsl:include and xsl:import find embedded sheets; document() finds nothing.
 */
static xmlDoc *
load_sheet(const xmlChar *uri, xmlDict *dict, int options, void *context,
    xsltLoadType type)
{
	(void)dict;
	(void)options;
	(void)context;
	return type == XSLT_LOAD_STYLESHEET ? parse_embedded((const char *)uri)
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

	for (size_t i = 0; i < sizeof(options) / sizeof(*options); i++)
		xsltSetSecurityPrefs(prefs, options[i], xsltSecurityForbid);
	return prefs;
}

static int
report(struct diag *diag, const char *name, struct complaint *complaint)
{
	diag_report(diag, DIAG_SHEET, (struct place){ 0 }, name,
	    complaint->text ? complaint->text : "no result", NULL);
	free(complaint->text);
	complaint->text = NULL;
	return -1;
}

struct sheet *
sheet_new(const char *name, struct diag *diag)
{
	struct sheet *sheet = mem_alloc(sizeof(*sheet));
	struct complaint complaint = { 0 };
	xmlDoc *doc;

	xsltSetLoaderFunc(load_sheet);
	xsltSetGenericErrorFunc(&complaint, on_complaint);
	sheet->name = mem_dup(name);
	sheet->forbid = forbid_all();
	doc = parse_embedded(name);
	if (doc != NULL)
		sheet->style = xsltParseStylesheetDoc(doc);
	if (sheet->style == NULL || sheet->style->errors != 0) {
		report(diag, name, &complaint);
		sheet_free(sheet);
		sheet = NULL;
	}
	free(complaint.text);
	xsltSetGenericErrorFunc(NULL, NULL);
	return sheet;
}

void
sheet_free(struct sheet *sheet)
{
	if (sheet == NULL)
		return;
	xsltFreeStylesheet(sheet->style);
	xsltFreeSecurityPrefs(sheet->forbid);
	free(sheet->name);
	free(sheet);
}

xmlDoc *
sheet_run(const struct sheet *sheet, xmlDoc *doc, struct diag *diag)
{
	struct complaint complaint = { 0 };
	xsltTransformContext *ctxt = xsltNewTransformContext(sheet->style, doc);
	xmlDoc *result = NULL;

	xsltSetTransformErrorFunc(ctxt, &complaint, on_complaint);
	ctxt->maxTemplateDepth = DEEPEST_TEMPLATE;
	ctxt->maxTemplateVars = MOST_VARIABLES;
	ctxt->opLimit = MOST_OPERATIONS;
	ctxt->xpathCtxt->opLimit = MOST_OPERATIONS;
	ctxt->xinclude = 0;
	if (xsltSetCtxtSecurityPrefs(sheet->forbid, ctxt) == 0)
		result = xsltApplyStylesheetUser(sheet->style, doc, NULL, NULL,
		    NULL, ctxt);
	if (result != NULL && ctxt->state != XSLT_STATE_OK) {
		xmlFreeDoc(result);
		result = NULL;
	}
	xsltFreeTransformContext(ctxt);
	if (result == NULL)
		report(diag, sheet->name, &complaint);
	free(complaint.text);
	return result;
}
