#include "xml.h"

#include <errno.h>
#include <libxml/SAX2.h>
#include <libxml/catalog.h>
#include <libxml/parserInternals.h>
#include <libxml/xmlIO.h>
#include <stdlib.h>
#include <string.h>

#include "base/alloc.h"
#include "base/embed.h"
#include "base/libxml_heap.h"
#include "base/process_limits.h"
#include "load/attribute_flood.h"
#include "schema/schema.h"
#include "syntax/encoding.h"
#include "syntax/missing_file.h"
#include "syntax/wellformed.h"

enum {
	PARSE_OPTIONS = XML_PARSE_NONET | XML_PARSE_NOENT | XML_PARSE_NOCDATA |
	    XML_PARSE_BIG_LINES | XML_PARSE_COMPACT | XML_PARSE_IGNORE_ENC,
};

/* One parse under way; hangs on ctxt->_private. */
struct parse {
	struct xml_reader *reader;
	struct book *book;
	xmlParserCtxt *ctxt; /* of the file itself, not of an entity */
	uint32_t file;
	struct place from; /* where the file is named */
	size_t entities;   /* declared */
	size_t loads;      /* of entity files */
	bool failed;       /* and reported */
};

/* --- the library --- */

static int
match_any(const char *name)
{
	(void)name;
	return 1;
}

static void *
open_nothing(const char *name)
{
	(void)name;
	return NULL;
}

static int
read_nothing(void *context, char *bytes, int size)
{
	(void)context;
	(void)bytes;
	(void)size;
	return -1;
}

static int
close_nothing(void *context)
{
	(void)context;
	return 0;
}

static xmlParserInput *
input_from_bytes(xmlParserCtxt *ctxt, const char *bytes, size_t size,
    const char *name)
{
	xmlParserInputBuffer *buffer = xmlParserInputBufferCreateMem(bytes,
	    (int)size, XML_CHAR_ENCODING_NONE);
	xmlParserInput *input;

	if (buffer == NULL)
		return NULL;
	input = xmlNewIOInputStream(ctxt, buffer, XML_CHAR_ENCODING_NONE);
	if (input == NULL)
		xmlFreeParserInputBuffer(buffer);
	else
		input->filename = (char *)xmlStrdup((const xmlChar *)name);
	return input;
}

static struct place
parse_place(const struct parse *parse)
{
	const xmlParserInput *input =
	    parse->ctxt->inputNr > 0 ? parse->ctxt->inputTab[0] : NULL;
	size_t offset = 0;

	if (input != NULL)
		offset = input->consumed + (size_t)(input->cur - input->base);
	return (struct place){ parse->file, (uint32_t)offset, 0 };
}

static void
refuse(struct parse *parse, enum diag_code code, const char *what)
{
	if (!parse->failed)
		diag_report(parse->reader->diag, code, parse_place(parse), what,
		    NULL);
	parse->failed = true;
	xmlStopParser(parse->ctxt);
}

/*
 * Every load by name of the process comes here: entity files of a document
 * (with a parse), and the schemas' own includes (without).
 */
static xmlParserInput *
load_external(const char *url, const char *id, xmlParserCtxt *ctxt)
{
	struct parse *parse = ctxt != NULL ? ctxt->_private : NULL;
	const struct embedded *resource;
	const struct source *source;
	char *path;
	uint32_t file;

	(void)id;
	if (url == NULL)
		return NULL;
	if (parse == NULL) {
		resource = embedded_find(url);
		return resource == NULL
		    ? NULL
		    : input_from_bytes(ctxt, resource->bytes, resource->size,
			  url);
	}
	/* Files that name each other ten times are read a thousand times. */
	if (++parse->loads > parse->reader->limits.entities) {
		refuse(parse, DIAG_XML_LIMIT, "<!ENTITY>");
		return NULL;
	}
	path = file_join("", url);
	if (path == NULL) {
		diag_report(parse->reader->diag, DIAG_FILE_OUTSIDE,
		    parse_place(parse), url, NULL);
		parse->failed = true;
		return NULL;
	}
	file = xml_read_source(parse->reader, path, parse_place(parse));
	free(path);
	source = sources_get(parse->reader->sources, file);
	if (source == NULL ||
	    attribute_flood_check(source, file, &parse->reader->limits,
		parse->reader->diag) != 0) {
		parse->failed = true;
		return NULL;
	}
	return input_from_bytes(ctxt, source->bytes, source->size, url);
}

/* Diagnostics are the only voice of the program. */
static void
say_nothing(void *context, const char *format, ...)
{
	(void)context;
	(void)format;
}

