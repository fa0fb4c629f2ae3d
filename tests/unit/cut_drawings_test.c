/* print/cut_drawings: pictures cut so that they can be read on paper. */
#include "unit.h"

#include <libxml/parser.h>

#include "base/buf.h"
#include "print/document.h"

enum { COLUMN = 164, HEAD = 80 };

static const struct {
	const char *name;
	int columns;
	int rows;
	int height; /* of a row */
	size_t pieces;
	bool sideways;
} drawings[] = {
	{ "fits", 3, 5, 100, 1, false },
	{ "fits to the last unit", 5, 10, 106, 1, false },
	{ "is one row too high", 5, 11, 106, 2, false },
	{ "is three sheets high", 2, 30, 100, 3, false },
	{ "has a row that no sheet holds", 2, 3, 1500, 3, false },
	{ "is wide", 9, 7, 100, 1, true },
	{ "is wide and high", 9, 20, 100, 3, true },
	{ "is wider than any sheet", 20, 7, 100, 3, true },
	{ "is wider and higher than any sheet", 12, 14, 100, 4, true },
};

/* A head over each column, a box in each row, and a line down all of it. */
static xmlNode *
make_drawn(size_t row)
{
	int columns = drawings[row].columns;
	int rows = drawings[row].rows;
	int row_height = drawings[row].height;
	int height = HEAD + rows * row_height;
	struct buf text = { 0 };
	xmlDoc *doc;

	buf_add_format(&text, "<drawn cuts=\"%d %d", HEAD, COLUMN);
	for (int i = 1; i < rows; i++)
		buf_add_format(&text, " %d", HEAD + i * row_height);
	buf_add_format(&text,
	    "\"><svg aria-label=\"A\" width=\"%d\" height=\"%d\">"
	    "<path d=\"M5 0L5 %d\"/>",
	    columns * COLUMN + 10, height, height);
	for (int i = 0; i < columns; i++)
		buf_add_format(&text, "<text x=\"%d\" y=\"20\">h%d;</text>",
		    i * COLUMN + COLUMN / 2, i);
	for (int i = 0; i < rows; i++)
		buf_add_format(&text, "<text x=\"%d\" y=\"%d\">b%d;</text>",
		    i % columns * COLUMN + COLUMN / 2,
		    HEAD + i * row_height + row_height / 2, i);
	buf_add_text(&text, "</svg></drawn>");
	doc = xmlReadMemory(buf_text(&text), (int)text.size, NULL, NULL,
	    XML_PARSE_NONET);
	assert_non_null(doc);
	buf_clear(&text);
	return xmlDocGetRootElement(doc);
}

static size_t
count_word(const char *text, const char *word)
{
	size_t count = 0;

	while ((text = strstr(text, word)) != NULL) {
		count++;
		text++;
	}
	return count;
}

static void
check_words(size_t row, const xmlNode *drawn)
{
	xmlChar *text = xmlNodeGetContent(drawn);

	for (int i = 0; i < drawings[row].rows; i++) {
		char word[16];

		snprintf(word, sizeof(word), "b%d;", i);
		CHECK(count_word((const char *)text, word) == 1,
		    "%s: %s stands once", drawings[row].name, word);
	}
	for (int i = 0; i < drawings[row].columns; i++) {
		char word[16];

		snprintf(word, sizeof(word), "h%d;", i);
		CHECK(count_word((const char *)text, word) > 0, "%s: %s",
		    drawings[row].name, word);
	}
	xmlFree(text);
}

/* Every piece has heads, says which it is, and fits a sheet if it can. */
static void
check_piece(size_t row, const xmlNode *piece, size_t number)
{
	bool sideways = drawings[row].sideways;
	const char *name = drawings[row].name;
	long width = strtol(print_get(piece, "width"), NULL, 10);
	long height = strtol(print_get(piece, "height"), NULL, 10);
	xmlChar *text = xmlNodeGetContent(piece);
	char label[32] = "A";

	if (drawings[row].pieces > 1)
		snprintf(label, sizeof(label), "A (%zu / %zu)", number,
		    drawings[row].pieces);
	CHECK_TEXT(print_get(piece, "aria-label"), label, "%s", name);
	CHECK(strchr((const char *)text, 'h') != NULL, "%s: heads", name);
	CHECK(width <= (sideways ? 1514 : 918), "%s: %ld wide", name, width);
	CHECK(height <= (sideways ? 825 : 1140) ||
		drawings[row].height > 1140 - HEAD,
	    "%s: %ld high", name, height);
	xmlFree(text);
}

static void
pictures_become_pieces(void)
{
	for (size_t i = 0; i < COUNT(drawings); i++) {
		xmlNode *drawn = make_drawn(i);
		size_t count = 0;

		print_drawing(drawn);
		for (const xmlNode *piece = drawn->children; piece != NULL;
		     piece = piece->next)
			check_piece(i, piece, ++count);
		CHECK(count == drawings[i].pieces, "%s: %zu pieces, not %zu",
		    drawings[i].name, count, drawings[i].pieces);
		CHECK((print_get(drawn, "sideways") != NULL) ==
			drawings[i].sideways,
		    "%s: sideways", drawings[i].name);
		check_words(i, drawn);
		xmlFreeDoc(drawn->doc);
	}
}

/* What does not say where it may be cut stays whole. */
static void
others_stay_whole(void)
{
	xmlNode *drawn = make_drawn(COUNT(drawings) - 1);

	xmlUnsetProp(drawn, BAD_CAST "cuts");
	print_drawing(drawn);
	CHECK(xmlChildElementCount(drawn) == 1, "one drawing");
	CHECK_TEXT(print_get(drawn->children, "aria-label"), "A", "its name");
	xmlFreeDoc(drawn->doc);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		UNIT(pictures_become_pieces),
		UNIT(others_stay_whole),
	};

	return cmocka_run_group_tests_name("cut_drawings", tests, NULL, NULL);
}
