#include "svg.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/alloc.h"
#include "base/buf.h"
#include "base/list.h"
#include "base/text.h"
#include "model/ui.h"

/* --- elements --- */

static xmlNode *
add(const struct svg *drawing, const char *name)
{
	xmlNode *node =
	    xmlNewDocNode(drawing->svg->doc, NULL, BAD_CAST name, NULL);

	xmlAddChild(drawing->svg, node);
	return node;
}

static void
set_number(xmlNode *node, const char *name, int value)
{
	char digits[16];

	snprintf(digits, sizeof(digits), "%d", value);
	xmlNewProp(node, BAD_CAST name, BAD_CAST digits);
}

static void
set_stroke(xmlNode *node, enum svg_stroke stroke)
{
	xmlNewProp(node, BAD_CAST "fill", BAD_CAST "none");
	xmlNewProp(node, BAD_CAST "stroke", BAD_CAST "currentColor");
	set_number(node, "stroke-width", stroke == SVG_THICK ? 3 : 1);
	if (stroke == SVG_DASHED)
		xmlNewProp(node, BAD_CAST "stroke-dasharray", BAD_CAST "5 3");
}

struct svg
svg_begin(const struct view *view, xmlNode *owner, const char *kind)
{
	xmlNode *picture = view_add(view, owner, "picture");
	const xmlNode *title = node_title(owner);
	owned char *words = title != NULL ? node_text_dup(title) : mem_dup("");
	owned char *label = mem_format("%s%s%s", ui_word(view->lang, kind),
	    title != NULL ? ": " : "", words);
	struct svg drawing;

	view_set(picture, "kind", kind);
	drawing.svg = xmlNewDocNode(view->doc, NULL, BAD_CAST "svg", NULL);
	xmlAddChild(picture, drawing.svg);
	view_set(drawing.svg, "role", "img");
	view_set(drawing.svg, "aria-label", label);
	return drawing;
}

void
svg_end(const struct svg *drawing, int width, int height)
{
	char box[64];

	snprintf(box, sizeof(box), "0 0 %d %d", width, height);
	view_set(drawing->svg, "viewBox", box);
	set_number(drawing->svg, "width", width);
	set_number(drawing->svg, "height", height);
	set_number(drawing->svg, "font-size", SVG_FONT);
	view_set(drawing->svg, "font-family", "sans-serif");
}

void
svg_cuts(const struct svg *drawing, int head, int column, const int *rows,
    size_t count)
{
	scoped(buf_clear) struct buf cuts = { 0 };

	buf_add_format(&cuts, "%d %d", head, column);
	for (size_t i = 0; i < count; i++)
		buf_add_format(&cuts, " %d", rows[i]);
	view_set(drawing->svg->parent, "cuts", buf_text(&cuts));
}

static void
set_box(xmlNode *node, int x, int y, int width, int height)
{
	set_number(node, "x", x);
	set_number(node, "y", y);
	set_number(node, "width", width);
	set_number(node, "height", height);
}

void
svg_rect(const struct svg *drawing, int x, int y, int width, int height,
    int radius, enum svg_stroke stroke)
{
	xmlNode *node = add(drawing, "rect");

	set_box(node, x, y, width, height);
	if (radius > 0)
		set_number(node, "rx", radius);
	set_stroke(node, stroke);
}

void
svg_ground(const struct svg *drawing, int x, int y, int width, int height)
{
	xmlNode *node = add(drawing, "rect");

	set_box(node, x, y, width, height);
	view_set(node, "fill", "currentColor");
	view_set(node, "fill-opacity", "0.06");
}

void
svg_circle(const struct svg *drawing, int x, int y, int radius, bool filled)
{
	xmlNode *node = add(drawing, "circle");

	set_number(node, "cx", x);
	set_number(node, "cy", y);
	set_number(node, "r", radius);
	if (filled)
		view_set(node, "fill", "currentColor");
	else
		set_stroke(node, SVG_THIN);
}

/* A path through the points; false asks for an open one. */
static xmlNode *
add_path(const struct svg *drawing, const int *points, size_t count,
    bool closed)
{
	xmlNode *node = add(drawing, "path");
	scoped(buf_clear) struct buf path = { 0 };

	for (size_t i = 0; i < count; i++)
		buf_add_format(&path, "%c%d %d", i == 0 ? 'M' : 'L',
		    points[2 * i], points[2 * i + 1]);
	if (closed)
		buf_add_char(&path, 'Z');
	view_set(node, "d", buf_text(&path));
	return node;
}

void
svg_hexagon(const struct svg *drawing, int x, int y, int width, int height,
    enum svg_stroke stroke)
{
	const int tip = SVG_TIP;
	const int points[] = { x, y + height / 2, x + tip, y, x + width - tip,
		y, x + width, y + height / 2, x + width - tip, y + height,
		x + tip, y + height };

	set_stroke(add_path(drawing, points, 6, true), stroke);
}

void
svg_line(const struct svg *drawing, const int *points, size_t count,
    enum svg_stroke stroke)
{
	set_stroke(add_path(drawing, points, count, false), stroke);
}

static int
sign(int value)
{
	return (value > 0) - (value < 0);
}

