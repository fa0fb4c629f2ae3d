/*
 * Puts the cells of CALS tables each into its column: by colname, namest and
 * nameend, spanname, and by what reaches down from above.
 * Invariant: a cell stands under the column that it names; the places that a
 * row leaves out before it are blank cells, so every format may count.
 * Source: OASIS Exchange Table Model (TR 9503:1995).
 */
#include "link.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/alloc.h"
#include "base/text.h"
#include "base/list.h"

enum { MOST_COLUMNS = 1000 }; /* HTML's own limit of colspan */

struct column {
	const char *name; /* lent; NULL without one */
	const xmlNode *spec;
	size_t taken_until; /* the row to which cells above reach */
};

struct frame {
	const struct view *view;
	xmlNode *group; /* tgroup or entrytbl */
	struct column *columns;
	size_t count;
	size_t capacity;
};

/* Where a cell stands, and what it takes its look from. */
struct span {
	size_t first; /* SIZE_MAX: where there is room */
	size_t width;
	const xmlNode *spec; /* spanspec; NULL without one */
};

static struct column *
get_column(struct frame *frame, size_t at)
{
	while (frame->count <= at) {
		*list_add(frame->columns, frame->count, frame->capacity) =
		    (struct column){ 0 };
	}
	return &frame->columns[at];
}

static size_t
read_number(const xmlNode *node, const char *name, size_t instead)
{
	const char *text = node_attribute(node, name);
	long number = text == NULL ? -1 : strtol(text, NULL, 10);

	return number < 0 || number > MOST_COLUMNS * 100 ? instead
							 : (size_t)number;
}

/* The colspecs of a tgroup, or of a head or foot that has its own. */
static void
read_colspecs(struct frame *frame, const xmlNode *parent)
{
	size_t at = 0;

	node_each_element(child, parent) {
		struct column *column;

		if (!node_is(child, "colspec"))
			continue;
		at = read_number(child, "colnum", at + 1);
		if (at == 0 || at > MOST_COLUMNS)
			continue;
		column = get_column(frame, at - 1);
		column->name = node_attribute(child, "colname");
		column->spec = child;
	}
}

static size_t
find_name(const struct frame *frame, const char *name)
{
	for (size_t i = 0; name != NULL && i < frame->count; i++)
		if (frame->columns[i].name != NULL &&
		    strcmp(frame->columns[i].name, name) == 0)
			return i;
	return SIZE_MAX;
}

static const xmlNode *
find_spanspec(const struct frame *frame, const char *name)
{
	for (const xmlNode *child = node_first_element(frame->group);
	     name != NULL && child != NULL; child = node_next_element(child)) {
		const char *own = node_is(child, "spanspec")
		    ? node_attribute(child, "spanname")
		    : NULL;

		if (own != NULL && strcmp(own, name) == 0)
			return child;
	}
	return NULL;
}

static struct span
read_span(const struct frame *frame, const xmlNode *cell)
{
	struct span span = { .width = 1,
		.spec =
		    find_spanspec(frame, node_attribute(cell, "spanname")) };
	const xmlNode *names = span.spec != NULL ? span.spec : cell;
	size_t last = find_name(frame, node_attribute(names, "nameend"));

	span.first = find_name(frame, node_attribute(names, "namest"));
	if (span.first == SIZE_MAX)
		span.first = find_name(frame, node_attribute(cell, "colname"));
	else if (last != SIZE_MAX && last > span.first)
		span.width = last - span.first + 1;
	return span;
}

/* A cell looks as the nearest says: itself, its span or column, its row, its
 * section, its group. */
static void
inherit(const struct frame *frame, xmlNode *cell, const struct span *span,
    const char *name)
{
	const xmlNode *row = cell->parent;
	const xmlNode *from[] = { cell, span->spec,
		frame->columns[span->first].spec, row, row->parent,
		frame->group };
	const char *value = NULL;

	for (size_t i = 0; value == NULL && i < COUNT(from); i++)
		if (from[i] != NULL)
			value = node_attribute(from[i], name);
	if (value != NULL)
		view_set_vade(frame->view, cell, name, value);
}

static void
add_blank(const struct frame *frame, xmlNode *before)
{
	xmlAddPrevSibling(before,
	    xmlNewDocNode(frame->view->doc, frame->view->docbook,
		BAD_CAST "entry", NULL));
}

