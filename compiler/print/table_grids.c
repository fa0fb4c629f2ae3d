/*
 * Tables on their way to print: full grids, with widths of columns.
 */
#include "document.h"

#include <stdlib.h>
#include <string.h>

#include "base/list.h"
#include "base/buf.h"

enum {
	MOST_COLUMNS = 64,
	WORD_LIMIT = 18,  /* a longer word breaks */
	TEXT_LIMIT = 160, /* a cell of this length is as long as any */
	TEXT_SHARE = 10,  /* characters of text that weigh as one of a word */
};

struct grid {
	size_t columns;
	unsigned open[MOST_COLUMNS]; /* rows that a cell above still covers */
	unsigned words[MOST_COLUMNS];
	unsigned texts[MOST_COLUMNS];
	unsigned widths[MOST_COLUMNS]; /* as the author says; 0: nothing */
	bool is_share[MOST_COLUMNS];   /* of the whole; else millimetres */
};

static bool
is_cell(const xmlNode *node)
{
	return print_is(node, "td") || print_is(node, "th");
}

static unsigned
span_of(const xmlNode *cell, const char *name)
{
	const char *text = print_get(cell, name);
	unsigned long span = text == NULL ? 1 : strtoul(text, NULL, 10);

	return span < 1 ? 1 : span > 1000 ? 1000 : (unsigned)span;
}

static void
set_span(xmlNode *cell, const char *name, unsigned span)
{
	char *text = mem_format("%u", span);

	xmlUnsetProp(cell, BAD_CAST name);
	if (span > 1)
		xmlNewProp(cell, BAD_CAST name, BAD_CAST text);
	free(text);
}

static xmlNode *
next_named(xmlNode *node, const char *name)
{
	while (node != NULL && !print_is(node, name))
		node = node->next;
	return node;
}

static unsigned
rows_left(xmlNode *row)
{
	unsigned count = 0;

	for (; row != NULL; row = next_named(row->next, "tr"))
		count++;
	return count;
}

/* --- how many columns --- */

static size_t
row_columns(struct grid *grid, xmlNode *row)
{
	size_t column = 0;
	size_t last = 0;

	for (xmlNode *cell = row->children; cell != NULL; cell = cell->next) {
		unsigned span;
		unsigned rows;

		if (!is_cell(cell))
			continue;
		while (column < MOST_COLUMNS && grid->open[column] > 0)
			column++;
		span = span_of(cell, "colspan");
		rows = span_of(cell, "rowspan");
		for (; span > 0 && column < MOST_COLUMNS; span--, column++)
			grid->open[column] = rows;
		last = column;
	}
	for (size_t i = 0; i < MOST_COLUMNS; i++) {
		if (grid->open[i] > 0 && i >= last)
			last = i + 1;
		grid->open[i] -= grid->open[i] > 0;
	}
	return last;
}

static bool
is_section(const xmlNode *node)
{
	return print_is(node, "thead") || print_is(node, "tbody") ||
	    print_is(node, "tfoot");
}

static size_t
count_columns(struct grid *grid, xmlNode *table)
{
	size_t most = 0;

	for (xmlNode *part = table->children; part != NULL; part = part->next) {
		if (!is_section(part))
			continue;
		memset(grid->open, 0, sizeof(grid->open));
		for (xmlNode *row = next_named(part->children, "tr");
		     row != NULL; row = next_named(row->next, "tr")) {
			size_t columns = row_columns(grid, row);

			most = columns > most ? columns : most;
		}
	}
	memset(grid->open, 0, sizeof(grid->open));
	return most;
}

/* --- the cells --- */

static void
weigh(struct grid *grid, const xmlNode *cell, size_t column)
{
	unsigned word = 0;
	unsigned text = 0;

	for (const xmlNode *node = cell; node != NULL;
	     node = print_walk(node, cell)) {
		if (node->type != XML_TEXT_NODE)
			continue;
		for (const char *c = (const char *)node->content; *c; c++) {
			if (((unsigned char)*c & 0xc0) == 0x80)
				continue;
			word = strchr(" \t\r\n", *c) != NULL ? 0 : word + 1;
			text++;
			if (word > grid->words[column] && word <= WORD_LIMIT)
				grid->words[column] = word;
		}
	}
	text = text > TEXT_LIMIT ? TEXT_LIMIT : text;
	if (text > grid->texts[column])
		grid->texts[column] = text;
}

