/* extract/pdf_text: what a PDF says, and why some of it cannot be read. */
#include "unit.h"

#include <zlib.h>

#include "base/buf.h"
#include "extract/unescape.h"
#include "extract/pdf_text.h"

/* --- making PDFs --- */

struct made {
	struct buf bytes;
	size_t offsets[32];
	int count; /* of objects, numbered from 1 */
};

static void
add_object(struct made *made, const char *body)
{
	if (made->bytes.size == 0)
		buf_add_text(&made->bytes, "%PDF-1.7\n");
	made->offsets[made->count++] = made->bytes.size;
	buf_add_format(&made->bytes, "%d 0 obj\n%s\nendobj\n", made->count,
	    body);
}

/* A stream; dict goes into its dictionary, flate packs it. */
static void
add_stream(struct made *made, const char *dict, const char *data, bool flate)
{
	struct buf body = { 0 };
	uLongf size = compressBound(strlen(data));
	char *packed = mem_alloc(size);

	compress((Bytef *)packed, &size, (const Bytef *)data, strlen(data));
	if (made->bytes.size == 0)
		buf_add_text(&made->bytes, "%PDF-1.7\n");
	buf_add_format(&body, "<< /Length %zu %s %s >>\nstream\n",
	    flate ? (size_t)size : strlen(data),
	    flate ? "/Filter /FlateDecode" : "", dict);
	made->offsets[made->count++] = made->bytes.size;
	buf_add_format(&made->bytes, "%d 0 obj\n", made->count);
	buf_add(&made->bytes, body.data, body.size);
	buf_add(&made->bytes, flate ? packed : data,
	    flate ? size : strlen(data));
	buf_add_text(&made->bytes, "\nendstream\nendobj\n");
	buf_clear(&body);
	free(packed);
}

/* The table of objects and what follows it. */
static void
finish(struct made *made, const char *trailer)
{
	size_t start = made->bytes.size;

	buf_add_format(&made->bytes, "xref\n0 %d\n0000000000 65535 f \n",
	    made->count + 1);
	for (int i = 0; i < made->count; i++)
		buf_add_format(&made->bytes, "%010zu 00000 n \n",
		    made->offsets[i]);
	buf_add_format(&made->bytes,
	    "trailer\n<< /Size %d %s >>\nstartxref\n%zu\n%%%%EOF\n",
	    made->count + 1, trailer, start);
}

/* 1 to 3 = a b c; 16, 17 = ñ and two letters; 18 = !; 32 = the ligature fi. */
static const char table[] =
    "/CIDInit /ProcSet findresource begin 12 dict begin begincmap\n"
    "3 beginbfrange\n<0001> <0003> <0061>\n"
    "<0010> <0011> [<00f1> <00780079>]\n"
    "<0012> <0012> <0021>\nendbfrange\n"
    "2 beginbfchar\n<0020> <00660069> <0030> <e001>\nendbfchar\n"
    "endcmap end end";

/* A page with fonts F1 (two bytes a code), F2 (one byte, WinAnsi), F3 (one
 * byte, nothing says which letters), F4 (two bytes, nothing says). */
static struct made
make_page(const char *content, bool flate)
{
	struct made made = { 0 };

	add_object(&made, "<< /Type /Catalog /Pages 2 0 R >>");
	add_object(&made,
	    "<< /Type /Pages /Kids [3 0 R] /Count 1 /Resources "
	    "<< /Font << /F1 5 0 R /F2 8 0 R /F3 9 0 R /F4 10 0 "
	    "R >> /XObject << /X 11 0 R >> >> >>");
	add_object(&made, "<< /Type /Page /Parent 2 0 R /Contents 4 0 R >>");
	add_stream(&made, "", content, flate);
	add_object(&made,
	    "<< /Type /Font /Subtype /Type0 /Encoding /Identity-H "
	    "/ToUnicode 6 0 R /DescendantFonts [7 0 R] >>");
	add_stream(&made, "", table, flate);
	add_object(&made, "<< /Type /Font /Subtype /CIDFontType2 /DW 500 >>");
	add_object(&made,
	    "<< /Type /Font /Subtype /TrueType /BaseFont /A "
	    "/Encoding << /BaseEncoding /WinAnsiEncoding "
	    "/Differences [1 /eacute /uni00F1 /g17] >> >>");
	add_object(&made, "<< /Type /Font /Subtype /TrueType /BaseFont /A >>");
	add_object(&made,
	    "<< /Type /Font /Subtype /Type0 /Encoding /Identity-H "
	    "/DescendantFonts [7 0 R] >>");
	add_stream(&made,
	    "/Type /XObject /Subtype /Form /BBox [0 0 9 9] /Resources << /Font "
	    "<< /F2 8 0 R >> >>",
	    "BT /F2 9 Tf (in a form) Tj ET", flate);
	return made;
}

