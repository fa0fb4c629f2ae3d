#include "validate.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <strings.h>

#include <libxml/relaxng.h>
#include <xxhash.h>

#include "base/text.h"
#include "base/buf.h"
#include "base/embed.h"
#include "base/list.h"

static const char *const schema_files[] = { "manual.rng", "docbook.rng" };

void
validate_key(const struct sources *sources, uint32_t first, uint32_t last,
    char key[VALIDITY_KEY])
{
	struct buf parts = { 0 };
	XXH128_canonical_t digest;

	for (size_t i = 0; i < 2; i++) {
		const struct embedded *schema = embedded_find(schema_files[i]);
		uint64_t hash = XXH3_64bits(schema->bytes, schema->size);

		buf_add(&parts, &hash, sizeof(hash));
	}
	for (uint32_t file = first; file <= last; file++) {
		const struct source *source = sources_get(sources, file);

		/* With its zero byte, so that no two lists look alike. */
		buf_add(&parts, source->path, strlen(source->path) + 1);
		buf_add(&parts, source->digest, sizeof(source->digest));
	}
	XXH128_canonicalFromHash(&digest, XXH3_128bits(parts.data, parts.size));
	for (size_t i = 0; i < sizeof(digest.digest); i++)
		snprintf(key + 2 * i, 3, "%02x", digest.digest[i]);
	buf_clear(&parts);
}

struct validator {
	xmlRelaxNG *schema;
};

/* The errors of one validation; libxml2 names the inner one first. */
struct findings {
	const xmlDoc *doc;
	validate_report *report;
	void *context;
	const xmlNode *reported[32];
	size_t count;
};

static bool
is_above(const xmlNode *node, const xmlNode *below)
{
	for (; below != NULL; below = below->parent)
		if (below == node)
			return true;
	return false;
}

static void
on_finding(void *context, xmlError *error)
{
	struct findings *findings = context;
	const xmlNode *node = error->node;
	char *text;

	if (findings->count == 32)
		return;
	while (node != NULL && node->type != XML_ELEMENT_NODE)
		node = node->parent;
	if (node == NULL)
		node = xmlDocGetRootElement(findings->doc);
	/* "Element x failed to validate content" repeats the cause for every
	 * ancestor. */
	for (size_t i = 0; i < findings->count; i++)
		if (is_above(node, findings->reported[i]))
			return;
	findings->reported[findings->count++] = node;
	text = mem_dup(error->message ? error->message : "");
	text[strcspn(text, "\n")] = '\0';
	findings->report(findings->context, node, text);
	free(text);
}

static void
ignore_error(void *context, xmlError *error)
{
	(void)context;
	(void)error;
}

struct validator *
validator_new(struct diag *diag)
{
	struct validator *validator = mem_array(1, sizeof(*validator));
	xmlRelaxNGParserCtxt *parser = xmlRelaxNGNewParserCtxt("manual.rng");

	xmlRelaxNGSetParserStructuredErrors(parser, ignore_error, NULL);
	validator->schema = xmlRelaxNGParse(parser);
	xmlRelaxNGFreeParserCtxt(parser);
	if (validator->schema != NULL)
		return validator;
	free(validator);
	diag_report(diag, DIAG_BUG, (struct place){ 0 }, "manual.rng", NULL);
	return NULL;
}

void
validator_free(struct validator *validator)
{
	if (validator == NULL)
		return;
	xmlRelaxNGFree(validator->schema);
	free(validator);
}

bool
validator_check(const struct validator *validator, xmlDoc *doc,
    validate_report *report, void *context, size_t *count)
{
	struct findings findings = { .doc = doc,
		.report = report,
		.context = context };
	xmlRelaxNGValidCtxt *valid = xmlRelaxNGNewValidCtxt(validator->schema);
	int rc;

	xmlRelaxNGSetValidStructuredErrors(valid, on_finding, &findings);
	rc = xmlRelaxNGValidateDoc(valid, doc);
	xmlRelaxNGFreeValidCtxt(valid);
	*count = findings.count;
	return rc == 0;
}

int
validate_kind(const struct book *book, struct diag *diag)
{
	static const char *const roots[] = { "appendix", "article", "book",
		"chapter", "glossary", "part", "preface", "reference",
		"refentry", "section", "sect1", "set" };
	const xmlNode *root = xmlDocGetRootElement(book->doc);

	if (strcasecmp((const char *)root->name, "html") == 0)
		return diag_report(diag, DIAG_HTML,
		    source_tag_place(diag->sources, book_place(book, root)),
		    NULL);
	for (size_t i = 0; root->ns == NULL && i < COUNT(roots); i++)
		if (strcmp((const char *)root->name, roots[i]) == 0)
			return diag_report(diag, DIAG_DOCBOOK_OLD,
			    source_tag_place(diag->sources,
				book_place(book, root)),
			    roots[i], NULL);
	return 0;
}

