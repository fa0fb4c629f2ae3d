/*
 * Drawings that are too large for a sheet of paper. A drawing that says where
 * it may be cut (compose/svg.h) becomes as few pieces as can be read, each
 * under the same heads; what no upright sheet is wide enough for lies on its
 * side, and what no sheet is wide enough for is cut between columns too.
 */
#include "document.h"

#include <stdlib.h>
#include <string.h>

#include "base/list.h"
#include "compose/svg.h"

/*
 * What fits a sheet in units of the drawing, of which one is 3/4 of a point at
 * full size, when its words (SVG_FONT) are as small as they may be: 6.5
 * points, two thirds of full size. The rooms are those of typ/book.typ.
 */
struct room {
	int width;
	int height;
};

static const struct room upright = { 918, 1140 };
static const struct room sideways = { 1514, 825 };

/* Where a drawing may be cut. */
struct cuts {
	int head;   /* the height of what is repeated */
	int column; /* the width of a column */
	int width;  /* of the whole */
	int height;
	int *rows; /* from top to bottom; owned */
	size_t count;
};

/* A part of a drawing, from its left top to its right bottom. */
struct window {
	int left;
	int top;
	int right;
	int bottom;
};

static int
number_of(const xmlNode *node, const char *name)
{
	const char *value = print_get(node, name);

	return value == NULL ? 0 : (int)strtol(value, NULL, 10);
}

/* --- where the shapes are --- */

static struct window
rect_window(const xmlNode *node)
{
	int left = number_of(node, "x");
	int top = number_of(node, "y");

	return (struct window){ left, top, left + number_of(node, "width"),
		top + number_of(node, "height") };
}

static struct window
circle_window(const xmlNode *node)
{
	int x = number_of(node, "cx");
	int y = number_of(node, "cy");
	int r = number_of(node, "r");

	return (struct window){ x - r, y - r, x + r, y + r };
}

/* A line of text stands where its middle or its beginning is. */
static struct window
text_window(const xmlNode *node)
{
	int x = number_of(node, "x");
	int y = number_of(node, "y");

	return (struct window){ x, y - SVG_FONT, x, y };
}

/* Points only, as svg.c writes them: "M1 2L3 4Z". */
static struct window
path_window(const xmlNode *node)
{
	const char *at = print_get(node, "d");
	struct window window = { 0 };
	bool is_first = true;

	while (at != NULL && (at = strpbrk(at, "ML")) != NULL) {
		char *end;
		int x = (int)strtol(at + 1, &end, 10);
		int y = (int)strtol(end, &end, 10);

		if (is_first)
			window = (struct window){ x, y, x, y };
		is_first = false;
		window.left = x < window.left ? x : window.left;
		window.right = x > window.right ? x : window.right;
		window.top = y < window.top ? y : window.top;
		window.bottom = y > window.bottom ? y : window.bottom;
		at = end;
	}
	return window;
}

static const struct {
	const char *name;
	struct window (*window)(const xmlNode *);
} shapes[] = {
	{ "rect", rect_window },
	{ "circle", circle_window },
	{ "path", path_window },
	{ "text", text_window },
};

static bool
shows(const struct window *window, const xmlNode *shape)
{
	for (size_t i = 0; i < COUNT(shapes); i++)
		if (print_is(shape, shapes[i].name)) {
			struct window it = shapes[i].window(shape);

			return it.right >= window->left &&
			    it.left < window->right &&
			    it.bottom >= window->top && it.top < window->bottom;
		}
	return false;
}

/* --- pieces --- */

static struct cuts
read_cuts(const xmlNode *drawn, const xmlNode *svg)
{
	const char *at = print_get(drawn, "cuts");
	struct cuts cuts = { .width = number_of(svg, "width"),
		.height = number_of(svg, "height") };
	size_t capacity = 0;
	char *end;

	cuts.head = (int)strtol(at, &end, 10);
	cuts.column = (int)strtol(end, &end, 10);
	while (*end != '\0') {
		*list_add(cuts.rows, cuts.count, capacity) =
		    (int)strtol(end, &end, 10);
	}
	return cuts;
}

