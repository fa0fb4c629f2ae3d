#include "pdf_font.h"

#include <stdlib.h>
#include <string.h>

#include "base/alloc.h"
#include "base/byte_order.h"
#include "base/list.h"
#include "base/text.h"

enum {
	ONE_BYTE = 1 << 8,
	TWO_BYTES = 1 << 16,
	FONTS_MOST = 256,
	LONGEST = 64,     /* bytes of what one code means */
	UNKNOWN = 1,      /* in `at`: named, but nobody knows the name */
	PRIVATE = 0xe000, /* letters of nobody's */
	PRIVATE_END = 0xf8ff,
};

/* --- what codes mean --- */

/* A meaning that tells nothing: none, or no letter that is anybody's. */
static bool
is_letter(uint32_t c)
{
	return c >= ' ' && c != 0x7f && c != 0xfffd &&
	    (c < PRIVATE || c > PRIVATE_END) && c < 0xf0000;
}

/* Counts what it sets, so that ranges over each other come to an end. */
static bool
set_code(struct pdf_font *font, uint32_t code, const struct buf *text)
{
	if (code >= font->code_count || text->size > LONGEST ||
	    font->text.size > (size_t)LONGEST * 2 * TWO_BYTES)
		return false;
	font->at[code] = (uint32_t)font->text.size;
	buf_add(&font->text, text->size > 0 ? text->data : "", text->size);
	buf_add_char(&font->text, '\0');
	return true;
}

/* Letters of which one is nobody's are none. */
static bool
set_letters(struct pdf_font *font, uint32_t code, const struct buf *text)
{
	for (size_t i = 0; i < text->size;) {
		uint32_t c;

		i += text_decode(text->data + i, text->size - i, &c);
		if (!is_letter(c))
			return true;
	}
	return set_code(font, code, text);
}

/* UTF-16 whose last unit is counted up by `more`. */
static bool
set_utf16(struct pdf_font *font, uint32_t code, const struct buf *utf16,
    uint32_t more)
{
	scoped(buf_clear) struct buf copy = { 0 };
	scoped(buf_clear) struct buf text = { 0 };
	bool set = utf16->size <= LONGEST;

	if (utf16->size == 1) /* one byte is a letter below 256 */
		buf_add_char(&copy, '\0');
	buf_add(&copy, utf16->data, utf16->size);
	if (set && copy.size >= 2) {
		uint32_t last =
		    more + (uint32_t)bytes_big(copy.data + copy.size - 2, 2);

		copy.data[copy.size - 2] = (char)(last >> 8);
		copy.data[copy.size - 1] = (char)last;
		pdf_utf16(&text, copy.data, copy.size);
		set = set_letters(font, code, &text);
	}
	return set;
}

static uint32_t
code_of(struct pdf_span value)
{
	scoped(buf_clear) struct buf bytes = { 0 };
	uint32_t code = 0;

	pdf_string(value, &bytes);
	for (size_t i = 0; i < bytes.size; i++)
		code = code > 0xffffff
		    ? UINT32_MAX
		    : code << 8 | (unsigned char)bytes.data[i];
	return code;
}

static bool
is_word(struct pdf_span value, const char *word)
{
	size_t len = strlen(word);

	return (size_t)(value.end - value.at) == len &&
	    memcmp(value.at, word, len) == 0;
}

/* "<a> <b> [<x> <y>]" or "<a> <b> <x>", the first two in `codes`. */
static bool
set_range(struct pdf_font *font, const uint32_t codes[2],
    struct pdf_span meaning)
{
	struct pdf_span rest = pdf_inside(meaning);
	bool listed = pdf_kind(meaning) == PDF_ARRAY;
	struct pdf_span value = meaning;
	bool set = codes[0] <= codes[1] && codes[1] < font->code_count;

	for (uint32_t code = codes[0]; set && code <= codes[1]; code++) {
		struct buf utf16 = { 0 };

		if (listed && pdf_next(&rest, &value, false) != PDF_VALUE)
			return true;
		pdf_string(value, &utf16);
		set =
		    set_utf16(font, code, &utf16, listed ? 0 : code - codes[0]);
		buf_clear(&utf16);
	}
	return set;
}

