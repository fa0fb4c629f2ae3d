#include "text_table.h"

#include <stdlib.h>
#include <string.h>

#include "base/text.h"
#include "base/list.h"
#include "style/result_tree.h"
#include "model/book.h"

enum {
	NATURAL = 400, /* cells in which a cell shows how wide it would be */
	NARROWEST = 7, /* of a column, before a table becomes a list */
	MOST_COLUMNS = 64, /* of which all are seen */
	MOST_NESTED = 3, /* tables in tables that are drawn: each is made twice
			    * for every one around it */
};

struct cell {
	const xmlNode *node;
	size_t row;
	size_t column;
	size_t rows; /* that it spans */
	size_t columns;
	char *text;       /* rendered; lines end in '\n' */
	const char *next; /* the line to be shown next */
	size_t least;     /* cells of its longest word */
	size_t most;      /* of its longest line */
	size_t lines;     /* as wide as that */
};

struct grid {
	struct text_wrap *layout;
	text_table_render *render;
	struct cell *cells;
	size_t cell_count;
	size_t cell_capacity;
	size_t *owners; /* per row and column: index + 1 into cells, 0 = none */
	size_t owner_capacity;
	size_t rows;
	size_t columns;
	size_t head_rows;
	size_t widths[MOST_COLUMNS];
};

/* --- reading --- */

static size_t
read_span(const xmlNode *node, const char *name)
{
	const char *value = result_attribute(node, name);
	long span = value ? strtol(value, NULL, 10) : 1;

	return span < 1 ? 1 : span > MOST_COLUMNS ? MOST_COLUMNS : (size_t)span;
}

static size_t *
owner(const struct grid *grid, size_t row, size_t column)
{
	return &grid->owners[row * MOST_COLUMNS + column];
}

static void
need_rows(struct grid *grid, size_t rows)
{
	size_t wanted = rows * MOST_COLUMNS;

	if (wanted <= grid->owner_capacity)
		return;
	wanted *= 2;
	grid->owners = mem_resize(grid->owners, wanted * sizeof(*grid->owners));
	memset(grid->owners + grid->owner_capacity, 0,
	    (wanted - grid->owner_capacity) * sizeof(*grid->owners));
	grid->owner_capacity = wanted;
}

static void
add_cell(struct grid *grid, const xmlNode *node, size_t row)
{
	struct cell cell = { .node = node,
		.row = row,
		.rows = read_span(node, "rowspan"),
		.columns = read_span(node, "colspan") };

	need_rows(grid, row + cell.rows);
	while (cell.column < MOST_COLUMNS - 1 &&
	    *owner(grid, row, cell.column) != 0)
		cell.column++;
	if (cell.column + cell.columns > MOST_COLUMNS)
		cell.columns = MOST_COLUMNS - cell.column;
	*list_add(grid->cells, grid->cell_count, grid->cell_capacity) = cell;
	for (size_t r = row; r < row + cell.rows; r++)
		for (size_t c = 0; c < cell.columns; c++)
			*owner(grid, r, cell.column + c) = grid->cell_count;
	if (grid->columns < cell.column + cell.columns)
		grid->columns = cell.column + cell.columns;
}

static void
read_rows(struct grid *grid, const xmlNode *parent)
{
	for (const xmlNode *node = parent->children; node != NULL;
	     node = node->next) {
		if (result_is(node, "thead") || result_is(node, "tbody") ||
		    result_is(node, "tfoot"))
			read_rows(grid, node);
		if (!result_is(node, "tr"))
			continue;
		need_rows(grid, grid->rows + 1);
		for (const xmlNode *cell = node->children; cell != NULL;
		     cell = cell->next)
			if (result_is(cell, "td") || result_is(cell, "th"))
				add_cell(grid, cell, grid->rows);
		grid->rows++;
		if (result_is(parent, "thead"))
			grid->head_rows = grid->rows;
	}
}

