#include "view_validity.h"

#include <stdlib.h>
#include <string.h>

#include <xxhash.h>

#include "base/list.h"
#include "load/validate.h"
#include "project/project.h"

struct view_validity {
	struct validator *validator;
	XXH3_state_t *hash;
	struct map seen;     /* digests of modules */
	struct map reported; /* source elements, by address */
	size_t module_count;
};

struct view_validity *
view_validity_new(struct diag *diag)
{
	struct view_validity *projected = mem_array(1, sizeof(*projected));

	projected->validator = validator_new(diag);
	if (projected->validator == NULL) {
		free(projected);
		return NULL;
	}
	projected->hash = XXH3_createState();
	return projected;
}

void
view_validity_free(struct view_validity *projected)
{
	if (projected == NULL)
		return;
	validator_free(projected->validator);
	XXH3_freeState(projected->hash);
	map_clear(&projected->seen);
	map_clear(&projected->reported);
	free(projected);
}

size_t
view_validity_count(const struct view_validity *projected, size_t *distinct)
{
	*distinct = projected->seen.count;
	return projected->module_count;
}

/* --- modules --- */

/* Elements looked at by themselves; in what is around them a stub of the same
 * name stands for them. */
static const struct {
	const char *name;
	const char *path[4]; /* of the stub's content, each inside the last */
} kinds[] = {
	{ "appendix", { "para", NULL } },
	{ "chapter", { "para", NULL } },
	{ "preface", { "para", NULL } },
	{ "section", { "para", NULL } },
	{ "task", { "procedure", "step", "para", NULL } },
};

enum { KINDS = COUNT(kinds) };

/* A module and what stands for it meanwhile. */
struct module {
	xmlNode *node;
	xmlNode *stub;
};

struct modules {
	struct view *view;
	xmlNode **blocks; /* what plain DocBook wants besides */
	size_t block_count;
	size_t block_capacity;
	struct module *items; /* in document order, so the outer ones first */
	size_t count;
	size_t capacity;
};

static size_t
find_kind(const xmlNode *node)
{
	size_t i = 0;

	while (i < KINDS && !node_is(node, kinds[i].name))
		i++;
	return i;
}

static xmlNode *
add_docbook(const struct view *view, xmlNode *parent, const char *name)
{
	xmlNode *node =
	    xmlNewDocNode(view->doc, view->docbook, BAD_CAST name, NULL);

	return parent == NULL ? node : xmlAddChild(parent, node);
}

static xmlNode *
make_stub(const struct view *view, const xmlNode *node)
{
	size_t kind = find_kind(node);
	xmlNode *stub = add_docbook(view, NULL, (const char *)node->name);
	xmlNode *at = stub;

	if (kind == KINDS)
		return stub; /* of the root: nobody looks at it */
	add_docbook(view, stub, "title");
	for (const char *const *name = kinds[kind].path; *name != NULL; name++)
		at = add_docbook(view, at, *name);
	return stub;
}

static void
add_wanted(struct modules *modules, xmlNode *parent, const char *name)
{
	if (name != NULL)
		*list_add(modules->blocks, modules->block_count,
		    modules->block_capacity) =
		    add_docbook(modules->view, parent, name);
}

static void
find_modules(struct modules *modules)
{
	xmlNode *root = modules->view->root;

	for (xmlNode *node = root; node != NULL;
	     node = node_walk(node, root, true)) {
		/* The walk comes to what is added, which may want more. */
		if (node->type == XML_ELEMENT_NODE)
			add_wanted(modules, node, schema_filler_wants(node));
		if (node != root && find_kind(node) == KINDS)
			continue;
		*list_add(modules->items, modules->count, modules->capacity) =
		    (struct module){ node, NULL };
	}
}

/* --- digests --- */

static void
hash_text(XXH3_state_t *hash, const xmlChar *text)
{
	if (text != NULL)
		XXH3_128bits_update(hash, text, strlen((const char *)text) + 1);
}

static void
hash_node(XXH3_state_t *hash, const xmlNode *node)
{
	XXH3_128bits_update(hash, &node->type, sizeof(node->type));
	if (node->type != XML_ELEMENT_NODE) {
		hash_text(hash, node->content);
		return;
	}
	hash_text(hash, node->ns ? node->ns->href : BAD_CAST "");
	hash_text(hash, node->name);
	for (const xmlAttr *a = node->properties; a != NULL; a = a->next) {
		hash_text(hash, a->ns ? a->ns->href : BAD_CAST "");
		hash_text(hash, a->name);
		hash_text(hash,
		    a->children ? a->children->content : BAD_CAST "");
	}
}

/* Is this the first module of such content? */
static bool
is_new(struct view_validity *projected, const xmlNode *module)
{
	XXH128_canonical_t digest;
	unsigned depth = 0;
	bool fresh;

	XXH3_128bits_reset(projected->hash);
	for (const xmlNode *node = module; node != NULL;) {
		const xmlNode *next = node_walk(node, module, true);

		hash_node(projected->hash, node);
		depth = 0;
		/* How many elements end here. */
		for (const xmlNode *up = node;
		     next != NULL && up != next->parent && up != module;
		     up = up->parent)
			depth++;
		XXH3_128bits_update(projected->hash, &depth, sizeof(depth));
		node = next;
	}
	XXH128_canonicalFromHash(&digest, XXH3_128bits_digest(projected->hash));
	map_put(&projected->seen, digest.digest, sizeof(digest.digest), &fresh);
	return fresh;
}

/* --- validation --- */

struct inspection {
	struct view_validity *projected;
	const struct view *view;
	int rc;
	char *text; /* of the first finding; libxml2 names the inner one first*/
};