/* Rows of bfchar or bfrange to their "end". */
static bool
read_rows(struct pdf_font *font, struct pdf_span *rest, bool is_range)
{
	struct pdf_span value;

	while (pdf_next(rest, &value, false) == PDF_VALUE) {
		uint32_t codes[2];

		if (is_word(value, is_range ? "endbfrange" : "endbfchar"))
			return true;
		codes[0] = codes[1] = code_of(value);
		if (is_range) {
			if (pdf_next(rest, &value, false) != PDF_VALUE)
				return false;
			codes[1] = code_of(value);
		}
		if (pdf_next(rest, &value, false) != PDF_VALUE ||
		    !set_range(font, codes, value))
			return false;
	}
	return false;
}

/* A ToUnicode table; false if it is no such table as is read here. */
static bool
read_table(struct pdf_font *font, const struct buf *table)
{
	struct pdf_span rest = { table->data, table->data + table->size };
	struct pdf_span value;
	enum pdf_step step;
	bool good = true;

	while (good && (step = pdf_next(&rest, &value, false)) == PDF_VALUE) {
		if (is_word(value, "usecmap"))
			return false;
		if (is_word(value, "beginbfchar"))
			good = read_rows(font, &rest, false);
		else if (is_word(value, "beginbfrange"))
			good = read_rows(font, &rest, true);
	}
	return good && step == PDF_END;
}

/* --- encodings of one byte --- */

struct glyph {
	const char *name;
	uint32_t c;
};

static const struct glyph glyphs[] = {
#define GLYPH(name, c) { name, c },
#include "extract/glyph.def"
#undef GLYPH
};

/* 128 to 159 of WinAnsi; the rest of it is Latin 1. */
static const uint16_t win_ansi[] = { 0x20ac, 0x2022, 0x201a, 0x0192, 0x201e,
	0x2026, 0x2020, 0x2021, 0x02c6, 0x2030, 0x0160, 0x2039, 0x0152, 0x2022,
	0x017d, 0x2022, 0x2022, 0x2018, 0x2019, 0x201c, 0x201d, 0x2022, 0x2013,
	0x2014, 0x02dc, 0x2122, 0x0161, 0x203a, 0x0153, 0x2022, 0x017e,
	0x0178 };

static int
compare_glyphs(const void *key, const void *row)
{
	return strcmp(key, ((const struct glyph *)row)->name);
}

/* The letter of a name: "eacute", "uni00E9", "u1F600"; 0 = not known. */
static uint32_t
letter_of(struct pdf_span value)
{
	scoped(buf_clear) struct buf name = { 0 };
	const struct glyph *glyph;
	uint32_t c = 0;
	const char *digits;
	char *end;

	pdf_name(value, &name);
	glyph = bsearch(buf_text(&name), glyphs, COUNT(glyphs), sizeof(*glyphs),
	    compare_glyphs);
	digits =
	    buf_text(&name) + (strncmp(buf_text(&name), "uni", 3) == 0 ? 3 : 1);
	if (glyph != NULL) {
		c = glyph->c;
	} else if (name.size >= 5 && name.data[0] == 'u' &&
	    strspn(digits, "0123456789ABCDEF") == strlen(digits) &&
	    strlen(digits) >= 4 && strlen(digits) <= 6) {
		c = (uint32_t)strtoul(digits, &end, 16);
	}
	return c;
}

/* Codes of an encoding that ToUnicode says nothing of. */
static void
set_missing(struct pdf_font *font, uint32_t code, uint32_t c)
{
	scoped(buf_clear) struct buf text = { 0 };

	if (code < font->code_count && font->at[code] == 0) {
		buf_add_utf8(&text, c);
		set_letters(font, code, &text);
	}
}

/* Only what is the same in all encodings of Latin letters. */
static void
set_ascii(struct pdf_font *font)
{
	for (uint32_t code = ' '; code < 0x7f; code++)
		if (code != '\'' && code != '`')
			set_missing(font, code, code);
	set_missing(font, '\'', 0x2019);
	set_missing(font, '`', 0x2018);
}

static void
set_win_ansi(struct pdf_font *font)
{
	for (uint32_t code = ' '; code < ONE_BYTE; code++)
		if (code != 0x7f)
			set_missing(font, code,
			    code >= 128 && code < 160 ? win_ansi[code - 128]
						      : code);
}

