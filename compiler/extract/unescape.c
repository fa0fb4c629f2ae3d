#include "unescape.h"

#include <stdlib.h>
#include <string.h>

#include <libxml/HTMLparser.h>

#include "base/text.h"
#include "base/list.h"

enum {
	LAYERS = 4,
	LONGEST_NAME = 16,
	RULE = 3,   /* signs that make a line a rule */
	WIDTH = 72, /* a line that has more may have been broken for width */
};

/* Tags of HTML, SVG and DocBook that part blocks. One that is not listed parts nothing: an unknown
 * name must not be a way to hide words. Sorted: bsearch. */
static const char *const blocks[] = { "abstract", "address", "article", "aside",
	"bibliomixed", "blockquote", "body", "book", "caption", "caution",
	"chapter", "dd", "desc", "details", "dialog", "div", "dl", "dt",
	"entry", "example", "fieldset", "figcaption", "figure", "footer",
	"form", "formalpara", "glossdef", "glossentry", "h1", "h2", "h3", "h4",
	"h5", "h6", "head", "header", "hr", "html", "important", "info",
	"informaltable", "itemizedlist", "legalnotice", "legend", "li", "link",
	"listitem", "main", "member", "meta", "nav", "note", "ol", "option",
	"orderedlist", "p", "para", "part", "pre", "procedure", "releaseinfo",
	"row", "script", "section", "simpara", "step", "style", "subtitle",
	"summary", "table", "task", "taskrelated", "tasksummary", "tbody", "td",
	"term", "text", "tfoot", "tgroup", "th", "thead", "tip", "title", "tr",
	"ul", "variablelist", "varlistentry", "warning" };

void
decode_raw(struct decoded *decoded, const char *bytes, size_t size)
{
	decoded->text = mem_alloc(size + 1);
	decoded->at = mem_array(size + 1, sizeof(*decoded->at));
	decoded->size = size;
	memcpy(decoded->text, bytes, size);
	for (size_t i = 0; i < size; i++)
		decoded->at[i] = (uint32_t)i;
}

void
decode_clear(struct decoded *decoded)
{
	free(decoded->text);
	free(decoded->at);
	memset(decoded, 0, sizeof(*decoded));
}

/* --- escapes --- */

static int
hex_value(char c)
{
	if (c >= '0' && c <= '9')
		return c - '0';
	if (c >= 'a' && c <= 'f')
		return c - 'a' + 10;
	return c >= 'A' && c <= 'F' ? c - 'A' + 10 : -1;
}

/* Reads up to `most` digits of a base; returns how many. */
static size_t
read_digits(const char *text, size_t size, int base, size_t most,
    uint32_t *value)
{
	size_t count = 0;

	*value = 0;
	while (count < size && count < most) {
		int digit = hex_value(text[count]);

		if (digit < 0 || digit >= base)
			break;
		if (*value < 0x1000000)
			*value = *value * (uint32_t)base + (uint32_t)digit;
		count++;
	}
	return count;
}

/* &#233; &#xe9; &eacute; and a final ';' that is missing after digits. */
static size_t
read_reference(const char *text, size_t size, uint32_t *c)
{
	char name[LONGEST_NAME];
	const htmlEntityDesc *entity;
	size_t len = 0;

	if (size > 2 && text[1] == '#') {
		bool hex = text[2] == 'x' || text[2] == 'X';
		size_t start = hex ? 3 : 2;

		len = start > size ? 0
				   : read_digits(text + start, size - start,
					 hex ? 16 : 10, 10, c);
		if (len == 0)
			return 0;
		len += start;
		return len + (len < size && text[len] == ';');
	}
	while (len + 1 < size && len + 1 < LONGEST_NAME &&
	    strchr("abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ"
		   "0123456789",
		text[len + 1]) != NULL &&
	    text[len + 1] != '\0') {
		name[len] = text[len + 1];
		len++;
	}
	if (len == 0 || len + 1 >= size || text[len + 1] != ';')
		return 0;
	name[len] = '\0';
	entity = htmlEntityLookup(BAD_CAST name);
	*c = entity != NULL ? entity->value
			    : (strcmp(name, "apos") == 0 ? '\'' : 0);
	return *c != 0 ? len + 2 : 0;
}

/* \u00e9 with surrogates, \n \t \/ \" \\ of JSON; \e9 of CSS. */
static size_t
read_backslash(const char *text, size_t size, uint32_t *c)
{
	static const char plain[] = "\"\\/nrt";
	static const char means[] = "\"\\/   ";
	const char *known;
	uint32_t low;
	size_t len;

	if (size < 2)
		return 0;
	if (text[1] == 'u' && read_digits(text + 2, size - 2, 16, 4, c) == 4) {
		if (*c >= 0xd800 && *c < 0xdc00 && size >= 12 &&
		    text[6] == '\\' && text[7] == 'u' &&
		    read_digits(text + 8, size - 8, 16, 4, &low) == 4 &&
		    low >= 0xdc00 && low < 0xe000) {
			*c = 0x10000 + ((*c - 0xd800) << 10) + low - 0xdc00;
			return 12;
		}
		return 6;
	}
	len = read_digits(text + 1, size - 1, 16, 6, c);
	if (len >= 2) {
		len++;
		return len + (len < size && text[len] == ' ');
	}
	known = text[1] == '\0' ? NULL : strchr(plain, text[1]);
	if (known == NULL)
		return 0;
	*c = (unsigned char)means[known - plain];
	return 2;
}

