/*
 * Mends tables of which selection took cells, rows or columns: what is left
 * stays in its place. After copy, as part of repair.
 * Invariant: the grid is laid out on what the clearance lets the handbook read,
 * so what is above it changes nothing: a cell that may be read but is for
 * others becomes a blank one, a cell above the clearance never was. A table of
 * which nothing readable was taken is left as its author wrote it.
 * Source: CALS tables (OASIS Exchange Table Model, TR 9503:1995) and HTML's
 * table model.
 */
#include "project.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/list.h"

enum {
	MOST_COLUMNS = 1000, /* HTML's own limit of colspan */
	MOST_PLACES = 4000000,
};

struct cell {
	const xmlNode *source;
	xmlNode *copy; /* NULL: for others */
	size_t row;    /* where it begins, and how far it goes */
	size_t column;
	size_t rows;
	size_t columns;
	size_t shown_row; /* the first row of it that is shown; SIZE_MAX: none*/
};

struct row {
	const xmlNode *source;
	xmlNode *copy; /* NULL: not shown */
	size_t end;    /* one past the last row of its section */
};

struct column {
	const char *name;   /* of its colspec; NULL without one. Lent. */
	xmlNode *colspec;   /* the copy; NULL if there is none */
	char *own_name;     /* what we call it if it has no name */
	size_t taken_until; /* row: cells above reach down to it */
	bool is_named;      /* a cell names it */
	bool has_gone;      /* a cell that is for others */
	bool has_single;    /* a cell of its own that is shown */
	bool is_gone;
	size_t place; /* among those that stay */
};

struct grid {
	const struct view *view;
	const xmlNode *source;
	xmlNode *copy;
	bool is_html;
	bool is_touched; /* something readable was taken */
	struct cell *cells;
	size_t cell_count;
	size_t cell_capacity;
	struct row *rows;
	size_t row_count;
	size_t row_capacity;
	struct column *columns;
	size_t column_count;
	size_t column_capacity;
};

/* --- reading --- */

static bool
may_read(const struct grid *grid, const xmlNode *source)
{
	return view_rank(grid->view, source) <= grid->view->handbook->clearance;
}

static bool
is_section(const xmlNode *node)
{
	return node_is(node, "thead") || node_is(node, "tbody") ||
	    node_is(node, "tfoot");
}

static bool
is_row(const xmlNode *node)
{
	return node_is(node, "row") || node_is(node, "tr");
}

static bool
is_cell(const xmlNode *node)
{
	return node_is(node, "entry") || node_is(node, "entrytbl") ||
	    node_is(node, "td") || node_is(node, "th");
}

/* The copy of a source element among siblings that stand in its order; moves
 * *at past it. NULL if it was not copied. */
static xmlNode *
match_copy(xmlNode **at, const xmlNode *source)
{
	xmlNode *copy = *at;

	if (copy == NULL || view_source(copy) != source)
		return NULL;
	*at = node_next_element(copy);
	return copy;
}

/* The first copied child that a kind of element is among. */
static xmlNode *
first_copy(xmlNode *parent, bool (*is_kind)(const xmlNode *))
{
	xmlNode *child = parent == NULL ? NULL : node_first_element(parent);

	while (child != NULL && !is_kind(child))
		child = node_next_element(child);
	return child;
}

static struct column *
get_column(struct grid *grid, size_t at)
{
	while (grid->column_count <= at) {
		*list_add(grid->columns, grid->column_count,
		    grid->column_capacity) = (struct column){ 0 };
	}
	return &grid->columns[at];
}

static size_t
read_number(const xmlNode *node, const char *name, size_t instead)
{
	const char *text = node_attribute(node, name);
	long number = text == NULL ? -1 : strtol(text, NULL, 10);

	return number < 0 ? instead : (size_t)number;
}

static size_t
find_name(const struct grid *grid, const char *name)
{
	for (size_t i = 0; name != NULL && i < grid->column_count; i++)
		if (grid->columns[i].name != NULL &&
		    strcmp(grid->columns[i].name, name) == 0)
			return i;
	return SIZE_MAX;
}

static bool
is_colspec(const xmlNode *node)
{
	return node_is(node, "colspec");
}

static void
read_colspecs(struct grid *grid)
{
	xmlNode *copy = first_copy(grid->copy, is_colspec);
	size_t at = 0;

	node_each_element(child, grid->source) {
		struct column *column;

		if (!node_is(child, "colspec") || !may_read(grid, child))
			continue;
		at = read_number(child, "colnum", at + 1);
		if (at == 0 || at > MOST_COLUMNS)
			continue;
		column = get_column(grid, at - 1);
		column->name = node_attribute(child, "colname");
		column->colspec = match_copy(&copy, child);
		grid->is_touched |= column->colspec == NULL;
	}
}

