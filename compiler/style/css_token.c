#include "css_token.h"

#include <ctype.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>
#include <strings.h>

#include "base/alloc.h"
#include "base/buf.h"
#include "base/text.h"

/* The character at a distance, 0 past the end. */
static unsigned char
peek(const struct css_reader *reader, size_t ahead)
{
	return reader->at + ahead < reader->size
	    ? (unsigned char)reader->text[reader->at + ahead]
	    : 0;
}

static bool
is_blank(unsigned char c)
{
	return c == ' ' || c == '\t' || c == '\n' || c == '\r' || c == '\f';
}

static bool
is_line_end(unsigned char c)
{
	return c == '\n' || c == '\r' || c == '\f';
}

static bool
starts_name(unsigned char c)
{
	return isalpha(c) || c == '_' || c >= 0x80;
}

static bool
is_of_name(unsigned char c)
{
	return starts_name(c) || isdigit(c) || c == '-';
}

/* Section 4.3.8. */
static bool
is_escape(const struct css_reader *reader, size_t ahead)
{
	return peek(reader, ahead) == '\\' &&
	    !is_line_end(peek(reader, ahead + 1)) &&
	    reader->at + ahead + 1 < reader->size;
}

/* Section 4.3.9. */
static bool
starts_ident(const struct css_reader *reader, size_t ahead)
{
	unsigned char c = peek(reader, ahead);

	if (c == '-')
		return starts_name(peek(reader, ahead + 1)) ||
		    peek(reader, ahead + 1) == '-' ||
		    is_escape(reader, ahead + 1);
	return starts_name(c) || is_escape(reader, ahead);
}

/* Section 4.3.10. */
static bool
starts_number(const struct css_reader *reader)
{
	size_t at = peek(reader, 0) == '+' || peek(reader, 0) == '-';

	at += peek(reader, at) == '.';
	return isdigit(peek(reader, at));
}

/* Section 4.3.7, at the backslash. */
static void
read_escape(struct css_reader *reader)
{
	uint32_t c = 0;
	size_t digits = 0;

	reader->at++;
	while (digits < 6 && isxdigit(peek(reader, 0))) {
		unsigned char digit = peek(reader, 0);

		c = c * 16 +
		    (isdigit(digit) ? digit - 48U
				    : (unsigned)tolower(digit) - 'a' + 10);
		reader->at++;
		digits++;
	}
	if (digits == 0) {
		reader->at += text_decode(reader->text + reader->at,
		    reader->size - reader->at, &c);
	} else if (is_blank(peek(reader, 0))) {
		reader->at +=
		    1 + (peek(reader, 0) == '\r' && peek(reader, 1) == '\n');
	}
	buf_add_utf8(&reader->token.text, c != 0 ? c : 0xfffd);
}

/* Section 4.3.11. */
static void
read_name(struct css_reader *reader)
{
	for (;;) {
		if (is_of_name(peek(reader, 0)))
			buf_add_char(&reader->token.text,
			    reader->text[reader->at++]);
		else if (is_escape(reader, 0))
			read_escape(reader);
		else
			return;
	}
}

/* Section 4.3.3 and 4.3.12. */
static void
read_numeric(struct css_reader *reader)
{
	struct css_token *token = &reader->token;
	size_t start = reader->at;
	scoped(buf_clear) struct buf digits = { 0 };
	size_t sign;

	reader->at += peek(reader, 0) == '+' || peek(reader, 0) == '-';
	while (isdigit(peek(reader, 0)))
		reader->at++;
	if (peek(reader, 0) == '.' && isdigit(peek(reader, 1)))
		for (reader->at++; isdigit(peek(reader, 0));)
			reader->at++;
	sign = peek(reader, 1) == '+' || peek(reader, 1) == '-';
	if ((peek(reader, 0) == 'e' || peek(reader, 0) == 'E') &&
	    isdigit(peek(reader, 1 + sign)))
		for (reader->at += 1 + sign; isdigit(peek(reader, 0));)
			reader->at++;
	buf_add(&digits, reader->text + start, reader->at - start);
	token->number = strtod(buf_text(&digits), NULL);
	token->kind = CSS_NUMBER;
	if (peek(reader, 0) == '%') {
		token->kind = CSS_PERCENTAGE;
		reader->at++;
	} else if (starts_ident(reader, 0)) {
		token->kind = CSS_DIMENSION;
		read_name(reader);
	}
}