/* --- what is given --- */

/* An unpack_part: all parts, a line each, a pause as '|'. */
static void
note(void *context, enum unpack_kind kind, const char *name, const char *bytes,
    size_t size)
{
	struct buf *parts = context;

	CHECK(name[0] == '\0', "a part of a PDF has no name: %s", name);
	if (kind != UNPACK_WORDS)
		return;
	for (size_t i = 0; i < size; i++)
		buf_add_char(parts, bytes[i] == DECODE_PAUSE ? '|' : bytes[i]);
	buf_add_char(parts, '\n');
}

/* Reads and clears it: the reason, and all of `want` in what is given. */
static void
check(struct made *made, enum unread why, const char *want, const char *row)
{
	struct buf parts = { 0 };
	size_t unpacked = 0;
	enum unread got = pdf_text_give(made->bytes.data, made->bytes.size,
	    &unpacked, note, &parts);

	CHECK(got == why, "%s: %s, not %s", row, unread_text(got, DIAG_EN),
	    unread_text(why, DIAG_EN));
	CHECK(strstr(buf_text(&parts), want) != NULL, "%s: no %s in\n%s", row,
	    want, buf_text(&parts));
	buf_clear(&parts);
	buf_clear(&made->bytes);
}

static const struct {
	const char *value;
	const char *want;
} strings[] = {
	{ "(Plain words)", "Plain words\n" },
	{ "[(a (nested) one)(second)]", "a (nested) one\nsecond\n" },
	{ "(paren \\) and \\\\ sign)", "paren ) and \\ sign\n" },
	{ "(oct\\141l \\0501\\51)", "octal (1)\n" },
	{ "(broken \\\nline)", "broken line\n" },
	{ "<48656C6C6F>", "Hello\n" },
	{ "<FEFF00e1F 0 1>", "\xc3\xa1\xef\x80\x90\n" },
	{ "(\\376\\377\\000A\\000\\361)", "A\xc3\xb1\n" },
	{ "<feffd83dde00>", "\xf0\x9f\x98\x80\n" },
	{ "(\xef\xbb\xbfni\xc3\xb1o)", "ni\xc3\xb1o\n" },
	{ "(ni\xf1o)", "ni\xc3\xb1o\n" },
	{ "<< /A << /B [(deep)] >> >>", "deep\n" },
	{ "<< /A#20name 1 >>", "A name\n" },
};

static void
strings_of_objects_are_given(void)
{
	for (size_t i = 0; i < COUNT(strings); i++) {
		struct made made = { 0 };

		add_object(&made, strings[i].value);
		finish(&made, "/Info (of the trailer)");
		check(&made, UNREAD_NOTHING, strings[i].want, strings[i].value);
	}
}