static const xmlNode *
find_span(const struct grid *grid, const char *name)
{
	for (const xmlNode *child = node_first_element(grid->source);
	     name != NULL && child != NULL; child = node_next_element(child)) {
		const char *own =
		    node_is(child, "spanspec") && may_read(grid, child)
		    ? node_attribute(child, "spanname")
		    : NULL;

		if (own != NULL && strcmp(own, name) == 0)
			return child;
	}
	return NULL;
}

/* Where a cell says it begins; SIZE_MAX: where there is room. */
static size_t
explicit_column(const struct grid *grid, const xmlNode *cell, size_t *columns)
{
	const xmlNode *span = find_span(grid, node_attribute(cell, "spanname"));
	const xmlNode *names = span != NULL ? span : cell;
	size_t first = find_name(grid, node_attribute(names, "namest"));
	size_t last = find_name(grid, node_attribute(names, "nameend"));

	*columns = 1;
	if (first == SIZE_MAX)
		return find_name(grid, node_attribute(cell, "colname"));
	if (last != SIZE_MAX && last > first)
		*columns = last - first + 1;
	return first;
}

/* --- laying out --- */

/* A row that is hollow for all to see, like an emptied table in a cell. */
static bool
is_emptied(const xmlNode *copy)
{
	return node_is(copy, "entrytbl") && node_child(copy, "tbody") == NULL;
}

static void
place_cell(struct grid *grid, const struct row *row, size_t at,
    const xmlNode *source, xmlNode *copy, size_t *cursor)
{
	struct cell cell = { .source = source, .copy = copy, .row = at };
	size_t most = row->end - at;

	if (grid->is_html) {
		cell.column = SIZE_MAX;
		cell.columns = read_number(source, "colspan", 1);
		cell.rows = read_number(source, "rowspan", 1);
		cell.rows = cell.rows == 0 ? most : cell.rows;
	} else {
		cell.column = explicit_column(grid, source, &cell.columns);
		cell.rows = read_number(source, "morerows", 0) + 1;
	}
	if (cell.columns == 0 || cell.columns > MOST_COLUMNS)
		cell.columns = 1;
	grid->is_touched |= copy == NULL || cell.rows > most;
	cell.rows = cell.rows > most ? most : cell.rows;
	while (cell.column == SIZE_MAX) {
		if (get_column(grid, *cursor)->taken_until <= at)
			cell.column = *cursor;
		else
			++*cursor;
	}
	*cursor = cell.column + cell.columns;
	for (size_t c = cell.column; c < *cursor; c++)
		get_column(grid, c)->taken_until = at + cell.rows;
	*list_add(grid->cells, grid->cell_count, grid->cell_capacity) = cell;
}

static void
lay_row(struct grid *grid, size_t at)
{
	const struct row *row = &grid->rows[at];
	xmlNode *copy = first_copy(row->copy, is_cell);
	size_t cursor = 0;

	node_each_element(cell, row->source) {
		xmlNode *own;

		if (!is_cell(cell))
			continue;
		own = match_copy(&copy, cell);
		if (!may_read(grid, cell))
			continue;
		if (own != NULL && is_emptied(own)) {
			xmlUnlinkNode(own);
			xmlFreeNode(own);
			own = NULL;
		}
		if (cursor < MOST_COLUMNS)
			place_cell(grid, row, at, cell, own, &cursor);
	}
}

/* The rows among the children of a section, or of a table of HTML. */
static void
read_rows(struct grid *grid, const xmlNode *source, xmlNode *copy)
{
	size_t first = grid->row_count;
	xmlNode *at = first_copy(copy, is_row);

	node_each_element(child, source) {
		if (!is_row(child) || !may_read(grid, child))
			continue;
		*list_add(grid->rows, grid->row_count, grid->row_capacity) =
		    (struct row){ .source = child,
			    .copy = match_copy(&at, child) };
	}
	for (size_t i = first; i < grid->row_count; i++) {
		grid->rows[i].end = grid->row_count;
		grid->is_touched |= grid->rows[i].copy == NULL;
	}
	for (size_t i = first; i < grid->row_count; i++)
		lay_row(grid, i);
}

