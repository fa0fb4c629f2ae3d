#include "run_filters.h"

#include <stdlib.h>
#include <string.h>

#include "base/embed.h"
#include "base/list.h"
#include "filter/protected.h"
#include "filter/node_edit.h"
#include "script/transform.h"

/* --- reading --- */

/* Every name that the schema declares an element of. */
static void
collect_elements(struct map *elements)
{
	static const char mark[] = "<element name=\"";
	const struct embedded *schema = embedded_find("docbook.rng");
	const char *at = schema->bytes;

	while ((at = strstr(at, mark)) != NULL) {
		size_t len;

		at += sizeof(mark) - 1;
		len = strcspn(at, "\"");
		map_put(elements, at, len, NULL);
		at += len;
	}
}

static int
read_text(struct filter_text *text, const struct transform_source *transform,
    struct xml_reader *reader)
{
	const struct embedded *built_in;
	const struct source *source;
	uint32_t file;

	text->place = transform->place;
	text->name = transform->name;
	if (transform->is_built_in) {
		built_in = embedded_find(transform->name);
		text->text = built_in->bytes;
		text->size = built_in->size;
		return 0;
	}
	file = xml_read_source(reader, transform->name, transform->place);
	if (file == 0)
		return -1;
	source = sources_get(reader->sources, file);
	text->name = source->path;
	text->text = source->bytes;
	text->size = source->size;
	return 0;
}

static int
open_transform(struct transform *transform, const struct filter_text *text,
    struct node_edit *tree, struct diag *diag)
{
	return transform_open(transform, text->name, text->text, text->size,
	    text->place, tree, &tree_operations, diag);
}

/* A table of functions? Without a document. */
static int
try_text(const struct filters *filters, const struct filter_text *text,
    struct diag *diag)
{
	struct transform transform;
	struct node_edit tree;
	int rc;

	node_edit_open(&tree, NULL, &filters->elements);
	rc = open_transform(&transform, text, &tree, diag);
	if (rc == 0)
		transform_close(&transform);
	node_edit_close(&tree);
	return rc;
}

int
filters_read(struct filters *filters, const struct project *project,
    struct xml_reader *reader, struct diag *diag)
{
	int rc = 0;

	if (project->transform_count == 0)
		return 0;
	collect_elements(&filters->elements);
	filters->texts =
	    mem_array(project->transform_count, sizeof(*filters->texts));
	filters->count = project->transform_count;
	for (size_t i = 0; i < filters->count; i++) {
		struct filter_text *text = &filters->texts[i];

		if (read_text(text, &project->transforms[i], reader) != 0 ||
		    try_text(filters, text, diag) != 0)
			rc = -1;
	}
	return rc;
}

/* --- what a transform is told --- */

struct parameters {
	struct transform_parameter *items;
	size_t count;
	size_t capacity;
	struct map names; /* to the values, owned */
};

/* Only those that the handbook shows: the first value of each name. */
static void
collect_parameters(struct parameters *parameters, const struct view *view)
{
	node_each(node, view->root) {
		const xmlNode *source =
		    node_is(node, "phrase") ? view_source(node) : NULL;
		const char *name =
		    source ? node_vade_attribute(source, "param") : NULL;
		struct map_entry *entry = name != NULL
		    ? map_put_text(&parameters->names, name, NULL)
		    : NULL;

		if (entry == NULL || entry->item != NULL)
			continue;
		entry->item = node_text_dup(node);
		*list_add(parameters->items, parameters->count,
		    parameters->capacity) = (struct transform_parameter){
			.name = name,
			.value = entry->item,
			.is_default =
			    node_vade_attribute(node, "param") != NULL,
		};
	}
}

static void
clear_parameters(struct parameters *parameters)
{
	for (size_t i = 0; i < parameters->count; i++)
		free(parameters->names.entries[i].item);
	free(parameters->items);
	map_clear(&parameters->names);
}

struct visits {
	struct node_handle *handles;
	size_t count;
	size_t capacity;
	size_t elements; /* seen, with a function or not */
};

static void
add_visit(struct visits *visits, const struct map *functions,
    struct node_edit *tree, xmlNode *node)
{
	visits->elements += node->type == XML_ELEMENT_NODE;
	if (!node_is(node, NULL) ||
	    map_get_text(functions, (const char *)node->name) == NULL)
		return;
	*list_add(visits->handles, visits->count, visits->capacity) =
	    node_edit_handle(tree, node);
}

/* The elements that have a function, children before parents. */
static void
collect_visits(struct visits *visits, const struct map *functions,
    struct node_edit *tree)
{
	xmlNode *root = tree->view->root;
	xmlNode *node = root;

	for (;;) {
		while (node->type == XML_ELEMENT_NODE && node->children != NULL)
			node = node->children;
		add_visit(visits, functions, tree, node);
		while (node != root && node->next == NULL) {
			node = node->parent;
			add_visit(visits, functions, tree, node);
		}
		if (node == root)
			return;
		node = node->next;
	}
}

static struct transform_document
describe_document(const struct view *view, const struct parameters *parameters)
{
	const struct axis_value *class =
	    view_class(view, view->handbook->clearance);

	return (struct transform_document){
		.lang = view->lang,
		.handbook = view->handbook->id,
		.title = lang_text_get(&view->handbook->title, view->lang,
		    view->handbook->id),
		.class = class ? class->id : NULL,
		.parameters = parameters->items,
		.parameter_count = parameters->count,
	};
}

/* --- running --- */

static int
report_difference(const struct filter_text *text,
    const struct protected_item *item, const struct view *view)
{
	struct place place = { 0 };
	const char *name = item->warns ? "warning" : "step";

	if (item->source != NULL) {
		place = source_tag_place(view->edition->diag->sources,
		    book_place(view->book, item->source));
		name = node_id(item->source) != NULL
		    ? node_id(item->source)
		    : (const char *)item->source->name;
	}
	return diag_report_related(view->edition->diag, DIAG_TRANSFORM_STEPS,
	    text->place, place, text->name, name, NULL);
}

static int
run_text(const struct filters *filters, const struct filter_text *text,
    struct node_edit *tree, struct view *view)
{
	struct parameters parameters = { 0 };
	struct visits visits = { 0 };
	struct transform transform;
	struct transform_document document;
	int rc;

	node_edit_open(tree, view, &filters->elements);
	rc = open_transform(&transform, text, tree, view->edition->diag);
	if (rc == 0) {
		collect_parameters(&parameters, view);
		collect_visits(&visits, &transform.functions, tree);
		document = describe_document(view, &parameters);
		document.root = node_edit_handle(tree, view->root);
		document.visits = visits.handles;
		document.visit_count = visits.count;
		document.element_count = visits.elements;
		rc = transform_run(&transform, &document, view->edition->diag);
		transform_close(&transform);
	}
	clear_parameters(&parameters);
	free(visits.handles);
	return rc;
}

int
filters_apply(const struct filters *filters, struct view *view)
{
	int rc = 0;

	for (size_t i = 0; rc == 0 && view->root != NULL && i < filters->count;
	     i++) {
		const struct filter_text *text = &filters->texts[i];
		const struct protected_item *difference;
		struct protected_items before;
		struct protected_items after;
		struct node_edit tree;

		protected_take(&before, view);
		rc = run_text(filters, text, &tree, view);
		protected_take(&after, view);
		difference = protected_difference(&before, &after);
		if (rc == 0 && difference != NULL)
			rc = report_difference(text, difference, view);
		protected_clear(&before);
		protected_clear(&after);
		node_edit_close(&tree);
	}
	return rc;
}
