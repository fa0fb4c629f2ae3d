#include "pdf_lines.h"

#include <math.h>
#include <stdbool.h>
#include <stdlib.h>
#include <string.h>

#include "base/alloc.h"
#include "base/list.h"
#include "extract/unescape.h"

enum {
	TURN = 64,
	WINDOW =
	    256, /* lines in which the next one of a column is looked for */
};

/* All in sizes of the font. */
static const double touches = 0.12;  /* a gap inside a word is smaller */
static const double overlaps = -0.4; /* and not more than this back */
static const double stretches = 1.8; /* a blank is smaller */
static const double shifts = 0.2;    /* a sign that is raised */
static const double same_line = 0.5;
static const double next_line = 2.0; /* the next line is nearer */
static const double indents = 1.5;   /* and begins no further aside */

/* How two pieces of text stand to each other. */
enum link { LINK_JOIN, LINK_BLANK, LINK_LINE, LINK_PAUSE };

/* `to` after `from`, whose line begins with `line`. A heading, which has a font
 * of its own, does not go on in the text below it. */
static enum link
link_of(const struct pdf_piece *from, const struct pdf_piece *to,
    const struct pdf_piece *line)
{
	double down = (from->across - to->across) / from->size;
	double gap = (to->along - from->end) / from->size;

	if (from->angle != to->angle)
		return LINK_PAUSE;
	if (fabs(down) < same_line) {
		if (gap < overlaps || gap > stretches)
			return LINK_PAUSE;
		return gap > touches || fabs(down) > shifts ? LINK_BLANK
							    : LINK_JOIN;
	}
	return down > 0 && down < next_line &&
		fabs(to->along - line->along) < indents * from->size &&
		(to->font == from->last_font || to->font == line->font)
	    ? LINK_LINE
	    : LINK_PAUSE;
}

static void
add_link(struct buf *text, enum link link)
{
	static const char signs[] = { '\0', ' ', '\n', DECODE_PAUSE };

	if (link != LINK_JOIN)
		buf_add_char(text, signs[link]);
}

static struct pdf_piece
piece_of(const struct pdf_sign *sign)
{
	double angle = atan2(sign->end_y - sign->y, sign->end_x - sign->x);
	int turn = (int)lround(angle / (2 * M_PI) * TURN);
	double c;
	double s;

	turn = (turn % TURN + TURN) % TURN;
	c = cos(turn * 2 * M_PI / TURN);
	s = sin(turn * 2 * M_PI / TURN);
	return (struct pdf_piece){ .along = sign->x * c + sign->y * s,
		.end = sign->end_x * c + sign->end_y * s,
		.across = sign->y * c - sign->x * s,
		.size = sign->size,
		.font = sign->font,
		.last_font = sign->font,
		.angle = turn };
}

void
pdf_lines_add(struct pdf_lines *lines, const struct pdf_sign *sign)
{
	struct pdf_piece piece = piece_of(sign);
	struct pdf_piece *last =
	    lines->count > 0 ? &lines->pieces[lines->count - 1] : NULL;
	enum link link =
	    last ? link_of(last, &piece, &lines->line) : LINK_PAUSE;
	size_t size = strlen(sign->letters);

	lines->signs++;
	lines->letters += strspn(sign->letters, " \xc2\xa0") < size;
	add_link(&lines->drawn, link);
	buf_add(&lines->drawn, sign->letters, size);
	if (link == LINK_LINE || link == LINK_PAUSE)
		lines->line = piece;
	if (link == LINK_JOIN || link == LINK_BLANK) {
		add_link(&lines->text, link);
		last->end = piece.end;
		last->last_font = piece.font;
		last->text_size += size + (link == LINK_BLANK);
		buf_add(&lines->text, sign->letters, size);
		return;
	}
	piece.text = lines->text.size;
	piece.text_size = size;
	buf_add(&lines->text, sign->letters, size);
	*list_add(lines->pieces, lines->count, lines->capacity) = piece;
}

void
pdf_lines_say(struct pdf_lines *lines, const struct buf *text)
{
	buf_add(&lines->drawn, buf_text(text), text->size);
}

/* --- by place --- */