void
xml_library_start(void)
{
	xmlMemSetup(heap_free, heap_alloc, heap_resize, heap_dup);
	LIBXML_TEST_VERSION
	xmlSetGenericErrorFunc(NULL, say_nothing);
	xmlInitParser();
	xmlCatalogSetDefaults(XML_CATA_ALLOW_NONE);
	/* Clean up and register at once: cleaning alone brings the defaults
	 * back at the next use (research/security.md 1.2). */
	xmlCleanupInputCallbacks();
	xmlRegisterInputCallbacks(match_any, open_nothing, read_nothing,
	    close_nothing);
	xmlCleanupOutputCallbacks();
	xmlRegisterOutputCallbacks(match_any, open_nothing, NULL, NULL);
	xmlSetExternalEntityLoader(load_external);
}

/* --- the reader --- */

void
xml_reader_init(struct xml_reader *reader, const struct file_root *root,
    struct sources *sources, struct diag *diag)
{
	*reader = (struct xml_reader){
		.root = root,
		.sources = sources,
		.limits = { .file_size = 32u << 20,
		    .total_size = 64u << 20,
		    .attributes = 256,
		    .start_tag_size = 1u << 20,
		    .entities = 256,
		    .entity_size = 4096 },
		.dict = xmlDictCreate(),
		.diag = diag,
	};
}

void
xml_reader_clear(struct xml_reader *reader)
{
	xmlDictFree(reader->dict);
	reader->dict = NULL;
	for (size_t i = 0; i < reader->schemas.count; i++)
		schema_free(reader->schemas.entries[i].item);
	map_clear(&reader->schemas);
}

int
xml_report_unread(struct xml_reader *reader, enum file_result result,
    const char *path, struct place from)
{
	struct diag *diag = reader->diag;
	char *limit;

	switch (result) {
	case FILE_MISSING:
		return missing_file_report(diag, reader->root, from, path);
	case FILE_OUTSIDE:
		return diag_report(diag, DIAG_FILE_OUTSIDE, from, path, NULL);
	case FILE_TOO_LARGE:
		limit = mem_format("%zu", reader->limits.file_size >> 20);
		diag_report(diag, DIAG_FILE_TOO_LARGE, from, path, limit, NULL);
		free(limit);
		return -1;
	default:
		return missing_file_report_unreadable(diag, reader->root, from,
		    path);
	}
}

uint32_t
xml_read_source(struct xml_reader *reader, const char *path, struct place from)
{
	char *bytes = NULL;
	size_t size = 0;
	enum file_result result = file_read(reader->root, path,
	    reader->limits.file_size, &bytes, &size);
	uint32_t file;

	if (result != FILE_OK) {
		xml_report_unread(reader, result, path, from);
		return 0;
	}
	reader->total += size;
	if (reader->total > reader->limits.total_size) {
		free(bytes);
		diag_report(reader->diag, DIAG_XML_LIMIT, from, "64 MB", NULL);
		return 0;
	}
	file = sources_add_take(reader->sources, mem_dup(path), bytes, size);
	return encoding_check(reader->diag, file) == 0 ? file : 0;
}

/* --- callbacks of the parse --- */

static void
on_start_element(void *context, const xmlChar *name, const xmlChar *prefix,
    const xmlChar *uri, int namespace_count, const xmlChar **namespaces,
    int attribute_count, int defaulted_count, const xmlChar **attributes)
{
	xmlParserCtxt *ctxt = context;
	struct parse *parse = ctxt->_private;
	struct place place;
	const char *bytes;

	xmlSAX2StartElementNs(context, name, prefix, uri, namespace_count,
	    namespaces, attribute_count, defaulted_count, attributes);
	/* Inside an entity the bytes are not the file's: the element gets
	 * the place of its parent later. */
	if (parse == NULL || ctxt != parse->ctxt || ctxt->inputNr != 1 ||
	    ctxt->node == NULL)
		return;
	place = parse_place(parse);
	bytes = sources_get(parse->reader->sources, parse->file)->bytes;
	/* '<' cannot stand inside a start tag, so the last one starts it. */
	while (place.offset > 0 && bytes[place.offset] != '<')
		place.offset--;
	book_add_element(parse->book, ctxt->node, parse->file, place.offset);
}

/* That of HTML or DocBook 4: what the file is says more than what it asks for. */
static bool
is_doctype_of_another(struct parse *parse, const xmlChar *name,
    const xmlChar *public_id, const xmlChar *system_id)
{
	bool is_told = !parse->failed &&
	    wellformed_report_doctype(parse->reader->diag, parse_place(parse),
		(const char *)name, (const char *)public_id,
		(const char *)system_id);

	parse->failed |= is_told;
	return is_told;
}

