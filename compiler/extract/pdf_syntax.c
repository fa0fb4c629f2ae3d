#include "pdf_syntax.h"

#include <ctype.h>
#include <string.h>

#include "base/alloc.h"
#include "base/byte_order.h"

/* --- where values end --- */

/* The brackets that are open: a bit each, set for a dictionary. */
struct nesting {
	int depth;
	uint64_t dicts;
};

bool
pdf_is_blank(char c)
{
	return c == '\0' || c == '\t' || c == '\n' || c == '\f' || c == '\r' ||
	    c == ' ';
}

bool
pdf_is_regular(char c)
{
	return !pdf_is_blank(c) && strchr("()<>[]{}/%", c) == NULL;
}

const char *
pdf_skip_blank(const char *at, const char *end)
{
	while (at < end && (pdf_is_blank(*at) || *at == '%')) {
		if (*at == '%')
			while (at < end && *at != '\n' && *at != '\r')
				at++;
		else
			at++;
	}
	return at;
}

/* Each of these: one past what begins at `at`, NULL if it does not end. */
static const char *
skip_literal(const char *at, const char *end)
{
	int depth = 0;

	for (; at < end; at++) {
		if (*at == '\\')
			at++;
		else if (*at == '(')
			depth++;
		else if (*at == ')' && --depth == 0)
			return at + 1;
	}
	return NULL;
}

static const char *
skip_hex(const char *at, const char *end)
{
	for (at++; at < end && *at != '>'; at++)
		if (!isxdigit((unsigned char)*at) && !pdf_is_blank(*at))
			return NULL;
	return at < end ? at + 1 : NULL;
}

static const char *
skip_regular(const char *at, const char *end)
{
	const char *start = at;

	while (at < end && pdf_is_regular(*at))
		at++;
	return at > start ? at : NULL;
}

static const char *
open_bracket(struct nesting *nesting, const char *after, bool is_dict)
{
	if (nesting->depth == PDF_DEPTH)
		return NULL;
	nesting->depth++;
	nesting->dicts = nesting->dicts << 1 | is_dict;
	return after;
}

static const char *
close_bracket(struct nesting *nesting, const char *after, bool is_dict)
{
	if (nesting->depth == 0 || (nesting->dicts & 1) != is_dict)
		return NULL;
	nesting->depth--;
	nesting->dicts >>= 1;
	return after;
}

static const char *
skip_token(struct nesting *nesting, const char *at, const char *end)
{
	bool twice = at + 1 < end && at[1] == *at;

	switch (*at) {
	case '(':
		return skip_literal(at, end);
	case '<':
		return twice ? open_bracket(nesting, at + 2, true)
			     : skip_hex(at, end);
	case '>':
		return twice ? close_bracket(nesting, at + 2, true) : NULL;
	case '[':
		return open_bracket(nesting, at + 1, false);
	case ']':
		return close_bracket(nesting, at + 1, false);
	case '/':
		at++;
		while (at < end && pdf_is_regular(*at))
			at++;
		return at;
	default:
		return skip_regular(at, end);
	}
}

static const char *
skip_digits(const char *at, const char *end)
{
	while (at < end && isdigit((unsigned char)*at))
		at++;
	return at;
}

/* One past "12 0 R" if that is what begins at `at`; NULL if not. */
static const char *
end_of_reference(const char *at, const char *end)
{
	const char *next = skip_digits(at, end);

	if (next == at)
		return NULL;
	at = pdf_skip_blank(next, end);
	next = skip_digits(at, end);
	if (next == at)
		return NULL;
	at = pdf_skip_blank(next, end);
	return at < end && *at == 'R' && at > next &&
		(at + 1 == end || !pdf_is_regular(at[1]))
	    ? at + 1
	    : NULL;
}