/* Differences come before what they differ from. A name that is not known
 * leaves its code without a meaning. */
static void
set_differences(struct pdf_font *font, struct pdf_span array)
{
	struct pdf_span rest = pdf_inside(array);
	struct pdf_span value;
	uint32_t code = 0;

	while (pdf_next(&rest, &value, true) == PDF_VALUE) {
		if (pdf_unsigned(value, &code))
			continue;
		set_missing(font, code, letter_of(value));
		if (code < ONE_BYTE && font->at[code] == 0)
			font->at[code] = UNKNOWN;
		code++;
	}
}

/* One of the fonts that a reader has itself: its letters are in the usual
 * places. */
static bool
is_standard(struct pdf *pdf, struct pdf_span dict)
{
	static const char *const names[] = { "Helvetica", "Times", "Courier" };
	scoped(buf_clear) struct buf name = { 0 };
	bool is = false;

	pdf_name(pdf_lookup(pdf, dict, "BaseFont"), &name);
	for (size_t i = 0; i < COUNT(names); i++)
		is |= strncmp(buf_text(&name), names[i], strlen(names[i])) == 0;
	return is && pdf_lookup(pdf, dict, "FontDescriptor").at == NULL;
}

static void
read_encoding(struct pdf_font *font, struct pdf *pdf, struct pdf_span dict)
{
	struct pdf_span encoding = pdf_lookup(pdf, dict, "Encoding");
	struct pdf_span base = encoding;

	if (pdf_kind(encoding) == PDF_DICT) {
		set_differences(font, pdf_lookup(pdf, encoding, "Differences"));
		base = pdf_lookup(pdf, encoding, "BaseEncoding");
	}
	if (pdf_has(pdf, dict, "Subtype", "Type3"))
		return;
	if (pdf_name_is(base, "WinAnsiEncoding"))
		set_win_ansi(font);
	else if (pdf_name_is(base, "MacRomanEncoding") ||
	    pdf_name_is(base, "StandardEncoding") || is_standard(pdf, dict))
		set_ascii(font);
}

/* --- widths --- */

static void
set_width(struct pdf_font *font, uint32_t code, double width)
{
	if (code < font->code_count)
		font->widths[code] = (float)width;
}

static void
read_simple_widths(struct pdf_font *font, struct pdf *pdf, struct pdf_span dict)
{
	struct pdf_span rest = pdf_inside(pdf_lookup(pdf, dict, "Widths"));
	struct pdf_span matrix = pdf_lookup(pdf, dict, "FontMatrix");
	struct pdf_span inside = pdf_inside(matrix);
	struct pdf_span value;
	double scale = 0.001;
	double width;
	uint32_t code = 0;

	if (pdf_kind(matrix) == PDF_ARRAY &&
	    pdf_next(&inside, &value, true) == PDF_VALUE)
		pdf_number(value, &scale);
	if (!pdf_unsigned(pdf_lookup(pdf, dict, "FirstChar"), &code))
		code = 0;
	for (; pdf_next(&rest, &value, true) == PDF_VALUE; code++)
		if (pdf_number(pdf_resolve(pdf, value, NULL), &width))
			set_width(font, code, width * scale);
}

/* W of a composite font: "c [w …]" and "c c w". */
static void
read_composite_widths(struct pdf_font *font, struct pdf *pdf,
    struct pdf_span descendant)
{
	struct pdf_span rest = pdf_inside(pdf_lookup(pdf, descendant, "W"));
	struct pdf_span value;
	uint32_t first;
	uint32_t last;
	double width = 1000;

	pdf_number(pdf_lookup(pdf, descendant, "DW"), &width);
	font->otherwise = (float)((width == 0 ? 1000 : width) / 1000);
	while (pdf_next(&rest, &value, true) == PDF_VALUE &&
	    pdf_unsigned(value, &first) &&
	    pdf_next(&rest, &value, true) == PDF_VALUE) {
		struct pdf_span list = pdf_resolve(pdf, value, NULL);
		struct pdf_span inside = pdf_inside(list);

		if (pdf_kind(list) == PDF_ARRAY) {
			while (pdf_next(&inside, &value, true) == PDF_VALUE)
				if (pdf_number(value, &width))
					set_width(font, first++, width / 1000);
			continue;
		}
		if (!pdf_unsigned(value, &last) ||
		    pdf_next(&rest, &value, true) != PDF_VALUE ||
		    !pdf_number(value, &width))
			break;
		for (; first <= last && first < font->code_count; first++)
			set_width(font, first, width / 1000);
	}
}