/* Places one cell of row `at`; *cursor is the column that is looked at. */
static void
place_cell(struct frame *frame, size_t at, xmlNode *cell, size_t *cursor)
{
	struct span span = read_span(frame, cell);
	size_t free = *cursor;
	char columns[24];

	while (get_column(frame, free)->taken_until > at)
		free++;
	/* One that names a place before it stands where there is room. */
	if (span.first == SIZE_MAX || span.first < free)
		span.first = free;
	for (; free < span.first; free++)
		if (frame->columns[free].taken_until <= at)
			add_blank(frame, cell);
	*cursor = span.first + span.width;
	for (size_t c = span.first; c < *cursor; c++)
		get_column(frame, c)->taken_until =
		    at + read_number(cell, "morerows", 0) + 1;
	snprintf(columns, sizeof(columns), "%zu", span.width);
	if (span.width > 1)
		view_set_vade(frame->view, cell, "columns", columns);
	inherit(frame, cell, &span, "align");
	inherit(frame, cell, &span, "valign");
}

static void
place_row(struct frame *frame, size_t at, xmlNode *row)
{
	size_t cursor = 0;

	for (xmlNode *cell = node_first_element(row);
	     cell != NULL && cursor < MOST_COLUMNS;
	     cell = node_next_element(cell))
		if (node_is(cell, "entry") || node_is(cell, "entrytbl"))
			place_cell(frame, at, cell, &cursor);
}

/* What reaches down ends with its section. */
static void
place_section(struct frame *frame, xmlNode *section)
{
	size_t at = 0;

	for (size_t i = 0; i < frame->count; i++)
		frame->columns[i].taken_until = 0;
	node_each_element(row, section)
		if (node_is(row, "row"))
			place_row(frame, at++, row);
}

/* --- widths --- */

/* "2.5*" in hundredths: 250; 0 if it is no share. */
static unsigned
read_share(const char *width)
{
	char *end;
	double share = strtod(width, &end);

	if (*end != '*' || end[1] != '\0')
		return 0;
	if (end == width)
		return 100;
	return share > 0 && share < 10000 ? (unsigned)(share * 100) : 0;
}

/* A length that CSS knows too, or a share in per cent. */
static bool
is_length(const char *width)
{
	size_t digits = strspn(width, "0123456789.");

	return digits > 0 &&
	    text_is_one_of(width + digits, "% cm mm in pt pc px em");
}

/* Shares are told in per cent of their sum, which is 0 if there are none. */
static void
set_width(const struct view *view, xmlNode *spec, unsigned sum)
{
	const char *width = node_attribute(spec, "colwidth");
	unsigned share = width != NULL ? read_share(width) : 0;
	owned char *text = NULL;

	if (share > 0 && sum > 0)
		text = mem_format("%u.%02u%%", share * 100 / sum,
		    share * 100 % sum * 100 / sum);
	else if (width != NULL && is_length(width))
		text = mem_dup(width);
	if (text != NULL)
		view_set_vade(view, spec, "width", text);
}

/* Shares mean something only where every column has one. */
static void
set_widths(const struct view *view, xmlNode *group)
{
	unsigned sum = 0;
	bool is_shared = true;

	node_each_element(spec, group)
		if (node_is(spec, "colspec")) {
			const char *width = node_attribute(spec, "colwidth");
			unsigned share = width != NULL ? read_share(width) : 0;

			is_shared = is_shared && share > 0;
			sum += share;
		}
	node_each_element(spec, group)
		if (node_is(spec, "colspec"))
			set_width(view, spec, is_shared ? sum : 0);
}

/* --- all --- */

static void
place_group(const struct view *view, xmlNode *group)
{
	struct frame frame = { .view = view, .group = group };

	read_colspecs(&frame, group);
	set_widths(view, group);
	node_each_element(section, group) {
		bool is_edge =
		    node_is(section, "thead") || node_is(section, "tfoot");

		if (is_edge && node_child(section, "colspec") != NULL) {
			struct frame own = { .view = view, .group = group };

			read_colspecs(&own, section);
			place_section(&own, section);
			free(own.columns);
		} else if (is_edge || node_is(section, "tbody")) {
			place_section(&frame, section);
		}
	}
	free(frame.columns);
}

void
cell_columns_place(struct view *view)
{
	node_each(node, view->root)
		if (node_is(node, "tgroup") || node_is(node, "entrytbl"))
			place_group(view, node);
}
