/*
 * Says of many files, one after the other, what the schema does not allow in
 * them: what compare.py sets beside what jing says.
 *
 * usage: validate [--libxml2] SCHEMA <LIST-OF-FILES
 *
 * Says on standard error what processor time the validation took, apart from
 * the parse. Prints a line for each error: FILE, LINE, KIND, NAME, with tabs between.
 * Lines are those of jing: where a start tag ends; where the end tag ends for
 * what is told of a whole element; the first sign of a text.
 */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

#include <libxml/SAX2.h>
#include <libxml/parser.h>
#include <libxml/parserInternals.h>
#include <libxml/relaxng.h>

#include "schema/schema.h"

struct lines {
	int start;
	int end;
};

struct job {
	const char *file;
	size_t count;
};

static const char *const kinds[] = {
	[SCHEMA_ELEMENT_UNKNOWN] = "element",
	[SCHEMA_ELEMENT_MISPLACED] = "element",
	[SCHEMA_ELEMENT_TOO_EARLY] = "element",
	[SCHEMA_ELEMENT_INCOMPLETE] = "incomplete",
	[SCHEMA_ELEMENT_VALUE] = "content",
	[SCHEMA_TEXT_NOT_ALLOWED] = "text",
	[SCHEMA_ATTRIBUTE_NOT_ALLOWED] = "attribute",
	[SCHEMA_ATTRIBUTE_VALUE] = "value",
	[SCHEMA_ATTRIBUTE_MISSING] = "missing",
	[SCHEMA_TOO_LARGE] = "large",
};

/* What is twice, or no id, is nothing that the schema says. */
static void
say_nothing(void *context, xmlError *error)
{
	(void)context;
	(void)error;
}

/* Lines come in blocks, so that the parse is not what is measured; they are
 * kept until the process ends. */
static struct lines *
new_lines(void)
{
	enum { BLOCK = 4096 };
	static struct lines *block;
	static size_t used = BLOCK;

	if (used == BLOCK) {
		block = calloc(BLOCK, sizeof(*block));
		used = 0;
	}
	return &block[used++];
}

static void
on_start(void *context, const xmlChar *name, const xmlChar *prefix,
    const xmlChar *uri, int namespace_count, const xmlChar **namespaces,
    int attribute_count, int defaulted_count, const xmlChar **attributes)
{
	xmlParserCtxt *ctxt = context;
	struct lines *lines;

	xmlSAX2StartElementNs(context, name, prefix, uri, namespace_count,
	    namespaces, attribute_count, defaulted_count, attributes);
	lines = new_lines();
	lines->start = lines->end = ctxt->input->line;
	ctxt->node->_private = lines;
}

static void
on_end(void *context, const xmlChar *name, const xmlChar *prefix,
    const xmlChar *uri)
{
	xmlParserCtxt *ctxt = context;
	struct lines *lines = ctxt->node->_private;

	lines->end = ctxt->input->line;
	xmlSAX2EndElementNs(context, name, prefix, uri);
}

static xmlDoc *
read_file(const char *path)
{
	xmlParserCtxt *ctxt = xmlCreateFileParserCtxt(path);
	xmlDoc *doc;

	if (ctxt == NULL)
		return NULL;
	xmlCtxtUseOptions(ctxt,
	    XML_PARSE_NONET | XML_PARSE_NOENT | XML_PARSE_NOCDATA |
		XML_PARSE_NOERROR | XML_PARSE_NOWARNING);
	ctxt->sax->startElementNs = on_start;
	ctxt->sax->endElementNs = on_end;
	ctxt->sax->serror = say_nothing;
	ctxt->sax->comment = NULL;
	ctxt->sax->processingInstruction = NULL;
	xmlParseDocument(ctxt);
	doc = ctxt->myDoc;
	ctxt->myDoc = NULL;
	if (!ctxt->wellFormed) {
		printf("%s\t0\tbroken\t\n", path);
		xmlFreeDoc(doc);
		doc = NULL;
	}
	xmlFreeParserCtxt(ctxt);
	return doc;
}

static int
text_line(const xmlNode *text)
{
	const xmlNode *before = text->prev;
	const char *p = (const char *)text->content;
	const struct lines *lines =
	    before != NULL ? before->_private : text->parent->_private;
	int line = before != NULL ? lines->end : lines->start;

	for (; *p != '\0' && strchr(" \t\n\r", *p) != NULL; p++)
		line += *p == '\n';
	return line;
}

