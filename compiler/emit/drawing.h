/*
 * Drawings in SVG whose text stays text. Used by lane, chain and
 * matrix.
 * Invariant: whole numbers and the current colour only, so that a drawing is
 * the same on every machine, and readable in the dark and on black-and-white
 * paper. No ids, no references: several drawings may stand in one page.
 */
#ifndef VADE_EMIT_DRAWING_H
#define VADE_EMIT_DRAWING_H

#include "project/view.h"

/* Sizes in user units, of which one is a CSS pixel at full size. */
enum {
	DRAWING_FONT = 13,
	DRAWING_LINE = 17, /* from one line of text to the next */
	DRAWING_TIP = 10,  /* of a hexagon, at either side */
};

enum drawing_stroke {
	DRAWING_THIN,
	DRAWING_THICK,
	DRAWING_DASHED,
};

struct drawing {
	xmlNode *svg;
	xmlNs *ns;
};

/* Text broken into lines. */
struct drawing_text {
	char **lines; /* owned */
	size_t count;
	size_t capacity;
};

/*
 * Begins a drawing in a new v:picture of this kind, the last child of owner,
 * which is of the view. The kind is a word of ui.def; with the owner's title, if
 * it has one, it says what is shown to those who do not see it.
 */
struct drawing
drawing_begin(const struct view *view, xmlNode *owner, const char *kind);
/* Sets its size, once it is known. */
void drawing_end(const struct drawing *drawing, int width, int height);
/*
 * Says where a drawing may be cut that is too large for a sheet of paper, as
 * cuts="HEAD COLUMN Y…" of the v:picture: the height of the heads, which every
 * piece repeats, the width of a column, and the heights between its rows.
 */
void drawing_cuts(const struct drawing *drawing, int head, int column,
    const int *rows, size_t count);

void drawing_rect(const struct drawing *drawing, int x, int y, int width,
    int height, int radius, enum drawing_stroke stroke);
/* A faint ground, to tell neighbouring columns apart. */
void drawing_ground(const struct drawing *drawing, int x, int y, int width,
    int height);
void drawing_circle(const struct drawing *drawing, int x, int y, int radius,
    bool filled);
/* A box with pointed sides: a decision. */
void drawing_hexagon(const struct drawing *drawing, int x, int y, int width,
    int height, enum drawing_stroke stroke);
/* Through count points (x, y, x, y …); the last one ends in an arrow. */
void drawing_arrow(const struct drawing *drawing, const int *points,
    size_t count, enum drawing_stroke stroke);
/* The same without an arrow. */
void drawing_line(const struct drawing *drawing, const int *points,
    size_t count, enum drawing_stroke stroke);
/* Lines of text from the top at y; x is their left end, or the middle. */
void drawing_write(const struct drawing *drawing, int x, int y,
    const struct drawing_text *text, bool centred, bool bold);
/* Lines of text that run upwards from y, the first one from x on. */
void drawing_write_up(const struct drawing *drawing, int x, int y,
    const struct drawing_text *text, bool bold);

/*
 * Breaks words into lines no wider than width. The widths are those of a wide
 * face (DejaVu Sans), so that other faces fit too; a word that is too long is
 * cut where it must be. The caller clears.
 */
void drawing_wrap(struct drawing_text *text, const char *words, int width);
/* Of the longest line, by the same widths. */
int drawing_text_width(const struct drawing_text *text);
void drawing_text_clear(struct drawing_text *text);

#endif