enum pdf_step
pdf_next(struct pdf_span *rest, struct pdf_span *value, bool with_references)
{
	const char *end = rest->end;
	const char *at = pdf_skip_blank(rest->at, end);
	const char *after;
	struct nesting nesting = { 0, 0 };

	rest->at = at;
	*value = (struct pdf_span){ NULL, NULL };
	if (at == end)
		return PDF_END;
	value->at = at;
	after = with_references ? end_of_reference(at, end) : NULL;
	if (after == NULL) {
		do {
			at = pdf_skip_blank(at, end);
			after = at < end ? skip_token(&nesting, at, end) : NULL;
			at = after;
		} while (at != NULL && nesting.depth > 0);
	}
	if (after == NULL || after > end) {
		value->at = NULL;
		return PDF_BROKEN;
	}
	value->end = after;
	rest->at = after;
	return PDF_VALUE;
}

bool
pdf_flat(struct pdf_span *rest, struct pdf_span *value)
{
	const char *at = pdf_skip_blank(rest->at, rest->end);

	while (at < rest->end && strchr("[]<>", *at) != NULL && *at != '\0' &&
	    (*at != '<' || (at + 1 < rest->end && at[1] == '<'))) {
		at += *at == '<' ? 2 : 1;
		at = pdf_skip_blank(at, rest->end);
	}
	rest->at = at;
	return pdf_next(rest, value, true) == PDF_VALUE;
}

/* --- what they are --- */

enum pdf_kind
pdf_kind(struct pdf_span value)
{
	if (value.at == NULL || value.at == value.end)
		return PDF_NOTHING;
	switch (*value.at) {
	case '/':
		return PDF_NAME;
	case '(':
		return PDF_STRING;
	case '<':
		return value.end - value.at > 1 && value.at[1] == '<'
		    ? PDF_DICT
		    : PDF_STRING;
	case '[':
		return PDF_ARRAY;
	default:
		break;
	}
	if (strchr("+-.0123456789", *value.at) == NULL)
		return PDF_WORD;
	return value.end[-1] == 'R' ? PDF_REFERENCE : PDF_NUMBER;
}

struct pdf_span
pdf_inside(struct pdf_span value)
{
	enum pdf_kind kind = pdf_kind(value);
	int edge = kind == PDF_DICT ? 2 : kind == PDF_ARRAY ? 1 : 0;

	if (edge == 0)
		return (struct pdf_span){ value.at, value.at };
	return (struct pdf_span){ value.at + edge, value.end - edge };
}

static int
hex_digit(char c)
{
	if (c >= '0' && c <= '9')
		return c - '0';
	c = (char)tolower((unsigned char)c);
	return c >= 'a' && c <= 'f' ? c - 'a' + 10 : -1;
}

/* The next byte of a name, and past it. */
static char
name_byte(const char **at, const char *end)
{
	if (**at == '#' && end - *at > 2 && hex_digit((*at)[1]) >= 0 &&
	    hex_digit((*at)[2]) >= 0) {
		*at += 3;
		return (char)(hex_digit((*at)[-2]) << 4 | hex_digit((*at)[-1]));
	}
	return *(*at)++;
}

bool
pdf_name_is(struct pdf_span value, const char *name)
{
	const char *at = value.at;

	if (pdf_kind(value) != PDF_NAME)
		return false;
	for (at++; at < value.end; name++)
		if (name_byte(&at, value.end) != *name || *name == '\0')
			return false;
	return *name == '\0';
}

void
pdf_name(struct pdf_span value, struct buf *bytes)
{
	const char *at = value.at;

	if (pdf_kind(value) != PDF_NAME)
		return;
	for (at++; at < value.end;)
		buf_add_char(bytes, name_byte(&at, value.end));
}

struct pdf_span
pdf_get(struct pdf_span dict, const char *key, bool *twice)
{
	struct pdf_span rest = pdf_inside(dict);
	struct pdf_span found = { NULL, NULL };
	struct pdf_span name;
	struct pdf_span value;

	if (pdf_kind(dict) != PDF_DICT)
		return found;
	while (pdf_next(&rest, &name, true) == PDF_VALUE &&
	    pdf_next(&rest, &value, true) == PDF_VALUE) {
		if (!pdf_name_is(name, key))
			continue;
		*twice |= found.at != NULL;
		found = value;
	}
	return found;
}