static int
compare(double a, double b)
{
	return a < b ? -1 : a > b;
}

static int
compare_places(const void *a, const void *b)
{
	const struct pdf_piece *x = a;
	const struct pdf_piece *y = b;

	if (x->angle != y->angle)
		return x->angle - y->angle;
	if (x->across != y->across)
		return compare(y->across, x->across);
	return x->along != y->along ? compare(x->along, y->along)
				    : compare((double)x->text, (double)y->text);
}

static int
compare_rows(const void *a, const void *b)
{
	const struct pdf_piece *x = a;
	const struct pdf_piece *y = b;

	if (x->row != y->row)
		return x->row < y->row ? -1 : 1;
	return x->along != y->along ? compare(x->along, y->along)
				    : compare((double)x->text, (double)y->text);
}

/* What is on one line, from left to right. */
static void
sort_pieces(struct pdf_lines *lines)
{
	struct pdf_piece *pieces = lines->pieces;
	size_t row = 0;

	qsort(pieces, lines->count, sizeof(*pieces), compare_places);
	for (size_t i = 1; i < lines->count; i++) {
		const struct pdf_piece *first = &pieces[i - 1];

		row += first->angle != pieces[i].angle ||
		    first->across - pieces[i].across > shifts * first->size;
		pieces[i].row = row;
	}
	pieces[0].row = 0;
	qsort(pieces, lines->count, sizeof(*pieces), compare_rows);
}

/* Puts pieces that touch together: the text of each line goes to `text`. */
static void
join_pieces(struct pdf_lines *lines, struct buf *text)
{
	struct pdf_piece *pieces = lines->pieces;
	size_t to = 0;

	for (size_t i = 0; i < lines->count; i++) {
		struct pdf_piece piece = pieces[i];
		enum link link = LINK_PAUSE;

		if (i > 0 && pieces[to - 1].row == piece.row)
			link =
			    link_of(&pieces[to - 1], &piece, &pieces[to - 1]);
		if (link == LINK_JOIN || link == LINK_BLANK) {
			add_link(text, link);
			pieces[to - 1].end = piece.end;
			pieces[to - 1].last_font = piece.last_font;
			pieces[to - 1].text_size +=
			    piece.text_size + (link == LINK_BLANK);
		} else {
			pieces[to] = piece;
			pieces[to++].text = text->size;
		}
		buf_add(text, lines->text.data + piece.text, piece.text_size);
	}
	lines->count = to;
}

/* The line below in its column that nobody has read; 0 = none. */
static size_t
line_below(const struct pdf_lines *lines, const bool *read, size_t i)
{
	const struct pdf_piece *line = &lines->pieces[i];

	for (size_t j = i + 1; j < lines->count && j < i + WINDOW; j++)
		if (!read[j] &&
		    link_of(line, &lines->pieces[j], line) == LINK_LINE)
			return j;
	return 0;
}

static void
give_columns(struct pdf_lines *lines, struct buf *text)
{
	scoped(buf_clear) struct buf joined = { 0 };
	owned bool *read;

	sort_pieces(lines);
	join_pieces(lines, &joined);
	read = mem_array(lines->count, sizeof(*read));
	for (size_t i = 0; i < lines->count; i++) {
		enum link link = LINK_PAUSE;
		size_t j = i;

		if (read[i])
			continue;
		do {
			add_link(text, link);
			buf_add(text, joined.data + lines->pieces[j].text,
			    lines->pieces[j].text_size);
			read[j] = true;
			link = LINK_LINE;
			j = line_below(lines, read, j);
		} while (j != 0);
	}
}

void
pdf_lines_give(struct pdf_lines *lines, struct buf *text)
{
	buf_add(text, buf_text(&lines->drawn), lines->drawn.size);
	buf_add_char(text, DECODE_PAUSE);
	if (lines->count > 0)
		give_columns(lines, text);
	buf_add_char(text, DECODE_PAUSE);
	pdf_lines_clear(lines);
}

void
pdf_lines_clear(struct pdf_lines *lines)
{
	buf_clear(&lines->drawn);
	buf_clear(&lines->text);
	free(lines->pieces);
	memset(lines, 0, sizeof(*lines));
}
