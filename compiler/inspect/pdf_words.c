#include "pdf_words.h"

#include <ctype.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/alloc.h"
#include "base/text.h"

enum {
	WORD_GAP = 200, /* thousandths of an em: more is a space */
	NAME = 64,
};

/* --- reading --- */

/* A cursor over PDF syntax. */
struct cursor {
	const char *at;
	const char *end;
};

static bool
is_delimiter(char c)
{
	return isspace((unsigned char)c) || c == '\0' ||
	    strchr("()<>[]{}/%", c) != NULL;
}

static int
hex_digit(char c)
{
	if (c >= '0' && c <= '9')
		return c - '0';
	c = (char)tolower((unsigned char)c);
	return c >= 'a' && c <= 'f' ? c - 'a' + 10 : -1;
}

/* The bytes of "<FEFF 0041>"; the cursor is past the '<'. */
static void
read_hex(struct cursor *cursor, struct buf *bytes)
{
	int high = -1;

	for (; cursor->at < cursor->end && *cursor->at != '>'; cursor->at++) {
		int digit = hex_digit(*cursor->at);

		if (digit < 0)
			continue;
		if (high >= 0)
			buf_add_char(bytes, (char)(high << 4 | digit));
		high = high >= 0 ? -1 : digit;
	}
	if (high >= 0)
		buf_add_char(bytes, (char)(high << 4));
	cursor->at += cursor->at < cursor->end;
}

/* What stands after a backslash. */
static void
read_escape(struct cursor *cursor, struct buf *bytes)
{
	static const char names[] = "nrtbf";
	static const char means[] = "\n\r\t\b\f";
	const char *known;
	int value = 0;
	int digits = 0;

	while (digits < 3 && cursor->at < cursor->end && *cursor->at >= '0' &&
	    *cursor->at <= '7') {
		value = value * 8 + *cursor->at++ - '0';
		digits++;
	}
	if (digits > 0) {
		buf_add_char(bytes, (char)value);
		return;
	}
	if (cursor->at == cursor->end)
		return;
	known = *cursor->at != '\0' ? strchr(names, *cursor->at) : NULL;
	if (known != NULL)
		buf_add_char(bytes, means[known - names]);
	else if (*cursor->at != '\n' && *cursor->at != '\r')
		buf_add_char(bytes, *cursor->at);
	cursor->at++;
}

/* The bytes of "(a\051)"; the cursor is past the first parenthesis. */
static void
read_literal(struct cursor *cursor, struct buf *bytes)
{
	int depth = 1;

	while (cursor->at < cursor->end) {
		char c = *cursor->at++;

		if (c == '\\') {
			read_escape(cursor, bytes);
			continue;
		}
		depth += (c == '(') - (c == ')');
		if (depth == 0)
			return;
		buf_add_char(bytes, c);
	}
}

/* --- strings outside of streams --- */

static void
add_utf8(struct buf *text, uint32_t c)
{
	char bytes[4];

	if (c < 0x80) {
		buf_add_char(text, (char)c);
	} else if (c < 0x800) {
		bytes[0] = (char)(0xc0 | c >> 6);
		bytes[1] = (char)(0x80 | (c & 63));
		buf_add(text, bytes, 2);
	} else if (c < 0x10000) {
		bytes[0] = (char)(0xe0 | c >> 12);
		bytes[1] = (char)(0x80 | (c >> 6 & 63));
		bytes[2] = (char)(0x80 | (c & 63));
		buf_add(text, bytes, 3);
	} else {
		bytes[0] = (char)(0xf0 | (c >> 18 & 7));
		bytes[1] = (char)(0x80 | (c >> 12 & 63));
		bytes[2] = (char)(0x80 | (c >> 6 & 63));
		bytes[3] = (char)(0x80 | (c & 63));
		buf_add(text, bytes, 4);
	}
}

static uint32_t
read_unit(const struct buf *bytes, size_t at)
{
	return (uint32_t)(unsigned char)bytes->data[at] << 8 |
	    (unsigned char)bytes->data[at + 1];
}