/* A span that reaches below the last row ends there. */
static void
trim_spans(struct grid *grid)
{
	for (size_t i = 0; i < grid->cell_count; i++)
		if (grid->cells[i].row + grid->cells[i].rows > grid->rows)
			grid->cells[i].rows = grid->rows - grid->cells[i].row;
}

/* --- widths --- */

static char *
render_cell(const struct grid *grid, const struct cell *cell, size_t width)
{
	struct text_wrap layout = { .width = width };
	char *text;

	grid->render(&layout, cell->node);
	text = buf_take(&layout.out);
	text_wrap_clear(&layout);
	return text;
}

static void
measure_cell(const struct grid *grid, struct cell *cell)
{
	char *text = render_cell(grid, cell, NATURAL);

	for (const char *line = text; *line != '\0';) {
		size_t len = strcspn(line, "\n");
		size_t cells = text_width(line, len);

		cell->lines++;
		if (cell->most < cells)
			cell->most = cells;
		for (size_t at = 0; at < len;) {
			size_t word = strcspn(line + at, " \n");

			cells = text_width(line + at, word);
			if (cell->least < cells)
				cell->least = cells;
			at += word + 1;
		}
		line += len + (line[len] == '\n');
	}
	free(text);
}

/* What a cell's columns have in all, borders between them too. */
static size_t
width_of(const struct grid *grid, const struct cell *cell)
{
	size_t width = 3 * (cell->columns - 1);

	for (size_t c = 0; c < cell->columns; c++)
		width += grid->widths[cell->column + c];
	return width;
}

/* The widths that some measure of the cells asks for. */
static size_t
ask_widths(struct grid *grid, size_t *widths, bool least)
{
	size_t sum = 0;

	memset(widths, 0, sizeof(grid->widths));
	for (size_t i = 0; i < grid->cell_count; i++) {
		const struct cell *cell = &grid->cells[i];
		size_t wanted = least ? cell->least : cell->most;

		if (cell->columns == 1 && widths[cell->column] < wanted)
			widths[cell->column] = wanted;
	}
	for (size_t c = 0; c < grid->columns; c++) {
		if (widths[c] == 0)
			widths[c] = 1;
		sum += widths[c];
	}
	return sum;
}

/*
 * Each column gets the least it needs and a share of the rest by how much more
 * it would use. False if there are too many columns for that.
 */
static bool
share_width(struct grid *grid)
{
	size_t room = text_wrap_room(grid->layout);
	size_t borders = 3 * grid->columns + 1;
	size_t least[MOST_COLUMNS];
	size_t most[MOST_COLUMNS];
	size_t needed = ask_widths(grid, least, true);
	size_t wished = ask_widths(grid, most, false);

	if (room < borders + grid->columns * NARROWEST &&
	    room < borders + wished)
		return false;
	room -= borders;
	if (wished <= room) {
		memcpy(grid->widths, most, sizeof(most));
		return true;
	}
	if (needed > room)
		return false;
	for (size_t c = 0; c < grid->columns; c++)
		grid->widths[c] = least[c] +
		    (room - needed) * (most[c] - least[c]) / (wished - needed);
	return true;
}

/* --- writing --- */

static void
add_cells(struct buf *line, char c, size_t count)
{
	while (count-- > 0)
		buf_add_char(line, c);
}

/* The line between row - 1 and row; what spans both has none. */
static void
write_rule(const struct grid *grid, size_t row, char c)
{
	struct buf line = { 0 };
	bool spans = false;

	for (size_t column = 0; column < grid->columns; column++) {
		bool before = spans;
		size_t own =
		    row > 0 && row < grid->rows ? *owner(grid, row, column) : 0;

		spans = own != 0 && own == *owner(grid, row - 1, column);
		buf_add_char(&line,
		    spans && (before || column == 0) ? '|' : '+');
		add_cells(&line, spans ? ' ' : c, grid->widths[column] + 2);
	}
	buf_add_char(&line, spans ? '|' : '+');
	text_wrap_line(grid->layout, buf_text(&line));
	buf_clear(&line);
}