static const struct {
	const char *content;
	enum unread why;
	const char *want;
} drawn[] = {
	{ "BT /F1 9 Tf <000100020003> Tj ET", UNREAD_NOTHING, "abc|" },
	{ "BT /F1 9 Tf <00100011> Tj <0020> Tj <0012> Tj ET", UNREAD_NOTHING,
	    "\xc3\xb1xyfi!|" },
	{ "BT /F2 9 Tf (one byte \\200 \\001\\002) Tj ET", UNREAD_NOTHING,
	    "one byte \xe2\x82\xac \xc3\xa9\xc3\xb1|" },
	/* In pieces: by gaps, glyph by glyph, word by word, in lines. */
	{ "BT /F1 9 Tf [<0001> -250 <0002> -30 <0003>] TJ ET", UNREAD_NOTHING,
	    "a bc|" },
	{ "BT /F1 10 Tf 1 0 0 1 0 0 Tm <0001> Tj 1 0 0 1 5 0 Tm <0002> Tj "
	  "1 0 0 1 10 0 Tm <0003> Tj ET",
	    UNREAD_NOTHING, "abc|" },
	{ "BT /F1 10 Tf 1 0 0 1 10 0 Tm <0003> Tj 1 0 0 1 5 0 Tm <0002> Tj "
	  "1 0 0 1 0 0 Tm <0001> Tj ET",
	    UNREAD_NOTHING, "||abc|" },
	{ "BT /F2 9 Tf (only) Tj 0 -12 Td (this) Tj 0 -12 Td (once) Tj ET",
	    UNREAD_NOTHING, "only this once|" },
	{ "BT /F2 9 Tf 12 TL (only) Tj (this) ' T* (once) Tj ET",
	    UNREAD_NOTHING, "only this once|" },
	{ "BT /F2 9 Tf 1 0 0 1 0 12 Tm (a) Tj 1 0 0 1 200 12 Tm (c) Tj "
	  "1 0 0 1 0 0 Tm (b) Tj 1 0 0 1 200 0 Tm (d) Tj ET",
	    UNREAD_NOTHING, "|a b|c d|" },
	{ "BT /F2 9 Tf (inter-) Tj 0 -12 Td (view) Tj ET", UNREAD_NOTHING,
	    "interview|" },
	{ "BT /F2 9 Tf (well-known) Tj 0 -12 Td (fact) Tj ET", UNREAD_NOTHING,
	    "well-known fact|" },
	{ "BT /F2 9 Tf (far) Tj 0 -90 Td (away) Tj ET", UNREAD_NOTHING,
	    "far|away|" },
	{ "q 0 1 -1 0 0 0 cm BT /F2 9 Tf (up) Tj 0 -12 Td (wards) Tj ET Q",
	    UNREAD_NOTHING, "up wards|" },
	{ "/X Do", UNREAD_NOTHING, "in a form|" },
	{ "/Span << /ActualText (said) >> BDC BT /F2 9 Tf (x) Tj ET EMC",
	    UNREAD_NOTHING, "said|" },
	{ "/Span << /E (expanded) >> BDC EMC", UNREAD_NOTHING, "expanded\n" },
	{ "(left over) MP\n", UNREAD_NOTHING, "left over\n" },
	{ "% a comment\n0 g", UNREAD_NOTHING, "a comment" },
	{ "BT /F2 9 Tf 3 Tr (unseen) Tj ET", UNREAD_NOTHING, "unseen|" },
	/* What cannot be read. */
	{ "BT /F1 9 Tf <0099> Tj ET", UNREAD_LETTERS, "" },
	{ "BT /F1 9 Tf <0030> Tj ET", UNREAD_LETTERS, "" },
	{ "BT /F1 9 Tf <000100> Tj ET", UNREAD_LETTERS, "" },
	{ "BT /F2 9 Tf (\\003) Tj ET", UNREAD_LETTERS, "" },
	{ "BT /F2 0 Tf (no size) Tj ET", UNREAD_LETTERS, "" },
	{ "BT /F3 9 Tf (x) Tj ET", UNREAD_LETTERS, "" },
	{ "BT /F4 9 Tf <0001> Tj ET", UNREAD_FONT, "" },
	{ "BT /F9 9 Tf (x) Tj ET", UNREAD_FONT, "" },
	{ "BT (x) Tj ET", UNREAD_FONT, "" },
	{ "BT /F2 9 Tf (            ) Tj ET", UNREAD_WORDLESS, "" },
	{ "BI /W 1 /H 1 ID x EI", UNREAD_PICTURE, "" },
	{ "BT /F2 9 Tf (x) Tx ET", UNREAD_BROKEN, "" },
	{ "BT /F2 9 Tf (x Tj ET", UNREAD_BROKEN, "" },
	{ "0 0 0 rg 1 2", UNREAD_BROKEN, "" },
};

