/*
 * Drawings in SVG whose text stays text. Used by swimlane, chapter_stage_chart
 * and role_matrix.
 * Invariant: whole numbers and the current colour only, so that a drawing is
 * the same on every machine, and readable in the dark and on black-and-white
 * paper. No ids, no references: several drawings may stand in one page.
 */
#ifndef VADE_COMPOSE_SVG_H
#define VADE_COMPOSE_SVG_H

#include "project/view.h"

/* Sizes in user units, of which one is a CSS pixel at full size. */
enum {
	SVG_FONT = 13,
	SVG_LINE = 17, /* from one line of text to the next */
	SVG_TIP = 10,  /* of a hexagon, at either side */
};

enum svg_stroke {
	SVG_THIN,
	SVG_THICK,
	SVG_DASHED,
};

/* In no namespace, as in HTML, so that a stylesheet need but copy it. */
struct svg {
	xmlNode *svg;
};

/* Text broken into lines. */
struct svg_text {
	char **lines; /* owned */
	size_t count;
	size_t capacity;
};

/*
 * Begins a drawing in a new v:picture of this kind, the last child of owner,
 * which is of the view. The kind is a word of ui.def; with the owner's title, if
 * it has one, it says what is shown to those who do not see it.
 */
struct svg svg_begin(const struct view *view, xmlNode *owner, const char *kind);
/* Sets its size, once it is known. */
void svg_end(const struct svg *drawing, int width, int height);
/*
 * Says where a drawing may be cut that is too large for a sheet of paper, as
 * cuts="HEAD COLUMN Y…" of the v:picture: the height of the heads, which every
 * piece repeats, the width of a column, and the heights between its rows.
 */
void svg_cuts(const struct svg *drawing, int head, int column, const int *rows,
    size_t count);

void svg_rect(const struct svg *drawing, int x, int y, int width, int height,
    int radius, enum svg_stroke stroke);
/* A faint ground, to tell neighbouring columns apart. */
void svg_ground(const struct svg *drawing, int x, int y, int width, int height);
void
svg_circle(const struct svg *drawing, int x, int y, int radius, bool filled);
/* A box with pointed sides: a decision. */
void svg_hexagon(const struct svg *drawing, int x, int y, int width, int height,
    enum svg_stroke stroke);
/* Through count points (x, y, x, y …); the last one ends in an arrow. */
void svg_arrow(const struct svg *drawing, const int *points, size_t count,
    enum svg_stroke stroke);
/* The same without an arrow. */
void svg_line(const struct svg *drawing, const int *points, size_t count,
    enum svg_stroke stroke);
/* Lines of text from the top at y; x is their left end, or the middle. */
void svg_write(const struct svg *drawing, int x, int y,
    const struct svg_text *text, bool centred, bool bold);
/* Lines of text that run upwards from y, the first one from x on. */
void svg_write_up(const struct svg *drawing, int x, int y,
    const struct svg_text *text, bool bold);

/*
 * Breaks words into lines no wider than width. The widths are those of a wide
 * face (DejaVu Sans), so that other faces fit too; a word that is too long is
 * cut where it must be. The caller clears.
 */
void svg_wrap(struct svg_text *text, const char *words, int width);
/* Of the longest line, by the same widths. */
int svg_text_width(const struct svg_text *text);
void svg_text_clear(struct svg_text *text);

#endif
