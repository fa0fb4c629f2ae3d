#include "view_validity.h"

#include <stdlib.h>

#include "base/alloc.h"
#include "base/list.h"
#include "load/validate.h"
#include "project/project.h"
#include "syntax/invalid.h"

struct view_validity {
	struct schema *schema;
	struct map reported; /* source elements, by address */
};

struct view_validity *
view_validity_new(struct diag *diag)
{
	struct schema *schema = validate_schema(diag);
	struct view_validity *projected;

	if (schema == NULL)
		return NULL;
	projected = mem_array(1, sizeof(*projected));
	projected->schema = schema;
	return projected;
}

void
view_validity_free(struct view_validity *projected)
{
	if (projected == NULL)
		return;
	schema_free(projected->schema);
	map_clear(&projected->reported);
	free(projected);
}

/* --- what plain DocBook wants besides --- */

struct fillers {
	xmlNode **nodes;
	size_t count;
	size_t capacity;
};

static void
add_fillers(struct fillers *fillers, const struct view *view)
{
	node_each(node, view->root) {
		/* The walk comes to what is added, which may want more. */
		const char *name = node->type == XML_ELEMENT_NODE
		    ? schema_filler_wants(node)
		    : NULL;

		if (name != NULL)
			*list_add(fillers->nodes, fillers->count,
			    fillers->capacity) = xmlAddChild(node,
			    xmlNewDocNode(view->doc, view->docbook,
				BAD_CAST name, NULL));
	}
}

/* From the innermost: one may stand in another. */
static void
remove_fillers(struct fillers *fillers)
{
	while (fillers->count > 0) {
		xmlNode *node = fillers->nodes[--fillers->count];

		xmlUnlinkNode(node);
		xmlFreeNode(node);
	}
	free(fillers->nodes);
}

/* --- validation --- */

struct inspection {
	struct view_validity *projected;
	const struct view *view;
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

/* What lacks, lacks in the element around what stands there instead. */
static const xmlNode *
faulty_node(const struct schema_error *error)
{
	return error->kind == SCHEMA_ELEMENT_TOO_EARLY ||
		error->kind == SCHEMA_ELEMENT_MISPLACED
	    ? error->node->parent
	    : error->node;
}

static void
report_finding(void *context, const struct schema_error *error)
{
	const struct inspection *inspection = context;
	const struct view *view = inspection->view;
	struct diag *diag = view->edition->diag;
	const xmlNode *source = nearest_source(view, faulty_node(error));
	bool fresh;

	map_put(&inspection->projected->reported, &source, sizeof(source),
	    &fresh);
	if (!fresh)
		return;
	owned char *wanted = invalid_wanted(error);

	diag_report(diag, DIAG_PROJECTED_INVALID,
	    source_tag_place(diag->sources, book_place(view->book, source)),
	    (const char *)source->name, view->handbook->id,
	    wanted ? wanted : (const char *)error->node->name, NULL);
}

int
view_validity_check(struct view_validity *projected, struct view *view)
{
	struct inspection inspection = { .projected = projected, .view = view };
	struct fillers fillers = { 0 };
	size_t count;

	if (view->root == NULL)
		return 0;
	add_fillers(&fillers, view);
	count = schema_validate(projected->schema, view->root, report_finding,
	    &inspection);
	remove_fillers(&fillers);
	return count == 0 ? 0 : -1;
}
