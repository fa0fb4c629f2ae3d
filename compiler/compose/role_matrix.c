/*
 * Tells on the first page of a handbook of several roles who takes part in
 * what: a table of procedures and those who lead, act, take part or are
 * informed, and a drawing of it.
 * Invariant: it tells what the facts of the procedures shown tell already, each
 * on its page, and nothing else.
 */
#include "compose.h"

#include <stdlib.h>
#include <string.h>

#include "base/alloc.h"
#include "base/bits.h"
#include "base/list.h"
#include "base/text.h"
#include "compose/svg.h"
#include "model/axis_tokens.h"
#include "model/axis_tokens_format.h"
#include "model/ui.h"
#include "project/participation.h"

/* What is drawn around the letter of a part. */
enum stroke {
	NOTHING,
	IN_A_RING,
	IN_A_BOX,
};

/* The strongest part comes first. */
static const struct {
	const char *attribute;
	const char *mark; /* words of the interface */
	const char *name;
	enum stroke stroke;
} parts[] = {
	{ "lead", "matrix-lead", "fact-lead", IN_A_BOX },
	{ "with", "matrix-with", "fact-with", IN_A_RING },
	{ "standin", "matrix-standin", "fact-standin", NOTHING },
	{ "partner", "matrix-partner", "fact-partner", NOTHING },
	{ "informed", "matrix-informed", "fact-informed", NOTHING },
};
/* What stands in a cell: 0 for no part, else the index into parts plus 1. */
enum { WITH = 2, STANDIN, PARTS = COUNT(parts) };

/* Sizes in the units of the drawing. */
enum {
	LABEL_WIDTH = 100,
	HEAD_LENGTH = 170, /* of a line of a head; it runs upwards */
	COLUMNS = 14,      /* of one drawing: what a page is wide enough for */
	PADDING = 6,
	MARK_RADIUS = 11,
};

struct matrix {
	struct view *view;
	const struct axis *role;
	xmlNode **tasks;
	size_t count;
	size_t capacity;
	/* Per task and value. */
	unsigned char *cells;
	size_t *columns; /* the values that have, in their order */
	size_t column_count;
};

/* Where a leaf is counted: itself if the handbook has it and is not called by
 * its name, or its sector in a handbook for no role; AXIS_NONE otherwise. */