static void
what_pages_draw_is_given_or_told(void)
{
	for (size_t i = 0; i < 2 * COUNT(drawn); i++) {
		struct made made = make_page(drawn[i / 2].content, i % 2);

		finish(&made, "/Root 1 0 R");
		check(&made, drawn[i / 2].why, drawn[i / 2].want,
		    drawn[i / 2].content);
	}
}

/* A table of letters that is none, or goes on for ever. */
static void
broken_tables_are_told(void)
{
	static const char *const tables[] = {
		"1 beginbfrange\n<0005> <0001> <0061>\nendbfrange",
		"1 beginbfrange\n<0000> <ffffffff> <0061>\nendbfrange",
		"1 beginbfrange\n<0000> <ffffffffffff> <0061>\nendbfrange",
		"1 beginbfchar\n<0001>", "beginbfchar", "/Other usecmap",
		"1 beginbfchar <0001> (", ">> beginbfchar"
	};

	for (size_t i = 0; i < COUNT(tables); i++) {
		struct made made = { 0 };

		add_object(&made,
		    "<< /Type /Page /Contents 2 0 R /Resources << "
		    "/Font << /F1 3 0 R >> >> >>");
		add_stream(&made, "", "BT /F1 9 Tf <0002> Tj ET", false);
		add_object(&made,
		    "<< /Subtype /Type0 /Encoding /Identity-H "
		    "/ToUnicode 4 0 R /DescendantFonts [<< >>] "
		    ">>");
		add_stream(&made, "", tables[i], true);
		finish(&made, "");
		check(&made, UNREAD_FONT, "", tables[i]);
	}
}

/* --- what a file is built of --- */

static const struct {
	const char *dict;
	const char *data;
	bool flate;
	enum unread why;
	const char *want;
} streams[] = {
	{ "/Type /ObjStm /N 2 /First 9", "8 0 9 15 (packed title) << /A (b) >>",
	    true, UNREAD_NOTHING, "packed title\nb\n" },
	{ "/Type /ObjStm /N 1 /First 4", "8 0 (one) (hidden)", true, UNREAD_GAP,
	    "" },
	{ "/Type /ObjStm /N 1 /First 4", "1 0 (another object 1)", true,
	    UNREAD_EARLIER, "another object 1\n" },
	{ "/Type /ObjStm /N 1 /First 4", "8 0 (open", true, UNREAD_BROKEN, "" },
	{ "/Type /ObjStm /N 99 /First 4", "8 0 (a)", true, UNREAD_GAP, "" },
	{ "/Type /ObjStm /First 4", "8 0 (a)", true, UNREAD_BROKEN, "" },
	{ "/Type /Metadata", "<x>of the metadata</x>", true, UNREAD_NOTHING,
	    "of the metadata" },
	{ "/Type /XObject /Subtype /Form", "BT (x) Tj ET", true, UNREAD_FONT,
	    "" },
	{ "/PatternType 1", "(left) MP", true, UNREAD_NOTHING, "left\n" },
	{ "", "of nobody's kind", true, UNREAD_STREAM, "" },
	{ "/Filter /LZWDecode /Type /Metadata", "x", false, UNREAD_METHOD, "" },
	{ "/Filter [/ASCIIHexDecode /FlateDecode] /Type /Metadata", "x", false,
	    UNREAD_METHOD, "" },
	{ "/Filter /FlateDecode /Type /Metadata", "not packed", false,
	    UNREAD_BROKEN, "" },
	{ "/F (elsewhere) /Type /Metadata", "x", false, UNREAD_STREAM, "" },
	{ "/Type /Metadata /Type /Metadata", "x", false, UNREAD_EARLIER, "" },
};

static void
every_stream_is_read_or_told(void)
{
	for (size_t i = 0; i < COUNT(streams); i++) {
		struct made made = { 0 };

		add_object(&made, "<< >>");
		add_stream(&made, streams[i].dict, streams[i].data,
		    streams[i].flate);
		finish(&made, "");
		check(&made, streams[i].why, streams[i].want, streams[i].data);
	}
}

