#include "matrix.h"

#include <stdlib.h>
#include <string.h>

#include "base/alloc.h"
#include "base/bits.h"
#include "model/expr.h"
#include "model/ui.h"

/* The strongest part comes first. */
static const struct {
	const char *attribute;
	const char *mark; /* words of the interface */
	const char *name;
} parts[] = {
	{ "lead", "matrix-lead", "fact-lead" },
	{ "with", "matrix-with", "fact-with" },
	{ "partner", "matrix-partner", "fact-partner" },
	{ "informed", "matrix-informed", "fact-informed" },
};
enum { PARTS = sizeof(parts) / sizeof(*parts) };

struct matrix {
	struct view *view;
	const struct axis *role;
	xmlNode **tasks;
	size_t count;
	size_t capacity;
	/* Per task and value: 0 = no part, else the index into parts plus 1. */
	unsigned char *cells;
	bool *used; /* per value: has it a part anywhere? */
};

/* Where a leaf is counted: itself if the handbook has it and is not called by
 * its name, or its sector in a handbook for no role; AXIS_NONE otherwise. */
static int
column_of(const struct matrix *matrix, size_t leaf)
{
	const uint64_t *own =
	    matrix->view->handbook->values[matrix->view->project->axes.role];

	if (own == NULL)
		return axis_sector(matrix->role, (int)leaf);
	return bits_get(own, leaf) &&
		(int)leaf != matrix->view->handbook->head_role
	    ? (int)leaf
	    : AXIS_NONE;
}

static unsigned char *
cell_of(const struct matrix *matrix, size_t task, size_t value)
{
	return &matrix->cells[task * matrix->role->value_count + value];
}

static void
read_part(struct matrix *matrix, size_t task, size_t part, uint64_t *leaves)
{
	struct expr_origin origin = { { 0 }, NULL };
	const char *tokens = node_vade_attribute(
	    view_source(matrix->tasks[task]), parts[part].attribute);

	/* They were parsed before; what a filter has made is passed over. */
	if (tokens == NULL ||
	    expr_parse(matrix->role, tokens, false, &origin, leaves,
		matrix->view->diag) != 0)
		return;
	for (size_t leaf = 0; leaf < matrix->role->value_count; leaf++) {
		int column = bits_get(leaves, leaf) ? column_of(matrix, leaf)
						    : AXIS_NONE;
		unsigned char *cell;

		if (column == AXIS_NONE)
			continue;
		cell = cell_of(matrix, task, (size_t)column);
		if (*cell == 0)
			*cell = (unsigned char)(part + 1);
		matrix->used[column] = true;
	}
}

static void
read_tasks(struct matrix *matrix)
{
	xmlNode *root = matrix->view->root;
	uint64_t *leaves = mem_array(matrix->role->words, sizeof(*leaves));

	for (xmlNode *node = root; node != NULL;
	     node = node_walk(node, root, true)) {
		if (!node_is(node, "task") || view_source(node) == NULL ||
		    node_vade_attribute(node, "page") == NULL)
			continue;
		matrix->tasks = mem_grow(matrix->tasks, matrix->count,
		    &matrix->capacity, sizeof(*matrix->tasks));
		matrix->tasks[matrix->count++] = node;
	}
	matrix->cells = mem_array(matrix->count + 1, matrix->role->value_count);
	matrix->used = mem_array(matrix->role->value_count, 1);
	for (size_t task = 0; task < matrix->count; task++)
		for (size_t part = 0; part < PARTS; part++)
			read_part(matrix, task, part, leaves);
	free(leaves);
}

/* --- what the page shows --- */

static void
add_columns(const struct matrix *matrix, xmlNode *top)
{
	for (size_t i = 0; i < matrix->role->value_count; i++) {
		const struct axis_value *value = &matrix->role->values[i];

		if (matrix->used[i])
			view_set(view_add(matrix->view, top, "column"), "name",
			    label_get(&value->label, matrix->view->lang,
				value->id));
	}
}

static void
add_line(const struct matrix *matrix, size_t task, xmlNode *top)
{
	const xmlNode *node = matrix->tasks[task];
	const char *lang = matrix->view->lang;
	xmlNode *line = view_add(matrix->view, top, "line");

	view_set(line, "href", node_vade_attribute(node, "page"));
	view_set(line, "title", node_vade_attribute(node, "heading"));
	if (node_id(node) != NULL)
		view_set(line, "label", node_id(node));
	for (size_t i = 0; i < matrix->role->value_count; i++) {
		unsigned part = *cell_of(matrix, task, i);
		xmlNode *cell;

		if (!matrix->used[i])
			continue;
		cell = view_add(matrix->view, line, "cell");
		if (part == 0)
			continue;
		view_set(cell, "mark", ui_word(lang, parts[part - 1].mark));
		view_set(cell, "name", ui_word(lang, parts[part - 1].name));
	}
}

static void
add_legend(const struct matrix *matrix, xmlNode *top)
{
	for (size_t i = 0; i < PARTS; i++) {
		xmlNode *mark = view_add(matrix->view, top, "mark");

		view_set(mark, "mark",
		    ui_word(matrix->view->lang, parts[i].mark));
		view_set(mark, "name",
		    ui_word(matrix->view->lang, parts[i].name));
	}
}

void
matrix_add(struct view *view)
{
	const struct axes *axes = &view->project->axes;
	struct matrix matrix = { .view = view };
	size_t columns = 0;

	if (view->root == NULL || axes->role == AXIS_NONE ||
	    view->handbook->exact_role != AXIS_NONE)
		return;
	matrix.role = &axes->axes[axes->role];
	read_tasks(&matrix);
	for (size_t i = 0; i < matrix.role->value_count; i++)
		columns += matrix.used[i];
	if (matrix.count >= 2 && columns >= 2) {
		xmlNode *top = view_add(view, view->root, "matrix");

		add_columns(&matrix, top);
		for (size_t task = 0; task < matrix.count; task++)
			add_line(&matrix, task, top);
		add_legend(&matrix, top);
	}
	free(matrix.tasks);
	free(matrix.cells);
	free(matrix.used);
}