bool
pdf_unsigned(struct pdf_span value, uint32_t *number)
{
	const char *at = value.at;
	uint64_t sum = 0;

	if (at == NULL || at == value.end || !isdigit((unsigned char)*at))
		return false;
	for (; at < value.end && isdigit((unsigned char)*at); at++) {
		sum = sum * 10 + (uint64_t)(*at - '0');
		if (sum > UINT32_MAX)
			return false;
	}
	*number = (uint32_t)sum;
	return at == value.end || pdf_kind(value) == PDF_REFERENCE;
}

bool
pdf_number(struct pdf_span value, double *number)
{
	const char *at = value.at;
	double sign = 1;
	double place = 1;
	bool fraction = false;

	*number = 0;
	if (pdf_kind(value) != PDF_NUMBER)
		return false;
	for (; at < value.end && (*at == '-' || *at == '+'); at++)
		sign = *at == '-' ? -1 : 1;
	for (; at < value.end; at++) {
		if (*at == '.' && !fraction) {
			fraction = true;
			continue;
		}
		if (!isdigit((unsigned char)*at))
			return false;
		*number = *number * 10 + (*at - '0');
		place *= fraction ? 10 : 1;
	}
	*number = sign * *number / place;
	return *number < 1e12 && *number > -1e12;
}

/* --- strings --- */

static void
add_hex(struct pdf_span value, struct buf *bytes)
{
	int high = -1;

	for (const char *at = value.at; at < value.end; at++) {
		int digit = hex_digit(*at);

		if (digit < 0)
			continue;
		if (high >= 0)
			buf_add_char(bytes, (char)(high << 4 | digit));
		high = high >= 0 ? -1 : digit;
	}
	if (high >= 0)
		buf_add_char(bytes, (char)(high << 4));
}

/* What stands after a backslash; returns past it. */
static const char *
add_escape(const char *at, const char *end, struct buf *bytes)
{
	static const char names[] = "nrtbf";
	static const char means[] = "\n\r\t\b\f";
	const char *known;
	int value = 0;
	int digits = 0;

	for (; digits < 3 && at < end && *at >= '0' && *at <= '7'; digits++)
		value = value * 8 + *at++ - '0';
	if (digits > 0 || at == end) {
		if (digits > 0)
			buf_add_char(bytes, (char)value);
		return at;
	}
	known = *at != '\0' ? strchr(names, *at) : NULL;
	if (known != NULL)
		buf_add_char(bytes, means[known - names]);
	else if (*at == '\r' && at + 1 < end && at[1] == '\n')
		at++;
	else if (*at != '\n' && *at != '\r')
		buf_add_char(bytes, *at);
	return at + 1;
}

void
pdf_string(struct pdf_span value, struct buf *bytes)
{
	const char *at = value.at + 1;
	const char *end = value.end - 1;

	if (pdf_kind(value) != PDF_STRING)
		return;
	if (*value.at == '<') {
		add_hex(value, bytes);
		return;
	}
	while (at < end) {
		if (*at == '\\')
			at = add_escape(at + 1, end, bytes);
		else
			buf_add_char(bytes, *at++);
	}
}

void
pdf_utf16(struct buf *text, const char *bytes, size_t size)
{
	for (size_t at = 0; at + 1 < size; at += 2) {
		uint32_t c = (uint32_t)bytes_big(bytes + at, 2);

		if (c >= 0xd800 && c < 0xdc00 && at + 3 < size) {
			at += 2;
			c = 0x10000 + ((c - 0xd800) << 10) +
			    (bytes_big(bytes + at, 2) & 0x3ff);
		}
		buf_add_utf8(text, c);
	}
}

void
pdf_string_text(struct pdf_span value, struct buf *text)
{
	scoped(buf_clear) struct buf bytes = { 0 };

	pdf_string(value, &bytes);
	if (bytes.size >= 2 && bytes_big(bytes.data, 2) == 0xfeff)
		pdf_utf16(text, bytes.data + 2, bytes.size - 2);
	else if (bytes.size >= 3 && memcmp(bytes.data, "\xef\xbb\xbf", 3) == 0)
		buf_add(text, bytes.data + 3, bytes.size - 3);
	else
		for (size_t i = 0; i < bytes.size; i++)
			buf_add_utf8(text, (unsigned char)bytes.data[i]);
}