static void
read_sections(struct grid *grid)
{
	xmlNode *copy = first_copy(grid->copy, is_section);

	node_each_element(child, grid->source)
		if (is_section(child) && may_read(grid, child))
			read_rows(grid, child, match_copy(&copy, child));
	if (grid->is_html)
		read_rows(grid, grid->source, grid->copy);
}

/* --- what stays --- */

static void
find_shown_rows(struct grid *grid)
{
	for (size_t i = 0; i < grid->cell_count; i++) {
		struct cell *cell = &grid->cells[i];

		cell->shown_row = cell->row;
		while (cell->shown_row < cell->row + cell->rows &&
		    grid->rows[cell->shown_row].copy == NULL)
			cell->shown_row++;
		if (cell->shown_row == cell->row + cell->rows)
			cell->shown_row = SIZE_MAX;
	}
}

/*
 * A column goes if cells of it are for others and none of its own is left. A
 * cell across several columns does not hold one, but keeps its first.
 */
static void
find_columns(struct grid *grid)
{
	size_t place = 0;

	for (size_t i = 0; i < grid->cell_count; i++) {
		const struct cell *cell = &grid->cells[i];

		for (size_t c = 0; c < cell->columns; c++) {
			struct column *column =
			    &grid->columns[cell->column + c];

			column->has_gone |= cell->copy == NULL;
			column->has_single |=
			    cell->copy != NULL && cell->columns == 1;
		}
	}
	for (size_t c = 0; c < grid->column_count; c++)
		grid->columns[c].is_gone =
		    grid->columns[c].has_gone && !grid->columns[c].has_single;
	for (size_t i = 0; i < grid->cell_count; i++) {
		const struct cell *cell = &grid->cells[i];
		bool stays = cell->copy == NULL;

		for (size_t c = 0; c < cell->columns; c++)
			stays |= !grid->columns[cell->column + c].is_gone;
		if (!stays)
			grid->columns[cell->column].is_gone = false;
	}
	for (size_t c = 0; c < grid->column_count; c++)
		if (!grid->columns[c].is_gone)
			grid->columns[c].place = place++;
}

/* --- writing --- */

static void
set_number(xmlNode *node, const char *name, size_t number, size_t usual)
{
	char text[24];

	snprintf(text, sizeof(text), "%zu", number);
	if (number != usual)
		xmlSetProp(node, BAD_CAST name, BAD_CAST text);
	else
		xmlUnsetProp(node, BAD_CAST name);
}

static const char *
name_of(const struct grid *grid, size_t column)
{
	struct column *own = &grid->columns[column];

	own->is_named = true;
	return own->name != NULL ? own->name : own->own_name;
}

static void
set_span(const struct grid *grid, xmlNode *node, size_t first, size_t last,
    size_t width, bool is_next)
{
	static const char *const names[] = { "colname", "namest", "nameend",
		"spanname" };

	if (grid->is_html) {
		set_number(node, "colspan", width, 1);
		return;
	}
	for (size_t i = 0; i < COUNT(names); i++)
		xmlUnsetProp(node, BAD_CAST names[i]);
	if (width > 1) {
		xmlSetProp(node, BAD_CAST "namest",
		    BAD_CAST name_of(grid, first));
		xmlSetProp(node, BAD_CAST "nameend",
		    BAD_CAST name_of(grid, last));
	} else if (!is_next) {
		xmlSetProp(node, BAD_CAST "colname",
		    BAD_CAST name_of(grid, first));
	}
}

/* Puts a cell at the end of its row; *next is the place after it. */
static void
write_cell(const struct grid *grid, const struct cell *cell, size_t *next)
{
	xmlNode *row = grid->rows[cell->shown_row].copy;
	xmlNode *node = cell->copy;
	size_t first = SIZE_MAX;
	size_t last = 0;
	size_t width = 0;
	size_t height = 0;

	for (size_t c = cell->column; c < cell->column + cell->columns; c++)
		if (!grid->columns[c].is_gone) {
			first = first == SIZE_MAX ? c : first;
			last = c;
			width++;
		}
	if (width == 0)
		return;
	for (size_t r = cell->shown_row; r < cell->row + cell->rows; r++)
		height += grid->rows[r].copy != NULL;
	if (node == NULL)
		node = xmlNewDocNode(grid->view->doc, grid->view->docbook,
		    BAD_CAST(grid->is_html ? "td" : "entry"), NULL);
	else
		xmlUnlinkNode(node);
	xmlAddChild(row, node);
	set_span(grid, node, first, last, width,
	    grid->columns[first].place == *next);
	set_number(node, grid->is_html ? "rowspan" : "morerows",
	    grid->is_html ? height : height - 1, grid->is_html ? 1 : 0);
	*next = grid->columns[first].place + width;
}