static void
on_error(void *context, const struct schema_error *error)
{
	struct job *job = context;
	const struct lines *lines = error->node->_private;
	int line = error->at_end ? lines->end : lines->start;
	const char *name = error->attribute != NULL
	    ? (const char *)error->attribute->name
	    : (const char *)error->node->name;

	if (error->kind == SCHEMA_TEXT_NOT_ALLOWED)
		line = text_line(error->text);
	if (error->kind == SCHEMA_ELEMENT_VALUE)
		line = lines->end;
	printf("%s\t%d\t%s\t%s\n", job->file, line, kinds[error->kind],
	    error->kind == SCHEMA_TEXT_NOT_ALLOWED ? "" : name);
	job->count++;
}

static void
on_libxml2(void *context, xmlError *error)
{
	struct job *job = context;
	const xmlNode *node = error->node;

	while (node != NULL && node->type != XML_ELEMENT_NODE)
		node = node->parent;
	printf("%s\t%d\telement\t%s\n", job->file,
	    node != NULL ? ((struct lines *)node->_private)->start : 0,
	    error->str1 ? error->str1 : "");
	job->count++;
}

static void
check_libxml2(xmlRelaxNG *schema, xmlDoc *doc, struct job *job)
{
	xmlRelaxNGValidCtxt *valid = xmlRelaxNGNewValidCtxt(schema);

	xmlRelaxNGSetValidStructuredErrors(valid, on_libxml2, job);
	if (xmlRelaxNGValidateDoc(valid, doc) != 0 && job->count == 0)
		printf("%s\t0\telement\t\n", job->file);
	xmlRelaxNGFreeValidCtxt(valid);
}

static bool
open_file(void *context, const char *href, const char **bytes, size_t *size)
{
	char path[4096];
	FILE *file;
	char *all;
	long end;

	snprintf(path, sizeof(path), "%s/%s", (const char *)context, href);
	file = fopen(path, "rb");
	if (file == NULL)
		return false;
	fseek(file, 0, SEEK_END);
	end = ftell(file);
	rewind(file);
	all = malloc((size_t)end + 1);
	*size = fread(all, 1, (size_t)end, file);
	all[*size] = '\0';
	fclose(file);
	*bytes = all; /* until the process ends */
	return true;
}

static void
check_files(struct schema *ours, xmlRelaxNG *theirs)
{
	char line[4096];
	clock_t taken = 0;

	while (fgets(line, sizeof(line), stdin) != NULL) {
		struct job job = { .file = line };
		xmlDoc *doc;

		line[strcspn(line, "\n")] = '\0';
		doc = read_file(line);
		if (doc == NULL)
			continue;
		taken -= clock();
		if (ours != NULL)
			schema_validate(ours, xmlDocGetRootElement(doc),
			    on_error, &job);
		else
			check_libxml2(theirs, doc, &job);
		taken += clock();
		xmlFreeDoc(doc);
	}
	fprintf(stderr, "validated in %.4f s\n",
	    (double)taken / CLOCKS_PER_SEC);
}

int
main(int argc, char **argv)
{
	bool is_theirs = argc == 3 && strcmp(argv[1], "--libxml2") == 0;
	struct schema_fault fault = { 0 };
	struct schema *ours = NULL;
	xmlRelaxNG *theirs = NULL;
	char *slash;

	if (argc != 2 + is_theirs) {
		fprintf(stderr, "usage: validate [--libxml2] SCHEMA <LIST\n");
		return 2;
	}
	xmlSetStructuredErrorFunc(NULL, say_nothing);
	if (is_theirs) {
		xmlRelaxNGParserCtxt *parser = xmlRelaxNGNewParserCtxt(argv[2]);

		theirs = xmlRelaxNGParse(parser);
		xmlRelaxNGFreeParserCtxt(parser);
	} else if ((slash = strrchr(argv[1], '/')) != NULL) {
		*slash = '\0';
		ours = schema_read(slash + 1, open_file, argv[1], &fault);
	}
	if (ours == NULL && theirs == NULL) {
		fprintf(stderr, "%s:%u: %s\n", fault.file, fault.line,
		    fault.text);
		return 1;
	}
	check_files(ours, theirs);
	schema_free(ours);
	xmlRelaxNGFree(theirs);
	return 0;
}