/* UTF-16 from `at` on, big endian. */
static void
add_utf16(struct buf *text, const struct buf *bytes, size_t at)
{
	for (; at + 1 < bytes->size; at += 2) {
		uint32_t c = read_unit(bytes, at);

		if (c >= 0xd800 && c < 0xdc00 && at + 3 < bytes->size) {
			at += 2;
			c = 0x10000 + ((c - 0xd800) << 10) +
			    (read_unit(bytes, at) & 0x3ff);
		}
		add_utf8(text, c);
	}
}

static void
add_latin1(struct buf *text, const struct buf *bytes)
{
	for (size_t i = 0; i < bytes->size; i++)
		add_utf8(text, (unsigned char)bytes->data[i]);
}

/* A string of a dictionary: UTF-16 or UTF-8 with a mark, else Latin 1. */
static void
add_string(struct buf *text, const struct buf *bytes)
{
	if (bytes->size >= 2 && read_unit(bytes, 0) == 0xfeff)
		add_utf16(text, bytes, 2);
	else if (bytes->size >= 3 &&
	    memcmp(bytes->data, "\xef\xbb\xbf", 3) == 0)
		buf_add(text, bytes->data + 3, bytes->size - 3);
	else
		add_latin1(text, bytes);
	buf_add_char(text, '\n');
}

static size_t
read_name(struct cursor *cursor, char name[NAME])
{
	size_t len = 0;

	do {
		if (len + 1 < NAME)
			name[len++] = *cursor->at;
		cursor->at++;
	} while (cursor->at < cursor->end && !is_delimiter(*cursor->at));
	name[len] = '\0';
	return len;
}

/* "508 0 R" after a name: the number; 0 if there is none. */
static uint32_t
read_reference(const struct cursor *cursor)
{
	char *end;
	unsigned long object;
	char text[32];
	size_t size = (size_t)(cursor->end - cursor->at);

	size = size < sizeof(text) - 1 ? size : sizeof(text) - 1;
	memcpy(text, cursor->at, size);
	text[size] = '\0';
	object = strtoul(text, &end, 10);
	if (end == text || strncmp(end, " 0 R", 4) != 0)
		return 0;
	return (uint32_t)object;
}

/* Names with a reference: of a font's table, and what fonts are called. */
static void
note_name(struct pdf_words *words, struct cursor *cursor, uint32_t object)
{
	char name[NAME];
	char number[16];
	uint32_t reference;

	read_name(cursor, name);
	reference = read_reference(cursor);
	if (reference == 0)
		return;
	if (strcmp(name, "/ToUnicode") == 0) {
		snprintf(number, sizeof(number), "%u", object);
		map_put_text(&words->unicode, number, NULL)->value = reference;
	} else {
		map_put_text(&words->names, name, NULL)->value = reference;
	}
}

void
pdf_words_plain(struct pdf_words *words, const char *bytes, size_t size)
{
	struct cursor cursor = { bytes, bytes + size };
	uint32_t object = 0;

	while (cursor.at < cursor.end) {
		struct buf string = { 0 };
		const char *start = cursor.at;

		if (*start == '/') {
			note_name(words, &cursor, object);
			continue;
		}
		cursor.at++;
		if (*start == '(')
			read_literal(&cursor, &string);
		else if (*start == '<' && cursor.at < cursor.end &&
		    *cursor.at == '<')
			cursor.at++;
		else if (*start == '<')
			read_hex(&cursor, &string);
		else if (size - (size_t)(start - bytes) > 6 &&
		    memcmp(start, " 0 obj", 6) == 0) {
			const char *digit = start;

			while (
			    digit > bytes && isdigit((unsigned char)digit[-1]))
				digit--;
			object = (uint32_t)strtoul(digit, NULL, 10);
		}
		if (string.size > 0)
			add_string(&words->plain, &string);
		buf_clear(&string);
	}
}

/* --- tables of characters --- */

/* The next "<0041>" before `stop`, false if there is none. */
static bool
next_hex(struct cursor *cursor, const char *stop, struct buf *bytes)
{
	bytes->size = 0;
	while (cursor->at < stop && *cursor->at != '<')
		cursor->at++;
	if (cursor->at >= stop)
		return false;
	cursor->at++;
	read_hex(cursor, bytes);
	return true;
}