/* One escape at text; *made gets its UTF-8. 0: there is none. */
static size_t
read_escape(const char *text, size_t size, char made[4], size_t *made_size)
{
	uint32_t c = 0;
	size_t len = 0;

	if (text[0] == '%') {
		/* A byte, not a character. */
		if (size < 3 || read_digits(text + 1, 2, 16, 2, &c) != 2)
			return 0;
		made[0] = (char)c;
		*made_size = 1;
		return 3;
	}
	len = text[0] == '&' ? read_reference(text, size, &c)
			     : read_backslash(text, size, &c);
	if (len > 0)
		*made_size = text_encode(made, c);
	/* Never longer than it was: the text is rewritten in place. */
	return len > 0 && *made_size <= len ? len : 0;
}

static bool
undo_layer(struct decoded *decoded)
{
	char *text = decoded->text;
	size_t to = 0;
	bool any = false;

	for (size_t i = 0; i < decoded->size;) {
		uint32_t at = decoded->at[i];
		char made[4];
		size_t made_size = 0;
		size_t len = 0;

		if (text[i] == '&' || text[i] == '%' || text[i] == '\\')
			len = read_escape(text + i, decoded->size - i, made,
			    &made_size);
		if (len == 0) {
			text[to] = text[i++];
			decoded->at[to++] = at;
			continue;
		}
		any = true;
		i += len;
		for (size_t j = 0; j < made_size; j++) {
			text[to] = made[j];
			decoded->at[to++] = at;
		}
	}
	decoded->size = to;
	return any;
}

void
decode_escapes(struct decoded *decoded)
{
	for (int layer = 0; layer < LAYERS && undo_layer(decoded); layer++)
		;
}

/* --- tags --- */

static int
compare_names(const void *key, const void *row)
{
	return strcmp(key, *(const char *const *)row);
}

/* Does the tag at '<' part blocks? */
static bool
is_block(const char *tag, size_t size)
{
	char name[LONGEST_NAME];
	size_t len = 0;
	size_t i = size > 1 && tag[1] == '/' ? 2 : 1;

	for (; i < size && len + 1 < sizeof(name); i++, len++) {
		char c = tag[i];

		if (c >= 'A' && c <= 'Z')
			c = (char)(c - 'A' + 'a');
		if ((c < 'a' || c > 'z') && (c < '0' || c > '9'))
			break;
		name[len] = c;
	}
	name[len] = '\0';
	return bsearch(name, blocks, COUNT(blocks), sizeof(*blocks),
		   compare_names) != NULL;
}

/* One past the '>' of the tag that begins at text; a '>' inside quotes is
 * none, unless the quotes never end. `size` if nothing ends it. */
static size_t
end_of_tag(const char *text, size_t size)
{
	const char *plain = memchr(text, '>', size);
	char quote = '\0';

	for (size_t i = 1; i < size; i++) {
		if (quote != '\0') {
			if (text[i] == quote)
				quote = '\0';
		} else if (text[i] == '"' || text[i] == '\'') {
			quote = text[i];
		} else if (text[i] == '>') {
			return i + 1;
		} else if (text[i] == '<') {
			break;
		}
	}
	return plain == NULL ? size : (size_t)(plain - text) + 1;
}

static size_t
end_of_comment(const char *text, size_t size)
{
	const char *end =
	    size < 4 ? NULL : memmem(text + 4, size - 4, "-->", 3);

	return end == NULL ? size : (size_t)(end - text) + 3;
}

static bool
is_tag(const char *text, size_t size)
{
	char c = size > 1 ? text[1] : '\0';

	return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || c == '/' ||
	    c == '!' || c == '?';
}

/* Skips what begins at '<'; *mark is what stays of it, '\0' = nothing. */
static size_t
skip_markup(const char *text, size_t size, enum decode_tags tags, char *mark)
{
	*mark = tags == DECODE_PART ? ' ' : '\0';
	if (size >= 4 && memcmp(text, "<!--", 4) == 0)
		return tags == DECODE_PART ? 4 : end_of_comment(text, size);
	if (is_block(text, size))
		*mark = DECODE_BREAK;
	return end_of_tag(text, size);
}

void
decode_tags(struct decoded *decoded, const struct decoded *from,
    enum decode_tags tags)
{
	const char *text = from->text;
	size_t to = 0;

	decoded->text = mem_alloc(from->size + 1);
	decoded->at = mem_array(from->size + 1, sizeof(*decoded->at));
	for (size_t i = 0; i < from->size;) {
		char mark = text[i];
		size_t len = 1;

		if (text[i] == '<' && is_tag(text + i, from->size - i))
			len =
			    skip_markup(text + i, from->size - i, tags, &mark);
		if (mark != '\0' || len == 1) {
			decoded->text[to] = mark;
			decoded->at[to++] = from->at[i];
		}
		i += len;
	}
	decoded->size = to;
}