/* The next line of a cell, padded to its width. */
static void
add_cell_line(const struct grid *grid, struct cell *cell, struct buf *line)
{
	size_t width = width_of(grid, cell);
	size_t len = strcspn(cell->next, "\n");
	size_t cells = text_width(cell->next, len);

	buf_add_text(line, "| ");
	buf_add(line, cell->next, len);
	add_cells(line, ' ', cells < width ? width - cells + 1 : 1);
	cell->next += len + (cell->next[len] == '\n');
}

/* Has a cell that must be done with this row still something to say? */
static bool
is_row_open(const struct grid *grid, size_t row)
{
	for (size_t column = 0; column < grid->columns; column++) {
		size_t own = *owner(grid, row, column);
		const struct cell *cell = own ? &grid->cells[own - 1] : NULL;

		if (cell != NULL && cell->row + cell->rows == row + 1 &&
		    *cell->next != '\0')
			return true;
	}
	return false;
}

static void
write_row_line(const struct grid *grid, size_t row)
{
	struct buf line = { 0 };

	for (size_t column = 0; column < grid->columns;) {
		size_t own = *owner(grid, row, column);

		if (own == 0) {
			buf_add_text(&line, "| ");
			add_cells(&line, ' ', grid->widths[column] + 1);
			column++;
			continue;
		}
		add_cell_line(grid, &grid->cells[own - 1], &line);
		column =
		    grid->cells[own - 1].column + grid->cells[own - 1].columns;
	}
	buf_add_char(&line, '|');
	text_wrap_line(grid->layout, buf_text(&line));
	buf_clear(&line);
}

static void
write_box(struct grid *grid)
{
	for (size_t i = 0; i < grid->cell_count; i++) {
		struct cell *cell = &grid->cells[i];

		cell->text = render_cell(grid, cell, width_of(grid, cell));
		cell->next = cell->text;
	}
	for (size_t row = 0; row < grid->rows; row++) {
		write_rule(grid, row,
		    row > 0 && row == grid->head_rows ? '=' : '-');
		do
			write_row_line(grid, row);
		while (is_row_open(grid, row));
	}
	write_rule(grid, grid->rows, '-');
	for (size_t i = 0; i < grid->cell_count; i++)
		free(grid->cells[i].text);
}

/* The head of a cell's column, in the first row of the table's head. */
static const xmlNode *
head_of(const struct grid *grid, const struct cell *cell)
{
	size_t own = grid->head_rows > 0
	    ? *owner(grid, grid->head_rows - 1, cell->column)
	    : 0;

	return own != 0 ? grid->cells[own - 1].node : NULL;
}

/* What is short stands on the line of its head; an empty cell says nothing. */
static void
write_item(struct grid *grid, const struct cell *cell)
{
	const xmlNode *head = head_of(grid, cell);
	struct buf text = { 0 };
	size_t level;

	if (cell->lines == 0)
		return;
	if (head != NULL) {
		result_add_words(head, &text);
		if (text.size > 0)
			buf_add_char(&text, ':');
	}
	if (cell->lines == 1 && text.size > 0 &&
	    text_width(text.data, text.size) + 1 + cell->most <=
		text_wrap_room(grid->layout)) {
		char *words = render_cell(grid, cell, NATURAL);

		buf_add_format(&text, " %.*s", (int)strlen(words) - 1, words);
		text_wrap_wrap(grid->layout, buf_text(&text), 2);
		free(words);
	} else {
		text_wrap_wrap(grid->layout, buf_text(&text), 2);
		level = text_wrap_push(grid->layout, NULL, "  ");
		grid->render(grid->layout, cell->node);
		text_wrap_pop(grid->layout, level);
	}
	buf_clear(&text);
}

static bool
is_head(const struct grid *grid, const struct cell *cell)
{
	return cell->row < grid->head_rows && cell->lines > 0;
}