static int
compare_cells(const void *left, const void *right)
{
	const struct cell *a = left;
	const struct cell *b = right;

	if (a->shown_row != b->shown_row)
		return a->shown_row < b->shown_row ? -1 : 1;
	return (a->column > b->column) - (a->column < b->column);
}

/* Every cell in the first row of it that is shown, in the order of columns.
 * Where cells above reach down, the next place is not the one after. */
static void
write_cells(struct grid *grid)
{
	size_t next = 0;

	qsort(grid->cells, grid->cell_count, sizeof(*grid->cells),
	    compare_cells);
	for (size_t i = 0; i < grid->cell_count; i++) {
		const struct cell *cell = &grid->cells[i];

		if (cell->shown_row == SIZE_MAX)
			break;
		if (i == 0 || grid->cells[i - 1].shown_row != cell->shown_row)
			next = 0;
		write_cell(grid, cell, &next);
	}
}

static void
drop_children(xmlNode *parent, const char *name)
{
	for (xmlNode *child = node_first_element(parent); child != NULL;) {
		xmlNode *next = node_next_element(child);

		if (node_is(child, name)) {
			xmlUnlinkNode(child);
			xmlFreeNode(child);
		}
		child = next;
	}
}

/* How many columns from the first on need a colspec: the author gave the last
 * of them one, or a cell names it. */
static size_t
count_specified(const struct grid *grid)
{
	size_t count = 0;

	for (size_t c = 0; c < grid->column_count; c++)
		if (!grid->columns[c].is_gone &&
		    (grid->columns[c].colspec != NULL ||
			grid->columns[c].is_named))
			count = c + 1;
	return count;
}

static void
write_colspec(const struct grid *grid, size_t at, xmlNode *before)
{
	const struct column *column = &grid->columns[at];
	xmlNode *node = column->colspec;

	if (node == NULL)
		node = xmlNewDocNode(grid->view->doc, grid->view->docbook,
		    BAD_CAST "colspec", NULL);
	xmlAddPrevSibling(before, node);
	xmlUnsetProp(node, BAD_CAST "colnum");
	if (column->name != NULL || column->is_named)
		xmlSetProp(node, BAD_CAST "colname",
		    BAD_CAST name_of(grid, at));
}

/* Colspecs by place, as an author writes them: that something was taken out
 * does not show in them. Spans name columns. */
static void
write_colspecs(struct grid *grid)
{
	xmlNode *before = first_copy(grid->copy, is_section);
	size_t specified = count_specified(grid);
	size_t place = 0;

	for (size_t c = 0; c < grid->column_count; c++)
		if (grid->columns[c].colspec != NULL &&
		    !grid->columns[c].is_gone)
			xmlUnlinkNode(grid->columns[c].colspec);
	drop_children(grid->copy, "colspec");
	for (size_t c = 0; c < grid->column_count; c++) {
		if (grid->columns[c].is_gone)
			continue;
		place++;
		if (c < specified)
			write_colspec(grid, c, before);
	}
	drop_children(grid->copy, "spanspec");
	for (xmlNode *section = before; section != NULL;
	     section = node_next_element(section))
		drop_children(section, "colspec");
	set_number(grid->copy, "cols", place, SIZE_MAX);
}

/* How many of the columns [first, first + count) stay. */
static size_t
count_staying(const struct grid *grid, size_t first, size_t count)
{
	size_t staying = 0;

	for (size_t c = first; c < first + count; c++)
		staying += c >= grid->column_count || !grid->columns[c].is_gone;
	return staying;
}

/* The col elements of a table of HTML, from column *at; a group of them goes
 * with its last. */
static void
write_cols(const struct grid *grid, xmlNode *parent, size_t *at)
{
	xmlNode *next;

	for (xmlNode *node = node_first_element(parent); node != NULL;
	     node = next) {
		size_t span = read_number(node, "span", 1);
		bool is_group = node_is(node, "colgroup");
		size_t staying;

		next = node_next_element(node);
		if (!is_group && !node_is(node, "col"))
			continue;
		if (is_group && node_child(node, "col") != NULL) {
			write_cols(grid, node, at);
			staying = node_child(node, "col") != NULL ? 1 : 0;
		} else {
			span = span > MOST_COLUMNS ? MOST_COLUMNS : span;
			staying = count_staying(grid, *at, span);
			*at += span;
			set_number(node, "span", staying, 1);
		}
		if (staying == 0) {
			xmlUnlinkNode(node);
			xmlFreeNode(node);
		}
	}
}

