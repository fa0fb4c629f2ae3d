/*
 * Answers as text that a terminal of 80 cells shows well: wrapped words and
 * columns. Used by answer.c, which prints what every question answers.
 * Invariant: no line is wider than 80 cells unless a single word is; control
 * characters of the sources never reach the terminal.
 */
#ifndef VADE_QUERY_TERMINAL_TEXT_H
#define VADE_QUERY_TERMINAL_TEXT_H

#include <stddef.h>

#include "base/buf.h"

enum { COLUMN_LINE = 80 };

/* Cells that a text takes. */
size_t terminal_width(const char *text);
/* Cells that the last line takes so far. */
size_t terminal_line_width(const struct buf *out);
/* Adds the text without control characters, cut to `cells` cells ("…" tells)
 * and padded to them. */
void terminal_add_cell(struct buf *out, const char *text, size_t cells);
/*
 * Adds words after what stands on the line already (`used` cells), going on
 * in further lines that are indented by `indent`; ends the line.
 */
void terminal_add_wrapped(struct buf *out, const char *text, size_t used,
    size_t indent);
/* Ends a line of cells; blanks before its end go. */
void terminal_end_line(struct buf *out);

#endif