static uint32_t
code_of(const struct buf *bytes)
{
	uint32_t code = 0;

	for (size_t i = 0; i < bytes->size && i < 4; i++)
		code = code << 8 | (unsigned char)bytes->data[i];
	return code;
}

static void
set_code(struct pdf_codes *codes, uint32_t code, const struct buf *utf16,
    uint32_t more)
{
	struct buf copy = { 0 };

	if (code >= PDF_CODES || utf16->size < 2)
		return;
	buf_add(&copy, utf16->data, utf16->size);
	more += read_unit(&copy, copy.size - 2);
	copy.data[copy.size - 2] = (char)(more >> 8);
	copy.data[copy.size - 1] = (char)more;
	codes->at[code] = (uint32_t)codes->text.size;
	add_utf16(&codes->text, &copy, 0);
	buf_add_char(&codes->text, '\0');
	buf_clear(&copy);
}

/* One block of bfchar or bfrange, from after its first word to its end. */
static void
read_block(struct pdf_codes *codes, struct cursor *cursor, const char *stop,
    bool is_range)
{
	struct buf first = { 0 };
	struct buf last = { 0 };
	struct buf text = { 0 };

	while (next_hex(cursor, stop, &first)) {
		uint32_t low = code_of(&first);
		uint32_t high = low;

		if (is_range) {
			if (!next_hex(cursor, stop, &last))
				break;
			high = code_of(&last);
		}
		/* "[<a> <b>]": a text for each; else one to count from. */
		while (cursor->at < stop && isspace((unsigned char)*cursor->at))
			cursor->at++;
		if (cursor->at < stop && *cursor->at == '[') {
			for (; low <= high && next_hex(cursor, stop, &text);
			     low++)
				set_code(codes, low, &text, 0);
			continue;
		}
		if (!next_hex(cursor, stop, &text))
			break;
		for (uint32_t i = 0; i <= high - low && i < PDF_CODES; i++)
			set_code(codes, low + i, &text, i);
	}
	buf_clear(&first);
	buf_clear(&last);
	buf_clear(&text);
}

static void
add_codes(struct pdf_words *words, uint32_t object, const char *bytes,
    size_t size)
{
	struct cursor cursor = { bytes, bytes + size };
	struct pdf_codes *codes;

	words->codes = mem_grow(words->codes, words->code_count,
	    &words->code_capacity, sizeof(*words->codes));
	codes = &words->codes[words->code_count++];
	*codes = (struct pdf_codes){ .object = object,
		.at = mem_array(PDF_CODES, sizeof(*codes->at)) };
	buf_add_char(&codes->text, '\0');
	while (cursor.at < cursor.end) {
		const char *begin = memmem(cursor.at,
		    (size_t)(cursor.end - cursor.at), "beginbf", 7);
		const char *stop = begin == NULL
		    ? NULL
		    : memmem(begin, (size_t)(cursor.end - begin), "endbf", 5);

		if (stop == NULL)
			return;
		cursor.at = begin + 7;
		read_block(codes, &cursor, stop, *cursor.at == 'r');
		cursor.at = stop + 5;
	}
}

void
pdf_words_stream(struct pdf_words *words, uint32_t object, const char *bytes,
    size_t size)
{
	struct buf *content;

	if (memmem(bytes, size, "beginbf", 7) != NULL) {
		add_codes(words, object, bytes, size);
		return;
	}
	/* Objects in a stream: their strings, and fonts among them. */
	if (memmem(bytes, size, "/Type", 5) != NULL)
		pdf_words_plain(words, bytes, size);
	if (memmem(bytes, size, "BT", 2) == NULL)
		return;
	words->contents = mem_grow(words->contents, words->content_count,
	    &words->content_capacity, sizeof(*words->contents));
	content = &words->contents[words->content_count++];
	*content = (struct buf){ 0 };
	buf_add(content, bytes, size);
}

/* --- what is drawn --- */

