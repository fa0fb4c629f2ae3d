#include "projected.h"

#include <stdlib.h>
#include <string.h>

#include <xxhash.h>

#include "base/alloc.h"
#include "load/validate.h"
#include "project/shape.h"

struct projected {
	struct validator *validator;
	XXH3_state_t *hash;
	struct map seen;     /* digests of modules */
	struct map reported; /* source elements, by address */
	size_t module_count;
};

struct projected *
projected_new(struct diag *diag)
{
	struct projected *projected = mem_array(1, sizeof(*projected));

	projected->validator = validator_new(diag);
	if (projected->validator == NULL) {
		free(projected);
		return NULL;
	}
	projected->hash = XXH3_createState();
	return projected;
}

void
projected_free(struct projected *projected)
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
projected_count(const struct projected *projected, size_t *distinct)
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

enum { KINDS = sizeof(kinds) / sizeof(*kinds) };

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
add_block(struct modules *modules, xmlNode *parent)
{
	modules->blocks = mem_grow(modules->blocks, modules->block_count,
	    &modules->block_capacity, sizeof(*modules->blocks));
	modules->blocks[modules->block_count++] =
	    add_docbook(modules->view, parent, "para");
}

static void
find_modules(struct modules *modules)
{
	xmlNode *root = modules->view->root;

	for (xmlNode *node = root; node != NULL;
	     node = node_walk(node, root, true)) {
		if (shape_wants_block(node))
			add_block(modules, node);
		if (node != root && find_kind(node) == KINDS)
			continue;
		modules->items = mem_grow(modules->items, modules->count,
		    &modules->capacity, sizeof(*modules->items));
		modules->items[modules->count++] =
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
is_new(struct projected *projected, const xmlNode *module)
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
	struct projected *projected;
	const struct view *view;
	int rc;
	bool is_done; /* the first finding is the innermost: the cause */
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
report_finding(void *context, const xmlNode *node, const char *text)
{
	struct inspection *look = context;
	const struct view *view = look->view;
	const xmlNode *source = nearest_source(view, node);
	bool fresh;

	if (look->is_done)
		return;
	look->is_done = true;
	look->rc = -1;
	map_put(&look->projected->reported, &source, sizeof(source), &fresh);
	if (fresh)
		diag_report(view->diag, DIAG_PROJECTED_INVALID,
		    source_tag_place(view->diag->sources,
			book_place(view->book, source)),
		    (const char *)source->name, view->handbook->id, text, NULL);
}

/* The module goes into a document of its own and stays there. */
static void
validate_module(struct inspection *look, xmlDoc *doc, xmlNode *module)
{
	size_t count;

	xmlDocSetRootElement(doc, module);
	validator_check(look->projected->validator, doc, report_finding, look,
	    &count);
	xmlUnlinkNode(module);
	xmlSetTreeDoc(module, look->view->doc);
}

/* From the innermost to the outermost, each with stubs in it. */
static int
check_modules(struct projected *projected, struct modules *modules)
{
	struct view *view = modules->view;
	struct inspection look = { .projected = projected, .view = view };

	for (size_t i = modules->count; i-- > 0;) {
		struct module *module = &modules->items[i];
		bool fresh = is_new(projected, module->node);
		xmlDoc *doc;

		module->stub = make_stub(view, module->node);
		xmlReplaceNode(module->node, module->stub);
		if (!fresh)
			continue;
		doc = xmlNewDoc(BAD_CAST "1.0");
		doc->dict = view->doc->dict;
		xmlDictReference(doc->dict);
		look.is_done = false;
		validate_module(&look, doc, module->node);
		xmlFreeDoc(doc);
	}
	return look.rc;
}

int
projected_check(struct projected *projected, struct view *view)
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
	for (size_t i = 0; i < modules.block_count; i++) {
		xmlUnlinkNode(modules.blocks[i]);
		xmlFreeNode(modules.blocks[i]);
	}
	free(modules.blocks);
	free(modules.items);
	return rc;
}