static int
column_of(const struct matrix *matrix, size_t leaf)
{
	const uint64_t *own =
	    matrix->view->handbook
		->values[matrix->view->edition->project->axes.role];

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

/* Where leaves are counted, a cell that is `from` becomes `to`. */
static void
set_cells(struct matrix *matrix, size_t task, const uint64_t *leaves,
    unsigned from, unsigned to)
{
	for (size_t leaf = 0; leaf < matrix->role->value_count; leaf++) {
		int column = bits_get(leaves, leaf) ? column_of(matrix, leaf)
						    : AXIS_NONE;
		unsigned char *cell;

		if (column == AXIS_NONE)
			continue;
		cell = cell_of(matrix, task, (size_t)column);
		if (*cell == from)
			*cell = (unsigned char)to;
	}
}

/* They were parsed before. A party has no row and no handbook: it is in the
 * facts of the procedure. */
static void
read_part(struct matrix *matrix, size_t task, size_t part, uint64_t *leaves)
{
	const struct axis_tokens_origin origin = { { 0 }, NULL };

	token_each(token,
	    node_vade_attribute(view_source(matrix->tasks[task]),
		parts[part].attribute)) {
		if (axis_find_party(matrix->role, token, strlen(token)) ==
			NULL &&
		    axis_tokens_parse(matrix->role, token, false, &origin,
			leaves, matrix->view->edition->diag) == 0)
			set_cells(matrix, task, leaves, 0, (unsigned)part + 1);
	}
}

/* Of those who act with the lead, who in the steps of the view only stands in
 * has a mark of its own. */
static void
tell_standins(struct matrix *matrix, size_t task)
{
	const struct axis *role = matrix->role;
	const xmlNode *top = matrix->tasks[task];
	owned uint64_t *acting = mem_array(role->words, sizeof(*acting));
	owned uint64_t *standing = mem_array(role->words, sizeof(*standing));

	node_each(node, top) {
		if (!node_is(node, "step") || view_source(node) == NULL)
			continue;
		axis_tokens_add_list(role,
		    participation_actors(view_source(node)), acting);
		axis_tokens_add_list(role,
		    participation_standins(view_source(node)), standing);
	}
	set_cells(matrix, task, standing, WITH, STANDIN);
	set_cells(matrix, task, acting, STANDIN, WITH);
}

/* Has a role, or a sector, a part in any procedure? */
static bool
has_part(const struct matrix *matrix, size_t value)
{
	for (size_t task = 0; task < matrix->count; task++)
		if (*cell_of(matrix, task, value) != 0)
			return true;
	return false;
}

static void
read_tasks(struct matrix *matrix)
{
	xmlNode *root = matrix->view->root;
	owned uint64_t *leaves =
	    mem_array(matrix->role->words, sizeof(*leaves));

	node_each(node, root) {
		if (!node_is(node, "task") || view_source(node) == NULL ||
		    node_vade_attribute(node, "page") == NULL)
			continue;
		*list_add(matrix->tasks, matrix->count, matrix->capacity) =
		    node;
	}
	matrix->cells = mem_array(matrix->count + 1, matrix->role->value_count);
	for (size_t task = 0; task < matrix->count; task++) {
		for (size_t part = 0; part < PARTS; part++)
			read_part(matrix, task, part, leaves);
		tell_standins(matrix, task);
	}
	matrix->columns =
	    mem_array(matrix->role->value_count, sizeof(*matrix->columns));
	for (size_t i = 0; i < matrix->role->value_count; i++)
		if (has_part(matrix, i))
			matrix->columns[matrix->column_count++] = i;
}

static const char *
column_name(const struct matrix *matrix, size_t column)
{
	const struct axis_value *value =
	    &matrix->role->values[matrix->columns[column]];

	return lang_text_get(&value->label, matrix->view->lang, value->id);
}

/* --- what the page shows --- */

static void
add_columns(const struct matrix *matrix, xmlNode *top)
{
	for (size_t i = 0; i < matrix->column_count; i++)
		view_set(view_add(matrix->view, top, "column"), "name",
		    column_name(matrix, i));
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
	for (size_t i = 0; i < matrix->column_count; i++) {
		unsigned part = *cell_of(matrix, task, matrix->columns[i]);
		xmlNode *cell = view_add(matrix->view, line, "cell");

		if (part == 0)
			continue;
		view_set(cell, "mark", ui_word(lang, parts[part - 1].mark));
		view_set(cell, "name", ui_word(lang, parts[part - 1].name));
	}
}

static void
add_legend(const struct matrix *matrix, xmlNode *top)
{
	bool stand_in = memchr(matrix->cells, STANDIN,
			    matrix->count * matrix->role->value_count) != NULL;

	for (size_t i = 0; i < PARTS; i++) {
		xmlNode *mark;

		if (i + 1 == STANDIN && !stand_in)
			continue;
		mark = view_add(matrix->view, top, "mark");
		view_set(mark, "mark",
		    ui_word(matrix->view->lang, parts[i].mark));
		view_set(mark, "name",
		    ui_word(matrix->view->lang, parts[i].name));
	}
}

/* --- the same as a picture --- */

/* The letter of a part: in a thick box who leads, in a ring who acts. */
static void
draw_mark(const struct matrix *matrix, const struct svg *drawing, unsigned part,
    int x, int y)
{
	scoped(svg_text_clear) struct svg_text letter = { 0 };

	svg_wrap(&letter, ui_word(matrix->view->lang, parts[part].mark),
	    LABEL_WIDTH);
	svg_write(drawing, x, y - SVG_FONT / 2 - 1, &letter, true, true);
	if (parts[part].stroke == IN_A_BOX)
		svg_rect(drawing, x - MARK_RADIUS, y - MARK_RADIUS,
		    2 * MARK_RADIUS, 2 * MARK_RADIUS, 0, SVG_THICK);
	else if (parts[part].stroke == IN_A_RING)
		svg_circle(drawing, x, y, MARK_RADIUS, false);
}

/* Some columns, from first to before end, of a drawing. */
struct stylesheet {
	const struct matrix *matrix;
	struct svg drawing;
	struct svg_text *heads; /* of all columns; borrowed */
	int terminal_width;
	int head; /* the height of the heads */
	size_t first;
	size_t end;
};

static int
column_left(const struct stylesheet *sheet, size_t column)
{
	return LABEL_WIDTH +
	    (int)(column - sheet->first) * sheet->terminal_width;
}

static void
draw_heads(const struct stylesheet *sheet)
{
	for (size_t i = sheet->first; i < sheet->end; i++) {
		const struct svg_text *head = &sheet->heads[i];
		int width = (int)head->count * SVG_LINE;

		svg_write_up(&sheet->drawing,
		    column_left(sheet, i) + (sheet->terminal_width - width) / 2,
		    sheet->head - PADDING, head, true);
	}
}

/* Returns where the row ends. */
static int
draw_row(const struct stylesheet *sheet, size_t task, int top)
{
	const struct matrix *matrix = sheet->matrix;
	const xmlNode *node = matrix->tasks[task];
	const int rule[] = { 0, top, column_left(sheet, sheet->end), top };
	scoped(svg_text_clear) struct svg_text name = { 0 };
	int height;

	svg_wrap(&name,
	    node_id(node) ? node_id(node)
			  : node_vade_attribute(node, "heading"),
	    LABEL_WIDTH - PADDING);
	height = (int)name.count * SVG_LINE + 2 * PADDING;
	svg_line(&sheet->drawing, rule, 2, SVG_THIN);
	svg_write(&sheet->drawing, 0, top + PADDING, &name, false, false);
	for (size_t i = sheet->first; i < sheet->end; i++) {
		unsigned part = *cell_of(matrix, task, matrix->columns[i]);

		if (part > 0)
			draw_mark(matrix, &sheet->drawing, part - 1,
			    column_left(sheet, i) + sheet->terminal_width / 2,
			    top + height / 2);
	}
	return top + height;
}

static void
draw_sheet(struct stylesheet *sheet, xmlNode *top)
{
	const struct matrix *matrix = sheet->matrix;
	owned int *rows = mem_array(matrix->count, sizeof(*rows));
	int y = sheet->head;

	sheet->drawing = svg_begin(matrix->view, top, "matrix");
	draw_heads(sheet);
	for (size_t task = 0; task < matrix->count; task++) {
		rows[task] = y;
		y = draw_row(sheet, task, y);
	}
	for (size_t i = sheet->first; i < sheet->end; i += 2)
		svg_ground(&sheet->drawing, column_left(sheet, i), 0,
		    sheet->terminal_width, y);
	svg_end(&sheet->drawing, column_left(sheet, sheet->end), y);
	svg_cuts(&sheet->drawing, sheet->head, sheet->terminal_width, rows,
	    matrix->count);
}

/* As many drawings as the columns need, each with the names of the rows. */
static void
draw_matrix(const struct matrix *matrix, xmlNode *top)
{
	struct stylesheet sheet = { .matrix = matrix,
		.terminal_width = 2 * (MARK_RADIUS + PADDING) };

	sheet.heads = mem_array(matrix->column_count, sizeof(*sheet.heads));
	for (size_t i = 0; i < matrix->column_count; i++) {
		struct svg_text *head = &sheet.heads[i];
		int length;
		int width;

		svg_wrap(head, column_name(matrix, i), HEAD_LENGTH);
		/* Bold is wider. */
		length = svg_text_width(head) * 116 / 100 + 2 * PADDING;
		width = (int)head->count * SVG_LINE + PADDING;
		sheet.head = length > sheet.head ? length : sheet.head;
		if (width > sheet.terminal_width)
			sheet.terminal_width = width;
	}
	for (; sheet.first < matrix->column_count; sheet.first = sheet.end) {
		size_t left = matrix->column_count - sheet.first;

		sheet.end = sheet.first + (left < COLUMNS ? left : COLUMNS);
		draw_sheet(&sheet, top);
	}
	for (size_t i = 0; i < matrix->column_count; i++)
		svg_text_clear(&sheet.heads[i]);
	free(sheet.heads);
}

void
role_matrix_add(struct view *view)
{
	const struct axes *axes = &view->edition->project->axes;
	struct matrix matrix = { .view = view };

	if (view->root == NULL || axes->role == AXIS_NONE ||
	    view->handbook->exact_role != AXIS_NONE)
		return;
	matrix.role = &axes->axes[axes->role];
	read_tasks(&matrix);
	if (matrix.count >= 2 && matrix.column_count >= 2) {
		xmlNode *top = view_add(view, view->root, "matrix");

		add_columns(&matrix, top);
		for (size_t task = 0; task < matrix.count; task++)
			add_line(&matrix, task, top);
		add_legend(&matrix, top);
		draw_matrix(&matrix, top);
	}
	free(matrix.tasks);
	free(matrix.cells);
	free(matrix.columns);
}