static void
on_internal_subset(void *context, const xmlChar *name,
    const xmlChar *external_id, const xmlChar *system_id)
{
	xmlParserCtxt *ctxt = context;

	if (is_doctype_of_another(ctxt->_private, name, external_id, system_id))
		xmlStopParser(ctxt);
	else if (external_id != NULL || system_id != NULL)
		refuse(ctxt->_private, DIAG_DOCTYPE_REFUSED,
		    external_id != NULL ? "PUBLIC" : "SYSTEM");
	else
		xmlSAX2InternalSubset(context, name, external_id, system_id);
}

static void
on_entity(void *context, const xmlChar *name, int type,
    const xmlChar *public_id, const xmlChar *system_id, xmlChar *content)
{
	xmlParserCtxt *ctxt = context;
	struct parse *parse = ctxt->_private;
	const struct xml_limits *limits = &parse->reader->limits;
	bool internal = type == XML_INTERNAL_GENERAL_ENTITY ||
	    type == XML_INTERNAL_PARAMETER_ENTITY;

	if (++parse->entities > limits->entities ||
	    (internal && content != NULL &&
		strlen((const char *)content) > limits->entity_size))
		refuse(parse, DIAG_XML_LIMIT, "<!ENTITY>");
	else if (type == XML_INTERNAL_PARAMETER_ENTITY)
		/* A nest of them holds libxml2 for ever, and unlike general
		 * entities nobody needs one. */
		refuse(parse, DIAG_DOCTYPE_REFUSED, "<!ENTITY % … \"…\">");
	else if (type == XML_INTERNAL_GENERAL_ENTITY && content != NULL &&
	    strchr((const char *)content, '<') != NULL)
		refuse(parse, DIAG_DOCTYPE_REFUSED, "<!ENTITY … \"<…>\">");
	else
		xmlSAX2EntityDecl(context, name, type, public_id, system_id,
		    content);
}

static void
on_attribute_declaration(void *context, const xmlChar *element,
    const xmlChar *name, int type, int kind, const xmlChar *value,
    xmlEnumeration *tree)
{
	xmlParserCtxt *ctxt = context;

	(void)element;
	(void)name;
	(void)type;
	(void)kind;
	(void)value;
	xmlFreeEnumeration(tree);
	refuse(ctxt->_private, DIAG_DOCTYPE_REFUSED, "<!ATTLIST>");
}

static void
on_element_declaration(void *context, const xmlChar *name, int type,
    xmlElementContent *content)
{
	xmlParserCtxt *ctxt = context;

	(void)name;
	(void)type;
	(void)content;
	refuse(ctxt->_private, DIAG_DOCTYPE_REFUSED, "<!ELEMENT>");
}

static void
on_notation(void *context, const xmlChar *name, const xmlChar *public_id,
    const xmlChar *system_id)
{
	xmlParserCtxt *ctxt = context;

	(void)name;
	(void)public_id;
	(void)system_id;
	refuse(ctxt->_private, DIAG_DOCTYPE_REFUSED, "<!NOTATION>");
}

static void
on_unparsed_entity(void *context, const xmlChar *name, const xmlChar *public_id,
    const xmlChar *system_id, const xmlChar *notation)
{
	(void)notation;
	on_notation(context, name, public_id, system_id);
}

static void
ignore_comment(void *context, const xmlChar *text)
{
	(void)context;
	(void)text;
}

static void
ignore_instruction(void *context, const xmlChar *target, const xmlChar *data)
{
	(void)context;
	(void)target;
	(void)data;
}

/* What libxml2 says in its own words, without its line end. */
static void
report_sentence(struct parse *parse, enum diag_code code, struct place place,
    const char *text)
{
	char *line = mem_dup_len(text, strcspn(text, "\n"));

	diag_report(parse->reader->diag, code, place, line, NULL);
	free(line);
}

static void
on_error(void *context, xmlError *error)
{
	xmlParserCtxt *ctxt = context;
	struct parse *parse = ctxt->_private;
	struct place place;
	const char *text;

	/* Duplicate ids are found in index, across files. */
	if (parse == NULL || parse->failed || error->level == XML_ERR_WARNING ||
	    error->domain == XML_FROM_VALID)
		return;
	if (error->level != XML_ERR_FATAL &&
	    error->domain != XML_FROM_NAMESPACE)
		return;
	place = parse_place(parse);
	text = error->message ? error->message : "";
	/* What libxml2 advises here (XML_PARSE_HUGE) is not for authors. */
	if (strstr(text, "xcessive depth in document") != NULL)
		diag_report(parse->reader->diag, DIAG_XML_LIMIT, place,
		    "256 × <…>", NULL);
	else if (error->code == XML_ERR_ENTITY_LOOP ||
	    strstr(text, "limit") != NULL ||
	    strstr(text, "xcessive depth") != NULL)
		report_sentence(parse, DIAG_XML_LIMIT, place, text);
	else if (ctxt != parse->ctxt || ctxt->inputNr != 1)
		report_sentence(parse, DIAG_XML_SYNTAX, place, text);
	else
		wellformed_report(parse->reader->diag, place, parse->from,
		    error);
	parse->failed = true;
}

