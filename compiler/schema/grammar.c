#include "grammar.h"

#include <stdlib.h>
#include <string.h>

#include <libxml/parser.h>
#include <libxml/uri.h>

#include "base/embed.h"
#include "base/list.h"
#include "schema/schema_file_form.h"

/* --- files --- */

void
files_clear(struct schema_files *files)
{
	for (size_t i = 0; i < files->count; i++) {
		xmlFreeDoc(files->items[i]->doc);
		free(files->items[i]->name);
		free(files->items[i]->ns);
		free(files->items[i]);
	}
	free(files->items);
}

static const struct schema_file *
file_of(const xmlNode *node)
{
	return node->doc->_private;
}

int
files_fault(const struct schema_files *files, const xmlNode *node,
    const char *text, const char *name)
{
	return syntax_fault(files->fault,
	    node != NULL ? file_of(node)->name : name, node, text, name);
}

/* The name of a file that a node names, against its xml:base. */
static char *
resolve(const char *href, const xmlNode *from)
{
	xmlChar *base;
	xmlChar *uri;
	char *name;

	if (from == NULL)
		return mem_dup(href);
	base = xmlNodeGetBase(from->doc, (xmlNode *)from);
	uri = xmlBuildURI(BAD_CAST href, base);
	name = mem_dup(uri != NULL ? (const char *)uri : href);
	xmlFree(base);
	xmlFree(uri);
	return name;
}

static bool
open_embedded(void *context, const char *href, const char **bytes, size_t *size)
{
	const struct embedded *file = embedded_find(href);

	(void)context;
	if (file == NULL)
		return false;
	*bytes = file->bytes;
	*size = file->size;
	return true;
}

static bool
is_within_itself(const struct schema_file *file, const char *name)
{
	for (; file != NULL; file = file->from)
		if (strcmp(file->name, name) == 0)
			return true;
	return false;
}

static xmlDoc *
parse(const struct schema_files *files, const char *name, const xmlNode *from)
{
	enum {
		OPTIONS = XML_PARSE_NONET | XML_PARSE_NOERROR |
		    XML_PARSE_NOWARNING | XML_PARSE_NOCDATA
	};
	schema_open *open = files->open ? files->open : open_embedded;
	const char *bytes;
	size_t size;
	xmlDoc *doc;

	if (!open(files->context, name, &bytes, &size)) {
		files_fault(files, from, "there is no file %s", name);
		return NULL;
	}
	doc = xmlReadMemory(bytes, (int)size, name, NULL, OPTIONS);
	if (doc == NULL)
		files_fault(files, from, "%s is not well-formed", name);
	return doc;
}

static struct schema_file *
add_file(struct schema_files *files, xmlDoc *doc, char *name,
    const xmlNode *from)
{
	struct schema_file *file = mem_alloc(sizeof(*file));

	*file = (struct schema_file){ .doc = doc, .name = name };
	if (from != NULL) {
		file->ns = mem_dup(node_ns(from));
		file->from = file_of(from);
	}
	doc->_private = file;
	*list_add(files->items, files->count, files->capacity) = file;
	return file;
}

xmlNode *
files_load(struct schema_files *files, const char *href, const xmlNode *from)
{
	char *name = resolve(href, from);
	xmlDoc *doc = NULL;

	if (from != NULL && is_within_itself(file_of(from), name))
		files_fault(files, from, "%s includes itself", name);
	else
		doc = parse(files, name, from);
	if (doc == NULL) {
		free(name);
		return NULL;
	}
	add_file(files, doc, name, from);
	return syntax_check(doc, name, files->fault) == 0
	    ? xmlDocGetRootElement(doc)
	    : NULL;
}

static const char *
inherited(const xmlNode *node, const char *name)
{
	const char *value = NULL;

	for (; value == NULL && node->type == XML_ELEMENT_NODE;
	     node = node->parent)
		value = syntax_attribute(node, name);
	return value;
}

const char *
node_ns(const xmlNode *node)
{
	const char *ns = inherited(node, "ns");

	if (ns == NULL)
		ns = file_of(node)->ns;
	return ns != NULL ? ns : "";
}