static const struct pdf_codes *
find_codes(const struct pdf_words *words, const char *font)
{
	const struct map_entry *entry = map_get_text(&words->names, font);
	char number[16];

	if (entry == NULL)
		return NULL;
	snprintf(number, sizeof(number), "%u", entry->value);
	entry = map_get_text(&words->unicode, number);
	for (size_t i = 0; entry != NULL && i < words->code_count; i++)
		if (words->codes[i].object == entry->value)
			return &words->codes[i];
	return NULL;
}

static void
add_drawn(const struct pdf_codes *codes, const struct buf *string,
    struct buf *text)
{
	if (codes == NULL) {
		add_latin1(text, string);
		return;
	}
	for (size_t i = 0; i + 1 < string->size; i += 2)
		buf_add_text(text,
		    codes->text.data + codes->at[read_unit(string, i)]);
}

/* Operators that begin another line. */
static bool
moves(const char *word)
{
	static const char *const operators[] = { "Td", "TD", "Tm", "T*", "ET",
		"'", "\"" };

	for (size_t i = 0; i < sizeof(operators) / sizeof(*operators); i++)
		if (strcmp(word, operators[i]) == 0)
			return true;
	return false;
}

static void
read_content(const struct pdf_words *words, const struct buf *content,
    struct buf *text)
{
	struct cursor cursor = { content->data, content->data + content->size };
	const struct pdf_codes *codes = NULL;
	struct buf string = { 0 };
	char font[NAME] = "";
	char word[NAME];

	while (cursor.at < cursor.end) {
		char c = *cursor.at;

		string.size = 0;
		if (c == '/') {
			read_name(&cursor, font);
		} else if (c == '(') {
			cursor.at++;
			read_literal(&cursor, &string);
			add_drawn(codes, &string, text);
		} else if (c == '<' && cursor.at + 1 < cursor.end &&
		    cursor.at[1] != '<') {
			cursor.at++;
			read_hex(&cursor, &string);
			add_drawn(codes, &string, text);
		} else if (is_delimiter(c)) {
			cursor.at += 1 + (c == '<');
		} else {
			read_name(&cursor, word);
			if (strcmp(word, "Tf") == 0)
				codes = find_codes(words, font);
			else if (moves(word))
				buf_add_char(text, '\n');
			else if (atoi(word) < -WORD_GAP)
				buf_add_char(text, ' ');
		}
	}
	buf_clear(&string);
	buf_add_char(text, '\n');
}

/* Takes hyphens at ends of lines away, and the ends. */
static void
join_lines(struct buf *text)
{
	size_t to = 0;

	for (size_t i = 0; i < text->size; i++) {
		size_t len = text->data[i] == '-' ? 1 : 0;

		if (text->size - i > 3 &&
		    memcmp(text->data + i, "\xe2\x80\x90", 3) == 0)
			len = 3;
		if (len > 0 && i + len < text->size &&
		    text->data[i + len] == '\n') {
			i += len;
			while (i + 1 < text->size && text->data[i + 1] == '\n')
				i++;
			continue;
		}
		text->data[to++] = text->data[i];
	}
	text->size = to;
}

void
pdf_words_give(struct pdf_words *words, unpack_part *part, void *context)
{
	struct buf text = { 0 };

	if (words->plain.size > 0)
		part(context, "", words->plain.data, words->plain.size);
	for (size_t i = 0; i < words->content_count; i++)
		read_content(words, &words->contents[i], &text);
	if (text.size > 0) {
		part(context, "", text.data, text.size);
		join_lines(&text);
		part(context, "", text.data, text.size);
	}
	buf_clear(&text);
}

void
pdf_words_clear(struct pdf_words *words)
{
	for (size_t i = 0; i < words->code_count; i++) {
		free(words->codes[i].at);
		buf_clear(&words->codes[i].text);
	}
	for (size_t i = 0; i < words->content_count; i++)
		buf_clear(&words->contents[i]);
	free(words->codes);
	free(words->contents);
	buf_clear(&words->plain);
	map_clear(&words->names);
	map_clear(&words->unicode);
	memset(words, 0, sizeof(*words));
}
