/*
 * Lines of plain text: paragraphs wrapped by display cells, behind prefixes
 * that nest ("    ", "  | "), with a marker on the first line of an item.
 * Invariant: a line has no trailing blank and is at most width cells wide,
 * but for a single word that alone is wider.
 */
#ifndef VADE_FORMAT_TEXT_WRAP_H
#define VADE_FORMAT_TEXT_WRAP_H

#include <stdbool.h>
#include <stddef.h>

#include "base/buf.h"

struct text_wrap {
	struct buf out;
	struct buf words;  /* of the paragraph being read; '\n' ends a line */
	size_t width;      /* cells of a line */
	struct buf prefix; /* of every line */
	struct buf marker; /* instead of the prefix, on the next line; "" */
	bool gap;          /* an empty line is due before the next one */
	size_t gap_level;  /* bytes of the prefix that it shows */
	bool begun;        /* something stands since the last push */
};

void text_wrap_clear(struct text_wrap *layout);
/*
 * Opens a level: its lines begin with `rest` after what is around, the first
 * one with `first`, of as many cells (NULL: no marker). Returns what
 * text_wrap_pop wants.
 */
size_t
text_wrap_push(struct text_wrap *layout, const char *first, const char *rest);
void text_wrap_pop(struct text_wrap *layout, size_t level);
/* An empty line before whatever comes next on this level. */
void text_wrap_gap(struct text_wrap *layout);
/* One line as it stands; leads with the prefix. */
void text_wrap_line(struct text_wrap *layout, const char *text);
/* Wraps text; '\n' breaks a line, other blanks only part words. Continued
 * lines are indented by `hang` cells. */
void text_wrap_wrap(struct text_wrap *layout, const char *text, size_t hang);
/* Wraps the words read so far, and forgets them. */
void text_wrap_flush(struct text_wrap *layout, size_t hang);
/* A line of c across the width. */
void text_wrap_rule(struct text_wrap *layout, char c);
/* Cells that are left beside the prefix. */
size_t text_wrap_room(const struct text_wrap *layout);

#endif