/* --- plain text --- */

/* One past the line of `text` at i if it has nothing but blanks and at least
 * RULE times the same sign, or the frame of a table, whose corners may stand
 * between the signs, or nothing at all; i if it has more. */
static size_t
skip_empty_line(const char *text, size_t size, size_t i)
{
	size_t start = i;
	size_t signs = 0;
	char sign = '\0';

	for (; i < size && text[i] != '\n'; i++) {
		if (text[i] == ' ' || text[i] == '\t' || text[i] == '\r')
			continue;
		signs++;
		if (text[i] == '+' || text[i] == '|')
			continue;
		if (memchr("-=_*#~", text[i], 6) == NULL ||
		    (sign != '\0' && text[i] != sign))
			return start;
		sign = text[i];
	}
	return signs == 0 || signs >= RULE ? i : start;
}

/* Had the first word of the line at i room in the line before, whose bytes
 * are `used`? */
static bool
had_room(const char *text, size_t size, size_t used, size_t i)
{
	size_t word;

	while (i < size && (text[i] == ' ' || text[i] == '\t'))
		i++;
	for (word = i; word < size && (unsigned char)text[word] > ' ';)
		word++;
	return used + 1 + word - i <= WIDTH;
}

/* The comma of `"a", "b"`. */
static bool
is_between_strings(const char *text, size_t size, size_t i)
{
	size_t after = i + 1;

	while (after < size && (text[after] == ' ' || text[after] == '\n'))
		after++;
	return i > 0 && text[i - 1] == '"' && after < size &&
	    text[after] == '"';
}

void
decode_lists(struct decoded *decoded)
{
	char *text = decoded->text;
	size_t size = decoded->size;

	for (size_t i = 0; i < size; i++) {
		if (text[i] == ',' && is_between_strings(text, size, i))
			text[i] = DECODE_PAUSE;
		else if (text[i] == '|' && i > 0 && i + 1 < size &&
		    text[i - 1] == ' ' && text[i + 1] == ' ')
			text[i] = DECODE_BREAK;
	}
}

void
decode_lines(struct decoded *decoded)
{
	char *text = decoded->text;
	size_t size = decoded->size;
	size_t line = 0; /* where it starts */

	for (size_t i = 0; i < size; i++) {
		if (text[i] == '\n' && i + 1 < size) {
			if (skip_empty_line(text, size, i + 1) > i + 1 ||
			    text[i + 1] == '\n')
				text[i] = DECODE_BREAK;
			else if (had_room(text, size, i - line, i + 1))
				text[i] = DECODE_PAUSE;
			line = i + 1;
		}
	}
}

void
decode_edges(struct decoded *decoded)
{
	char *text = decoded->text;
	size_t size = decoded->size;

	for (size_t i = 0; i < size; i++)
		if (text[i] == '>' ||
		    (text[i] == '<' && is_tag(text + i, size - i)))
			text[i] = DECODE_PAUSE;
}

/* --- base64 --- */

static int
base64_value(char c)
{
	if (c >= 'A' && c <= 'Z')
		return c - 'A';
	if (c >= 'a' && c <= 'z')
		return c - 'a' + 26;
	if (c >= '0' && c <= '9')
		return c - '0' + 52;
	if (c == '+' || c == '-')
		return 62;
	return c == '/' || c == '_' ? 63 : -1;
}

/* One past the next ";base64," in any case, whatever is around its comma. */
static const char *
find_base64(const char *text, const char *end)
{
	static const char sign[] = "base64";
	size_t len = sizeof(sign) - 1;

	for (; (text = memchr(text, ';', (size_t)(end - text))) != NULL;) {
		const char *at = ++text;

		while (at < end && *at == ' ')
			at++;
		if ((size_t)(end - at) < len || strncasecmp(at, sign, len) != 0)
			continue;
		at += len;
		while (at < end && *at == ' ')
			at++;
		if (at < end && *at == ',')
			return at + 1;
	}
	return NULL;
}

size_t
decode_base64(const char *text, size_t size, size_t *at, struct buf *bytes)
{
	const char *found = find_base64(text + *at, text + size);
	uint32_t bits = 0;
	int have = 0;
	size_t start;

	bytes->size = 0;
	if (found == NULL)
		return SIZE_MAX;
	start = (size_t)(found - text);
	for (*at = start; *at < size; (*at)++) {
		int value = base64_value(text[*at]);

		/* Blanks inside are nothing to a browser. */
		if (value < 0 && strchr(" \t\r\n\f", text[*at]) != NULL &&
		    text[*at] != '\0')
			continue;
		if (value < 0)
			break;
		bits = bits << 6 | (uint32_t)value;
		have += 6;
		if (have >= 8) {
			have -= 8;
			buf_add_char(bytes, (char)(bits >> have & 0xff));
		}
	}
	return start;
}
