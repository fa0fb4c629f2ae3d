/*
 * A transform filter in Lua: functions by element name, and one for the
 * document. Used by filter/run_filters.
 * Invariant: one run of a transform has one budget, however many elements it
 * visits, and a fresh state; what it can change is what struct
 * node_operations lets it.
 */
#ifndef VADE_SCRIPT_TRANSFORM_H
#define VADE_SCRIPT_TRANSFORM_H

#include "base/map.h"
#include "script/nodes.h"
#include "script/sandbox.h"

struct transform {
	struct sandbox sandbox;
	struct regex_cache *patterns;
	struct node_host host;
	struct map functions; /* the names that it has functions for */
	struct place place;   /* of the line that names the filter */
	const char *result;   /* the type of a result that is wrong, or NULL */
	const char *needed;   /* what it should be */
};

/* A value that an agency may set. */
struct transform_parameter {
	const char *name;
	const char *value;
	bool is_default; /* the author's own text */
};

/* What a transform is told of the document. All lent. */
struct transform_document {
	const char *lang;
	const char *handbook;
	const char *title;
	const char *class; /* NULL without a clearance axis */
	const struct transform_parameter *parameters;
	size_t parameter_count;
	struct node_handle root;
	const struct node_handle *visits; /* in order, children first */
	size_t visit_count;
	size_t element_count; /* of the document: its size is in the budget */
};

/*
 * Opens a state and runs the chunk, whose result must be a table of functions
 * by names that host->operations knows, or "document". `name` is the chunk's
 * path, lent. 0, or -1 with V05xx reported; then it is closed already.
 */
int transform_open(struct transform *transform, const char *name,
    const char *text, size_t size, struct place place, void *tree,
    const struct node_operations *operations, struct diag *diag);
void transform_close(struct transform *transform);

/* Calls the functions. 0, or -1 with V05xx reported. */
int transform_run(struct transform *transform,
    const struct transform_document *document, struct diag *diag);

#endif