/* Section 4.3.5, past the quote. */
static void
read_string(struct css_reader *reader, unsigned char quote)
{
	struct css_token *token = &reader->token;

	token->kind = CSS_STRING;
	for (;;) {
		unsigned char c = peek(reader, 0);

		if (reader->at >= reader->size || is_line_end(c)) {
			token->kind = CSS_BAD;
			return;
		}
		if (c == quote) {
			reader->at++;
			return;
		}
		if (is_escape(reader, 0)) {
			read_escape(reader);
		} else if (c == '\\') {
			/* A line that goes on, or the end. */
			reader->at += 1 +
			    (peek(reader, 1) == '\r' &&
				peek(reader, 2) == '\n');
			reader->at += is_line_end(peek(reader, 0));
		} else {
			buf_add_char(&token->text, (char)c);
			reader->at++;
		}
	}
}

/* Section 4.3.6, past "url(" and white space; no quote follows. */
static void
read_url(struct css_reader *reader)
{
	struct css_token *token = &reader->token;

	token->kind = CSS_URL;
	for (;;) {
		unsigned char c = peek(reader, 0);

		if (reader->at >= reader->size) {
			token->kind = CSS_BAD;
			return;
		}
		if (is_blank(c)) {
			while (is_blank(peek(reader, 0)))
				reader->at++;
			c = peek(reader, 0);
			if (c != ')')
				token->kind = CSS_BAD;
		}
		if (c == ')') {
			reader->at++;
			return;
		}
		if (is_escape(reader, 0)) {
			read_escape(reader);
			continue;
		}
		if (c == '"' || c == '\'' || c == '(' || c == '\\' ||
		    c < 0x20 || c == 0x7f)
			token->kind = CSS_BAD;
		else
			buf_add_char(&token->text, (char)c);
		if (reader->at < reader->size)
			reader->at++;
	}
}

/* Section 4.3.4. */
static void
read_ident_like(struct css_reader *reader)
{
	struct css_token *token = &reader->token;
	size_t ahead = 0;

	token->kind = CSS_IDENT;
	read_name(reader);
	if (peek(reader, 0) != '(')
		return;
	reader->at++;
	token->kind = CSS_FUNCTION;
	if (strcasecmp(buf_text(&token->text), "url") != 0)
		return;
	while (is_blank(peek(reader, ahead)))
		ahead++;
	if (peek(reader, ahead) == '"' || peek(reader, ahead) == '\'')
		return;
	reader->at += ahead;
	buf_clear(&token->text);
	read_url(reader);
}

/* Comments are part of the blanks around them. */
static bool
read_blank(struct css_reader *reader)
{
	size_t start = reader->at;

	for (;;) {
		if (is_blank(peek(reader, 0))) {
			reader->at++;
		} else if (peek(reader, 0) == '/' && peek(reader, 1) == '*') {
			const char *end =
			    strstr(reader->text + reader->at + 2, "*/");

			reader->at = end != NULL
			    ? (size_t)(end - reader->text) + 2
			    : reader->size;
		} else {
			return reader->at > start;
		}
	}
}

static void
read_token(struct css_reader *reader)
{
	struct css_token *token = &reader->token;
	unsigned char c = peek(reader, 0);

	if (reader->at >= reader->size) {
		token->kind = CSS_END;
	} else if (read_blank(reader)) {
		token->kind = CSS_BLANK;
	} else if (c == '"' || c == '\'') {
		reader->at++;
		read_string(reader, c);
	} else if (c == '#' &&
	    (is_of_name(peek(reader, 1)) || is_escape(reader, 1))) {
		reader->at++;
		token->kind = CSS_HASH;
		read_name(reader);
	} else if (c == '@' && starts_ident(reader, 1)) {
		reader->at++;
		token->kind = CSS_AT;
		read_name(reader);
	} else if (starts_number(reader)) {
		read_numeric(reader);
	} else if (starts_ident(reader, 0)) {
		read_ident_like(reader);
	} else {
		token->kind = c == '\\' ? CSS_BAD : CSS_DELIM;
		token->delim = (char)c;
		reader->at++;
	}
}

void
css_next(struct css_reader *reader)
{
	buf_clear(&reader->token.text);
	reader->token = (struct css_token){ .offset = reader->at };
	read_token(reader);
	reader->token.size = reader->at - reader->token.offset;
}

void
css_reader_clear(struct css_reader *reader)
{
	buf_clear(&reader->token.text);
}

bool
css_is_delim(const struct css_token *token, char delim)
{
	return token->kind == CSS_DELIM && token->delim == delim;
}

bool
css_is(const struct css_token *token, enum css_kind kind, const char *text)
{
	return token->kind == kind &&
	    strcasecmp(buf_text(&token->text), text) == 0;
}