struct book_report {
	const struct book *book;
	struct diag *diag;
	bool is_told; /* of a later version one place is told */
};

/* The version that the book says, if it is a later one than we read. */
static const char *
later_version(const struct book *book)
{
	const char *version =
	    node_attribute(xmlDocGetRootElement(book->doc), "version");

	return version != NULL && strncmp(version, "5.", 2) == 0 &&
		strcmp(version, "5.0") != 0
	    ? version
	    : NULL;
}

static void
report_invalid(void *context, const xmlNode *node, const char *text)
{
	struct book_report *report = context;
	struct place place = source_tag_place(report->diag->sources,
	    book_place(report->book, node));
	const char *version = later_version(report->book);
	const char *name = (const char *)node->name;

	if (version == NULL)
		diag_report(report->diag, DIAG_INVALID, place, name, text,
		    NULL);
	else if (!report->is_told)
		diag_report(report->diag, DIAG_DOCBOOK_NEW, place, version,
		    name, NULL);
	report->is_told = true;
}

/* --- links that lead nowhere --- */

/*
 * libxml2 refuses a whole document, without a word, if an IDREF names no
 * element. The index says which do (V0304, V0305), so the document is judged
 * once more as though they led somewhere.
 */
struct swap {
	xmlNode *text;
	xmlChar *old;
};

struct swaps {
	struct swap *swaps;
	size_t count;
	size_t capacity;
};

static bool
leads_nowhere(const struct book *book, const xmlAttr *attribute)
{
	const char *ids = attribute->children != NULL
	    ? (const char *)attribute->children->content
	    : NULL;
	bool lost = false;
	char *id;

	if (attribute->atype != XML_ATTRIBUTE_IDREF)
		return false;
	while ((id = text_take_token(&ids)) != NULL) {
		lost |= book_find_id(book, id) == NULL;
		free(id);
	}
	return lost;
}

static void
swap_lost(struct swaps *swaps, const struct book *book, const char *known)
{
	xmlNode *root = xmlDocGetRootElement(book->doc);

	for (xmlNode *node = root; node != NULL;
	     node = node_walk(node, root, true)) {
		if (node->type != XML_ELEMENT_NODE)
			continue;
		for (xmlAttr *a = node->properties; a != NULL; a = a->next) {
			if (!leads_nowhere(book, a))
				continue;
			*list_add(swaps->swaps, swaps->count, swaps->capacity) =
			    (struct swap){ a->children, a->children->content };
			a->children->content = xmlStrdup(BAD_CAST known);
		}
	}
}

static void
swap_back(struct swaps *swaps)
{
	for (size_t i = 0; i < swaps->count; i++) {
		xmlFree(swaps->swaps[i].text->content);
		swaps->swaps[i].text->content = swaps->swaps[i].old;
	}
	free(swaps->swaps);
}

static void
forget_references(xmlDoc *doc)
{
	xmlFreeRefTable(doc->refs);
	doc->refs = NULL;
}

static bool
is_valid_but_for_links(const struct validator *validator,
    const struct book *book, validate_report *report,
    struct book_report *context)
{
	static const char known[] = "v-known";
	xmlNode *root = xmlDocGetRootElement(book->doc);
	const char *own = node_id(root);
	struct swaps swaps = { 0 };
	size_t count = 0;
	bool valid = false;

	swap_lost(&swaps, book, own ? own : known);
	if (swaps.count > 0) {
		forget_references(book->doc);
		if (own == NULL)
			xmlSetNsProp(root,
			    xmlSearchNs(book->doc, root, BAD_CAST "xml"),
			    BAD_CAST "id", BAD_CAST known);
		valid = validator_check(validator, book->doc, report, context,
		    &count);
		if (own == NULL)
			xmlUnsetNsProp(root,
			    xmlSearchNs(book->doc, root, BAD_CAST "xml"),
			    BAD_CAST "id");
		forget_references(book->doc);
	}
	swap_back(&swaps);
	return valid;
}

int
validate_book(const struct book *book, struct diag *diag)
{
	struct book_report report = { .book = book, .diag = diag };
	struct validator *validator = validator_new(diag);
	size_t count = 0;
	bool valid;

	if (validator == NULL)
		return -1;
	valid = validator_check(validator, book->doc, report_invalid, &report,
	    &count);
	if (!valid && count == 0)
		valid = is_valid_but_for_links(validator, book, report_invalid,
		    &report);
	if (!valid && count == 0)
		report_invalid(&report, xmlDocGetRootElement(book->doc),
		    "invalid");
	validator_free(validator);
	return valid ? 0 : -1;
}