/* Does some item of the list begin with the words of a head? */
static bool
is_said(const struct grid *grid, const struct cell *head)
{
	for (size_t i = 0; i < grid->cell_count; i++) {
		const struct cell *cell = &grid->cells[i];

		if (cell->row >= grid->head_rows && cell->lines > 0 &&
		    head_of(grid, cell) == head->node)
			return true;
	}
	return false;
}

/* Heads that no item says (of empty columns, or above other heads) would be
 * lost: then all of them stand before the list, a line for a row. */
static void
write_heads(const struct grid *grid)
{
	struct buf line = { 0 };
	bool lost = false;
	size_t row = 0;

	for (size_t i = 0; i < grid->cell_count && !lost; i++)
		lost = is_head(grid, &grid->cells[i]) &&
		    !is_said(grid, &grid->cells[i]);
	for (size_t i = 0; lost && i < grid->cell_count; i++) {
		const struct cell *cell = &grid->cells[i];

		if (!is_head(grid, cell))
			continue;
		if (line.size > 0 && cell->row != row) {
			text_wrap_wrap(grid->layout, buf_text(&line), 2);
			buf_clear(&line);
		} else if (line.size > 0) {
			buf_add_text(&line, " | ");
		}
		row = cell->row;
		result_add_words(cell->node, &line);
	}
	if (line.size > 0)
		text_wrap_wrap(grid->layout, buf_text(&line), 2);
	buf_clear(&line);
}

static void
write_list(struct grid *grid)
{
	size_t row = SIZE_MAX;
	size_t level = SIZE_MAX;

	write_heads(grid);
	for (size_t i = 0; i < grid->cell_count; i++) {
		const struct cell *cell = &grid->cells[i];

		if (cell->row < grid->head_rows)
			continue;
		if (cell->row != row) {
			if (level != SIZE_MAX)
				text_wrap_pop(grid->layout, level);
			text_wrap_gap(grid->layout);
			level = text_wrap_push(grid->layout, "* ", "  ");
			row = cell->row;
		}
		write_item(grid, cell);
	}
	if (level != SIZE_MAX)
		text_wrap_pop(grid->layout, level);
}

/* A table far inside other tables: its rows as items, nothing measured. */
static void
write_plainly(struct grid *grid)
{
	size_t row = SIZE_MAX;
	size_t level = SIZE_MAX;

	for (size_t i = 0; i < grid->cell_count; i++) {
		const struct cell *cell = &grid->cells[i];

		if (cell->row != row) {
			if (level != SIZE_MAX)
				text_wrap_pop(grid->layout, level);
			level = text_wrap_push(grid->layout, "* ", "  ");
			row = cell->row;
		}
		grid->render(grid->layout, cell->node);
	}
	if (level != SIZE_MAX)
		text_wrap_pop(grid->layout, level);
}

static size_t
tables_around(const xmlNode *table)
{
	size_t count = 0;

	for (const xmlNode *up = table->parent; up != NULL; up = up->parent)
		count += result_is(up, "table");
	return count;
}

/* As a box, or as a list if that is too wide. */
static void
write_measured(struct grid *grid)
{
	for (size_t i = 0; i < grid->cell_count; i++)
		measure_cell(grid, &grid->cells[i]);
	if (share_width(grid))
		write_box(grid);
	else
		write_list(grid);
}

void
text_table_write(struct text_wrap *layout, const xmlNode *table,
    text_table_render *render)
{
	struct grid grid = { .layout = layout, .render = render };

	read_rows(&grid, table);
	if (grid.rows == 0 || grid.cell_count == 0)
		return;
	trim_spans(&grid);
	text_wrap_gap(layout);
	if (tables_around(table) < MOST_NESTED)
		write_measured(&grid);
	else
		write_plainly(&grid);
	text_wrap_gap(layout);
	free(grid.cells);
	free(grid.owners);
}