/* --- fonts --- */

static bool
read_to_unicode(struct pdf_font *font, struct pdf *pdf, struct pdf_span dict)
{
	bool twice = false;
	struct pdf_object *object;
	struct buf table = { 0 };
	bool good;

	pdf_resolve(pdf, pdf_get(dict, "ToUnicode", &twice), &object);
	if (object == NULL || object->data.at == NULL)
		return false;
	object->read = true;
	good = pdf_stream(pdf, object, &table) && read_table(font, &table);
	buf_clear(&table);
	return good;
}

static void
start_font(struct pdf_font *font, const char *key, bool two_bytes)
{
	*font = (struct pdf_font){ .key = key,
		.two_bytes = two_bytes,
		.code_count = two_bytes ? TWO_BYTES : ONE_BYTE,
		.otherwise = 0.5f };
	font->at = mem_array(font->code_count, sizeof(*font->at));
	font->widths = mem_array(font->code_count, sizeof(*font->widths));
	for (uint32_t i = 0; i < font->code_count; i++)
		font->widths[i] = -1;
	buf_add(&font->text, "\0", 2); /* no meaning, and UNKNOWN */
}

static void
read_composite(struct pdf_font *font, struct pdf *pdf, struct pdf_span dict)
{
	struct pdf_span list =
	    pdf_inside(pdf_lookup(pdf, dict, "DescendantFonts"));
	struct pdf_span descendant;

	if (!pdf_has(pdf, dict, "Encoding", "Identity-H") ||
	    pdf_next(&list, &descendant, true) != PDF_VALUE ||
	    !read_to_unicode(font, pdf, dict)) {
		font->why = UNREAD_FONT;
		return;
	}
	read_composite_widths(font, pdf, pdf_resolve(pdf, descendant, NULL));
}

static void
read_simple(struct pdf_font *font, struct pdf *pdf, struct pdf_span dict)
{
	if (pdf_lookup(pdf, dict, "ToUnicode").at != NULL &&
	    !read_to_unicode(font, pdf, dict))
		font->why = UNREAD_FONT;
	read_encoding(font, pdf, dict);
	read_simple_widths(font, pdf, dict);
}

struct pdf_font *
pdf_font_read(struct pdf_fonts *fonts, struct pdf *pdf, struct pdf_span dict)
{
	struct pdf_font *font;
	bool two_bytes;

	for (size_t i = 0; i < fonts->count; i++)
		if (fonts->fonts[i].key == dict.at)
			return &fonts->fonts[i];
	if (fonts->count == FONTS_MOST) {
		pdf_refuse(pdf, UNREAD_LARGE);
		return NULL;
	}
	if (fonts->fonts == NULL)
		fonts->fonts = mem_array(FONTS_MOST, sizeof(*fonts->fonts));
	font = &fonts->fonts[fonts->count++];
	two_bytes = pdf_has(pdf, dict, "Subtype", "Type0");
	start_font(font, dict.at, two_bytes);
	if (pdf_kind(dict) != PDF_DICT)
		font->why = UNREAD_FONT;
	else if (two_bytes)
		read_composite(font, pdf, dict);
	else
		read_simple(font, pdf, dict);
	return font;
}

const char *
pdf_font_letters(const struct pdf_font *font, uint32_t code)
{
	return font->text.data + (code < font->code_count ? font->at[code] : 0);
}

double
pdf_font_width(const struct pdf_font *font, uint32_t code)
{
	return code < font->code_count && font->widths[code] >= 0
	    ? font->widths[code]
	    : font->otherwise;
}

void
pdf_fonts_clear(struct pdf_fonts *fonts)
{
	for (size_t i = 0; i < fonts->count; i++) {
		free(fonts->fonts[i].at);
		free(fonts->fonts[i].widths);
		buf_clear(&fonts->fonts[i].text);
	}
	free(fonts->fonts);
	memset(fonts, 0, sizeof(*fonts));
}