static void
install_callbacks(xmlSAXHandler *sax)
{
	sax->startElementNs = on_start_element;
	sax->internalSubset = on_internal_subset;
	sax->externalSubset = NULL;
	sax->entityDecl = on_entity;
	sax->attributeDecl = on_attribute_declaration;
	sax->elementDecl = on_element_declaration;
	sax->notationDecl = on_notation;
	sax->unparsedEntityDecl = on_unparsed_entity;
	sax->comment = ignore_comment;
	sax->processingInstruction = ignore_instruction;
	sax->serror = on_error;
}

/* Elements that came out of an entity stand where their parent stands. */
static void
finish_elements(struct book *book, xmlNode *root, uint32_t file)
{
	for (xmlNode *node = root; node != NULL;
	     node = node_walk(node, root, true)) {
		struct place place = { file, 0, 0 };

		if (node->type != XML_ELEMENT_NODE)
			continue;
		if (node->_private != NULL)
			continue;
		if (node != root && node->parent->_private != NULL)
			place = book_place(book, node->parent);
		book_add_element(book, node, file, place.offset);
	}
}

/* xmlCtxtReadMemory, without its two copies of the source: the bytes are known
 * to be UTF-8, whatever they declare, and stay where they are. Without its table
 * of ids, which would be wrong when the tree moves into another: load/index has
 * ours. */
static xmlDoc *
parse_bytes(xmlParserCtxt *ctxt, const struct source *source)
{
	xmlParserInput *input =
	    xmlNewStringInputStream(ctxt, BAD_CAST source->bytes);
	xmlDoc *doc;

	input->filename = (char *)xmlStrdup(BAD_CAST source->path);
	xmlCtxtUseOptions(ctxt, PARSE_OPTIONS);
	ctxt->loadsubset |= XML_SKIP_IDS;
	inputPush(ctxt, input);
	xmlParseDocument(ctxt);
	doc = ctxt->myDoc;
	ctxt->myDoc = NULL;
	return doc;
}

static xmlDoc *
run_parse(struct parse *parse, const struct source *source)
{
	xmlParserCtxt *ctxt = parse->ctxt;
	xmlDoc *doc;

	install_callbacks(ctxt->sax);
	ctxt->_private = parse;
	xmlDictFree(ctxt->dict);
	ctxt->dict = parse->reader->dict;
	xmlDictReference(ctxt->dict);
	/* The names libxml2 compares by pointer come from its dictionary. */
	ctxt->str_xml = xmlDictLookup(ctxt->dict, BAD_CAST "xml", 3);
	ctxt->str_xmlns = xmlDictLookup(ctxt->dict, BAD_CAST "xmlns", 5);
	ctxt->str_xml_ns = xmlDictLookup(ctxt->dict, XML_XML_NAMESPACE, 36);
	doc = parse_bytes(ctxt, source);
	if (doc == NULL || parse->failed || !ctxt->wellFormed) {
		if (!parse->failed)
			diag_report(parse->reader->diag, DIAG_XML_SYNTAX,
			    parse_place(parse), "not well-formed", NULL);
		xmlFreeDoc(doc);
		return NULL;
	}
	return doc;
}

xmlDoc *
xml_read(struct xml_reader *reader, struct book *book, const char *path,
    struct place from)
{
	struct parse parse = { .reader = reader, .book = book, .from = from };
	const struct source *source;
	xmlDoc *doc;

	duty_path(reader->diag->duty, path);
	parse.file = xml_read_source(reader, path, from);
	if (parse.file == 0)
		return NULL;
	source = sources_get(reader->sources, parse.file);
	if (attribute_flood_check(source, parse.file, &reader->limits,
		reader->diag) != 0)
		return NULL;
	parse.ctxt = xmlNewParserCtxt();
	doc = run_parse(&parse, source);
	xmlFreeParserCtxt(parse.ctxt);
	if (doc == NULL)
		return NULL;
	if (doc->intSubset != NULL) {
		xmlDtd *subset = doc->intSubset;

		xmlUnlinkNode((xmlNode *)subset);
		xmlFreeDtd(subset);
	}
	finish_elements(book, xmlDocGetRootElement(doc), parse.file);
	return doc;
}
