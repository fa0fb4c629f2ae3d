/* inspect/pdf_words: strings of a PDF, and what its pages draw. */
#include "unit.h"

#include "base/buf.h"
#include "inspect/pdf_words.h"

/* An unpack_part: all parts, a line of dashes between them. */
static void
note(void *context, const char *name, const char *bytes, size_t size)
{
	struct buf *parts = context;

	CHECK(name[0] == '\0', "a part of a PDF has no name: %s", name);
	if (parts->size > 0)
		buf_add_text(parts, "--\n");
	buf_add(parts, bytes, size);
}

static const struct {
	const char *pdf;
	const char *want;
} strings[] = {
	{ "/Title (Plain words)", "Plain words\n" },
	{ "(a (nested) one)(second)", "a (nested) one\nsecond\n" },
	{ "(paren \\) and \\\\ sign)", "paren ) and \\ sign\n" },
	{ "(oct\\141l \\0501\\51)", "octal (1)\n" },
	{ "(broken \\\nline)", "broken line\n" },
	{ "(tab\\tstop)", "tab\tstop\n" },
	{ "<48656C6C6F>", "Hello\n" },
	{ "<FEFF00e1F 0 1>", "\xc3\xa1\xef\x80\x90\n" },
	{ "(\\376\\377\\000A\\000\\361)", "A\xc3\xb1\n" },
	{ "<feffd83dde00>", "\xf0\x9f\x98\x80\n" },
	{ "(\xef\xbb\xbf"
	  "ni\xc3\xb1o)",
	    "ni\xc3\xb1o\n" },
	{ "(ni\xf1o)", "ni\xc3\xb1o\n" },
	{ "<< /A (in a dictionary) >>", "in a dictionary\n" },
	{ "(without an end", "without an end\n" },
	{ "<41", "A\n" },
	{ "/Name 12 0 R [1 2]", "" },
};

static void
strings_outside_of_streams(void)
{
	for (size_t i = 0; i < COUNT(strings); i++) {
		struct pdf_words words = { 0 };
		struct buf got = { 0 };

		pdf_words_plain(&words, strings[i].pdf, strlen(strings[i].pdf));
		pdf_words_give(&words, note, &got);
		CHECK_TEXT(buf_text(&got), strings[i].want, "%s",
		    strings[i].pdf);
		buf_clear(&got);
		pdf_words_clear(&words);
	}
}

/* Fonts: /F1 is object 5, its table object 6; /F2 has none. */
static const char fonts[] =
    "3 0 obj << /Font << /F1 5 0 R /F2 7 0 R >> >> endobj\n"
    "5 0 obj << /Type /Font /ToUnicode 6 0 R >> endobj\n"
    "7 0 obj << /Type /Font >> endobj\n";
/* 1 to 3 = a b c; 16, 17 = ñ and two letters; 32 = the ligature fi. */
static const char table[] = "3 beginbfrange\n<0001> <0003> <0061>\n"
			    "<0010> <0011> [<00f1> <00780079>]\n"
			    "<0012> <0012> <0021>\nendbfrange\n"
			    "1 beginbfchar\n<0020> <00660069>\nendbfchar";

static const struct {
	const char *content;
	const char *want; /* the first time */
	const char *joined;
} drawn[] = {
	{ "BT /F1 9 Tf <000100020003> Tj ET", "abc\n\n", "abc\n\n" },
	{ "BT /F1 9 Tf <00100011> Tj <0020> Tj <0012> Tj ET",
	    "\xc3\xb1xyfi!\n\n", "\xc3\xb1xyfi!\n\n" },
	{ "BT /F1 9 Tf [<0001> -250 <0002> -30 <0003>] TJ ET", "a bc\n\n",
	    "a bc\n\n" },
	{ "BT /F2 9 Tf (plain \\050 font) Tj ET", "plain ( font\n\n",
	    "plain ( font\n\n" },
	{ "BT /F2 9 Tf (inter-) Tj 0 -12 Td (view) Tj ET", "inter-\nview\n\n",
	    "interview\n\n" },
	{ "BT /F2 9 Tf (well-known) Tj T* (fact) Tj ET", "well-known\nfact\n\n",
	    "well-known\nfact\n\n" },
	{ "BT /F1 9 Tf <0001> Tj /F2 9 Tf (x) Tj ET", "ax\n\n", "ax\n\n" },
	{ "BT /F2 9 Tf (a) Tj << /MCID 1 >> BDC (b) Tj EMC ET", "ab\n\n",
	    "ab\n\n" },
	{ "BT /F1 9 Tf <0099> Tj <0001> Tj ET", "a\n\n", "a\n\n" },
};

static void
what_pages_draw(void)
{
	for (size_t i = 0; i < COUNT(drawn); i++) {
		struct pdf_words words = { 0 };
		struct buf got = { 0 };
		char *want =
		    mem_format("%s--\n%s", drawn[i].want, drawn[i].joined);

		pdf_words_plain(&words, fonts, strlen(fonts));
		/* The page may come before the table of its font. */
		pdf_words_stream(&words, 9, drawn[i].content,
		    strlen(drawn[i].content));
		pdf_words_stream(&words, 6, table, strlen(table));
		pdf_words_give(&words, note, &got);
		CHECK_TEXT(buf_text(&got), want, "%s", drawn[i].content);
		free(want);
		buf_clear(&got);
		pdf_words_clear(&words);
	}
}

/* Ranges that lie, tables without an end: read to their end, and no further. */
static void
broken_tables_end(void)
{
	static const char *const tables[] = {
		"1 beginbfrange\n<0005> <0001> <0061>\nendbfrange",
		"1 beginbfrange\n<0000> <ffffffff> <0061>\nendbfrange",
		"1 beginbfrange\n<0001> <ffffffff> [<0061> <0062>]\nendbfrange",
		"1 beginbfchar\n<0001>", "beginbfchar <0001> <61> endbfchar",
		"beginbf"
	};

	for (size_t i = 0; i < COUNT(tables); i++) {
		struct pdf_words words = { 0 };
		struct buf got = { 0 };
		static const char page[] = "BT /F1 9 Tf <0002> Tj ET";

		pdf_words_plain(&words, fonts, strlen(fonts));
		pdf_words_stream(&words, 6, tables[i], strlen(tables[i]));
		pdf_words_stream(&words, 9, page, strlen(page));
		pdf_words_give(&words, note, &got);
		CHECK(got.size > 0, "%s", tables[i]);
		buf_clear(&got);
		pdf_words_clear(&words);
	}
}

/* Objects in a stream are read like those outside. */
static void
objects_in_a_stream(void)
{
	static const char objects[] = "8 0 << /Type /Annot /Contents (packed "
				      "title) >>";
	struct pdf_words words = { 0 };
	struct buf got = { 0 };

	pdf_words_stream(&words, 4, objects, strlen(objects));
	pdf_words_give(&words, note, &got);
	CHECK_TEXT(buf_text(&got), "packed title\n", "objects");
	buf_clear(&got);
	pdf_words_clear(&words);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		UNIT(strings_outside_of_streams),
		UNIT(what_pages_draw),
		UNIT(broken_tables_end),
		UNIT(objects_in_a_stream),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