/* A part of a drawing, at y of the piece; the frame cuts what sticks out. */
static void
add_part(xmlNode *piece, const xmlNode *svg, const struct window *window, int y)
{
	int width = window->right - window->left;
	int height = window->bottom - window->top;
	xmlNode *part = xmlNewChild(piece, NULL, BAD_CAST "svg", NULL);
	char *box =
	    mem_format("%d %d %d %d", window->left, window->top, width, height);

	print_set_number(part, "y", y);
	print_set_number(part, "width", width);
	print_set_number(part, "height", height);
	xmlNewProp(part, BAD_CAST "viewBox", BAD_CAST box);
	free(box);
	for (xmlNode *shape = svg->children; shape != NULL; shape = shape->next)
		if (shape->type == XML_ELEMENT_NODE && shows(window, shape))
			xmlAddChild(part, xmlDocCopyNode(shape, svg->doc, 1));
}

static void
add_piece(xmlNode *svg, const struct cuts *cuts, const struct window *window)
{
	xmlNode *piece = xmlDocCopyNode(svg, svg->doc, 2);
	int head = window->top == 0 ? 0 : cuts->head;
	/* With the rule below them. */
	const struct window heads = { window->left, 0, window->right,
		head + 1 };
	int width = window->right - window->left;
	int height = head + window->bottom - window->top;
	char *box = mem_format("0 0 %d %d", width, height);

	print_set_number(piece, "width", width);
	print_set_number(piece, "height", height);
	xmlSetProp(piece, BAD_CAST "viewBox", BAD_CAST box);
	free(box);
	if (head > 0)
		add_part(piece, svg, &heads, 0);
	add_part(piece, svg, window, head);
	xmlAddPrevSibling(svg, piece);
}

/*
 * Where the piece that begins at top ends. Those to come share what is left
 * alike, so it is the first cut past its share, or the last one that fits; a
 * row that is higher than the room is a piece of its own.
 */
static int
end_of_piece(const struct cuts *cuts, int top, int room)
{
	int left = cuts->height - top;
	int pieces = (left + room - 1) / room;
	int best = 0;

	if (pieces <= 1)
		return cuts->height;
	for (size_t i = 0; i < cuts->count; i++) {
		if (cuts->rows[i] <= top)
			continue;
		if (best > 0 && cuts->rows[i] > top + room)
			break;
		best = cuts->rows[i];
		if (best >= top + left / pieces)
			break;
	}
	return best > 0 ? best : cuts->height;
}

static void
cut_column(xmlNode *svg, const struct cuts *cuts, struct window window,
    int room)
{
	for (int top = 0; top < cuts->height; top = window.bottom) {
		window.top = top;
		window.bottom = end_of_piece(cuts, top,
		    top == 0 ? room : room - cuts->head);
		add_piece(svg, cuts, &window);
	}
}

static void
cut(xmlNode *drawn, xmlNode *svg)
{
	struct cuts cuts = read_cuts(drawn, svg);
	bool is_wide = cuts.width > upright.width;
	struct room room = is_wide ? sideways : upright;
	int step = cuts.width <= room.width || cuts.column <= 0 ||
		cuts.column > room.width
	    ? cuts.width
	    : room.width / cuts.column * cuts.column;

	if (is_wide)
		xmlNewProp(drawn, BAD_CAST "sideways", BAD_CAST "yes");
	for (int left = 0; left < cuts.width; left += step) {
		int right = left + step < cuts.width ? left + step : cuts.width;

		/* No column begins in what is left over. */
		if (left > 0 && right - left < cuts.column)
			break;
		cut_column(svg, &cuts,
		    (struct window){ .left = left, .right = right },
		    room.height);
	}
	xmlUnlinkNode(svg);
	xmlFreeNode(svg);
	free(cuts.rows);
}

/* "…: Title (2 / 3)": what each of several says to those who do not see it. */
static void
count_pieces(xmlNode *drawn)
{
	size_t count = xmlChildElementCount(drawn);
	size_t number = 0;

	for (xmlNode *svg = drawn->children; count > 1 && svg != NULL;
	     svg = svg->next) {
		const char *label = print_get(svg, "aria-label");
		char *text;

		if (!print_is(svg, "svg") || label == NULL)
			continue;
		text = mem_format("%s (%zu / %zu)", label, ++number, count);
		xmlSetProp(svg, BAD_CAST "aria-label", BAD_CAST text);
		free(text);
	}
}

void
print_drawing(xmlNode *drawn)
{
	for (xmlNode *svg = drawn->children; svg != NULL; svg = svg->next)
		if (print_is(svg, "svg")) {
			if (print_get(drawn, "cuts") != NULL)
				cut(drawn, svg);
			break;
		}
	count_pieces(drawn);
}
