#include "validate.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <strings.h>

#include <xxhash.h>

#include "base/buf.h"
#include "base/embed.h"
#include "base/list.h"
#include "syntax/invalid.h"
#include "syntax/schema_error_cures.h"
#include "syntax/wrong_namespace.h"

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

struct schema *
validate_schema(struct diag *diag)
{
	struct schema_fault fault;
	struct schema *schema =
	    schema_read(schema_files[0], NULL, NULL, &fault);

	if (schema == NULL)
		diag_report(diag, DIAG_BUG, (struct place){ 0 }, fault.file,
		    fault.text, NULL);
	return schema;
}

int
validate_kind(const struct book *book, struct diag *diag)
{
	static const char *const roots[] = { "appendix", "article", "book",
		"chapter", "glossary", "part", "preface", "reference",
		"refentry", "section", "sect1", "set" };
	const xmlNode *root = xmlDocGetRootElement(book->doc);
	struct place place = book_place(book, root);

	if (strcasecmp((const char *)root->name, "html") == 0)
		return diag_report(diag, DIAG_HTML,
		    source_tag_place(diag->sources, place),
		    sources_get(diag->sources, place.file)->path, NULL);
	for (size_t i = 0; root->ns == NULL && i < COUNT(roots); i++)
		if (strcmp((const char *)root->name, roots[i]) == 0)
			return diag_report(diag, DIAG_DOCBOOK_OLD,
			    source_tag_place(diag->sources, place), roots[i],
			    sources_get(diag->sources, place.file)->path, NULL);
	return 0;
}

struct book_report {
	const struct book *book;
	struct diag *diag;
	bool is_told;           /* of a later version one place is told */
	struct map wrong;       /* elements that may not stand where they do */
	const xmlNode *foreign; /* the last whose namespace is wrong */
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

/* Is the element before it wrong too, and of the same name? Of many steps
 * without a procedure the first is told. */
static bool
is_one_of_many(struct book_report *report, const struct schema_error *error)
{
	const xmlNode *before =
	    xmlPreviousElementSibling((xmlNode *)error->node);

	if (error->kind != SCHEMA_ELEMENT_UNKNOWN &&
	    error->kind != SCHEMA_ELEMENT_MISPLACED)
		return false;
	map_put(&report->wrong, &error->node, sizeof(error->node), NULL);
	return before != NULL && xmlStrEqual(before->name, error->node->name) &&
	    map_get(&report->wrong, &before, sizeof(before)) != NULL;
}

static bool
is_in_foreign(const struct book_report *report, const xmlNode *node)
{
	for (; report->foreign != NULL && node != NULL; node = node->parent)
		if (node == report->foreign)
			return true;
	return false;
}

/* One root is told once: a namespace where it was declared. */
static bool
is_root_told(struct book_report *report, const struct schema_error *error)
{
	if (is_one_of_many(report, error) || is_in_foreign(report, error->node))
		return true;
	if (!wrong_namespace_report(report->book, error, report->diag))
		return false;
	if (error->attribute == NULL)
		report->foreign = error->node;
	return true;
}

static void
report_invalid(void *context, const struct schema_error *error)
{
	struct book_report *report = context;
	const char *version = later_version(report->book);

	if (version == NULL && !is_root_told(report, error))
		invalid_report(report->book, error, report->diag);
	else if (version != NULL && !report->is_told)
		diag_report(report->diag, DIAG_DOCBOOK_NEW,
		    invalid_place(report->book, error, report->diag->sources),
		    version, (const char *)error->node->name, NULL);
	report->is_told = true;
}

int
validate_book(struct schema *schema, const struct book *book, struct diag *diag)
{
	struct book_report report = { .book = book, .diag = diag };
	size_t count = schema_validate(schema, xmlDocGetRootElement(book->doc),
	    report_invalid, &report);

	map_clear(&report.wrong);
	return count == 0 ? 0 : -1;
}