/* Lines run along the axes only: the arrow points where the last one goes. */
void
svg_arrow(const struct svg *drawing, const int *points, size_t count,
    enum svg_stroke stroke)
{
	const int x = points[2 * count - 2];
	const int y = points[2 * count - 1];
	const int dx = sign(x - points[2 * count - 4]);
	const int dy = sign(y - points[2 * count - 3]);
	const int size = stroke == SVG_THICK ? 10 : 7;
	const int half = size / 2 + 1;
	const int head[] = { x, y, x - size * dx - half * dy,
		y - size * dy - half * dx, x - size * dx + half * dy,
		y - size * dy + half * dx };
	owned int *shaft = mem_array(2 * count, sizeof(*shaft));

	/* A thick line would show beside the point of its arrow. */
	memcpy(shaft, points, 2 * count * sizeof(*shaft));
	shaft[2 * count - 2] -= (size - 1) * dx;
	shaft[2 * count - 1] -= (size - 1) * dy;
	svg_line(drawing, shaft, count, stroke);
	view_set(add_path(drawing, head, 3, true), "fill", "currentColor");
}

static xmlNode *
add_text(const struct svg *drawing, int x, int y, const char *words,
    bool centred, bool bold)
{
	xmlNode *node = add(drawing, "text");

	set_number(node, "x", x);
	set_number(node, "y", y);
	view_set(node, "fill", "currentColor");
	if (centred)
		view_set(node, "text-anchor", "middle");
	if (bold)
		view_set(node, "font-weight", "bold");
	xmlNodeAddContent(node, BAD_CAST words);
	return node;
}

void
svg_write(const struct svg *drawing, int x, int y, const struct svg_text *text,
    bool centred, bool bold)
{
	for (size_t i = 0; i < text->count; i++)
		add_text(drawing, x, y + (int)i * SVG_LINE + SVG_FONT,
		    text->lines[i], centred, bold);
}

void
svg_write_up(const struct svg *drawing, int x, int y,
    const struct svg_text *text, bool bold)
{
	for (size_t i = 0; i < text->count; i++) {
		int right = x + (int)i * SVG_LINE + SVG_FONT;
		owned char *turn = mem_format("rotate(-90 %d %d)", right, y);

		view_set(
		    add_text(drawing, right, y, text->lines[i], false, bold),
		    "transform", turn);
	}
}

/* --- lines of text --- */

/* Advance widths of DejaVu Sans, in hundredths of the size, from U+0020. */
static const unsigned char widths[] = {
	32,
	40,
	46,
	84,
	64,
	95,
	78,
	27,
	39,
	39,
	50,
	84,
	32,
	36,
	32,
	34,
	64,
	64,
	64,
	64,
	64,
	64,
	64,
	64,
	64,
	64,
	34,
	34,
	84,
	84,
	84,
	53,
	100,
	68,
	69,
	70,
	77,
	63,
	58,
	77,
	75,
	29,
	29,
	66,
	56,
	86,
	75,
	79,
	60,
	79,
	69,
	63,
	61,
	73,
	68,
	99,
	69,
	61,
	69,
	39,
	34,
	39,
	84,
	50,
	50,
	61,
	63,
	55,
	63,
	62,
	35,
	63,
	63,
	28,
	28,
	58,
	28,
	97,
	63,
	61,
	63,
	63,
	41,
	52,
	39,
	63,
	59,
	82,
	59,
	59,
	52,
	64,
	34,
	64,
	84,
};

/* The width of a character in hundredths of the font's size. */
static int
character_width(uint32_t c)
{
	char base = text_base_letter(c);

	if (c >= ' ' && c - ' ' < sizeof(widths))
		return widths[c - ' '];
	if (base != '\0')
		return widths[base - ' '] + 8; /* capitals are wider */
	return text_cells(c) * 100;
}

static int
measure(const char *word, size_t len)
{
	int width = 0;

	for (size_t i = 0; i < len;) {
		uint32_t c;

		i += text_decode(word + i, len - i, &c);
		width += character_width(c);
	}
	return width * SVG_FONT / 100 + 1;
}

/* How much of a word fits; at least one character. */
static size_t
fitting(const char *word, size_t len, int width)
{
	size_t end = 0;

	while (end < len) {
		uint32_t c;
		size_t next = end + text_decode(word + end, len - end, &c);

		if (end > 0 && measure(word, next) > width)
			return end;
		end = next;
	}
	return end;
}

static void
add_line(struct svg_text *text, struct buf *line)
{
	if (line->size == 0)
		return;
	*list_add(text->lines, text->count, text->capacity) = buf_take(line);
}

void
svg_wrap(struct svg_text *text, const char *words, int width)
{
	scoped(buf_clear) struct buf line = { 0 };

	while (*words != '\0') {
		size_t len = strcspn(words, " ");
		int needed = measure(words, len);

		if (line.size > 0 &&
		    measure(line.data, line.size) + needed + 5 > width)
			add_line(text, &line);
		if (needed > width)
			len = fitting(words, len, width);
		if (line.size > 0)
			buf_add_char(&line, ' ');
		buf_add(&line, words, len);
		words += len;
		if (*words != ' ' && *words != '\0')
			add_line(text, &line);
		words += strspn(words, " ");
	}
	add_line(text, &line);
}

int
svg_text_width(const struct svg_text *text)
{
	int width = 0;

	for (size_t i = 0; i < text->count; i++) {
		int line = measure(text->lines[i], strlen(text->lines[i]));

		width = line > width ? line : width;
	}
	return width;
}

void
svg_text_clear(struct svg_text *text)
{
	for (size_t i = 0; i < text->count; i++)
		free(text->lines[i]);
	free(text->lines);
	memset(text, 0, sizeof(*text));
}
