/*
 * Signs at places of a page become words and lines. Used by pdf_page.
 * Invariant: every sign is given twice, as it is drawn and in the order of its
 * place, so that words are words whatever pieces they are drawn in. What
 * stands close is one word, what stands below with the same left edge in the
 * same font goes on, anything else is a pause (unescape.h). Time is n log n in signs.
 */
#ifndef VADE_EXTRACT_PDF_LINES_H
#define VADE_EXTRACT_PDF_LINES_H

#include "base/buf.h"

struct pdf_sign {
	double x, y;         /* where it begins */
	double end_x, end_y; /* and where the next one would */
	double size;         /* of the font, > 0 */
	const void *font;    /* which it is */
	const char *letters; /* UTF-8, not "" */
};

/* Signs that follow each other on a line; along and across are measured in
 * the direction of writing, across grows upwards. */
struct pdf_piece {
	double along;
	double end;
	double across;
	double size;
	const void *font;      /* of its first sign */
	const void *last_font; /* and of its last */
	int angle;             /* of writing, in 64ths of a turn */
	size_t row;
	size_t text; /* offset */
	size_t text_size;
};

struct pdf_lines {
	struct buf drawn; /* in the order of drawing */
	struct buf text;  /* of the pieces */
	struct pdf_piece *pieces;
	size_t count;
	size_t capacity;
	struct pdf_piece line; /* the first piece of the line being drawn */
	size_t signs;
	size_t letters; /* signs that are more than a blank */
};

void pdf_lines_add(struct pdf_lines *lines, const struct pdf_sign *sign);
/* Text that stands in place of what is drawn next. */
void pdf_lines_say(struct pdf_lines *lines, const struct buf *text);
/* Appends all, a page as it is drawn, then by place. Lines end with '\n',
 * pauses are DECODE_PAUSE. The lines are empty then. */
void pdf_lines_give(struct pdf_lines *lines, struct buf *text);
void pdf_lines_clear(struct pdf_lines *lines);

#endif
