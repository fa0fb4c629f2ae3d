/*
 * The tokens of CSS, by CSS Syntax Module Level 3 (W3C), section 4. Used by
 * css_rule on what an organisation writes, and on our own CSS.
 * Invariant: tokens follow one another without gaps and cover the whole text;
 * escapes are decoded in `text`, so that nothing is called by another name.
 */
#ifndef VADE_STYLE_CSS_TOKEN_H
#define VADE_STYLE_CSS_TOKEN_H

#include <stdbool.h>
#include <stddef.h>

#include "base/buf.h"

enum css_kind {
	CSS_END,
	CSS_BLANK, /* white space and comments */
	CSS_IDENT,
	CSS_FUNCTION, /* text is the name, without "(" */
	CSS_AT,       /* text is the name, without "@" */
	CSS_HASH,     /* text without "#" */
	CSS_STRING,
	CSS_URL, /* url(…) without quotes; text is the address */
	CSS_NUMBER,
	CSS_PERCENTAGE,
	CSS_DIMENSION, /* text is the unit */
	CSS_DELIM,     /* any one character: also : ; , ( ) [ ] { } */
	CSS_BAD,       /* a string, address or escape that has no end */
};

struct css_token {
	enum css_kind kind;
	size_t offset;   /* where it starts in the text; bytes */
	size_t size;     /* bytes */
	struct buf text; /* decoded; see css_kind */
	double number;
	char delim; /* 0 = not ASCII */
};

struct css_reader {
	const char *text; /* zero-terminated */
	size_t size;
	size_t at;
	struct css_token token; /* the one read last */
};

/* Reads the next token; CSS_END at the end, again and again. */
void css_next(struct css_reader *reader);
void css_reader_clear(struct css_reader *reader);

/* Is it this character? */
bool css_is_delim(const struct css_token *token, char delim);
/* Is it of this kind, with this text, whatever its case? */
bool
css_is(const struct css_token *token, enum css_kind kind, const char *text);

#endif