static const xmlNode *
nearest_source(const struct view *view, const xmlNode *node)
{
	while (node != NULL && node->type == XML_ELEMENT_NODE &&
	    view_source(node) == NULL)
		node = node->parent;
	return node != NULL && node->type == XML_ELEMENT_NODE
	    ? view_source(node)
	    : xmlDocGetRootElement(view->book->doc);
}

static void
keep_first(void *context, const xmlNode *node, const char *text)
{
	struct inspection *inspection = context;

	(void)node;
	if (inspection->text == NULL)
		inspection->text = mem_dup(text);
}

static void
report_finding(struct inspection *inspection, const xmlNode *node)
{
	const struct view *view = inspection->view;
	const xmlNode *source = nearest_source(view, node);
	bool fresh;

	inspection->rc = -1;
	map_put(&inspection->projected->reported, &source, sizeof(source),
	    &fresh);
	if (fresh)
		diag_report(view->edition->diag, DIAG_PROJECTED_INVALID,
		    source_tag_place(view->edition->diag->sources,
			book_place(view->book, source)),
		    (const char *)source->name, view->handbook->id,
		    inspection->text, NULL);
}

static xmlDoc *
new_doc(const struct view *view)
{
	xmlDoc *doc = xmlNewDoc(BAD_CAST "1.0");

	doc->dict = view->doc->dict;
	xmlDictReference(doc->dict);
	return doc;
}

/* Sets inspection->text if the document is not valid. */
static bool
is_valid(struct inspection *inspection, xmlDoc *doc)
{
	size_t count;

	free(inspection->text);
	inspection->text = NULL;
	validator_check(inspection->projected->validator, doc, keep_first,
	    inspection, &count);
	return count == 0;
}

/* Blocks that may stand in a section, so that each can be asked alone. */
static const char *const blocks[] = { "bibliolist", "blockquote", "calloutlist",
	"caution", "cmdsynopsis", "epigraph", "equation", "example", "figure",
	"formalpara", "funcsynopsis", "glosslist", "important",
	"informalexample", "informalfigure", "informaltable", "itemizedlist",
	"mediaobject", "msgset", "note", "orderedlist", "para", "procedure",
	"qandaset", "segmentedlist", "sidebar", "simplelist", "table", "tip",
	"variablelist", "warning" };

static bool
is_block(const xmlNode *node)
{
	for (size_t i = 0; i < COUNT(blocks); i++)
		if (node_is(node, blocks[i]))
			return true;
	return false;
}

/* Is the block valid in a section of its own? It goes there and comes back:
 * a copy would have to find its namespaces, which stand far above. */
static bool
is_valid_alone(struct inspection *inspection, xmlNode *block)
{
	const struct view *view = inspection->view;
	xmlNode *section = add_docbook(view, NULL, "section");
	xmlNode *stub = add_docbook(view, NULL, "para");
	xmlDoc *doc = new_doc(view);
	bool valid;

	add_docbook(view, section, "title");
	xmlReplaceNode(block, stub);
	xmlAddChild(section, block);
	xmlDocSetRootElement(doc, section);
	valid = is_valid(inspection, doc);
	xmlUnlinkNode(block);
	xmlSetTreeDoc(block, stub->doc);
	xmlReplaceNode(stub, block);
	xmlFreeNode(stub);
	xmlFreeDoc(doc);
	return valid;
}

/*
 * libxml2 tells where it gave up, not what is wrong: its first message may be
 * of a sound element before. So each block is asked alone, the inner ones
 * first. Returns how many were found; at most a few modules come here.
 */
static size_t
report_blocks(struct inspection *inspection, xmlNode *node)
{
	size_t found = 0;

	for (xmlNode *child = node_first_element(node); child != NULL;
	     child = node_next_element(child))
		found += report_blocks(inspection, child);
	if (found > 0 || !is_block(node) || is_valid_alone(inspection, node))
		return found;
	report_finding(inspection, node);
	return 1;
}

/* The module goes into a document of its own, and comes back. */
static void
validate_module(struct inspection *inspection, xmlNode *module)
{
	xmlDoc *doc = new_doc(inspection->view);

	xmlDocSetRootElement(doc, module);
	if (!is_valid(inspection, doc) &&
	    report_blocks(inspection, module) == 0) {
		is_valid(inspection, doc);
		report_finding(inspection, module);
	}
	xmlUnlinkNode(module);
	xmlSetTreeDoc(module, inspection->view->doc);
	xmlFreeDoc(doc);
}

/* From the innermost to the outermost, each with stubs in it. */
static int
check_modules(struct view_validity *projected, struct modules *modules)
{
	struct view *view = modules->view;
	struct inspection inspection = { .projected = projected, .view = view };

	for (size_t i = modules->count; i-- > 0;) {
		struct module *module = &modules->items[i];
		bool fresh = is_new(projected, module->node);

		module->stub = make_stub(view, module->node);
		xmlReplaceNode(module->node, module->stub);
		if (fresh)
			validate_module(&inspection, module->node);
	}
	free(inspection.text);
	return inspection.rc;
}

int
view_validity_check(struct view_validity *projected, struct view *view)
{
	struct modules modules = { .view = view };
	int rc;

	if (view->root == NULL)
		return 0;
	find_modules(&modules);
	projected->module_count += modules.count;
	rc = check_modules(projected, &modules);
	for (size_t i = 0; i < modules.count; i++) {
		xmlReplaceNode(modules.items[i].stub, modules.items[i].node);
		xmlFreeNode(modules.items[i].stub);
	}
	/* From the innermost: one may stand in another. */
	for (size_t i = modules.block_count; i-- > 0;) {
		xmlUnlinkNode(modules.blocks[i]);
		xmlFreeNode(modules.blocks[i]);
	}
	free(modules.blocks);
	free(modules.items);
	return rc;
}