static void
fill_column(struct grid *grid, xmlNode *row, size_t column)
{
	xmlNode *cell = xmlNewDocNode(row->doc, NULL, BAD_CAST "td", NULL);

	grid->open[column] = 1;
	xmlAddChild(row, cell);
}

/* A span ends where another cell, the row or the part of the table does. */
static unsigned
place_cell(struct grid *grid, xmlNode *cell, size_t column, unsigned rows)
{
	unsigned want = span_of(cell, "colspan");
	unsigned down = span_of(cell, "rowspan");
	unsigned across = 0;

	down = down > rows ? rows : down;
	while (across < want && column + across < grid->columns &&
	    grid->open[column + across] == 0)
		grid->open[column + across++] = down;
	set_span(cell, "colspan", across);
	set_span(cell, "rowspan", down);
	if (across == 1)
		weigh(grid, cell, column);
	return across;
}

static void
fill_row(struct grid *grid, xmlNode *row)
{
	unsigned rows = rows_left(row);
	size_t column = 0;
	xmlNode *next;

	for (xmlNode *cell = row->children; cell != NULL; cell = next) {
		next = cell->next;
		while (column < grid->columns && grid->open[column] > 0)
			column++;
		if (!is_cell(cell) || column >= grid->columns) {
			xmlUnlinkNode(cell);
			xmlFreeNode(cell);
			continue;
		}
		column += place_cell(grid, cell, column, rows);
	}
	for (column = 0; column < grid->columns; column++)
		if (grid->open[column] == 0)
			fill_column(grid, row, column);
	for (column = 0; column < grid->columns; column++)
		grid->open[column]--;
}

/* --- widths --- */

/* A share of the whole, or millimetres: 0 if it is neither. */
static unsigned
read_width(const char *style, bool *is_share)
{
	static const struct {
		const char *unit;
		double value;
	} units[] = { { "%", 1 }, { "mm", 1 }, { "cm", 10 }, { "in", 25.4 },
		{ "pt", 0.353 }, { "pc", 4.23 }, { "px", 0.265 },
		{ "em", 3.5 } };
	char *unit;
	double width = strtod(style + strlen("width:"), &unit);

	*is_share = *unit == '%';
	for (size_t i = 0; i < COUNT(units); i++)
		if (strcmp(unit, units[i].unit) == 0 && width < 10000)
			return (unsigned)(width * units[i].value + 0.5);
	return 0;
}

/* Shares and lengths together mean nothing on a page. */
static void
read_widths(struct grid *grid, const xmlNode *node)
{
	size_t column = 0;

	for (; node != NULL; node = node->next) {
		const char *style = print_get(node, "style");

		if (!print_is(node, "col") || column >= MOST_COLUMNS)
			break;
		if (style != NULL && strncmp(style, "width:", 6) == 0)
			grid->widths[column] =
			    read_width(style, &grid->is_share[column]);
		column++;
	}
}

static void
tell_widths(const struct grid *grid, xmlNode *table)
{
	struct buf text = { 0 };
	bool all = true;

	for (size_t i = 0; i < grid->columns; i++)
		all &= grid->widths[i] > 0 &&
		    grid->is_share[i] == grid->is_share[0];
	for (size_t i = 0; i < grid->columns; i++)
		buf_add_format(&text, "%s%u", i > 0 ? " " : "",
		    all ? grid->widths[i]
			: 3 + grid->words[i] * 5 / 4 +
			    grid->texts[i] / TEXT_SHARE);
	xmlNewProp(table, BAD_CAST "widths", BAD_CAST buf_text(&text));
	buf_clear(&text);
}

static void
complete_table(xmlNode *table)
{
	struct grid grid = { 0 };

	grid.columns = count_columns(&grid, table);
	for (xmlNode *part = table->children; part != NULL; part = part->next) {
		if (print_is(part, "colgroup"))
			read_widths(&grid, part->children);
		if (print_is(part, "col") &&
		    (part->prev == NULL || !print_is(part->prev, "col")))
			read_widths(&grid, part);
	}
	for (xmlNode *part = table->children; part != NULL; part = part->next) {
		if (!is_section(part))
			continue;
		memset(grid.open, 0, sizeof(grid.open));
		for (xmlNode *row = next_named(part->children, "tr");
		     row != NULL; row = next_named(row->next, "tr"))
			fill_row(&grid, row);
	}
	tell_widths(&grid, table);
}

void
print_tables(xmlNode *root)
{
	for (xmlNode *node = root; node != NULL; node = print_walk(node, root))
		if (print_is(node, "table"))
			complete_table(node);
}