const char *
node_library(const xmlNode *node)
{
	const char *library = inherited(node, "datatypeLibrary");

	return library != NULL ? library : "";
}

/* --- definitions --- */

/* What the includes around override; the entry's value tells that it was met. */
struct overrides {
	struct map names;
	const struct overrides *outer;
};

struct gather {
	struct grammar *grammar;
	struct schema_files *files;
};

/* "" is the start: no definition has that name. */
static const char *
name_of(const xmlNode *node)
{
	return syntax_is(node, "start") ? "" : syntax_attribute(node, "name");
}

static bool
is_overridden(const struct overrides *overrides, const char *name)
{
	bool is = false;

	for (; overrides != NULL; overrides = overrides->outer) {
		struct map_entry *entry = map_get_text(&overrides->names, name);

		if (entry != NULL) {
			entry->value = 1;
			is = true;
		}
	}
	return is;
}

static int
add_component(const struct gather *gather, const xmlNode *node)
{
	struct grammar *grammar = gather->grammar;
	const char *combine = syntax_attribute(node, "combine");
	struct map_entry *entry;
	struct define *define;
	bool is_new;

	entry = map_put_text(&grammar->map, name_of(node), &is_new);
	if (is_new) {
		entry->value = (uint32_t)grammar->count;
		*list_add(grammar->defines, grammar->count, grammar->capacity) =
		    (struct define){ 0 };
	}
	define = &grammar->defines[entry->value];
	if (combine == NULL ? define->has_bare
			    : define->combine != NULL &&
		    strcmp(define->combine, combine) != 0)
		return files_fault(gather->files, node,
		    "%s is defined twice without one way to combine",
		    name_of(node));
	define->has_bare |= combine == NULL;
	if (combine != NULL)
		define->combine = combine;
	*list_add(define->nodes, define->count, define->capacity) = node;
	return 0;
}

static void
collect_names(struct map *names, const xmlNode *node)
{
	for (const xmlNode *c = node->children; c != NULL; c = c->next)
		if (syntax_is(c, "div"))
			collect_names(names, c);
		else
			map_put_text(names, name_of(c), NULL);
}

static int gather_all(const struct gather *gather, const xmlNode *node,
    const struct overrides *overrides);

static int
gather_include(const struct gather *gather, const xmlNode *node,
    const struct overrides *outer)
{
	struct overrides overrides = { .outer = outer };
	const xmlNode *root =
	    files_load(gather->files, syntax_attribute(node, "href"), node);
	int rc = -1;

	if (root == NULL)
		return -1;
	collect_names(&overrides.names, node);
	if (!syntax_is(root, "grammar"))
		files_fault(gather->files, node, "%s is no grammar",
		    syntax_attribute(node, "href"));
	else
		rc = gather_all(gather, root, &overrides);
	for (size_t i = 0; rc == 0 && i < overrides.names.count; i++)
		if (overrides.names.entries[i].value == 0)
			rc = files_fault(gather->files, node,
			    "%s overrides what is not there",
			    overrides.names.entries[i].key);
	map_clear(&overrides.names);
	return rc != 0 ? -1 : gather_all(gather, node, outer);
}

static int
gather_all(const struct gather *gather, const xmlNode *node,
    const struct overrides *overrides)
{
	int rc = 0;

	for (const xmlNode *c = node->children; rc == 0 && c != NULL;
	     c = c->next) {
		if (syntax_is(c, "div"))
			rc = gather_all(gather, c, overrides);
		else if (syntax_is(c, "include"))
			rc = gather_include(gather, c, overrides);
		else if (!is_overridden(overrides, name_of(c)))
			rc = add_component(gather, c);
	}
	return rc;
}

int
grammar_read(struct grammar *grammar, struct schema_files *files,
    const xmlNode *node)
{
	const struct gather gather = { grammar, files };

	if (gather_all(&gather, node, NULL) != 0)
		return -1;
	return map_get_text(&grammar->map, "") != NULL
	    ? 0
	    : files_fault(files, node, "the grammar has no start", NULL);
}

void
grammar_clear(struct grammar *grammar)
{
	for (size_t i = 0; i < grammar->count; i++)
		free(grammar->defines[i].nodes);
	free(grammar->defines);
	map_clear(&grammar->map);
}