/* The author may have called another column so. */
static char *
new_name(const struct grid *grid, size_t place)
{
	char *name = mem_format("c%zu", place + 1);

	while (find_name(grid, name) != SIZE_MAX) {
		char *longer = mem_format("%s.%zu", name, place + 1);

		free(name);
		name = longer;
	}
	return name;
}

static void
name_columns(struct grid *grid)
{
	for (size_t c = 0; c < grid->column_count; c++)
		if (grid->columns[c].name == NULL)
			grid->columns[c].own_name =
			    new_name(grid, grid->columns[c].place);
}

static void
write_grid(struct grid *grid)
{
	size_t at = 0;

	find_shown_rows(grid);
	find_columns(grid);
	name_columns(grid);
	write_cells(grid);
	if (grid->is_html)
		write_cols(grid, grid->copy, &at);
	else
		write_colspecs(grid);
}

/* --- all --- */

/* A table of HTML has rows, or sections, and no tgroup. */
static bool
is_html_table(const xmlNode *node)
{
	if (!node_is(node, "table") && !node_is(node, "informaltable"))
		return false;
	node_each_element(child, node)
		if (is_section(child) || is_row(child))
			return true;
	return false;
}

static bool
shows_rows(const struct grid *grid)
{
	for (size_t i = 0; i < grid->row_count; i++)
		if (grid->rows[i].copy != NULL)
			return true;
	return false;
}

/* A list in columns: a field that is for others stays blank, or those after
 * it would stand under other titles. */
static void
mend_fields(const struct view *view, xmlNode *node, const char *name)
{
	const xmlNode *source = view_source(node);
	xmlNode *copy = node_first_element(node);

	node_each_element(field, source) {
		xmlNode *blank;

		if (match_copy(&copy, field) != NULL || !node_is(field, name) ||
		    view_rank(view, field) > view->handbook->clearance)
			continue;
		blank = xmlNewDocNode(view->doc, view->docbook, BAD_CAST name,
		    NULL);
		if (copy != NULL)
			xmlAddPrevSibling(copy, blank);
		else
			xmlAddChild(node, blank);
	}
}

/* What names a column or a span that is not there. */
static void
forget_names(const struct grid *grid)
{
	static const char *const names[] = { "colname", "namest", "nameend" };

	for (size_t i = 0; i < grid->cell_count; i++) {
		xmlNode *cell = grid->cells[i].copy;
		const char *span =
		    cell ? node_attribute(cell, "spanname") : NULL;

		if (span != NULL && find_span(grid, span) == NULL)
			xmlUnsetProp(cell, BAD_CAST "spanname");
		for (size_t n = 0; cell != NULL && n < 3; n++) {
			const char *name = node_attribute(cell, names[n]);

			if (name != NULL && find_name(grid, name) == SIZE_MAX)
				xmlUnsetProp(cell, BAD_CAST names[n]);
		}
	}
}

/* A table of which nothing readable was taken. More columns than any row has
 * would tell of cells above the clearance. */
static void
mend_whole(const struct grid *grid)
{
	forget_names(grid);
	if (grid->column_count > 0 &&
	    read_number(grid->copy, "cols", 0) > grid->column_count)
		set_number(grid->copy, "cols", grid->column_count, SIZE_MAX);
}

static void
mend_grid(const struct view *view, xmlNode *node, bool is_html)
{
	struct grid grid = { .view = view,
		.source = view_source(node),
		.copy = node,
		.is_html = is_html };

	if (!grid.is_html)
		read_colspecs(&grid);
	read_sections(&grid);
	if (grid.is_touched && shows_rows(&grid) &&
	    grid.column_count <= MOST_PLACES / grid.row_count)
		write_grid(&grid);
	else if (!grid.is_html)
		mend_whole(&grid);
	for (size_t c = 0; c < grid.column_count; c++)
		free(grid.columns[c].own_name);
	free(grid.cells);
	free(grid.rows);
	free(grid.columns);
}

void
table_mend(const struct view *view, xmlNode *node)
{
	bool is_html = is_html_table(node);

	if (view_source(node) == NULL)
		return;
	if (node_is(node, "segmentedlist"))
		mend_fields(view, node, "segtitle");
	else if (node_is(node, "seglistitem"))
		mend_fields(view, node, "seg");
	else if (is_html || node_is(node, "tgroup") ||
	    node_is(node, "entrytbl"))
		mend_grid(view, node, is_html);
}