/* The whole of a file after its first object, and why it is not read. */
static const struct {
	const char *rest;
	enum unread why;
} files[] = {
	{ "xref\n0 1\n0000000000 65535 f \n1 1\n0000000009 00000 n \n"
	  "trailer << >>\nstartxref\n28\n%%EOF\n",
	    UNREAD_NOTHING },
	{ "", UNREAD_NOTHING },
	{ "trailer << /Encrypt 1 0 R >>", UNREAD_ENCRYPTED },
	{ "2 0 obj << /JS (x) >> endobj", UNREAD_ACTIVE },
	{ "2 0 obj << /S /JavaScr#69pt >> endobj", UNREAD_ACTIVE },
	{ "1 0 obj (a later one) endobj", UNREAD_EARLIER },
	{ "words between", UNREAD_BROKEN },
	{ "2 0 obj (no end)", UNREAD_BROKEN },
	{ "2 0 obj (more) (than one) endobj", UNREAD_BROKEN },
	{ "2 0 obj [ << ] >> endobj", UNREAD_BROKEN },
	{ "2 0 obj << /Length 3 >> stream\nabcd\nendstream endobj",
	    UNREAD_BROKEN },
	{ "2 0 obj << >> stream\nabcd\nendstream endobj", UNREAD_BROKEN },
	{ "2 0 obj << /Type /Metadata /Length 3 0 R >> stream\nabcd\nendstream "
	  "endobj 3 0 obj 4 endobj",
	    UNREAD_NOTHING },
	{ "2 0 obj << /Type /Metadata /Length 3 0 R >> stream\nabcd\nendstream "
	  "endobj 3 0 obj 99 endobj",
	    UNREAD_BROKEN },
	{ "xref\n0 1\n0000000000 65535 f \n1 1\n0000000010 00000 n \n",
	    UNREAD_POINTERS },
	{ "xref\n7 1\n0000000009 00000 n \n", UNREAD_POINTERS },
	{ "xref\n0 9\n0000000009 00000 n \n", UNREAD_POINTERS },
	{ "startxref\n12\n", UNREAD_POINTERS },
	{ "trailer << /Prev 12 >>", UNREAD_POINTERS },
};

static void
every_byte_of_a_file_is_in_a_part(void)
{
	for (size_t i = 0; i < COUNT(files); i++) {
		struct made made = { 0 };

		add_object(&made, "(x)");
		buf_add_text(&made.bytes, files[i].rest);
		check(&made, files[i].why, "", files[i].rest);
	}
}

/* Nests and loops end. */
static void
nothing_goes_on_for_ever(void)
{
	struct buf nest = { 0 };
	struct made made = { 0 };

	for (int i = 0; i < 100000; i++)
		buf_add_char(&nest, '[');
	add_object(&made, buf_text(&nest));
	check(&made, UNREAD_BROKEN, "", "nest");
	buf_clear(&nest);
	made = make_page("/X Do", true);
	finish(&made, "");
	made.count = 0;
	check(&made, UNREAD_NOTHING, "in a form", "form");
	memset(&made, 0, sizeof(made));
	add_stream(&made,
	    "/Type /XObject /Subtype /Form /Resources << /XObject << /A 1 0 R "
	    ">> >>",
	    "/A Do /A Do /A Do", true);
	finish(&made, "");
	check(&made, UNREAD_DEEP, "", "a form in itself");
	memset(&made, 0, sizeof(made));
	add_object(&made, "<< /Type /Page /Parent 1 0 R /Contents 2 0 R >>");
	add_object(&made, "2 0 R");
	finish(&made, "");
	check(&made, UNREAD_BROKEN, "", "a reference to itself");
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		UNIT(strings_of_objects_are_given),
		UNIT(what_pages_draw_is_given_or_told),
		UNIT(broken_tables_are_told),
		UNIT(every_stream_is_read_or_told),
		UNIT(every_byte_of_a_file_is_in_a_part),
		UNIT(nothing_goes_on_for_ever),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
